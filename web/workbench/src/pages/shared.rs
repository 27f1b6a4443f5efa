//! An assessment that came as a link: shown as it is, and one's own only when it is adopted.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::FigureIndex;
use dabiao_draft::file::ProjectFile;
use dabiao_draft::link::{LinkProblem, read_link};
use dabiao_draft::read_draft;
use dabiao_view::Locale;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::components::{Summary, summary_bar, verdict_chip};
use dabiao_web::route::{Route, Tab};
use dabiao_web::state::Work;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::open::keep;
use crate::actions::Actions;

/// What is shown.
#[derive(Clone, Properties)]
pub(crate) struct Props {
    /// The standard, once it is there.
    pub(crate) document: Option<Rc<Document>>,
    /// The last part of the link.
    pub(crate) link: AttrValue,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// The way to the app.
    pub(crate) act: Actions,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let id = |props: &Self| props.document.as_ref().map(Rc::as_ptr);
        id(self) == id(other) && self.link == other.link && self.locale == other.locale
    }
}

/// The page.
#[component]
pub(crate) fn SharedPage(props: &Props) -> Html {
    let locale = props.locale;
    let problem = use_state_eq(|| None::<String>);
    let Some(document) = &props.document else { return Html::default() };
    let record = match read_link(&props.link, &document.standard) {
        Ok(record) => record,
        Err(problem) => {
            let word = match problem {
                LinkProblem::Later => key::LINK_LATER,
                LinkProblem::Damaged => key::LINK_DAMAGED,
            };
            return html! { <main id="content" class="notice error" role="alert">{ locale.word(word) }</main> };
        }
    };
    let Ok(draft) = read_draft(&record, &document.standard) else {
        return html! { <main id="content" class="notice error" role="alert">{ locale.word(key::LINK_LATER) }</main> };
    };
    let work = Work::new("".into(), Rc::clone(document), draft);
    let adopt = {
        let (problem, act) = (problem.clone(), props.act.clone());
        Callback::from(move |_: MouseEvent| {
            let (record, problem, act) = (record.clone(), problem.clone(), act.clone());
            spawn_local(async move {
                let file =
                    ProjectFile { record, plan: None, product: String::new(), standard_hash: String::new(), certificate: String::new() };
                match keep(locale, "", file).await {
                    Ok(id) => {
                        act.close();
                        browser::set_hash(&Route::Assess(id, Tab::Fill).href());
                    }
                    Err(said) => problem.set(Some(said)),
                }
            });
        })
    };
    let title = if work.draft.title.is_empty() { locale.text(&document.name) } else { &work.draft.title };
    let report = work.assessment.report();
    let figures = (0..).map(FigureIndex).zip(document.standard.figures()).filter(|(index, _)| !work.draft.text(*index).is_empty());
    html! {
        <main id="content" class="shared-page" tabindex="-1">
            <h1>{ title }</h1>
            <p class="notice" role="status">
                { locale.word(key::SHARED_WHAT) }
                <button type="button" class="primary" onclick={adopt}>{ locale.word(key::SHARED_ADOPT) }</button>
            </p>
            if let Some(problem) = &*problem { <p class="notice error" role="alert">{ problem }</p> }
            <p class="muted">{ locale.text(&document.name) }</p>
            { summary_bar(&Summary { tally: report.total, evidenced: work.evidenced(), filter: None, on_filter: Callback::noop(), locale }) }
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::SHARED_CLAUSES)}>
                <table>
                    <tbody>
                        { for document.clauses.iter().zip(&report.clauses).map(|(clause, result)| html! {
                            <tr>
                                <td>{ &clause.reference }</td>
                                <th scope="row">{ locale.text(&clause.name) }</th>
                                <td>{ verdict_chip(locale, result.verdict) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
            <h2>{ locale.word(key::SHARED_FIGURES) }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::SHARED_FIGURES)}>
                <table>
                    <tbody>
                        { for figures.map(|(index, figure)| {
                            let typed = work.draft.text(index);
                            let typed = match (figure.kind, &*typed) {
                                (dabiao_core::FigureKind::YesNo, "yes") => locale.word(key::ANSWER_YES).to_owned(),
                                (dabiao_core::FigureKind::YesNo, "no") => locale.word(key::ANSWER_NO).to_owned(),
                                (_, typed) => typed.to_owned(),
                            };
                            html! { <tr><th scope="row">{ figure_name(locale, document, index) }</th><td>{ typed }</td></tr> }
                        }) }
                    </tbody>
                </table>
            </div>
        </main>
    }
}
