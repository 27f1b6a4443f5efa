//! The reasons of a clause: rule, arithmetic, source, departments, notes and evidence.

use std::rc::Rc;

use dabiao_catalog::DocumentRecord;
use dabiao_core::{Exact, Truth, Value};
use dabiao_draft::{ClauseDraft, Evidence};
use dabiao_view::Locale;
use dabiao_view::card::ClauseCard;
use dabiao_view::reason::{attainment, explanation};
use dabiao_view::words::{Word, key};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::contradiction_body;
use crate::state::{Action, Dispatch, Work};

/// What is shown.
pub struct ClauseDetail {
    /// The assessment.
    pub work: Rc<Work>,
    /// The clause in words.
    pub card: Rc<ClauseCard>,
    /// The language of the page.
    pub locale: Locale,
    /// Where changes go.
    pub dispatch: Dispatch,
}

/// The reasons of a clause.
pub fn clause_detail(props: &ClauseDetail) -> Html {
    let work = &props.work;
    let (locale, card, document) = (props.locale, &props.card, &work.document);
    let draft = work.draft.clause(card.clause);
    let report = work.assessment.report();
    let Some(result) = report.clauses.get(card.clause.0 as usize) else { return Html::default() };
    let lines = explanation(locale, document, report, result);
    let way = way_text(props);
    let id = format!("d-{}", card.clause.0);
    let facts: Vec<&str> = [Some(card.place.as_str()), card.due.as_deref(), card.verb.as_deref(), card.firmness, card.levels.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let section = |word: Word, body: Html| {
        html! { <section class="detail-section"><h5>{ locale.word(word) }</h5>{ body }</section> }
    };
    html! {
        <div class="detail">
            { section(key::DETAIL_RULE, readings(props, &draft, &id)) }
            { section(key::DETAIL_WHY, html! {
                <ul class="why">
                    { for lines.iter().map(|line| html! {
                        <li class={classes!(format!("depth-{}", line.depth.min(4)), line.truth.map(truth_class))}>{ &line.text }</li>
                    }) }
                    if let Some(way) = way { <li class="depth-0">{ way }</li> }
                </ul>
            }) }
            { section(key::DETAIL_SOURCE, html! {
                <>
                    <p>{ source_name(&document.source) }</p>
                    <p>{ facts.join(locale.word(key::SEMICOLON)) }</p>
                </>
            }) }
            if !card.departments.is_empty() {
                { section(key::DETAIL_DEPARTMENTS, html! {
                    <ul class="departments">
                        { for card.departments.iter().map(|(name, lead)| html! {
                            <li>{ name } if *lead { <span class="lead">{ locale.word(key::LEAD) }</span> }</li>
                        }) }
                    </ul>
                }) }
            }
            if let Some(note) = &card.note {
                { section(key::DETAIL_NOTE, html! { <p>{ note }</p> }) }
            }
            { for card.contradictions.iter().map(|contradiction| section(key::DETAIL_CONTRADICTION, html! {
                <>
                    <p><strong>{ &contradiction.name }</strong></p>
                    { contradiction_body(contradiction) }
                </>
            })) }
            { section(key::DETAIL_EXEMPT, exemption(props, &draft, &id)) }
            { section(key::DETAIL_OWN_NOTE, own_note(props, &draft, &id)) }
            { section(key::DETAIL_EVIDENCE, evidence(props, &draft, &id)) }
        </div>
    }
}

/// Title and number, as printed; not every document has a number.
fn source_name(source: &DocumentRecord) -> String {
    if source.number.is_empty() { source.title.clone() } else { format!("{}，{}", source.title, source.number) }
}

fn truth_class(truth: Truth) -> &'static str {
    match truth {
        Truth::Met => "met",
        Truth::NotMet => "not-met",
        Truth::Unknown => "unknown",
    }
}

/// How much of the way from baseline to target is done.
fn way_text(props: &ClauseDetail) -> Option<String> {
    let work = &props.work;
    let clause = work.document.standard.clause(props.card.clause)?;
    let rule = &clause.readings.get(usize::from(draft_reading(props)))?.rule;
    let mut figures = Vec::new();
    rule.collect_figures(&mut figures);
    let value: Option<Exact> = work.assessment.report().figures.get(figures.first()?.0 as usize)?.value.and_then(Value::number);
    attainment(props.locale, rule, value)
}

