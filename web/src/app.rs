//! The root: state, route, and the page that belongs to it.

use std::rc::Rc;

use dabiao_draft::Draft;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::components::{TopBar, top_bar};
use crate::hooks::{SaveStatus, exists, use_fetched, use_route, use_saved};
use crate::pages::{AssessPage, CheckPage, Example, HomePage, RegisterPage, register_page};
use crate::route::Route;
use crate::state::{Action, Dispatch, Preferences, State, Theme, Work};
use crate::storage;

/// What the app starts with.
#[derive(Clone, PartialEq, Properties)]
pub struct AppProps {
    /// The state at the start, with what storage held.
    pub initial: State,
}

/// The app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let initial = props.initial.clone();
    let state = use_reducer(move || initial);
    let dispatch = state.dispatcher();
    let route = use_route();
    let locale = state.locale();
    let saved = use_saved(state.work.clone());

    use_effect_with(state.preferences, |preferences: &Preferences| {
        storage::save_preferences(*preferences);
        browser::set_root_attribute(
            "data-theme",
            match preferences.theme {
                Theme::Auto => None,
                Theme::Light => Some("light"),
                Theme::Dark => Some("dark"),
            },
        );
    });
    use_effect_with(locale, |locale| {
        browser::set_root_attribute("lang", Some(locale.tag()));
        browser::set_title(locale.word(key::APP_TITLE));
    });

    {
        // Whoever goes back to the first screen begins anew.
        let dispatch = dispatch.clone();
        use_effect_with(route == Route::Home, move |is_home| {
            if *is_home {
                dispatch.dispatch(Action::ForgetSample);
            }
        });
    }
    let id = route.standard();
    use_fetched(&state, id, dispatch.clone());

    // The assessment that the address asks for, unless it is open already.
    let wanted = match &route {
        Route::Assess(id, _) => state.document(id),
        _ => None,
    };
    {
        let open = state.work.as_ref().map(|work| work.document.id.clone());
        let dispatch = dispatch.clone();
        use_effect_with(wanted.as_ref().map(|document| document.id.clone()), move |_| {
            if let Some(document) = wanted.filter(|document| open.as_deref() != Some(document.id.as_str())) {
                let draft = storage::load_draft(&document.id, &document.standard).unwrap_or_else(|| Draft::empty(&document.standard));
                dispatch.dispatch(Action::Open(Box::new(Work::new(document, draft))));
            }
        });
    }

    let body = match (&route, &state.work) {
        (Route::Assess(id, tab), Some(work)) if work.document.id == *id => {
            let sample = work.draft.sample.as_deref().and_then(|id| state.library.sample(id, locale));
            let example = sample.map(|sample| Example { name: locale.text(&sample.name).to_owned().into(), real: sample.real });
            html! { <AssessPage work={Rc::clone(work)} {example} {locale} tab={*tab} packed={state.library.packed(&work.document)} dispatch={dispatch.clone()} /> }
        }
        (Route::Assess(id, _), _) => waiting(&state, id),
        (Route::Register(id), _) => register_page(&RegisterPage {
            document: id.as_deref().and_then(|id| state.document(id)),
            waiting: id.as_deref().map(|id| waiting(&state, id)),
            locale,
        }),
        (Route::Check, _) => html! { <CheckPage {locale} dispatch={dispatch.clone()} /> },
        (Route::Home, _) => html! { <HomePage {locale} dispatch={dispatch.clone()} /> },
    };
    let dispatch_for_retry = dispatch.clone();
    let skip = Callback::from(|event: MouseEvent| {
        // The part behind `#` says where in the app one is; following the link would leave it.
        event.prevent_default();
        browser::reveal("content");
    });
    html! {
        <>
            <a class="skip" href="#content" onclick={skip}>{ locale.word(key::SKIP) }</a>
            { top_bar(&TopBar {
                locale,
                theme: state.preferences.theme,
                work: state.work.clone().filter(|_| matches!(route, Route::Assess(..))),
                saved,
                dispatch,
            }) }
            if saved == SaveStatus::Refused {
                <p class="notice warning" role="alert">{ locale.word(key::SAVE_REFUSED) }</p>
            }
            { id.and_then(|id| failed(&state, id, dispatch_for_retry)).unwrap_or_default() }
            { body }
        </>
    }
}

/// Says that a standard could not be had, and offers to try again.
fn failed(state: &State, id: &str, dispatch: Dispatch) -> Option<Html> {
    let locale = state.locale();
    let failure = state.library.failure(id)?;
    let retry = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::LoadFailed(None)));
    Some(html! {
        <div class="notice error" role="alert">
            { locale.fill(key::NOT_FETCHED, &[("what", locale.word(key::THE_STANDARD)), ("problem", &failure.problem)]) }
            <button type="button" class="quiet" onclick={retry}>{ locale.word(key::TRY_AGAIN) }</button>
        </div>
    })
}

/// What stands in the place of a standard that is not there yet.
fn waiting(state: &State, id: &str) -> Html {
    let locale = state.locale();
    if state.library.failure(id).is_some() {
        return Html::default();
    }
    if !exists(id) {
        return html! {
            <main class="notice error" role="alert">
                { locale.fill(key::NO_SUCH_STANDARD, &[("id", id)]) } <a href="#/">{ locale.word(key::BACK_HOME) }</a>
            </main>
        };
    }
    html! { <main class="notice" aria-busy="true">{ locale.word(key::OPENING) }</main> }
}
