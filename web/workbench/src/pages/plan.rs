//! The cheapest plan: goal and limits, measures, the search in a worker, and what it found.

use std::cell::RefCell;
use std::rc::Rc;

use dabiao_analysis::plan::{Effort, Plan, Problem, Proof, Quarter, Slot, review};
use dabiao_core::{ClauseIndex, DepartmentIndex, FigureIndex, FigureKind, GroupIndex, Unit};
use dabiao_view::outline::outline;
use dabiao_view::planning::{clause_text, department_text, effort_text, measure_text, money_text, quarter_text};
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::{Word, key};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, HtmlInputElement, MessageEvent, Worker};
use yew::prelude::*;

use crate::app::{Dispatch, View, ViewProps};
use crate::fields::{PLAIN, amount_message, bare_choice, bare_field, choice, quarter_options, quarter_value, text_field};
use crate::planned::{Solved, basis, measure_name, sentences};
use crate::project::{
    Action, CostDraft, EffectKind, GoalDraft, MOST_SCENARIOS, MeasureDraft, PlanDraft, Scenario, Wanted, effect_of, read_quarter,
};
use crate::solving::{Obstacles, Reply, effect_of_draft, error_text, first_quarter, pose, question, read_reply};

/// How many quarters are offered.
const QUARTERS_OFFERED: u32 = 24;

/// Where the search is.
#[derive(Clone, Debug, PartialEq)]
enum Search {
    Idle,
    Running {
        nodes: u64,
        found: bool,
    },
    /// The reply, and the [`basis`] that it answers for.
    Done(Reply, Rc<str>),
    Cancelled,
    Failed(String),
}

/// The worker with what listens to it; ends when it is dropped.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = dabiaoParts, js_name = worker)]
    fn new_worker() -> Result<Worker, JsValue>;
}

/// The view.
#[component]
pub(crate) fn PlanPage(props: &ViewProps) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let plan = &props.project.plan;
    let basis_now = basis(work, plan);
    let search = use_state_eq(|| {
        let found = props.project.solved.as_ref().and_then(|solved| solved.reply_for(&basis_now));
        found.map_or(Search::Idle, |reply| Search::Done(reply, Rc::clone(&basis_now)))
    });
    let running = use_mut_ref(|| None::<Running>);
    let added = use_state_eq(|| None::<String>);
    let edit = Editor::new(props);
    let posed = pose(locale, work, plan);
    let start = {
        let added = added.clone();
        let (search, running, work, plan, packed) =
            (search.clone(), Rc::clone(&running), Rc::clone(work), plan.clone(), Rc::clone(&props.packed));
        let (basis, dispatch) = (Rc::clone(&basis_now), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            added.set(None);
            let result = start_search(&search, &packed, &question(locale, &work, &plan), &basis, &dispatch);
            match result {
                Ok(worker) => {
                    *running.borrow_mut() = Some(worker);
                    search.set(Search::Running { nodes: 0, found: false });
                }
                Err(error) => search.set(Search::Failed(dabiao_web::browser::error_text(&error))),
            }
        })
    };
    let cancel = {
        let (search, running) = (search.clone(), Rc::clone(&running));
        Callback::from(move |_: MouseEvent| {
            running.borrow_mut().take();
            search.set(Search::Cancelled);
        })
    };
    {
        // Whoever leaves the view leaves the search.
        let running: Rc<RefCell<Option<Running>>> = Rc::clone(&running);
        use_effect_with((), move |()| move || drop(running.borrow_mut().take()));
    }
    let is_running = matches!(*search, Search::Running { .. });
    html! {
        <div class="planner plan">
            <p class="lead">{ locale.word(key::PLAN_INTRO) }</p>
            <section class="card">
                <h2>{ locale.word(key::PLAN_GOAL) }</h2>
                { goal_fields(props, &plan.goal, &edit) }
                <div class="solve">
                    <button type="button" class="primary" onclick={start} disabled={is_running || posed.is_err()}>{ locale.word(key::SOLVE) }</button>
                    if is_running { <button type="button" class="quiet" onclick={cancel}>{ locale.word(key::SOLVE_CANCEL) }</button> }
                    <span role="status" class="muted">{ search_text(props, &search) }</span>
                </div>
                if let Err(problem) = &posed { <p class="field-message error" role="alert">{ problem.clone() }</p> }
            </section>
            if let (Search::Done(reply, asked), Ok(problem)) = (&*search, &posed) {
                { if **asked == *basis_now {
                    outcome(props, reply, problem, &added)
                } else {
                    html! { <p class="notice" role="status">{ locale.word(key::PLAN_STALE) }</p> }
                } }
            }
            <Measures ..props.clone() />
        </div>
    }
}

/// Changes the plan.
#[derive(Clone)]
struct Editor(Rc<dyn Fn(PlanChange)>);

