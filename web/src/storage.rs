//! What stays in this browser between visits: one draft per standard, and the preferences.
//!
//! Records are versioned and refer to figures and clauses by id, never by position. Saving can fail
//! (private windows, full storage); the caller then says so, and nothing is lost on the page.

use std::rc::Rc;

use dabiao_catalog::builtin::SHARED_FIGURES;
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, FigureIndex, Standard};
use dabiao_view::Locale;
use dabiao_view::known::KnownValue;
use serde_json::{Map, Value};
use web_sys::Storage;

use crate::browser;
use crate::state::{ClauseDraft, Draft, Evidence, Preferences, Theme};

/// The version of the saved records.
const FORMAT: u64 = 1;
/// Every key begins so: on file:// all pages of this computer share one storage.
const PREFIX: &str = "dabiao.v1.";
/// Keys of drafts go on so.
const DRAFT: &str = "draft.";
/// Keys of what the planner keeps go on so.
const PLAN: &str = "plan.";
/// Keys of loaded standards go on so.
const STANDARD: &str = "standard.";

/// The preferences of the last visit.
pub fn load_preferences() -> Preferences {
    let record = load("preferences").unwrap_or_default();
    Preferences {
        locale: match text(&record, "locale") {
            "zh-CN" => Some(Locale::Zh),
            "en" => Some(Locale::En),
            _ => None,
        },
        theme: match text(&record, "theme") {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::Auto,
        },
    }
}

/// Keeps the preferences. Losing them costs a click, so a failure is not reported.
pub fn save_preferences(preferences: Preferences) {
    let theme = match preferences.theme {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    save("preferences", &object([("locale", preferences.locale.map_or("", Locale::tag).into()), ("theme", theme.into())]));
}

/// Whether there is a saved draft for a standard, and whether a person changed anything in it.
pub fn draft_status(id: &str) -> DraftStatus {
    let Some(record) = load(&draft_key(id)) else { return DraftStatus::None };
    let is_blank = entries(&record, "figures").next().is_none() && entries(&record, "clauses").next().is_none();
    match record.get("touched").and_then(Value::as_bool).unwrap_or(true) {
        _ if is_blank => DraftStatus::None,
        true => DraftStatus::Own,
        false => DraftStatus::Untouched,
    }
}

/// What is saved for a standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftStatus {
    /// Nothing.
    None,
    /// An example as it was opened.
    Untouched,
    /// A person's work.
    Own,
}

/// The saved draft for a standard.
pub fn load_draft(id: &str, standard: &Standard) -> Option<Draft> {
    read_draft(&load(&draft_key(id))?, standard)
}

/// A draft from its record; `None` if it is of another version.
pub fn read_draft(record: &Value, standard: &Standard) -> Option<Draft> {
    let is_known = record.get("format").and_then(Value::as_u64) == Some(FORMAT);
    let sample = is_known.then(|| text(record, "sample"))?;
    let sample = Some(sample).filter(|sample| !sample.is_empty()).map(Rc::from);
    let mut draft = Draft::named(standard, text(record, "title").into(), sample);
    // Drafts of earlier versions do not say; they are taken for a person's work.
    draft.touched = record.get("touched").and_then(Value::as_bool).unwrap_or(true);
    if let Some(level) = Level::from_id(text(record, "level")).filter(|level| standard.levels().contains(*level)) {
        draft.level = level;
    }
    for (figure_id, value) in entries(record, "figures") {
        if let (Some(figure), Some(value)) = (standard.find_figure(figure_id), value.as_str()) {
            draft.set_text(figure, value.into());
        }
    }
    for (clause_id, clause_record) in entries(record, "clauses") {
        if let Some(index) = standard.find_clause(clause_id) {
            draft.set_clause(index, clause_draft(standard, index, clause_record));
        }
    }
    Some(draft)
}

/// Saves a draft. False if the browser refused.
pub fn save_draft(id: &str, standard: &Standard, draft: &Draft) -> bool {
    save(&draft_key(id), &draft_record(id, standard, draft))
}

/// The record of a draft.
pub fn draft_record(id: &str, standard: &Standard, draft: &Draft) -> Value {
    let figures = object(
        (0..)
            .map(FigureIndex)
            .zip(standard.figures())
            .map(|(index, figure)| (figure.id.clone(), draft.text(index)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(id, text)| (id, Value::from(&*text))),
    );
    let clauses = object(
        (0..)
            .map(ClauseIndex)
            .zip(standard.clauses())
            .map(|(index, clause)| (clause, draft.clause(index)))
            .filter(|(_, clause_draft)| *clause_draft != ClauseDraft::default())
            .map(|(clause, clause_draft)| {
                let reading = clause.readings.get(usize::from(clause_draft.reading)).filter(|_| clause_draft.reading > 0);
                let record = object([
                    ("not_applicable", clause_draft.not_applicable.into()),
                    ("reason", (&*clause_draft.reason).into()),
                    ("reading", reading.map_or("", |reading| reading.id.as_str()).into()),
                    ("note", (&*clause_draft.note).into()),
                    ("evidence", clause_draft.evidence.iter().map(evidence_record).collect()),
                ]);
                (clause.id.clone(), record)
            }),
    );
    object([
        ("format", FORMAT.into()),
        ("standard", id.into()),
        ("title", (&*draft.title).into()),
        ("touched", draft.touched.into()),
        ("level", draft.level.id().into()),
        ("sample", draft.sample.as_deref().unwrap_or_default().into()),
        ("figures", figures),
        ("clauses", clauses),
    ])
}

/// What the planner keeps for a standard: scenarios, years, measures.
pub fn load_plan(id: &str) -> Option<Value> {
    load(&format!("{PLAN}{id}"))
}

/// Keeps what the planner holds. False if the browser refused.
pub fn save_plan(id: &str, record: &Value) -> bool {
    save(&format!("{PLAN}{id}"), record)
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
        evidence: evidence
            .iter()
            .map(|item| Evidence {
                name: text(item, "name").into(),
                number: text(item, "number").into(),
                date: text(item, "date").into(),
                link: text(item, "link").into(),
            })
            .collect(),
    }
}

