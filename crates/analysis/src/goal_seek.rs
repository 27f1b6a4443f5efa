//! Which value of one figure reaches a goal: exactly, with the digits that people report.
//!
//! A verdict changes only where a judged value meets its threshold. Those turning points are known
//! in closed form ([`Function::crossings`]), and between two of them nothing changes. So trying the
//! reportable values next to each turning point finds the nearest one that reaches the goal, and
//! trying all in vain proves that this figure cannot do it.

use dabiao_core::formula::Operation;
use dabiao_core::outcome::Comparison;
use dabiao_core::rule::{Base, GrowthMeasure};
use dabiao_core::{ClauseIndex, Exact, FigureIndex, FigureKind, GroupIndex, Rule, Situation, Standard, Unit, Value, Verdict};

use crate::function::{Function, figure_function};
use crate::scenario::Trial;

/// Digits after the point that are usual where numbers are not whole.
const USUAL_DIGITS: u32 = 2;
/// The most digits after the point that are taken over from a typed value.
const MOST_DIGITS: u32 = 4;

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A clause is met.
    Clause(ClauseIndex),
    /// So many clauses are met: of a group, or of the whole standard.
    Count(Option<GroupIndex>, u32),
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// The nearest reportable value that reaches the goal.
    Value(Exact),
    /// The goal is reached as it is.
    Reached,
    /// No value of the figure reaches it: every piece between turning points was tried.
    Impossible,
    /// The verdict depends on the figure in a way that is not solved in closed form, or the figure
    /// is not a number.
    NotSolved,
}

/// How many digits after the point people report of this figure: none of whole things, else two, or
/// as many as the present value has, up to four.
#[must_use]
pub fn reported_digits(kind: FigureKind, present: Option<Exact>) -> u32 {
    match kind.unit() {
        Some(unit) if unit.is_whole() => 0,
        _ => present.and_then(Exact::fraction_digits).unwrap_or_default().clamp(USUAL_DIGITS, MOST_DIGITS),
    }
}

/// Whether the trial reaches the goal.
#[must_use]
pub fn is_reached(trial: &Trial<'_>, goal: Goal) -> bool {
    let report = trial.report();
    match goal {
        Goal::Clause(clause) => report.clauses.get(clause.0 as usize).is_some_and(|result| result.verdict == Verdict::Met),
        Goal::Count(None, least) => report.total.met >= least,
        Goal::Count(Some(group), least) => report.groups.get(group.0 as usize).is_some_and(|tally| tally.met >= least),
    }
}

/// The reportable value of a figure, nearest to the present one, that reaches the goal. Where the
/// present value is unknown, the least demanding one.
#[must_use]
pub fn seek(standard: &Standard, situation: &Situation, figure: FigureIndex, goal: Goal) -> Sought {
    let mut trial = Trial::new(standard, situation.clone());
    if is_reached(&trial, goal) {
        return Sought::Reached;
    }
    let Some(definition) = standard.figure(figure) else { return Sought::NotSolved };
    let present = trial.report().known().number(figure);
    let digits = reported_digits(definition.kind, present);
    let clauses = match goal {
        Goal::Clause(clause) => vec![clause],
        Goal::Count(..) => standard.dependents(figure).map(|dependents| dependents.clauses.clone()).unwrap_or_default(),
    };
    let Some(points) = turning_points(&trial, figure, &clauses) else { return Sought::NotSolved };
    let tried: Vec<(Exact, bool)> = candidates(definition.kind, &points, digits)
        .into_iter()
        .map(|value| {
            trial.set(figure, Some(Value::Number(value)));
            (value, is_reached(&trial, goal))
        })
        .collect();
    let reaching = || tried.iter().filter(|(_, reaches)| *reaches).map(|(value, _)| *value);
    let found = match present {
        Some(present) => reaching().min_by_key(|value| distance(*value, present)),
        // Where less is better the last one asks least, else the first. Which it is shows beyond the
        // last turning point, be that within the figure's range or not.
        None => {
            let unlimited = candidates(unlimited(definition.kind), &points, digits);
            let more_is_better = unlimited.last().is_none_or(|most| {
                trial.set(figure, Some(Value::Number(*most)));
                is_reached(&trial, goal)
            });
            if more_is_better { reaching().next() } else { reaching().next_back() }
        }
    };
    found.map_or(Sought::Impossible, Sought::Value)
}

