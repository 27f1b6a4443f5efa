//! One clause: number, name, the inputs that decide it, its verdict and, when opened, the reasons.
//!
//! The row is drawn again only when its clause's version changed: with 124 rows on the page,
//! comparing them all by value would cost more than the judging.

use std::rc::Rc;

use dabiao_core::{FigureIndex, FigureKind, Origin};
use dabiao_view::Locale;
use dabiao_view::card::{ClauseCard, Input};
use dabiao_view::entry::message;
use dabiao_view::number;
use dabiao_view::reason::{headline, reading_remark};
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use yew::prelude::*;

use super::{ClauseDetail, FigureField, YesNoField, clause_detail, verdict_chip, yes_no_field};
use crate::state::{Dispatch, Work};

/// The open assessment, compared by nobody: versions say when to look at it again.
#[derive(Clone)]
pub struct Current(pub Rc<Work>);

impl PartialEq for Current {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What the row shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The assessment.
    pub current: Current,
    /// The clause in words; a new one in another language.
    pub card: Rc<ClauseCard>,
    /// When something the row shows last changed.
    pub version: u32,
    /// Whether the reasons are shown.
    pub open: bool,
    /// Opens and closes the reasons.
    pub on_toggle: Callback<dabiao_core::ClauseIndex>,
    /// The language of the page.
    pub locale: Locale,
    /// Where answers go.
    pub dispatch: Dispatch,
}

/// A clause.
#[component]
pub fn ClauseRow(props: &Props) -> Html {
    let Current(work) = &props.current;
    let (locale, card) = (props.locale, &props.card);
    let document = &work.document;
    let Some(result) = work.assessment.report().clauses.get(card.clause.0 as usize) else {
        return Html::default();
    };
    let chosen = usize::from(work.draft.clause(card.clause).reading);
    let names: Vec<String> = card.readings.iter().map(|reading| reading.name.clone()).collect();
    let remark = reading_remark(locale, result, chosen, &names);
    let gap = headline(locale, document, result);
    let id = document.standard.clause(card.clause).map(|clause| format!("c-{}", clause.id)).unwrap_or_default();
    let onclick = {
        let (on_toggle, clause) = (props.on_toggle.clone(), card.clause);
        Callback::from(move |_: MouseEvent| on_toggle.emit(clause))
    };
    let detail_id = format!("{id}-detail");
    // What the chosen reading asks for; the rest only for whoever opens the clause.
    let (asked, others): (Vec<&Input>, Vec<&Input>) =
        card.inputs.iter().partition(|input| input.readings.iter().any(|reading| usize::from(*reading) == chosen));
    let has_fields = !asked.iter().all(|input| is_bare(props, input.figure));
    html! {
        <article {id} class={classes!("clause", super::verdict_chip::verdict_class(result.verdict), if has_fields { "has-fields" } else { "is-bare" })}>
            <span class="clause-ref">{ &card.reference }</span>
            <div class="clause-main">
                <button type="button" class="clause-name" aria-expanded={props.open.to_string()} aria-controls={detail_id.clone()} {onclick}>
                    { &card.name }
                    if let Some(tag) = card.tag { <span class="tag">{ tag }</span> }
                </button>
                <div class="clause-inputs">
                    { for asked.iter().map(|input| input_fields(props, input)) }
                </div>
                if props.open && !others.is_empty() {
                    <div class="raw other-readings" role="group" aria-label={locale.word(key::FOR_OTHER_READINGS)}>
                        <span class="raw-caption">{ locale.word(key::FOR_OTHER_READINGS) }</span>
                        { for others.iter().map(|input| input_fields(props, input)) }
                    </div>
                }
                if let Some(remark) = remark {
                    <p class="clause-remark">{ remark }</p>
                }
            </div>
            <div class="clause-outcome">
                { verdict_chip(locale, result.verdict) }
                <span class="clause-gap">{ gap }</span>
            </div>
            <div id={detail_id} class="clause-detail-slot">
                if props.open {
                    { clause_detail(&ClauseDetail { work: Rc::clone(work), card: Rc::clone(card), locale, dispatch: props.dispatch.clone() }) }
                }
            </div>
        </article>
    }
}

/// Whether the figure is the question that the clause's own name asks.
fn is_bare(props: &Props, figure: FigureIndex) -> bool {
    let document = &props.current.0.document;
    let is_yes_no = document.standard.figure(figure).is_some_and(|figure| figure.kind == FigureKind::YesNo);
    is_yes_no && figure_name(props.locale, document, figure) == props.card.name
}

/// The field of an input and, where it can be derived, the fields of its raw figures.
fn input_fields(props: &Props, input: &Input) -> Html {
    html! {
        <div class={classes!("input", (!input.raw.is_empty()).then_some("derivable"))}>
            { figure_field(props, input.figure) }
            if !input.raw.is_empty() {
                <div class="raw" role="group" aria-label={props.locale.word(key::OR_FROM_RAW)}>
                    <span class="raw-caption">{ props.locale.word(key::OR_FROM_RAW) }</span>
                    { for input.raw.iter().map(|raw| figure_field(props, *raw)) }
                </div>
            }
        </div>
    }
}

fn figure_field(props: &Props, figure: FigureIndex) -> Html {
    let Current(work) = &props.current;
    let (locale, document) = (props.locale, &work.document);
    let Some(definition) = document.standard.figure(figure) else { return Html::default() };
    let label: AttrValue = figure_name(locale, document, figure).to_owned().into();
    let entry = work.assessment.entry(figure);
    match definition.kind {
        FigureKind::YesNo => {
            let answer = entry.ok().flatten().and_then(|entry| entry.value.yes_no());
            let bare = is_bare(props, figure);
            let field = yes_no_field(&YesNoField { figure, label, bare, answer, locale, dispatch: props.dispatch.clone() });
            let hint = document.figures.get(figure.0 as usize).and_then(|text| text.hint.as_ref()).filter(|_| props.open);
            html! { <>{ field }if let Some(hint) = hint { <p class="field-hint shown">{ locale.text(hint) }</p> }</> }
        }
        FigureKind::Number { unit, .. } => {
            let text = work.draft.text(figure);
            let message = message(locale, definition.kind, &text, entry).map(|(tone, text)| (tone, text.into()));
            let state = work.assessment.report().figures.get(figure.0 as usize);
            let derived: Option<AttrValue> = state
                .filter(|state| state.origin == Origin::Derived)
                .and_then(|state| state.derived)
                .map(|value| number::plain(value).into());
            let hint: Option<AttrValue> =
                document.figures.get(figure.0 as usize).and_then(|text| text.hint.as_ref()).map(|hint| locale.text(hint).to_owned().into());
            let id = format!("f-{}-{}", props.card.clause.0, figure.0);
            html! {
                <FigureField
                    {figure} {id} {label} {hint} unit={number::unit_name(locale, unit)}
                    {text} {message} {derived} {locale} dispatch={props.dispatch.clone()}
                />
            }
        }
    }
}
