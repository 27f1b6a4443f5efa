//! JSON to a standard, with every reference checked.

use std::collections::{BTreeMap, BTreeSet};

use dabiao_core::outcome::{Need, Operator};
use dabiao_core::rule::{
    Base, Basis, Between, Context, Direction, External, Growth, GrowthMeasure, Method, Parts, Rising, Rule, Threshold, Toward, YesNo,
};
use dabiao_core::standard::{Clause, Firmness, Group, Level, Levels, Reading, Responsibility, StandardError};
use dabiao_core::{DepartmentIndex, Exact, Figure, FigureIndex, FigureKind, GroupIndex, Period, Scope, Standard, Unit};

use crate::document::{Applicability, Bundle, ClauseText, Document, FigureText, GroupText, Sample};
use crate::error::LoadError;
use crate::file::{
    ClauseRecord, DocumentRecord, FigureRecord, GroupRecord, GrowthRecord, PartsNeed, QualifierRecord, RuleRecord, SampleFile,
    StandardFile, ThresholdKind, read_figures,
};
use crate::formula;
use crate::record::Record;

/// The figure that holds the assessed year, wherever growth is measured since a year.
const ASSESSMENT_YEAR: &str = "assessment_year";

/// Reads a bundle: a standard, the shared figures, its source document and its samples.
///
/// # Errors
/// [`LoadError`] names the first thing that is wrong and where.
pub fn load_bundle(json: &str) -> Result<Bundle, LoadError> {
    let mut record = Record::parse("bundle", json)?;
    let file = StandardFile::read(record.required_record("standard")?)?;
    let figures = read_figures(record.required_record("figures")?)?;
    let source = DocumentRecord::parse(record.required_record("document")?)?;
    let samples = record.records("samples")?.into_iter().map(load_sample).collect::<Result<_, _>>()?;
    record.finish()?;
    Ok(Bundle { document: load_standard(file, figures, source)?, samples })
}

/// Makes a standard of a read file, the shared figures and the source document.
fn load_standard(file: StandardFile, shared: Vec<FigureRecord>, source: DocumentRecord) -> Result<Document, LoadError> {
    if source.id != file.document {
        return Err(LoadError::new("document", format!("the standard is of `{}`, the document is `{}`", file.document, source.id)));
    }
    let level = Level::from_id(&file.level).ok_or_else(|| LoadError::new("level", format!("no level `{}`", file.level)))?;

    let departments = positions("department", file.departments.iter().map(|record| record.id.as_str()))?;
    let groups = positions("group", file.groups.iter().map(|record| record.id.as_str()))?;
    let shared_ids: Vec<String> = shared.iter().map(|record| record.id.clone()).collect();
    let figure_records = figure_records(&file, shared);
    let figure_positions = positions("figure", figure_records.iter().map(|record| record.id.as_str()))?;
    let find_figure = |id: &str| figure_positions.get(id).copied().map(FigureIndex);

    let context = Names { figures: &find_figure, departments: &departments, groups: &groups };
    let mut core_figures = Vec::new();
    let mut figure_texts = Vec::new();
    for record in &figure_records {
        core_figures.push(figure(record, &context)?);
        let holder = record.holder.as_deref().map(|id| context.department(&record.id, id)).transpose()?;
        figure_texts.push(FigureText {
            name: record.name.clone(),
            hint: record.hint.clone(),
            holder,
            shared: shared_ids.contains(&record.id),
            concept: record.concept.clone(),
        });
    }
    let core_groups = file.groups.iter().map(|record| group(record, &context)).collect::<Result<Vec<_>, _>>()?;
    let mut clauses = Vec::new();
    let mut clause_texts = Vec::new();
    let mut references = BTreeSet::new();
    for record in &file.clauses {
        if !references.insert(record.reference.as_str()) {
            return Err(LoadError::new(format!("clause {}", record.id), format!("number `{}` is taken", record.reference)));
        }
        clauses.push(clause(record, level, &context)?);
        clause_texts.push(clause_text(record)?);
    }
    let department_ids = file.departments.iter().map(|record| record.id.clone()).collect();
    let standard = Standard::new(level, core_figures, core_groups, department_ids, clauses).map_err(standard_error)?;
    Ok(Document {
        id: file.id,
        name: file.name,
        summary: file.summary,
        guidance: file.guidance,
        places: file.places,
        source,
        standard,
        figures: figure_texts,
        groups: file.groups.iter().map(group_text).collect(),
        departments: file.departments.into_iter().map(|record| record.name).collect(),
        clauses: clause_texts,
    })
}

