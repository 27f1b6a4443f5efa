//! Time: what was reached each year, whether that keeps up with the target year by two methods, and
//! where the present pace leads.

use std::rc::Rc;

use dabiao_analysis::trajectory::{Method, QUARTERS, Trajectory};
use dabiao_core::rule::Toward;
use dabiao_core::{ClauseIndex, Exact, FigureIndex, Range, Truth, Value, parse_entry};
use dabiao_view::entry::{Tone, message};
use dabiao_view::plan_chart::{self, PlanChart};
use dabiao_view::planning::{MomentText, clause_text, moment_text, toward_of, way_text};
use dabiao_view::rule_text::{figure_name, shown_value};
use dabiao_view::words::key;
use dabiao_web::state::Work;
use yew::prelude::*;

use crate::app::ViewProps;
use crate::components::ChartFrame;
use crate::fields::{bare_field, choice};
use crate::project::{Action, Project};

/// An indicator with a baseline and a target year, judged at the assessed level.
struct Row {
    clause: ClauseIndex,
    toward: Toward,
}

fn rows(work: &Work) -> Vec<Row> {
    let clauses = (0..).map(ClauseIndex).zip(work.document.standard.clauses());
    let own = clauses.filter(|(_, clause)| clause.levels.contains(work.draft.level));
    own.filter_map(|(clause, _)| {
        Some(Row { clause, toward: toward_of(&work.document, clause).filter(|toward| Trajectory::of(toward).is_some())? })
    })
    .collect()
}

/// The year that the form is about.
fn assessed_year(work: &Work) -> Option<u16> {
    let figure = work.document.standard.find_figure("assessment_year")?;
    let year = work.assessment.situation().value(figure)?.number()?;
    u16::try_from(year.numerator()).ok().filter(|_| year.is_whole())
}

/// What was reached at the end of a year: typed here, or else in the form if it is about that year.
fn reached(work: &Work, project: &Project, year: u16, figure: FigureIndex) -> Option<Range> {
    let typed = project.years.iter().find(|(other, of, _)| (*other, *of) == (year, figure)).map(|(_, _, text)| text);
    match typed {
        Some(text) => parse_entry(text, work.document.standard.figure(figure)?).ok()??.value.range(),
        None => from_form(work, year, figure),
    }
}

fn from_form(work: &Work, year: u16, figure: FigureIndex) -> Option<Range> {
    let is_about = assessed_year(work) == Some(year);
    is_about.then(|| work.assessment.report().known().range(figure)).flatten()
}

/// The view.
#[component]
pub(crate) fn TimePage(props: &ViewProps) -> Html {
    let (work, project, locale) = (&props.work, &props.project, props.locale);
    let document = &work.document;
    let rows = rows(work);
    let chosen_row = use_state_eq(|| None::<ClauseIndex>);
    let chosen_moment = use_state_eq(|| None::<(u16, u32)>);
    let (Some(first), Some(last)) =
        (rows.iter().map(|row| row.toward.baseline_year).min(), rows.iter().map(|row| row.toward.target_year).max())
    else {
        return html! { <div class="planner"><p class="notice">{ locale.word(key::TIME_NONE) }</p></div> };
    };
    let years: Vec<u16> = (first.saturating_add(1)..=last).collect();
    // The last year with a figure, unless another moment is chosen.
    let has_value = |year: u16| rows.iter().any(|row| reached(work, project, year, row.toward.figure).is_some());
    let latest = years.iter().rev().copied().find(|year| has_value(*year)).or(years.first().copied()).unwrap_or(last);
    let moment = chosen_moment.unwrap_or((latest, QUARTERS));
    let moments: Vec<(String, String)> = years
        .iter()
        .flat_map(|year| (1..=QUARTERS).map(move |quarter| (*year, quarter)))
        .map(|(year, quarter)| {
            let word = if quarter == QUARTERS {
                locale.fill(key::YEAR_END, &[("year", &year.to_string())])
            } else {
                locale.fill(key::QUARTER_END, &[("year", &year.to_string()), ("quarter", &quarter.to_string())])
            };
            (format!("{year}-{quarter}"), word)
        })
        .collect();
    let on_moment = {
        let chosen_moment = chosen_moment.clone();
        Callback::from(move |id: String| {
            let parts = id.split_once('-').and_then(|(year, quarter)| Some((year.parse().ok()?, quarter.parse().ok()?)));
            chosen_moment.set(parts);
        })
    };
    let shown = (*chosen_row).and_then(|clause| rows.iter().find(|row| row.clause == clause)).or(rows.first());
    let on_row = {
        let chosen_row = chosen_row.clone();
        Callback::from(move |id: String| chosen_row.set(id.parse().ok().map(ClauseIndex)))
    };
    let options: Vec<(String, String)> =
        rows.iter().map(|row| (row.clause.0.to_string(), clause_text(locale, document, row.clause))).collect();
    let chart = shown.and_then(|row| {
        let values: Vec<(u16, Exact)> = years
            .iter()
            .filter_map(|year| Some((*year, reached(work, project, *year, row.toward.figure).filter(|value| value.is_point())?.low())))
            .collect();
        Some((row, plan_chart::course(locale, document, &row.toward, &values)?))
    });
    html! {
        <div class="planner time">
            <p class="lead">{ locale.word(key::TIME_INTRO) }</p>
            { matrix(props, &rows, &years) }
            <div class="plan-fields">{ choice("time-at", locale.word(key::TIME_AT), &moments, &format!("{}-{}", moment.0, moment.1), on_moment) }</div>
            { results(props, &rows, moment) }
            if moment.1 != QUARTERS { <p class="muted">{ locale.word(key::YEAR_END_ONLY) }</p> }
            <p class="muted">{ locale.word(key::PROJECTION_ASSUMPTION) }</p>
            { years_side_by_side(props, &rows, &years) }
            if let Some((row, chart)) = chart {
                <div class="plan-fields">{ choice("time-row", locale.word(key::HEAD_INDICATOR), &options, &row.clause.0.to_string(), on_row) }</div>
                <ChartFrame<PlanChart>
                    {chart} title={locale.fill(key::CHART_COURSE, &[("indicator", figure_name(locale, document, row.toward.figure))])} name="course" {locale}
                />
            }
        </div>
    }
}

