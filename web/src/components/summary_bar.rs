//! The summary that stays in view: counts that filter, the range, the share known.

use std::rc::Rc;

use dabiao_core::{Tally, Verdict};
use dabiao_view::Locale;
use dabiao_view::summary;
use dabiao_view::words::key;
use yew::prelude::*;

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
    let judged = u64::from(summary.applicable.max(1));
    let mut x = 0_u64;
    let segments: Vec<(Verdict, u64, u64)> = counts
        .iter()
        .filter(|(verdict, ..)| matches!(verdict, Verdict::Met | Verdict::NotMet | Verdict::Unknown))
        .map(|(verdict, _, count)| {
            // Thousandths, so that the parts add up to the whole.
            let start = x.saturating_mul(1000).checked_div(judged).unwrap_or_default();
            x = x.saturating_add(u64::from(*count));
            let end = x.saturating_mul(1000).checked_div(judged).unwrap_or_default();
            (*verdict, start, end.saturating_sub(start))
        })
        .collect();
    html! {
        <section class="summary" aria-label={locale.word(key::SUMMARY_LABEL)}>
            <p class="visually-hidden" role="status">{ summary.sentence }</p>
            <div class="summary-range">
                <span class="range">{ summary.range }</span>
                <span class="range-caption">{ locale.word(key::RANGE_CAPTION) }</span>
            </div>
            <svg class="summary-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                { for segments.iter().map(|(verdict, start, width)| html! {
                    <rect class={classes!("seg", verdict_class(*verdict))} x={start.to_string()} y="0" width={width.to_string()} height="10" />
                }) }
            </svg>
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
