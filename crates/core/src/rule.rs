//! Rules: what a clause asks. One kind, one file.
//!
//! A rule is judged on what is known and answers met, missed or unknown, together with the reason.
//! It never sees where a value came from (typed or derived) and never rounds.

pub mod between;
pub mod context;
pub mod external;
pub mod growth;
pub mod parts;
pub mod rising;
pub mod threshold;
pub mod toward;
pub mod yes_no;

use crate::figure::{FigureIndex, Range, Value};
use crate::number::Exact;
use crate::outcome::{Reason, Truth};
use crate::report::FigureState;

pub use between::Between;
pub use context::Context;
pub use external::External;
pub use growth::{Base, Growth, GrowthMeasure, Method};
pub use parts::Parts;
pub use rising::Rising;
pub use threshold::{Basis, Threshold};
pub use toward::{Direction, Toward};
pub use yes_no::YesNo;

/// What a clause asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Done or not done.
    YesNo(YesNo),
    /// A number reaches a threshold; ranks and counts included.
    Threshold(Threshold),
    /// A number lies between two bounds.
    Between(Between),
    /// A number reaches a threshold that somebody else sets.
    External(External),
    /// A number reaches its target, starting from a baseline.
    Toward(Toward),
    /// A number grows by so much.
    Growth(Growth),
    /// A number rises every year.
    Rising(Rising),
    /// All, one or some of several rules.
    Parts(Parts),
    /// Nothing: the clause is shown but not judged.
    Context(Context),
}

/// The values that are known while judging.
#[derive(Clone, Copy)]
pub struct Known<'a>(pub(crate) &'a [FigureState]);

impl Known<'_> {
    /// The number of a figure, typed or derived.
    #[must_use]
    pub fn number(self, figure: FigureIndex) -> Option<Exact> {
        self.value(figure).and_then(Value::number)
    }

    /// Where the number of a figure lies, if it is not exactly known.
    #[must_use]
    pub fn uncertain(self, figure: FigureIndex) -> Option<Range> {
        match self.value(figure) {
            Some(Value::Between(range)) => Some(range),
            _ => None,
        }
    }

    /// Where the number of a figure lies, exactly known or not.
    #[must_use]
    pub fn range(self, figure: FigureIndex) -> Option<Range> {
        self.value(figure).and_then(Value::range)
    }

    /// The answer of a yes/no figure.
    #[must_use]
    pub fn yes_no(self, figure: FigureIndex) -> Option<bool> {
        self.value(figure).and_then(Value::yes_no)
    }

    /// The value of a figure, typed or derived.
    #[must_use]
    pub fn value(self, figure: FigureIndex) -> Option<Value> {
        self.0.get(figure.0 as usize).and_then(|state| state.value)
    }
}

impl Rule {
    /// Judges the rule.
    #[must_use]
    pub fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        match self {
            Self::YesNo(rule) => rule.judge(known),
            Self::Threshold(rule) => rule.judge(known),
            Self::Between(rule) => rule.judge(known),
            Self::External(rule) => rule.judge(known),
            Self::Toward(rule) => rule.judge(known),
            Self::Growth(rule) => rule.judge(known),
            Self::Rising(rule) => rule.judge(known),
            Self::Parts(rule) => rule.judge(known),
            Self::Context(rule) => rule.judge(known),
        }
    }

    /// Whether the rule can be judged at all.
    #[must_use]
    pub fn is_context(&self) -> bool {
        matches!(self, Self::Context(_))
    }

    /// Adds the figures that the rule looks at, in the order it names them.
    pub fn collect_figures(&self, figures: &mut Vec<FigureIndex>) {
        match self {
            Self::YesNo(rule) => figures.push(rule.figure),
            Self::Threshold(rule) => figures.push(rule.figure),
            Self::Between(rule) => figures.push(rule.figure),
            Self::External(rule) => figures.extend([rule.figure, rule.target]),
            Self::Toward(rule) => figures.push(rule.figure),
            Self::Growth(rule) => rule.collect_figures(figures),
            Self::Rising(rule) => {
                figures.extend(rule.series.iter().map(|(_, figure)| *figure));
                figures.push(rule.until);
            }
            Self::Parts(rule) => rule.of.iter().for_each(|part| part.collect_figures(figures)),
            Self::Context(rule) => figures.extend(rule.figure),
        }
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! One helper for the tests of all rules: figures by position, `None` for unknown.

    use super::*;
    use crate::report::Origin;

    pub(crate) fn states(values: &[Option<&str>]) -> Vec<FigureState> {
        values
            .iter()
            .map(|text| {
                let value = text.map(|text| match text {
                    "yes" => Value::YesNo(true),
                    "no" => Value::YesNo(false),
                    range if range.contains("..") => {
                        let (low, high) = range.split_once("..").unwrap();
                        Value::Between(Range::new(low.parse().unwrap(), high.parse().unwrap()).unwrap())
                    }
                    number => Value::Number(number.parse().unwrap()),
                });
                FigureState { value, origin: Origin::Entered, derived: None }
            })
            .collect()
    }

    pub(crate) fn judge(rule: &Rule, values: &[Option<&str>]) -> (Truth, Reason) {
        rule.judge(Known(&states(values)))
    }

    pub(crate) fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }
}