fn evidence_record(evidence: &Evidence) -> Value {
    object([
        ("name", (&*evidence.name).into()),
        ("number", (&*evidence.number).into()),
        ("date", (&*evidence.date).into()),
        ("link", (&*evidence.link).into()),
    ])
}

/// The text of a field; empty if it is missing.
pub fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The fields of a record within a record; none if it is missing.
pub fn entries<'a>(record: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    record.get(field).and_then(Value::as_object).into_iter().flatten()
}

/// A record of these fields. One by one: collecting would sort them first, with a sorting routine of
/// its own in the download.
pub fn object<N: Into<String>>(fields: impl IntoIterator<Item = (N, Value)>) -> Value {
    let mut record = Map::new();
    for (name, value) in fields {
        record.insert(name.into(), value);
    }
    Value::Object(record)
}

/// The values of shared figures in the drafts of other standards. Examples that nobody touched are
/// left out: what they hold is not about anybody's place.
pub fn known_values(except: &str) -> Vec<KnownValue> {
    let drafts = keys(DRAFT).into_iter().filter(|id| id != except).filter_map(|id| Some((load(&draft_key(&id))?, id)));
    let own = drafts.filter(|(record, _)| record.get("touched").and_then(Value::as_bool).unwrap_or(true));
    own.flat_map(|(record, id)| {
        let figures: Vec<(String, String)> =
            entries(&record, "figures").filter_map(|(figure, value)| Some((figure.clone(), value.as_str()?.to_owned()))).collect();
        let year = figures.iter().find(|(figure, _)| figure == "assessment_year").map(|(_, text)| text.clone()).unwrap_or_default();
        let title = text(&record, "title").to_owned();
        let shared = figures.into_iter().filter(|(figure, _)| SHARED_FIGURES.iter().any(|shared| shared.id == figure));
        let known: Vec<KnownValue> =
            shared.map(|(figure, text)| KnownValue { figure, text, source: (id.clone(), title.clone()), year: year.clone() }).collect();
        known
    })
    .collect()
}

/// The file of a standard that the person has loaded.
pub fn load_standard(id: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{STANDARD}{id}")).ok().flatten()
}

/// Keeps the file of a loaded standard. False if the browser refused.
pub fn save_standard(id: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{STANDARD}{id}"), text).is_ok())
}

/// Forgets a loaded standard; the draft stays.
pub fn remove_standard(id: &str) {
    if let Some(storage) = storage() {
        // Removing what is not there is no error, and a browser that refuses has nothing stored.
        let _ = storage.remove_item(&format!("{PREFIX}{STANDARD}{id}"));
    }
}

/// The ids of the loaded standards.
pub fn standards() -> Vec<String> {
    keys(STANDARD)
}

/// The ends of all our keys that begin so.
fn keys(kind: &str) -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    names.filter_map(|name| Some(name.strip_prefix(PREFIX)?.strip_prefix(kind)?.to_owned())).collect()
}

fn draft_key(id: &str) -> String {
    format!("{DRAFT}{id}")
}

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok().flatten()
}

fn load(key: &str) -> Option<Value> {
    let text = storage()?.get_item(&format!("{PREFIX}{key}")).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn save(key: &str, record: &Value) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("{PREFIX}{key}"), &printed(record)).is_ok())
}

/// A record as JSON.
pub fn printed(record: &Value) -> String {
    let mut text = String::new();
    print(record, &mut text);
    text
}

/// Writes a record as JSON. Records hold no numbers but small whole ones; printing through serde_json
/// would add the tables for floating-point numbers to the download.
fn print(value: &Value, out: &mut String) {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.as_u64().unwrap_or_default().to_string()),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                print(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (name, item)) in fields.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&quoted(name));
                out.push(':');
                print(item, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_record_is_read_back_as_itself() {
        let record = object([
            ("format", 1.into()),
            ("text", "a\"b\\c\n万\u{1f600}".into()),
            ("list", Value::Array(vec![Value::Null, true.into(), Value::Object(Map::new())])),
        ]);
        assert_eq!(serde_json::from_str::<Value>(&printed(&record)).unwrap(), record);
    }
}
