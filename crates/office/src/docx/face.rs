//! The Word report for JavaScript: a packed standard and a record in, bytes out.

use wasm_bindgen::prelude::*;

use super::write_docx;
use crate::report::face::open_report;

/// The Word document of a report; the parameters are those of [`open_report`].
///
/// # Errors
/// A sentence, if the standard or the record cannot be read.
#[wasm_bindgen]
pub fn office_report(packed: &[u8], draft_json: &str, plan_json: Option<String>, date: &str, locale: &str) -> Result<Vec<u8>, JsValue> {
    let report = open_report(packed, draft_json, plan_json.as_deref(), date, locale).map_err(|problem| JsValue::from_str(&problem))?;
    write_docx(&report).map_err(|error| JsValue::from_str(&error.to_string()))
}