type PlanChange = Box<dyn FnOnce(&mut PlanDraft)>;

impl Editor {
    fn new(props: &ViewProps) -> Self {
        let (dispatch, plan) = (props.dispatch.clone(), props.project.plan.clone());
        Self(Rc::new(move |change: PlanChange| {
            let mut next = plan.clone();
            change(&mut next);
            dispatch.dispatch(Action::SetPlan(Box::new(next)));
        }))
    }

    /// A callback that changes the plan by what it is given.
    fn on<T: 'static>(&self, change: impl Fn(&mut PlanDraft, T) + Clone + 'static) -> Callback<T> {
        let editor = self.clone();
        Callback::from(move |value: T| {
            let change = change.clone();
            (editor.0)(Box::new(move |plan| change(plan, value)));
        })
    }

    /// The same for one measure.
    fn on_measure<T: 'static>(&self, number: usize, change: impl Fn(&mut MeasureDraft, T) + Clone + 'static) -> Callback<T> {
        self.on(move |plan, value| {
            if let Some(measure) = plan.measures.get_mut(number) {
                change(measure, value);
            }
        })
    }
}

/// Starts a worker with a question.
fn start_search(
    search: &UseStateHandle<Search>,
    packed: &[u8],
    question: &str,
    basis: &Rc<str>,
    dispatch: &Dispatch,
) -> Result<Running, JsValue> {
    let worker = new_worker()?;
    let on_message = {
        let (search, basis, dispatch) = (search.clone(), Rc::clone(basis), dispatch.clone());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let field = |name: &str| Reflect::get(&event.data(), &name.into()).unwrap_or_default();
            search.set(match field("answer").as_string() {
                Some(answer) => {
                    let reply = read_reply(&answer);
                    if matches!(reply, Reply::Plan { .. }) {
                        dispatch.dispatch(Action::Solved(Solved { basis: Rc::clone(&basis), reply: answer.into() }));
                    }
                    Search::Done(reply, Rc::clone(&basis))
                }
                None => match field("problem").as_string() {
                    Some(problem) => Search::Failed(problem),
                    None => Search::Running { nodes: whole(&field("nodes")), found: field("found").is_truthy() },
                },
            });
        })
    };
    let on_error = {
        let search = search.clone();
        Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| search.set(Search::Failed(event.message())))
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let message = Object::new();
    Reflect::set(&message, &"packed".into(), &Uint8Array::from(packed))?;
    Reflect::set(&message, &"question".into(), &question.into())?;
    worker.post_message(&message)?;
    Ok(Running { worker, _on_message: on_message, _on_error: on_error })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of positions, for people")]
fn whole(number: &JsValue) -> u64 {
    number.as_f64().unwrap_or_default().max(0.0) as u64
}

fn search_text(props: &ViewProps, search: &Search) -> String {
    let locale = props.locale;
    match search {
        Search::Idle | Search::Done(..) => String::new(),
        Search::Running { nodes, found } => {
            let text = locale.fill(key::SOLVING, &[("nodes", &nodes.to_string())]);
            if *found { format!("{text}{}", locale.word(key::SOLVING_FOUND)) } else { text }
        }
        Search::Cancelled => locale.word(key::SOLVE_CANCELLED).to_owned(),
        Search::Failed(problem) => locale.fill(key::SOLVE_FAILED, &[("problem", problem)]),
    }
}

/// What the search found, judged anew.
fn outcome(props: &ViewProps, reply: &Reply, problem: &Problem<'_>, added: &UseStateHandle<Option<String>>) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let refused = |text: String| html! { <p class="notice error" role="alert">{ text }</p> };
    match reply {
        Reply::Refused(text) => refused(text.clone()),
        Reply::Stopped => html! { <p class="notice" role="status">{ locale.word(key::PLAN_STOPPED_NONE) }</p> },
        Reply::OutOfReach(obstacles) => out_of_reach(props, obstacles),
        Reply::Plan { chosen, proof, nodes } => match review(problem, chosen, *proof, *nodes) {
            Ok(Some(plan)) => found(props, problem, &plan, added),
            // Cannot be: the same core judged it in the worker.
            Ok(None) => refused(locale.fill(key::SOLVE_FAILED, &[("problem", locale.word(key::PLAN_STALE))])),
            Err(error) => refused(error_text(locale, &work.document, problem, error)),
        },
    }
}

