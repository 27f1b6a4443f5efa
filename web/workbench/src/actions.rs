//! What the workbench asks of the app, whose the assessment is.

use dabiao_core::{FigureIndex, Standard};
use dabiao_draft::json::{object, printed};
use js_sys::Function;
use serde_json::Value;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The way to the app.
#[derive(Clone, PartialEq)]
pub(crate) struct Actions(pub(crate) Function);

impl Actions {
    /// Writes texts into figures.
    pub(crate) fn enter(&self, standard: &Standard, entries: &[(FigureIndex, Rc<str>)]) {
        let figures = entries.iter().filter_map(|(figure, text)| Some((standard.figure(*figure)?.id.clone(), (&**text).into())));
        self.call("enter", object(figures));
    }

    /// Starts the assessment again with nothing filled in.
    pub(crate) fn clear(&self) {
        self.call("clear", true.into());
    }

    /// Closes whatever is open, so that it is opened as it is kept.
    pub(crate) fn close(&self) {
        self.call("close", true.into());
    }

    /// Goes on with the second record of the assessment in place of the first; what came to it since the
    /// first stays.
    pub(crate) fn rebase(&self, from: Value, to: Value) {
        self.call("rebase", [from, to].into_iter().collect());
    }

    /// Has a standard fetched anew.
    pub(crate) fn forget(&self, standard: &str) {
        self.call("forget", standard.into());
    }

    fn call(&self, name: &str, value: Value) {
        // The app hears it; there is nobody to tell if it is gone.
        let _ = self.0.call1(&JsValue::NULL, &printed(&object([(name, value)])).into());
    }
}
