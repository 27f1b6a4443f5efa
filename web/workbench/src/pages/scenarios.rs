//! Scenarios: some figures changed by slider or by typing, what follows, and everything side by side
//! with the assessment as it is.

use std::rc::Rc;

use dabiao_analysis::function::figure_function;
use dabiao_analysis::goal_seek::{reported_digits, turning_points};
use dabiao_analysis::scenario::{Change, Trial, changed_figures, flips};
use dabiao_core::{ClauseIndex, Exact, FigureIndex, FigureKind, Report, Tally, Value, Verdict, parse_entry};
use dabiao_view::Locale;
use dabiao_view::entry::{Tone, message};
use dabiao_view::number::unit_name;
use dabiao_view::plan_chart::{PlanChart, compared, signed};
use dabiao_view::planning::clause_text;
use dabiao_view::reason::headline;
use dabiao_view::rule_text::{figure_name, shown_value, verdict_word};
use dabiao_view::summary::range;
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::components::verdict_chip;
use dabiao_web::state::Work;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::app::{Dispatch, ViewProps};
use crate::components::ChartFrame;
use crate::fields::{bare_field, text_field};
use crate::project::{Action, MOST_SCENARIOS, Scenario};

/// The most places of a slider; finer values are typed.
const MOST_STEPS: u32 = 2000;

/// The most digits after the point with which a derived figure enters a scenario.
const MOST_START_DIGITS: u32 = 12;

/// What a scenario changes, as far as it is understood.
pub(crate) fn changes(work: &Work, scenario: &Scenario) -> Vec<Change> {
    let understood = |(figure, text): &(FigureIndex, Rc<str>)| {
        let entry = parse_entry(text, work.document.standard.figure(*figure)?).ok()?;
        Some((*figure, entry.map(|entry| entry.value)))
    };
    scenario.changes.iter().filter_map(understood).collect()
}

/// The view.
#[component]
pub(crate) fn ScenariosPage(props: &ViewProps) -> Html {
    let (work, project, locale) = (&props.work, &props.project, props.locale);
    let asking = use_state_eq(|| false);
    let sliders: Rc<Sliders> = {
        let figures =
            project.scenarios.get(project.active).map(|scenario| scenario.changes.iter().map(|(figure, _)| *figure).collect::<Vec<_>>());
        use_memo((Rc::clone(work), figures.unwrap_or_default()), |(work, figures)| Sliders::new(work, figures))
    };
    // Whoever asked is answered where they look: the question takes the focus, and gives it back.
    use_effect_with(*asking, |is_asking| {
        let is_asking = *is_asking;
        if is_asking {
            browser::reveal("adopt-cancel");
        }
        move || {
            if is_asking {
                browser::focus("adopt");
            }
        }
    });
    let trials: Rc<Vec<Report>> = {
        let key = (Rc::clone(work), project.scenarios.clone());
        use_memo(key, |(work, scenarios)| {
            let base = Trial::new(&work.document.standard, work.assessment.situation().clone());
            let judged = |scenario: &Scenario| {
                let mut trial = base.clone();
                trial.apply(&changes(work, scenario));
                trial.report().clone()
            };
            scenarios.iter().map(judged).collect()
        })
    };
    let add = {
        let dispatch = props.dispatch.clone();
        let name = project.free_name(&locale.fill(key::SCENARIO_DEFAULT, &[("number", &(project.scenarios.len() + 1).to_string())]));
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::AddScenario(Scenario { name: name.as_str().into(), changes: Vec::new() }))
        })
    };
    let active = project.scenarios.get(project.active);
    html! {
        <div class="planner scenarios">
            <p class="lead">{ locale.word(key::SCENARIO_INTRO) }</p>
            <div class="scenario-tabs" role="group" aria-label={locale.word(key::VIEW_SCENARIOS)}>
                { for project.scenarios.iter().enumerate().map(|(number, scenario)| {
                    let dispatch = props.dispatch.clone();
                    let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Select(number)));
                    html! {
                        <button type="button" class={classes!("scenario-tab", format!("scenario-{}", number + 1))} aria-pressed={(number == project.active).to_string()} {onclick}>
                            { &*scenario.name }
                        </button>
                    }
                }) }
                if project.scenarios.len() < MOST_SCENARIOS {
                    <button type="button" class="quiet" onclick={add}>{ locale.word(key::SCENARIO_NEW) }</button>
                }
            </div>
            { take_back(props) }
            if let Some(scenario) = active {
                { editor(props, scenario, trials.get(project.active), &asking, &sliders) }
            }
            if !project.scenarios.is_empty() {
                { comparison(locale, work, &project.scenarios, &trials) }
            }
        </div>
    }
}

