//! The half of the page that is fetched when it is first needed: charts, and the workbench with scenarios,
//! sensitivity, goal-seek, the cheapest plan, and time.
//!
//! A program of its own. The app calls [`show`] and [`hide`]; a worker
//! loads the same module and calls [`solve`].

mod actions;
mod app;
mod components;
mod fields;
mod hooks;
mod office;
mod pages;
mod planned;
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

use crate::actions::Actions;
use crate::app::{Workbench, WorkbenchProps};

/// What is on the page.
struct Shown {
    root: Element,
    handle: AppHandle<Workbench>,
    /// The packed file of the standard, and what was read from it.
    packed: Vec<u8>,
    document: Option<Rc<Document>>,
    /// What it was told last.
    props: WorkbenchProps,
}

thread_local! {
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

/// Shows the place that the address asks for, or brings it up to date.
///
/// `id` is that of the open assessment and `draft` its record, both empty if the place is about none;
/// `packed` is the standard as the page fetches it, empty likewise. `act` is called with what is to be done
/// to the assessment (`dabiao_web::hooks::use_workbench`).
///
/// # Errors
/// If the standard or the draft cannot be read.
#[wasm_bindgen]
pub fn show(id: &str, packed: &[u8], draft: &str, locale: &str, act: Function) -> Result<(), JsValue> {
    let damaged = || JsValue::from(js_sys::Error::new("the standard or the draft is damaged"));
    let before = SHOWN.take();
    let document = match &before {
        _ if packed.is_empty() => None,
        Some(Shown { packed: known, document: Some(document), .. }) if known == packed => Some(Rc::clone(document)),
        _ => Some(Rc::new(unpack_bundle(packed).ok_or_else(damaged)?.document)),
    };
    let work = match &document {
        Some(document) if !draft.is_empty() => {
            let record = serde_json::from_str(draft).map_err(|_| damaged())?;
            let draft = read_draft(&record, &document.standard).map_err(|_| damaged())?;
            Some(Rc::new(Work::new(id.into(), Rc::clone(document), draft)))
        }
        _ => None,
    };
    let locale = if locale == Locale::En.tag() { Locale::En } else { Locale::Zh };
    let props = WorkbenchProps { work, document: document.clone(), packed: packed.into(), locale, act: Actions(act) };
    let shown = match before {
        Some(mut shown) => {
            shown.root.remove_attribute("hidden")?;
            shown.handle.update(props.clone());
            Shown { packed: packed.to_vec(), document, props, ..shown }
        }
        None => {
            let root = dabiao_web::browser::element("workbench").ok_or_else(damaged)?;
            root.remove_attribute("hidden")?;
            let handle = Renderer::<Workbench>::with_root_and_props(root.clone(), props.clone()).render();
            Shown { root, handle, packed: packed.to_vec(), document, props }
        }
    };
    SHOWN.set(Some(shown));
    Ok(())
}

/// Takes the workbench off the page. It stays there with nothing to show: a root of Yew that is taken
/// down leaves its listeners behind.
#[wasm_bindgen]
pub fn hide() {
    SHOWN.with_borrow_mut(|shown| {
        if let Some(shown) = shown {
            // Fails only for a malformed name.
            let _ = shown.root.set_attribute("hidden", "");
            let nothing = WorkbenchProps { work: None, document: None, packed: [].into(), ..shown.props.clone() };
            shown.handle.update(nothing);
        }
    });
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
