//! When each measure is carried out, and in which order the measures of a plan help most.

use dabiao_core::{ClauseIndex, Exact, Verdict};

use super::{Measure, PlanError, Prepared};

/// A quarter of a year, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(u32);

const QUARTERS_OF_A_YEAR: u32 = 4;
const MONTHS_OF_A_QUARTER: u32 = 3;

impl Quarter {
    /// Quarter 1 to 4 of a year; any other number counts as the nearest of these.
    #[must_use]
    pub fn new(year: u16, quarter: u32) -> Self {
        Self(u32::from(year) * QUARTERS_OF_A_YEAR + quarter.clamp(1, QUARTERS_OF_A_YEAR) - 1)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u32 {
        self.0 / QUARTERS_OF_A_YEAR
    }

    /// The number of the quarter in its year, 1 to 4.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0 % QUARTERS_OF_A_YEAR + 1
    }

    /// So many quarters later.
    #[must_use]
    pub fn later(self, quarters: u32) -> Self {
        Self(self.0.saturating_add(quarters))
    }

    /// The quarter in which so many months from its beginning end.
    fn after(self, months: u32) -> Self {
        self.later(months.div_ceil(MONTHS_OF_A_QUARTER).saturating_sub(1))
    }
}

/// When a measure is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The measure, by its number.
    pub measure: usize,
    /// The quarter in which it begins.
    pub begin: Quarter,
    /// The quarter in which it is finished.
    pub finish: Quarter,
}

/// A step of the ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung {
    /// The measure, by its number.
    pub measure: usize,
    /// The clauses that are met from here on and were not before.
    pub gained: Vec<ClauseIndex>,
    /// How many clauses are met in all from here on.
    pub met: u32,
    /// What all measures up to here cost, in 万元.
    pub money: Exact,
    /// What work all measures up to here take, in person-months.
    pub effort: Exact,
}

/// The earliest time of every measure: everything begins as soon as what it requires is finished.
pub(super) fn slots(measures: &[Measure], start: Quarter) -> Result<Vec<Slot>, PlanError> {
    // Months from the start to the end of each measure.
    let mut ends: Vec<Option<u32>> = vec![None; measures.len()];
    let end_of = |ends: &[Option<u32>], number: usize| ends.get(number).copied().flatten();
    // Each round finds at least one more, or there is a cycle.
    for _ in measures {
        for (number, measure) in measures.iter().enumerate() {
            let begin = measure.requires.iter().try_fold(0_u32, |latest, other| Some(latest.max(end_of(&ends, *other)?)));
            let Some(begin) = begin else { continue };
            let floor =
                measure.earliest_finish.map_or(0, |finish| finish.0.saturating_sub(start.0).saturating_add(1) * MONTHS_OF_A_QUARTER);
            let floor = if measure.earliest_finish.is_some_and(|finish| finish >= start) { floor } else { 0 };
            if let Some(slot) = ends.get_mut(number) {
                *slot = Some(begin.saturating_add(measure.months).max(floor));
            }
        }
    }
    measures
        .iter()
        .enumerate()
        .map(|(number, measure)| {
            let end = end_of(&ends, number).ok_or(PlanError::RequirementCycle(number))?;
            let begin = end.saturating_sub(measure.months.max(1)) / MONTHS_OF_A_QUARTER;
            Ok(Slot { measure: number, begin: start.later(begin), finish: start.after(end) })
        })
        .collect()
}

/// The times of some measures, in the order of beginning.
pub(super) fn timetable(slots: &[Slot], chosen: &[usize]) -> Vec<Slot> {
    let mut timetable: Vec<Slot> = chosen.iter().filter_map(|measure| slots.get(*measure).copied()).collect();
    timetable.sort_by_key(|slot| (slot.begin, slot.finish, slot.measure));
    timetable
}

impl Prepared<'_> {
    /// The chosen measures one by one: each time the one that gains most clauses for its money, and
    /// where none gains any by itself, the cheapest.
    pub(super) fn ladder(&self, chosen: &[usize]) -> Vec<Rung> {
        let mut done: Vec<usize> = Vec::new();
        let mut rungs = Vec::new();
        let mut before = self.base.clone();
        while done.len() < chosen.len() {
            let ready = chosen.iter().copied().filter(|number| {
                let requires = self.problem.measures.get(*number).map_or(&[][..], |measure| measure.requires.as_slice());
                !done.contains(number) && requires.iter().all(|other| done.contains(other) || !chosen.contains(other))
            });
            let tried = ready.map(|number| {
                let with: Vec<usize> = done.iter().copied().chain([number]).collect();
                let trial = self.carried_out(&with).0;
                let gain = i64::from(trial.report().total.met) - i64::from(before.report().total.met);
                // More clauses for the money first; compared as gain · other cost, with free ones first.
                (number, gain, self.money.of(number), trial)
            });
            let best = tried.reduce(|best, other| {
                let worth = |gain: i64, cost: i64| i128::from(gain) * (i128::from(cost) + 1);
                let (best_worth, other_worth) = (worth(best.1, other.2), worth(other.1, best.2));
                let is_better = other_worth > best_worth || (other_worth == best_worth && other.2 < best.2);
                if is_better { other } else { best }
            });
            let Some((number, _, _, trial)) = best else { break };
            let results = before.report().clauses.iter().zip(&trial.report().clauses);
            let gained =
                (0..).map(ClauseIndex).zip(results).filter(|(_, (old, new))| old.verdict != Verdict::Met && new.verdict == Verdict::Met);
            let gained = gained.map(|(clause, _)| clause).collect();
            done.push(number);
            rungs.push(Rung {
                measure: number,
                gained,
                met: trial.report().total.met,
                money: self.money.sum(&done),
                effort: self.effort.sum(&done),
            });
            before = trial;
        }
        rungs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(months: u32, requires: &[usize], earliest_finish: Option<Quarter>) -> Measure {
        let zero = Exact::ZERO;
        let requires = requires.to_vec();
        Measure { effects: vec![], money: zero, effort: zero, months, earliest_finish, department: None, requires, excludes: vec![] }
    }

    /// By hand: begun on 1 January 2025, 3 months end in the first quarter, 4 in the second; 4 + 9 = 13
    /// months end in January 2026; a finish not before the third quarter of 2025 holds.
    #[test]
    fn times_follow_from_months_and_requirements() {
        let start = Quarter::new(2025, 1);
        let measures = [
            measure(3, &[], None),
            measure(4, &[], None),
            measure(9, &[1], None),
            measure(2, &[], Some(Quarter::new(2025, 3))),
            measure(0, &[], Some(Quarter::new(2024, 3))),
        ];
        let shown: Vec<(u32, u32, u32, u32)> = slots(&measures, start)
            .unwrap()
            .iter()
            .map(|slot| (slot.begin.year(), slot.begin.number(), slot.finish.year(), slot.finish.number()))
            .collect();
        assert_eq!(shown, [(2025, 1, 2025, 1), (2025, 1, 2025, 2), (2025, 2, 2026, 1), (2025, 3, 2025, 3), (2025, 1, 2025, 1)]);
    }

    #[test]
    fn a_circle_of_requirements_is_refused() {
        let circle = [measure(1, &[1], None), measure(1, &[0], None)];
        assert_eq!(slots(&circle, Quarter::new(2025, 1)), Err(PlanError::RequirementCycle(0)));
    }
}
