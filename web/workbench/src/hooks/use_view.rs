//! The view of the planner that the address asks for.

use dabiao_web::browser;
use gloo_events::EventListener;
use yew::prelude::*;

use crate::app::View;

/// The view that the address asks for. Runs on mount and at every change of the address.
#[hook]
pub(crate) fn use_view() -> View {
    let view = use_state_eq(|| View::parse(&browser::hash()));
    {
        let view = view.clone();
        use_effect_with((), move |()| {
            let listener =
                browser::window().map(|window| EventListener::new(&window, "hashchange", move |_| view.set(View::parse(&browser::hash()))));
            move || drop(listener)
        });
    }
    *view
}
