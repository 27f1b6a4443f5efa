//! The present place in the app. Runs on mount and at every change of the address.

use gloo_events::EventListener;
use yew::prelude::*;

use crate::browser;
use crate::route::Route;

/// The present place.
#[hook]
pub fn use_route() -> Route {
    let route = use_state_eq(|| Route::parse(&browser::hash()));
    {
        let route = route.clone();
        use_effect_with((), move |()| {
            let listener = browser::window()
                .map(|window| EventListener::new(&window, "hashchange", move |_| route.set(Route::parse(&browser::hash()))));
            move || drop(listener)
        });
    }
    (*route).clone()
}
