//! What is missing, whom to ask for it, and how much each figure would decide.

use std::rc::Rc;

use dabiao_view::Locale;
use dabiao_view::missing::missing_figures;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::state::Work;

/// What is shown.
pub struct MissingTab {
    /// The assessment.
    pub work: Rc<Work>,
    /// The language of the page.
    pub locale: Locale,
}

/// The list of missing figures.
pub fn missing_tab(props: &MissingTab) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let missing = missing_figures(document, work.assessment.report());
    if missing.is_empty() {
        return html! { <p class="notice">{ locale.word(key::NEXT_NONE) }</p> };
    }
    let reference = |index: &dabiao_core::ClauseIndex| document.clauses.get(index.0 as usize).map(|text| text.reference.clone());
    html! {
        <section class="missing">
            <p class="muted">{ locale.fill(key::MISSING_INTRO, &[("count", &missing.len().to_string())]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::TAB_MISSING)}>
                <table>
                    <thead>
                        <tr>
                            { for [key::HEAD_FIGURE, key::HEAD_HOLDER, key::HEAD_DECIDES]
                                .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for missing.iter().map(|entry| {
                            let holder = entry.holder.and_then(|holder| document.departments.get(holder.0 as usize));
                            let clauses: Vec<String> = entry.clauses.iter().filter_map(reference).collect();
                            html! {
                                <tr>
                                    <th scope="row">{ figure_name(locale, document, entry.figure) }</th>
                                    <td>{ holder.map(|name| locale.text(name)).unwrap_or("—") }</td>
                                    <td>{ locale.list(&clauses) }</td>
                                </tr>
                            }
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}
