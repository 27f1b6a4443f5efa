//! What stays in this browser between visits.
//!
//! Assessments, what is planned for them, and loaded standards stand in the browser's database
//! (`store`), where nothing is called kept before it is on the disk. Preferences, and the last word of a
//! page that is being left, stand in its local storage, which answers at once but forgets when the
//! browser is killed.

pub mod store;

use dabiao_catalog::builtin::SHARED_FIGURES;
use dabiao_draft::json::{entries, object, printed, text};
use dabiao_draft::ledger::{Kept, Ledger, assessment_key, journal_prefix, read_assessment, snapshot_prefix};
use dabiao_draft::{is_blank, is_touched};
use dabiao_view::Locale;
use dabiao_view::known::KnownValue;
use serde_json::Value;
use web_sys::Storage;

use crate::browser;
use crate::route::standard_of;
use crate::state::{Preferences, Theme};
use store::Trouble;

/// Every key of the local storage begins so: on file:// all pages of this computer share one.
const PREFIX: &str = "dabiao.v1.";
/// The last word of a page that was left before it could save.
const LAST: &str = "last.";
/// The same for what the planner holds.
const LAST_PLAN: &str = "last-plan.";
/// Keys of what the planner keeps.
const PLAN: &str = "plan/";
/// Keys of loaded standards.
const STANDARD: &str = "standard/";
/// Keys of what a file said of the result of an assessment.
const CERTIFICATE: &str = "certificate/";
/// Keys of the names of a standard's figures, for the page that opens when the program fails.
const NAMES: &str = "names/";

/// The preferences of the last visit.
pub fn load_preferences() -> Preferences {
    let record = local("preferences").unwrap_or_default();
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
    save_local("preferences", &object([("locale", preferences.locale.map_or("", Locale::tag).into()), ("theme", theme.into())]));
}

/// An assessment in the list of those that are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// The name of its place.
    pub title: String,
    /// When it was saved, in milliseconds since 1970.
    pub saved: u64,
    /// Whether nothing is filled in.
    pub is_blank: bool,
    /// Whether a person changed anything.
    pub is_touched: bool,
    /// The example it started from; empty if none.
    pub sample: String,
}

/// Every assessment that is kept, the one saved last first.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn assessments() -> Result<Vec<Listed>, Trouble> {
    let mut listed: Vec<Listed> = records().await?.into_iter().map(|(id, saved, record)| listed(id, saved, &record)).collect();
    listed.sort_by_key(|listed| std::cmp::Reverse(listed.saved));
    Ok(listed)
}

/// An assessment with its history, and whether its text was damaged and had to be put together again.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn load_ledger(id: &str) -> Result<Option<(Ledger, bool)>, Trouble> {
    let Some(head) = store::get(&assessment_key(id)).await? else { return Ok(None) };
    let journal = store::list(&journal_prefix(id)).await?;
    let snapshots = store::list(&snapshot_prefix(id)).await?;
    Ok(Ledger::read(id, &head, &journal, &snapshots))
}

/// Deletes an assessment with everything that belongs to it.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn remove_assessment(id: &str) -> Result<(), Trouble> {
    remove_local(&format!("{LAST_PLAN}{id}"));
    last_words(id).iter().for_each(|word| forget_last_word(&word.name));
    let mut keys = vec![assessment_key(id), format!("{PLAN}{id}"), format!("{CERTIFICATE}{id}")];
    for prefix in [journal_prefix(id), snapshot_prefix(id)] {
        keys.extend(store::list(&prefix).await?.into_iter().map(|(key, ..)| key));
    }
    store::overwrite(Vec::new(), keys).await
}

/// Deletes everything of ours from this browser.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn forget_everything() -> Result<(), Trouble> {
    store::clear().await?;
    if let Some(storage) = local_storage() {
        for name in local_names("") {
            // Removing what is not there is no error.
            let _ = storage.remove_item(&name);
        }
    }
    Ok(())
}

/// What a page that is being left had not yet saved: its record, the one it was based on, and the one
/// that was being written.
pub struct LastWord {
    /// Under which name it was left.
    pub name: String,
    /// What was written when the change began.
    pub base: Value,
    /// What was being written when the page was left.
    pub in_flight: Value,
    /// What the assessment said.
    pub record: Value,
}

