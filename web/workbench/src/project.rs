//! What is planned for an assessment: scenarios, figures of other years, measures and limits, as typed.
//!
//! `Project` changes only through [`Action`]; its record refers to figures, clauses, groups and
//! departments by their ids.

use std::rc::Rc;

use dabiao_analysis::plan::{Effort, Quarter, proposed_measures};
use dabiao_core::{ClauseIndex, DepartmentIndex, FigureIndex, GroupIndex, Standard};
use dabiao_draft::json::{object, text};
use dabiao_web::state::Work;
use serde_json::Value as Json;
use yew::Reducible;

use crate::planned::Solved;

/// The most scenarios beside the present.
pub(crate) const MOST_SCENARIOS: usize = 4;
/// The version of the record.
const FORMAT: u64 = 1;

/// Everything that is planned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Project {
    pub(crate) scenarios: Vec<Scenario>,
    /// The scenario that is being changed.
    pub(crate) active: usize,
    /// What was reached in years other than the assessed one.
    pub(crate) years: Vec<(u16, FigureIndex, Rc<str>)>,
    pub(crate) plan: PlanDraft,
    /// What was deleted last, until something else is done with scenarios.
    pub(crate) deleted: Option<(usize, Scenario)>,
    /// The scenario that was written into the assessment last, and what stood there before.
    pub(crate) adopted: Option<Scenario>,
    /// The plan that was found last.
    pub(crate) solved: Option<Solved>,
}

/// Changes to the assessment, under a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Scenario {
    pub(crate) name: Rc<str>,
    pub(crate) changes: Vec<(FigureIndex, Rc<str>)>,
}

/// Measures, and what they shall reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlanDraft {
    /// What a measure of each class takes.
    pub(crate) classes: [CostDraft; 3],
    pub(crate) measures: Vec<MeasureDraft>,
    pub(crate) goal: GoalDraft,
}

/// Money in 万元, work in person-months, time in months, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CostDraft {
    pub(crate) money: Rc<str>,
    pub(crate) effort: Rc<str>,
    pub(crate) months: Rc<str>,
}

/// A measure as typed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MeasureDraft {
    pub(crate) kind: EffectKind,
    pub(crate) figure: FigureIndex,
    /// The level or amount; empty for what is only done.
    pub(crate) value: Rc<str>,
    /// Its class; `None` for costs of its own.
    pub(crate) class: Option<Effort>,
    pub(crate) own: CostDraft,
    pub(crate) earliest: Option<Quarter>,
    pub(crate) department: Option<DepartmentIndex>,
    pub(crate) is_used: bool,
    pub(crate) requires: Vec<usize>,
    pub(crate) excludes: Vec<usize>,
    /// Whether the person added it.
    pub(crate) is_own: bool,
}

/// What a measure does to its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EffectKind {
    Done,
    AtLeast,
    AtMost,
    Add,
}

/// What is wanted most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Wanted {
    #[default]
    LeastMoney,
    LeastEffort,
    MostMet,
}

/// The goal and the limits, as typed; empty means none.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct GoalDraft {
    pub(crate) wanted: Wanted,
    pub(crate) least_met: Rc<str>,
    pub(crate) least_share: Rc<str>,
    pub(crate) money: Rc<str>,
    pub(crate) effort: Rc<str>,
    pub(crate) start: Option<Quarter>,
    pub(crate) deadline: Option<Quarter>,
    pub(crate) department: Rc<str>,
    pub(crate) floors: Vec<(GroupIndex, Rc<str>)>,
    pub(crate) must: Vec<ClauseIndex>,
}

/// How many clauses more than now a new plan asks for.
const FIRST_GOAL: u32 = 10;

