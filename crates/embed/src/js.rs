//! The layer for JavaScript: plain values in, plain values out, nothing thrown for bad input.

use dabiao_core::{Assessment, FigureIndex};
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

/// An assessment that is edited figure by figure; each edit judges again only what depends on it.
#[wasm_bindgen]
pub struct Session {
    document: &'static dabiao_catalog::Document,
    assessment: Assessment,
}

#[wasm_bindgen]
impl Session {
    /// Opens an empty assessment by a built-in standard.
    ///
    /// # Errors
    /// If there is no such standard.
    #[wasm_bindgen(constructor)]
    pub fn new(standard: &str) -> Result<Session, JsError> {
        let documents = crate::documents().map_err(|error| JsError::new(&error.message))?;
        let document = documents.iter().find(|document| document.id == standard);
        let document = document.ok_or_else(|| JsError::new("there is no built-in standard with this id"))?;
        Ok(Self { document, assessment: Assessment::empty(&document.standard) })
    }

    /// The position of a figure, for [`Session::enter_at`]; undefined if there is none with this id.
    #[wasm_bindgen(js_name = figureIndex)]
    pub fn figure_index(&self, id: &str) -> Option<u32> {
        self.document.standard.find_figure(id).map(|figure| figure.0)
    }

    /// Types into a figure's field. Returns how many clauses were judged again.
    #[wasm_bindgen(js_name = enter)]
    pub fn enter(&mut self, id: &str, text: &str) -> u32 {
        self.document.standard.find_figure(id).map_or(0, |figure| self.enter_at(figure.0, text))
    }

    /// Types into the field of the figure at this position. Returns how many clauses were judged again.
    #[wasm_bindgen(js_name = enterAt)]
    pub fn enter_at(&mut self, figure: u32, text: &str) -> u32 {
        let judged = self.assessment.enter(&self.document.standard, FigureIndex(figure), text);
        u32::try_from(judged.len()).unwrap_or(u32::MAX)
    }

    /// How many clauses are met.
    #[wasm_bindgen(js_name = met)]
    pub fn met(&self) -> u32 {
        self.assessment.report().total.met
    }

    /// Judges everything from the beginning. Returns how many clauses are met.
    #[wasm_bindgen(js_name = rescore)]
    pub fn rescore(&self) -> u32 {
        dabiao_core::score(&self.document.standard, self.assessment.situation()).total.met
    }
}
