//! The standard format as records; `seeds/README.md` describes every field.
//!
//! Version 1. Records are never shared with the domain types: `load` converts them once.

use dabiao_core::Exact;

use crate::document::Text;
use crate::error::LoadError;
use crate::record::Record;

/// The version of the format that this crate reads.
pub(crate) const FORMAT: u16 = 1;

/// A standard file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardFile {
    /// Stable id.
    pub id: String,
    /// Id of the source document.
    pub document: String,
    /// Who is assessed first.
    pub level: String,
    /// Its name.
    pub name: Text,
    /// What it is, in a sentence.
    pub summary: Text,
    /// Who uses it best and for what.
    pub guidance: Text,
    /// Places that the document names.
    pub places: Vec<PlaceRecord>,
    /// The responsible units.
    pub departments: Vec<DepartmentRecord>,
    /// The headings, parents before children.
    pub groups: Vec<GroupRecord>,
    /// The figures that are its own.
    pub figures: Vec<FigureRecord>,
    /// The clauses in the order of the document.
    pub clauses: Vec<ClauseRecord>,
    /// Findings of the linter that are right as they are.
    pub allowances: Vec<AllowanceRecord>,
    /// The source document, if it is not in the register.
    pub source: Option<DocumentRecord>,
}

/// A finding of the linter that is right as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowanceRecord {
    /// The linter's rule.
    pub rule: String,
    /// Id of the figure, clause, group or department.
    pub at: String,
    /// Why it is right.
    pub why: String,
}

/// A place that the document names for assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRecord {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Its rank in the scheme.
    pub tier: Option<Text>,
}

/// A responsible unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentRecord {
    /// Stable id.
    pub id: String,
    /// As printed.
    pub name: Text,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRecord {
    /// Stable id.
    pub id: String,
    /// Id of the heading above.
    pub parent: Option<String>,
    /// Printed number.
    pub reference: Option<String>,
    /// As printed.
    pub name: Text,
    /// `ours` where the document prints no such heading.
    pub basis: Option<String>,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRecord {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// `yes_no`, or nothing for a number.
    pub kind: Option<String>,
    /// Id of the unit of a number.
    pub unit: Option<String>,
    /// Whom and where it describes.
    pub scope: String,
    /// When it describes them.
    pub period: String,
    /// How it follows from other figures.
    pub formula: Option<String>,
    /// The smallest value that can be typed.
    pub min: Option<Exact>,
    /// The largest value that can be typed.
    pub max: Option<Exact>,
    /// What counts.
    pub hint: Option<Text>,
    /// Id of the unit that usually has the number.
    pub holder: Option<String>,
    /// What it is a figure of, for shared figures that differ in scope only.
    pub concept: Option<String>,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseRecord {
    /// Stable id.
    pub id: String,
    /// Number as printed.
    pub reference: String,
    /// Id of the heading it stands under.
    pub group: String,
    /// Short name.
    pub name: Text,
    /// Ids of the units that lead.
    pub leads: Vec<String>,
    /// Ids of the responsible units, in printed order.
    pub departments: Vec<String>,
    /// What is asked, if there is one reading.
    pub rule: Option<RuleRecord>,
    /// What is asked, if there are several.
    pub readings: Vec<ReadingRecord>,
    /// What is ambiguous.
    pub note: Option<Text>,
    /// By when it is due.
    pub year: Option<u16>,
    /// How firmly it is promised.
    pub firmness: Option<String>,
    /// At which levels it is judged.
    pub levels: Vec<String>,
    /// Id of the figure for a lower level's own share.
    pub contribution: Option<String>,
    /// What must have happened, as printed.
    pub verb: Option<String>,
    /// The deadline as printed.
    pub due: Option<Text>,
    /// Why it may not apply.
    pub applicability: Option<String>,
    /// To whom it applies.
    pub condition: Option<Text>,
    /// Where in the document.
    pub place: Option<String>,
    /// Ids of contradictions that touch it.
    pub contradictions: Vec<String>,
}

/// One way to read a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRecord {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Why it can be read so.
    pub why: Text,
    /// What is asked.
    pub rule: RuleRecord,
}

/// A rule, by its kind; the fields are those of `seeds/README.md`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleRecord {
    /// `yes_no`.
    YesNo {
        /// Id of the figure; the clause's own if missing.
        figure: Option<String>,
        /// Numbers that say what is counted.
        qualifiers: Vec<QualifierRecord>,
    },
    /// `at_least`, `at_most`, `count`, `rank`.
    Threshold {
        /// Id of the figure.
        figure: String,
        /// The threshold.
        value: Exact,
        /// Which of them.
        kind: ThresholdKind,
        /// Whether the threshold itself is not enough.
        strict: bool,
    },
    /// `between`.
    Between {
        /// Id of the figure.
        figure: String,
        /// The lower bound.
        low: Exact,
        /// The upper bound.
        high: Exact,
        /// Whether the lower bound itself is not enough.
        low_strict: bool,
        /// Whether the upper bound itself is too much.
        high_strict: bool,
    },
    /// `growth`.
    Growth(GrowthRecord),
    /// `rising`: years with the ids of their figures.
    Rising {
        /// Year and figure.
        series: Vec<(u16, String)>,
    },
    /// `toward`.
    Toward {
        /// Id of the figure.
        figure: String,
        /// Where the way starts.
        baseline: Exact,
        /// When.
        baseline_year: u16,
        /// Where it shall end.
        target: Exact,
        /// When.
        target_year: u16,
        /// `rising` or `falling`.
        direction: String,
    },
    /// `external`.
    External {
        /// Id of the figure.
        figure: String,
        /// Id of the figure that holds the threshold.
        target: String,
        /// How they are compared.
        op: String,
    },
    /// `any_of`, `all_of`, `at_least_of`.
    Parts {
        /// How many are needed.
        need: PartsNeed,
        /// The parts.
        of: Vec<RuleRecord>,
    },
    /// `context`.
    Context {
        /// Id of the figure.
        figure: Option<String>,
        /// Value and year at the start.
        baseline: Option<(Exact, u16)>,
        /// Value and year aimed at.
        target: Option<(Exact, u16)>,
    },
}

