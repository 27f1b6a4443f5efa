//! A draft as a record, and back.

use std::rc::Rc;

use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, FigureIndex, Standard};
use serde_json::{Map, Value};

use crate::json::{entries, object, text};
use crate::migrate::{FORMAT, Refused, migrate};
use crate::{ClauseDraft, Draft, Evidence, Unknown};

const FIELDS: [&str; 8] = ["format", "standard", "title", "touched", "level", "sample", "figures", "clauses"];
const CLAUSE_FIELDS: [&str; 5] = ["not_applicable", "reason", "reading", "note", "evidence"];
const EVIDENCE_FIELDS: [&str; 4] = ["name", "number", "date", "link"];

/// A draft from its record, whatever version wrote it.
///
/// # Errors
/// [`Refused`] if the record is of a later version, or no record of a draft.
pub fn read_draft(record: &Value, standard: &Standard) -> Result<Draft, Refused> {
    let record = &migrate(record.clone())?;
    let sample = Some(text(record, "sample")).filter(|sample| !sample.is_empty()).map(Rc::from);
    let mut draft = Draft::named(standard, text(record, "title").into(), sample);
    draft.touched = is_touched(record);
    if let Some(level) = Level::from_id(text(record, "level")).filter(|level| standard.levels().contains(*level)) {
        draft.level = level;
    }
    let (mut figures, mut clauses) = (Map::new(), Map::new());
    for (id, value) in entries(record, "figures") {
        match (standard.find_figure(id), value.as_str()) {
            (Some(figure), Some(value)) => draft.set_text(figure, value.into()),
            _ => drop(figures.insert(id.clone(), value.clone())),
        }
    }
    for (id, value) in entries(record, "clauses") {
        match standard.find_clause(id) {
            Some(index) if value.is_object() => draft.set_clause(index, clause_draft(standard, index, value)),
            _ => drop(clauses.insert(id.clone(), value.clone())),
        }
    }
    draft.unknown = others(record, &FIELDS);
    draft.unknown_figures = some(figures);
    draft.unknown_clauses = some(clauses);
    Ok(draft)
}

/// The record of a draft.
pub fn draft_record(id: &str, standard: &Standard, draft: &Draft) -> Value {
    let figures = (0..).map(FigureIndex).zip(standard.figures()).map(|(index, figure)| (figure.id.clone(), draft.text(index)));
    let figures = figures.filter(|(_, text)| !text.is_empty()).map(|(id, text)| (id, Value::from(&*text)));
    let clauses = (0..).map(ClauseIndex).zip(standard.clauses()).map(|(index, clause)| (clause, draft.clause(index)));
    let clauses = clauses.filter(|(_, entry)| *entry != ClauseDraft::default()).map(|(clause, entry)| {
        let reading = clause.readings.get(usize::from(entry.reading)).filter(|_| entry.reading > 0);
        let known = [
            ("not_applicable", entry.not_applicable.into()),
            ("reason", (&*entry.reason).into()),
            ("reading", reading.map_or("", |reading| reading.id.as_str()).into()),
            ("note", (&*entry.note).into()),
            ("evidence", entry.evidence.iter().map(evidence_record).collect()),
        ];
        (clause.id.clone(), with(object(known), &entry.unknown))
    });
    let known = [
        ("format", FORMAT.into()),
        ("standard", id.into()),
        ("title", (&*draft.title).into()),
        ("touched", draft.touched.into()),
        ("level", draft.level.id().into()),
        ("sample", draft.sample.as_deref().unwrap_or_default().into()),
        ("figures", with(object(figures), &draft.unknown_figures)),
        ("clauses", with(object(clauses), &draft.unknown_clauses)),
    ];
    with(object(known), &draft.unknown)
}

/// Whether a person changed anything. Records that do not say are taken for a person's work.
pub fn is_touched(record: &Value) -> bool {
    record.get("touched").and_then(Value::as_bool).unwrap_or(true)
}

/// Whether nothing is filled in.
pub fn is_blank(record: &Value) -> bool {
    entries(record, "figures").next().is_none() && entries(record, "clauses").next().is_none()
}

fn clause_draft(standard: &Standard, index: ClauseIndex, record: &Value) -> ClauseDraft {
    let readings = standard.clause(index).map(|clause| clause.readings.as_slice()).unwrap_or_default();
    let reading = readings.iter().position(|reading| reading.id == text(record, "reading"));
    let evidence = record.get("evidence").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    ClauseDraft {
        not_applicable: record.get("not_applicable").and_then(Value::as_bool).unwrap_or_default(),
        reason: text(record, "reason").into(),
        reading: reading.and_then(|position| u8::try_from(position).ok()).unwrap_or_default(),
        note: text(record, "note").into(),
        evidence: evidence.iter().map(evidence_draft).collect(),
        unknown: others(record, &CLAUSE_FIELDS),
    }
}

fn evidence_draft(record: &Value) -> Evidence {
    Evidence {
        name: text(record, "name").into(),
        number: text(record, "number").into(),
        date: text(record, "date").into(),
        link: text(record, "link").into(),
        unknown: others(record, &EVIDENCE_FIELDS),
    }
}

fn evidence_record(evidence: &Evidence) -> Value {
    let known = [
        ("name", (&*evidence.name).into()),
        ("number", (&*evidence.number).into()),
        ("date", (&*evidence.date).into()),
        ("link", (&*evidence.link).into()),
    ];
    with(object(known), &evidence.unknown)
}

/// The fields of a record except these.
fn others(record: &Value, known: &[&str]) -> Unknown {
    let mut others = Map::new();
    for (name, value) in record.as_object().into_iter().flatten() {
        if !known.contains(&name.as_str()) {
            others.insert(name.clone(), value.clone());
        }
    }
    some(others)
}

fn some(fields: Map<String, Value>) -> Unknown {
    (!fields.is_empty()).then(|| Rc::new(fields))
}

/// A record with further fields; its own count.
fn with(mut record: Value, further: &Unknown) -> Value {
    if let (Value::Object(fields), Some(further)) = (&mut record, further) {
        for (name, value) in further.iter() {
            fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    record
}
