//! Records in, core, records out.

use dabiao_catalog::Document;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::standard::Level;
use dabiao_core::{Assessment, Exact, Origin, Reason, Tally, Value, Verdict};

use crate::documents;
use crate::v1::{Answer, AssessmentRecord, ClauseRecord, ErrorRecord, GroupRecord, ResultRecord, TallyRecord, ValueRecord};

/// The version of the result.
const FORMAT: u32 = 1;

/// Scores an assessment by a built-in standard.
#[must_use]
pub fn score(record: &AssessmentRecord) -> Answer {
    if let Some(field) = record.rest.keys().next() {
        return Answer::refused(ErrorRecord::new("unknown_field", field, "the record has a field that this version does not know"));
    }
    let documents = match documents() {
        Ok(documents) => documents,
        Err(error) => return Answer::refused(error),
    };
    let Some(document) = documents.iter().find(|document| document.id == record.standard) else {
        return Answer::refused(ErrorRecord::new("unknown_standard", &record.standard, "there is no built-in standard with this id"));
    };
    let (assessment, errors) = assess(document, record);
    Answer { ok: true, result: Some(result(document, &assessment)), errors }
}

/// Enters everything; what is not understood is reported and counts as unknown.
fn assess(document: &Document, record: &AssessmentRecord) -> (Assessment, Vec<ErrorRecord>) {
    let standard = &document.standard;
    let mut assessment = Assessment::empty(standard);
    let mut errors = Vec::new();
    if let Some(id) = &record.level {
        match Level::from_id(id).filter(|level| standard.levels().contains(*level)) {
            Some(level) => assessment.set_level(standard, level),
            None => errors.push(ErrorRecord::new("unknown_level", id, "nothing in the standard is judged at this level")),
        }
    }
    for figure in &record.figures {
        let Some(index) = standard.find_figure(&figure.id) else {
            errors.push(ErrorRecord::new("unknown_figure", &figure.id, "the standard has no such figure"));
            continue;
        };
        assessment.enter(standard, index, &figure.text);
        if let Err(error) = assessment.entry(index) {
            errors.push(ErrorRecord::new("not_understood", &figure.id, &error.to_string()));
        }
    }
    for (index, clause) in (0..).map(dabiao_core::ClauseIndex).zip(standard.clauses()) {
        let not_applicable = record.not_applicable.iter().any(|exempt| exempt.clause == clause.id && !exempt.reason.trim().is_empty());
        let wanted = record.readings.iter().find(|reading| reading.clause == clause.id);
        let position = wanted.and_then(|wanted| clause.readings.iter().position(|reading| reading.id == wanted.reading));
        if let Some(wanted) = wanted.filter(|_| position.is_none()) {
            errors.push(ErrorRecord::new("unknown_reading", &clause.id, &format!("the clause has no reading `{}`", wanted.reading)));
        }
        let reading = position.and_then(|position| u8::try_from(position).ok()).unwrap_or_default();
        if not_applicable || reading > 0 {
            assessment.decide(standard, index, ClauseAnswer { not_applicable, reading });
        }
    }
    let named = record.not_applicable.iter().map(|exempt| &exempt.clause).chain(record.readings.iter().map(|reading| &reading.clause));
    for clause in named.filter(|clause| standard.find_clause(clause).is_none()) {
        errors.push(ErrorRecord::new("unknown_clause", clause, "the standard has no such clause"));
    }
    for exempt in record.not_applicable.iter().filter(|exempt| exempt.reason.trim().is_empty()) {
        errors.push(ErrorRecord::new("no_reason", &exempt.clause, "not applicable needs a reason"));
    }
    (assessment, errors)
}

fn result(document: &Document, assessment: &Assessment) -> ResultRecord {
    let standard = &document.standard;
    let report = assessment.report();
    ResultRecord {
        format: FORMAT,
        standard: document.id.clone(),
        clauses: standard
            .clauses()
            .iter()
            .zip(&document.clauses)
            .zip(&report.clauses)
            .map(|((clause, text), result)| ClauseRecord {
                id: clause.id.clone(),
                r#ref: text.reference.clone(),
                verdict: verdict(result.verdict),
                margin: margin(&result.reason).map(|margin| margin.to_string()),
                depends_on_reading: result.depends_on_reading(),
            })
            .collect(),
        figures: standard
            .figures()
            .iter()
            .zip(&report.figures)
            .filter_map(|(figure, state)| {
                let value = match state.value? {
                    Value::Number(number) => number.to_string(),
                    Value::Between(range) => format!("{}..{}", range.low(), range.high()),
                    Value::YesNo(true) => "yes".to_owned(),
                    Value::YesNo(false) => "no".to_owned(),
                };
                let origin = if state.origin == Origin::Derived { "derived" } else { "entered" };
                Some(ValueRecord { id: figure.id.clone(), value, origin })
            })
            .collect(),
        groups: standard
            .groups()
            .iter()
            .zip(&report.groups)
            .map(|(group, tally)| GroupRecord { id: group.id.clone(), tally: totals(*tally) })
            .collect(),
        total: totals(report.total),
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "not_applicable",
        Verdict::NotJudged => "not_judged",
    }
}

fn margin(reason: &Reason) -> Option<Exact> {
    match reason {
        Reason::Comparison(comparison) => comparison.margin(),
        Reason::Growth(growth) => growth.margin(),
        _ => None,
    }
}

fn totals(tally: Tally) -> TallyRecord {
    let text = |share: Option<Exact>| share.map(|share| share.to_string());
    TallyRecord {
        met: tally.met,
        not_met: tally.not_met,
        unknown: tally.unknown,
        not_applicable: tally.not_applicable,
        not_judged: tally.not_judged,
        worst: text(tally.worst()),
        best: text(tally.best()),
        known: text(tally.known()),
    }
}
