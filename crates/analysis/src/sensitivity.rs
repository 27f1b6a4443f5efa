//! Which figure moves the result most, what the result is over the whole range of one figure, and
//! how far the nearest verdicts are from changing.

use dabiao_core::outcome::Reason;
use dabiao_core::{ClauseIndex, Exact, Figure, FigureIndex, FigureKind, Period, Report, Situation, Standard, Tally, Unit, Value, Verdict};

use crate::goal_seek::{candidates, distance, reported_digits, turning_points};
use crate::scenario::{Flip, Trial, flips};

/// How far each figure is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// By a share of its value, up and down: 1/10 for ten percent.
    Share(Exact),
    /// By one unit, up and down.
    Unit,
    /// To the nearest reportable value at which one clause more is met, and to the nearest at which
    /// one more is missed.
    Turn,
}

/// What moving one figure does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swing {
    /// The figure.
    pub figure: FigureIndex,
    /// The move that loses, or the move downwards.
    pub down: Option<Moved>,
    /// The move that gains, or the move upwards.
    pub up: Option<Moved>,
}

/// A figure at another value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The value.
    pub value: Value,
    /// The total then.
    pub total: Tally,
    /// What came out otherwise.
    pub flips: Vec<Flip>,
}

impl Moved {
    /// How many clauses more are met than in another total; negative if fewer.
    #[must_use]
    pub fn gain(&self, from: Tally) -> i64 {
        i64::from(self.total.met).saturating_sub(i64::from(from.met))
    }
}

/// Whether a figure can be worked on: not one of an earlier year, not a target set by others, not the
/// year itself. Those are facts and rules.
#[must_use]
pub fn is_lever(figure: &Figure) -> bool {
    let is_now = matches!(figure.period, Period::AssessmentYear | Period::None);
    is_now && figure.kind.unit() != Some(Unit::Year)
}

/// What each figure does when it is moved: those first that move most. Left out are figures that move
/// nothing, that cannot be worked on, and that nobody entered unless they are moved to a turn.
#[must_use]
pub fn tornado(standard: &Standard, situation: &Situation, step: Step) -> Vec<Swing> {
    let mut trial = Trial::new(standard, situation.clone());
    let before = trial.report().clone();
    let figures = (0..).map(FigureIndex).zip(standard.figures()).filter(|(_, figure)| figure.formula.is_none() && is_lever(figure));
    let mut swings: Vec<Swing> = figures
        .filter_map(|(index, figure)| {
            let (down, up) = match figure.kind {
                FigureKind::YesNo => yes_no_moves(&before, index, step),
                FigureKind::Number { .. } => number_moves(&mut trial, &before, index, step),
            };
            let mut moved = |value: Option<Value>| {
                let value = value.filter(|value| fits(figure.kind, *value))?;
                let entered = situation.value(index);
                trial.set(index, Some(value));
                let flips = flips(&before, trial.report());
                let total = trial.report().total;
                trial.set(index, entered);
                (!flips.is_empty()).then_some(Moved { value, total, flips })
            };
            let swing = Swing { figure: index, down: moved(down), up: moved(up) };
            (swing.down.is_some() || swing.up.is_some()).then_some(swing)
        })
        .collect();
    let size = |swing: &Swing| {
        let moves = || [&swing.down, &swing.up].into_iter().flatten();
        let gain = moves().map(|moved| moved.gain(before.total).unsigned_abs()).max().unwrap_or_default();
        (gain, moves().map(|moved| moved.flips.len()).max().unwrap_or_default())
    };
    swings.sort_by_key(|swing| std::cmp::Reverse(size(swing)));
    swings
}

/// A value with so many digits after the point, rounded to a whole number of the last one.
fn to_digits(value: Exact, digits: u32, round: impl Fn(Exact) -> Exact) -> Option<Exact> {
    let scale = Exact::from(10_u32).power(digits).ok()?;
    round(value.times(scale).ok()?).over(scale).ok()
}

fn fits(kind: FigureKind, value: Value) -> bool {
    match (kind, value.number()) {
        (FigureKind::Number { min, max, .. }, Some(number)) => min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max),
        (FigureKind::Number { .. }, None) => false,
        (FigureKind::YesNo, number) => number.is_none(),
    }
}

fn yes_no_moves(before: &Report, index: FigureIndex, step: Step) -> (Option<Value>, Option<Value>) {
    // A share or a unit of an answer means nothing.
    let answer = before.known().yes_no(index);
    match (step, answer) {
        (Step::Turn, Some(true)) => (Some(Value::YesNo(false)), None),
        (Step::Turn, _) => (None, Some(Value::YesNo(true))),
        _ => (None, None),
    }
}