/// The active scenario: its name, its changes, what becomes of it.
fn editor(props: &ViewProps, scenario: &Scenario, report: Option<&Report>, asking: &UseStateHandle<bool>, sliders: &Sliders) -> Html {
    let locale = props.locale;
    let on_name = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |name: String| dispatch.dispatch(Action::Rename(name.into())))
    };
    let delete = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::DeleteScenario))
    };
    let copy = {
        let name = props.project.free_name(&locale.fill(key::SCENARIO_COPIED, &[("name", &scenario.name)])).into();
        let (dispatch, copied) = (props.dispatch.clone(), Scenario { name, ..scenario.clone() });
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::AddScenario(copied.clone())))
    };
    html! {
        <section class="card scenario-editor">
            <div class="scenario-head">
                { text_field("scenario-name", locale.word(key::SCENARIO_NAME), &scenario.name, None, on_name) }
                <FigurePicker
                    work={Rc::clone(&props.work)} dispatch={props.dispatch.clone()} {locale}
                    taken={scenario.changes.iter().map(|(figure, _)| *figure).collect::<Vec<_>>()}
                />
                <span class="scenario-tools">
                    if props.project.scenarios.len() < MOST_SCENARIOS {
                        <button type="button" class="quiet" onclick={copy}>{ locale.word(key::SCENARIO_COPY) }</button>
                    }
                    <button type="button" class="quiet" onclick={delete}>{ locale.word(key::SCENARIO_DELETE) }</button>
                </span>
            </div>
            if scenario.changes.is_empty() {
                <p class="muted">{ locale.word(key::SCENARIO_NO_CHANGES) }</p>
            }
            <ul class="changes">
                { for scenario.changes.iter().map(|(figure, text)| change_row(props, *figure, text, report, sliders)) }
            </ul>
            if !scenario.changes.is_empty() { { adoption(props, scenario, asking) } }
        </section>
    }
}

