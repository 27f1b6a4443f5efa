//! Fetches the standard that the address asks for.

use dabiao_catalog::builtin::ENTRIES;
use dabiao_catalog::load_bundle;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::state::{Action, Dispatch, Failure, State};
use crate::storage;

/// Fetches the standard with this id unless it is there or has failed.
#[hook]
pub fn use_fetched(state: &State, id: Option<&str>, dispatch: Dispatch) {
    // A standard that the person has loaded is in the browser's storage already.
    let own = id.filter(|id| state.library.document(id).is_none() && !ENTRIES.iter().any(|entry| entry.id == *id)).map(str::to_owned);
    {
        let dispatch = dispatch.clone();
        use_effect_with(own, move |id| {
            if let Some(bundle) = id.as_deref().and_then(storage::load_standard).and_then(|text| load_bundle(&text).ok()) {
                dispatch.dispatch(Action::Loaded(Box::new(bundle), None));
            }
        });
    }
    let entry = ENTRIES.iter().find(|entry| Some(entry.id) == id);
    let locale = state.locale();
    let missing = entry.filter(|entry| state.library.document_in(entry.id, locale).is_none() && state.library.failure(entry.id).is_none());
    use_effect_with((missing.map(|entry| entry.id), locale), move |_| {
        let Some(entry) = missing else { return };
        spawn_local(async move {
            let text = browser::fetch_text(&format!("./standards/{}", locale.name(entry.file))).await;
            let bundle = text.and_then(|text| load_bundle(&text).map_err(|error| error.to_string()));
            dispatch.dispatch(match bundle {
                Ok(bundle) => Action::Loaded(Box::new(bundle), Some(locale)),
                Err(problem) => Action::LoadFailed(Some(Failure { id: entry.id.into(), problem: problem.into() })),
            });
        });
    });
}
