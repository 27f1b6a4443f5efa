//! The public data: one flat, documented record per standard, for people who build on the documents
//! and not on this program. Written to `dist/standards/<id>.json` together with its JSON Schema.

use dabiao_core::outcome::{Need, Operator};
use dabiao_core::rule::{Base, Basis, Direction, Growth, Rule};
use dabiao_core::unit::Notation;
use dabiao_core::{Clause, Exact, FigureIndex, FigureKind, Unit};
use serde::Serialize;

use crate::document::{ClauseText, Document, Text};

/// The version of the public format.
const FORMAT: u32 = 1;

/// A standard.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicStandard {
    /// Version of this format.
    pub format: u32,
    /// Stable id.
    pub id: String,
    /// Short name.
    pub name: Names,
    /// What the list is, in a sentence.
    pub summary: Names,
    /// Who uses it best and for what.
    pub guidance: Names,
    /// Who is assessed first: town, county, city or province.
    pub level: &'static str,
    /// The source.
    pub document: PublicDocument,
    /// The responsible departments as printed.
    pub departments: Vec<PublicDepartment>,
    /// The tree of headings, parents before children.
    pub groups: Vec<PublicGroup>,
    /// The figures that conditions refer to.
    pub figures: Vec<PublicFigure>,
    /// The clauses in the order of the document.
    pub clauses: Vec<PublicClause>,
}

/// A name in both languages.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Names {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// The source document.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicDocument {
    /// Title, exactly as printed.
    pub title: String,
    /// Title in English, in our words.
    pub title_en: String,
    /// Document number, exactly as printed.
    pub number: String,
    /// ISO date, or the year alone where no day is printed.
    pub date: String,
    /// Who issued it.
    pub issuer: String,
}

/// A department.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicDepartment {
    /// Stable id.
    pub id: String,
    /// Name; Chinese as printed.
    pub name: Names,
}

/// A heading.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicGroup {
    /// Stable id.
    pub id: String,
    /// The heading above.
    pub parent: Option<String>,
    /// Printed number.
    pub r#ref: Option<String>,
    /// Name; Chinese as printed unless `ours`.
    pub name: Names,
    /// True where the document prints no such heading.
    pub ours: bool,
}

/// A figure.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicFigure {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Names,
    /// Unit as printed; null for yes/no figures.
    pub unit: Option<&'static str>,
}

/// A clause.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicClause {
    /// Stable id.
    pub id: String,
    /// Number as printed.
    pub r#ref: String,
    /// Where it stands in the document, when the number is not printed.
    pub place: Option<String>,
    /// Id of the group it hangs on.
    pub group: String,
    /// Short name in our own words.
    pub names: Names,
    /// Responsible departments in printed order.
    pub departments: Vec<PublicResponsibility>,
    /// Levels at which it is judged: town, county, city, province.
    pub levels: Vec<&'static str>,
    /// Id of the figure in which a lower level may enter its own share; shown, never judged.
    pub contribution: Option<String>,
    /// What must have happened for the thing to count, as printed (新开工, 完成, 新增, …).
    pub verb: Option<String>,
    /// encouraged (鼓励), conditional (有条件) or local (因地制宜, named places): it may not apply.
    pub applicability: Option<&'static str>,
    /// To whom it applies.
    pub condition: Option<Names>,
    /// commitment, strive (力争, 争创) or slogan (no number).
    pub firmness: &'static str,
    /// Year by which it is due.
    pub year: Option<u16>,
    /// The deadline as printed, when it is not simply a year.
    pub due: Option<Names>,
    /// The rule: yes_no, level, rank, count, between, external, toward, growth, rising, any_of,
    /// all_of, at_least_of or context.
    pub kind: &'static str,
    /// The numeric conditions of the reading that counts by default.
    pub conditions: Vec<PublicCondition>,
    /// Where the way to the target starts.
    pub baseline: Option<PublicPoint>,
    /// Where it shall end.
    pub target: Option<PublicPoint>,
    /// rising, falling, holding (equal baseline and target); null where no direction is better.
    pub direction: Option<&'static str>,
    /// All readings of an ambiguous clause; the first counts by default.
    pub readings: Vec<PublicReading>,
    /// What is ambiguous and how it is read.
    pub note: Option<Names>,
}

/// A department's part.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicResponsibility {
    /// Name as printed.
    pub name: String,
    /// Whether the document marks it as lead.
    pub lead: bool,
}

/// A numeric condition.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicCondition {
    /// Id of the figure; null for a qualifier.
    pub figure: Option<String>,
    /// Name of what is measured.
    pub name: Names,
    /// `>=`, `>`, `<=`, `<` or `=`.
    pub op: &'static str,
    /// Decimal; null where the number is set elsewhere.
    pub value: Option<String>,
    /// Unit as printed.
    pub unit: String,
    /// level, growth_yoy, growth_annual_avg, rank or count.
    pub basis: &'static str,
    /// a, b, … where one of several is enough.
    pub alternative: Option<String>,
    /// test, or qualifier for a number that says what is counted and not how much is needed.
    pub role: &'static str,
}