/// The kinds of a plain threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThresholdKind {
    /// At least so much.
    AtLeast,
    /// At most so much.
    AtMost,
    /// At least so many whole things.
    Count,
    /// At most this place in a ranking.
    Rank,
}

/// How many parts are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartsNeed {
    /// One.
    Any,
    /// Every one.
    All,
    /// So many.
    AtLeast(u16),
}

/// A growth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrowthRecord {
    /// Id of the figure that grows.
    pub current: String,
    /// Id of the figure it is compared with.
    pub base: String,
    /// Id of the figure in which the rate may be entered.
    pub rate: Option<String>,
    /// How much is needed.
    pub value: Exact,
    /// `percent` or `percentage_point`.
    pub measure: String,
    /// Whether exactly that much is too little.
    pub strict: bool,
    /// The year it is measured from.
    pub since: Option<u16>,
    /// Id of the figure that names that year.
    pub since_figure: Option<String>,
    /// `compound` or `simple`.
    pub method: Option<String>,
}

/// A number that says what is counted, and not how much is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QualifierRecord {
    /// What is counted.
    pub name: Text,
    /// `>=`, `>`, `<=` or `<`.
    pub op: String,
    /// The number.
    pub value: Exact,
    /// The id of its unit.
    pub unit: String,
}

/// A source document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// Stable id.
    pub id: String,
    /// The title, exactly as printed.
    pub title: String,
    /// The document number, exactly as printed.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When: an ISO date, or the year alone where no day is printed.
    pub date: String,
    /// Why the date is no more exact.
    pub date_note: Option<Text>,
    /// The title in English, in our words.
    pub en: String,
    /// The file of the source text.
    pub file: String,
    /// Where the document disagrees with itself.
    pub contradictions: Vec<ContradictionRecord>,
}