/// Reads a sample.
fn load_sample(record: Record) -> Result<Sample, LoadError> {
    let file = SampleFile::read(record)?;
    let real = match file.origin.as_str() {
        "real" => true,
        "invented" => false,
        other => return Err(LoadError::new("origin", format!("expected `real` or `invented`, not `{other}`"))),
    };
    if let Some((id, ..)) = file.figures.iter().find(|(_, _, source)| real && source.is_none()) {
        return Err(LoadError::new(format!("figure {id}"), "a real figure names its source"));
    }
    Ok(Sample { id: file.id, standard: file.standard, real, name: file.name, figures: file.figures, not_applicable: file.not_applicable })
}

/// What the ids of a file stand for.
struct Names<'a> {
    figures: &'a dyn Fn(&str) -> Option<FigureIndex>,
    departments: &'a BTreeMap<&'a str, u32>,
    groups: &'a BTreeMap<&'a str, u32>,
}

impl Names<'_> {
    fn figure(&self, place: &str, id: &str) -> Result<FigureIndex, LoadError> {
        (self.figures)(id).ok_or_else(|| LoadError::new(place, format!("no figure `{id}`")))
    }

    fn department(&self, place: &str, id: &str) -> Result<DepartmentIndex, LoadError> {
        self.departments.get(id).copied().map(DepartmentIndex).ok_or_else(|| LoadError::new(place, format!("no department `{id}`")))
    }

    fn group(&self, place: &str, id: &str) -> Result<GroupIndex, LoadError> {
        self.groups.get(id).copied().map(GroupIndex).ok_or_else(|| LoadError::new(place, format!("no group `{id}`")))
    }
}

fn positions<'a>(kind: &str, ids: impl Iterator<Item = &'a str>) -> Result<BTreeMap<&'a str, u32>, LoadError> {
    let mut positions = BTreeMap::new();
    for (position, id) in (0..).zip(ids) {
        if positions.insert(id, position).is_some() {
            return Err(LoadError::new(format!("{kind} {id}"), "the id is taken"));
        }
    }
    Ok(positions)
}

/// The file's own figures, the shared ones that it uses, and one yes/no figure for each yes/no
/// clause that names none.
fn figure_records(file: &StandardFile, shared: Vec<FigureRecord>) -> Vec<FigureRecord> {
    let mut used = BTreeSet::new();
    for record in &file.clauses {
        record.rule.iter().chain(record.readings.iter().map(|reading| &reading.rule)).for_each(|rule| collect_ids(rule, &mut used));
        used.extend(record.contribution.as_deref());
    }
    for record in &file.figures {
        used.extend(record.formula.as_deref().into_iter().flat_map(formula_words));
    }
    // A shared figure may follow from others.
    loop {
        let before = used.len();
        let formulas = shared.iter().filter(|record| used.contains(record.id.as_str())).filter_map(|record| record.formula.as_deref());
        used.extend(formulas.flat_map(formula_words).collect::<Vec<_>>());
        if used.len() == before {
            break;
        }
    }
    let shared = shared.iter().filter(|record| used.contains(record.id.as_str())).cloned();
    let implicit = file.clauses.iter().filter(|record| matches!(record.rule, Some(RuleRecord::YesNo { figure: None, .. }))).map(|record| {
        FigureRecord {
            id: record.id.clone(),
            name: record.name.clone(),
            kind: Some("yes_no".to_owned()),
            unit: None,
            scope: "none".to_owned(),
            period: ASSESSMENT_YEAR.to_owned(),
            formula: None,
            min: None,
            max: None,
            hint: None,
            holder: None,
            concept: None,
        }
    });
    shared.chain(file.figures.iter().cloned()).chain(implicit).collect()
}

/// The words of a formula, figure ids among them.
fn formula_words(formula: &str) -> impl Iterator<Item = &str> {
    formula.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
}

