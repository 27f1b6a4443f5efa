//! What other assessments already know of the figures that are still blank here.

use std::rc::Rc;

use dabiao_catalog::builtin::ENTRIES;
use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::known::{KnownValue, offers};
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::state::{Action, Dispatch, Work};

/// What is shown.
pub struct KnownValues {
    /// The assessment.
    pub work: Rc<Work>,
    /// What the others know.
    pub known: Rc<Vec<KnownValue>>,
    /// The language of the page.
    pub locale: Locale,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The offers, folded; nothing if there are none.
pub fn known_values(props: &KnownValues) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let offers = offers(document, |figure| work.draft.text(figure), &props.known);
    if offers.same.is_empty() {
        return Html::default();
    }
    let take = |entries: Vec<(FigureIndex, Rc<str>)>| {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::EnterMany(entries.clone())))
    };
    // With several values for one figure, or one of another year, the person has to choose.
    let is_clear = |figure: FigureIndex| offers.same.iter().filter(|offer| offer.figure == figure).count() == 1;
    let clear: Vec<(FigureIndex, Rc<str>)> = offers
        .same
        .iter()
        .filter(|offer| !offer.other_year && is_clear(offer.figure))
        .map(|offer| (offer.figure, offer.known.text.as_str().into()))
        .collect();
    html! {
        <details class="known-values">
            <summary>{ locale.fill(key::KNOWN_SUMMARY, &[("count", &offers.same.len().to_string())]) }</summary>
            <ul>
                { for offers.same.iter().map(|offer| html! {
                    <li>
                        <span>{ figure_name(locale, document, offer.figure) }</span>
                        <strong>{ &offer.known.text }</strong>
                        <span class="muted">{ source(locale, offer.known) }</span>
                        if offer.other_year { <span class="tag">{ locale.fill(key::KNOWN_OTHER_YEAR, &[("year", &offer.known.year)]) }</span> }
                        <button type="button" class="quiet" onclick={take(vec![(offer.figure, offer.known.text.as_str().into())])}>
                            { locale.word(key::KNOWN_TAKE) }
                        </button>
                    </li>
                }) }
            </ul>
            if clear.len() > 1 {
                <button type="button" class="quiet" onclick={take(clear.clone())}>
                    { locale.fill(key::KNOWN_TAKE_ALL, &[("count", &clear.len().to_string())]) }
                </button>
            }
            { for offers.similar.iter().map(|(figure, other, known)| html! {
                <p class="muted">
                    { locale.fill(key::KNOWN_SIMILAR, &[
                        ("figure", figure_name(locale, document, *figure)),
                        ("other", locale.name(other.name)),
                        ("value", &known.text),
                    ]) }
                </p>
            }) }
        </details>
    }
}

/// Where a value comes from: the place and the standard.
fn source(locale: Locale, known: &KnownValue) -> String {
    let (id, place) = &known.source;
    let standard = ENTRIES.iter().find(|entry| entry.id == id).map_or(id.as_str(), |entry| locale.name(entry.name));
    if place.is_empty() { standard.to_owned() } else { locale.fill(key::PLACE_WITH_TIER, &[("place", place), ("tier", standard)]) }
}
