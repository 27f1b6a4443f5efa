//! The page, as far as its two programs share it: the app itself (`main.rs`) and the workbench, which is
//! fetched when somebody opens it (`web/workbench`).

pub mod app;
pub mod browser;
pub mod components;
pub mod hooks;
pub mod keeper;
pub mod pages;
pub mod parts;
pub mod route;
pub mod state;
pub mod storage;

use wasm_bindgen_futures::spawn_local;
use yew::Renderer;

use app::{App, AppProps};
use state::State;

/// Reads what the last visit left, mounts the app, and stays out of the way. Does nothing where there is
/// no page.
pub fn start() {
    browser::install_panic_note();
    browser::install_composition_bridge();
    spawn_local(async {
        // What cannot be moved now is moved at the next visit.
        let _ = storage::move_old_records().await;
        let preferences = storage::load_preferences();
        let state = State::new(preferences, browser::prefers_english());
        if let Some(root) = browser::element("app") {
            // The shell that was painted before the program arrived.
            root.set_text_content(None);
            Renderer::<App>::with_root_and_props(root, AppProps { initial: state }).render();
        }
    });
}