fn readings(props: &ClauseDetail, draft: &ClauseDraft, id: &str) -> Html {
    let (locale, card) = (props.locale, &props.card);
    if card.readings.len() < 2 {
        return html! {
            <>
                { for card.readings.iter().map(|reading| html! { <p class="asks">{ &reading.asks }</p> }) }
                { for card.qualifiers.iter().map(|qualifier| html! { <p>{ locale.fill(key::QUALIFIER, &[("qualifier", qualifier)]) }</p> }) }
            </>
        };
    }
    html! {
        <fieldset class="readings">
            <legend>{ locale.word(key::READINGS_LEGEND) }</legend>
            { for card.readings.iter().zip(0_u8..).map(|(reading, position)| {
                let (draft, change) = (draft.clone(), decide(props));
                let onchange = Callback::from(move |_: Event| change.emit(ClauseDraft { reading: position, ..draft.clone() }));
                html! {
                    <label class="reading">
                        <input type="radio" name={format!("{id}-reading")} checked={draft_reading(props) == position} {onchange} />
                        <span>
                            <strong>{ &reading.name }</strong>
                            if position == 0 { <em class="default">{ locale.word(key::READING_DEFAULT) }</em> }
                            <br />{ &reading.asks }<br /><small>{ &reading.why }</small>
                        </span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

fn draft_reading(props: &ClauseDetail) -> u8 {
    props.work.draft.clause(props.card.clause).reading
}

fn decide(props: &ClauseDetail) -> Callback<ClauseDraft> {
    let (dispatch, clause) = (props.dispatch.clone(), props.card.clause);
    Callback::from(move |draft| dispatch.dispatch(Action::Decide(clause, draft)))
}

fn exemption(props: &ClauseDetail, draft: &ClauseDraft, id: &str) -> Html {
    let locale = props.locale;
    let onchange = {
        let (draft, change) = (draft.clone(), decide(props));
        Callback::from(move |event: Event| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                change.emit(ClauseDraft { not_applicable: input.checked(), ..draft.clone() });
            }
        })
    };
    let oninput = {
        let (draft, change) = (draft.clone(), decide(props));
        text_input(move |reason| change.emit(ClauseDraft { reason: reason.into(), ..draft.clone() }))
    };
    let reason_id = format!("{id}-reason");
    html! {
        <>
            if let Some(applicability) = &props.card.applicability { <p>{ applicability }</p> }
            <label class="check"><input type="checkbox" checked={draft.not_applicable} {onchange} />{ locale.word(key::EXEMPT_LABEL) }</label>
            if draft.not_applicable {
                <div class="field wide">
                    <label for={reason_id.clone()}>{ locale.word(key::EXEMPT_REASON) }</label>
                    <input id={reason_id} type="text" value={AttrValue::from(Rc::clone(&draft.reason))} {oninput} />
                    if !draft.is_exempt() { <p class="field-message pending">{ locale.word(key::EXEMPT_NEEDS_REASON) }</p> }
                </div>
            }
        </>
    }
}

fn own_note(props: &ClauseDetail, draft: &ClauseDraft, id: &str) -> Html {
    let oninput = {
        let (draft, change) = (draft.clone(), decide(props));
        Callback::from(move |event: InputEvent| {
            if event.is_composing() {
                return;
            }
            if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                change.emit(ClauseDraft { note: area.value().into(), ..draft.clone() });
            }
        })
    };
    html! {
        <textarea
            id={format!("{id}-note")} rows="2" aria-label={props.locale.word(key::DETAIL_OWN_NOTE)}
            value={AttrValue::from(Rc::clone(&draft.note))} {oninput}
        />
    }
}

fn evidence(props: &ClauseDetail, draft: &ClauseDraft, id: &str) -> Html {
    let locale = props.locale;
    let change = decide(props);
    let edit = |index: usize, set: fn(&mut Evidence, String)| {
        let (draft, change) = (draft.clone(), change.clone());
        text_input(move |text| {
            let mut next = draft.clone();
            if let Some(item) = next.evidence.get_mut(index) {
                set(item, text);
            }
            change.emit(next);
        })
    };
    let add = {
        let (draft, change) = (draft.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = draft.clone();
            next.evidence.push(Evidence::default());
            change.emit(next);
        })
    };
    let remove = |index: usize| {
        let (draft, change) = (draft.clone(), change.clone());
        Callback::from(move |_: MouseEvent| {
            let mut next = draft.clone();
            if index < next.evidence.len() {
                next.evidence.remove(index);
            }
            change.emit(next);
        })
    };
    let input = |index: usize, name: &str, word: Word, value: &Rc<str>, oninput: Callback<InputEvent>| {
        let field_id = format!("{id}-evidence-{index}-{name}");
        html! {
            <div class="field">
                <label for={field_id.clone()}>{ locale.word(word) }</label>
                <input id={field_id} type="text" value={AttrValue::from(Rc::clone(value))} {oninput} />
            </div>
        }
    };
    html! {
        <>
            { for draft.evidence.iter().enumerate().map(|(index, item)| html! {
                <div class="evidence">
                    { input(index, "name", key::EVIDENCE_NAME, &item.name, edit(index, |item, text| item.name = text.into())) }
                    { input(index, "number", key::EVIDENCE_NUMBER, &item.number, edit(index, |item, text| item.number = text.into())) }
                    { input(index, "date", key::EVIDENCE_DATE, &item.date, edit(index, |item, text| item.date = text.into())) }
                    { input(index, "link", key::EVIDENCE_LINK, &item.link, edit(index, |item, text| item.link = text.into())) }
                    <button type="button" class="quiet" onclick={remove(index)}>{ locale.word(key::EVIDENCE_REMOVE) }</button>
                </div>
            }) }
            <button type="button" class="quiet" onclick={add}>{ locale.word(key::EVIDENCE_ADD) }</button>
        </>
    }
}

/// Hears of finished words only.
fn text_input(change: impl Fn(String) + 'static) -> Callback<InputEvent> {
    Callback::from(move |event: InputEvent| {
        if event.is_composing() {
            return;
        }
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            change(input.value());
        }
    })
}
