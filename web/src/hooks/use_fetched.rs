//! Fetches the standard that the address asks for, in the language of the page.

use std::rc::Rc;

use dabiao_catalog::Bundle;
use dabiao_catalog::builtin::ENTRIES;
use dabiao_catalog::pack::unpack_bundle;
use dabiao_view::Locale;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::{Action, Dispatch, Failure, State};
use crate::{browser, parts, storage};

/// Fetches the standard with this id unless it is there or has failed.
#[hook]
pub fn use_fetched(state: &State, id: Option<&str>, dispatch: Dispatch) {
    let locale = state.locale();
    let is_missing = |id: &&str| state.library.document_in(id, locale).is_none() && state.library.failure(id).is_none();
    let missing = id.filter(is_missing).map(str::to_owned);
    use_effect_with((missing, locale), move |(missing, locale)| {
        let (Some(id), locale) = (missing.clone(), *locale) else { return };
        spawn_local(async move {
            dispatch.dispatch(match fetch(&id, locale).await {
                Ok((bundle, packed)) => Action::Loaded(Box::new(bundle), locale, packed),
                Err(problem) => Action::LoadFailed(Some(Failure { id: id.into(), problem: problem.map(Rc::from) })),
            });
        });
    });
}

/// The standard with this id: built in, or loaded by the person. The problem is `None` if there is none.
async fn fetch(id: &str, locale: Locale) -> Result<(Bundle, Rc<[u8]>), Option<String>> {
    let bytes = match ENTRIES.iter().find(|entry| entry.id == id) {
        Some(entry) => parts::standard_file(locale.name(entry.file)).await.map_err(|error| browser::error_text(&error))?,
        None => {
            let text = storage::load_standard(id).await.map_err(|trouble| trouble.0)?.ok_or(None)?;
            parts::pack_standard(&text, locale).await.map_err(|error| browser::error_text(&error))?
        }
    };
    let bundle = unpack_bundle(&bytes).ok_or_else(|| "the file is damaged".to_owned())?;
    Ok((bundle, bytes.into()))
}
