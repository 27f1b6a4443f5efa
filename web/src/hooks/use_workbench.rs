//! Shows the workbench while its tab is open. The workbench is a program of its own, fetched when the tab is
//! first opened; it draws into an element beside the app's, because two programs must not share one.
//!
//! A hook and not a component: it stands in a screen that is a component anyway.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::words::key;
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::parts::{self, Request};
use crate::state::{Action, Dispatch, Work};

/// How far the workbench is.
#[derive(Clone, PartialEq)]
enum Status {
    Loading,
    Shown,
    Failed(AttrValue),
}

/// Keeps the workbench on the page while something is wanted of it, up to date with the assessment.
/// Returns what stands in its place until it is there.
#[hook]
pub fn use_workbench(request: Option<Request>, locale: Locale, dispatch: &Dispatch) -> Html {
    let status = use_state_eq(|| Status::Loading);
    let tries = use_state_eq(|| 0_u32);
    let turn = use_mut_ref(|| 0_u32);
    let is_wanted = request.is_some();
    // The workbench knows figures by their ids; the standard may have been translated meanwhile.
    let current = use_mut_ref(|| None::<Rc<Work>>);
    *current.borrow_mut() = request.as_ref().and_then(|request| request.assessment.clone());
    {
        let (status, dispatch) = (status.clone(), dispatch.clone());
        use_effect_with((request, *tries), move |(request, _)| {
            if let Some(request) = request.clone() {
                let act = Closure::<dyn Fn(String)>::new(move |command: String| {
                    let command: Value = serde_json::from_str(&command).unwrap_or_default();
                    if let Some(action) = action(&command, current.borrow().as_deref()) {
                        dispatch.dispatch(action);
                    }
                });
                let mine = {
                    let mut turn = turn.borrow_mut();
                    *turn = turn.wrapping_add(1);
                    *turn
                };
                spawn_local(async move {
                    // Of several that waited for the part to arrive, only the last is shown: Yew forgets
                    // what it is told between its beginning and its first picture.
                    let is_last = move || *turn.borrow() == mine;
                    status.set(match parts::show_workbench(request, act.into_js_value(), is_last).await {
                        Ok(()) => Status::Shown,
                        Err(error) => Status::Failed(browser::error_text(&error).into()),
                    });
                });
            }
        });
    }
    use_effect_with(is_wanted, |is_wanted| {
        let was_wanted = *is_wanted;
        move || {
            if was_wanted {
                spawn_local(parts::hide_workbench());
            }
        }
    });
    match (*status).clone() {
        _ if !is_wanted => Html::default(),
        Status::Shown => Html::default(),
        Status::Loading => html! { <p class="notice" aria-busy="true">{ locale.word(key::OPENING) }</p> },
        Status::Failed(problem) => {
            let retry = Callback::from(move |_: MouseEvent| {
                status.set(Status::Loading);
                tries.set(*tries + 1);
            });
            html! {
                <div class="notice error" role="alert">
                    { locale.fill(key::NOT_FETCHED, &[("what", locale.word(key::THE_WORKBENCH)), ("problem", &problem)]) }
                    <button type="button" class="quiet" onclick={retry}>{ locale.word(key::TRY_AGAIN) }</button>
                </div>
            }
        }
    }
}

/// What the workbench wants done: `enter` texts by figure, `clear` or `close` the assessment, `rebase` it from one
/// record to another, or `forget` a standard that was changed.
fn action(command: &Value, work: Option<&Work>) -> Option<Action> {
    let (name, value) = command.as_object()?.iter().next()?;
    Some(match name.as_str() {
        "enter" => {
            let texts = value.as_object()?.iter();
            let entry = |(id, text): (&String, &Value)| Some((work?.document.standard.find_figure(id)?, text.as_str()?.into()));
            Action::EnterMany(texts.filter_map(entry).collect())
        }
        "clear" => Action::Clear,
        "close" => Action::Close,
        "rebase" => Action::Rebase(value.get(0)?.clone(), value.get(1)?.clone()),
        "forget" => Action::Forget(value.as_str()?.into()),
        _ => return None,
    })
}
