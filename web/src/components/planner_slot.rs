//! The place where the planner is shown. The planner is a program of its own, fetched when its tab is
//! first opened; it draws into an element beside the app's, because two programs must not share one.

use std::rc::Rc;

use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::words::key;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::state::{Action, Dispatch, Work};
use crate::{browser, parts, storage};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub work: Rc<Work>,
    /// The packed file of its standard.
    pub packed: Option<Rc<[u8]>>,
    /// The language of the page.
    pub locale: Locale,
    /// Where adopted figures go.
    pub dispatch: Dispatch,
}

/// How far the planner is.
#[derive(Clone, PartialEq)]
enum Status {
    Loading,
    Shown,
    Failed(AttrValue),
}

/// The place of the planner.
#[component]
pub fn PlannerSlot(props: &Props) -> Html {
    let locale = props.locale;
    let status = use_state_eq(|| Status::Loading);
    let tries = use_state_eq(|| 0_u32);
    // The planner knows figures by their ids; the standard may have been translated meanwhile.
    let work = use_mut_ref(|| Rc::clone(&props.work));
    *work.borrow_mut() = Rc::clone(&props.work);
    let adopt: Rc<JsValue> = {
        let dispatch = props.dispatch.clone();
        use_memo((), move |()| {
            Closure::<dyn Fn(String)>::new(move |record: String| {
                let entries = read_entries(&work.borrow(), &record);
                dispatch.dispatch(Action::EnterMany(entries));
            })
            .into_js_value()
        })
    };
    {
        let (status, packed) = (status.clone(), props.packed.clone());
        use_effect_with((Rc::clone(&props.work), locale, *tries), move |(work, locale, _)| {
            if let Some(packed) = packed {
                let draft = storage::printed(&storage::draft_record(&work.document.id, &work.document.standard, &work.draft));
                let (locale, adopt) = (*locale, (*adopt).clone());
                spawn_local(async move {
                    status.set(match parts::show_planner(packed, draft, locale, adopt).await {
                        Ok(()) => Status::Shown,
                        Err(error) => Status::Failed(browser::error_text(&error).into()),
                    });
                });
            }
        });
    }
    use_effect_with((), |()| || spawn_local(parts::hide_planner()));
    match (*status).clone() {
        Status::Shown => Html::default(),
        Status::Loading => html! { <p class="notice" aria-busy="true">{ locale.word(key::PLANNER_LOADING) }</p> },
        Status::Failed(problem) => {
            let retry = Callback::from(move |_: MouseEvent| {
                status.set(Status::Loading);
                tries.set(*tries + 1);
            });
            html! {
                <div class="notice error" role="alert">
                    { locale.fill(key::PLANNER_FAILED, &[("problem", &problem)]) }
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
