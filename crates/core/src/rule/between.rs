//! A number between two bounds; the 适度 indicators of `methods.md` (F16) without points.
//!
//! None of the two Quxian documents has one. 国家特色小镇导则 2021 asks for 1 to 5 km².

use super::Known;
use crate::figure::FigureIndex;
use crate::number::Exact;
use crate::outcome::{Comparison, Operator, Reason, Truth};

/// A figure must lie between two bounds, each inclusive or strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    /// The figure that is judged.
    pub figure: FigureIndex,
    /// The lower bound, in the unit of the figure: `>=` or `>`.
    pub low: (Operator, Exact),
    /// The upper bound, in the unit of the figure: `<=` or `<`.
    pub high: (Operator, Exact),
}

impl Between {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let value = known.number(self.figure);
        let against = |(operator, threshold): (Operator, Exact)| Comparison {
            figure: self.figure,
            value,
            range: known.uncertain(self.figure),
            operator,
            threshold: Some(threshold),
            threshold_figure: None,
        };
        let (low, high) = (against(self.low), against(self.high));
        let truth = Truth::at_least_of(2, [low.truth(), high.truth()].into_iter());
        (truth, Reason::Between { figure: self.figure, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{
        Rule,
        testing::{exact, judge},
    };

    #[test]
    fn bounds_as_declared() {
        let rule =
            Rule::Between(Between { figure: FigureIndex(0), low: (Operator::AtLeast, exact("1")), high: (Operator::LessThan, exact("5")) });
        for (value, expected) in [("1", Truth::Met), ("0.9", Truth::NotMet), ("4.99", Truth::Met), ("5", Truth::NotMet)] {
            assert_eq!(judge(&rule, &[Some(value)]).0, expected, "{value}");
        }
        assert_eq!(judge(&rule, &[None]).0, Truth::Unknown);
    }
}
