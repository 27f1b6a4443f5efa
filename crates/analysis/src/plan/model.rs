//! From measures and clauses to yes/no variables: one per measure, one per clause that measures can
//! turn, and rows that let a clause count as met only where the core would judge it so.
//!
//! For each clause the core is asked once for every combination of the measures that touch it. Its
//! answers are written as the strongest rows there are, one for every prime implicate of "met":
//! such as "measure 2 or measure 5", or "not measure 3". Where too many measures touch a clause for
//! that, it gets one weaker row, and complete decisions are judged by the core itself.

use dabiao_core::{ClauseIndex, Exact, FigureIndex, Range, Standard, Value, Verdict};

use super::{Effect, Measure};
use crate::scenario::{Change, Trial};

/// More measures than this on one clause get no exact rows: there are 3 to the power of so many cubes.
const MOST_LINKED: usize = 10;
/// More measures than this on one clause are not even tried in every combination.
const MOST_TRIED: usize = 16;

/// A condition of a clause: at least one measure is as it says here.
pub(crate) type Link = Vec<(usize, bool)>;

/// A clause that measures can turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turnable {
    pub(crate) clause: ClauseIndex,
    /// All must hold for the clause to be met.
    pub(crate) links: Vec<Link>,
    /// Whether the links say all: the clause is met exactly if they hold.
    pub(crate) is_exact: bool,
    /// The measures that touch it, also those that no link needs to name.
    touching: Vec<usize>,
}

impl Turnable {
    /// A clause of which no more is said than that something must be done for it, if it is not met.
    fn loose(clause: ClauseIndex, verdict: Verdict, touching: Vec<usize>) -> Self {
        let links = if verdict == Verdict::Met { Vec::new() } else { vec![touching.iter().map(|number| (*number, true)).collect()] };
        Self { clause, links, is_exact: false, touching }
    }

    /// Whether a measure may make a difference to it.
    pub(crate) fn may_turn_by(&self, measure: usize) -> bool {
        if self.is_exact { self.links.iter().flatten().any(|(other, _)| *other == measure) } else { self.touching.contains(&measure) }
    }

    /// The measure that alone decides the clause, if there is one.
    pub(crate) fn lonely(&self) -> Option<usize> {
        match self.links.as_slice() {
            [link] if self.is_exact => match link.as_slice() {
                [(measure, true)] => Some(*measure),
                _ => None,
            },
            _ => None,
        }
    }
}

/// What measures can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Model {
    /// Clauses that are met whatever is done.
    pub(crate) always: Vec<ClauseIndex>,
    /// Clauses that are not met whatever is done.
    pub(crate) never: Vec<ClauseIndex>,
    pub(crate) turnable: Vec<Turnable>,
}

impl Model {
    /// Asks the core what the measures do to each clause.
    pub(crate) fn new(trial: &mut Trial<'_>, measures: &[Measure]) -> Self {
        let standard = trial.standard();
        let mut model = Self::default();
        for index in (0..).map(ClauseIndex).take(standard.clauses().len()) {
            let verdict = verdict(trial, index);
            if matches!(verdict, Verdict::NotApplicable | Verdict::NotJudged) {
                continue;
            }
            let touching: Vec<usize> =
                measures.iter().enumerate().filter(|(_, measure)| touches(standard, measure, index)).map(|(number, _)| number).collect();
            if touching.is_empty() {
                if verdict == Verdict::Met { model.always.push(index) } else { model.never.push(index) }
            } else if touching.len() > MOST_TRIED {
                model.turnable.push(Turnable::loose(index, verdict, touching));
            } else {
                model.tabulate(trial, measures, index, &touching);
            }
        }
        model
    }

    fn tabulate(&mut self, trial: &mut Trial<'_>, measures: &[Measure], index: ClauseIndex, touching: &[usize]) {
        let base = trial.clone();
        let met: Vec<bool> = (0_u32..1 << touching.len())
            .map(|choice| {
                let chosen = touching.iter().enumerate().filter(|(bit, _)| choice >> bit & 1 == 1).map(|(_, number)| *number);
                let all = touching.iter().filter_map(|number| measures.get(*number));
                let chosen: Vec<&Measure> = chosen.filter_map(|number| measures.get(number)).collect();
                // Every touched figure, so that what another combination changed is taken back.
                let figures = all.flat_map(|measure| &measure.effects).map(Effect::figure);
                for figure in figures {
                    trial.set(figure, changed_value(&base, &chosen, figure));
                }
                verdict(trial, index) == Verdict::Met
            })
            .collect();
        *trial = base;
        match (met.contains(&true), met.contains(&false)) {
            (true, false) => self.always.push(index),
            (false, _) => self.never.push(index),
            (true, true) if touching.len() > MOST_LINKED => {
                self.turnable.push(Turnable::loose(index, verdict(trial, index), touching.to_vec()));
            }
            (true, true) => {
                let links = prime_implicates(&met, touching);
                self.turnable.push(Turnable { clause: index, links, is_exact: true, touching: touching.to_vec() });
            }
        }
    }

    /// Whether every clause is tabulated.
    pub(crate) fn is_exact(&self) -> bool {
        self.turnable.iter().all(|turnable| turnable.is_exact)
    }
}

