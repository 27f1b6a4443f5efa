//! Search, department, and group.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::{Clause, DepartmentIndex, Verdict};
use dabiao_view::Locale;
use dabiao_view::card::ClauseCard;
use dabiao_view::words::key;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Which clauses are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only with this verdict.
    pub verdict: Option<Verdict>,
    /// Only with this department.
    pub department: Option<DepartmentIndex>,
    /// Only with these words in number or name.
    pub search: Rc<str>,
    /// Also those that other levels answer.
    pub others: bool,
}

impl Filter {
    /// Whether a clause is shown.
    pub fn admits(&self, clause: &Clause, card: &ClauseCard, verdict: Verdict) -> bool {
        (self.others || card.is_own)
            && self.verdict.is_none_or(|wanted| wanted == verdict)
            && self.department.is_none_or(|wanted| clause.departments.iter().any(|part| part.department == wanted))
            && self.matches(card)
    }

    /// Whether anything is filtered.
    pub fn is_active(&self) -> bool {
        *self != Self::default()
    }

    fn matches(&self, card: &ClauseCard) -> bool {
        let search = self.search.trim().to_ascii_lowercase();
        search.is_empty() || card.reference.starts_with(&search) || card.name.to_ascii_lowercase().contains(&search)
    }
}

/// What is shown.
pub struct Filters {
    /// The standard.
    pub document: Rc<Document>,
    /// The present filter.
    pub filter: Filter,
    /// Chooses a filter.
    pub on_filter: Callback<Filter>,
    /// How many clauses are shown, of how many.
    pub shown: (usize, usize),
    /// How many clauses other levels answer.
    pub others: usize,
    /// The language of the page.
    pub locale: Locale,
}

/// The filters.
pub fn filters(props: &Filters) -> Html {
    let (locale, document) = (props.locale, &props.document);
    let oninput = {
        let (filter, on_filter) = (props.filter.clone(), props.on_filter.clone());
        Callback::from(move |event: InputEvent| {
            if event.is_composing() {
                return;
            }
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                on_filter.emit(Filter { search: input.value().into(), ..filter.clone() });
            }
        })
    };
    let onchange = {
        let (filter, on_filter) = (props.filter.clone(), props.on_filter.clone());
        Callback::from(move |event: Event| {
            if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
                let department = select.value().parse().ok().map(DepartmentIndex);
                on_filter.emit(Filter { department, ..filter.clone() });
            }
        })
    };
    let clear = {
        let on_filter = props.on_filter.clone();
        Callback::from(move |_: MouseEvent| on_filter.emit(Filter::default()))
    };
    let toggle_others = {
        let (filter, on_filter) = (props.filter.clone(), props.on_filter.clone());
        Callback::from(move |_: Event| on_filter.emit(Filter { others: !filter.others, ..filter.clone() }))
    };
    let (shown, all) = (props.shown.0.to_string(), props.shown.1.to_string());
    html! {
        <div class="filters" role="search">
            <label class="filter">
                <span>{ locale.word(key::FILTER_SEARCH) }</span>
                <input type="search" value={AttrValue::from(Rc::clone(&props.filter.search))} {oninput} />
            </label>
            if !document.departments.is_empty() {
                <label class="filter">
                    <span>{ locale.word(key::FILTER_DEPARTMENT) }</span>
                    <select {onchange}>
                        <option value="" selected={props.filter.department.is_none()}>{ locale.word(key::FILTER_ALL_DEPARTMENTS) }</option>
                        { for (0..).map(DepartmentIndex).zip(&document.departments).map(|(index, name)| html! {
                            <option value={index.0.to_string()} selected={props.filter.department == Some(index)}>{ locale.text(name) }</option>
                        }) }
                    </select>
                </label>
            }
            <span class="shown" role="status">{ locale.fill(key::FILTER_SHOWN, &[("shown", &shown), ("all", &all)]) }</span>
            if props.others > 0 {
                <label class="check">
                    <input type="checkbox" checked={props.filter.others} onchange={toggle_others} />
                    { locale.fill(key::FILTER_OTHERS, &[("count", &props.others.to_string())]) }
                </label>
            }
            if props.filter.is_active() {
                <button type="button" class="quiet" onclick={clear}>{ locale.word(key::FILTER_CLEAR) }</button>
            }
        </div>
    }
}