impl Project {
    /// Nothing planned yet: the measures that suggest themselves, and a goal of ten clauses more.
    pub(crate) fn new(work: &Work) -> Self {
        let total = work.assessment.report().total;
        let goal = total.met.saturating_add(FIRST_GOAL).min(total.applicable());
        let goal = GoalDraft { least_met: goal.to_string().into(), ..GoalDraft::default() };
        let mut plan = PlanDraft { classes: default_classes(), goal, ..PlanDraft::default() };
        plan.propose(work);
        Self { plan, ..Self::default() }
    }
}

impl Project {
    /// The name, with a number behind it if there is a scenario of that name already.
    pub(crate) fn free_name(&self, name: &str) -> String {
        let is_taken = |name: &str| self.scenarios.iter().any(|scenario| &*scenario.name == name);
        let numbered = (2..).map(|number| format!("{name} {number}"));
        std::iter::once(name.to_owned()).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default()
    }
}

/// Rough assumptions of ours, shown as such and the person's to change.
fn default_classes() -> [CostDraft; 3] {
    [("5", "1", "2"), ("30", "4", "6"), ("120", "12", "12")].map(|(money, effort, months)| CostDraft {
        money: money.into(),
        effort: effort.into(),
        months: months.into(),
    })
}

impl PlanDraft {
    /// Lists the measures that suggest themselves. What the person said about one that is still
    /// there stays, and so do measures of their own.
    pub(crate) fn propose(&mut self, work: &Work) {
        use dabiao_analysis::plan::Effect;
        let proposed = proposed_measures(&work.document.standard, work.assessment.situation());
        let mut measures: Vec<MeasureDraft> = proposed
            .into_iter()
            .map(|proposed| {
                let (kind, value) = match proposed.effect {
                    Effect::Done(_) => (EffectKind::Done, String::new()),
                    Effect::AtLeast(_, value) => (EffectKind::AtLeast, value.to_string()),
                    Effect::AtMost(_, value) => (EffectKind::AtMost, value.to_string()),
                    Effect::Add(_, value) => (EffectKind::Add, value.to_string()),
                };
                MeasureDraft {
                    kind,
                    figure: proposed.effect.figure(),
                    value: value.into(),
                    class: Some(proposed.effort),
                    own: CostDraft::default(),
                    earliest: None,
                    department: proposed.department,
                    is_used: true,
                    requires: Vec::new(),
                    excludes: Vec::new(),
                    is_own: false,
                }
            })
            .collect();
        let is_same =
            |one: &MeasureDraft, other: &MeasureDraft| (one.kind, one.figure, &one.value) == (other.kind, other.figure, &other.value);
        measures.extend(self.measures.iter().filter(|measure| measure.is_own).cloned());
        // Links follow the measures to their new places; to one that is gone they go.
        let before = std::mem::take(&mut self.measures);
        let place = |old: &usize| before.get(*old).and_then(|old| measures.iter().position(|new| is_same(old, new)));
        let kept: Vec<MeasureDraft> = measures
            .iter()
            .map(|new| match before.iter().find(|old| is_same(old, new)) {
                Some(old) => MeasureDraft {
                    requires: old.requires.iter().filter_map(place).collect(),
                    excludes: old.excludes.iter().filter_map(place).collect(),
                    ..old.clone()
                },
                None => new.clone(),
            })
            .collect();
        self.measures = kept;
    }

    /// Removes a measure, and every link to it.
    pub(crate) fn remove(&mut self, number: usize) {
        if number < self.measures.len() {
            self.measures.remove(number);
        }
        let moved = |links: &mut Vec<usize>| {
            links.retain(|other| *other != number);
            links.iter_mut().filter(|other| **other > number).for_each(|other| *other -= 1);
        };
        for measure in &mut self.measures {
            moved(&mut measure.requires);
            moved(&mut measure.excludes);
        }
    }

    /// What a measure takes: by its class, or of its own.
    pub(crate) fn cost<'a>(&'a self, measure: &'a MeasureDraft) -> &'a CostDraft {
        measure.class.and_then(|class| self.classes.get(class_number(class))).unwrap_or(&measure.own)
    }
}

