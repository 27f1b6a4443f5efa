//! The column beside the list on wide screens: the state of the groups, and what to ask next.

use std::rc::Rc;

use dabiao_core::Verdict;
use dabiao_view::Locale;
use dabiao_view::chart::{Chart, bars};
use dabiao_view::missing::missing_figures;
use dabiao_view::rule_text::{figure_name, verdict_word};
use dabiao_view::words::key;
use yew::prelude::*;

use super::stacked_bar::stacked_bar;
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
    let Chart::Bars(bars) = bars(locale, &work.document, work.assessment.report()) else { return Html::default() };
    let missing = missing_figures(&work.document, work.assessment.report());
    html! {
        <aside class="aside" aria-label={locale.word(key::ASIDE_LABEL)}>
            <section class="card group-bars">
                <h3>{ locale.word(key::CHART_BARS) }</h3>
                <dl>
                    { for bars.iter().map(|bar| {
                        let counts = bar.counts.iter().filter(|(_, count)| *count > 0);
                        let words = counts.map(|(verdict, count)| format!("{} {count}", locale.word(verdict_word(*verdict))));
                        let count = |wanted: Verdict| bar.counts.iter().find(|(verdict, _)| *verdict == wanted).map_or(0, |(_, count)| *count);
                        let judged = count(Verdict::Met) + count(Verdict::NotMet) + count(Verdict::Unknown);
                        html! {
                            <div title={words.collect::<Vec<_>>().join(" · ")}>
                                <dt>{ &bar.label }</dt>
                                <dd>{ format!("{} / {judged}", count(Verdict::Met)) }</dd>
                                { stacked_bar(&bar.counts) }
                            </div>
                        }
                    }) }
                </dl>
            </section>
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
