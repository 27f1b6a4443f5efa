//! The store of this browser (`web/store.js`): texts under keys, each with a revision.

use dabiao_draft::ledger::{Batch, Kept};
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;

use crate::browser::error_text;

/// Why the browser does not keep anything, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(pub String);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = dabiaoStore, js_name = get)]
    async fn get_record(key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoStore, js_name = list)]
    async fn list_records(prefix: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoStore, js_name = commit)]
    async fn commit_batch(guard: Option<String>, revision: u32, puts: Array, deletes: Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoStore, js_name = clear)]
    async fn clear_all() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = dabiaoStore, js_name = listen)]
    fn listen_for(callback: &JsValue);
}

/// What stands under a key, if anything.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn get(key: &str) -> Result<Option<Kept>, Trouble> {
    let record = get_record(key).await.map_err(trouble)?;
    Ok(record.dyn_ref::<Array>().map(|record| kept(key.to_owned(), &record.get(0), &record.get(1))))
}

/// Everything under keys that begin so, in the order of the keys.
///
/// # Errors
/// [`Trouble`] if the browser does not answer.
pub async fn list(prefix: &str) -> Result<Vec<Kept>, Trouble> {
    let records = list_records(prefix).await.map_err(trouble)?;
    let records: Array = records.unchecked_into();
    let record = |record: JsValue| {
        let record: Array = record.unchecked_into();
        kept(record.get(0).as_string().unwrap_or_default(), &record.get(1), &record.get(2))
    };
    Ok(records.iter().map(record).collect())
}

/// Writes in one step. False if another window was faster, and then nothing is changed.
///
/// # Errors
/// [`Trouble`] if the browser refuses; nothing is changed then.
pub async fn commit(batch: Batch) -> Result<bool, Trouble> {
    let (guard, revision) = batch.guard;
    write(Some(guard), revision, batch.puts, batch.deletes).await
}

/// Writes whatever stands there.
///
/// # Errors
/// [`Trouble`] if the browser refuses; nothing is changed then.
pub async fn overwrite(puts: Vec<(String, u32, String)>, deletes: Vec<String>) -> Result<(), Trouble> {
    write(None, 0, puts, deletes).await.map(drop)
}

/// Deletes everything.
///
/// # Errors
/// [`Trouble`] if the browser refuses.
pub async fn clear() -> Result<(), Trouble> {
    clear_all().await.map(drop).map_err(trouble)
}

/// Calls back with the key of whatever another window changes, with `*` when this one is looked at
/// again, and with nothing when another window deletes everything. For as long as the page lives.
pub fn listen(callback: impl Fn(String) + 'static) {
    listen_for(&Closure::<dyn Fn(String)>::new(callback).into_js_value());
}

async fn write(guard: Option<String>, revision: u32, puts: Vec<(String, u32, String)>, deletes: Vec<String>) -> Result<bool, Trouble> {
    let puts = puts.into_iter().map(|(key, revision, text)| Array::of3(&key.into(), &revision.into(), &text.into()));
    let deletes = deletes.into_iter().map(JsValue::from);
    let done = commit_batch(guard, revision, puts.collect(), deletes.collect()).await.map_err(trouble)?;
    Ok(done.is_truthy())
}

fn kept(key: String, revision: &JsValue, text: &JsValue) -> Kept {
    // Revisions are small whole numbers of our own.
    (key, revision.as_f64().unwrap_or_default() as u32, text.as_string())
}

fn trouble(error: JsValue) -> Trouble {
    Trouble(error_text(&error))
}
