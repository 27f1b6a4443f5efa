//! The page. Reads what the last visit left, mounts the app, and stays out of the way.

use dabiao_web::app::{App, AppProps};
use dabiao_web::state::State;
use dabiao_web::{browser, storage};
use wasm_bindgen_futures::spawn_local;
use yew::Renderer;

fn main() {
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
