//! A number against a fixed threshold; formula F1 of `methods.md`.
//!
//! Documents: Quxian task list 1.3 (人均道路面积达15平方米, `>=`), 7.2 (占比超过50%, `>`),
//! 1.1 (30分钟内, `<=`), 51.1 (收入比小于2, `<`), 40 (排名第一、第二、第三, rank `<=` 3),
//! 25.2 (不少于10个, count `>=` 10).
//!
//! Boundary words follow the Civil Code, art. 1259: 以上, 以下, 以内, 达到, 不低于 include the
//! number; 超过, 小于, 不满 do not.
//!
//! ```
//! use dabiao_core::{Exact, Operator};
//! let threshold: Exact = "50".parse()?;
//! assert!(!Operator::MoreThan.holds("50".parse()?, threshold)); // 超过50%: exactly 50 % is not enough
//! assert!(Operator::AtLeast.holds("50".parse()?, threshold)); // 达50%以上: exactly 50 % is
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::Known;
use crate::figure::FigureIndex;
use crate::number::Exact;
use crate::outcome::{Comparison, Operator, Reason, Truth};

/// A figure must reach a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The figure that is judged.
    pub figure: FigureIndex,
    /// How it is held against the threshold.
    pub operator: Operator,
    /// The threshold, in the unit of the figure.
    pub value: Exact,
    /// What kind of number it is.
    pub basis: Basis,
}

/// What kind of number a threshold is about; the arithmetic is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A measured amount.
    Level,
    /// A place in a ranking; 1 is best.
    Rank,
    /// A number of whole things.
    Count,
}

impl Threshold {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let comparison = Comparison {
            figure: self.figure,
            value: known.number(self.figure),
            range: known.uncertain(self.figure),
            operator: self.operator,
            threshold: Some(self.value),
            threshold_figure: None,
        };
        (comparison.truth(), Reason::Comparison(comparison))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{
        Rule,
        testing::{exact, judge},
    };

    fn check(operator: Operator, value: &str, expected: Truth, margin: &str) {
        let rule = Rule::Threshold(Threshold { figure: FigureIndex(0), operator, value: exact("50"), basis: Basis::Level });
        let (truth, reason) = judge(&rule, &[Some(value)]);
        let Reason::Comparison(comparison) = reason else { panic!("{reason:?}") };
        assert_eq!((truth, comparison.margin()), (expected, Some(exact(margin))), "{operator:?} {value}");
    }

    #[test]
    fn boundary_and_one_last_digit_on_either_side() {
        check(Operator::AtLeast, "50", Truth::Met, "0");
        check(Operator::AtLeast, "49.99", Truth::NotMet, "-0.01");
        check(Operator::MoreThan, "50", Truth::NotMet, "0");
        check(Operator::MoreThan, "50.01", Truth::Met, "0.01");
        check(Operator::AtMost, "50", Truth::Met, "0");
        check(Operator::AtMost, "50.01", Truth::NotMet, "-0.01");
        check(Operator::LessThan, "50", Truth::NotMet, "0");
        check(Operator::LessThan, "49.99", Truth::Met, "0.01");
    }

    #[test]
    fn missing_is_unknown_and_zero_is_not_missing() {
        let rule =
            Rule::Threshold(Threshold { figure: FigureIndex(0), operator: Operator::AtLeast, value: exact("50"), basis: Basis::Level });
        assert_eq!(judge(&rule, &[None]).0, Truth::Unknown);
        assert_eq!(judge(&rule, &[Some("0")]).0, Truth::NotMet);
    }
}