pub(crate) fn verdict(trial: &Trial<'_>, index: ClauseIndex) -> Verdict {
    trial.report().clauses.get(index.0 as usize).map_or(Verdict::Unknown, |result| result.verdict)
}

fn touches(standard: &Standard, measure: &Measure, clause: ClauseIndex) -> bool {
    let touched = |effect: &Effect| standard.dependents(effect.figure()).is_some_and(|dependents| dependents.clauses.contains(&clause));
    measure.effects.iter().any(touched)
}

/// The changes that some measures make together to what a trial assumes.
pub(crate) fn changes(base: &Trial<'_>, chosen: &[&Measure]) -> Vec<Change> {
    let mut figures: Vec<FigureIndex> = chosen.iter().flat_map(|measure| &measure.effects).map(Effect::figure).collect();
    figures.sort_unstable();
    figures.dedup();
    figures.into_iter().map(|figure| (figure, changed_value(base, chosen, figure))).collect()
}

/// A figure after some measures, in whatever order they are carried out: first what is added, then
/// what is brought up to a level, then what is brought down to one.
fn changed_value(base: &Trial<'_>, chosen: &[&Measure], figure: FigureIndex) -> Option<Value> {
    let effects = || chosen.iter().flat_map(|measure| &measure.effects).filter(|effect| effect.figure() == figure);
    if effects().next().is_none() {
        return base.situation().value(figure);
    }
    if effects().any(|effect| matches!(effect, Effect::Done(_))) {
        return Some(Value::YesNo(true));
    }
    // Where the figure lies; each effect moves both ends.
    let moved = |range: Range, change: &dyn Fn(Exact) -> Option<Exact>| Range::new(change(range.low())?, change(range.high())?);
    let present = base.report().known().range(figure);
    let added = effects().fold(present, |sum, effect| match effect {
        // Adding to what is not known leaves it unknown.
        Effect::Add(_, amount) => sum.and_then(|sum| moved(sum, &|end| end.plus(*amount).ok())),
        _ => sum,
    });
    let raised = effects().fold(added, |value, effect| match effect {
        Effect::AtLeast(_, level) => value.map_or(Some(Range::point(*level)), |value| moved(value, &|end| Some(end.max(*level)))),
        _ => value,
    });
    let lowered = effects().fold(raised, |value, effect| match effect {
        Effect::AtMost(_, level) => value.map_or(Some(Range::point(*level)), |value| moved(value, &|end| Some(end.min(*level)))),
        _ => value,
    });
    lowered.map(Value::from_range)
}

/// Every prime implicate of a truth table that is neither always true nor always false (Quine 1952):
/// the largest cubes in which it is false, each as the condition to be outside of it.
///
/// A cube is a number in base three: digit 0 for "not chosen", 1 for "chosen", 2 for either.
fn prime_implicates(table: &[bool], touching: &[usize]) -> Vec<Link> {
    let powers: Vec<usize> = std::iter::successors(Some(1_usize), |power| power.checked_mul(3)).take(touching.len()).collect();
    let digit = |cube: usize, power: usize| cube.checked_div(power).unwrap_or_default() % 3;
    let mut is_false: Vec<bool> = Vec::new();
    let cubes = powers.last().map_or(1, |power| power * 3);
    for cube in 0..cubes {
        let free = powers.iter().find(|power| digit(cube, **power) == 2);
        let value = match free {
            // Both halves come before the whole.
            Some(power) => [1, 2].into_iter().all(|back| is_false.get(cube - back * power) == Some(&true)),
            None => {
                let choice: usize = powers.iter().enumerate().map(|(bit, power)| digit(cube, *power) << bit).sum();
                table.get(choice) == Some(&false)
            }
        };
        is_false.push(value);
    }
    let is_prime = |cube: usize| {
        let grown = powers.iter().filter(|power| digit(cube, **power) != 2).map(|power| cube + (2 - digit(cube, *power)) * power);
        is_false.get(cube) == Some(&true) && !grown.into_iter().any(|cube| is_false.get(cube) == Some(&true))
    };
    (0..cubes)
        .filter(|cube| is_prime(*cube))
        .map(|cube| {
            let fixed = powers.iter().zip(touching).filter(|(power, _)| digit(cube, **power) != 2);
            fixed.map(|(power, number)| (*number, digit(cube, *power) == 0)).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn implicates_say_exactly_what_the_table_says() {
        // All 2^8 functions of three measures, and a few of four.
        let three = (0_u32..256).map(|function| (3, function));
        let four = (0_u32..500).map(|number| (4, number.wrapping_mul(2_654_435_761) & 0xffff));
        for (count, function) in three.chain(four) {
            let touching: Vec<usize> = (10..10 + count).collect();
            let table: Vec<bool> = (0..1 << count).map(|choice| function >> choice & 1 == 1).collect();
            if !table.contains(&true) || !table.contains(&false) {
                continue;
            }
            let links = prime_implicates(&table, &touching);
            for (choice, expected) in table.iter().enumerate() {
                let is_chosen = |number: usize| choice >> (number - 10) & 1 == 1;
                let holds = links.iter().all(|link| link.iter().any(|(number, wanted)| is_chosen(*number) == *wanted));
                assert_eq!(holds, *expected, "{function:b} {choice:b}");
            }
        }
    }
}
