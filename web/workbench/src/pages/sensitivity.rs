//! Which figure matters most, the result over one figure, and what is nearest to flipping.

use std::rc::Rc;

use dabiao_analysis::sensitivity::{Margin, Step, cliff, is_lever, margins, tornado};
use dabiao_core::{Exact, FigureIndex, FigureKind};
use dabiao_view::number;
use dabiao_view::plan_chart::{self, PlanChart};
use dabiao_view::planning::clause_text;
use dabiao_view::reason::headline;
use dabiao_view::rule_text::{figure_name, figure_value};
use dabiao_view::words::{Word, key};
use yew::prelude::*;

use crate::app::ViewProps;
use crate::components::ChartFrame;
use crate::fields::choice;

/// How many figures the tornado shows.
const MOST_BARS: usize = 20;
/// How many clauses each list of margins shows.
const MOST_MARGINS: usize = 12;

const STEPS: [(&str, Word); 3] = [("turn", key::STEP_TURN), ("share", key::STEP_SHARE), ("unit", key::STEP_UNIT)];

fn step(id: &str) -> Step {
    match id {
        "share" => Exact::ratio(1, 10).map_or(Step::Turn, Step::Share),
        "unit" => Step::Unit,
        _ => Step::Turn,
    }
}

/// The view.
#[component]
pub(crate) fn SensitivityPage(props: &ViewProps) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let chosen_step = use_state_eq(|| "turn".to_owned());
    let chosen_figure = use_state_eq(|| None::<FigureIndex>);
    let swings = {
        let work = Rc::clone(work);
        use_memo((work, (*chosen_step).clone()), |(work, id)| {
            let mut swings = tornado(&work.document.standard, work.assessment.situation(), step(id));
            swings.truncate(MOST_BARS);
            swings
        })
    };
    // Numbers that bear on a clause; the one that matters most first.
    let numbers: Vec<FigureIndex> = (0..)
        .map(FigureIndex)
        .zip(document.standard.figures())
        .filter(|(index, figure)| {
            let bears = document.standard.dependents(*index).is_some_and(|dependents| !dependents.clauses.is_empty());
            figure.formula.is_none() && bears && is_lever(figure) && matches!(figure.kind, FigureKind::Number { .. })
        })
        .map(|(index, _)| index)
        .collect();
    let first = swings.iter().map(|swing| swing.figure).find(|figure| numbers.contains(figure)).or(numbers.first().copied());
    let figure = (*chosen_figure).filter(|figure| numbers.contains(figure)).or(first);
    let shape = {
        let work = Rc::clone(work);
        use_memo((work, figure), |(work, figure)| cliff(&work.document.standard, work.assessment.situation(), (*figure)?))
    };
    let total = work.assessment.report().total;
    let chart = plan_chart::tornado(locale, document, total, &swings);
    let on_step = {
        let chosen_step = chosen_step.clone();
        Callback::from(move |id: String| chosen_step.set(id))
    };
    let on_figure = {
        let chosen_figure = chosen_figure.clone();
        Callback::from(move |id: String| chosen_figure.set(id.parse().ok().map(FigureIndex)))
    };
    let steps = STEPS.map(|(id, word)| (id.to_owned(), locale.word(word).to_owned()));
    let figures: Vec<(String, String)> =
        numbers.iter().map(|index| (index.0.to_string(), figure_name(locale, document, *index).to_owned())).collect();
    let margins = margins(work.assessment.report());
    let near: Vec<&Margin> = margins.iter().filter(|margin| !margin.is_met).take(MOST_MARGINS).collect();
    let safe: Vec<&Margin> = margins.iter().filter(|margin| margin.is_met).take(MOST_MARGINS).collect();
    html! {
        <div class="planner sensitivity">
            <p class="lead">{ locale.word(key::SENSITIVITY_INTRO) }</p>
            <div class="plan-fields">{ choice("step", locale.word(key::STEP_LABEL), &steps, &chosen_step, on_step) }</div>
            if chart.is_empty() {
                <p class="notice">{ locale.word(key::TORNADO_NONE) }</p>
            } else {
                <ChartFrame<PlanChart> {chart} title={locale.word(key::CHART_TORNADO)} name="tornado" {locale} />
                if swings.len() == MOST_BARS { <p class="muted">{ locale.fill(key::TORNADO_MOST, &[("count", &MOST_BARS.to_string())]) }</p> }
            }
            if let Some(figure) = figure {
                <div class="plan-fields">{ choice("cliff-figure", locale.word(key::CLIFF_CHOOSE), &figures, &figure.0.to_string(), on_figure) }</div>
                { match &*shape {
                    Some(shape) => {
                        let chart = plan_chart::cliff(locale, document, figure, shape);
                        let at = |word, value: Exact| locale.fill(word, &[("value", &figure_value(locale, document, figure, value))]);
                        html! {
                            <div class="cliff">
                                if chart.is_empty() {
                                    <p class="notice">{ locale.word(key::CLIFF_NONE) }</p>
                                } else {
                                    <ChartFrame<PlanChart> {chart} title={locale.word(key::CHART_CLIFF)} name="cliff" {locale} />
                                }
                                <p class="cliff-words">
                                    if shape.lost_at == [None, None] { { locale.word(key::CLIFF_SAFE) } }
                                    { for shape.lost_at.into_iter().flatten().map(|value| html! { <span>{ at(key::CLIFF_LOST, value) }</span> }) }
                                    { for shape.gained_at.into_iter().flatten().map(|value| html! { <span>{ at(key::CLIFF_GAINED, value) }</span> }) }
                                </p>
                            </div>
                        }
                    }
                    None => html! { <p class="notice">{ locale.word(key::CLIFF_NONE) }</p> },
                } }
            }
            <div class="margins">
                { margin_list(props, key::NEAR_TITLE, key::NEAR_NONE, &near) }
                { margin_list(props, key::SAFE_TITLE, key::SAFE_NONE, &safe) }
            </div>
        </div>
    }
}

fn margin_list(props: &ViewProps, title: Word, none: Word, margins: &[&Margin]) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let (document, report) = (&work.document, work.assessment.report());
    html! {
        <section class="card">
            <h2>{ locale.word(title) }</h2>
            if margins.is_empty() {
                <p class="muted">{ locale.word(none) }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={locale.word(title)}>
                    <table>
                        <thead><tr>{ for [key::HEAD_CLAUSE, key::HEAD_DISTANCE, key::HEAD_RELATIVE].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }</tr></thead>
                        <tbody>
                            { for margins.iter().map(|margin| html! {
                                <tr>
                                    <th scope="row">{ clause_text(locale, document, margin.clause) }</th>
                                    <td class="number">{ report.clauses.get(margin.clause.0 as usize).map(|result| headline(locale, document, result)).unwrap_or_default() }</td>
                                    <td class="number">{ margin.share.and_then(|share| share.times(Exact::from(100_u32)).ok()).map_or_else(|| "—".to_owned(), |share| format!("{}%", number::plain(share))) }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
        </section>
    }
}