/// The position of a class.
pub(crate) fn class_number(class: Effort) -> usize {
    match class {
        Effort::Light => 0,
        Effort::Medium => 1,
        Effort::Heavy => 2,
    }
}

/// What a person can do.
pub(crate) enum Action {
    /// Add a scenario and go on with it.
    AddScenario(Scenario),
    /// Give the active scenario a name.
    Rename(Rc<str>),
    /// Remove the active scenario.
    DeleteScenario,
    /// Bring back the scenario that was deleted last.
    Restore,
    /// Remember what stood in the assessment before a scenario was written into it; or forget it.
    Adopted(Option<Scenario>),
    /// Go on with another scenario.
    Select(usize),
    /// Change a figure in the active scenario, or leave it as it is.
    Change(FigureIndex, Option<Rc<str>>),
    /// Say what was reached in a year.
    SetYear(u16, FigureIndex, Rc<str>),
    /// Change measures or limits.
    SetPlan(Box<PlanDraft>),
    /// Keep the plan that was found.
    Solved(Solved),
}

impl Reducible for Project {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::AddScenario(scenario) => {
                next.deleted = None;
                if next.scenarios.len() < MOST_SCENARIOS {
                    next.scenarios.push(scenario);
                }
                next.active = next.scenarios.len().saturating_sub(1);
            }
            Action::Rename(name) => {
                if let Some(scenario) = next.scenarios.get_mut(self.active) {
                    scenario.name = name;
                }
            }
            Action::DeleteScenario => {
                if self.active < next.scenarios.len() {
                    next.deleted = Some((self.active, next.scenarios.remove(self.active)));
                }
                next.active = self.active.min(next.scenarios.len().saturating_sub(1));
            }
            Action::Restore => {
                if let Some((place, scenario)) = next.deleted.take().filter(|_| self.scenarios.len() < MOST_SCENARIOS) {
                    let place = place.min(next.scenarios.len());
                    next.scenarios.insert(place, scenario);
                    next.active = place;
                }
            }
            Action::Adopted(before) => next.adopted = before,
            Action::Select(number) => next.active = number,
            Action::Change(figure, text) => {
                if let Some(scenario) = next.scenarios.get_mut(self.active) {
                    let place = scenario.changes.iter().position(|(other, _)| *other == figure);
                    match (place, text) {
                        (Some(place), Some(text)) => {
                            if let Some(slot) = scenario.changes.get_mut(place) {
                                slot.1 = text;
                            }
                        }
                        (Some(place), None) => drop(scenario.changes.remove(place)),
                        (None, Some(text)) => scenario.changes.push((figure, text)),
                        (None, None) => {}
                    }
                }
            }
            Action::SetYear(year, figure, text) => {
                next.years.retain(|(other, of, _)| (*other, *of) != (year, figure));
                if !text.is_empty() {
                    next.years.push((year, figure, text));
                }
            }
            Action::SetPlan(plan) => next.plan = *plan,
            Action::Solved(solved) => next.solved = Some(solved),
        }
        Rc::new(next)
    }
}

