//! The half of the page that is fetched when it is first needed: charts, and the workbench with scenarios,
//! sensitivity, goal-seek, the cheapest plan, and time.
//!
//! A program of its own, fetched when somebody opens it. The app calls [`show`] and [`hide`]; a worker
//! loads the same module and calls [`solve`].

mod app;
mod chart_frame;
mod fields;
mod hooks;
mod pages;
mod project;
mod solving;

use std::cell::RefCell;
use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_catalog::pack::unpack_bundle;
use dabiao_draft::read_draft;
use dabiao_view::Locale;
use dabiao_web::state::Work;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Renderer};

use crate::app::{Workbench, WorkbenchProps};

/// What is on the page.
struct Shown {
    root: Element,
    handle: AppHandle<Workbench>,
    /// The packed file of the standard, and what was read from it.
    packed: Vec<u8>,
    document: Rc<Document>,
}

thread_local! {
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

/// Shows the workbench for a draft, or brings it up to date.
///
/// `id` is that of the assessment, `packed` its standard as the page fetches it, `draft` its record; `adopt` is
/// called with a record of texts by figure that the person wants written into the assessment.
///
/// # Errors
/// If the standard or the draft cannot be read.
#[wasm_bindgen]
pub fn show(id: &str, packed: &[u8], draft: &str, locale: &str, adopt: Function) -> Result<(), JsValue> {
    let damaged = || JsValue::from(js_sys::Error::new("the standard or the draft is damaged"));
    let before = SHOWN.take();
    let document = match &before {
        Some(shown) if shown.packed == packed => Rc::clone(&shown.document),
        _ => Rc::new(unpack_bundle(packed).ok_or_else(damaged)?.document),
    };
    let record = serde_json::from_str(draft).map_err(|_| damaged())?;
    let draft = read_draft(&record, &document.standard).map_err(|_| damaged())?;
    let work = Rc::new(Work::new(id.into(), Rc::clone(&document), draft));
    let locale = if locale == Locale::En.tag() { Locale::En } else { Locale::Zh };
    let props = WorkbenchProps { work, packed: packed.into(), locale, adopt };
    let shown = match before {
        Some(mut shown) => {
            shown.handle.update(props);
            Shown { packed: packed.to_vec(), document, ..shown }
        }
        None => {
            let root = dabiao_web::browser::element("workbench").ok_or_else(damaged)?;
            root.remove_attribute("hidden")?;
            let handle = Renderer::<Workbench>::with_root_and_props(root.clone(), props).render();
            Shown { root, handle, packed: packed.to_vec(), document }
        }
    };
    SHOWN.set(Some(shown));
    Ok(())
}

/// Takes the workbench off the page.
#[wasm_bindgen]
pub fn hide() {
    if let Some(shown) = SHOWN.take() {
        // Fails only for a malformed name.
        let _ = shown.root.set_attribute("hidden", "");
        shown.handle.destroy();
    }
}

/// Answers a question of [`solving`]; called in a worker. `go_on` is called now and then with the
/// number of positions looked at and whether a plan is known, and stops the search by answering false.
#[wasm_bindgen]
pub fn solve(packed: &[u8], question: &str, go_on: &Function) -> String {
    solving::answer(packed, question, &mut |progress| {
        let found = JsValue::from(progress.found);
        let nodes = JsValue::from_f64(progress.nodes as f64);
        go_on.call2(&JsValue::NULL, &nodes, &found).map_or(true, |answer| answer.is_truthy())
    })
}
