//! The column beside the list on wide screens: the state of the groups as a chart, and what to ask next.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::chart::{Chart, bars};
use dabiao_view::missing::missing_figures;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use yew::prelude::*;

use super::ChartFrame;
use crate::browser;
use crate::state::Work;

/// How many missing figures are named.
const NAMED: usize = 6;

/// What is shown.
pub struct Aside {
    /// The assessment.
    pub work: Rc<Work>,
    /// The language of the page.
    pub locale: Locale,
}

/// The column.
pub fn aside(props: &Aside) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let chart = bars(locale, &work.document, work.assessment.report());
    let missing = missing_figures(&work.document, work.assessment.report());
    html! {
        <aside class="aside" aria-label={locale.word(key::ASIDE_LABEL)}>
            <ChartFrame<Chart> {chart} title={locale.word(key::CHART_BARS)} name="groups" {locale} compact=true />
            <section class="card next">
                <h3>{ locale.word(key::NEXT_TITLE) }</h3>
                if missing.is_empty() {
                    <p class="muted">{ locale.word(key::NEXT_NONE) }</p>
                }
                <ol>
                    { for missing.iter().take(NAMED).map(|entry| {
                        let first = entry.clauses.first().copied();
                        let id = first.and_then(|clause| work.document.standard.clause(clause)).map(|clause| format!("c-{}", clause.id));
                        let onclick = Callback::from(move |_: MouseEvent| if let Some(id) = &id { browser::reveal(id) });
                        html! {
                            <li>
                                <button type="button" class="link" {onclick}>{ figure_name(locale, &work.document, entry.figure) }</button>
                                <span class="muted">{ locale.fill(key::NEXT_DECIDES, &[("count", &entry.clauses.len().to_string())]) }</span>
                            </li>
                        }
                    }) }
                </ol>
            </section>
        </aside>
    }
}