fn number_moves(trial: &mut Trial<'_>, before: &Report, index: FigureIndex, step: Step) -> (Option<Value>, Option<Value>) {
    let present = before.known().number(index);
    let kind = trial.standard().figure(index).map(|figure| figure.kind);
    // Moved at least so far, to a value that can be reported: 7.7 villages are none.
    let by = |amount: Exact| {
        let (Some(present), Some(kind)) = (present, kind) else { return (None, None) };
        let digits = reported_digits(kind, Some(present));
        let number = |moved: Option<Exact>| moved.filter(|moved| *moved != present).map(Value::Number);
        let down = present.minus(amount).ok().and_then(|value| to_digits(value, digits, Exact::floor));
        let up = present.plus(amount).ok().and_then(|value| to_digits(value, digits, Exact::ceiling));
        (number(down), number(up))
    };
    match step {
        Step::Unit => by(Exact::ONE),
        Step::Share(share) => present.and_then(|present| present.abs().times(share).ok()).map_or((None, None), by),
        Step::Turn => {
            let gained = nearest(trial, before, index, present, |total| total.met > before.total.met);
            let lost = nearest(trial, before, index, present, |total| total.not_met > before.total.not_met);
            (lost.map(Value::Number), gained.map(Value::Number))
        }
    }
}

/// The reportable value nearest to the present one at which the total is as wanted.
fn nearest(
    trial: &mut Trial<'_>,
    before: &Report,
    index: FigureIndex,
    present: Option<Exact>,
    wanted: impl Fn(Tally) -> bool,
) -> Option<Exact> {
    let standard = trial.standard();
    let kind = standard.figure(index)?.kind;
    let entered = trial.situation().value(index);
    let points = turning_points(trial, index, &standard.dependents(index)?.clauses)?;
    let values = candidates(kind, &points, reported_digits(kind, present));
    // From an unknown figure the least number counts as the nearest.
    let from = present.or_else(|| values.first().copied())?;
    let mut found: Option<Exact> = None;
    for value in values {
        if found.is_some_and(|found| distance(found, from) <= distance(value, from)) {
            continue;
        }
        trial.set(index, Some(Value::Number(value)));
        if wanted(trial.report().total) {
            found = Some(value);
        }
    }
    trial.set(index, entered);
    debug_assert_eq!(trial.report().total, before.total, "the trial is left as it was");
    found
}

/// The result over the range of one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cliff {
    /// The values at which the result may change, ascending.
    pub points: Vec<Exact>,
    /// The result at each reportable value beside them, ascending; between two of them it is that
    /// of the nearer side.
    pub steps: Vec<(Exact, Tally)>,
    /// The present value, if known.
    pub present: Option<Exact>,
    /// The nearest reportable values below and above at which more clauses are missed. That one can no
    /// longer be judged (divided by zero) is no loss.
    pub lost_at: [Option<Exact>; 2],
    /// The nearest reportable values below and above at which more clauses are met.
    pub gained_at: [Option<Exact>; 2],
}

/// The result over the range of one figure; `None` if it is no number or not solved in closed form.
#[must_use]
pub fn cliff(standard: &Standard, situation: &Situation, figure: FigureIndex) -> Option<Cliff> {
    let mut trial = Trial::new(standard, situation.clone());
    let before = trial.report().clone();
    let kind = standard.figure(figure)?.kind;
    let present = before.known().number(figure);
    let points = turning_points(&trial, figure, &standard.dependents(figure)?.clauses)?;
    let mut values = candidates(kind, &points, reported_digits(kind, present));
    values.extend(present);
    values.sort_unstable();
    values.dedup();
    let steps: Vec<(Exact, Tally)> = values
        .into_iter()
        .map(|value| {
            trial.set(figure, Some(Value::Number(value)));
            (value, trial.report().total)
        })
        .collect();
    // Below, the last one counts; above, the first.
    let beside = |holds: &dyn Fn(Tally) -> bool| {
        let fitting = || steps.iter().filter(|(_, total)| holds(*total)).map(|(value, _)| *value);
        let from = present?;
        Some([fitting().rfind(|value| *value < from), fitting().find(|value| *value > from)])
    };
    let lost_at = beside(&|total| total.not_met > before.total.not_met).unwrap_or_default();
    let gained_at = beside(&|total| total.met > before.total.met).unwrap_or_default();
    Some(Cliff { points, steps, present, lost_at, gained_at })
}

/// How far a verdict is from changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margin {
    /// The clause.
    pub clause: ClauseIndex,
    /// Whether it is met: then the margin is safety, else it is the gap.
    pub is_met: bool,
    /// The distance to the threshold in the figure's unit; never negative.
    pub distance: Exact,
    /// The figure that is compared.
    pub figure: FigureIndex,
    /// The distance as a share of the threshold; `None` where the threshold is zero.
    pub share: Option<Exact>,
}

/// The distances of all clauses that are one comparison or one growth: the nearest first, clauses
/// whose threshold is zero last.
#[must_use]
pub fn margins(report: &Report) -> Vec<Margin> {
    let results = (0..).map(ClauseIndex).zip(&report.clauses);
    let mut margins: Vec<Margin> = results
        .filter_map(|(clause, result)| {
            let is_met = match result.verdict {
                Verdict::Met => true,
                Verdict::NotMet => false,
                _ => return None,
            };
            let (figure, margin, threshold) = match &result.reason {
                Reason::Comparison(comparison) => (comparison.figure, comparison.margin()?, comparison.threshold?),
                Reason::Growth(growth) => (growth.current, growth.margin()?, growth.needed_value?),
                _ => return None,
            };
            let distance = margin.abs();
            Some(Margin { clause, is_met, distance, figure, share: distance.over(threshold.abs()).ok() })
        })
        .collect();
    margins.sort_by(|one, other| {
        let key = |margin: &Margin| (margin.share.is_none(), margin.share);
        key(one).cmp(&key(other))
    });
    margins
}
