//! Goal-seek: what one figure alone would have to be.

use std::rc::Rc;

use dabiao_analysis::goal_seek::{Goal, Sought, seek};
use dabiao_analysis::sensitivity::is_lever;
use dabiao_core::{ClauseIndex, FigureIndex, FigureKind, GroupIndex, Verdict};
use dabiao_view::number;
use dabiao_view::planning::clause_text;
use dabiao_view::rule_text::{figure_name, figure_unit, figure_value};
use dabiao_view::words::key;
use yew::prelude::*;

use crate::app::{View, ViewProps};
use crate::fields::{amount_message, choice, parse_amount, text_field};
use crate::project::{Action, MOST_SCENARIOS, Scenario};

/// What kind of goal is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Clause,
    Group,
    Total,
}

const KINDS: [(&str, Kind, dabiao_view::words::Word); 3] =
    [("clause", Kind::Clause, key::GOAL_CLAUSE), ("group", Kind::Group, key::GOAL_GROUP), ("total", Kind::Total, key::GOAL_TOTAL)];

/// The view.
#[component]
pub(crate) fn GoalPage(props: &ViewProps) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let report = work.assessment.report();
    let kind = use_state_eq(|| Kind::Clause);
    let clause = use_state_eq(|| None::<ClauseIndex>);
    let group = use_state_eq(|| GroupIndex(0));
    let count = use_state_eq(|| None::<String>);
    // Clauses judged by a number first to be chosen: missed, then unknown, then met.
    let rank = |verdict: Verdict| match verdict {
        Verdict::NotMet => Some(0),
        Verdict::Unknown => Some(1),
        Verdict::Met => Some(2),
        Verdict::NotApplicable | Verdict::NotJudged => None,
    };
    let numeric = |index: &ClauseIndex| {
        let used = document.standard.clause(*index).map(|clause| clause.figures()).unwrap_or_default();
        used.iter().any(|figure| document.standard.figure(*figure).is_some_and(|figure| figure.kind != FigureKind::YesNo))
    };
    let mut clauses: Vec<(u8, ClauseIndex)> = (0..)
        .map(ClauseIndex)
        .zip(&report.clauses)
        .filter_map(|(index, result)| Some((rank(result.verdict)?, index)))
        .filter(|(_, index)| numeric(index))
        .collect();
    clauses.sort_unstable();
    let chosen = (*clause).filter(|chosen| clauses.iter().any(|(_, index)| index == chosen)).or(clauses.first().map(|(_, index)| *index));
    let met = match *kind {
        Kind::Group => report.groups.get(group.0 as usize).map_or(0, |tally| tally.met),
        _ => report.total.met,
    };
    let typed = (*count).clone().unwrap_or_else(|| met.saturating_add(1).to_string());
    let least = parse_amount(&typed, dabiao_core::Unit::Item).ok().flatten().and_then(|count| u32::try_from(count.numerator()).ok());
    let goal = match *kind {
        Kind::Clause => chosen.map(Goal::Clause),
        Kind::Group => least.map(|least| Goal::Count(Some(*group), least)),
        Kind::Total => least.map(|least| Goal::Count(None, least)),
    };
    let answers = {
        let work = Rc::clone(work);
        use_memo((work, goal), |(work, goal)| goal.map(|goal| answers(work, goal)).unwrap_or_default())
    };
    let on_kind = {
        let (kind, count) = (kind.clone(), count.clone());
        Callback::from(move |id: String| {
            kind.set(KINDS.iter().find(|(other, ..)| *other == id).map_or(Kind::Clause, |(_, kind, _)| *kind));
            count.set(None);
        })
    };
    let on_clause = {
        let clause = clause.clone();
        Callback::from(move |id: String| clause.set(id.parse().ok().map(ClauseIndex)))
    };
    let on_group = {
        let (group, count) = (group.clone(), count.clone());
        Callback::from(move |id: String| {
            group.set(GroupIndex(id.parse().unwrap_or_default()));
            count.set(None);
        })
    };
    let on_count = {
        let count = count.clone();
        Callback::from(move |text: String| count.set(Some(text)))
    };
    let kinds = KINDS.map(|(id, _, word)| (id.to_owned(), locale.word(word).to_owned()));
    let kind_id = KINDS.iter().find(|(_, other, _)| *other == *kind).map_or("clause", |(id, ..)| *id);
    let signs = ["✗", "?", "✓"];
    let clause_options: Vec<(String, String)> = clauses
        .iter()
        .map(|(rank, index)| {
            (
                index.0.to_string(),
                format!("{} {}", signs.get(usize::from(*rank)).copied().unwrap_or_default(), clause_text(locale, document, *index)),
            )
        })
        .collect();
    let groups: Vec<(String, String)> = (0_u32..)
        .zip(&document.groups)
        .filter(|(index, _)| report.groups.get(*index as usize).is_some_and(|tally| tally.applicable() > 0))
        .map(|(index, text)| (index.to_string(), locale.text(&text.name).to_owned()))
        .collect();
    let group_id = group.0.to_string();
    let problem = amount_message(locale, &typed, dabiao_core::Unit::Item);
    let added = use_state_eq(|| None::<String>);
    let is_fact = |(figure, _): &&Answer| !document.standard.figure(*figure).is_some_and(is_lever);
    let (facts, levers): (Vec<&Answer>, Vec<&Answer>) = answers.iter().partition(is_fact);
    let is_reached = answers.iter().any(|(_, sought)| *sought == Sought::Reached);
    html! {
        <div class="planner goal">
            <p class="lead">{ locale.word(key::GOAL_INTRO) }</p>
            <div class="plan-fields">
                { choice("goal-kind", locale.word(key::GOAL_WHAT), &kinds, kind_id, on_kind) }
                if *kind == Kind::Clause {
                    { choice("goal-clause", locale.word(key::HEAD_CLAUSE), &clause_options, &chosen.map(|index| index.0.to_string()).unwrap_or_default(), on_clause) }
                } else {
                    if *kind == Kind::Group { { choice("goal-group", locale.word(key::HEAD_GROUP), &groups, &group_id, on_group) } }
                    { text_field("goal-count", locale.word(key::GOAL_COUNT), &typed, problem, on_count) }
                    <span class="muted goal-present">{ locale.fill(key::GOAL_PRESENT, &[("met", &met.to_string())]) }</span>
                }
            </div>
            if let Some(name) = &*added {
                <p class="notice" role="status">
                    { locale.fill(key::PUT_INTO, &[("name", name)]) }{ " " }
                    <a href={View::Scenarios.href(&work.id)}>{ locale.word(key::GO_LOOK) }</a>
                </p>
            }
            if goal.is_none() {
                // The field says what is wrong with it.
            } else if is_reached {
                <p class="notice" role="status">{ locale.word(key::GOAL_REACHED) }</p>
            } else if answers.is_empty() {
                <p class="notice" role="status">{ locale.word(key::GOAL_NONE) }</p>
            } else if !answers.iter().any(reaches) {
                <section class="card" role="status">
                    <p>{ locale.word(key::GOAL_NONE_REACHES) }{ " " }<a href={View::Plan.href(&work.id)}>{ locale.word(key::VIEW_PLAN) }</a></p>
                    <details>
                        <summary>{ locale.fill(key::GOAL_TRIED, &[("count", &answers.len().to_string())]) }</summary>
                        { answer_table(props, &answers.iter().collect::<Vec<_>>(), &added) }
                    </details>
                </section>
            } else {
                <section class="card">
                    <h2>{ locale.word(key::GOAL_ANSWERS) }</h2>
                    { answer_table(props, &levers, &added) }
                    if !facts.is_empty() {
                        <details>
                            <summary>{ locale.word(key::FACTS_TITLE) }</summary>
                            { answer_table(props, &facts, &added) }
                        </details>
                    }
                </section>
            }
        </div>
    }
}