/// Writes the scenario into the assessment, after asking.
fn adoption(props: &ViewProps, scenario: &Scenario, asking: &UseStateHandle<bool>) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let set_asking = |value: bool| {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(value))
    };
    let confirm = {
        let (adopt, asking, dispatch) = (props.adopt.clone(), asking.clone(), props.dispatch.clone());
        let entries = scenario.changes.clone();
        let before = scenario.changes.iter().map(|(figure, _)| (*figure, work.draft.text(*figure))).collect();
        let before = Scenario { name: Rc::clone(&scenario.name), changes: before };
        Callback::from(move |_: MouseEvent| {
            adopt.emit(entries.clone());
            dispatch.dispatch(Action::Adopted(Some(before.clone())));
            asking.set(false);
        })
    };
    if **asking {
        let count = scenario.changes.len().to_string();
        return html! {
            <div class="ask" role="alertdialog" aria-label={locale.word(key::SCENARIO_ADOPT)}>
                <p>{ locale.fill(key::SCENARIO_ADOPT_ASK, &[("name", &scenario.name), ("count", &count)]) }</p>
                <ul class="printed">
                    { for scenario.changes.iter().map(|(figure, text)| {
                        let name = figure_name(locale, document, *figure);
                        let line = if text.trim().is_empty() {
                            locale.fill(key::ADOPT_CLEARS, &[("figure", name)])
                        } else {
                            format!("{name}: {} → {}", state_text(locale, work, work.assessment.report(), *figure), typed_text(locale, work, *figure, text))
                        };
                        html! { <li>{ line }</li> }
                    }) }
                </ul>
                <p>
                    <button type="button" class="primary" onclick={confirm}>{ locale.word(key::CONFIRM) }</button>
                    <button type="button" id="adopt-cancel" class="quiet" onclick={set_asking(false)}>{ locale.word(key::CANCEL) }</button>
                </p>
            </div>
        };
    }
    let is_understood = |(figure, text): &(FigureIndex, Rc<str>)| {
        document.standard.figure(*figure).is_some_and(|definition| parse_entry(text, definition).is_ok())
    };
    let is_ready = scenario.changes.iter().all(is_understood);
    html! {
        <p class="adoption">
            <button type="button" id="adopt" class="quiet" disabled={!is_ready} onclick={set_asking(true)}>{ locale.word(key::SCENARIO_ADOPT) }</button>
            if !is_ready { <span class="muted">{ locale.word(key::ADOPT_NOT_UNDERSTOOD) }</span> }
        </p>
    }
}

/// What was done last and can be taken back: a scenario written into the assessment, or deleted.
fn take_back(props: &ViewProps) -> Html {
    let (project, locale) = (&props.project, props.locale);
    let adopted = project.adopted.as_ref().map(|before| {
        let (adopt, dispatch, entries) = (props.adopt.clone(), props.dispatch.clone(), before.changes.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            adopt.emit(entries.clone());
            dispatch.dispatch(Action::Adopted(None));
        });
        html! {
            <p class="notice" role="status">
                { format!("“{}”: ", before.name) }{ locale.word(key::SCENARIO_ADOPTED) }{ " " }
                <button type="button" class="quiet" {onclick}>{ locale.word(key::SCENARIO_UNDO) }</button>
            </p>
        }
    });
    let deleted = project.deleted.as_ref().map(|(_, scenario)| {
        let dispatch = props.dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Restore));
        html! {
            <p class="notice" role="status">
                { locale.fill(key::SCENARIO_DELETED, &[("name", &scenario.name)]) }{ " " }
                <button type="button" class="quiet" {onclick}>{ locale.word(key::UNDO) }</button>
            </p>
        }
    });
    html! { <>{ adopted }{ deleted }</> }
}

/// The value of a figure in a report, in words.
fn state_text(locale: Locale, work: &Work, report: &Report, figure: FigureIndex) -> String {
    let value = report.known().value(figure);
    value.and_then(|value| value_text(locale, work, figure, value)).unwrap_or_else(|| locale.word(key::MISSING).to_owned())
}

/// A typed value in words, or as it was typed.
fn typed_text(locale: Locale, work: &Work, figure: FigureIndex, text: &str) -> String {
    let entry = work.document.standard.figure(figure).and_then(|definition| parse_entry(text, definition).ok().flatten());
    entry.and_then(|entry| value_text(locale, work, figure, entry.value)).unwrap_or_else(|| text.to_owned())
}

#[derive(Clone, PartialEq, Properties)]
struct PickerProps {
    work: Rc<Work>,
    dispatch: Dispatch,
    /// Figures that the scenario changes already.
    taken: Vec<FigureIndex>,
    locale: Locale,
}

