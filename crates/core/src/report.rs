//! The answer: every clause with its verdict and reason, and totals as ranges.

use crate::figure::Value;
use crate::formula::Unevaluated;
use crate::number::Exact;
use crate::outcome::{Reason, Verdict};
use crate::rule::Known;

/// The result of judging a situation by a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// One state per figure of the standard.
    pub figures: Vec<FigureState>,
    /// One result per clause of the standard.
    pub clauses: Vec<ClauseResult>,
    /// One tally per group of the standard, counting everything below it that the assessed level answers.
    pub groups: Vec<Tally>,
    /// The tally of the whole standard.
    pub total: Tally,
}

impl Report {
    /// What is known of the figures, typed or derived.
    #[must_use]
    pub fn known(&self) -> Known<'_> {
        Known(&self.figures)
    }
}

/// What is known of a figure after formulas have been evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureState {
    /// The value that counts.
    pub value: Option<Value>,
    /// Where it comes from.
    pub origin: Origin,
    /// What the formula gives, also when an entered value counts.
    pub derived: Option<Exact>,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody entered it and no formula gives it.
    Missing,
    /// A person entered it.
    Entered,
    /// A formula gave it.
    Derived,
    /// A formula should give it but could not.
    Failed(Unevaluated),
}

/// The result for one clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseResult {
    /// The verdict in the reading that counts.
    pub verdict: Verdict,
    /// Why, in the reading that counts.
    pub reason: Reason,
    /// The verdict of every reading, in the order of the clause; empty if there is only one.
    pub readings: Vec<Verdict>,
}

impl ClauseResult {
    /// Whether the verdict depends on the reading that is chosen: another one leads to a different
    /// verdict. A reading that is still unknown says nothing yet.
    #[must_use]
    pub fn depends_on_reading(&self) -> bool {
        let is_decided = |verdict: &Verdict| matches!(verdict, Verdict::Met | Verdict::NotMet);
        self.verdict != Verdict::NotApplicable && self.readings.iter().any(|verdict| is_decided(verdict) && *verdict != self.verdict)
    }
}

/// How many clauses came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Clauses met.
    pub met: u32,
    /// Clauses missed.
    pub not_met: u32,
    /// Clauses that depend on missing figures.
    pub unknown: u32,
    /// Clauses declared not applicable.
    pub not_applicable: u32,
    /// Clauses shown for context.
    pub not_judged: u32,
}

impl Tally {
    /// The clauses that count: met, missed or unknown.
    #[must_use]
    pub fn applicable(self) -> u32 {
        self.met.saturating_add(self.not_met).saturating_add(self.unknown)
    }

    /// The share met if every unknown clause is missed; `None` if no clause counts.
    #[must_use]
    pub fn worst(self) -> Option<Exact> {
        self.share(self.met)
    }

    /// The share met if every unknown clause is met; `None` if no clause counts.
    #[must_use]
    pub fn best(self) -> Option<Exact> {
        self.share(self.met.saturating_add(self.unknown))
    }

    /// The share of clauses that could be decided; `None` if no clause counts.
    #[must_use]
    pub fn known(self) -> Option<Exact> {
        self.share(self.met.saturating_add(self.not_met))
    }

    /// Counts one clause more.
    pub fn add(&mut self, verdict: Verdict) {
        let count = self.count_mut(verdict);
        *count = count.saturating_add(1);
    }

    /// Counts one clause less.
    pub fn remove(&mut self, verdict: Verdict) {
        let count = self.count_mut(verdict);
        *count = count.saturating_sub(1);
    }

    /// How many clauses came out so.
    #[must_use]
    pub fn count(mut self, verdict: Verdict) -> u32 {
        *self.count_mut(verdict)
    }

    fn share(self, part: u32) -> Option<Exact> {
        Exact::ratio(i128::from(part), i128::from(self.applicable())).ok()
    }

    fn count_mut(&mut self, verdict: Verdict) -> &mut u32 {
        match verdict {
            Verdict::Met => &mut self.met,
            Verdict::NotMet => &mut self.not_met,
            Verdict::Unknown => &mut self.unknown,
            Verdict::NotApplicable => &mut self.not_applicable,
            Verdict::NotJudged => &mut self.not_judged,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_a_range_and_an_empty_one_has_no_share() {
        let tally = Tally { met: 17, not_met: 2, unknown: 1, not_applicable: 4, not_judged: 3 };
        assert_eq!(tally.worst().unwrap().to_string(), "0.85");
        assert_eq!(tally.best().unwrap().to_string(), "0.9");
        assert_eq!(tally.known().unwrap().to_string(), "0.95");
        let empty = Tally { not_applicable: 4, ..Tally::default() };
        assert_eq!((empty.worst(), empty.best(), empty.known()), (None, None, None));
    }
}