fn collect_ids<'a>(rule: &'a RuleRecord, used: &mut BTreeSet<&'a str>) {
    match rule {
        RuleRecord::YesNo { figure, .. } | RuleRecord::Context { figure, .. } => used.extend(figure.as_deref()),
        RuleRecord::Threshold { figure, .. } | RuleRecord::Between { figure, .. } | RuleRecord::Toward { figure, .. } => {
            used.extend([figure.as_str()]);
        }
        RuleRecord::External { figure, target, .. } => used.extend([figure.as_str(), target]),
        RuleRecord::Growth(growth) => {
            used.extend([growth.current.as_str(), growth.base.as_str()]);
            used.extend(growth.rate.as_deref());
            used.extend(growth.since_figure.as_deref());
            if growth.since.is_some() || growth.since_figure.is_some() {
                used.extend([ASSESSMENT_YEAR]);
            }
        }
        RuleRecord::Rising { series } => {
            used.extend(series.iter().map(|(_, figure)| figure.as_str()));
            used.extend([ASSESSMENT_YEAR]);
        }
        RuleRecord::Parts { of, .. } => {
            of.iter().for_each(|part| collect_ids(part, used));
        }
    }
}

fn figure(record: &FigureRecord, names: &Names<'_>) -> Result<Figure, LoadError> {
    let place = format!("figure {}", record.id);
    let fail = |problem: String| LoadError::new(place.as_str(), problem);
    let kind = match (record.kind.as_deref(), record.unit.as_deref()) {
        (Some("yes_no"), None) => FigureKind::YesNo,
        (None, Some(unit)) => FigureKind::Number {
            unit: Unit::from_id(unit).ok_or_else(|| fail(format!("no unit `{unit}`")))?,
            min: Some(record.min.unwrap_or(Exact::ZERO)),
            max: record.max,
        },
        _ => return Err(fail("expected a unit, or `kind = \"yes_no\"` without one".to_owned())),
    };
    let formula = record.formula.as_deref().map(|text| formula::parse(text, names.figures)).transpose().map_err(&fail)?;
    Ok(Figure {
        id: record.id.clone(),
        kind,
        scope: Scope::from_id(&record.scope).ok_or_else(|| fail(format!("no scope `{}`", record.scope)))?,
        period: Period::from_id(&record.period).ok_or_else(|| fail(format!("no period `{}`", record.period)))?,
        formula,
    })
}

fn group(record: &GroupRecord, names: &Names<'_>) -> Result<Group, LoadError> {
    let place = format!("group {}", record.id);
    let parent = record.parent.as_deref().map(|id| names.group(&place, id)).transpose()?;
    Ok(Group { id: record.id.clone(), parent })
}

fn group_text(record: &GroupRecord) -> GroupText {
    GroupText { name: record.name.clone(), reference: record.reference.clone(), ours: record.basis.as_deref() == Some("ours") }
}

fn clause(record: &ClauseRecord, level: Level, names: &Names<'_>) -> Result<Clause, LoadError> {
    let place = format!("clause {}", record.id);
    let fail = |problem: String| LoadError::new(place.as_str(), problem);
    if let Some(lead) = record.leads.iter().find(|lead| !record.departments.contains(lead)) {
        return Err(fail(format!("the lead `{lead}` is not among the departments")));
    }
    let departments = record
        .departments
        .iter()
        .map(|id| {
            let department = names.department(&place, id)?;
            Ok(Responsibility { department, lead: record.leads.contains(id) })
        })
        .collect::<Result<Vec<_>, LoadError>>()?;
    let readings = match (&record.rule, record.readings.as_slice()) {
        (Some(record_rule), []) => vec![Reading { id: "only".to_owned(), rule: rule(record_rule, &record.id, names)? }],
        (None, readings @ [_, _, ..]) => readings
            .iter()
            .map(|reading| Ok(Reading { id: reading.id.clone(), rule: rule(&reading.rule, &record.id, names)? }))
            .collect::<Result<Vec<_>, LoadError>>()?,
        _ => return Err(fail("expected either a rule or at least two readings".to_owned())),
    };
    let mut levels = Levels::default();
    for id in &record.levels {
        levels = levels.with(Level::from_id(id).ok_or_else(|| fail(format!("no level `{id}`")))?);
    }
    if record.levels.is_empty() {
        levels = levels.with(level);
    }
    let firmness = record.firmness.as_deref().map_or(Some(Firmness::Commitment), Firmness::from_id);
    Ok(Clause {
        id: record.id.clone(),
        group: names.group(&place, &record.group)?,
        departments,
        levels,
        contribution: record.contribution.as_deref().map(|id| names.figure(&place, id)).transpose()?,
        firmness: firmness.ok_or_else(|| fail("no such firmness".to_owned()))?,
        due_year: record.year,
        readings,
    })
}