/// A place where a document disagrees with itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContradictionRecord {
    /// Stable id.
    pub id: String,
    /// What is at odds: sum, share, growth, restatement, …; see `seeds/README.md`.
    pub kind: String,
    /// Its name.
    pub name: Text,
    /// Every printed value, with its place and what it is about.
    pub printed: Vec<(String, String, Text)>,
    /// The calculation that shows it.
    pub arithmetic: Option<Text>,
    /// The value that is used.
    pub used: String,
    /// Why that one.
    pub why: Text,
}

pub(crate) struct SampleFile {
    pub(crate) id: String,
    pub(crate) standard: String,
    pub(crate) origin: String,
    pub(crate) name: Text,
    pub(crate) figures: Vec<(String, String, Option<Text>)>,
    pub(crate) not_applicable: Vec<(String, String)>,
}

impl StandardFile {
    /// Reads the JSON text of a standard file.
    ///
    /// # Errors
    /// [`LoadError`] names the first field that is missing, misspelt or of the wrong kind.
    pub fn parse(json: &str) -> Result<Self, LoadError> {
        Self::read(Record::parse("standard", json)?)
    }

    pub(crate) fn read(mut record: Record) -> Result<Self, LoadError> {
        check_format(&mut record)?;
        let file = Self {
            id: record.text("id")?,
            document: record.text("document")?,
            level: record.text("level")?,
            name: record.names()?,
            summary: record.optional_names("summary")?.ok_or_else(|| record.missing("summary"))?,
            guidance: record.optional_names("guidance")?.ok_or_else(|| record.missing("guidance"))?,
            places: read_all(&mut record, "place", PlaceRecord::read)?,
            departments: read_all(&mut record, "department", DepartmentRecord::read)?,
            groups: read_all(&mut record, "group", GroupRecord::read)?,
            figures: read_all(&mut record, "figure", FigureRecord::read)?,
            clauses: read_all(&mut record, "clause", ClauseRecord::read)?,
            source: record.optional_record("source")?.map(DocumentRecord::parse).transpose()?,
            allowances: read_all(&mut record, "allow", |record| {
                Ok(AllowanceRecord { rule: record.text("rule")?, at: record.text("at")?, why: record.text("why")? })
            })?,
        };
        record.finish()?;
        Ok(file)
    }
}

/// Reads the JSON text of the shared figures.
///
/// # Errors
/// [`LoadError`] names the first field that is missing, misspelt or of the wrong kind.
pub fn parse_figures(json: &str) -> Result<Vec<FigureRecord>, LoadError> {
    read_figures(Record::parse("shared figures", json)?)
}

/// Reads the JSON text of the documents.
///
/// # Errors
/// [`LoadError`] names the first field that is missing, misspelt or of the wrong kind.
pub fn parse_documents(json: &str) -> Result<Vec<DocumentRecord>, LoadError> {
    let mut record = Record::parse("documents", json)?;
    let documents = read_all(&mut record, "document", DocumentRecord::read)?;
    record.finish()?;
    Ok(documents)
}

pub(crate) fn read_figures(mut record: Record) -> Result<Vec<FigureRecord>, LoadError> {
    let figures = read_all(&mut record, "figure", FigureRecord::read)?;
    record.finish()?;
    Ok(figures)
}

impl SampleFile {
    pub(crate) fn read(mut record: Record) -> Result<Self, LoadError> {
        check_format(&mut record)?;
        let file = Self {
            id: record.text("id")?,
            standard: record.text("standard")?,
            origin: record.text("origin")?,
            name: record.names()?,
            figures: read_all(&mut record, "figure", |record| {
                Ok((record.text("id")?, record.text("text")?, record.optional_names("source")?))
            })?,
            not_applicable: read_all(&mut record, "not_applicable", |record| Ok((record.text("clause")?, record.text("reason")?)))?,
        };
        record.finish()?;
        Ok(file)
    }
}