/// A field that finds a figure by its name and takes it into the scenario: chosen from the list, or
/// typed and confirmed. A component, so that its long list is left alone while a slider moves.
#[component]
fn FigurePicker(props: &PickerProps) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let trouble = use_state_eq(|| None::<usize>);
    let id = "scenario-figure";
    let names: Rc<Vec<(FigureIndex, String)>> = Rc::new(
        (0..)
            .map(FigureIndex)
            .zip(work.document.standard.figures())
            .filter(|(index, _)| !props.taken.contains(index))
            .map(|(index, _)| (index, figure_name(locale, &work.document, index).to_owned()))
            .filter(|(_, name)| !name.is_empty())
            .collect(),
    );
    let list = format!("{id}-list");
    let take = {
        let (dispatch, work, trouble) = (props.dispatch.clone(), Rc::clone(work), trouble.clone());
        move |input: &HtmlInputElement, figure: FigureIndex| {
            input.set_value("");
            trouble.set(None);
            dispatch.dispatch(Action::Change(figure, Some(start_text(&work, figure).into())));
        }
    };
    let input_of = |target: Option<web_sys::EventTarget>| target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let oninput = {
        let (take, names, trouble) = (take.clone(), Rc::clone(&names), trouble.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = input_of(event.target()) else { return };
            let typed = input.value();
            trouble.set(None);
            let exact = names.iter().find(|(_, name)| *name == typed);
            // A longer name may be on its way.
            let may_go_on = names.iter().any(|(_, name)| name.len() > typed.len() && name.starts_with(&typed));
            let is_chosen = event.input_type() == "insertReplacementText";
            if let Some((figure, _)) = exact.filter(|_| is_chosen || !may_go_on) {
                take(&input, *figure);
            }
        })
    };
    let onkeydown = {
        let (take, names, trouble) = (take, Rc::clone(&names), trouble.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(input) = input_of(event.target()).filter(|_| event.key() == "Enter") else { return };
            let typed = input.value().trim().to_owned();
            let matching: Vec<&(FigureIndex, String)> =
                names.iter().filter(|(_, name)| !typed.is_empty() && name.contains(&typed)).collect();
            let exact = names.iter().find(|(_, name)| *name == typed);
            match (exact, matching.as_slice()) {
                (Some((figure, _)), _) | (None, [(figure, _)]) => take(&input, *figure),
                (None, several) => trouble.set((!typed.is_empty()).then_some(several.len())),
            }
        })
    };
    html! {
        <div class="field plan-field wide">
            <label for={id}>{ locale.word(key::SCENARIO_ADD_FIGURE) }</label>
            <input {id} type="search" list={list.clone()} autocomplete="off" placeholder={locale.word(key::FIND_FIGURE)} {oninput} {onkeydown} />
            <datalist id={list}>{ for names.iter().map(|(_, name)| html! { <option value={name.clone()} /> }) }</datalist>
            if let Some(count) = *trouble {
                <p class="field-message error" role="alert">
                    { if count == 0 { locale.word(key::FIGURE_NO_MATCH).to_owned() } else { locale.fill(key::FIGURE_MATCHES, &[("count", &count.to_string())]) } }
                </p>
            }
        </div>
    }
}

/// What a changed figure starts from: its present value.
fn start_text(work: &Work, figure: FigureIndex) -> String {
    let value = work.assessment.report().known().value(figure);
    let typed = work.draft.text(figure);
    match value {
        // Nothing shall flip because a figure was only looked at: a range as it was typed, a number
        // exactly, and one without an end with as many digits as it takes.
        Some(Value::Between(_)) if !typed.is_empty() => typed.to_string(),
        Some(Value::Number(number)) if number.fraction_digits().is_some() => number.to_string(),
        Some(Value::Number(number)) => {
            let standard = &work.document.standard;
            let mut trial = Trial::new(standard, work.assessment.situation().clone());
            let mut flips_nothing = |text: &String| {
                let rounded = text.parse().ok().map(Value::Number);
                trial.set(figure, rounded);
                flips(work.assessment.report(), trial.report()).is_empty()
            };
            let texts = (digits_of(work, figure)..=MOST_START_DIGITS).filter_map(|digits| number.rounded(digits));
            texts.into_iter().find(|text| flips_nothing(text)).unwrap_or_default()
        }
        Some(Value::Between(range)) => format!("{}-{}", range.low(), range.high()),
        Some(Value::YesNo(answer)) => if answer { "no" } else { "yes" }.to_owned(),
        None if work.document.standard.figure(figure).is_some_and(|figure| figure.kind == FigureKind::YesNo) => "yes".to_owned(),
        None => String::new(),
    }
}

