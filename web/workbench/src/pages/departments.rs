//! The assessment by responsible unit: what each owes, what is missing, what is missed. Made to be printed.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::DepartmentIndex;
use dabiao_view::Locale;
use dabiao_view::department::{DepartmentDuties, Duty, department_duties};
use dabiao_view::reason::headline;
use dabiao_view::rule_text::figure_name;
use dabiao_view::summary::summary;
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::components::verdict_chip;
use dabiao_web::state::Work;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The language of the page.
    pub(crate) locale: Locale,
}

/// The sheets of the units.
#[component]
pub(crate) fn DepartmentsTab(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let chosen = use_state_eq(|| None::<DepartmentIndex>);
    let all = department_duties(&work.document, work.assessment.report());
    if all.is_empty() {
        return html! { <p class="notice">{ locale.word(key::DEPARTMENTS_NONE) }</p> };
    }
    // Another level may ask nothing of the chosen unit.
    let wanted = (*chosen).filter(|department| all.iter().any(|duties| duties.department == *department));
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                chosen.set(select.value().parse().ok().map(DepartmentIndex));
            }
        })
    };
    let print = Callback::from(|_: MouseEvent| browser::print());
    let shown = all.iter().filter(|duties| wanted.is_none_or(|department| department == duties.department));
    html! {
        <section class="departments-view">
            <div class="filters">
                <label class="filter">
                    <span>{ locale.word(key::FILTER_DEPARTMENT) }</span>
                    <select {onchange}>
                        <option value="" selected={wanted.is_none()}>{ locale.fill(key::DEPARTMENTS_ALL, &[("count", &all.len().to_string())]) }</option>
                        { for all.iter().map(|duties| html! {
                            <option value={duties.department.0.to_string()} selected={wanted == Some(duties.department)}>
                                { format!("{} ({})", name(locale, &work.document, duties.department), duties.duties.len()) }
                            </option>
                        }) }
                    </select>
                </label>
                <button type="button" class="quiet" onclick={print}>{ locale.word(key::PRINT) }</button>
            </div>
            { for shown.map(|duties| sheet(locale, work, duties)) }
        </section>
    }
}

fn name(locale: Locale, document: &Document, department: DepartmentIndex) -> &str {
    document.departments.get(department.0 as usize).map_or("", |text| locale.text(text))
}

/// One unit on a page of its own.
fn sheet(locale: Locale, work: &Work, duties: &DepartmentDuties) -> Html {
    let document = &work.document;
    let title = name(locale, document, duties.department);
    let summary = summary(locale, duties.tally);
    let led = duties.duties.iter().filter(|duty| duty.lead).count();
    html! {
        <article class="sheet" key={duties.department.0}>
            <h2>{ title }</h2>
            <p class="muted sheet-origin">
                { locale.text(&document.name) }
                if !work.draft.title.is_empty() { { locale.word(key::SEMICOLON) } { &*work.draft.title } }
            </p>
            <p>
                { locale.fill(key::DEPARTMENT_OWES, &[("count", &duties.duties.len().to_string())]) }
                if led > 0 { { locale.fill(key::DEPARTMENT_LEADS, &[("count", &led.to_string())]) } }
                { " " }{ summary.sentence }
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label={title.to_owned()}>
                <table>
                    <thead>
                        <tr>{ for [key::HEAD_CLAUSE, key::HEAD_VERDICT, key::HEAD_TO_DO].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }</tr>
                    </thead>
                    <tbody>{ for duties.duties.iter().map(|duty| row(locale, work, duty)) }</tbody>
                </table>
            </div>
        </article>
    }
}

fn row(locale: Locale, work: &Work, duty: &Duty) -> Html {
    let document = &work.document;
    let Some(text) = document.clauses.get(duty.clause.0 as usize) else { return Html::default() };
    let result = work.assessment.report().clauses.get(duty.clause.0 as usize);
    let missing: Vec<String> = duty.missing.iter().map(|figure| figure_name(locale, document, *figure).to_owned()).collect();
    let is_answer_alone = missing.len() == 1 && missing.first().map(String::as_str) == Some(locale.text(&text.name));
    let to_do = if is_answer_alone {
        locale.word(key::TO_ANSWER).to_owned()
    } else if missing.is_empty() {
        result.map(|result| headline(locale, document, result)).unwrap_or_default()
    } else {
        locale.fill(key::TO_FILL, &[("figures", &locale.list(&missing))])
    };
    html! {
        <tr>
            <th scope="row">
                <span class="ref">{ &text.reference }</span>{ " " }{ locale.text(&text.name) }
                if duty.lead { <span class="lead">{ locale.word(key::LEAD) }</span> }
            </th>
            <td>{ verdict_chip(locale, duty.verdict) }</td>
            <td>{ to_do }</td>
        </tr>
    }
}
