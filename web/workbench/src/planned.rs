//! The plan that was found last: kept with what is planned, shown again as long as nothing it rests on
//! has changed, and put in words for the report.

use std::rc::Rc;

use dabiao_analysis::plan::{Plan, Problem, Proof, review};
use dabiao_core::Tally;
use dabiao_draft::file::{canonical_result, hash};
use dabiao_draft::json::{object, printed, text};
use dabiao_view::Locale;
use dabiao_view::planning::{department_text, effort_text, measure_text, money_text, quarter_text};
use dabiao_view::summary::range;
use dabiao_view::words::key;
use dabiao_web::state::Work;
use serde_json::Value as Json;

use crate::project::{PlanDraft, Project, Wanted, project_record, read_project};
use crate::solving::{Reply, pose, read_reply};

/// A plan that was found, and what it was found for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Solved {
    /// The [`basis`] of the search.
    pub(crate) basis: Rc<str>,
    /// The answer of the solver, as it gave it.
    pub(crate) reply: Rc<str>,
}

impl Solved {
    /// The answer, if it is a plan and still one for this basis.
    pub(crate) fn reply_for(&self, basis: &str) -> Option<Reply> {
        Some(read_reply(&self.reply)).filter(|reply| *self.basis == *basis && matches!(reply, Reply::Plan { .. }))
    }

    /// The record of it.
    pub(crate) fn record(&self) -> Json {
        object([("basis", (&*self.basis).into()), ("reply", (&*self.reply).into())])
    }

    /// What a record holds.
    pub(crate) fn read(record: &Json) -> Option<Self> {
        let (basis, reply) = (text(record, "basis"), text(record, "reply"));
        (!basis.is_empty()).then(|| Self { basis: basis.into(), reply: reply.into() })
    }
}

/// A checksum of everything that a plan rests on: figures, results, measures, goal and limits. Notes and
/// evidence change nothing of it.
pub(crate) fn basis(work: &Work, plan: &PlanDraft) -> Rc<str> {
    let standard = &work.document.standard;
    let figures = work.record().get("figures").cloned().unwrap_or_default();
    let result = canonical_result(standard, "", work.draft.level, work.assessment.report());
    let planned = project_record(standard, &Project { plan: plan.clone(), ..Project::default() });
    hash(&printed(&object([("figures", figures), ("result", result.into()), ("plan", planned)]))).into()
}

/// What a plan takes and reaches, and whether it is proved to be the best.
pub(crate) fn sentences(locale: Locale, before: Tally, wanted: Wanted, plan: &Plan) -> [String; 2] {
    let values = [
        ("count", plan.chosen.len().to_string()),
        ("money", money_text(locale, plan.money)),
        ("effort", effort_text(locale, plan.effort)),
        ("before", before.met.to_string()),
        ("after", plan.report.total.met.to_string()),
        ("range", range(plan.report.total)),
    ];
    let found = locale.fill(key::PLAN_FOUND, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    let proof = match plan.proof {
        Proof::Optimal if wanted == Wanted::MostMet => locale.word(key::PLAN_OPTIMAL_MOST).to_owned(),
        Proof::Optimal => locale.word(key::PLAN_OPTIMAL).to_owned(),
        Proof::Bound(bound) => {
            let bound = match wanted {
                Wanted::LeastMoney => money_text(locale, bound),
                Wanted::LeastEffort => effort_text(locale, bound),
                Wanted::MostMet => bound.to_string(),
            };
            locale.fill(key::PLAN_BOUND, &[("bound", &bound)])
        }
    };
    [found, proof]
}

/// The name of a measure of a problem.
pub(crate) fn measure_name(locale: Locale, work: &Work, problem: &Problem<'_>, number: usize) -> String {
    let effect = problem.measures.get(number).and_then(|measure| measure.effects.first());
    effect.map(|effect| measure_text(locale, &work.document, effect)).unwrap_or_default()
}

/// The plan of a record of what is planned, as `dabiao_office::report::face` takes it; nothing if there is
/// none, or if what it rests on has changed since.
pub(crate) fn in_words(locale: Locale, work: &Work, record: &Json) -> Option<String> {
    let project = read_project(&work.document.standard, record);
    let reply = project.solved.as_ref()?.reply_for(&basis(work, &project.plan))?;
    let Reply::Plan { chosen, proof, nodes } = reply else { return None };
    let problem = pose(locale, work, &project.plan).ok()?;
    let plan = review(&problem, &chosen, proof, nodes).ok()??;
    let steps = plan.timetable.iter().filter_map(|slot| {
        let measure = problem.measures.get(slot.measure)?;
        let [begin, finish] = [slot.begin, slot.finish].map(|quarter| quarter_text(locale, quarter));
        let time = if begin == finish { begin } else { format!("{begin}–{finish}") };
        Some(object([
            ("measure", measure_name(locale, work, &problem, slot.measure).into()),
            ("department", department_text(locale, &work.document, measure.department).into()),
            ("money", money_text(locale, measure.money).into()),
            ("time", time.into()),
        ]))
    });
    let before = work.assessment.report().total;
    let sentences = sentences(locale, before, project.plan.goal.wanted, &plan).into_iter().map(Json::from);
    Some(printed(&object([("sentences", sentences.collect()), ("steps", steps.collect::<Json>())])))
}
