//! What stays in this browser between visits: one draft per standard, and the preferences.
//!
//! Records are versioned and refer to figures and clauses by id, never by position. Saving can fail
//! (private windows, full storage); the caller then says so, and nothing is lost on the page.

use dabiao_catalog::builtin::SHARED_FIGURES;
use dabiao_core::Standard;
use dabiao_draft::json::{entries, object, printed, text};
use dabiao_draft::{Draft, draft_record, is_blank, is_touched, read_draft};
use dabiao_view::Locale;
use dabiao_view::known::KnownValue;
use serde_json::Value;
use web_sys::Storage;

use crate::browser;
use crate::state::{Preferences, Theme};

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
    match is_touched(&record) {
        _ if is_blank(&record) => DraftStatus::None,
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
    read_draft(&load(&draft_key(id))?, standard).ok()
}

/// Saves a draft. False if the browser refused.
pub fn save_draft(id: &str, standard: &Standard, draft: &Draft) -> bool {
    save(&draft_key(id), &draft_record(id, standard, draft))
}

/// What the planner keeps for a standard: scenarios, years, measures.
pub fn load_plan(id: &str) -> Option<Value> {
    load(&format!("{PLAN}{id}"))
}

/// Keeps what the planner holds. False if the browser refused.
pub fn save_plan(id: &str, record: &Value) -> bool {
    save(&format!("{PLAN}{id}"), record)
}

/// The values of shared figures in the drafts of other standards. Examples that nobody touched are
/// left out: what they hold is not about anybody's place.
pub fn known_values(except: &str) -> Vec<KnownValue> {
    let drafts = keys(DRAFT).into_iter().filter(|id| id != except).filter_map(|id| Some((load(&draft_key(&id))?, id)));
    let own = drafts.filter(|(record, _)| is_touched(record));
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
