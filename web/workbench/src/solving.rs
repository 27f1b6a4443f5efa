//! Questions to the solver and its answers, as text between the page and the worker.
//!
//! The question is the draft and the project, as they are kept; the worker makes the problem of them
//! just as the page does. Of a plan only the chosen measures come back: the page judges them anew.

use std::rc::Rc;

use dabiao_analysis::plan::{
    Answer, Blockers, Effect, Effort, Limits, Measure, Objective, PlanError, Problem, Progress, Proof, Quarter, solve,
};
use dabiao_catalog::Document;
use dabiao_catalog::pack::unpack_bundle;
use dabiao_core::{DepartmentIndex, Exact, Unit};
use dabiao_draft::json::{object, printed, text};
use dabiao_draft::read_draft;
use dabiao_view::Locale;
use dabiao_view::entry::{Tone, message};
use dabiao_view::planning::{clause_text, constraint_text, measure_text, relaxation_text};
use dabiao_view::words::{Word, key};
use dabiao_web::state::Work;
use serde_json::Value as Json;

use crate::fields::{PLAIN, parse_amount};
use crate::project::{EffectKind, MeasureDraft, PlanDraft, Project, Wanted, project_record, read_project};

/// What came of a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reply {
    /// These of the problem's measures, with what is proved; the bound is in the objective's unit.
    Plan { chosen: Vec<usize>, proof: Proof, nodes: u64 },
    /// Nothing reaches the goal; why, in sentences.
    OutOfReach(Obstacles),
    /// Stopped before anything was found or excluded.
    Stopped,
    /// The question makes no sense.
    Refused(String),
}

/// What stands in the way, in sentences.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Obstacles {
    pub(crate) most_met: Option<String>,
    pub(crate) hopeless: Vec<String>,
    pub(crate) relaxations: Vec<String>,
    pub(crate) conflict: Vec<String>,
    pub(crate) is_proved: bool,
}

/// The first quarter that is offered: that of the assessed year's successor, or of a year that is
/// long enough ago to be changed.
pub(crate) fn first_quarter(work: &Work) -> Quarter {
    let year = work.document.standard.find_figure("assessment_year").and_then(|figure| work.assessment.situation().value(figure)?.number());
    let year = year.and_then(|year| u16::try_from(year.numerator()).ok().filter(|_| year.is_whole()));
    Quarter::new(year.unwrap_or(2025), 4).later(1)
}

/// Makes the problem of what was typed.
///
/// # Errors
/// A sentence that names the field.
pub(crate) fn pose<'a>(locale: Locale, work: &'a Work, plan: &PlanDraft) -> Result<Problem<'a>, String> {
    let numbers: Vec<usize> = plan.measures.iter().enumerate().filter(|(_, measure)| measure.is_used).map(|(number, _)| number).collect();
    let place = |number: &usize| numbers.iter().position(|other| other == number);
    let mut measures = Vec::with_capacity(numbers.len());
    for measure in plan.measures.iter().filter(|measure| measure.is_used) {
        measures.push(pose_measure(locale, work, plan, measure, &place)?);
    }
    let goal = &plan.goal;
    let amount =
        |word: Word, typed: &str, unit: Unit| -> Result<Option<Exact>, String> { read_amount(locale, locale.word(word), typed, unit) };
    let count = |word: Word, typed: &str| -> Result<Option<u32>, String> {
        Ok(amount(word, typed, Unit::Item)?.and_then(|count| u32::try_from(count.numerator()).ok()))
    };
    let applicable = work.assessment.report().total.applicable();
    let share = amount(key::LIMIT_LEAST_SHARE, &goal.least_share, Unit::Percent)?;
    // A share of all clauses that count is a number of clauses, rounded up.
    let of_share = share.and_then(|share| {
        let clauses = share.times(Exact::from(applicable)).ok()?.over(Exact::from(100_u32)).ok()?.ceiling();
        u32::try_from(clauses.numerator()).ok()
    });
    let least_met = count(key::LIMIT_LEAST_MET, &goal.least_met)?;
    let mut floors = Vec::new();
    for (group, typed) in &goal.floors {
        floors.extend(count(key::LIMIT_FLOORS, typed)?.map(|least| (*group, least)));
    }
    let cap = count(key::LIMIT_DEPARTMENT, &goal.department)?;
    let mut departments: Vec<DepartmentIndex> = measures.iter().filter_map(|measure: &Measure| measure.department).collect();
    departments.sort_unstable();
    departments.dedup();
    let limits = Limits {
        least_met: least_met.max(of_share),
        floors,
        must: goal.must.clone(),
        money: amount(key::LIMIT_MONEY, &goal.money, Unit::WanYuan)?,
        effort: amount(key::LIMIT_EFFORT, &goal.effort, PLAIN)?,
        deadline: goal.deadline,
        departments: cap.map(|most| departments.into_iter().map(|department| (department, most)).collect()).unwrap_or_default(),
    };
    let objective = match goal.wanted {
        Wanted::LeastMoney => Objective::LeastMoney,
        Wanted::LeastEffort => Objective::LeastEffort,
        Wanted::MostMet => Objective::MostMet,
    };
    let start = goal.start.unwrap_or_else(|| first_quarter(work));
    let (standard, situation) = (&work.document.standard, work.assessment.situation().clone());
    Ok(Problem { standard, situation, measures, objective, limits, start })
}

