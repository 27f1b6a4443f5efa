//! Shows the workbench while its tab is open. The workbench is a program of its own, fetched when the tab is
//! first opened; it draws into an element beside the app's, because two programs must not share one.
//!
//! A hook and not a component: it stands in a screen that is a component anyway.

use std::rc::Rc;

use dabiao_core::FigureIndex;
use dabiao_draft::json::printed;
use dabiao_view::Locale;
use dabiao_view::words::key;
use serde_json::Value;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::{Action, Dispatch, Work};
use crate::{browser, parts};

/// How far the workbench is.
#[derive(Clone, PartialEq)]
enum Status {
    Loading,
    Shown,
    Failed(AttrValue),
}

/// Keeps the workbench on the page while it is wanted, up to date with the assessment. Returns what
/// stands in its place until it is there.
#[hook]
pub fn use_workbench(is_wanted: bool, work: &Rc<Work>, packed: Option<Rc<[u8]>>, locale: Locale, dispatch: &Dispatch) -> Html {
    let status = use_state_eq(|| Status::Loading);
    let tries = use_state_eq(|| 0_u32);
    // The workbench knows figures by their ids; the standard may have been translated meanwhile.
    let current = use_mut_ref(|| Rc::clone(work));
    *current.borrow_mut() = Rc::clone(work);
    {
        let (status, dispatch) = (status.clone(), dispatch.clone());
        use_effect_with((is_wanted.then(|| Rc::clone(work)), locale, *tries), move |(work, locale, _)| {
            if let (Some(work), Some(packed)) = (work, packed) {
                let adopt = Closure::<dyn Fn(String)>::new(move |record: String| {
                    let entries = read_entries(&current.borrow(), &record);
                    dispatch.dispatch(Action::EnterMany(entries));
                });
                let draft = printed(&work.record());
                let shown = parts::show_workbench(Rc::clone(&work.id), packed, draft, *locale, adopt.into_js_value());
                spawn_local(async move {
                    status.set(match shown.await {
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

fn read_entries(work: &Work, record: &str) -> Vec<(FigureIndex, Rc<str>)> {
    let record: Value = serde_json::from_str(record).unwrap_or_default();
    let texts = record.as_object().into_iter().flatten();
    texts.filter_map(|(id, text)| Some((work.document.standard.find_figure(id)?, text.as_str()?.into()))).collect()
}
