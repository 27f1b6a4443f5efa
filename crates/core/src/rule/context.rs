//! Shown, never judged.
//!
//! Documents: the shares of the three sectors in the Quxian county-seat table have a baseline and a
//! target but no better direction of their own; 人均支出居全省前列 names no number.

use super::Known;
use crate::figure::FigureIndex;
use crate::number::Exact;
use crate::outcome::{Reason, Truth};

/// Numbers that stand beside the judged clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The figure, if the document names one that can be measured.
    pub figure: Option<FigureIndex>,
    /// The printed baseline and its year, in the unit of the figure.
    pub baseline: Option<(Exact, u16)>,
    /// The printed target and its year, in the unit of the figure.
    pub target: Option<(Exact, u16)>,
}

impl Context {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let value = self.figure.and_then(|figure| known.number(figure));
        (Truth::Unknown, Reason::Context { figure: self.figure, value })
    }
}
