//! The summary that stays in view: counts that filter, the range, the share known.

use std::rc::Rc;

use dabiao_core::{Tally, Verdict};
use dabiao_view::Locale;
use dabiao_view::summary;
use dabiao_view::words::key;
use yew::prelude::*;

use super::stacked_bar::stacked_bar;
use super::verdict_chip::{verdict_class, verdict_sign};

/// What is shown.
pub struct Summary {
    /// The counts.
    pub tally: Tally,
    /// How many clauses that are met have evidence.
    pub evidenced: usize,
    /// The verdict by which clauses are filtered.
    pub filter: Option<Verdict>,
    /// Chooses a filter, or takes it back.
    pub on_filter: Callback<Option<Verdict>>,
    /// The language of the page.
    pub locale: Locale,
}

/// The summary.
pub fn summary_bar(props: &Summary) -> Html {
    let locale = props.locale;
    let summary = summary::summary(locale, props.tally);
    let counts: Rc<[(Verdict, &'static str, u32)]> = summary.counts.into();
    let parts: Vec<(Verdict, u32)> = counts.iter().map(|(verdict, _, count)| (*verdict, *count)).collect();
    html! {
        <section class="summary" aria-label={locale.word(key::SUMMARY_LABEL)}>
            <p class="visually-hidden" role="status">{ summary.sentence }</p>
            <div class="summary-range">
                <span class="range">{ summary.range }</span>
                <span class="range-caption">{ locale.word(key::RANGE_CAPTION) }</span>
            </div>
            { stacked_bar(&parts) }
            <div class="summary-counts" role="group" aria-label={locale.word(key::FILTER_BY_VERDICT)}>
                { for counts.iter().map(|(verdict, word, count)| {
                    let verdict = *verdict;
                    let pressed = props.filter == Some(verdict);
                    let on_filter = props.on_filter.clone();
                    let onclick = Callback::from(move |_: MouseEvent| on_filter.emit((!pressed).then_some(verdict)));
                    html! {
                        <button type="button" class={classes!("count", verdict_class(verdict))} aria-pressed={pressed.to_string()} {onclick}>
                            <span class="sign" aria-hidden="true">{ verdict_sign(verdict) }</span>
                            <span class="count-word">{ *word }</span>
                            <strong>{ *count }</strong>
                        </button>
                    }
                }) }
                <span class="known">{ locale.fill(key::KNOWN_SHARE, &[("known", &summary.known)]) }</span>
                <span class="known">{ locale.fill(key::EVIDENCED, &[("count", &props.evidenced.to_string())]) }</span>
            </div>
        </section>
    }
}