type Answer = (FigureIndex, Sought);

fn reaches((_, sought): &Answer) -> bool {
    matches!(sought, Sought::Value(_))
}

fn answer_table(props: &ViewProps, answers: &[&Answer], added: &UseStateHandle<Option<String>>) -> Html {
    let locale = props.locale;
    html! {
                    <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::GOAL_ANSWERS)}>
                        <table class="goal-answers">
                            <thead><tr>
                                { for [key::HEAD_FIGURE, key::PRESENT, key::GOAL_NEEDS, key::GOAL_CHANGE].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                                <th scope="col"><span class="visually-hidden">{ locale.word(key::TO_SCENARIO) }</span></th>
                            </tr></thead>
                            <tbody>{ for answers.iter().map(|(figure, sought)| answer_row(props, *figure, *sought, added)) }</tbody>
                        </table>
                    </div>
    }
}

/// The answer of every number that bears on the goal; those that reach it first.
fn answers(work: &dabiao_web::state::Work, goal: Goal) -> Vec<(FigureIndex, Sought)> {
    let standard = &work.document.standard;
    let bears = |figure: &FigureIndex| {
        let clauses = standard.dependents(*figure).map(|dependents| dependents.clauses.as_slice()).unwrap_or_default();
        match goal {
            Goal::Clause(clause) => clauses.contains(&clause),
            Goal::Count(..) => !clauses.is_empty(),
        }
    };
    let numbers = (0..).map(FigureIndex).zip(standard.figures()).filter(|(_, figure)| figure.kind != FigureKind::YesNo);
    let found: Vec<(FigureIndex, Sought)> = numbers
        .map(|(index, _)| index)
        .filter(bears)
        .map(|index| (index, seek(standard, work.assessment.situation(), index, goal)))
        .collect();
    let (reaching, others): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, sought)| matches!(sought, Sought::Value(_)));
    reaching.into_iter().chain(others).collect()
}

