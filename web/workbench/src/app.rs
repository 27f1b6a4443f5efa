//! The root of the workbench, and of the planner in it: the project, the views, and the one that the
//! address asks for.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::FigureIndex;
use dabiao_view::Locale;
use dabiao_view::words::{Word, key};
use dabiao_web::hooks::use_route;
use dabiao_web::route::{Route, Tab};
use dabiao_web::state::Work;
use dabiao_web::storage;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::actions::Actions;
use crate::hooks::{Keeping, use_kept, use_view};
use crate::pages::{
    AboutTab, ChartsTab, CheckPage, DepartmentsTab, FilesTab, GoalPage, OpenPage, PlanPage, RegisterPage, ScenariosPage, SensitivityPage,
    SharedPage, TimePage, charts_tab, register_page,
};
use crate::project::{Project, project_record, read_project};

/// What the workbench starts with.
#[derive(Clone, Properties)]
pub(crate) struct WorkbenchProps {
    /// The assessment, if the place is about one.
    pub(crate) work: Option<Rc<Work>>,
    /// The standard, if the place is about one.
    pub(crate) document: Option<Rc<Document>>,
    /// Its packed file, for workers.
    pub(crate) packed: Rc<[u8]>,
    /// The language of the page.
    pub(crate) locale: Locale,
    /// The way to the app.
    pub(crate) act: Actions,
}

impl PartialEq for WorkbenchProps {
    fn eq(&self, other: &Self) -> bool {
        // The standard follows from its packed file.
        let same_place = self.work == other.work && self.packed == other.packed;
        same_place && self.locale == other.locale && self.act == other.act
    }
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

/// The place that the address asks for.
#[component]
pub(crate) fn Workbench(props: &WorkbenchProps) -> Html {
    let locale = props.locale;
    match (use_route(), &props.work) {
        // A moment after leaving it, the address is one of the app's own.
        (Route::Assess(_, tab), Some(work)) if tab.is_in_workbench() => tab_body(props, tab, work),
        (Route::Register(_), _) => register_page(&RegisterPage { document: props.document.clone(), locale }),
        (Route::Check, _) => html! { <CheckPage {locale} act={props.act.clone()} /> },
        (Route::Open, _) => html! { <OpenPage {locale} act={props.act.clone()} /> },
        (Route::Shared(_, link), _) => html! { <SharedPage document={props.document.clone()} {link} {locale} act={props.act.clone()} /> },
        _ => Html::default(),
    }
}

fn tab_body(props: &WorkbenchProps, tab: Tab, work: &Rc<Work>) -> Html {
    let (work, locale) = (Rc::clone(work), props.locale);
    let id = plan_id(&work);
    html! {
        <main id="content" class={format!("tab-body tab-{}", tab.id())} tabindex="-1">
            { match tab {
                Tab::Charts => charts_tab(&ChartsTab { work, locale }),
                // What is planned belongs to one assessment.
                Tab::Plan => html! { <PlannerLoader key={id} {work} packed={Rc::clone(&props.packed)} {locale} act={props.act.clone()} /> },
                Tab::Departments => html! { <DepartmentsTab {work} {locale} /> },
                Tab::Files => html! { <FilesTab {work} packed={Rc::clone(&props.packed)} {locale} act={props.act.clone()} /> },
                Tab::About => html! { <AboutTab {work} {locale} act={props.act.clone()} /> },
                // The app's own.
                Tab::Fill | Tab::Table | Tab::Missing => Html::default(),
            } }
        </main>
    }
}

/// What the planner is about.
#[derive(Clone, PartialEq, Properties)]
struct DeskProps {
    /// The assessment.
    work: Rc<Work>,
    /// The packed file of its standard, for the worker.
    packed: Rc<[u8]>,
    /// The language of the page.
    locale: Locale,
    /// The way to the app.
    act: Actions,
}

/// Under which id what is planned is kept. What was planned for an example is not about one's own place.
pub(crate) fn plan_id(work: &Work) -> String {
    match &work.draft.sample {
        Some(sample) => format!("{}@{sample}", work.id),
        None => (*work.id).to_owned(),
    }
}

/// Reads what is planned before the planner is shown.
#[component]
fn PlannerLoader(props: &DeskProps) -> Html {
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
        Some(record) => html! { <Planner desk={props.clone()} {record} /> },
        None => html! { <p class="notice" aria-busy="true">{ props.locale.word(key::OPENING) }</p> },
    }
}

/// What the planner starts with.
#[derive(Clone, PartialEq, Properties)]
struct PlannerProps {
    desk: DeskProps,
    /// What is kept of the plans for the assessment.
    record: Option<Value>,
}

/// Everything that is planned for one assessment.
#[component]
fn Planner(PlannerProps { desk: props, record }: &PlannerProps) -> Html {
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
        let (work, act) = (Rc::clone(work), props.act.clone());
        Callback::from(move |entries: Vec<(FigureIndex, Rc<str>)>| act.enter(&work.document.standard, &entries))
    };
    let view_props =
        ViewProps { work: Rc::clone(work), packed: Rc::clone(&props.packed), project: now, dispatch: project.dispatcher(), adopt, locale };
    html! {
        <>
            <nav class="views" aria-label={locale.word(key::VIEWS_LABEL)}>
                { for View::ALL.into_iter().map(|other| html! {
                    <a href={other.href(&id)} aria-current={(other == view).then_some("page")}>{ locale.word(other.word()) }</a>
                }) }
                { match kept {
                    Keeping::Kept => Html::default(),
                    Keeping::Waiting => html! { <span class="muted">{ locale.word(key::SAVING) }</span> },
                    Keeping::Refused => html! { <span class="notice warning" role="alert">{ locale.word(key::NOT_SAVED) }</span> },
                } }
            </nav>
            { match view {
                View::Scenarios => html! { <ScenariosPage ..view_props /> },
                View::Sensitivity => html! { <SensitivityPage ..view_props /> },
                View::Goal => html! { <GoalPage ..view_props /> },
                View::Plan => html! { <PlanPage ..view_props /> },
                View::Time => html! { <TimePage ..view_props /> },
            } }
        </>
    }
}
