//! Either/or, all-of and k-of-n; formula F3 of `methods.md`.
//!
//! Documents: Quxian task list 4.3 (达70%或…增长10%: one branch met is enough), 48.3 (室内不低于300,
//! 室外不低于1000: both are needed).
//!
//! Right with missing parts: one branch met decides an either/or, one part missed decides an all-of,
//! whatever the missing ones turn out to be.

use super::{Known, Rule};
use crate::outcome::{Need, Reason, Truth};

/// So many of several rules must be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// How many of them are needed.
    pub need: Need,
    /// The rules, in printed order.
    pub of: Vec<Rule>,
}

impl Parts {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let parts: Vec<(Truth, Reason)> = self.of.iter().map(|rule| rule.judge(known)).collect();
        let needed = match self.need {
            Need::All => parts.len(),
            Need::Any => 1,
            Need::AtLeast(count) => count as usize,
        };
        let truth = Truth::at_least_of(needed, parts.iter().map(|(truth, _)| *truth));
        (truth, Reason::Parts { need: self.need, parts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::FigureIndex;
    use crate::rule::{YesNo, testing::judge};

    fn check(need: Need, answers: [Option<&str>; 3], expected: Truth) {
        let of = (0..3).map(|index| Rule::YesNo(YesNo { figure: FigureIndex(index) })).collect();
        assert_eq!(judge(&Rule::Parts(Parts { need, of }), &answers).0, expected, "{need:?} {answers:?}");
    }

    #[test]
    fn missing_parts_matter_only_when_they_can() {
        let (yes, no) = (Some("yes"), Some("no"));
        check(Need::Any, [yes, None, None], Truth::Met);
        check(Need::Any, [no, None, no], Truth::Unknown);
        check(Need::Any, [no, no, no], Truth::NotMet);
        check(Need::All, [no, None, None], Truth::NotMet);
        check(Need::All, [yes, None, yes], Truth::Unknown);
        check(Need::All, [yes, yes, yes], Truth::Met);
        check(Need::AtLeast(2), [yes, None, no], Truth::Unknown);
        check(Need::AtLeast(2), [yes, None, yes], Truth::Met);
        check(Need::AtLeast(2), [no, None, no], Truth::NotMet);
    }
}
