//! The standard format as records; `seeds/README.md` describes every field.
//!
//! Version 1. Records are never shared with the domain types: `load` converts them once.

use dabiao_core::Exact;

use crate::document::Text;
use crate::error::LoadError;
use crate::record::Record;

/// The version of the format that this crate reads.
pub(crate) const FORMAT: u16 = 1;

pub(crate) struct StandardFile {
    pub(crate) id: String,
    pub(crate) document: String,
    pub(crate) level: String,
    pub(crate) name: Text,
    pub(crate) summary: Text,
    pub(crate) guidance: Text,
    pub(crate) places: Vec<PlaceRecord>,
    pub(crate) departments: Vec<DepartmentRecord>,
    pub(crate) groups: Vec<GroupRecord>,
    pub(crate) figures: Vec<FigureRecord>,
    pub(crate) clauses: Vec<ClauseRecord>,
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

pub(crate) struct DepartmentRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
}

pub(crate) struct GroupRecord {
    pub(crate) id: String,
    pub(crate) parent: Option<String>,
    pub(crate) reference: Option<String>,
    pub(crate) name: Text,
    pub(crate) basis: Option<String>,
}

#[derive(Clone)]
pub(crate) struct FigureRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) kind: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) scope: String,
    pub(crate) period: String,
    pub(crate) formula: Option<String>,
    pub(crate) min: Option<Exact>,
    pub(crate) max: Option<Exact>,
    pub(crate) hint: Option<Text>,
    pub(crate) holder: Option<String>,
    pub(crate) concept: Option<String>,
}

pub(crate) struct ClauseRecord {
    pub(crate) id: String,
    pub(crate) reference: String,
    pub(crate) group: String,
    pub(crate) name: Text,
    pub(crate) leads: Vec<String>,
    pub(crate) departments: Vec<String>,
    pub(crate) rule: Option<RuleRecord>,
    pub(crate) readings: Vec<ReadingRecord>,
    pub(crate) note: Option<Text>,
    pub(crate) year: Option<u16>,
    pub(crate) firmness: Option<String>,
    pub(crate) levels: Vec<String>,
    pub(crate) contribution: Option<String>,
    pub(crate) verb: Option<String>,
    pub(crate) due: Option<Text>,
    pub(crate) applicability: Option<String>,
    pub(crate) condition: Option<Text>,
    pub(crate) place: Option<String>,
    pub(crate) contradictions: Vec<String>,
}

pub(crate) struct ReadingRecord {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) why: Text,
    pub(crate) rule: RuleRecord,
}

pub(crate) enum RuleRecord {
    YesNo { figure: Option<String>, qualifiers: Vec<QualifierRecord> },
    Threshold { figure: String, value: Exact, kind: ThresholdKind, strict: bool },
    Between { figure: String, low: Exact, high: Exact, low_strict: bool, high_strict: bool },
    Growth(GrowthRecord),
    Rising { series: Vec<(u16, String)> },
    Toward { figure: String, baseline: Exact, baseline_year: u16, target: Exact, target_year: u16, direction: String },
    External { figure: String, target: String, op: String },
    Parts { need: PartsNeed, of: Vec<RuleRecord> },
    Context { figure: Option<String>, baseline: Option<(Exact, u16)>, target: Option<(Exact, u16)> },
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThresholdKind {
    AtLeast,
    AtMost,
    Count,
    Rank,
}

#[derive(Clone, Copy)]
pub(crate) enum PartsNeed {
    Any,
    All,
    AtLeast(u16),
}

pub(crate) struct GrowthRecord {
    pub(crate) current: String,
    pub(crate) base: String,
    pub(crate) rate: Option<String>,
    pub(crate) value: Exact,
    pub(crate) measure: String,
    pub(crate) strict: bool,
    pub(crate) since: Option<u16>,
    pub(crate) since_figure: Option<String>,
    pub(crate) method: Option<String>,
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
        };
        record.finish()?;
        Ok(file)
    }
}

/// Reads the file of shared figures.
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
