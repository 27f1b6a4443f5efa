//! How many clauses came out which way, as one bar.

use dabiao_core::Verdict;
use yew::prelude::*;

use super::verdict_chip::verdict_class;

/// The bar; what is not judged or not applicable has no part in it.
pub fn stacked_bar(counts: &[(Verdict, u32)]) -> Html {
    let shown = || counts.iter().filter(|(verdict, _)| matches!(verdict, Verdict::Met | Verdict::NotMet | Verdict::Unknown));
    let whole = shown().map(|(_, count)| u64::from(*count)).sum::<u64>().max(1);
    let mut sum = 0_u64;
    html! {
        <svg class="stacked-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            { for shown().map(|(verdict, count)| {
                // Thousandths, so that the parts add up to the whole.
                let start = sum.saturating_mul(1000).checked_div(whole).unwrap_or_default();
                sum = sum.saturating_add(u64::from(*count));
                let end = sum.saturating_mul(1000).checked_div(whole).unwrap_or_default();
                let (x, width) = (start.to_string(), end.saturating_sub(start).to_string());
                html! { <rect class={classes!("seg", verdict_class(*verdict))} {x} y="0" {width} height="10" /> }
            }) }
        </svg>
    }
}
