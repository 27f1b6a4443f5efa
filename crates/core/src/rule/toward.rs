//! From a baseline to a target; formula F10 of `methods.md`.
//!
//! Documents: the indicator table of the Quxian county-seat plan: GDP 401.23 → 530, pupils per
//! teacher 1:13 → 1:12.5 (falling), water supply 100 → 100 (equal: hold it).
//!
//! Met when the value is at the target or on its better side. Attainment is measured from the
//! baseline, `(x − b) / (t − b)`: 0 at the baseline, 1 at the target, negative when it moved away;
//! with equal baseline and target there is nothing to measure and attainment is absent.

use super::Known;
use crate::figure::FigureIndex;
use crate::number::{ArithmeticError, Exact};
use crate::outcome::{Comparison, Operator, Reason, Truth};

/// A figure must reach its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Toward {
    /// The figure that is judged.
    pub figure: FigureIndex,
    /// Where it started, in the unit of the figure.
    pub baseline: Exact,
    /// The year of the baseline.
    pub baseline_year: u16,
    /// Where it shall arrive, in the unit of the figure.
    pub target: Exact,
    /// By when.
    pub target_year: u16,
    /// Which side of the target is the better one.
    pub direction: Direction,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Rising,
    /// Less is better.
    Falling,
}

impl Direction {
    /// The operator that a value at the target satisfies.
    #[must_use]
    pub fn operator(self) -> Operator {
        match self {
            Self::Rising => Operator::AtLeast,
            Self::Falling => Operator::AtMost,
        }
    }
}

impl Toward {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let value = known.number(self.figure);
        let comparison = Comparison {
            figure: self.figure,
            value,
            range: known.uncertain(self.figure),
            operator: self.direction.operator(),
            threshold: Some(self.target),
            threshold_figure: None,
        };
        (comparison.truth(), Reason::Comparison(comparison))
    }

    /// The share of the way from baseline to target that is done; `None` if the two are equal.
    ///
    /// # Errors
    /// [`ArithmeticError::TooLarge`] if the value has too many digits.
    pub fn attainment(&self, value: Exact) -> Result<Option<Exact>, ArithmeticError> {
        let way = self.target.minus(self.baseline)?;
        if way.is_zero() {
            return Ok(None);
        }
        value.minus(self.baseline)?.over(way).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{
        Rule,
        testing::{exact, judge},
    };

    fn toward(baseline: &str, target: &str, direction: Direction) -> Toward {
        Toward {
            figure: FigureIndex(0),
            baseline: exact(baseline),
            baseline_year: 2022,
            target: exact(target),
            target_year: 2025,
            direction,
        }
    }

    #[test]
    fn rising_falling_and_holding() {
        for (rule, value, expected) in [
            (toward("401.23", "530", Direction::Rising), "530", Truth::Met),
            (toward("401.23", "530", Direction::Rising), "529.99", Truth::NotMet),
            (toward("13", "12.5", Direction::Falling), "12.5", Truth::Met),
            (toward("13", "12.5", Direction::Falling), "12.6", Truth::NotMet),
            (toward("100", "100", Direction::Rising), "100", Truth::Met),
            (toward("100", "100", Direction::Rising), "99.9", Truth::NotMet),
        ] {
            assert_eq!(judge(&Rule::Toward(rule), &[Some(value)]).0, expected, "{value}");
        }
    }

    #[test]
    fn attainment_from_the_baseline() {
        let falling = toward("13", "12.5", Direction::Falling);
        assert_eq!(falling.attainment(exact("12.75")), Ok(Some(exact("0.5"))));
        assert_eq!(falling.attainment(exact("13.5")), Ok(Some(exact("-1"))));
        assert_eq!(toward("100", "100", Direction::Rising).attainment(exact("99")), Ok(None));
    }
}