/// The reportable value of a figure, nearest to the present one, for which a comparison holds; where
/// the present value is unknown, the least demanding one.
#[must_use]
pub fn enough(trial: &Trial<'_>, figure: FigureIndex, comparison: &Comparison) -> Option<Exact> {
    let (standard, report) = (trial.standard(), trial.report());
    let kind = standard.figure(figure)?.kind;
    let threshold = comparison.threshold?;
    let function = figure_function(standard, report, comparison.figure, figure)?;
    let present = report.known().number(figure);
    let values = candidates(kind, &function.crossings(threshold), reported_digits(kind, present));
    let mut holding =
        values.into_iter().filter(|value| function.at(*value).is_some_and(|judged| comparison.operator.holds(judged, threshold)));
    match present {
        Some(present) => holding.min_by_key(|value| distance(*value, present)),
        None if comparison.operator.is_rising() => holding.next(),
        None => holding.next_back(),
    }
}

/// The values of a figure at which one of the clauses may come out otherwise, ascending, without
/// repetitions. `None` if one of them is not known in closed form.
#[must_use]
pub fn turning_points(trial: &Trial<'_>, figure: FigureIndex, clauses: &[ClauseIndex]) -> Option<Vec<Exact>> {
    let standard = trial.standard();
    let unit = standard.figure(figure)?.kind.unit()?;
    if unit == Unit::Year {
        return None;
    }
    let mut points = Vec::new();
    for index in clauses {
        let clause = standard.clause(*index)?;
        let reading = clause.readings.get(usize::from(trial.situation().clause(*index).reading))?;
        let is_judged = clause.levels.contains(trial.situation().level()) && !trial.situation().clause(*index).not_applicable;
        if is_judged {
            rule_points(trial, figure, &reading.rule, &mut points)?;
        }
    }
    points.sort_unstable();
    points.dedup();
    Some(points)
}

/// Adds the turning points of one rule; `None` if they are not known in closed form.
fn rule_points(trial: &Trial<'_>, of: FigureIndex, rule: &Rule, points: &mut Vec<Exact>) -> Option<()> {
    let (standard, report) = (trial.standard(), trial.report());
    let depends =
        |figure: FigureIndex| figure == of || standard.dependents(of).is_some_and(|dependents| dependents.figures.contains(&figure));
    // What does not depend on the figure has no turning points; neither has what stays unknown.
    let function = |figure: FigureIndex| {
        if depends(figure) { figure_function(standard, report, figure, of) } else { report.known().number(figure).map(Function::constant) }
    };
    let is_known = |figure: FigureIndex| standard_inputs_known(trial, figure, of);
    let mut against = |figure: FigureIndex, thresholds: &[Exact]| -> Option<()> {
        if depends(figure) && is_known(figure) {
            let function = figure_function(standard, report, figure, of)?;
            thresholds.iter().for_each(|threshold| points.extend(function.crossings(*threshold)));
        }
        Some(())
    };
    match rule {
        Rule::YesNo(_) | Rule::Context(_) => Some(()),
        Rule::Threshold(rule) => against(rule.figure, &[rule.value]),
        Rule::Toward(rule) => against(rule.figure, &[rule.target]),
        Rule::Between(rule) => against(rule.figure, &[rule.low.1, rule.high.1]),
        Rule::External(rule) => meeting(points, function(rule.figure), function(rule.target)),
        Rule::Growth(rule) => {
            let years_figures = match rule.over {
                Base::PreviousYear => [None, None],
                Base::Since { until, .. } => [Some(until), None],
                Base::SinceFigure { year, until, .. } => [Some(year), Some(until)],
            };
            if years_figures.into_iter().flatten().any(depends) {
                return None;
            }
            if let Some(rate) = rule.rate.filter(|rate| depends(*rate) || report.known().number(*rate).is_some()) {
                against(rate, &[rule.value])?;
            }
            let (Some(current), Some(base)) = (function(rule.current), function(rule.base)) else { return Some(()) };
            let years = rule.years(report.known());
            let Some(factor) = years.and_then(|years| rule.growth_over(years).ok()) else { return Some(()) };
            let needed = match rule.measure {
                GrowthMeasure::Percent => base.combined(Operation::Multiply, Function::constant(factor)),
                GrowthMeasure::PercentagePoint => base.combined(Operation::Add, Function::constant(factor)),
            };
            meeting(points, Some(current), needed)
        }
        Rule::Rising(rule) => rule.series.iter().zip(rule.series.iter().skip(1)).try_for_each(|((_, before), (_, after))| {
            if depends(*before) || depends(*after) { meeting(points, function(*before), function(*after)) } else { Some(()) }
        }),
        Rule::Parts(rule) => rule.of.iter().try_for_each(|part| rule_points(trial, of, part, points)),
    }
}