fn present(work: &Work, figure: FigureIndex) -> Option<Exact> {
    work.assessment.report().known().number(figure)
}

fn digits_of(work: &Work, figure: FigureIndex) -> u32 {
    work.document.standard.figure(figure).map_or(0, |definition| reported_digits(definition.kind, present(work, figure)))
}

/// One changed figure: slider, typed value, reset, and what follows from it.
fn change_row(props: &ViewProps, figure: FigureIndex, text: &Rc<str>, report: Option<&Report>, sliders: &Sliders) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let Some(definition) = document.standard.figure(figure) else { return Html::default() };
    let name = figure_name(locale, document, figure);
    let before = work.assessment.report().known().value(figure);
    let shown_before =
        before.and_then(|value| value_text(locale, work, figure, value)).unwrap_or_else(|| locale.word(key::MISSING).to_owned());
    let entry = parse_entry(text, definition);
    let problem = message(locale, definition.kind, text, entry.as_ref().map(|entry| *entry));
    let reset = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Change(figure, None)))
    };
    let id = format!("change-{}", figure.0);
    html! {
        <li class="change" key={figure.0} data-figure={definition.id.clone()}>
            <div class="change-name">
                <strong>{ name.to_owned() }</strong>
                <span class="muted">{ format!("{} {shown_before}", locale.word(key::PRESENT)) }</span>
            </div>
            <div class="change-input">
                { match definition.kind {
                    FigureKind::YesNo => yes_no(props, figure, text),
                    FigureKind::Number { unit, .. } => html! {
                        <>
                            // A range, a gap or a mistake has no place on a slider.
                            { entry.as_ref().ok().copied().flatten().and_then(|entry| entry.value.number()).map(|value| slider(props, figure, &id, name, value, sliders)).unwrap_or_default() }
                            { bare_field(&format!("{id}-text"), Some(name.to_owned()), text, None, on_change(&props.dispatch, figure)) }
                            <span class="unit">{ unit_name(locale, unit) }</span>
                        </>
                    },
                } }
                <button type="button" class="quiet" onclick={reset}>{ locale.word(key::RESET) }</button>
            </div>
            if let Some((tone, text)) = problem {
                <p class={classes!("field-message", if tone == Tone::Error { "error" } else { "understood" })}>{ text }</p>
            }
            if let Some(report) = report { { chain(props, figure, report, sliders) } }
        </li>
    }
}

fn on_change(dispatch: &Dispatch, figure: FigureIndex) -> Callback<String> {
    let dispatch = dispatch.clone();
    Callback::from(move |text: String| dispatch.dispatch(Action::Change(figure, Some(text.into()))))
}

fn value_text(locale: Locale, work: &Work, figure: FigureIndex, value: Value) -> Option<String> {
    match value {
        Value::YesNo(answer) => Some(locale.word(if answer { key::ANSWER_YES } else { key::ANSWER_NO }).to_owned()),
        value => shown_value(locale, &work.document, figure, value),
    }
}

fn yes_no(props: &ViewProps, figure: FigureIndex, text: &str) -> Html {
    let locale = props.locale;
    let button = |answer: &'static str, word| {
        let dispatch = props.dispatch.clone();
        let onclick = Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::Change(figure, Some(answer.into()))));
        html! { <button type="button" class={answer} aria-pressed={(text == answer).to_string()} {onclick}>{ locale.word(word) }</button> }
    };
    html! {
        <span class="yes-no-buttons" role="group" aria-label={figure_name(locale, &props.work.document, figure).to_owned()}>
            { button("yes", key::ANSWER_YES) }{ button("no", key::ANSWER_NO) }
        </span>
    }
}

