//! The result workbook for JavaScript.

use dabiao_catalog::pack::unpack_bundle;
use dabiao_draft::read_draft;
use dabiao_view::Locale;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// [`super::workbook`] of a packed standard and the record of a draft, as JSON text. `locale` is `zh` or
/// `en`; `made` says when it was made.
///
/// # Errors
/// A sentence for programmers if the standard or the draft cannot be read, or the file not be written.
#[wasm_bindgen]
pub fn office_workbook(packed: &[u8], draft_json: &str, locale: &str, made: Option<String>) -> Result<Vec<u8>, JsValue> {
    let refused = |problem: &str| JsValue::from_str(problem);
    let bundle = unpack_bundle(packed).ok_or_else(|| refused("the standard cannot be read"))?;
    let record = serde_json::from_str(draft_json).map_err(|error| refused(&error.to_string()))?;
    let draft = read_draft(&record, &bundle.document.standard).map_err(|_| refused("the record is no draft, or one of a later version"))?;
    let locale = if locale.starts_with("zh") { Locale::Zh } else { Locale::En };
    super::workbook(&bundle.document, &draft, locale, made.as_deref().unwrap_or_default()).map_err(|error| refused(&error.to_string()))
}