fn answer_row(props: &ViewProps, figure: FigureIndex, sought: Sought, added: &UseStateHandle<Option<String>>) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let present = work.assessment.report().known().number(figure);
    let value = |value| figure_value(locale, document, figure, value);
    let name = figure_name(locale, document, figure).to_owned();
    let needed = match sought {
        Sought::Value(needed) => html! { <strong>{ value(needed) }</strong> },
        Sought::Reached => html! { { locale.word(key::GOAL_REACHED) } },
        Sought::Impossible => html! { <span class="muted">{ locale.word(key::GOAL_IMPOSSIBLE) }</span> },
        Sought::NotSolved => html! { <span class="muted">{ locale.word(key::GOAL_NOT_SOLVED) }</span> },
    };
    let change = match (sought, present, figure_unit(document, figure)) {
        (Sought::Value(needed), Some(present), Some(unit)) => needed.minus(present).ok().map(|change| {
            let sign = if change.is_negative() { "−" } else { "+" };
            format!("{sign}{}", number::difference(locale, change.abs(), unit))
        }),
        _ => None,
    };
    let to_scenario = match sought {
        Sought::Value(needed) => {
            let (dispatch, name, added) = (props.dispatch.clone(), props.project.free_name(&name), added.clone());
            let is_full = props.project.scenarios.len() >= MOST_SCENARIOS;
            let onclick = Callback::from(move |_: MouseEvent| {
                let changes = vec![(figure, Rc::from(needed.to_string()))];
                dispatch.dispatch(Action::AddScenario(Scenario { name: name.as_str().into(), changes }));
                added.set(Some(name.clone()));
            });
            let title = is_full.then(|| locale.word(key::SCENARIO_FULL));
            html! { <button type="button" class="quiet" disabled={is_full} {title} {onclick}>{ locale.word(key::TO_SCENARIO) }</button> }
        }
        _ => Html::default(),
    };
    html! {
        <tr>
            <th scope="row">{ name }</th>
            <td class="number">{ present.map_or_else(|| locale.word(key::MISSING).to_owned(), value) }</td>
            <td class="number">{ needed }</td>
            <td class="number">{ change.unwrap_or_default() }</td>
            <td>{ to_scenario }</td>
        </tr>
    }
}
