//! A number against a threshold that the document leaves to somebody else.
//!
//! Documents: Quxian task list 20.2 (农村户用卫生厕所普及率达到年度目标任务) and 20.3. The person
//! enters the target for the year; until then the clause is unknown.

use super::Known;
use crate::figure::FigureIndex;
use crate::outcome::{Comparison, Operator, Reason, Truth};

/// A figure must reach the number in another figure of the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct External {
    /// The figure that is judged.
    pub figure: FigureIndex,
    /// How it is held against the target.
    pub operator: Operator,
    /// The figure in which the person enters the target.
    pub target: FigureIndex,
}

impl External {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let comparison = Comparison {
            figure: self.figure,
            value: known.number(self.figure),
            range: known.uncertain(self.figure),
            operator: self.operator,
            threshold: known.number(self.target),
            threshold_figure: Some(self.target),
        };
        (comparison.truth(), Reason::Comparison(comparison))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Rule, testing::judge};

    #[test]
    fn unknown_until_both_are_known() {
        let rule = Rule::External(External { figure: FigureIndex(0), operator: Operator::AtLeast, target: FigureIndex(1) });
        for (values, expected) in [
            ([Some("85"), Some("85")], Truth::Met),
            ([Some("84.9"), Some("85")], Truth::NotMet),
            ([Some("85"), None], Truth::Unknown),
            ([None, Some("85")], Truth::Unknown),
        ] {
            assert_eq!(judge(&rule, &values).0, expected, "{values:?}");
        }
    }
}
