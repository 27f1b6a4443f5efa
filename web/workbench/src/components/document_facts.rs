//! What is known of a source document: title, number, issuer, date.

use dabiao_catalog::DocumentRecord;
use dabiao_view::Locale;
use dabiao_view::words::key;
use yew::prelude::*;

/// The facts, as a list.
pub(crate) fn document_facts(locale: Locale, source: &DocumentRecord) -> Html {
    let date = match &source.date_note {
        Some(note) => locale.fill(key::DATE_WITH_NOTE, &[("date", &source.date), ("note", locale.text(note))]),
        None => source.date.clone(),
    };
    let number = if source.number.is_empty() { locale.word(key::FACT_NONE).to_owned() } else { source.number.clone() };
    let facts = [
        (key::FACT_TITLE, source.title.clone()),
        (key::FACT_NUMBER, number),
        (key::FACT_ISSUER, source.issuer.clone()),
        (key::FACT_DATE, date),
    ];
    html! { <dl>{ for facts.into_iter().map(|(word, value)| html! { <><dt>{ locale.word(word) }</dt><dd>{ value }</dd></> }) }</dl> }
}
