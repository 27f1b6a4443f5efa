//! Done or not done: about three quarters of all clauses.
//!
//! Documents: every 具体任务 of the Quxian task list that prints no numeral, such as 2.2
//! 撤并建制村与新村委之间的直连道路全部畅通.
//!
//! No answer is unknown and never a no.

use super::Known;
use crate::figure::FigureIndex;
use crate::outcome::{Reason, Truth};

/// A yes/no figure must say yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YesNo {
    /// The yes/no figure.
    pub figure: FigureIndex,
}

impl YesNo {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let answer = known.yes_no(self.figure);
        (answer.map_or(Truth::Unknown, Truth::from_bool), Reason::YesNo { figure: self.figure, answer })
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::{Rule, testing::judge};

    use super::*;

    #[test]
    fn yes_no_and_nothing() {
        let rule = Rule::YesNo(YesNo { figure: FigureIndex(0) });
        assert_eq!(judge(&rule, &[Some("yes")]).0, Truth::Met);
        assert_eq!(judge(&rule, &[Some("no")]).0, Truth::NotMet);
        assert_eq!(judge(&rule, &[None]).0, Truth::Unknown);
    }
}