/// A number at a time.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicPoint {
    /// Decimal; the n of 1:n and n:1.
    pub value: String,
    /// As the document writes it.
    pub printed: String,
    /// Unit as printed.
    pub unit: &'static str,
    /// Year.
    pub year: u16,
}

/// A reading.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicReading {
    /// Stable id.
    pub id: String,
    /// What is read.
    pub name: Names,
    /// Why it can be read so.
    pub why: Names,
    /// Its numeric conditions.
    pub conditions: Vec<PublicCondition>,
}

/// Flattens a standard.
#[must_use]
pub fn public_standard(document: &Document) -> PublicStandard {
    let standard = &document.standard;
    let source = &document.source;
    let group_id = |index: dabiao_core::GroupIndex| standard.group(index).map(|group| group.id.clone()).unwrap_or_default();
    PublicStandard {
        format: FORMAT,
        id: document.id.clone(),
        name: names(&document.name),
        summary: names(&document.summary),
        level: standard.level().id(),
        guidance: names(&document.guidance),
        document: PublicDocument {
            title: source.title.clone(),
            title_en: source.en.clone(),
            number: source.number.clone(),
            date: source.date.clone(),
            issuer: source.issuer.clone(),
        },
        departments: standard
            .departments()
            .iter()
            .zip(&document.departments)
            .map(|(id, name)| PublicDepartment { id: id.clone(), name: names(name) })
            .collect(),
        groups: standard
            .groups()
            .iter()
            .zip(&document.groups)
            .map(|(group, text)| PublicGroup {
                id: group.id.clone(),
                parent: group.parent.map(group_id),
                r#ref: text.reference.clone(),
                name: names(&text.name),
                ours: text.ours,
            })
            .collect(),
        figures: standard
            .figures()
            .iter()
            .zip(&document.figures)
            .map(|(figure, text)| PublicFigure {
                id: figure.id.clone(),
                name: names(&text.name),
                unit: figure.kind.unit().map(Unit::symbol),
            })
            .collect(),
        clauses: standard.clauses().iter().zip(&document.clauses).map(|(clause, text)| public_clause(document, clause, text)).collect(),
    }
}

fn public_clause(document: &Document, clause: &Clause, text: &ClauseText) -> PublicClause {
    let rule = clause.readings.first().map(|reading| &reading.rule);
    let mut conditions = rule.map(|rule| conditions(document, rule)).unwrap_or_default();
    conditions.extend(text.qualifiers.iter().map(|qualifier| PublicCondition {
        figure: None,
        name: names(&qualifier.name),
        op: Operator::from_symbol(&qualifier.op).map_or("=", Operator::symbol),
        value: Some(qualifier.value.to_string()),
        unit: Unit::from_id(&qualifier.unit).map_or_else(|| qualifier.unit.clone(), |unit| unit.symbol().to_owned()),
        basis: "level",
        alternative: None,
        role: "qualifier",
    }));
    let (baseline, target, direction) = rule.map_or((None, None, None), |rule| way(document, rule));
    let readings = clause
        .readings
        .iter()
        .zip(&text.readings)
        .map(|(reading, (name, why))| PublicReading {
            id: reading.id.clone(),
            name: names(name),
            why: names(why),
            conditions: self::conditions(document, &reading.rule),
        })
        .collect();
    let department_name = |index: dabiao_core::DepartmentIndex| document.departments.get(index.0 as usize).map(|name| name.zh.clone());
    PublicClause {
        id: clause.id.clone(),
        r#ref: text.reference.clone(),
        place: text.place.clone(),
        group: document.standard.group(clause.group).map(|group| group.id.clone()).unwrap_or_default(),
        names: names(&text.name),
        departments: clause
            .departments
            .iter()
            .map(|part| PublicResponsibility { name: department_name(part.department).unwrap_or_default(), lead: part.lead })
            .collect(),
        levels: clause.levels.iter().map(dabiao_core::standard::Level::id).collect(),
        contribution: clause.contribution.and_then(|index| document.standard.figure(index)).map(|figure| figure.id.clone()),
        verb: text.verb.clone(),
        applicability: text.applicability.map(crate::document::Applicability::id),
        condition: text.condition.as_ref().map(names),
        firmness: clause.firmness.id(),
        year: clause.due_year,
        due: text.due.as_ref().map(names),
        kind: rule.map_or("context", kind),
        conditions,
        baseline,
        target,
        direction,
        readings,
        note: text.note.as_ref().map(names),
    }
}