fn pose_measure(
    locale: Locale,
    work: &Work,
    plan: &PlanDraft,
    measure: &MeasureDraft,
    position: &impl Fn(&usize) -> Option<usize>,
) -> Result<Measure, String> {
    let effect = effect_of_draft(locale, work, measure)?;
    let name = measure_text(locale, &work.document, &effect);
    let cost = plan.cost(measure);
    // Where the cost was typed: at the class, or at the measure.
    let place = match measure.class {
        Some(class) => format!("{}: {}", locale.word(key::CLASSES_TITLE), locale.word(class_word(class))),
        None => name,
    };
    let amount = |word: Word, typed: &str, unit: Unit| {
        let field = format!("{place}, {}", locale.word(word));
        Ok::<Exact, String>(read_amount(locale, &field, typed, unit)?.unwrap_or(Exact::ZERO))
    };
    Ok(Measure {
        effects: vec![effect],
        money: amount(key::HEAD_MONEY, &cost.money, Unit::WanYuan)?,
        effort: amount(key::HEAD_EFFORT, &cost.effort, PLAIN)?,
        months: u32::try_from(amount(key::HEAD_MONTHS, &cost.months, PLAIN)?.ceiling().numerator()).unwrap_or_default(),
        earliest_finish: measure.earliest,
        department: measure.department,
        requires: measure.requires.iter().filter_map(position).collect(),
        excludes: measure.excludes.iter().filter_map(position).collect(),
    })
}

/// The word for a class.
pub(crate) fn class_word(class: Effort) -> Word {
    match class {
        Effort::Light => key::CLASS_LIGHT,
        Effort::Medium => key::CLASS_MEDIUM,
        Effort::Heavy => key::CLASS_HEAVY,
    }
}

/// What a measure does.
///
/// # Errors
/// A sentence that names the figure.
pub(crate) fn effect_of_draft(locale: Locale, work: &Work, measure: &MeasureDraft) -> Result<Effect, String> {
    let figure = measure.figure;
    let number = || {
        let definition = work.document.standard.figure(figure);
        let name = work.document.figures.get(figure.0 as usize).map_or("", |text| locale.text(&text.name));
        let refused = |problem: String| locale.fill(key::PLAN_ERROR_INPUT, &[("field", name), ("problem", &problem)]);
        // An amount to add may be anything, a level must make sense for the figure.
        match definition.filter(|_| measure.kind != EffectKind::Add) {
            Some(definition) => {
                let entry = dabiao_core::parse_entry(&measure.value, definition);
                let shown = message(locale, definition.kind, &measure.value, entry.as_ref().map(|entry| *entry));
                if let Some((Tone::Error, problem)) = shown {
                    return Err(refused(problem));
                }
                entry.ok().flatten().and_then(|entry| entry.value.number()).ok_or_else(|| refused(locale.word(key::ENTRY_EMPTY).to_owned()))
            }
            None => measure.value.parse().map_err(|_| refused(locale.word(key::ENTRY_EMPTY).to_owned())),
        }
    };
    Ok(match measure.kind {
        EffectKind::Done => Effect::Done(figure),
        EffectKind::AtLeast => Effect::AtLeast(figure, number()?),
        EffectKind::AtMost => Effect::AtMost(figure, number()?),
        EffectKind::Add => Effect::Add(figure, number()?),
    })
}

fn read_amount(locale: Locale, field: &str, typed: &str, unit: Unit) -> Result<Option<Exact>, String> {
    parse_amount(typed, unit).map_err(|_| {
        let problem = crate::fields::amount_message(locale, typed, unit).unwrap_or_default();
        locale.fill(key::PLAN_ERROR_INPUT, &[("field", field), ("problem", &problem)])
    })
}

/// The question as text.
pub(crate) fn question(locale: Locale, work: &Work, plan: &PlanDraft) -> String {
    let document = &work.document;
    let project = Project { plan: plan.clone(), ..Project::default() };
    printed(&object([("locale", locale.tag().into()), ("draft", work.record()), ("project", project_record(&document.standard, &project))]))
}

/// Answers a question.
pub(crate) fn answer(packed: &[u8], question: &str, go_on: &mut dyn FnMut(Progress) -> bool) -> String {
    let reply = read_question(packed, question).and_then(|(locale, work, project)| {
        let problem = pose(locale, &work, &project.plan)?;
        let answer = solve(&problem, go_on).map_err(|error| error_text(locale, &work.document, &problem, error))?;
        Ok(reply_record(locale, &work.document, &answer))
    });
    printed(&reply.unwrap_or_else(|problem| object([("kind", "refused".into()), ("problem", Json::from(problem))])))
}

