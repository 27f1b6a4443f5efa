//! Keeps the open assessment in the browser's storage, a moment after each change.

use std::rc::Rc;

use gloo_events::EventListener;
use yew::prelude::*;

use crate::browser;
use crate::keeper::{Keeper, Keeping};
use crate::state::State;
use crate::storage::store;

/// The keeper, and what it says. Runs at every change of the assessment.
#[hook]
pub fn use_keeper(state: &UseReducerHandle<State>) -> (Rc<Keeper>, Keeping) {
    let locale = state.locale();
    let keeping = use_state_eq(Keeping::default);
    let keeper = {
        let (report, state) = (keeping.setter(), state.clone());
        use_memo((), move |()| {
            let dispatch = state.dispatcher();
            // A fresh clone of a handle knows the state of this moment, not of the last picture.
            let newest = move || state.clone().work.clone();
            Keeper::new(Box::new(newest), dispatch, Callback::from(move |keeping| report.set(keeping)))
        })
    };
    {
        let keeper = Rc::clone(&keeper);
        use_effect_with((state.work.clone(), locale), move |(_, locale)| keeper.notice(*locale));
    }
    {
        let keeper = Rc::clone(&keeper);
        use_effect_with((), move |()| {
            let heard = Rc::clone(&keeper);
            store::listen(move |key| heard.hear(&key));
            let listener = browser::window().map(|window| EventListener::new(&window, "pagehide", move |_| keeper.leave()));
            move || drop(listener)
        });
    }
    (keeper, (*keeping).clone())
}
