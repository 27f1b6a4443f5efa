//! The register: where each source document disagrees with itself, is unclear or damaged.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_catalog::builtin::{ENTRIES, Entry};
use dabiao_view::Locale;
use dabiao_view::card::contradiction_card;
use dabiao_view::words::key;
use dabiao_web::components::contradiction_article;
use dabiao_web::route::{Route, Tab};
use yew::prelude::*;

use crate::components::document_facts;

/// What is shown.
pub(crate) struct RegisterPage {
    /// The standard whose document is opened, once it is there.
    pub(crate) document: Option<Rc<Document>>,
    /// The language of the page.
    pub(crate) locale: Locale,
}

/// The register.
pub(crate) fn register_page(props: &RegisterPage) -> Html {
    let locale = props.locale;
    let is_open = |entry: &Entry| props.document.as_ref().is_some_and(|document| document.id == entry.id);
    html! {
        <main id="content" class="register" tabindex="-1">
            <h1>{ locale.word(key::REGISTER_TITLE) }</h1>
            <p>{ locale.word(key::REGISTER_INTRO) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::REGISTER_TITLE)}>
                <table>
                    <thead>
                        <tr>{ for [key::FACT_TITLE, key::FACT_NUMBER, key::FACT_DATE, key::HEAD_CONTRADICTIONS]
                            .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }</tr>
                    </thead>
                    <tbody>
                        { for ENTRIES.iter().map(|entry| html! {
                            <tr aria-current={is_open(entry).then_some("true")}>
                                <th scope="row"><a href={Route::Register(Some(entry.id.to_owned())).href()}>{ title(locale, entry) }</a></th>
                                <td>{ if entry.number.is_empty() { locale.word(key::FACT_NONE) } else { entry.number } }</td>
                                <td>{ entry.date }</td>
                                <td class="number">{ entry.contradictions }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            { for props.document.iter().map(|document| opened(locale, document)) }
        </main>
    }
}

fn title(locale: Locale, entry: &Entry) -> &'static str {
    match locale {
        Locale::Zh => entry.title,
        Locale::En => entry.title_en,
    }
}

fn opened(locale: Locale, document: &Document) -> Html {
    let source = &document.source;
    let count = source.contradictions.len().to_string();
    html! {
        <section class="about">
            <div class="card">
                <h2>{ match locale { Locale::Zh => &source.title, Locale::En => &source.en } }</h2>
                { document_facts(locale, source) }
                <p><a href={Route::Assess(document.id.clone(), Tab::Fill).href()}>{ locale.word(key::REGISTER_ASSESS) }</a></p>
            </div>
            <h2>{ locale.fill(key::ABOUT_CONTRADICTIONS, &[("count", &count)]) }</h2>
            { for source.contradictions.iter().map(|record| contradiction_article(&contradiction_card(locale, record))) }
        </section>
    }
}
