//! Parts of the program that are fetched when they are first needed; `boot.js` knows where they are.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = lint)]
    fn load_lint() -> Result<Promise, JsValue>;
}

/// Checks a standard file; the answer is that of `dabiao_lint::check_json`.
///
/// # Errors
/// If the part cannot be fetched.
pub async fn check_standard(text: &str) -> Result<String, JsValue> {
    let part = JsFuture::from(load_lint()?).await?;
    let check: Function = Reflect::get(&part, &"check".into())?.dyn_into()?;
    let answer = check.call1(&JsValue::NULL, &text.into())?;
    answer.as_string().ok_or(answer)
}
