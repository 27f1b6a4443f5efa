//! The first screen: what this is, and three ways in.

use std::rc::Rc;

use dabiao_catalog::{Document, Sample};
use dabiao_core::standard::Level;
use dabiao_view::Locale;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::route::{Route, Tab};
use crate::state::{Action, Catalog, Dispatch, Draft, Work};
use crate::storage;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The standards and examples.
    pub catalog: Rc<Catalog>,
    /// The language of the page.
    pub locale: Locale,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The first screen.
#[component]
pub fn HomePage(props: &Props) -> Html {
    let (locale, catalog) = (props.locale, &props.catalog);
    let asking = use_state_eq(|| None::<String>);
    let of_level = |wanted: fn(Level) -> bool| catalog.documents.iter().filter(move |document| wanted(document.level));
    html! {
        <main id="content" class="home" tabindex="-1">
            <section class="hero">
                <h1>{ locale.word(key::HOME_TITLE) }</h1>
                <p class="lead">{ locale.word(key::HOME_WHAT) }</p>
                <p class="lead private">{ locale.word(key::HOME_PRIVATE) }</p>
            </section>
            <div class="ways">
                <section class="card way">
                    <h2>{ locale.word(key::HOME_TOWN) }</h2>
                    <p>{ locale.word(key::HOME_TOWN_TEXT) }</p>
                    { for of_level(|level| level == Level::Town).map(|document| start_button(props, document)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_COUNTY) }</h2>
                    <p>{ locale.word(key::HOME_COUNTY_TEXT) }</p>
                    { for of_level(|level| level != Level::Town).map(|document| start_button(props, document)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_EXAMPLE) }</h2>
                    <p>{ locale.word(key::HOME_EXAMPLE_TEXT) }</p>
                    { for catalog.samples.iter().map(|sample| sample_button(props, sample, &asking)) }
                </section>
            </div>
            <section class="promises">
                <h2>{ locale.word(key::HOME_PROMISES) }</h2>
                <ul>
                    { for [key::PROMISE_SAME, key::PROMISE_UNKNOWN, key::PROMISE_WHY, key::PROMISE_NONE_INVENTED]
                        .map(|word| html! { <li>{ locale.word(word) }</li> }) }
                </ul>
            </section>
        </main>
    }
}

fn saved(document: &Document) -> Option<Draft> {
    storage::load_draft(&document.id, &document.standard).filter(|draft| !draft.is_blank())
}

fn start_button(props: &Props, document: &Rc<Document>) -> Html {
    let locale = props.locale;
    let href = Route::Assess(document.id.clone(), Tab::Fill).href();
    let action = if saved(document).is_some() { key::HOME_CONTINUE } else { key::HOME_START };
    let clauses = document.standard.clauses().len().to_string();
    html! {
        <a class="start" {href}>
            <strong>{ locale.text(&document.name) }</strong>
            <span class="muted">{ locale.fill(key::HOME_CLAUSES, &[("number", &document.source.number), ("count", &clauses)]) }</span>
            <span class="go">{ locale.word(action) }</span>
        </a>
    }
}

/// Opening an example replaces the draft of its standard, so a draft with work in it is asked about.
fn sample_button(props: &Props, sample: &Sample, asking: &UseStateHandle<Option<String>>) -> Html {
    let locale = props.locale;
    let Some(document) = props.catalog.documents.iter().find(|document| document.id == sample.standard) else {
        return Html::default();
    };
    let origin = if sample.real { key::SAMPLE_REAL } else { key::SAMPLE_INVENTED };
    let open = {
        let (document, sample, dispatch) = (Rc::clone(document), sample.clone(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Open(Box::new(Work::new(Rc::clone(&document), Draft::of_sample(&document.standard, &sample)))));
            browser::set_hash(&Route::Assess(document.id.clone(), Tab::Fill).href());
        })
    };
    let is_asking = asking.as_deref() == Some(sample.id.as_str());
    // An untouched example may be replaced without asking; work of one's own never.
    let has_own_work = saved(document).is_some_and(|draft| draft != Draft::of_sample(&document.standard, sample));
    let onclick = if has_own_work && !is_asking {
        let (asking, id) = (asking.clone(), sample.id.clone());
        Callback::from(move |_: MouseEvent| asking.set(Some(id.clone())))
    } else {
        open
    };
    let button = html! {
        <button type="button" class="start" data-sample={sample.id.clone()} {onclick}>
            <strong>{ locale.text(&sample.name) }</strong>
            <span class={classes!("badge", if sample.real { "real" } else { "invented" })}>{ locale.word(origin) }</span>
            <span class="go">{ locale.word(if is_asking { key::HOME_REPLACE } else { key::HOME_OPEN }) }</span>
        </button>
    };
    if !is_asking {
        return button;
    }
    let cancel = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(None))
    };
    html! {
        <div class="ask" role="alert">
            <p>{ locale.word(key::HOME_REPLACES_DRAFT) }</p>
            { button }
            <button type="button" class="quiet" onclick={cancel}>{ locale.word(key::CANCEL) }</button>
        </div>
    }
}