/// The ends and the step of a slider.
struct Bounds {
    low: Exact,
    high: Exact,
    step: Exact,
}

/// The sliders of the changed figures and of what follows from them.
struct Sliders(Vec<(FigureIndex, Bounds)>);

impl Sliders {
    fn new(work: &Work, figures: &[FigureIndex]) -> Self {
        let trial = Trial::new(&work.document.standard, work.assessment.situation().clone());
        let following = |figure: &FigureIndex| {
            work.document.standard.dependents(*figure).map(|dependents| dependents.figures.clone()).unwrap_or_default()
        };
        let mut all: Vec<FigureIndex> = figures.iter().flat_map(|figure| std::iter::once(*figure).chain(following(figure))).collect();
        all.sort_unstable();
        all.dedup();
        Self(all.into_iter().filter_map(|figure| Some((figure, bounds(work, &trial, figure)?))).collect())
    }

    fn get(&self, figure: FigureIndex) -> Option<&Bounds> {
        self.0.iter().find(|(other, _)| *other == figure).map(|(_, bounds)| bounds)
    }
}

/// From nothing (or the least that makes sense) to twice the largest of the present value and the
/// thresholds (or the most that makes sense).
fn bounds(work: &Work, trial: &Trial<'_>, figure: FigureIndex) -> Option<Bounds> {
    let standard = &work.document.standard;
    let definition = standard.figure(figure)?;
    let FigureKind::Number { min, max, .. } = definition.kind else { return None };
    let points = standard.dependents(figure).and_then(|dependents| turning_points(trial, figure, &dependents.clauses)).unwrap_or_default();
    let values = || points.iter().copied().chain(present(work, figure));
    let low = min.unwrap_or_else(|| values().min().unwrap_or(Exact::ZERO).min(Exact::ZERO));
    let largest = values().max().unwrap_or(Exact::ONE).max(Exact::ONE);
    let high = max.unwrap_or(largest.times(Exact::from(2_u32)).ok()?.ceiling()).max(low.plus(Exact::ONE).ok()?);
    let mut step = Exact::ONE.over(Exact::from(10_u32).power(digits_of(work, figure)).ok()?).ok()?;
    while high.minus(low).ok()?.over(step).ok()? > Exact::from(MOST_STEPS) {
        step = step.times(Exact::from(10_u32)).ok()?;
    }
    Some(Bounds { low, high, step })
}

fn range_input(id: &str, label: String, bounds: &Bounds, value: Exact, text: String, on_value: Callback<Exact>) -> Html {
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(value) = input.and_then(|input| input.value().parse().ok()) {
            on_value.emit(value);
        }
    });
    let decimal =
        |value: Exact| value.fraction_digits().and_then(|digits| value.rounded(digits)).or_else(|| value.rounded(6)).unwrap_or_default();
    html! {
        <input
            type="range" id={id.to_owned()} class="slider" aria-label={label} aria-valuetext={text} min={decimal(bounds.low)} max={decimal(bounds.high)}
            step={decimal(bounds.step)} value={decimal(value.max(bounds.low).min(bounds.high))} {oninput}
        />
    }
}

fn slider(props: &ViewProps, figure: FigureIndex, id: &str, name: &str, value: Exact, sliders: &Sliders) -> Html {
    let Some(bounds) = sliders.get(figure) else { return Html::default() };
    let label = props.locale.fill(key::SLIDER_OF, &[("figure", name)]);
    let text = value_text(props.locale, &props.work, figure, Value::Number(value)).unwrap_or_default();
    let on_value = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |value: Exact| dispatch.dispatch(Action::Change(figure, Some(value.to_string().into()))))
    };
    range_input(id, label, bounds, value, text, on_value)
}

