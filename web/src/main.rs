//! The page. Reads what the last visit left, mounts the app, and stays out of the way.

mod app;
mod browser;
mod components;
mod hooks;
mod pages;
mod parts;
mod route;
mod state;
mod storage;

use yew::Renderer;

use crate::app::{App, AppProps};
use crate::state::State;

fn main() {
    browser::install_composition_bridge();
    let preferences = storage::load_preferences();
    let state = State::new(preferences, browser::prefers_english());
    if let Some(root) = browser::element("app") {
        // The shell that was painted before the program arrived.
        root.set_text_content(None);
        Renderer::<App>::with_root_and_props(root, AppProps { initial: state }).render();
    }
}