/// Where two functions are equal. Unknown ones never are.
fn meeting(points: &mut Vec<Exact>, one: Option<Function>, other: Option<Function>) -> Option<()> {
    let (Some(one), Some(other)) = (one, other) else { return Some(()) };
    if one.is_constant() && other.is_constant() {
        return Some(());
    }
    points.extend(one.combined(Operation::Subtract, other)?.crossings(Exact::ZERO));
    Some(())
}

/// Whether everything but `of` that a figure follows from is known.
fn standard_inputs_known(trial: &Trial<'_>, figure: FigureIndex, of: FigureIndex) -> bool {
    if figure == of {
        return true;
    }
    let entered = trial.situation().value(figure).is_some();
    match trial.standard().figure(figure).and_then(|definition| definition.formula.as_ref()) {
        Some(formula) if !entered => formula.figures().into_iter().all(|used| standard_inputs_known(trial, used, of)),
        _ => entered,
    }
}

/// How far two values are from each other.
pub(crate) fn distance(one: Exact, other: Exact) -> Exact {
    one.minus(other).map(Exact::abs).unwrap_or(one)
}

/// The reportable values on either side of every turning point, and the ends of the figure's range,
/// ascending.
#[must_use]
pub fn candidates(kind: FigureKind, points: &[Exact], digits: u32) -> Vec<Exact> {
    let (min, max) = match kind {
        FigureKind::Number { min, max, .. } => (min, max),
        FigureKind::YesNo => return Vec::new(),
    };
    let mut values: Vec<Exact> = points.iter().filter_map(|point| beside(*point, digits)).flatten().collect();
    values.extend(min.into_iter().chain(max));
    values.retain(|value| min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max));
    values.sort_unstable();
    values.dedup();
    values
}

/// A number of any size, in the unit of the figure.
fn unlimited(kind: FigureKind) -> FigureKind {
    match kind {
        FigureKind::Number { unit, .. } => FigureKind::Number { unit, min: None, max: None },
        FigureKind::YesNo => FigureKind::YesNo,
    }
}

/// The two reportable values at or below a point and the two at or above it.
fn beside(point: Exact, digits: u32) -> Option<Vec<Exact>> {
    let scale = 10_i128.checked_pow(digits)?;
    let numerator = point.numerator().checked_mul(scale)?;
    let floor = numerator.checked_div_euclid(point.denominator())?;
    let is_whole = numerator.checked_rem_euclid(point.denominator())? == 0;
    let last = if is_whole { 1 } else { 2 };
    (-1..=last).map(|step| Exact::ratio(floor.checked_add(step)?, scale).ok()).collect()
}