fn out_of_reach(props: &ViewProps, obstacles: &Obstacles) -> Html {
    let locale = props.locale;
    let list = |word: Word, texts: &[String]| {
        html! {
            if !texts.is_empty() {
                <div><h3>{ locale.word(word) }</h3><ul class="printed">{ for texts.iter().map(|text| html! { <li>{ text.clone() }</li> }) }</ul></div>
            }
        }
    };
    html! {
        <section class="card out-of-reach" role="status">
            <h2>{ locale.word(key::PLAN_OUT_OF_REACH) }</h2>
            if let Some(most) = &obstacles.most_met { <p>{ most.clone() }</p> }
            { list(key::PLAN_RELAX, &obstacles.relaxations) }
            { list(key::PLAN_CONFLICT, &obstacles.conflict) }
            { list(key::PLAN_HOPELESS, &obstacles.hopeless) }
            if !obstacles.is_proved { <p class="muted">{ locale.word(key::PLAN_NOT_PROVED) }</p> }
        </section>
    }
}

/// The measures that a problem is made of, in its order.
fn used(plan: &PlanDraft) -> impl Iterator<Item = &MeasureDraft> {
    plan.measures.iter().filter(|measure| measure.is_used)
}

fn found(props: &ViewProps, problem: &Problem<'_>, plan: &Plan, added: &UseStateHandle<Option<String>>) -> Html {
    let (work, locale) = (&props.work, props.locale);
    if plan.chosen.is_empty() {
        return html! { <section class="card" role="status"><h2>{ locale.word(key::PLAN_NOTHING) }</h2></section> };
    }
    let [headline, proof] = sentences(locale, work.assessment.report().total, props.project.plan.goal.wanted, plan);
    let to_scenario = {
        let (dispatch, changes) = (props.dispatch.clone(), plan.changes.clone());
        let (name, added) = (props.project.free_name(locale.word(key::VIEW_PLAN)), added.clone());
        Callback::from(move |_: MouseEvent| {
            let changes = changes.iter().filter_map(|(figure, value)| {
                let text: Rc<str> = match (*value)? {
                    dabiao_core::Value::YesNo(answer) => if answer { "yes" } else { "no" }.into(),
                    value => value.number()?.to_string().into(),
                };
                Some((*figure, text))
            });
            dispatch.dispatch(Action::AddScenario(Scenario { name: name.as_str().into(), changes: changes.collect() }));
            added.set(Some(name.clone()));
        })
    };
    let assumed =
        plan.chosen.iter().filter(|number| used(&props.project.plan).nth(**number).is_some_and(|measure| measure.class.is_some())).count();
    let is_full = props.project.scenarios.len() >= MOST_SCENARIOS;
    html! {
        <>
            <section class="card plan-found" role="status" data-met={plan.report.total.met.to_string()}>
                <h2>{ headline }</h2>
                <p><strong class={if plan.proof == Proof::Optimal { "proved" } else { "unproved" }}>{ proof }</strong>{ " " }{ locale.word(key::PLAN_RESCORED) }</p>
                if assumed > 0 { <p><span class="badge invented">{ locale.fill(key::PLAN_BASIS, &[("count", &assumed.to_string())]) }</span></p> }
                <p class="adoption">
                    <button type="button" class="quiet" onclick={to_scenario} disabled={is_full}>{ locale.word(key::PLAN_TO_SCENARIO) }</button>
                    if let Some(name) = &**added {
                        <span role="status">{ locale.fill(key::PUT_INTO, &[("name", name)]) }{ " " }<a href={View::Scenarios.href(&work.id)}>{ locale.word(key::GO_LOOK) }</a></span>
                    } else if is_full {
                        <span class="muted">{ locale.word(key::SCENARIO_FULL) }</span>
                    }
                </p>
            </section>
            { ladder(props, problem, plan) }
            { timetable(props, problem, plan) }
        </>
    }
}