fn read_question(packed: &[u8], question: &str) -> Result<(Locale, Work, Project), String> {
    let damaged = || "the question is damaged".to_owned();
    let record: Json = serde_json::from_str(question).map_err(|error| error.to_string())?;
    let document = Rc::new(unpack_bundle(packed).ok_or_else(damaged)?.document);
    let draft = read_draft(record.get("draft").ok_or_else(damaged)?, &document.standard).map_err(|_| damaged())?;
    let project = read_project(&document.standard, record.get("project").ok_or_else(damaged)?);
    let locale = if text(&record, "locale") == Locale::En.tag() { Locale::En } else { Locale::Zh };
    Ok((locale, Work::new(document.id.as_str().into(), document, draft), project))
}

/// What is wrong with a problem, in a sentence.
pub(crate) fn error_text(locale: Locale, document: &Document, problem: &Problem<'_>, error: PlanError) -> String {
    let name = |number: usize| {
        let effect = problem.measures.get(number).and_then(|measure| measure.effects.first());
        effect.map(|effect| measure_text(locale, document, effect)).unwrap_or_default()
    };
    match error {
        PlanError::RequirementCycle(number) | PlanError::UnknownMeasure(number) | PlanError::NegativeCost(number) => {
            locale.fill(key::PLAN_ERROR_CYCLE, &[("measure", &name(number))])
        }
        PlanError::TooLarge => locale.word(key::PLAN_ERROR_LARGE).to_owned(),
    }
}

fn reply_record(locale: Locale, document: &Document, answer: &Answer) -> Json {
    match answer {
        Answer::Plan(plan) => object([
            ("kind", "plan".into()),
            ("chosen", plan.chosen.iter().map(|number| Json::from(u64::try_from(*number).unwrap_or_default())).collect()),
            (
                "bound",
                match plan.proof {
                    Proof::Optimal => Json::Null,
                    Proof::Bound(bound) => bound.to_string().into(),
                },
            ),
            ("nodes", plan.nodes.into()),
        ]),
        Answer::OutOfReach(blockers) => obstacles_record(locale, document, blockers),
        Answer::Stopped => object([("kind", Json::from("stopped"))]),
    }
}

fn obstacles_record(locale: Locale, document: &Document, blockers: &Blockers) -> Json {
    let clauses = blockers.hopeless.iter().map(|clause| Json::from(clause_text(locale, document, *clause)));
    let most_met = blockers.most_met.map(|met| locale.fill(key::PLAN_MOST_MET, &[("count", &met.to_string())]));
    object([
        ("kind", "out_of_reach".into()),
        ("most_met", most_met.map_or(Json::Null, Json::from)),
        ("hopeless", clauses.collect()),
        ("relaxations", blockers.relaxations.iter().map(|relaxation| Json::from(relaxation_text(locale, document, relaxation))).collect()),
        ("conflict", blockers.conflict.iter().map(|constraint| Json::from(constraint_text(locale, document, constraint))).collect()),
        ("proved", blockers.is_proved.into()),
    ])
}

/// Reads an answer.
pub(crate) fn read_reply(record: &str) -> Reply {
    let record: Json = serde_json::from_str(record).unwrap_or_default();
    let list = |field: &str| record.get(field).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let texts = |field: &str| list(field).iter().filter_map(|text| text.as_str().map(str::to_owned)).collect::<Vec<String>>();
    match text(&record, "kind") {
        "plan" => Reply::Plan {
            chosen: list("chosen").iter().filter_map(|number| usize::try_from(number.as_u64()?).ok()).collect(),
            proof: record.get("bound").and_then(|bound| parse_exact(bound.as_str()?)).map_or(Proof::Optimal, Proof::Bound),
            nodes: record.get("nodes").and_then(Json::as_u64).unwrap_or_default(),
        },
        "out_of_reach" => Reply::OutOfReach(Obstacles {
            most_met: record.get("most_met").and_then(|text| text.as_str().map(str::to_owned)),
            hopeless: texts("hopeless"),
            relaxations: texts("relaxations"),
            conflict: texts("conflict"),
            is_proved: record.get("proved").and_then(Json::as_bool).unwrap_or_default(),
        }),
        "stopped" => Reply::Stopped,
        _ => Reply::Refused(text(&record, "problem").to_owned()),
    }
}

/// A decimal, or a fraction where no decimal is equal.
fn parse_exact(text: &str) -> Option<Exact> {
    match text.split_once('/') {
        Some((above, below)) => above.parse::<Exact>().ok()?.over(below.parse().ok()?).ok(),
        None => text.parse().ok(),
    }
}