/// What follows from a changed figure: each derived figure before and after, with a slider of its own
/// that moves the changed one.
fn chain(props: &ViewProps, figure: FigureIndex, after: &Report, sliders: &Sliders) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let before = work.assessment.report();
    let changed = changed_figures(before, after);
    let dependents = work.document.standard.dependents(figure).map(|dependents| dependents.figures.as_slice()).unwrap_or_default();
    let derived: Vec<FigureIndex> = dependents.iter().copied().filter(|derived| *derived != figure && changed.contains(derived)).collect();
    if derived.is_empty() {
        return Html::default();
    }
    let text = |report: &Report, figure: FigureIndex| state_text(locale, work, report, figure);
    html! {
        <div class="chain">
            <span class="muted">{ locale.word(key::CHAIN) }</span>
            <ul>
                { for derived.into_iter().map(|derived| html! {
                    <li>
                        <span>{ figure_name(locale, &work.document, derived).to_owned() }</span>
                        <span class="chain-values">{ format!("{} → {}", text(before, derived), text(after, derived)) }</span>
                        { result_slider(props, figure, derived, after, sliders) }
                    </li>
                }) }
            </ul>
        </div>
    }
}

/// Drags a result where it is one figure's: the figure follows.
fn result_slider(props: &ViewProps, figure: FigureIndex, result: FigureIndex, after: &Report, sliders: &Sliders) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let standard = &work.document.standard;
    let value = after.known().number(result);
    let function = figure_function(standard, after, result, figure);
    let (Some(value), Some(function), Some(bounds)) = (value, function, sliders.get(result)) else { return Html::default() };
    let label = format!("{}: {}", locale.word(key::DRAG_RESULT), figure_name(locale, &work.document, result));
    let text = value_text(locale, work, result, Value::Number(value)).unwrap_or_default();
    let digits = digits_of(work, figure);
    let on_value = {
        let dispatch = props.dispatch.clone();
        let kind = standard.figure(figure).map(|definition| definition.kind);
        Callback::from(move |wanted: Exact| {
            let fits = |value: &Exact| match kind {
                Some(FigureKind::Number { min, max, .. }) => min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max),
                _ => false,
            };
            // Of a crossing and a pole, the one that gives the result.
            let found = function.crossings(wanted).into_iter().find(|value| function.at(*value) == Some(wanted) && fits(value));
            if let Some(text) = found.and_then(|value| value.rounded(digits)) {
                dispatch.dispatch(Action::Change(figure, Some(text.into())));
            }
        })
    };
    html! {
        <span class="result-slider">
            <span class="muted" aria-hidden="true">{ locale.word(key::DRAG_RESULT) }</span>
            { range_input(&format!("result-{}-{}", figure.0, result.0), label, bounds, value, text, on_value) }
        </span>
    }
}

