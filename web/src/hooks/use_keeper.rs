//! Keeps the open assessment in the browser's storage, a moment after each change.

use std::rc::Rc;

use dabiao_view::Locale;
use gloo_events::EventListener;
use yew::prelude::*;

use crate::browser;
use crate::keeper::{Keeper, Keeping};
use crate::state::{Dispatch, Work};
use crate::storage::store;

/// The keeper, and what it says. Runs at every change of the assessment.
#[hook]
pub fn use_keeper(work: Option<Rc<Work>>, locale: Locale, dispatch: Dispatch) -> (Rc<Keeper>, Keeping) {
    let keeping = use_state_eq(Keeping::default);
    let keeper = {
        let report = keeping.setter();
        use_memo((), move |()| Keeper::new(dispatch, Callback::from(move |keeping| report.set(keeping))))
    };
    {
        let keeper = Rc::clone(&keeper);
        use_effect_with((work, locale), move |(work, locale)| keeper.show(work.clone(), *locale));
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
