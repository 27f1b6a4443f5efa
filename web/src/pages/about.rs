//! The document behind a standard: number, issuer, date, contradictions, and how it is read.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::card::contradiction_cards;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::state::{Action, Dispatch, Work};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub work: Rc<Work>,
    /// The language of the page.
    pub locale: Locale,
    /// Where changes go.
    pub dispatch: Dispatch,
}

/// The document.
#[component]
pub fn AboutTab(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let source = &document.source;
    let asking = use_state_eq(|| false);
    let ids: Vec<String> = source.contradictions.iter().map(|record| record.id.clone()).collect();
    let contradictions = contradiction_cards(locale, document, &ids);
    let note = source.date_note.as_ref().map(|note| locale.text(note));
    let ask = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(!*asking))
    };
    let clear = {
        let (asking, dispatch) = (asking.clone(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Clear);
            asking.set(false);
        })
    };
    let fact = |word, value: String| html! { <><dt>{ locale.word(word) }</dt><dd>{ value }</dd></> };
    html! {
        <section class="about">
            <div class="card">
                <h2>{ locale.text(&document.name) }</h2>
                <p>{ locale.text(&document.summary) }</p>
                <dl>
                    { fact(key::FACT_TITLE, source.title.clone()) }
                    { fact(key::FACT_NUMBER, source.number.clone()) }
                    { fact(key::FACT_ISSUER, source.issuer.clone()) }
                    { fact(key::FACT_DATE, note.map_or_else(|| source.date.clone(), |note| format!("{} ({note})", source.date))) }
                    { fact(key::FACT_CLAUSES, document.standard.clauses().len().to_string()) }
                </dl>
                <p>{ locale.word(key::ABOUT_NO_POINTS) }</p>
            </div>
            if !contradictions.is_empty() {
                <h2>{ locale.fill(key::ABOUT_CONTRADICTIONS, &[("count", &contradictions.len().to_string())]) }</h2>
            }
            { for contradictions.iter().map(|contradiction| html! {
                <article class="card contradiction">
                    <h3>{ &contradiction.name }</h3>
                    <ul class="printed">{ for contradiction.printed.iter().map(|printed| html! { <li>{ printed }</li> }) }</ul>
                    if let Some(arithmetic) = &contradiction.arithmetic { <p class="arithmetic">{ arithmetic }</p> }
                    <p>{ &contradiction.resolution }</p>
                </article>
            }) }
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