/// The record of a project.
pub(crate) fn project_record(standard: &Standard, project: &Project) -> Json {
    let figure = |figure: FigureIndex| standard.figure(figure).map_or("", |figure| figure.id.as_str());
    let clause = |clause: &ClauseIndex| Json::from(standard.clause(*clause).map_or("", |clause| clause.id.as_str()));
    let group = |group: GroupIndex| standard.group(group).map_or("", |group| group.id.as_str());
    let department =
        |index: Option<DepartmentIndex>| index.and_then(|index| standard.departments().get(index.0 as usize)).map_or("", String::as_str);
    let quarter = |quarter: Option<Quarter>| quarter.map_or_else(String::new, |quarter| format!("{}-{}", quarter.year(), quarter.number()));
    let cost = |cost: &CostDraft| {
        object([("money", (&*cost.money).into()), ("effort", (&*cost.effort).into()), ("months", Json::from(&*cost.months))])
    };
    let scenarios = project.scenarios.iter().map(|scenario| {
        let changes = object(scenario.changes.iter().map(|(index, text)| (figure(*index), Json::from(&**text))));
        object([("name", (&*scenario.name).into()), ("figures", changes)])
    });
    let years = project.years.iter().map(|(year, index, text)| {
        object([("year", u64::from(*year).into()), ("figure", figure(*index).into()), ("text", Json::from(&**text))])
    });
    let numbers = |links: &[usize]| links.iter().map(|number| Json::from(u64::try_from(*number).unwrap_or_default())).collect::<Json>();
    let measures = project.plan.measures.iter().map(|measure| {
        object([
            ("kind", effect_id(measure.kind).into()),
            ("figure", figure(measure.figure).into()),
            ("value", (&*measure.value).into()),
            ("class", measure.class.map_or("own", class_id).into()),
            ("cost", cost(&measure.own)),
            ("earliest", quarter(measure.earliest).into()),
            ("department", department(measure.department).into()),
            ("used", measure.is_used.into()),
            ("requires", numbers(&measure.requires)),
            ("excludes", numbers(&measure.excludes)),
            ("own", measure.is_own.into()),
        ])
    });
    let goal = &project.plan.goal;
    let wanted = match goal.wanted {
        Wanted::LeastMoney => "money",
        Wanted::LeastEffort => "effort",
        Wanted::MostMet => "met",
    };
    let goal = object([
        ("wanted", wanted.into()),
        ("least_met", (&*goal.least_met).into()),
        ("least_share", (&*goal.least_share).into()),
        ("money", (&*goal.money).into()),
        ("effort", (&*goal.effort).into()),
        ("start", quarter(goal.start).into()),
        ("deadline", quarter(goal.deadline).into()),
        ("department", (&*goal.department).into()),
        ("floors", object(goal.floors.iter().map(|(index, text)| (group(*index), Json::from(&**text))))),
        ("must", goal.must.iter().map(clause).collect()),
    ]);
    object([
        ("format", FORMAT.into()),
        ("scenarios", scenarios.collect()),
        ("years", years.collect()),
        ("classes", project.plan.classes.iter().map(cost).collect()),
        ("measures", measures.collect()),
        ("goal", goal),
        ("solved", project.solved.as_ref().map_or(Json::Null, Solved::record)),
    ])
}