fn clause_text(record: &ClauseRecord) -> Result<ClauseText, LoadError> {
    let applicability = match record.applicability.as_deref().map(|id| (id, Applicability::from_id(id))) {
        Some((id, None)) => return Err(LoadError::new(format!("clause {}", record.id), format!("no applicability `{id}`"))),
        Some((_, found)) => found,
        None => None,
    };
    let mut qualifiers = Vec::new();
    record.rule.iter().for_each(|rule| collect_qualifiers(rule, &mut qualifiers));
    Ok(ClauseText {
        reference: record.reference.clone(),
        name: record.name.clone(),
        note: record.note.clone(),
        verb: record.verb.clone(),
        due: record.due.clone(),
        applicability,
        condition: record.condition.clone(),
        place: record.place.clone(),
        readings: record.readings.iter().map(|reading| (reading.name.clone(), reading.why.clone())).collect(),
        contradictions: record.contradictions.clone(),
        qualifiers,
    })
}

fn collect_qualifiers(rule: &RuleRecord, found: &mut Vec<QualifierRecord>) {
    match rule {
        RuleRecord::YesNo { qualifiers, .. } => found.extend(qualifiers.iter().cloned()),
        RuleRecord::Parts { of, .. } => {
            of.iter().for_each(|part| collect_qualifiers(part, found));
        }
        _ => {}
    }
}

fn rule(record: &RuleRecord, clause_id: &str, names: &Names<'_>) -> Result<Rule, LoadError> {
    let place = format!("clause {clause_id}");
    let find = |id: &str| names.figure(&place, id);
    let at_least = |strict| if strict { Operator::MoreThan } else { Operator::AtLeast };
    let at_most = |strict| if strict { Operator::LessThan } else { Operator::AtMost };
    match record {
        RuleRecord::YesNo { figure, .. } => Ok(Rule::YesNo(YesNo { figure: find(figure.as_deref().unwrap_or(clause_id))? })),
        RuleRecord::Threshold { figure, value, kind, strict } => {
            let (operator, basis) = match kind {
                ThresholdKind::AtLeast => (at_least(*strict), Basis::Level),
                ThresholdKind::AtMost => (at_most(*strict), Basis::Level),
                ThresholdKind::Count => (Operator::AtLeast, Basis::Count),
                ThresholdKind::Rank => (Operator::AtMost, Basis::Rank),
            };
            Ok(Rule::Threshold(Threshold { figure: find(figure)?, operator, value: *value, basis }))
        }
        RuleRecord::Between { figure, low, high, low_strict, high_strict } => {
            Ok(Rule::Between(Between { figure: find(figure)?, low: (at_least(*low_strict), *low), high: (at_most(*high_strict), *high) }))
        }
        RuleRecord::Growth(growth) => growth_rule(growth, &place, names).map(Rule::Growth),
        RuleRecord::Rising { series } => {
            let series = series.iter().map(|(year, figure)| Ok((*year, find(figure)?))).collect::<Result<Vec<_>, LoadError>>()?;
            Ok(Rule::Rising(Rising { series, until: find(ASSESSMENT_YEAR)? }))
        }
        RuleRecord::Toward { figure, baseline, baseline_year, target, target_year, direction } => Ok(Rule::Toward(Toward {
            figure: find(figure)?,
            baseline: *baseline,
            baseline_year: *baseline_year,
            target: *target,
            target_year: *target_year,
            direction: match direction.as_str() {
                "rising" => Direction::Rising,
                "falling" => Direction::Falling,
                other => return Err(LoadError::new(place, format!("expected `rising` or `falling`, not `{other}`"))),
            },
        })),
        RuleRecord::External { figure, target, op } => Ok(Rule::External(External {
            figure: find(figure)?,
            operator: Operator::from_symbol(op).ok_or_else(|| LoadError::new(place.as_str(), format!("no operator `{op}`")))?,
            target: find(target)?,
        })),
        RuleRecord::Parts { need, of } => {
            let need = match need {
                PartsNeed::Any => Need::Any,
                PartsNeed::All => Need::All,
                PartsNeed::AtLeast(count) => Need::AtLeast(u32::from(*count)),
            };
            let of = of.iter().map(|part| rule(part, clause_id, names)).collect::<Result<Vec<_>, _>>()?;
            Ok(Rule::Parts(Parts { need, of }))
        }
        RuleRecord::Context { figure, baseline, target } => {
            Ok(Rule::Context(Context { figure: figure.as_deref().map(find).transpose()?, baseline: *baseline, target: *target }))
        }
    }
}