/// Totals, flipped clauses and the chart, with the present first.
fn comparison(locale: Locale, work: &Work, scenarios: &[Scenario], trials: &[Report]) -> Html {
    let base = work.assessment.report();
    let names: Vec<String> =
        std::iter::once(locale.word(key::PRESENT).to_owned()).chain(scenarios.iter().map(|scenario| scenario.name.to_string())).collect();
    let reports: Vec<&Report> = std::iter::once(base).chain(trials).collect();
    let series: Vec<(String, &Report)> = names.iter().cloned().zip(reports.iter().copied()).collect();
    let chart = compared(locale, &work.document, &series);
    let mut flipped: Vec<ClauseIndex> = trials.iter().flat_map(|report| flips(base, report)).map(|flip| flip.clause).collect();
    flipped.sort_unstable();
    flipped.dedup();
    let mut moved: Vec<FigureIndex> = scenarios.iter().flat_map(|scenario| &scenario.changes).map(|(figure, _)| *figure).collect();
    moved.sort_unstable();
    moved.dedup();
    let heads = || names.iter().map(|name| html! { <th scope="col">{ name.clone() }</th> });
    let count_row = |verdict: Verdict| {
        let cells = reports.iter().enumerate().map(|(index, report)| {
            let (count, present) = (report.total.count(verdict), base.total.count(verdict));
            let change = i32::try_from(count).unwrap_or_default() - i32::try_from(present).unwrap_or_default();
            html! { <td>{ count }if index > 0 && change != 0 { <span class="delta">{ signed(change) }</span> }</td> }
        });
        html! { <tr><th scope="row">{ locale.word(verdict_word(verdict)) }</th>{ for cells }</tr> }
    };
    let text_row = |word, text: &dyn Fn(Tally) -> String| {
        html! { <tr><th scope="row">{ locale.word(word) }</th>{ for reports.iter().map(|report| html! { <td>{ text(report.total) }</td> }) }</tr> }
    };
    html! {
        <>
            <section class="card">
                <h2>{ locale.word(key::COMPARE_TITLE) }</h2>
                <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::COMPARE_TITLE)}>
                    <table class="compare">
                        <thead><tr><th scope="col">{ locale.word(key::HEAD_TOTAL) }</th>{ for heads() }</tr></thead>
                        <tbody>
                            { for [Verdict::Met, Verdict::NotMet, Verdict::Unknown].into_iter().map(count_row) }
                            { text_row(key::HEAD_RANGE, &range) }
                            { text_row(key::HEAD_KNOWN, &|tally| tally.known().map_or_else(|| "—".to_owned(), dabiao_view::number::share)) }
                        </tbody>
                    </table>
                </div>
                <h3>{ locale.word(key::CHANGED_FIGURES) }</h3>
                <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::CHANGED_FIGURES)}>
                    <table class="compare inputs">
                        <thead><tr><th scope="col">{ locale.word(key::HEAD_FIGURE) }</th>{ for heads() }</tr></thead>
                        <tbody>
                            { for moved.iter().map(|figure| html! {
                                <tr>
                                    <th scope="row">{ figure_name(locale, &work.document, *figure).to_owned() }</th>
                                    <td>{ state_text(locale, work, base, *figure) }</td>
                                    { for scenarios.iter().map(|scenario| {
                                        let typed = scenario.changes.iter().find(|(other, _)| other == figure);
                                        html! { <td>{ typed.map_or_else(|| "—".to_owned(), |(_, text)| typed_text(locale, work, *figure, text)) }</td> }
                                    }) }
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
                <h3>{ locale.word(key::COMPARE_FLIPS) }</h3>
                if flipped.is_empty() {
                    <p class="muted">{ locale.word(key::COMPARE_NO_FLIPS) }</p>
                } else {
                    <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::COMPARE_FLIPS)}>
                        <table class="compare flips">
                            <thead><tr><th scope="col">{ locale.word(key::HEAD_CLAUSE) }</th>{ for heads() }</tr></thead>
                            <tbody>{ for flipped.iter().map(|clause| flip_row(locale, work, *clause, &reports)) }</tbody>
                        </table>
                    </div>
                }
            </section>
            if !chart.is_empty() {
                <ChartFrame<PlanChart> {chart} title={locale.word(key::CHART_COMPARED)} name="scenarios" {locale} />
            }
        </>
    }
}

fn flip_row(locale: Locale, work: &Work, clause: ClauseIndex, reports: &[&Report]) -> Html {
    let cells = reports.iter().map(|report| {
        let result = report.clauses.get(clause.0 as usize);
        result.map_or_else(Html::default, |result| {
            html! { <td>{ verdict_chip(locale, result.verdict) }<span class="muted">{ headline(locale, &work.document, result) }</span></td> }
        })
    });
    html! { <tr><th scope="row">{ clause_text(locale, &work.document, clause) }</th>{ for cells }</tr> }
}
