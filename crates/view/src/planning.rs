//! The planner's words: measures, plans and what blocks them, and the way of an indicator in time.

use dabiao_analysis::plan::{Constraint, Effect, Quarter, Relaxation};
use dabiao_analysis::trajectory::{Method, Moment, QUARTERS, Trajectory};
use dabiao_catalog::Document;
use dabiao_core::rule::{Direction, Rule, Toward};
use dabiao_core::unit::Notation;
use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, GroupIndex, Range, Truth, Unit};

use crate::chart::group_name;
use crate::number;
use crate::reason::signed_share;
use crate::rule_text::{figure_name, figure_unit, figure_value};
use crate::words::{Locale, key};

/// Digits after the point of due values; of ratios one more.
const DUE_DIGITS: u32 = 2;
/// The most digits of a projection.
const MOST_DIGITS: u32 = 12;
/// Digits after the point of yearly rates in percent.
const RATE_DIGITS: u32 = 2;

/// A quarter, such as `2025年第3季度`.
#[must_use]
pub fn quarter_text(locale: Locale, quarter: Quarter) -> String {
    locale.fill(key::QUARTER, &[("year", &quarter.year().to_string()), ("quarter", &quarter.number().to_string())])
}

/// What a measure does, such as `镇区人均道路面积 提高到 15 平方米/人`.
#[must_use]
pub fn measure_text(locale: Locale, document: &Document, effect: &Effect) -> String {
    let name = figure_name(locale, document, effect.figure());
    let with =
        |word, value: Exact| locale.fill(word, &[("figure", name), ("value", &figure_value(locale, document, effect.figure(), value))]);
    match effect {
        Effect::Done(_) => locale.fill(key::MEASURE_DONE, &[("figure", name)]),
        Effect::AtLeast(_, value) => with(key::MEASURE_AT_LEAST, *value),
        // A better rank or grade has a smaller number.
        Effect::AtMost(figure, value) if figure_unit(document, *figure).is_some_and(|unit| matches!(unit, Unit::Rank | Unit::Grade)) => {
            with(key::MEASURE_REACH, *value)
        }
        Effect::AtMost(_, value) => with(key::MEASURE_AT_MOST, *value),
        Effect::Add(_, value) => with(key::MEASURE_ADD, *value),
    }
}

/// A clause with its printed number.
#[must_use]
pub fn clause_text(locale: Locale, document: &Document, clause: ClauseIndex) -> String {
    document.clauses.get(clause.0 as usize).map(|text| format!("{} {}", text.reference, locale.text(&text.name))).unwrap_or_default()
}

/// The name of a department.
#[must_use]
pub fn department_text(locale: Locale, document: &Document, department: Option<DepartmentIndex>) -> String {
    let name = department.and_then(|department| document.departments.get(department.0 as usize));
    name.map_or_else(|| locale.word(key::NO_DEPARTMENT).to_owned(), |name| locale.text(name).to_owned())
}

/// An amount of money in 万元.
#[must_use]
pub fn money_text(locale: Locale, amount: Exact) -> String {
    number::full(locale, amount, Unit::WanYuan)
}

/// An amount of work in person-months.
#[must_use]
pub fn effort_text(locale: Locale, amount: Exact) -> String {
    locale.fill(key::PERSON_MONTHS, &[("amount", &number::plain(amount))])
}

/// How far a limit must give way for the goal to come within reach.
#[must_use]
pub fn relaxation_text(locale: Locale, document: &Document, relaxation: &Relaxation) -> String {
    let group = |group: &GroupIndex| group_name(locale, document, *group);
    match relaxation {
        Relaxation::LeastMet(met) => locale.fill(key::RELAX_LEAST_MET, &[("count", &met.to_string())]),
        Relaxation::Floor(index, met) => locale.fill(key::RELAX_FLOOR, &[("group", &group(index)), ("count", &met.to_string())]),
        Relaxation::Must(clause) => locale.fill(key::RELAX_MUST, &[("clause", &clause_text(locale, document, *clause))]),
        Relaxation::Money(amount) => locale.fill(key::RELAX_BUDGET, &[("amount", &money_text(locale, *amount))]),
        Relaxation::Effort(amount) => locale.fill(key::RELAX_BUDGET, &[("amount", &effort_text(locale, *amount))]),
        Relaxation::Deadline(quarter) => locale.fill(key::RELAX_DEADLINE, &[("quarter", &quarter_text(locale, *quarter))]),
        Relaxation::Department(index, count) => {
            let name = department_text(locale, document, Some(*index));
            locale.fill(key::RELAX_DEPARTMENT, &[("department", &name), ("count", &count.to_string())])
        }
    }
}

/// A limit by name.
#[must_use]
pub fn constraint_text(locale: Locale, document: &Document, constraint: &Constraint) -> String {
    match constraint {
        Constraint::LeastMet => locale.word(key::LIMIT_LEAST_MET).to_owned(),
        Constraint::Floor(group) => locale.fill(key::LIMIT_FLOOR_OF, &[("group", &group_name(locale, document, *group))]),
        Constraint::Must(clause) => locale.fill(key::LIMIT_MUST_OF, &[("clause", &clause_text(locale, document, *clause))]),
        Constraint::Money => locale.word(key::LIMIT_MONEY).to_owned(),
        Constraint::Effort => locale.word(key::LIMIT_EFFORT).to_owned(),
        Constraint::Deadline => locale.word(key::LIMIT_DEADLINE).to_owned(),
        Constraint::Department(department) => {
            locale.fill(key::LIMIT_DEPARTMENT_OF, &[("department", &department_text(locale, document, Some(*department)))])
        }
    }
}