fn growth_rule(record: &GrowthRecord, place: &str, names: &Names<'_>) -> Result<Growth, LoadError> {
    let fail = |problem: &str| LoadError::new(place, problem);
    let method = match record.method.as_deref() {
        None | Some("compound") => Method::Compound,
        Some("simple") => Method::Simple,
        Some(_) => return Err(fail("expected method `compound` or `simple`")),
    };
    let over = match (record.since, record.since_figure.as_deref()) {
        (None, None) => Base::PreviousYear,
        (Some(year), None) => Base::Since { year, until: names.figure(place, ASSESSMENT_YEAR)?, method },
        (None, Some(year)) => Base::SinceFigure { year: names.figure(place, year)?, until: names.figure(place, ASSESSMENT_YEAR)?, method },
        (Some(_), Some(_)) => return Err(fail("expected either `since` or `since_figure`")),
    };
    Ok(Growth {
        current: names.figure(place, &record.current)?,
        base: names.figure(place, &record.base)?,
        rate: record.rate.as_deref().map(|id| names.figure(place, id)).transpose()?,
        value: record.value,
        measure: match record.measure.as_str() {
            "percent" => GrowthMeasure::Percent,
            "percentage_point" => GrowthMeasure::PercentagePoint,
            _ => return Err(fail("expected measure `percent` or `percentage_point`")),
        },
        strict: record.strict,
        over,
    })
}

fn standard_error(error: StandardError) -> LoadError {
    match error {
        StandardError::UnknownGroup(id) => LoadError::new(id, "hangs on a group that does not stand before it"),
        StandardError::UnknownDepartment(id) => LoadError::new(id, "names a department that does not exist"),
        StandardError::UnknownFigure(id) => LoadError::new(id, "uses a figure that does not exist"),
        StandardError::FormulaCycle(id) => LoadError::new(format!("figure {id}"), "follows from itself"),
        StandardError::Readings(id) => LoadError::new(format!("clause {id}"), "needs one to 255 readings"),
    }
}

#[cfg(test)]
mod tests {
    use crate::builtin;
    use dabiao_core::{Situation, score};

    #[test]
    fn every_built_in_standard_and_sample_loads() {
        let standards = builtin::standards().unwrap_or_else(|error| panic!("{error}"));
        assert!(!standards.is_empty());
        for document in &standards {
            let report = score(&document.standard, &Situation::empty(&document.standard));
            assert_eq!(report.total.met + report.total.not_met, 0, "{}: nothing is known", document.id);
        }
        for sample in builtin::samples().unwrap_or_else(|error| panic!("{error}")) {
            let document = standards.iter().find(|document| document.id == sample.standard).expect("standard of the sample");
            for (id, text, _) in &sample.figures {
                let figure = document.standard.find_figure(id).unwrap_or_else(|| panic!("{}: no figure {id}", sample.id));
                let definition = document.standard.figure(figure).unwrap();
                let entry = dabiao_core::parse_entry(text, definition).unwrap_or_else(|error| panic!("{id}: {error}"));
                assert!(entry.is_some(), "{id}");
            }
            for (id, reason) in &sample.not_applicable {
                assert!(document.standard.find_clause(id).is_some() && !reason.is_empty(), "{id}");
            }
        }
    }

    #[test]
    fn formulas_agree_with_the_units_of_their_figures() {
        for document in builtin::standards().unwrap() {
            let standard = &document.standard;
            for figure in standard.figures() {
                let (Some(formula), Some(unit)) = (&figure.formula, figure.kind.unit()) else { continue };
                let dimension = formula.dimension(&|used| standard.figure(used)?.kind.unit());
                assert_eq!(dimension, Some(unit.dimension()), "{} {}", document.id, figure.id);
            }
        }
    }
}
