//! What-if: a situation with some figures changed, and what that does.
//!
//! A scenario is an overlay and never a copy: whatever is not changed follows the assessment.

use dabiao_core::{ClauseIndex, FigureIndex, Report, Situation, Standard, Value, Verdict, score, update};

/// A figure and the value it shall have; `None` for unknown.
pub type Change = (FigureIndex, Option<Value>);

/// A situation with the report that belongs to it, cheap to change figure by figure.
#[derive(Clone, Debug)]
pub struct Trial<'a> {
    standard: &'a Standard,
    // INVARIANT: `report` is the answer to `situation`.
    situation: Situation,
    report: Report,
}

impl<'a> Trial<'a> {
    /// Starts from a situation.
    #[must_use]
    pub fn new(standard: &'a Standard, situation: Situation) -> Self {
        let report = score(standard, &situation);
        Self { standard, situation, report }
    }

    /// Changes a figure. A value that the figure cannot hold changes nothing.
    pub fn set(&mut self, figure: FigureIndex, value: Option<Value>) {
        if self.situation.value(figure) != value && self.situation.set_value(self.standard, figure, value).is_ok() {
            update(self.standard, &self.situation, figure, &mut self.report);
        }
    }

    /// Changes several figures.
    pub fn apply(&mut self, changes: &[Change]) {
        changes.iter().for_each(|(figure, value)| self.set(*figure, *value));
    }

    /// The standard.
    #[must_use]
    pub fn standard(&self) -> &'a Standard {
        self.standard
    }

    /// What is assumed.
    #[must_use]
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// What follows from it.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}

/// A clause that came out otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flip {
    /// Which clause.
    pub clause: ClauseIndex,
    /// The verdict before.
    pub before: Verdict,
    /// The verdict after.
    pub after: Verdict,
}

/// The clauses that came out otherwise, in document order.
#[must_use]
pub fn flips(before: &Report, after: &Report) -> Vec<Flip> {
    (0..)
        .map(ClauseIndex)
        .zip(before.clauses.iter().zip(&after.clauses))
        .filter(|(_, (before, after))| before.verdict != after.verdict)
        .map(|(clause, (before, after))| Flip { clause, before: before.verdict, after: after.verdict })
        .collect()
}

/// The figures whose value changed, entered ones and those that follow from them.
#[must_use]
pub fn changed_figures(before: &Report, after: &Report) -> Vec<FigureIndex> {
    let pairs = before.figures.iter().zip(&after.figures);
    (0..).map(FigureIndex).zip(pairs).filter(|(_, (before, after))| before.value != after.value).map(|(figure, _)| figure).collect()
}
