//! The judging: a standard and a situation in, a report out.

use crate::figure::{FigureIndex, Range, Value};
use crate::formula::Unevaluated;
use crate::outcome::{Reason, Verdict};
use crate::report::{ClauseResult, FigureState, Origin, Report, Tally};
use crate::rule::Known;
use crate::situation::Situation;
use crate::standard::{Clause, ClauseIndex, Standard};

/// Judges every clause.
#[must_use]
pub fn score(standard: &Standard, situation: &Situation) -> Report {
    let mut figures: Vec<FigureState> =
        (0..).map(FigureIndex).zip(standard.figures()).map(|(index, _)| entered_state(situation.value(index))).collect();
    for index in standard.evaluation_order() {
        derive(standard, situation, &mut figures, *index);
    }
    let mut report = Report {
        figures,
        clauses: Vec::with_capacity(standard.clauses().len()),
        groups: vec![Tally::default(); standard.groups().len()],
        total: Tally::default(),
    };
    for (index, clause) in (0..).map(ClauseIndex).zip(standard.clauses()) {
        let result = judge(clause, index, situation, Known(&report.figures));
        count(standard, clause, situation, &mut report, result.verdict, Tally::add);
        report.clauses.push(result);
    }
    report
}

/// Brings a report up to date after one figure of the situation changed; the result is the same as
/// that of [`score`]. Returns the clauses that were judged again, in document order.
///
/// `report` must be the answer to the situation as it was before that change.
pub fn update<'a>(standard: &'a Standard, situation: &Situation, figure: FigureIndex, report: &mut Report) -> &'a [ClauseIndex] {
    let Some(dependents) = standard.dependents(figure) else {
        return &[];
    };
    if let Some(state) = report.figures.get_mut(figure.0 as usize) {
        *state = entered_state(situation.value(figure));
    }
    for index in &dependents.figures {
        derive(standard, situation, &mut report.figures, *index);
    }
    for index in &dependents.clauses {
        update_clause(standard, situation, *index, report);
    }
    &dependents.clauses
}

/// Brings a report up to date after the decision about one clause changed (not applicable, reading).
pub fn update_clause(standard: &Standard, situation: &Situation, index: ClauseIndex, report: &mut Report) {
    let Some(clause) = standard.clause(index) else { return };
    let result = judge(clause, index, situation, Known(&report.figures));
    let Some(slot) = report.clauses.get_mut(index.0 as usize) else { return };
    let before = std::mem::replace(slot, result).verdict;
    let after = slot.verdict;
    if before != after {
        count(standard, clause, situation, report, before, Tally::remove);
        count(standard, clause, situation, report, after, Tally::add);
    }
}

fn entered_state(value: Option<Value>) -> FigureState {
    let origin = if value.is_some() { Origin::Entered } else { Origin::Missing };
    FigureState { value, origin, derived: None }
}

/// Evaluates the formula of a figure. An entered value still counts before the derived one.
fn derive(standard: &Standard, situation: &Situation, figures: &mut [FigureState], index: FigureIndex) {
    let Some(figure) = standard.figure(index) else { return };
    let (Some(formula), Some(unit)) = (&figure.formula, figure.kind.unit()) else { return };
    let lookup = |used: FigureIndex| {
        let range = figures.get(used.0 as usize)?.value?.range()?;
        Some((range, standard.figure(used)?.kind.unit()?))
    };
    // Scales are above zero, so the ends of a range keep their order.
    let in_unit = |range: Range| range.map(|end| end.over(unit.scale())).map_err(Unevaluated::from);
    let derived = formula.evaluate(&lookup).and_then(in_unit).map(Value::from_range);
    let mut state = entered_state(situation.value(index));
    state.derived = derived.ok().and_then(Value::number);
    if state.value.is_none() {
        match derived {
            Ok(value) => {
                state.value = Some(value);
                state.origin = Origin::Derived;
            }
            Err(Unevaluated::Missing) => {}
            Err(error) => state.origin = Origin::Failed(error),
        }
    }
    if let Some(slot) = figures.get_mut(index.0 as usize) {
        *slot = state;
    }
}

fn judge(clause: &Clause, index: ClauseIndex, situation: &Situation, known: Known<'_>) -> ClauseResult {
    if !clause.levels.contains(situation.level()) {
        let contribution = clause.contribution;
        let value = contribution.and_then(|figure| known.number(figure));
        return ClauseResult { verdict: Verdict::NotJudged, reason: Reason::OtherLevel { contribution, value }, readings: Vec::new() };
    }
    let answer = situation.clause(index);
    let chosen = usize::from(answer.reading);
    if answer.not_applicable {
        return ClauseResult { verdict: Verdict::NotApplicable, reason: Reason::NotApplicable, readings: Vec::new() };
    }
    let mut readings = clause.readings.iter().map(|reading| {
        let (truth, reason) = reading.rule.judge(known);
        let verdict = if reading.rule.is_context() { Verdict::NotJudged } else { Verdict::from(truth) };
        (verdict, reason)
    });
    if clause.readings.len() == 1 {
        let (verdict, reason) = readings.next().unwrap_or((Verdict::Unknown, Reason::NotApplicable));
        return ClauseResult { verdict, reason, readings: Vec::new() };
    }
    let (verdicts, mut reasons): (Vec<Verdict>, Vec<Reason>) = readings.unzip();
    let verdict = verdicts.get(chosen).copied().unwrap_or(Verdict::Unknown);
    let reason = if chosen < reasons.len() { reasons.swap_remove(chosen) } else { Reason::NotApplicable };
    ClauseResult { verdict, reason, readings: verdicts }
}

/// Counts a clause, in the total and in every group above it. What another level answers counts nowhere.
fn count(
    standard: &Standard,
    clause: &Clause,
    situation: &Situation,
    report: &mut Report,
    verdict: Verdict,
    change: fn(&mut Tally, Verdict),
) {
    if !clause.levels.contains(situation.level()) {
        return;
    }
    change(&mut report.total, verdict);
    for group in standard.group_path(clause.group) {
        if let Some(tally) = report.groups.get_mut(group.0 as usize) {
            change(tally, verdict);
        }
    }
}
