//! The root of the workbench, and of the planner in it: the project, the views, and the one that the
//! address asks for.

use std::rc::Rc;

use dabiao_core::FigureIndex;
use dabiao_draft::json::{object, printed};
use dabiao_view::Locale;
use dabiao_view::words::{Word, key};
use dabiao_web::hooks::use_route;
use dabiao_web::route::{Route, Tab};
use dabiao_web::state::Work;
use dabiao_web::storage;
use js_sys::Function;
use serde_json::Value;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::hooks::{use_kept, use_view};
use crate::pages::{ChartsTab, GoalPage, PlanPage, ScenariosPage, SensitivityPage, TimePage, charts_tab};
use crate::project::{Project, project_record, read_project};

/// What the workbench starts with.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct WorkbenchProps {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The packed file of its standard, for the worker.
    pub(crate) packed: Rc<[u8]>,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// Writes figures into the assessment.
    pub(crate) adopt: Function,
}

/// A view of the planner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Scenarios,
    Sensitivity,
    Goal,
    Plan,
    Time,
}

impl View {
    const ALL: [Self; 5] = [Self::Scenarios, Self::Sensitivity, Self::Goal, Self::Plan, Self::Time];

    fn id(self) -> &'static str {
        match self {
            Self::Scenarios => "scenarios",
            Self::Sensitivity => "sensitivity",
            Self::Goal => "goal",
            Self::Plan => "cheapest",
            Self::Time => "time",
        }
    }

    fn word(self) -> Word {
        match self {
            Self::Scenarios => key::VIEW_SCENARIOS,
            Self::Sensitivity => key::VIEW_SENSITIVITY,
            Self::Goal => key::VIEW_GOAL,
            Self::Plan => key::VIEW_PLAN,
            Self::Time => key::VIEW_TIME,
        }
    }

    /// The last part of an address such as `#/s/<standard>/plan/time`.
    pub(crate) fn parse(hash: &str) -> Self {
        let name = hash.trim_end_matches('/').split('/').nth(4);
        Self::ALL.into_iter().find(|view| name == Some(view.id())).unwrap_or(Self::Scenarios)
    }

    pub(crate) fn href(self, standard: &str) -> String {
        format!("#/s/{standard}/plan/{}", self.id())
    }
}

/// What every view gets.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ViewProps {
    /// The assessment.
    pub(crate) work: Rc<Work>,
    /// The packed file of its standard, for the worker.
    pub(crate) packed: Rc<[u8]>,
    /// What is planned.
    pub(crate) project: Rc<Project>,
    /// Changes what is planned.
    pub(crate) dispatch: Dispatch,
    /// Writes figures into the assessment.
    pub(crate) adopt: Callback<Vec<(FigureIndex, Rc<str>)>>,
    /// The language of the page.
    pub(crate) locale: Locale,
}

/// How views change the project.
pub(crate) type Dispatch = UseReducerDispatcher<Project>;

/// The tab that the address asks for.
#[component]
pub(crate) fn Workbench(props: &WorkbenchProps) -> Html {
    match use_route() {
        Route::Assess(_, Tab::Charts) => charts_tab(&ChartsTab { work: Rc::clone(&props.work), locale: props.locale }),
        // What is planned belongs to one assessment.
        Route::Assess(_, Tab::Plan) => html! { <PlannerLoader key={plan_id(&props.work)} ..props.clone() /> },
        _ => Html::default(),
    }
}

/// Under which id what is planned is kept. What was planned for an example is not about one's own place.
fn plan_id(work: &Work) -> String {
    match &work.draft.sample {
        Some(sample) => format!("{}@{sample}", work.id),
        None => (*work.id).to_owned(),
    }
}

/// Reads what is planned before the planner is shown.
#[component]
fn PlannerLoader(props: &WorkbenchProps) -> Html {
    let kept = use_state_eq(|| None::<Option<Value>>);
    {
        let kept = kept.setter();
        use_effect_with(plan_id(&props.work), |id| {
            let id = id.clone();
            // Where nothing can be read, planning begins anew; that it cannot be kept is said there.
            spawn_local(async move { kept.set(Some(storage::load_plan(&id).await.unwrap_or_default())) });
        });
    }
    match (*kept).clone() {
        Some(record) => html! { <Planner workbench={props.clone()} {record} /> },
        None => html! { <main id="content" class="tab-body tab-plan notice" aria-busy="true">{ props.locale.word(key::OPENING) }</main> },
    }
}

/// What the planner starts with.
#[derive(Clone, PartialEq, Properties)]
struct PlannerProps {
    workbench: WorkbenchProps,
    /// What is kept of the plans for the assessment.
    record: Option<Value>,
}

/// Everything that is planned for one assessment.
#[component]
fn Planner(PlannerProps { workbench: props, record }: &PlannerProps) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let id = Rc::clone(&work.id);
    let project = {
        let (work, record) = (Rc::clone(work), record.clone());
        use_reducer(move || match record {
            Some(record) => read_project(&work.document.standard, &record),
            None => Project::new(&work),
        })
    };
    let now = Rc::new((*project).clone());
    let view = use_view();
    let kept = {
        let work = Rc::clone(work);
        use_kept(&plan_id(&props.work), Rc::clone(&now), move |project| project_record(&work.document.standard, project))
    };
    let adopt = {
        let (work, adopt) = (Rc::clone(work), props.adopt.clone());
        Callback::from(move |entries: Vec<(FigureIndex, Rc<str>)>| {
            let figures =
                entries.iter().filter_map(|(figure, text)| Some((work.document.standard.figure(*figure)?.id.clone(), (&**text).into())));
            let record = printed(&object(figures));
            // The app writes it; there is nobody to tell if it is gone.
            let _ = adopt.call1(&JsValue::NULL, &record.into());
        })
    };
    let view_props =
        ViewProps { work: Rc::clone(work), packed: Rc::clone(&props.packed), project: now, dispatch: project.dispatcher(), adopt, locale };
    html! {
        <main id="content" class="tab-body tab-plan" tabindex="-1">
            <nav class="views" aria-label={locale.word(key::VIEWS_LABEL)}>
                { for View::ALL.into_iter().map(|other| html! {
                    <a href={other.href(&id)} aria-current={(other == view).then_some("page")}>{ locale.word(other.word()) }</a>
                }) }
                if !kept { <span class="notice warning" role="alert">{ locale.word(key::NOT_SAVED) }</span> }
            </nav>
            { match view {
                View::Scenarios => html! { <ScenariosPage ..view_props /> },
                View::Sensitivity => html! { <SensitivityPage ..view_props /> },
                View::Goal => html! { <GoalPage ..view_props /> },
                View::Plan => html! { <PlanPage ..view_props /> },
                View::Time => html! { <TimePage ..view_props /> },
            } }
        </main>
    }
}