/// The name of the last word of a page about an assessment. Several pages can be left at once, and none
/// may take the word of another.
pub fn last_word_name(page: &str, id: &str) -> String {
    format!("{LAST}{page}.{id}")
}

/// Leaves a last word for whoever opens the assessment next. At once: a page that is being left has no
/// time for the database.
pub fn leave_last_word(word: LastWord) {
    let left = browser::now().into();
    save_local(&word.name, &object([("base", word.base), ("in_flight", word.in_flight), ("record", word.record), ("left", left)]));
}

/// The last words about an assessment that were left in the middle of a change, in their order.
pub fn last_words(id: &str) -> Vec<LastWord> {
    let names = local_names(LAST).into_iter().filter(|name| name.ends_with(&format!(".{id}")));
    let mut words: Vec<(u64, LastWord)> = names
        .filter_map(|name| {
            let name = name.strip_prefix(PREFIX)?.to_owned();
            let mut word = local(&name)?;
            let left = word.get("left").and_then(Value::as_u64).unwrap_or_default();
            let mut field = |name: &str| word.get_mut(name).map(Value::take);
            Some((left, LastWord { base: field("base")?, in_flight: field("in_flight")?, record: field("record")?, name }))
        })
        .collect();
    words.sort_by_key(|(left, _)| *left);
    words.into_iter().map(|(_, word)| word).collect()
}

/// Forgets a last word that was taken up.
pub fn forget_last_word(name: &str) {
    remove_local(name);
}

/// What the planner keeps for an assessment: scenarios, years, measures.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn load_plan(id: &str) -> Result<Option<Value>, Trouble> {
    if let Some(word) = local(&format!("{LAST_PLAN}{id}")) {
        save_plan(id, &word).await?;
        return Ok(Some(word));
    }
    let plan = store::get(&format!("{PLAN}{id}")).await?;
    Ok(plan.and_then(|(_, _, text)| serde_json::from_str(&text?).ok()))
}

/// Keeps what the planner holds.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn save_plan(id: &str, record: &Value) -> Result<(), Trouble> {
    store::overwrite(vec![(format!("{PLAN}{id}"), 1, printed(record))], Vec::new()).await?;
    remove_local(&format!("{LAST_PLAN}{id}"));
    Ok(())
}

/// Leaves what the planner holds for whoever opens it next, when the page is left before it is kept.
pub fn leave_plan(id: &str, record: &Value) {
    save_local(&format!("{LAST_PLAN}{id}"), record);
}

/// What the file an assessment came from says of its result.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn load_certificate(id: &str) -> Result<Option<Value>, Trouble> {
    let kept = store::get(&format!("{CERTIFICATE}{id}")).await?;
    Ok(kept.and_then(|(_, _, text)| serde_json::from_str(&text?).ok()))
}

/// Keeps what the file an assessment came from says of its result.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn save_certificate(id: &str, record: &Value) -> Result<(), Trouble> {
    store::overwrite(vec![(format!("{CERTIFICATE}{id}"), 1, printed(record))], Vec::new()).await
}

/// Keeps the names of a standard's figures, unless they are kept.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn keep_names(standard: &str, names: Value) -> Result<(), Trouble> {
    let (key, names) = (format!("{NAMES}{standard}"), printed(&names));
    let is_kept = store::get(&key).await?.is_some_and(|(_, _, text)| text.as_deref() == Some(names.as_str()));
    if is_kept { Ok(()) } else { store::overwrite(vec![(key, 1, names)], Vec::new()).await }
}

/// The values of shared figures in other assessments. Examples that nobody touched are left out: what
/// they hold is not about anybody's place.
pub async fn known_values(except: &str) -> Vec<KnownValue> {
    let mut known = Vec::new();
    // Where nothing is kept there is nothing to offer.
    for (id, _, record) in records().await.unwrap_or_default() {
        if id == except || !is_touched(&record) {
            continue;
        }
        let figures = || entries(&record, "figures").filter_map(|(figure, value)| Some((figure.as_str(), value.as_str()?)));
        let year = figures().find(|(figure, _)| *figure == "assessment_year").map_or("", |(_, text)| text);
        let source = || (standard_of(&id).to_owned(), text(&record, "title").to_owned());
        let shared = figures().filter(|(figure, _)| SHARED_FIGURES.iter().any(|shared| shared.id == *figure));
        known.extend(shared.map(|(figure, text)| KnownValue {
            figure: figure.to_owned(),
            text: text.to_owned(),
            source: source(),
            year: year.to_owned(),
        }));
    }
    known
}

