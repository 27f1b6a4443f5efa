//! The document behind a standard: number, issuer, date, contradictions, and how it is read.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::card::{ContradictionCard, contradiction_card, place_text};
use dabiao_view::words::key;
use dabiao_web::components::contradiction_article;
use dabiao_web::state::Work;
use yew::prelude::*;

use crate::actions::Actions;
use crate::components::document_facts;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// Where changes go.
    pub(crate) act: Actions,
}

/// The document.
#[component]
pub(crate) fn AboutTab(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let source = &document.source;
    let asking = use_state_eq(|| false);
    let contradictions: Vec<ContradictionCard> = source.contradictions.iter().map(|record| contradiction_card(locale, record)).collect();
    let ask = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(!*asking))
    };
    let clear = {
        let (asking, act) = (asking.clone(), props.act.clone());
        Callback::from(move |_: MouseEvent| {
            act.clear();
            asking.set(false);
        })
    };
    let places: Vec<String> = document.places.iter().map(|place| place_text(locale, place)).collect();
    html! {
        <section class="about">
            <div class="card">
                <h2>{ locale.text(&document.name) }</h2>
                <p>{ locale.text(&document.summary) }</p>
                { document_facts(locale, source) }
                <h3>{ locale.word(key::ABOUT_GUIDANCE) }</h3>
                <p>{ locale.text(&document.guidance) }</p>
                if !document.places.is_empty() {
                    <p>{ locale.fill(key::ABOUT_PLACES, &[("places", &locale.list(&places))]) }</p>
                }
                <p>{ locale.word(key::ABOUT_NO_POINTS) }</p>
            </div>
            if !contradictions.is_empty() {
                <h2>{ locale.fill(key::ABOUT_CONTRADICTIONS, &[("count", &contradictions.len().to_string())]) }</h2>
            }
            { for contradictions.iter().map(contradiction_article) }
            <div class="card">
                <h2>{ locale.word(key::CLEAR_TITLE) }</h2>
                if *asking {
                    <p role="alert">{ locale.word(key::CLEAR_ASK) }</p>
                    <button type="button" class="danger" onclick={clear}>{ locale.word(key::CLEAR_YES) }</button>
                    <button type="button" class="quiet" onclick={ask}>{ locale.word(key::CANCEL) }</button>
                } else {
                    <button type="button" class="quiet" onclick={ask}>{ locale.word(key::CLEAR_BUTTON) }</button>
                }
            </div>
        </section>
    }
}
