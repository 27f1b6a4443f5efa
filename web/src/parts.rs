//! Parts of the program that are fetched when they are first needed; `boot.js` knows where they are.

use std::rc::Rc;

use dabiao_draft::json::printed;
use dabiao_view::Locale;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::state::Work;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = lint)]
    fn load_lint() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = workbench)]
    fn load_workbench() -> Result<Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = code)]
    async fn own_code() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = standard)]
    async fn load_standard(file: &str) -> Result<JsValue, JsValue>;
}

/// The code of what the page holds, if the page is one file: to be held against the published one.
pub async fn code() -> String {
    // Where the browser cannot tell, nothing is shown.
    own_code().await.ok().and_then(|code| code.as_string()).unwrap_or_default()
}

/// A file of a built-in standard.
///
/// # Errors
/// The reason in the browser's words, or the status of the answer.
pub async fn standard_file(name: &str) -> Result<Vec<u8>, JsValue> {
    Ok(Uint8Array::new(&load_standard(name).await?).to_vec())
}

/// Checks a standard file; the answer is that of `dabiao_lint::check_json`.
///
/// # Errors
/// If the part cannot be fetched.
pub async fn check_standard(text: &str) -> Result<String, JsValue> {
    let answer = function("check").await?.call1(&JsValue::NULL, &text.into())?;
    answer.as_string().ok_or(answer)
}

/// The standard in a file, packed in this language (`dabiao_lint::pack_standard`).
///
/// # Errors
/// If the part cannot be fetched, or the standard cannot be opened.
pub async fn pack_standard(text: &str, locale: Locale) -> Result<Vec<u8>, JsValue> {
    let answer = function("pack").await?.call2(&JsValue::NULL, &text.into(), &locale.tag().into())?;
    answer.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec())
}

/// What the workbench is to show.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// The open assessment, if the place is about one.
    pub assessment: Option<Rc<Work>>,
    /// The packed file of the standard that the place is about.
    pub packed: Option<Rc<[u8]>>,
    /// The language of the page.
    pub locale: Locale,
}

/// Shows the workbench, or brings it up to date, if this is still wanted when the part is there. `act` is
/// called with what it wants done, as JSON.
///
/// # Errors
/// If the part cannot be fetched, or cannot open the standard.
pub async fn show_workbench(request: Request, act: JsValue, is_wanted: impl Fn() -> bool) -> Result<(), JsValue> {
    let part = JsFuture::from(load_workbench()?).await?;
    if !is_wanted() {
        return Ok(());
    }
    let show: Function = Reflect::get(&part, &"show".into())?.dyn_into()?;
    let (id, draft) = request.assessment.map(|work| (Rc::clone(&work.id), printed(&work.record()))).unwrap_or_default();
    let packed = Uint8Array::from(request.packed.as_deref().unwrap_or_default());
    let arguments = js_sys::Array::of5(&(*id).into(), &packed.into(), &draft.into(), &request.locale.tag().into(), &act);
    show.apply(&JsValue::NULL, &arguments).map(|_| ())
}

/// Takes the workbench off the page.
pub async fn hide_workbench() {
    // Whoever leaves before it arrived, or without it, has nothing to take off.
    let Ok(promise) = load_workbench() else { return };
    let Ok(part) = JsFuture::from(promise).await else { return };
    if let Ok(hide) = Reflect::get(&part, &"hide".into()).and_then(JsCast::dyn_into::<Function>) {
        let _ = hide.call0(&JsValue::NULL);
    }
}

async fn function(name: &str) -> Result<Function, JsValue> {
    let part = JsFuture::from(load_lint()?).await?;
    Reflect::get(&part, &name.into())?.dyn_into()
}