/// The file of a standard that the person has loaded.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn load_standard(id: &str) -> Result<Option<String>, Trouble> {
    Ok(store::get(&format!("{STANDARD}{id}")).await?.and_then(|(_, _, text)| text))
}

/// Keeps the file of a loaded standard.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn save_standard(id: &str, text: String) -> Result<(), Trouble> {
    store::overwrite(vec![(format!("{STANDARD}{id}"), 1, text)], Vec::new()).await
}

/// Forgets a loaded standard; its assessments stay.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn remove_standard(id: &str) -> Result<(), Trouble> {
    store::overwrite(Vec::new(), vec![format!("{STANDARD}{id}")]).await
}

/// The ids of the loaded standards.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn standards() -> Result<Vec<String>, Trouble> {
    let kept = store::list(STANDARD).await?;
    Ok(kept.into_iter().filter_map(|(key, ..)| Some(key.strip_prefix(STANDARD)?.to_owned())).collect())
}

/// Brings what earlier versions kept in the local storage into the database.
///
/// # Errors
/// [`Trouble`] if the browser refuses; everything stays where it was.
pub async fn move_old_records() -> Result<(), Trouble> {
    let Some(storage) = local_storage() else { return Ok(()) };
    for (old, new) in [("draft.", "assessment/"), ("plan.", PLAN), ("standard.", STANDARD)] {
        for name in local_names(old) {
            let (Some(id), Ok(Some(text))) = (name.strip_prefix(PREFIX).and_then(|name| name.strip_prefix(old)), storage.get_item(&name))
            else {
                continue;
            };
            let key = format!("{new}{id}");
            let text =
                if old == "draft." { format!("{{\"saved\":0,\"first\":0,\"position\":0,\"end\":0,\"record\":{text}}}") } else { text };
            // What is there already is newer.
            let batch = dabiao_draft::ledger::Batch { guard: (key.clone(), 0), puts: vec![(key, 1, text)], deletes: Vec::new() };
            store::commit(batch).await?;
            // It is in the database now; a copy that stays does no harm.
            let _ = storage.remove_item(&name);
        }
    }
    Ok(())
}

/// Id, time and record of every assessment that can be read.
async fn records() -> Result<Vec<(String, u64, Value)>, Trouble> {
    let prefix = assessment_key("");
    let kept = store::list(&prefix).await?;
    let record = |(key, _, text): Kept| {
        let (saved, record) = read_assessment(&text?)?;
        Some((key.strip_prefix(&prefix)?.to_owned(), saved, record))
    };
    Ok(kept.into_iter().filter_map(record).collect())
}

fn listed(id: String, saved: u64, record: &Value) -> Listed {
    Listed {
        id,
        title: text(record, "title").to_owned(),
        saved,
        is_blank: is_blank(record),
        is_touched: is_touched(record),
        sample: text(record, "sample").to_owned(),
    }
}

fn local_storage() -> Option<Storage> {
    browser::window()?.local_storage().ok().flatten()
}

fn local_names(kind: &str) -> Vec<String> {
    let Some(storage) = local_storage() else { return Vec::new() };
    let count = storage.length().unwrap_or_default();
    let names = (0..count).filter_map(|index| storage.key(index).ok().flatten());
    names.filter(|name| name.strip_prefix(PREFIX).is_some_and(|name| name.starts_with(kind))).collect()
}

fn local(key: &str) -> Option<Value> {
    let text = local_storage()?.get_item(&format!("{PREFIX}{key}")).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn remove_local(key: &str) {
    if let Some(storage) = local_storage() {
        // Removing what is not there is no error.
        let _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// Where it is refused, nothing is promised.
fn save_local(key: &str, record: &Value) {
    if let Some(storage) = local_storage() {
        let _ = storage.set_item(&format!("{PREFIX}{key}"), &printed(record));
    }
}
