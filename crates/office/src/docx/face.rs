//! The Word report for JavaScript: a packed standard and a record in, bytes out.

use dabiao_catalog::pack::unpack_bundle;
use dabiao_draft::{Refused, read_draft};
use dabiao_view::Locale;
use wasm_bindgen::prelude::*;

use super::write_docx;
use crate::report::{Made, assessment_report};

/// The Word report of an assessment: the standard as the site packs it, the record of the draft as
/// JSON (with its `standard_hash`, if it carries one), the date in words, and `zh` or `en`, which must
/// be the language of the packed standard.
///
/// `plan_json` is not read yet: the planner keeps its plan in the page only. Without it the section on
/// what comes next names the nearest misses.
///
/// # Errors
/// A sentence, if the standard or the record cannot be read.
#[wasm_bindgen]
pub fn office_report(packed: &[u8], draft_json: &str, plan_json: Option<String>, date: &str, locale: &str) -> Result<Vec<u8>, JsValue> {
    drop(plan_json);
    let bundle = unpack_bundle(packed).ok_or_else(|| JsValue::from_str("the packed standard cannot be read"))?;
    let record: serde_json::Value = serde_json::from_str(draft_json).map_err(|error| failed(&error))?;
    let draft = read_draft(&record, &bundle.document.standard).map_err(|refused| match refused {
        Refused::NotARecord => JsValue::from_str("this is no record of an assessment"),
        Refused::Later(_) => JsValue::from_str("a later version wrote this record"),
    })?;
    let locale = if locale.starts_with("zh") { Locale::Zh } else { Locale::En };
    let made = Made {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        standard_hash: record.get("standard_hash").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
        date: date.to_owned(),
        plan: None,
    };
    write_docx(&assessment_report(&bundle.document, &draft, locale, &made)).map_err(|error| failed(&error))
}

fn failed(error: &dyn std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}
