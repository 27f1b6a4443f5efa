//! A verdict as a small label: sign, word and colour, so that none of them is needed alone.

use dabiao_core::Verdict;
use dabiao_view::Locale;
use dabiao_view::rule_text::verdict_word;
use yew::prelude::*;

/// The style class of a verdict.
pub fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not-met",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "not-applicable",
        Verdict::NotJudged => "not-judged",
    }
}

/// The sign of a verdict.
pub fn verdict_sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::NotMet => "✗",
        Verdict::Unknown => "?",
        Verdict::NotApplicable => "–",
        Verdict::NotJudged => "·",
    }
}

/// The label.
pub fn verdict_chip(locale: Locale, verdict: Verdict) -> Html {
    html! {
        <span class={classes!("chip", verdict_class(verdict))}>
            <span class="sign" aria-hidden="true">{ verdict_sign(verdict) }</span>
            { locale.word(verdict_word(verdict)) }
        </span>
    }
}