fn check_format(record: &mut Record) -> Result<(), LoadError> {
    match record.whole("format")? {
        FORMAT => Ok(()),
        other => Err(record.error(format!("this program reads format {FORMAT}, the file says {other}"))),
    }
}

fn read_all<T>(parent: &mut Record, field: &str, read: impl Fn(&mut Record) -> Result<T, LoadError>) -> Result<Vec<T>, LoadError> {
    let mut items = Vec::new();
    for mut record in parent.records(field)? {
        items.push(read(&mut record)?);
        record.finish()?;
    }
    Ok(items)
}

impl PlaceRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self { id: record.text("id")?, name: record.names()?, tier: record.optional_names("tier")? })
    }
}

impl DepartmentRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self { id: record.text("id")?, name: record.names()? })
    }
}

impl GroupRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            id: record.text("id")?,
            parent: record.optional_text("parent")?,
            reference: record.optional_text("ref")?,
            name: record.names()?,
            basis: record.optional_text("basis")?,
        })
    }
}

impl FigureRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            id: record.text("id")?,
            name: record.names()?,
            kind: record.optional_text("kind")?,
            unit: record.optional_text("unit")?,
            scope: record.text("scope")?,
            period: record.text("period")?,
            formula: record.optional_text("formula")?,
            min: record.optional_decimal("min")?,
            max: record.optional_decimal("max")?,
            hint: record.optional_names("hint")?,
            holder: record.optional_text("holder")?,
            concept: record.optional_text("concept")?,
        })
    }
}

impl ClauseRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            id: record.text("id")?,
            reference: record.text("ref")?,
            group: record.text("group")?,
            name: record.names()?,
            leads: record.texts("leads")?,
            departments: record.texts("departments")?,
            rule: record.optional_record("rule")?.map(RuleRecord::read).transpose()?,
            readings: read_all(record, "reading", ReadingRecord::read)?,
            note: record.optional_names("note")?,
            year: record.optional_whole("year")?,
            firmness: record.optional_text("firmness")?,
            levels: record.texts("levels")?,
            contribution: record.optional_text("contribution")?,
            verb: record.optional_text("verb")?,
            due: record.optional_names("due")?,
            applicability: record.optional_text("applicability")?,
            condition: record.optional_names("condition")?,
            place: record.optional_text("place")?,
            contradictions: record.texts("contradictions")?,
        })
    }
}

impl ReadingRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        let rule = record.optional_record("rule")?.ok_or_else(|| record.missing("rule"))?;
        Ok(Self {
            id: record.text("id")?,
            name: record.names()?,
            why: record.optional_names("why")?.ok_or_else(|| record.missing("why"))?,
            rule: RuleRecord::read(rule)?,
        })
    }
}

impl RuleRecord {
    fn read(mut record: Record) -> Result<Self, LoadError> {
        let kind = record.text("kind")?;
        let rule = Self::read_kind(&kind, &mut record)?;
        record.finish()?;
        Ok(rule)
    }

