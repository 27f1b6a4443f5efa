//! What stays in this browser between visits: one draft per standard, and the preferences.
//!
//! Records are versioned and refer to figures and clauses by id, never by position. Saving can fail
//! (private windows, full storage); the caller then says so, and nothing is lost on the page.

use std::collections::BTreeMap;

use dabiao_core::{ClauseIndex, FigureIndex, Standard};
use dabiao_view::Locale;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::browser;
use crate::state::{ClauseDraft, Draft, Evidence, Preferences, Theme};

/// The version of the saved records.
const FORMAT: u32 = 1;
/// Every key begins so: on file:// all pages of this computer share one storage.
const PREFIX: &str = "dabiao.v1.";

#[derive(Default, Serialize, Deserialize)]
struct PreferencesRecord {
    locale: Option<String>,
    theme: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct DraftRecord {
    format: u32,
    standard: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    sample: Option<String>,
    #[serde(default)]
    figures: BTreeMap<String, String>,
    #[serde(default)]
    clauses: BTreeMap<String, ClauseRecord>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct ClauseRecord {
    not_applicable: bool,
    reason: String,
    reading: Option<String>,
    note: String,
    evidence: Vec<EvidenceRecord>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct EvidenceRecord {
    name: String,
    number: String,
    date: String,
    link: String,
}

/// The preferences of the last visit.
pub fn load_preferences() -> Preferences {
    let record: PreferencesRecord = load("preferences").unwrap_or_default();
    Preferences {
        locale: match record.locale.as_deref() {
            Some("zh-CN") => Some(Locale::Zh),
            Some("en") => Some(Locale::En),
            _ => None,
        },
        theme: match record.theme.as_deref() {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Auto,
        },
    }
}

/// Keeps the preferences. Losing them costs a click, so a failure is not reported.
pub fn save_preferences(preferences: Preferences) {
    let theme = match preferences.theme {
        Theme::Auto => None,
        Theme::Light => Some("light".to_owned()),
        Theme::Dark => Some("dark".to_owned()),
    };
    let record = PreferencesRecord { locale: preferences.locale.map(|locale| locale.tag().to_owned()), theme };
    save("preferences", &record);
}

/// The saved draft for a standard.
pub fn load_draft(id: &str, standard: &Standard) -> Option<Draft> {
    let record: DraftRecord = load(&draft_key(id)).filter(|record: &DraftRecord| record.format == FORMAT)?;
    let mut draft = Draft::named(standard, record.title.into(), record.sample.map(Into::into));
    for (figure_id, text) in record.figures {
        if let Some(figure) = standard.find_figure(&figure_id) {
            draft.set_text(figure, text.into());
        }
    }
    for (clause_id, clause_record) in record.clauses {
        if let Some(index) = standard.find_clause(&clause_id) {
            draft.set_clause(index, clause_draft(standard, index, clause_record));
        }
    }
    Some(draft)
}

/// Saves a draft. False if the browser refused.
pub fn save_draft(id: &str, standard: &Standard, draft: &Draft) -> bool {
    let figures = (0..)
        .map(FigureIndex)
        .zip(standard.figures())
        .map(|(index, figure)| (figure.id.clone(), draft.text(index).to_string()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let clauses = (0..)
        .map(ClauseIndex)
        .zip(standard.clauses())
        .map(|(index, clause)| (clause, draft.clause(index)))
        .filter(|(_, clause_draft)| *clause_draft != ClauseDraft::default())
        .map(|(clause, clause_draft)| {
            let reading = clause.readings.get(usize::from(clause_draft.reading)).filter(|_| clause_draft.reading > 0);
            let record = ClauseRecord {
                not_applicable: clause_draft.not_applicable,
                reason: clause_draft.reason.to_string(),
                reading: reading.map(|reading| reading.id.clone()),
                note: clause_draft.note.to_string(),
                evidence: clause_draft.evidence.iter().map(evidence_record).collect(),
            };
            (clause.id.clone(), record)
        })
        .collect();
    let record = DraftRecord {
        format: FORMAT,
        standard: id.to_owned(),
        title: draft.title.to_string(),
        sample: draft.sample.as_ref().map(ToString::to_string),
        figures,
        clauses,
    };
    save(&draft_key(id), &record)
}

fn clause_draft(standard: &Standard, index: ClauseIndex, record: ClauseRecord) -> ClauseDraft {
    let readings = standard.clause(index).map(|clause| clause.readings.as_slice()).unwrap_or_default();
    let reading = record.reading.and_then(|id| readings.iter().position(|reading| reading.id == id));
    ClauseDraft {
        not_applicable: record.not_applicable,
        reason: record.reason.into(),
        reading: reading.and_then(|position| u8::try_from(position).ok()).unwrap_or_default(),
        note: record.note.into(),
        evidence: record
            .evidence
            .into_iter()
            .map(|evidence| Evidence {
                name: evidence.name.into(),
                number: evidence.number.into(),
                date: evidence.date.into(),
                link: evidence.link.into(),
            })
            .collect(),
    }
}

fn evidence_record(evidence: &Evidence) -> EvidenceRecord {
    EvidenceRecord {
        name: evidence.name.to_string(),
        number: evidence.number.to_string(),
        date: evidence.date.to_string(),
        link: evidence.link.to_string(),
    }
}

fn draft_key(id: &str) -> String {
    format!("draft.{id}")
}

fn storage() -> Option<Storage> {
    browser::window()?.local_storage().ok().flatten()
}

fn load<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
    let text = storage()?.get_item(&format!("{PREFIX}{key}")).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn save<T: Serialize>(key: &str, record: &T) -> bool {
    let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(record)) else { return false };
    storage.set_item(&format!("{PREFIX}{key}"), &text).is_ok()
}