/// A clause that leads from a baseline to a target, if it is one.
#[must_use]
pub fn toward_of(document: &Document, clause: ClauseIndex) -> Option<Toward> {
    match &document.standard.clause(clause)?.readings.first()?.rule {
        Rule::Toward(toward) => Some(*toward),
        _ => None,
    }
}

/// Every quarter of the way, from the end of the baseline year on.
pub fn years_with_quarters(toward: &Toward) -> impl Iterator<Item = (u16, u32)> {
    let later =
        (toward.baseline_year.saturating_add(1)..=toward.target_year).flat_map(|year| (1..=QUARTERS).map(move |quarter| (year, quarter)));
    std::iter::once((toward.baseline_year, QUARTERS)).chain(later)
}

/// What is asked of an indicator as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WayText {
    /// Baseline and its year.
    pub baseline: String,
    /// Target and its year.
    pub target: String,
    /// The yearly step of the linear method, signed; percentages move by percentage points.
    pub step: String,
    /// The yearly rate of the compound method; `None` where it has no meaning.
    pub rate: Option<String>,
}

/// An indicator at the end of a year or quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentText {
    /// What is due by equal steps, and whether the value is on track; unknown for a range about it.
    pub linear: Option<(String, Option<Truth>)>,
    /// What is due by equal rates, and whether the value is on track.
    pub compound: Option<(String, Option<Truth>)>,
    /// How much of the way is done; a word where baseline and target are equal.
    pub attainment: Option<String>,
    /// The value at the end of the target year at the pace so far, by equal steps and by equal rates.
    pub projected: Option<(String, Option<String>)>,
}

/// The whole way in words.
#[must_use]
pub fn way_text(locale: Locale, document: &Document, toward: &Toward) -> Option<WayText> {
    let way = Trajectory::of(toward)?;
    let unit = figure_unit(document, toward.figure)?;
    let at = |value: Exact, year: u16| format!("{} ({year})", figure_value(locale, document, toward.figure, value));
    let step = way.step().ok()?;
    let sign = if step.is_negative() { "−" } else { "+" };
    let rate = way.rate(RATE_DIGITS).map(|rate| {
        let sign = if rate.is_negative() { "−" } else { "+" };
        format!("{sign}{}", number::full(locale, rate.abs(), Unit::Percent))
    });
    Some(WayText {
        baseline: at(toward.baseline, toward.baseline_year),
        target: at(toward.target, toward.target_year),
        step: format!("{sign}{}", number::difference(locale, step.abs(), unit)),
        rate,
    })
}

/// A moment of the way in words.
#[must_use]
pub fn moment_text(locale: Locale, document: &Document, toward: &Toward, moment: (u16, u32), value: Option<Range>) -> Option<MomentText> {
    let way = Trajectory::of(toward)?;
    let at = way.moment(moment.0, moment.1)?;
    let unit = figure_unit(document, toward.figure)?;
    let digits = due_digits(unit);
    let text = |value: Exact| figure_value(locale, document, toward.figure, value);
    let due = |method: Method| {
        let shown = due_value(&way, toward, at, method, digits)?;
        let on_track =
            |value: Range| Some(Truth::of_range(way.is_on_track(value.low(), at, method)?, way.is_on_track(value.high(), at, method)?));
        Some((text(shown), value.and_then(on_track)))
    };
    let exact = value.filter(|value| value.is_point()).map(Range::low);
    let attainment = exact.and_then(|value| match way.attainment(value).ok()? {
        Some(share) => Some(signed_share(share)),
        None => {
            let held = if toward.direction == Direction::Rising { value >= toward.target } else { value <= toward.target };
            Some(locale.word(if held { key::HELD } else { key::LOST }).to_owned())
        }
    });
    let operator = toward.direction.operator();
    let shown =
        |projected: Exact| number::with_unit(locale, &number::plain_beside(projected, operator, toward.target).replace('-', "−"), unit);
    let projected = exact.and_then(|value| {
        let linear = way.projected(value, at, Method::Linear, digits)?;
        // With as many digits as it takes not to seem to arrive where it does not.
        let arrives = way.is_on_track(value, at, Method::Compound);
        let compound = (digits..MOST_DIGITS).find_map(|digits| {
            let projected = way.projected(value, at, Method::Compound, digits)?;
            (Some(operator.holds(projected, toward.target)) == arrives).then_some(projected)
        });
        Some((shown(linear), compound.map(shown)))
    });
    Some(MomentText { linear: due(Method::Linear), compound: due(Method::Compound), attainment, projected })
}

/// How many digits after the point due values of a unit are shown with.
pub(crate) fn due_digits(unit: Unit) -> u32 {
    if unit.notation() == Notation::Plain { DUE_DIGITS } else { DUE_DIGITS + 1 }
}

/// What is due at a moment, rounded to the side that is harder to reach: who reaches what is shown is
/// on track.
pub(crate) fn due_value(way: &Trajectory, toward: &Toward, at: Moment, method: Method, digits: u32) -> Option<Exact> {
    let due = way.due(at, method, digits)?;
    // The linear value is exact.
    Some(if method == Method::Linear { harder(due, digits, toward.direction) } else { due })
}

/// A value with so many digits, rounded to the side that is harder to reach.
fn harder(value: Exact, digits: u32, direction: Direction) -> Exact {
    let scale = Exact::from(10_u32).power(digits).unwrap_or(Exact::ONE);
    let scaled = value.times(scale).unwrap_or(value);
    let whole = if direction == Direction::Rising { scaled.ceiling() } else { scaled.floor() };
    whole.over(scale).unwrap_or(value)
}
