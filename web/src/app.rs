//! The root: state, route, and the page that belongs to it.

use std::rc::Rc;

use dabiao_draft::json::printed;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::components::{TopBar, top_bar};
use crate::hooks::{use_fetched, use_keeper, use_route, use_workbench};
use crate::keeper::{Keeper, Keeping, Notice, SaveStatus};
use crate::pages::{AssessPage, Example, HomePage};
use crate::parts::Request;
use crate::route::Route;
use crate::state::{Action, Dispatch, Failure, Preferences, State, Theme};
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
    let (keeper, keeping) = use_keeper(&state);

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
        Route::Assess(assessment, _) => {
            id.and_then(|id| state.document(id)).map(|document| (Rc::<str>::from(assessment.as_str()), document))
        }
        _ => None,
    };
    {
        let open = state.work.as_ref().map(|work| Rc::clone(&work.id));
        let is_example = state.awaited_sample.is_some();
        let keeper = Rc::clone(&keeper);
        use_effect_with(wanted.as_ref().map(|(id, _)| Rc::clone(id)), move |_| {
            if let Some((id, document)) = wanted.filter(|(id, _)| open.as_ref() != Some(id) && !is_example) {
                keeper.open(id, document);
            }
        });
    }

    let open = state.work.as_ref().filter(|work| matches!(&route, Route::Assess(id, _) if *work.id == **id));
    let request = match (&route, open) {
        (Route::Assess(_, tab), Some(work)) if tab.is_in_workbench() => {
            Some(Request { assessment: Some(Rc::clone(work)), packed: state.library.packed(&work.document), locale })
        }
        (Route::Register(_) | Route::Shared(..), _) => {
            let document = id.and_then(|id| state.document(id));
            Some(Request { assessment: None, packed: document.and_then(|document| state.library.packed(&document)), locale })
        }
        (Route::Check | Route::Open, _) => Some(Request { assessment: None, packed: None, locale }),
        _ => None,
    };
    let workbench = use_workbench(request, locale, &dispatch);

    let body = match (&route, open) {
        (Route::Assess(_, tab), Some(work)) => {
            let sample = work.draft.sample.as_deref().and_then(|id| state.library.sample(id, locale));
            let example = sample.map(|sample| Example { name: locale.text(&sample.name).to_owned().into(), real: sample.real });
            html! { <AssessPage work={Rc::clone(work)} {example} {locale} tab={*tab} {workbench} dispatch={dispatch.clone()} /> }
        }
        (Route::Assess(..), None) => html! { <main id="content">{ waiting(&state, id.unwrap_or_default()) }</main> },
        (Route::Register(Some(id)) | Route::Shared(id, _), _) if state.document(id).is_none() => {
            html! { <>{ workbench }{ waiting(&state, id) }</> }
        }
        (Route::Register(_) | Route::Check | Route::Open | Route::Shared(..), _) => workbench,
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
                keeping: keeping.clone(),
                keeper: Rc::clone(&keeper),
                dispatch,
            }) }
            { notices(&state, &keeping, &keeper) }
            { id.and_then(|id| failed(&state, id, dispatch_for_retry)).unwrap_or_default() }
            { body }
        </>
    }
}

/// What went wrong or came unasked while keeping the assessment.
fn notices(state: &State, keeping: &Keeping, keeper: &Rc<Keeper>) -> Html {
    let (locale, Some(work)) = (state.locale(), &state.work) else { return Html::default() };
    let trouble = (keeping.status(work) == SaveStatus::Refused).then(|| {
        let record = printed(&work.record());
        let name = format!("{}.dabiao.json", work.id);
        let download = Callback::from(move |_: MouseEvent| browser::download(&name, "application/json", &record));
        let reason = keeping.trouble.as_ref().map(|trouble| trouble.0.as_str()).unwrap_or_default();
        let word = if keeping.notice == Some(Notice::Later) { key::KEPT_BY_LATER } else { key::SAVE_REFUSED };
        html! {
            <div class="notice warning" role="alert">
                { locale.fill(word, &[("reason", reason)]) }
                <button type="button" class="quiet" onclick={download}>{ locale.word(key::DOWNLOAD_DRAFT) }</button>
            </div>
        }
    });
    let word = match keeping.notice {
        Some(Notice::Merged) => Some(key::KEPT_MERGED),
        Some(Notice::Copied) => Some(key::KEPT_COPIED),
        Some(Notice::Damaged) => Some(key::KEPT_DAMAGED),
        Some(Notice::Later) | None => None,
    };
    let dismiss = {
        let keeper = Rc::clone(keeper);
        Callback::from(move |_: MouseEvent| keeper.dismiss())
    };
    html! {
        <>
            { trouble.unwrap_or_default() }
            if let Some(word) = word {
                <div class="notice" role="alert">
                    { locale.word(word) }
                    <button type="button" class="quiet" onclick={dismiss}>{ locale.word(key::DISMISS) }</button>
                </div>
            }
        </>
    }
}

/// Says that a standard could not be had, and offers to try again.
fn failed(state: &State, id: &str, dispatch: Dispatch) -> Option<Html> {
    let locale = state.locale();
    let problem = state.library.failure(id)?.problem.as_deref()?;
    let retry = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::LoadFailed(None)));
    Some(html! {
        <div class="notice error" role="alert">
            { locale.fill(key::NOT_FETCHED, &[("what", locale.word(key::THE_STANDARD)), ("problem", problem)]) }
            <button type="button" class="quiet" onclick={retry}>{ locale.word(key::TRY_AGAIN) }</button>
        </div>
    })
}

/// What stands in the place of a standard that is not there yet.
fn waiting(state: &State, id: &str) -> Html {
    let locale = state.locale();
    match state.library.failure(id) {
        Some(Failure { problem: Some(_), .. }) => Html::default(),
        Some(Failure { problem: None, .. }) => html! {
            <p class="notice error" role="alert">
                { locale.fill(key::NO_SUCH_STANDARD, &[("id", id)]) } <a href="#/">{ locale.word(key::BACK_HOME) }</a>
            </p>
        },
        None => html! { <p class="notice" aria-busy="true">{ locale.word(key::OPENING) }</p> },
    }
}