    fn read_kind(kind: &str, record: &mut Record) -> Result<Self, LoadError> {
        let threshold = |record: &mut Record, kind, strict| {
            Ok(Self::Threshold { figure: record.text("figure")?, value: record.decimal("value")?, kind, strict })
        };
        match kind {
            "yes_no" => Ok(Self::YesNo {
                figure: record.optional_text("figure")?,
                qualifiers: read_all(record, "qualifiers", QualifierRecord::read)?,
            }),
            "at_least" => {
                let strict = record.flag("strict")?;
                threshold(record, ThresholdKind::AtLeast, strict)
            }
            "at_most" => {
                let strict = record.flag("strict")?;
                threshold(record, ThresholdKind::AtMost, strict)
            }
            "count" => threshold(record, ThresholdKind::Count, false),
            "rank" => threshold(record, ThresholdKind::Rank, false),
            "between" => Ok(Self::Between {
                figure: record.text("figure")?,
                low: record.decimal("low")?,
                high: record.decimal("high")?,
                low_strict: record.flag("low_strict")?,
                high_strict: record.flag("high_strict")?,
            }),
            "growth" => GrowthRecord::read(record).map(Self::Growth),
            "rising" => Ok(Self::Rising { series: read_all(record, "series", |year| Ok((year.whole("year")?, year.text("figure")?)))? }),
            "toward" => Ok(Self::Toward {
                figure: record.text("figure")?,
                baseline: record.decimal("baseline")?,
                baseline_year: record.whole("baseline_year")?,
                target: record.decimal("target")?,
                target_year: record.whole("target_year")?,
                direction: record.text("direction")?,
            }),
            "external" => Ok(Self::External { figure: record.text("figure")?, target: record.text("target")?, op: record.text("op")? }),
            "any_of" => Self::read_parts(record, PartsNeed::Any),
            "all_of" => Self::read_parts(record, PartsNeed::All),
            "at_least_of" => {
                let count = record.whole("k")?;
                Self::read_parts(record, PartsNeed::AtLeast(count))
            }
            "context" => Ok(Self::Context {
                figure: record.optional_text("figure")?,
                baseline: dated(record, "baseline", "baseline_year")?,
                target: dated(record, "target", "target_year")?,
            }),
            other => Err(record.error(format!("there is no rule kind `{other}`"))),
        }
    }

    fn read_parts(record: &mut Record, need: PartsNeed) -> Result<Self, LoadError> {
        let of = record.records("of")?.into_iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        if of.is_empty() { Err(record.missing("of")) } else { Ok(Self::Parts { need, of }) }
    }
}

/// A value with its year: both or none.
fn dated(record: &mut Record, value: &str, year: &str) -> Result<Option<(Exact, u16)>, LoadError> {
    match (record.optional_decimal(value)?, record.optional_whole(year)?) {
        (Some(value), Some(year)) => Ok(Some((value, year))),
        (None, None) => Ok(None),
        _ => Err(record.error(format!("`{value}` and `{year}` go together"))),
    }
}

impl GrowthRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            current: record.text("current")?,
            base: record.text("base")?,
            rate: record.optional_text("rate")?,
            value: record.decimal("value")?,
            measure: record.text("measure")?,
            strict: record.flag("strict")?,
            since: record.optional_whole("since")?,
            since_figure: record.optional_text("since_figure")?,
            method: record.optional_text("method")?,
        })
    }
}

impl QualifierRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self { name: record.names()?, op: record.text("op")?, value: record.decimal("value")?, unit: record.text("unit")? })
    }
}

impl DocumentRecord {
    /// Reads a document.
    pub(crate) fn parse(mut record: Record) -> Result<Self, LoadError> {
        let document = Self::read(&mut record)?;
        record.finish()?;
        Ok(document)
    }

    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            id: record.text("id")?,
            title: record.text("title")?,
            number: record.text("number")?,
            issuer: record.text("issuer")?,
            date: record.text("date")?,
            date_note: record.optional_names("date_note")?,
            en: record.text("en")?,
            file: record.text("file")?,
            contradictions: read_all(record, "contradiction", ContradictionRecord::read)?,
        })
    }
}

impl ContradictionRecord {
    fn read(record: &mut Record) -> Result<Self, LoadError> {
        Ok(Self {
            id: record.text("id")?,
            kind: record.text("kind")?,
            name: record.names()?,
            printed: read_all(record, "printed", |printed| {
                let what = printed.optional_names("what")?.ok_or_else(|| printed.missing("what"))?;
                Ok((printed.text("value")?, printed.text("place")?, what))
            })?,
            arithmetic: record.optional_names("arithmetic")?,
            used: record.text("used")?,
            why: record.optional_names("why")?.ok_or_else(|| record.missing("why"))?,
        })
    }
}
