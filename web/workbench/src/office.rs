//! The office module: one job at a time, in a worker that is thrown away (`web/workbench.js`).

use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::browser::error_text;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// How long reading a file may take, in milliseconds.
const READING: u32 = 5_000;
/// How long writing one may take.
const WRITING: u32 = 30_000;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = office)]
    async fn run(name: &str, parameters: Array, milliseconds: u32) -> Result<JsValue, JsValue>;
}

/// A file that the module can write of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Export<'a> {
    /// The fill-in workbook, whole or for the department at a position.
    Template(Option<u32>),
    /// The result workbook that recalculates by itself.
    Workbook,
    /// The Word report, with this plan in words if there is one.
    Report(Option<&'a str>),
    /// A text with commas, in GB18030 or UTF-8.
    Csv {
        /// In GB18030.
        gb: bool,
    },
}

/// Writes a file of an assessment: the packed standard, the record as JSON, the date in words.
///
/// # Errors
/// A sentence for the person.
pub(crate) async fn write(export: Export<'_>, packed: &[u8], draft: &str, date: &str, locale: Locale) -> Result<Vec<u8>, String> {
    let (packed, draft, tag) = (Uint8Array::from(packed).into(), JsValue::from(draft), JsValue::from(locale.tag()));
    let (name, parameters) = match export {
        Export::Template(department) => {
            ("office_template", Array::of4(&packed, &draft, &department.map_or(JsValue::UNDEFINED, JsValue::from), &tag))
        }
        Export::Workbook => ("office_workbook", Array::of4(&packed, &draft, &tag, &date.into())),
        Export::Report(plan) => ("office_report", Array::of5(&packed, &draft, &optional(plan), &date.into(), &tag)),
        Export::Csv { gb } => ("office_csv", Array::of4(&packed, &draft, &if gb { "gb18030" } else { "utf-8" }.into(), &tag)),
    };
    let answer = run(name, parameters, WRITING).await.map_err(|error| said(locale, &error))?;
    let bytes = answer.dyn_into::<Uint8Array>().map_err(|_| locale.word(key::OFFICE_NOT_WRITTEN).to_owned())?;
    Ok(bytes.to_vec())
}

/// The report for print, as JSON: the parameters and its plan are those of [`write`] and [`Export::Report`].
///
/// # Errors
/// A sentence for the person.
pub(crate) async fn paper(plan: Option<&str>, packed: &[u8], draft: &str, date: &str, locale: Locale) -> Result<String, String> {
    let parameters = Array::of5(&Uint8Array::from(packed).into(), &draft.into(), &optional(plan), &date.into(), &locale.tag().into());
    let answer = run("office_report_json", parameters, WRITING).await.map_err(|error| said(locale, &error))?;
    answer.as_string().ok_or_else(|| locale.word(key::OFFICE_NOT_WRITTEN).to_owned())
}

/// Reads a file against a packed standard; the answer is that of `dabiao_office::face::read_json`.
///
/// # Errors
/// A sentence for the person.
pub(crate) async fn read(packed: &[u8], bytes: &[u8], name: &str, encoding: Option<&str>, locale: Locale) -> Result<String, String> {
    let (packed, bytes) = (Uint8Array::from(packed).into(), Uint8Array::from(bytes).into());
    let parameters = Array::of5(&packed, &bytes, &name.into(), &optional(encoding), &locale.tag().into());
    let answer = run("office_read", parameters, READING)
        .await
        .map_err(|error| locale.fill(key::OFFICE_GIVEN_UP, &[("name", name), ("problem", &said(locale, &error))]))?;
    answer.as_string().ok_or_else(|| locale.fill(key::OFFICE_GIVEN_UP, &[("name", name), ("problem", "")]))
}

fn optional(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::UNDEFINED, JsValue::from)
}

fn said(locale: Locale, error: &JsValue) -> String {
    let is_late = error.dyn_ref::<js_sys::Error>().is_none_or(|error| error.name() == "TimeoutError");
    if is_late { locale.word(key::OFFICE_LATE).to_owned() } else { error_text(error) }
}