/// What was reached, year by year.
fn matrix(props: &ViewProps, rows: &[Row], years: &[u16]) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    html! {
        <section class="card">
            <h2>{ locale.word(key::TIME_MATRIX) }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::TIME_MATRIX)}>
                <table class="matrix">
                    <thead><tr>
                        <th scope="col">{ locale.word(key::HEAD_INDICATOR) }</th>
                        <th scope="col">{ locale.word(key::HEAD_BASELINE) }</th>
                        { for years.iter().map(|year| html! { <th scope="col">{ *year }</th> }) }
                        <th scope="col">{ locale.word(key::HEAD_TARGET) }</th>
                    </tr></thead>
                    <tbody>
                        { for rows.iter().filter_map(|row| {
                            let way = way_text(locale, document, &row.toward)?;
                            Some(html! {
                                <tr key={row.clause.0}>
                                    <th scope="row">{ clause_text(locale, document, row.clause) }</th>
                                    <td class="number">{ way.baseline }</td>
                                    { for years.iter().map(|year| year_cell(props, &row.toward, *year)) }
                                    <td class="number">{ way.target }</td>
                                </tr>
                            })
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn year_cell(props: &ViewProps, toward: &Toward, year: u16) -> Html {
    let (work, project, locale) = (&props.work, &props.project, props.locale);
    let document = &work.document;
    if year <= toward.baseline_year || year > toward.target_year {
        return html! { <td class="muted">{ "—" }</td> };
    }
    let figure = toward.figure;
    let text =
        project.years.iter().find(|(other, of, _)| (*other, *of) == (year, figure)).map(|(_, _, text)| Rc::clone(text)).unwrap_or_default();
    let id = format!("year-{}-{year}", figure.0);
    let label = locale.fill(key::TIME_YEAR_VALUE, &[("figure", figure_name(locale, document, figure)), ("year", &year.to_string())]);
    let on_text = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |text: String| dispatch.dispatch(Action::SetYear(year, figure, text.into())))
    };
    let definition = document.standard.figure(figure);
    let problem = definition.and_then(|definition| {
        let entry = parse_entry(&text, definition);
        message(locale, definition.kind, &text, entry.as_ref().map(|entry| *entry))
    });
    let form = from_form(work, year, figure).filter(|_| text.is_empty());
    let problem_id = format!("{id}-message");
    let is_wrong = matches!(problem, Some((Tone::Error, _)));
    html! {
        <td class="year">
            { bare_field(&id, Some(label), &text, is_wrong.then(|| problem_id.clone()), on_text) }
            if let Some((tone, message)) = problem {
                <span id={problem_id} class={classes!("field-message", if tone == Tone::Error { "error" } else { "understood" })}>{ message }</span>
            } else if let Some(value) = form {
                <span class="field-message understood">{ range_text(props, figure, value) }{ " " }{ locale.word(key::TIME_FROM_FORM) }</span>
            }
        </td>
    }
}

/// How every indicator stands at a moment, by both methods.
fn results(props: &ViewProps, rows: &[Row], moment: (u16, u32)) -> Html {
    let (work, project, locale) = (&props.work, &props.project, props.locale);
    let document = &work.document;
    html! {
        <section class="card">
            <h2>{ locale.word(key::TIME_RESULTS) }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::TIME_RESULTS)}>
                <table class="pace">
                    <thead><tr>
                        { for [key::HEAD_INDICATOR, key::LINE_ACTUAL, key::HEAD_DONE, key::HEAD_STEP_YEARLY, key::HEAD_RATE_YEARLY, key::DUE_LINEAR, key::DUE_COMPOUND, key::HEAD_PROJECTED]
                            .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for rows.iter().filter_map(|row| {
                            // A year's figure says nothing about a quarter of it.
                            let value = if moment.1 == QUARTERS { reached(work, project, moment.0, row.toward.figure) } else { None };
                            let way = way_text(locale, document, &row.toward)?;
                            let at = moment_text(locale, document, &row.toward, moment, value);
                            Some(html! {
                                <tr key={row.clause.0} data-clause={document.standard.clause(row.clause).map(|clause| clause.id.clone())}>
                                    <th scope="row">
                                        { clause_text(locale, document, row.clause) }
                                        if at.as_ref().is_some_and(differs) { <span class="tag">{ locale.word(key::METHODS_DIFFER) }</span> }
                                    </th>
                                    <td class="number">{ match value {
                                        Some(value) => range_text(props, row.toward.figure, value),
                                        None if moment.1 == QUARTERS => locale.word(key::MISSING).to_owned(),
                                        None => "—".to_owned(),
                                    } }</td>
                                    <td class="number">{ at.as_ref().and_then(|at| at.attainment.clone()).unwrap_or_else(|| "—".to_owned()) }</td>
                                    <td class="number">{ way.step }</td>
                                    <td class="number">{ way.rate.unwrap_or_else(|| "—".to_owned()) }</td>
                                    { due_cell(props, at.as_ref().and_then(|at| at.linear.as_ref()), "linear") }
                                    { due_cell(props, at.as_ref().and_then(|at| at.compound.as_ref()), "compound") }
                                    <td class="number">{ projected_text(props, at.as_ref()) }</td>
                                </tr>
                            })
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

fn differs(at: &MomentText) -> bool {
    match (&at.linear, &at.compound) {
        (Some((_, Some(linear))), Some((_, Some(compound)))) => linear != compound,
        _ => false,
    }
}

fn range_text(props: &ViewProps, figure: FigureIndex, value: Range) -> String {
    shown_value(props.locale, &props.work.document, figure, Value::from_range(value)).unwrap_or_default()
}

fn due_cell(props: &ViewProps, due: Option<&(String, Option<Truth>)>, method: &'static str) -> Html {
    let locale = props.locale;
    let Some((text, on_track)) = due else { return html! { <td class="number">{ "—" }</td> } };
    let chip = on_track.map(|on_track| {
        let (class, sign, word) = match on_track {
            Truth::Met => ("met", "✓", key::ON_TRACK),
            Truth::NotMet => ("not-met", "✗", key::BEHIND),
            Truth::Unknown => ("unknown", "?", key::POSSIBLY_ON_TRACK),
        };
        html! { <span class={classes!("chip", class)}><span class="sign" aria-hidden="true">{ sign }</span>{ locale.word(word) }</span> }
    });
    html! { <td class="number due" data-method={method}>{ text.clone() }{ " " }{ chip.unwrap_or_default() }</td> }
}

fn projected_text(props: &ViewProps, at: Option<&MomentText>) -> String {
    let Some((linear, compound)) = at.and_then(|at| at.projected.as_ref()) else { return "—".to_owned() };
    match compound {
        Some(compound) => format!("{linear} ({})", props.locale.fill(key::PROJECTED_COMPOUND, &[("value", compound)])),
        None => linear.clone(),
    }
}

/// How many indicators keep up, year by year.
fn years_side_by_side(props: &ViewProps, rows: &[Row], years: &[u16]) -> Html {
    let (work, project, locale) = (&props.work, &props.project, props.locale);
    // For sure: at both ends of what is known.
    let count = |year: u16, holds: &dyn Fn(&Row, &Trajectory, Exact) -> bool| {
        let known =
            rows.iter().filter_map(|row| Some((row, Trajectory::of(&row.toward)?, reached(work, project, year, row.toward.figure)?)));
        known.filter(|(row, way, value)| holds(row, way, value.low()) && holds(row, way, value.high())).count()
    };
    let on_track = |method: Method| {
        move |year: u16| {
            move |_: &Row, way: &Trajectory, value: Exact| {
                way.end_of(year).and_then(|end| way.is_on_track(value, end, method)) == Some(true)
            }
        }
    };
    html! {
        <section class="card">
            <h2>{ locale.word(key::YEARS_SIDE) }</h2>
            <div class="scroll">
                <table class="years-side">
                    <thead><tr>
                        { for [key::HEAD_YEAR, key::HEAD_WITH_VALUE, key::HEAD_ON_TRACK_LINEAR, key::HEAD_ON_TRACK_COMPOUND, key::HEAD_REACHED_TARGET]
                            .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for years.iter().map(|year| html! {
                            <tr>
                                <th scope="row">{ *year }</th>
                                <td class="number">{ format!("{}/{}", count(*year, &|_, _, _| true), rows.len()) }</td>
                                <td class="number">{ count(*year, &on_track(Method::Linear)(*year)) }</td>
                                <td class="number">{ count(*year, &on_track(Method::Compound)(*year)) }</td>
                                <td class="number">{ count(*year, &|row, _, value| row.toward.direction.operator().holds(value, row.toward.target)) }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}
