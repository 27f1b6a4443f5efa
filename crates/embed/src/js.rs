//! The layer for JavaScript: plain values in, plain values out, nothing thrown for bad input.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::v1::{Answer, AssessmentRecord, ErrorRecord};

/// Scores an assessment: `{standard, figures: [{id, text}], not_applicable: [{clause, reason}],
/// readings: [{clause, reading}]}`. Answers `{ok, result, errors}`.
#[wasm_bindgen(js_name = score)]
pub fn score(assessment: JsValue) -> JsValue {
    let answer = match serde_wasm_bindgen::from_value::<AssessmentRecord>(assessment) {
        Ok(record) => crate::score(&record),
        Err(error) => Answer::refused(ErrorRecord::new("malformed", "", &error.to_string())),
    };
    answer.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Scores an assessment given as JSON text; answers with JSON text, the same bytes on every machine.
#[wasm_bindgen(js_name = scoreJson)]
pub fn score_json(json: &str) -> String {
    crate::score_json(json)
}

/// The ids of the built-in standards.
#[wasm_bindgen(js_name = standards)]
pub fn standards() -> Vec<String> {
    crate::documents().map(|documents| documents.iter().map(|document| document.id.clone()).collect()).unwrap_or_default()
}
