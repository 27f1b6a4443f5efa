//! Measures to start from: what would turn each clause that is not met, one by one. The effort that
//! each is given is a guess of ours, marked as such wherever it shows, and the person's to change.

use dabiao_core::outcome::{Comparison, Reason};
use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, FigureIndex, FigureKind, Situation, Standard, Truth, Unit, Verdict};

use super::Effect;
use crate::goal_seek::enough;
use crate::scenario::Trial;

/// A guess at how hard something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// A number that is up to a tenth short of its threshold.
    Light,
    /// A task that is not done, or a number that is up to a half short.
    Medium,
    /// A number that is further away or unknown.
    Heavy,
}

/// A measure that suggests itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedMeasure {
    /// What it changes.
    pub effect: Effect,
    /// The clauses whose rules name it, in document order. It may turn others too.
    pub clauses: Vec<ClauseIndex>,
    /// The department that leads the first of them.
    pub department: Option<DepartmentIndex>,
    /// Our guess.
    pub effort: Effort,
}

/// What would turn each clause that is missed or unknown. Alternatives of an either/or clause are
/// measures of their own; one figure that several clauses ask for is one measure.
#[must_use]
pub fn proposed_measures(standard: &Standard, situation: &Situation) -> Vec<ProposedMeasure> {
    let trial = Trial::new(standard, situation.clone());
    let mut proposed: Vec<ProposedMeasure> = Vec::new();
    for (index, result) in (0..).map(ClauseIndex).zip(&trial.report().clauses) {
        if !matches!(result.verdict, Verdict::NotMet | Verdict::Unknown) {
            continue;
        }
        let mut found = Vec::new();
        collect(&trial, &result.reason, &mut found);
        let departments = standard.clause(index).map_or(&[][..], |clause| clause.departments.as_slice());
        let lead = departments.iter().find(|part| part.lead).or(departments.first()).map(|part| part.department);
        for (effect, effort) in found {
            match proposed.iter_mut().find(|measure| measure.effect == effect) {
                Some(known) if known.clauses.contains(&index) => {}
                Some(known) => known.clauses.push(index),
                None => proposed.push(ProposedMeasure { effect, clauses: vec![index], department: lead, effort }),
            }
        }
    }
    proposed
}

fn collect(trial: &Trial<'_>, reason: &Reason, found: &mut Vec<(Effect, Effort)>) {
    match reason {
        Reason::YesNo { figure, .. } => found.push((Effect::Done(*figure), Effort::Medium)),
        Reason::Comparison(comparison) => compare(trial, comparison, found),
        Reason::Between { low, high, .. } => {
            let missed = [low, high].into_iter().filter(|comparison| comparison.truth() != Truth::Met);
            missed.for_each(|comparison| compare(trial, comparison, found));
        }
        Reason::Growth(growth) => {
            if let Some(needed) = growth.needed_value {
                let operator = if growth.strict { dabiao_core::Operator::MoreThan } else { dabiao_core::Operator::AtLeast };
                let (value, threshold) = (growth.current_value, Some(needed));
                compare(
                    trial,
                    &Comparison { figure: growth.current, value, range: None, operator, threshold, threshold_figure: None },
                    found,
                );
            }
        }
        Reason::Parts { parts, .. } => {
            let open = parts.iter().filter(|(truth, _)| *truth != Truth::Met);
            open.for_each(|(_, part)| collect(trial, part, found));
        }
        Reason::Rising { .. } | Reason::Context { .. } | Reason::NotApplicable | Reason::OtherLevel { .. } => {}
    }
}

/// The figure itself, or where it follows from others, the one of them that can be worked on.
fn compare(trial: &Trial<'_>, comparison: &Comparison, found: &mut Vec<(Effect, Effort)>) {
    let Some(threshold) = comparison.threshold else { return };
    let standard = trial.standard();
    let effort = effort(comparison.value, threshold);
    let rising = comparison.operator.is_rising();
    let is_derived = |figure: FigureIndex| standard.figure(figure).is_some_and(|definition| definition.formula.is_some());
    let entered = |figure: FigureIndex| trial.situation().value(figure).is_some();
    let effect =
        |figure: FigureIndex, level: Exact, up: bool| if up { Effect::AtLeast(figure, level) } else { Effect::AtMost(figure, level) };
    // A judged figure as a clause of its own: the least value that is enough for this comparison.
    if is_derived(comparison.figure) && !entered(comparison.figure) && comparison.value.is_some() {
        for raw in raw_figures(standard, comparison.figure) {
            let Some(value) = trial.report().known().number(raw) else { continue };
            if let Some(level) = enough(trial, raw, comparison)
                && level > value
                && is_workable(standard, raw)
            {
                found.push((effect(raw, level, true), effort));
            }
        }
        return;
    }
    if let Some(level) = enough(trial, comparison.figure, comparison) {
        found.push((effect(comparison.figure, level, rising), effort));
    }
}

/// Whether more of it is a thing that a town can set out to make: not people, and not years.
fn is_workable(standard: &Standard, figure: FigureIndex) -> bool {
    let kind = standard.figure(figure).map(|definition| definition.kind);
    match kind {
        Some(FigureKind::Number { unit, .. }) => {
            !matches!(unit, Unit::Person | Unit::WanPerson | Unit::Household | Unit::Year | Unit::Rank | Unit::Grade)
        }
        _ => false,
    }
}

fn raw_figures(standard: &Standard, figure: FigureIndex) -> Vec<FigureIndex> {
    let formula = standard.figure(figure).and_then(|definition| definition.formula.as_ref());
    let Some(formula) = formula else { return vec![figure] };
    let mut raw: Vec<FigureIndex> = formula.figures().into_iter().flat_map(|used| raw_figures(standard, used)).collect();
    raw.sort_unstable();
    raw.dedup();
    raw
}

fn effort(value: Option<Exact>, threshold: Exact) -> Effort {
    let share = value.and_then(|value| value.minus(threshold).ok()?.abs().over(threshold.abs()).ok());
    let at_most = |share: Exact, of: u32| share.times(Exact::from(of)).is_ok_and(|times| times <= Exact::ONE);
    match share {
        Some(share) if at_most(share, 10) => Effort::Light,
        Some(share) if at_most(share, 2) => Effort::Medium,
        _ => Effort::Heavy,
    }
}