/// A project from its record. What the standard no longer has is left behind.
pub(crate) fn read_project(standard: &Standard, record: &Json) -> Project {
    let list = |record: &Json, field: &str| record.get(field).and_then(Json::as_array).cloned().unwrap_or_default();
    let cost = |record: &Json| CostDraft {
        money: text(record, "money").into(),
        effort: text(record, "effort").into(),
        months: text(record, "months").into(),
    };
    let figures = |record: &Json| {
        let fields = record.get("figures").and_then(Json::as_object).into_iter().flatten();
        fields.filter_map(|(id, text)| Some((standard.find_figure(id)?, Rc::from(text.as_str()?)))).collect()
    };
    let scenarios =
        list(record, "scenarios").iter().map(|record| Scenario { name: text(record, "name").into(), changes: figures(record) }).collect();
    let years = list(record, "years").into_iter().filter_map(|record| {
        let year = record.get("year").and_then(Json::as_u64).and_then(|year| u16::try_from(year).ok())?;
        Some((year, standard.find_figure(text(&record, "figure"))?, Rc::from(text(&record, "text"))))
    });
    let mut classes = default_classes();
    for (slot, record) in classes.iter_mut().zip(list(record, "classes")) {
        *slot = cost(&record);
    }
    let numbers = |record: &Json, field: &str| {
        list(record, field).iter().filter_map(|number| usize::try_from(number.as_u64()?).ok()).collect::<Vec<usize>>()
    };
    let department =
        |id: &str| (0..).map(DepartmentIndex).zip(standard.departments()).find(|(_, other)| *other == id).map(|(index, _)| index);
    let blank = Json::Null;
    let measures: Vec<Option<MeasureDraft>> = list(record, "measures")
        .iter()
        .map(|record| {
            Some(MeasureDraft {
                kind: effect_of(text(record, "kind"))?,
                figure: standard.find_figure(text(record, "figure"))?,
                value: text(record, "value").into(),
                class: [Effort::Light, Effort::Medium, Effort::Heavy].into_iter().find(|class| class_id(*class) == text(record, "class")),
                own: cost(record.get("cost").unwrap_or(&blank)),
                earliest: read_quarter(text(record, "earliest")),
                department: department(text(record, "department")),
                is_used: record.get("used").and_then(Json::as_bool).unwrap_or(true),
                requires: numbers(record, "requires"),
                excludes: numbers(record, "excludes"),
                is_own: record.get("own").and_then(Json::as_bool).unwrap_or_default(),
            })
        })
        .collect();
    let goal = record.get("goal").unwrap_or(&blank);
    let floors = goal.get("floors").and_then(Json::as_object).into_iter().flatten();
    let group = |id: &str| (0..).map(GroupIndex).zip(standard.groups()).find(|(_, group)| group.id == id).map(|(index, _)| index);
    let goal = GoalDraft {
        wanted: match text(goal, "wanted") {
            "effort" => Wanted::LeastEffort,
            "met" => Wanted::MostMet,
            _ => Wanted::LeastMoney,
        },
        least_met: text(goal, "least_met").into(),
        least_share: text(goal, "least_share").into(),
        money: text(goal, "money").into(),
        effort: text(goal, "effort").into(),
        start: read_quarter(text(goal, "start")),
        deadline: read_quarter(text(goal, "deadline")),
        department: text(goal, "department").into(),
        floors: floors.filter_map(|(id, text)| Some((group(id)?, text.as_str()?.into()))).collect(),
        must: list(goal, "must").iter().filter_map(|id| standard.find_clause(id.as_str()?)).collect(),
    };
    // Links are numbers: where a measure is gone, the ones behind it have moved up.
    let place = |number: &usize| {
        let is_there = measures.get(*number)?.is_some();
        is_there.then(|| measures.iter().take(*number).filter(|measure| measure.is_some()).count())
    };
    let measures = measures
        .iter()
        .flatten()
        .map(|measure| MeasureDraft {
            requires: measure.requires.iter().filter_map(place).collect(),
            excludes: measure.excludes.iter().filter_map(place).collect(),
            ..measure.clone()
        })
        .collect();
    let plan = PlanDraft { classes, measures, goal };
    let solved = record.get("solved").and_then(Solved::read);
    Project { scenarios, years: years.collect(), plan, solved, ..Project::default() }
}

/// A quarter from `2025-3`.
pub(crate) fn read_quarter(text: &str) -> Option<Quarter> {
    let (year, quarter) = text.split_once('-')?;
    let quarter = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
    Some(Quarter::new(year.parse().ok()?, quarter))
}

fn effect_id(kind: EffectKind) -> &'static str {
    match kind {
        EffectKind::Done => "done",
        EffectKind::AtLeast => "at_least",
        EffectKind::AtMost => "at_most",
        EffectKind::Add => "add",
    }
}

/// The effect with this id.
pub(crate) fn effect_of(id: &str) -> Option<EffectKind> {
    [EffectKind::Done, EffectKind::AtLeast, EffectKind::AtMost, EffectKind::Add].into_iter().find(|kind| effect_id(*kind) == id)
}

fn class_id(class: Effort) -> &'static str {
    match class {
        Effort::Light => "light",
        Effort::Medium => "medium",
        Effort::Heavy => "heavy",
    }
}