/// Step by step: what each measure adds.
fn ladder(props: &ViewProps, problem: &Problem<'_>, plan: &Plan) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let by_effort = props.project.plan.goal.wanted == Wanted::LeastEffort;
    html! {
        <section class="card">
            <h2>{ locale.word(key::LADDER_TITLE) }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::LADDER_TITLE)}>
                <table class="ladder">
                    <thead><tr>
                        { for [key::HEAD_STEP, key::HEAD_MEASURE, key::HEAD_GAINED, key::HEAD_MET_TOTAL, key::HEAD_SUM].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for plan.ladder.iter().zip(1_usize..).map(|(rung, step)| {
                            let gained: Vec<String> = rung.gained.iter().map(|clause| clause_text(locale, &work.document, *clause)).collect();
                            html! {
                                <tr>
                                    <td class="number">{ step }</td>
                                    <th scope="row">{ measure_name(locale, work, problem, rung.measure) }</th>
                                    <td><strong>{ format!("+{}", rung.gained.len()) }</strong>{ " " }<span class="muted">{ locale.list(&gained) }</span></td>
                                    <td class="number">{ rung.met }</td>
                                    <td class="number">{ if by_effort { effort_text(locale, rung.effort) } else { money_text(locale, rung.money) } }</td>
                                </tr>
                            }
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// When what is done by whom: a row per department, a column per quarter.
fn timetable(props: &ViewProps, problem: &Problem<'_>, plan: &Plan) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let (Some(first), Some(last)) =
        (plan.timetable.iter().map(|slot| slot.begin).min(), plan.timetable.iter().map(|slot| slot.finish).max())
    else {
        return Html::default();
    };
    let quarters: Vec<Quarter> = (0..).map(|later| first.later(later)).take_while(|quarter| *quarter <= last).collect();
    let department = |slot: &Slot| problem.measures.get(slot.measure).and_then(|measure| measure.department);
    let mut departments: Vec<Option<DepartmentIndex>> = plan.timetable.iter().map(department).collect();
    departments.sort_unstable();
    departments.dedup();
    let rows = departments.iter().flat_map(|owner| {
        let theirs: Vec<&Slot> = plan.timetable.iter().filter(|slot| department(slot) == *owner).collect();
        let span = theirs.len();
        let owner = department_text(locale, &work.document, *owner);
        theirs.into_iter().enumerate().map(move |(index, slot)| (index, span, owner.clone(), *slot)).collect::<Vec<_>>()
    });
    html! {
        <section class="card">
            <h2>{ locale.word(key::TIMETABLE_TITLE) }</h2>
            <p class="muted">{ locale.word(key::TIMETABLE_ASSUMES) }</p>
            <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::TIMETABLE_TITLE)}>
                <table class="timetable">
                    <thead><tr>
                        <th scope="col">{ locale.word(key::HEAD_DEPARTMENT) }</th>
                        <th scope="col">{ locale.word(key::HEAD_MEASURE) }</th>
                        { for quarters.iter().map(|quarter| html! { <th scope="col" class="quarter">{ quarter_text(locale, *quarter) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for rows.map(|(index, span, owner, slot)| html! {
                            <tr>
                                if index == 0 { <th scope="rowgroup" rowspan={span.to_string()}>{ owner }</th> }
                                <td>{ measure_name(locale, work, problem, slot.measure) }</td>
                                { for quarters.iter().map(|quarter| {
                                    let is_busy = (slot.begin..=slot.finish).contains(quarter);
                                    html! {
                                        <td class={classes!("quarter", is_busy.then_some("busy"))}>
                                            if *quarter == slot.finish { <span aria-label={locale.word(key::ANSWER_YES)}>{ "●" }</span> } else if is_busy { { "─" } }
                                        </td>
                                    }
                                }) }
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// Objective and limits.
fn goal_fields(props: &ViewProps, goal: &GoalDraft, edit: &Editor) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let wanted = [
        (Wanted::LeastMoney, "money", key::OBJECTIVE_MONEY),
        (Wanted::LeastEffort, "effort", key::OBJECTIVE_EFFORT),
        (Wanted::MostMet, "met", key::OBJECTIVE_MET),
    ];
    let options = wanted.map(|(_, id, word)| (id.to_owned(), locale.word(word).to_owned()));
    let chosen = wanted.iter().find(|(other, ..)| *other == goal.wanted).map_or("money", |(_, id, _)| *id);
    let on_wanted = edit.on(move |plan, id: String| {
        plan.goal.wanted = wanted.iter().find(|(_, other, _)| *other == id).map_or(Wanted::LeastMoney, |(wanted, ..)| *wanted);
    });
    let amount = |id: &str, word: Word, text: &str, unit: Unit, change: fn(&mut GoalDraft, Rc<str>)| {
        text_field(
            id,
            locale.word(word),
            text,
            amount_message(locale, text, unit),
            edit.on(move |plan, text: String| change(&mut plan.goal, text.into())),
        )
    };
    let first = first_quarter(work);
    let starts = quarter_options(locale, first, QUARTERS_OFFERED);
    let start = goal.start.unwrap_or(first);
    let deadlines: Vec<(String, String)> = std::iter::once((String::new(), locale.word(key::NO_DEADLINE).to_owned()))
        .chain(quarter_options(locale, first, QUARTERS_OFFERED))
        .collect();
    let floors_set = goal.floors.iter().filter(|(_, text)| !text.trim().is_empty()).count()
        + goal.must.len()
        + usize::from(!goal.department.trim().is_empty());
    html! {
        <>
            <div class="plan-fields">
                { choice("plan-wanted", locale.word(key::OBJECTIVE), &options, chosen, on_wanted) }
                { amount("plan-least-met", key::LIMIT_LEAST_MET, &goal.least_met, Unit::Item, |goal, text| goal.least_met = text) }
                { amount("plan-least-share", key::LIMIT_LEAST_SHARE, &goal.least_share, Unit::Percent, |goal, text| goal.least_share = text) }
                { amount("plan-money", key::LIMIT_MONEY, &goal.money, Unit::WanYuan, |goal, text| goal.money = text) }
                { amount("plan-effort", key::LIMIT_EFFORT, &goal.effort, PLAIN, |goal, text| goal.effort = text) }
                { choice("plan-start", locale.word(key::LIMIT_START), &starts, &quarter_value(start), edit.on(|plan, id: String| plan.goal.start = read_quarter(&id))) }
                { choice("plan-deadline", locale.word(key::LIMIT_DEADLINE), &deadlines, &goal.deadline.map(quarter_value).unwrap_or_default(), edit.on(|plan, id: String| plan.goal.deadline = read_quarter(&id))) }
            </div>
            <details class="more-limits" open={floors_set > 0}>
                <summary>{ locale.word(key::MORE_LIMITS) }</summary>
                <div class="plan-fields">
                    { amount("plan-department", key::LIMIT_DEPARTMENT, &goal.department, Unit::Item, |goal, text| goal.department = text) }
                </div>
                { floors(props, goal, edit) }
                { must_have(props, goal, edit) }
            </details>
        </>
    }
}

fn floors(props: &ViewProps, goal: &GoalDraft, edit: &Editor) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let report = work.assessment.report();
    let groups = outline(&work.document.standard).into_iter().filter_map(|index| {
        let tally = report.groups.get(index.0 as usize).filter(|tally| tally.applicable() > 0)?;
        Some((index, *tally, locale.text(&work.document.groups.get(index.0 as usize)?.name).to_owned()))
    });
    let set = |plan: &mut PlanDraft, index: GroupIndex, text: String| {
        plan.goal.floors.retain(|(other, _)| *other != index);
        if !text.trim().is_empty() {
            plan.goal.floors.push((index, text.into()));
        }
    };
    html! {
        <fieldset class="floors">
            <legend>{ locale.word(key::LIMIT_FLOORS) }</legend>
            <div class="plan-fields">
                { for groups.map(|(index, tally, name)| {
                    let text = goal.floors.iter().find(|(other, _)| *other == index).map(|(_, text)| text.to_string()).unwrap_or_default();
                    let label = format!("{name} ({}/{})", tally.met, tally.applicable());
                    let problem = amount_message(locale, &text, Unit::Item);
                    text_field(&format!("floor-{}", index.0), &label, &text, problem, edit.on(move |plan, text: String| set(plan, index, text)))
                }) }
            </div>
        </fieldset>
    }
}

fn must_have(props: &ViewProps, goal: &GoalDraft, edit: &Editor) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let open = (0..).map(ClauseIndex).zip(&work.assessment.report().clauses).filter(|(index, result)| {
        matches!(result.verdict, dabiao_core::Verdict::NotMet | dabiao_core::Verdict::Unknown) && !goal.must.contains(index)
    });
    let options: Vec<(String, String)> = std::iter::once((String::new(), locale.word(key::LIMIT_MUST_ADD).to_owned()))
        .chain(open.map(|(index, _)| (index.0.to_string(), clause_text(locale, document, index))))
        .collect();
    let add = edit.on(|plan, id: String| plan.goal.must.extend(id.parse().ok().map(ClauseIndex)));
    html! {
        <fieldset class="must">
            <legend>{ locale.word(key::LIMIT_MUST) }</legend>
            <ul class="linked">
                { for goal.must.iter().map(|clause| {
                    let clause = *clause;
                    let remove = edit.on(move |plan, _: MouseEvent| plan.goal.must.retain(|other| *other != clause));
                    html! { <li>{ clause_text(locale, document, clause) }<button type="button" class="quiet" onclick={remove}>{ locale.word(key::MEASURE_REMOVE) }</button></li> }
                }) }
            </ul>
            { bare_choice("must-add", Some(locale.word(key::LIMIT_MUST_ADD).to_owned()), &options, "", add) }
        </fieldset>
    }
}

const CLASSES: [(Effort, &str, Word); 3] =
    [(Effort::Light, "light", key::CLASS_LIGHT), (Effort::Medium, "medium", key::CLASS_MEDIUM), (Effort::Heavy, "heavy", key::CLASS_HEAVY)];

/// All measures, with the classes they are priced by. A component, so that the long table is left alone
/// while a search reports how far it is.
#[component]
fn Measures(props: &ViewProps) -> Html {
    let (plan, locale) = (&props.project.plan, props.locale);
    let renewed = use_state_eq(|| false);
    let edit = &Editor::new(props);
    let propose = {
        let (work, renewed) = (Rc::clone(&props.work), renewed.clone());
        edit.on(move |plan, _: MouseEvent| {
            plan.propose(&work);
            renewed.set(true);
        })
    };
    html! {
        <section class="card measures">
            <h2>{ locale.fill(key::MEASURES_TITLE, &[("count", &plan.measures.len().to_string())]) }</h2>
            <p class="muted"><span class="badge invented">{ locale.word(key::MEASURES_OURS) }</span></p>
            { classes(props, plan, edit) }
            <p><button type="button" class="quiet" onclick={propose}>{ locale.word(key::MEASURES_DEFAULT) }</button>{ " " }<span role="status" class="muted">{ if *renewed { locale.word(key::MEASURES_RENEWED) } else { "" } }</span></p>
            if plan.measures.is_empty() {
                <p class="muted">{ locale.word(key::MEASURES_NONE) }</p>
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={locale.fill(key::MEASURES_TITLE, &[("count", "")])}>
                    <table class="measure-table">
                        <thead><tr>
                            { for [key::HEAD_USE, key::HEAD_MEASURE, key::HEAD_DEPARTMENT, key::HEAD_CLASS, key::HEAD_MONEY, key::HEAD_EFFORT, key::HEAD_MONTHS, key::HEAD_MORE]
                                .map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                        </tr></thead>
                        <tbody>{ for (0..plan.measures.len()).map(|number| measure_row(props, plan, number, edit)) }</tbody>
                    </table>
                </div>
            }
            <NewMeasure view={props.clone()} />
        </section>
    }
}

fn classes(props: &ViewProps, plan: &PlanDraft, edit: &Editor) -> Html {
    let locale = props.locale;
    html! {
        <details class="classes">
            <summary>{ locale.word(key::CLASSES_TITLE) }</summary>
            <p class="muted">{ locale.word(key::CLASSES_RULE) }</p>
            <div class="scroll">
                <table class="class-table">
                    <thead><tr>
                        { for [key::HEAD_CLASS, key::HEAD_MONEY, key::HEAD_EFFORT, key::HEAD_MONTHS].map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }
                    </tr></thead>
                    <tbody>
                        { for CLASSES.iter().zip(&plan.classes).enumerate().map(|(number, ((_, id, word), cost))| {
                            let change = move |plan: &mut PlanDraft, set: &dyn Fn(&mut CostDraft)| if let Some(cost) = plan.classes.get_mut(number) { set(cost) };
                            html! {
                                <tr>
                                    <th scope="row">{ locale.word(*word) }</th>
                                    { for cost_cells(locale, &format!("class-{id}"), locale.word(*word), cost, |set| edit.on(move |plan, text: String| {
                                        let text: Rc<str> = text.into();
                                        change(plan, &|cost| set(cost, Rc::clone(&text)));
                                    })) }
                                </tr>
                            }
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

type SetCost = fn(&mut CostDraft, Rc<str>);

/// Money, work and months as cells with fields.
fn cost_cells(locale: dabiao_view::Locale, id: &str, name: &str, cost: &CostDraft, on: impl Fn(SetCost) -> Callback<String>) -> [Html; 3] {
    let cell = |field: &str, word: Word, text: &str, unit: Unit, set: SetCost| {
        let problem = amount_message(locale, text, unit);
        let label = format!("{name}: {}", locale.word(word));
        html! {
            <td class="cost">
                { bare_field(&format!("{id}-{field}"), Some(label), text, problem.is_some().then(|| format!("{id}-{field}-problem")), on(set)) }
                if let Some(problem) = problem { <span class="field-message error" id={format!("{id}-{field}-problem")}>{ problem }</span> }
            </td>
        }
    };
    [
        cell("money", key::HEAD_MONEY, &cost.money, Unit::WanYuan, |cost, text| cost.money = text),
        cell("effort", key::HEAD_EFFORT, &cost.effort, PLAIN, |cost, text| cost.effort = text),
        cell("months", key::HEAD_MONTHS, &cost.months, PLAIN, |cost, text| cost.months = text),
    ]
}

fn draft_name(props: &ViewProps, measure: &MeasureDraft) -> String {
    match effect_of_draft(props.locale, &props.work, measure) {
        Ok(effect) => measure_text(props.locale, &props.work.document, &effect),
        Err(_) => figure_name(props.locale, &props.work.document, measure.figure).to_owned(),
    }
}

fn measure_row(props: &ViewProps, plan: &PlanDraft, number: usize, edit: &Editor) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let Some(measure) = plan.measures.get(number) else { return Html::default() };
    let name = draft_name(props, measure);
    let id = format!("measure-{number}");
    let on_used = {
        let set = edit.on_measure(number, |measure, used: bool| measure.is_used = used);
        Callback::from(move |event: Event| {
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
                set.emit(input.checked());
            }
        })
    };
    let class_options: Vec<(String, String)> = CLASSES
        .iter()
        .map(|(_, id, word)| ((*id).to_owned(), locale.word(*word).to_owned()))
        .chain([("own".to_owned(), locale.word(key::CLASS_OWN).to_owned())])
        .collect();
    let class_id = measure.class.and_then(|class| CLASSES.iter().find(|(other, ..)| *other == class)).map_or("own", |(_, id, _)| *id);
    let on_class = edit.on(move |plan, id: String| {
        let cost = plan.measures.get(number).map(|measure| plan.cost(measure).clone()).unwrap_or_default();
        if let Some(measure) = plan.measures.get_mut(number) {
            measure.class = CLASSES.iter().find(|(_, other, _)| *other == id).map(|(class, ..)| *class);
            // Costs of its own start from those of the class.
            measure.own = cost;
        }
    });
    let departments: Vec<(String, String)> = std::iter::once((String::new(), locale.word(key::NO_DEPARTMENT).to_owned()))
        .chain((0_u32..).zip(&work.document.departments).map(|(index, name)| (index.to_string(), locale.text(name).to_owned())))
        .collect();
    let department = measure.department.map(|department| department.0.to_string()).unwrap_or_default();
    let on_department = edit.on_measure(number, |measure, id: String| measure.department = id.parse().ok().map(DepartmentIndex));
    let costs = match measure.class {
        None => cost_cells(locale, &id, &name, &measure.own, |set| {
            edit.on_measure(number, move |measure, text: String| set(&mut measure.own, text.into()))
        }),
        Some(_) => {
            let cost = plan.cost(measure);
            [&cost.money, &cost.effort, &cost.months].map(|text| html! { <td class="number cost">{ text.to_string() }</td> })
        }
    };
    html! {
        <tr key={number} class={(!measure.is_used).then_some("unused")}>
            <td><input type="checkbox" checked={measure.is_used} onchange={on_used} aria-label={format!("{}: {name}", locale.word(key::HEAD_USE))} /></td>
            <th scope="row">{ name.clone() }</th>
            <td>{ bare_choice(&format!("{id}-department"), Some(format!("{}: {name}", locale.word(key::HEAD_DEPARTMENT))), &departments, &department, on_department) }</td>
            <td>{ bare_choice(&format!("{id}-class"), Some(format!("{}: {name}", locale.word(key::HEAD_CLASS))), &class_options, class_id, on_class) }</td>
            { for costs }
            <td>{ measure_links(props, plan, number, measure, edit) }</td>
        </tr>
    }
}

/// Earliest finish, what it requires and excludes, and removal of one's own.
fn measure_links(props: &ViewProps, plan: &PlanDraft, number: usize, measure: &MeasureDraft, edit: &Editor) -> Html {
    let locale = props.locale;
    let count = measure.requires.len() + measure.excludes.len() + usize::from(measure.earliest.is_some());
    let quarters: Vec<(String, String)> = std::iter::once((String::new(), "—".to_owned()))
        .chain(quarter_options(locale, first_quarter(&props.work), QUARTERS_OFFERED))
        .collect();
    let links = |word: Word, kind: &'static str, list: &[usize], get: fn(&mut MeasureDraft) -> &mut Vec<usize>| {
        let others = plan.measures.iter().enumerate().filter(|(other, _)| *other != number && !list.contains(other));
        let options: Vec<(String, String)> = std::iter::once((String::new(), locale.word(key::MEASURE_LINK_ADD).to_owned()))
            .chain(others.map(|(other, measure)| (other.to_string(), draft_name(props, measure))))
            .collect();
        let add = edit.on_measure(number, move |measure, id: String| get(measure).extend(id.parse::<usize>().ok()));
        html! {
            <div class="links">
                <span class="muted">{ locale.word(word) }</span>
                <ul class="linked">
                    { for list.iter().map(|other| {
                        let other = *other;
                        let remove = edit.on_measure(number, move |measure, _: MouseEvent| get(measure).retain(|link| *link != other));
                        let name = plan.measures.get(other).map(|measure| draft_name(props, measure)).unwrap_or_default();
                        html! { <li>{ name }<button type="button" class="quiet" onclick={remove}>{ locale.word(key::MEASURE_REMOVE) }</button></li> }
                    }) }
                </ul>
                { bare_choice(&format!("measure-{number}-{kind}"), Some(locale.word(word).to_owned()), &options, "", add) }
            </div>
        }
    };
    html! {
        <details class="measure-more">
            <summary>{ if count > 0 { format!("{} ({count})", locale.word(key::HEAD_MORE)) } else { locale.word(key::HEAD_MORE).to_owned() } }</summary>
            <div class="links">
                <span class="muted">{ locale.word(key::MEASURE_EARLIEST) }</span>
                { bare_choice(&format!("measure-{number}-earliest"), Some(locale.word(key::MEASURE_EARLIEST).to_owned()), &quarters,
                    &measure.earliest.map(quarter_value).unwrap_or_default(), edit.on_measure(number, |measure, id: String| measure.earliest = read_quarter(&id))) }
            </div>
            { links(key::MEASURE_REQUIRES, "requires", &measure.requires, |measure| &mut measure.requires) }
            { links(key::MEASURE_EXCLUDES, "excludes", &measure.excludes, |measure| &mut measure.excludes) }
            if measure.is_own {
                <button type="button" class="quiet" onclick={edit.on(move |plan, _: MouseEvent| plan.remove(number))}>{ locale.word(key::MEASURE_REMOVE) }</button>
            }
        </details>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct NewMeasureProps {
    view: ViewProps,
}

/// Adds a measure of one's own.
#[component]
fn NewMeasure(props: &NewMeasureProps) -> Html {
    let props = &props.view;
    let (work, locale) = (&props.work, props.locale);
    let document = &work.document;
    let figure = use_state_eq(|| None::<FigureIndex>);
    let kind = use_state_eq(|| EffectKind::AtLeast);
    let value = use_state_eq(String::new);
    let added = use_state_eq(|| None::<String>);
    let figures: Vec<(String, String)> = std::iter::once((String::new(), locale.word(key::CHOOSE_FIGURE).to_owned()))
        .chain(
            (0..)
                .map(FigureIndex)
                .take(document.standard.figures().len())
                .map(|index| (index.0.to_string(), figure_name(locale, document, index).to_owned()))
                .filter(|(_, name)| !name.is_empty()),
        )
        .collect();
    let definition = figure.and_then(|figure| document.standard.figure(figure));
    let is_answer = definition.is_some_and(|definition| definition.kind == FigureKind::YesNo);
    let kinds = [("at_least", key::EFFECT_AT_LEAST), ("at_most", key::EFFECT_AT_MOST), ("add", key::EFFECT_ADD)]
        .map(|(id, word)| (id.to_owned(), locale.word(word).to_owned()));
    let kind_id = match *kind {
        EffectKind::AtMost => "at_most",
        EffectKind::Add => "add",
        _ => "at_least",
    };
    let draft = (*figure).map(|figure| MeasureDraft {
        kind: if is_answer { EffectKind::Done } else { *kind },
        figure,
        value: if is_answer { "".into() } else { value.as_str().into() },
        class: Some(Effort::Medium),
        own: CostDraft::default(),
        earliest: None,
        department: None,
        is_used: true,
        requires: Vec::new(),
        excludes: Vec::new(),
        is_own: true,
    });
    let checked = draft.map(|draft| effect_of_draft(locale, work, &draft).map(|_| draft));
    let problem = checked.as_ref().and_then(|checked| checked.as_ref().err()).filter(|_| !value.is_empty()).cloned();
    let add = {
        let (dispatch, plan, draft) = (props.dispatch.clone(), props.project.plan.clone(), checked.clone().and_then(Result::ok));
        let (figure, value, added) = (figure.clone(), value.clone(), added.clone());
        let name = draft.as_ref().map(|draft| draft_name(props, draft)).unwrap_or_default();
        Callback::from(move |_: MouseEvent| {
            if let Some(draft) = &draft {
                let mut next = plan.clone();
                next.measures.push(draft.clone());
                dispatch.dispatch(Action::SetPlan(Box::new(next)));
                added.set(Some(name.clone()));
                figure.set(None);
                value.set(String::new());
            }
        })
    };
    let on_figure = {
        let figure = figure.clone();
        Callback::from(move |id: String| figure.set(id.parse().ok().map(FigureIndex)))
    };
    let on_kind = {
        let kind = kind.clone();
        Callback::from(move |id: String| kind.set(effect_of(&id).unwrap_or(EffectKind::AtLeast)))
    };
    let on_value = {
        let value = value.clone();
        Callback::from(move |text: String| value.set(text))
    };
    let chosen = figure.map(|figure| figure.0.to_string()).unwrap_or_default();
    let unit =
        definition.and_then(|definition| definition.kind.unit()).map(|unit| format!(" ({})", dabiao_view::number::unit_name(locale, unit)));
    let value_label = format!("{}{}", locale.word(key::HEAD_VALUE), unit.unwrap_or_default());
    html! {
        <details class="new-measure">
            <summary>{ locale.word(key::MEASURE_NEW) }</summary>
            <div class="plan-fields">
                { choice("new-figure", locale.word(key::HEAD_FIGURE), &figures, &chosen, on_figure) }
                if !is_answer {
                    { choice("new-kind", locale.word(key::MEASURE_EFFECT), &kinds, kind_id, on_kind) }
                    { text_field("new-value", &value_label, &value, problem, on_value) }
                }
                <button type="button" class="quiet" onclick={add} disabled={!matches!(checked, Some(Ok(_)))}>{ locale.word(key::MEASURE_ADD_BUTTON) }</button>
                <span role="status" class="muted">{ added.as_ref().map(|name| locale.fill(key::MEASURE_ADDED, &[("measure", name)])).unwrap_or_default() }</span>
            </div>
        </details>
    }
}