fn kind(rule: &Rule) -> &'static str {
    match rule {
        Rule::YesNo(_) => "yes_no",
        Rule::Threshold(threshold) => basis(threshold.basis),
        Rule::Between(_) => "between",
        Rule::External(_) => "external",
        Rule::Toward(_) => "toward",
        Rule::Growth(_) => "growth",
        Rule::Rising(_) => "rising",
        Rule::Parts(parts) => match parts.need {
            Need::All => "all_of",
            Need::Any => "any_of",
            Need::AtLeast(_) => "at_least_of",
        },
        Rule::Context(_) => "context",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Level => "level",
        Basis::Rank => "rank",
        Basis::Count => "count",
    }
}

fn conditions(document: &Document, rule: &Rule) -> Vec<PublicCondition> {
    let mut found = Vec::new();
    collect_conditions(document, rule, None, &mut found);
    found
}

fn collect_conditions(document: &Document, rule: &Rule, alternative: Option<char>, found: &mut Vec<PublicCondition>) {
    let mut push = |figure: FigureIndex, op: Operator, value: Option<Exact>, unit: Option<Unit>, basis: &'static str| {
        found.push(PublicCondition {
            figure: document.standard.figure(figure).map(|figure| figure.id.clone()),
            name: document.figures.get(figure.0 as usize).map_or_else(|| names(&Text::default()), |text| names(&text.name)),
            op: op.symbol(),
            value: value.map(|value| value.to_string()),
            unit: unit.or_else(|| unit_of(document, figure)).map_or_else(String::new, |unit| unit.symbol().to_owned()),
            basis,
            alternative: alternative.map(String::from),
            role: "test",
        });
    };
    match rule {
        Rule::YesNo(_) | Rule::Context(_) => {}
        Rule::Threshold(rule) => push(rule.figure, rule.operator, Some(rule.value), None, basis(rule.basis)),
        Rule::Between(rule) => {
            push(rule.figure, rule.low.0, Some(rule.low.1), None, "level");
            push(rule.figure, rule.high.0, Some(rule.high.1), None, "level");
        }
        Rule::External(rule) => push(rule.figure, rule.operator, None, None, "level"),
        Rule::Toward(rule) => push(rule.figure, rule.direction.operator(), Some(rule.target), None, "level"),
        Rule::Growth(rule) => {
            let operator = if rule.strict { Operator::MoreThan } else { Operator::AtLeast };
            push(rule.current, operator, Some(rule.value), Some(rule.measure.unit()), growth_basis(rule));
        }
        Rule::Rising(rule) => {
            if let Some((_, figure)) = rule.series.last() {
                push(*figure, Operator::MoreThan, Some(Exact::ZERO), Some(Unit::Percent), "growth_yoy");
            }
        }
        Rule::Parts(parts) => {
            for (part, letter) in parts.of.iter().zip('a'..='z') {
                let alternative = if parts.need == Need::All { alternative } else { alternative.or(Some(letter)) };
                collect_conditions(document, part, alternative, found);
            }
        }
    }
}

fn growth_basis(rule: &Growth) -> &'static str {
    match rule.over {
        Base::PreviousYear => "growth_yoy",
        Base::Since { .. } | Base::SinceFigure { .. } => "growth_annual_avg",
    }
}

fn way(document: &Document, rule: &Rule) -> (Option<PublicPoint>, Option<PublicPoint>, Option<&'static str>) {
    let point = |figure: FigureIndex, value: Exact, year: u16| {
        let unit = unit_of(document, figure)?;
        let printed = match unit.notation() {
            Notation::Plain => value.to_string(),
            Notation::OneTo => format!("1:{value}"),
            Notation::ToOne => format!("{value}:1"),
        };
        Some(PublicPoint { value: value.to_string(), printed, unit: unit.symbol(), year })
    };
    match rule {
        Rule::Toward(rule) => {
            let direction = match rule.direction {
                _ if rule.baseline == rule.target => "holding",
                Direction::Rising => "rising",
                Direction::Falling => "falling",
            };
            let baseline = point(rule.figure, rule.baseline, rule.baseline_year);
            (baseline, point(rule.figure, rule.target, rule.target_year), Some(direction))
        }
        Rule::Context(rule) => {
            let dated = |dated: Option<(Exact, u16)>| dated.zip(rule.figure).and_then(|((value, year), figure)| point(figure, value, year));
            (dated(rule.baseline), dated(rule.target), None)
        }
        _ => (None, None, None),
    }
}

fn unit_of(document: &Document, figure: FigureIndex) -> Option<Unit> {
    document.standard.figure(figure).map(|figure| figure.kind).and_then(FigureKind::unit)
}

fn names(text: &Text) -> Names {
    Names { zh: text.zh.clone(), en: text.en.clone() }
}
