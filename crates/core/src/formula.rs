//! Declared formulas: how a figure follows from other figures.

use crate::figure::{FigureIndex, Range};
use crate::number::{ArithmeticError, Exact};
use crate::unit::{Dimension, Unit};

/// An arithmetic expression over figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// The value of a figure, converted to base units.
    Figure(FigureIndex),
    /// A constant without dimension.
    Constant(Exact),
    /// Two expressions joined by an operation.
    Binary {
        /// What joins them.
        operation: Operation,
        /// The left expression.
        left: Box<Formula>,
        /// The right expression.
        right: Box<Formula>,
    },
}

/// An arithmetic operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Sum of two quantities of one dimension.
    Add,
    /// Difference of two quantities of one dimension.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient.
    Divide,
}

/// Why a formula has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unevaluated {
    /// At least one figure is unknown.
    Missing,
    /// The arithmetic has no exact result.
    Arithmetic(ArithmeticError),
}

impl From<ArithmeticError> for Unevaluated {
    fn from(error: ArithmeticError) -> Self {
        Self::Arithmetic(error)
    }
}

impl Formula {
    /// Where the value lies, in base units: one point if every figure is exactly known. `lookup` gives
    /// where a figure lies, and its unit. A figure that stands twice counts as two, so the range may be
    /// wider than it need be, and never narrower.
    ///
    /// # Errors
    /// [`Unevaluated`] if a figure is unknown or the arithmetic has no exact result.
    pub fn evaluate(&self, lookup: &impl Fn(FigureIndex) -> Option<(Range, Unit)>) -> Result<Range, Unevaluated> {
        match self {
            Self::Constant(constant) => Ok(Range::point(*constant)),
            Self::Figure(figure) => {
                let (range, unit) = lookup(*figure).ok_or(Unevaluated::Missing)?;
                let scale = unit.scale();
                // Scales are above zero, so the ends keep their order.
                Ok(if scale == Exact::ONE { range } else { range.map(|end| end.times(scale))? })
            }
            Self::Binary { operation, left, right } => {
                let left = left.evaluate(lookup)?;
                let right = right.evaluate(lookup)?;
                let apply = |one: Exact, other: Exact| match operation {
                    Operation::Add => one.plus(other),
                    Operation::Subtract => one.minus(other),
                    Operation::Multiply => one.times(other),
                    Operation::Divide => one.over(other),
                };
                let first = Range::point(apply(left.low(), right.low())?);
                if left.is_point() && right.is_point() {
                    return Ok(first);
                }
                if *operation == Operation::Divide && right.low() <= Exact::ZERO && right.high() >= Exact::ZERO {
                    return Err(ArithmeticError::DivisionByZero.into());
                }
                // The ends are where both figures are at an end.
                let corners = [(left.low(), right.high()), (left.high(), right.low()), (left.high(), right.high())];
                corners.into_iter().try_fold(first, |range, (one, other)| Ok(range.with(apply(one, other)?)))
            }
        }
    }

    /// The dimension of the result; `None` if the formula adds apples to pears or uses a unit that
    /// cannot be calculated with. `unit` gives the unit of a figure.
    #[must_use]
    pub fn dimension(&self, unit: &impl Fn(FigureIndex) -> Option<Unit>) -> Option<Dimension> {
        match self {
            Self::Constant(_) => Some(Dimension::NUMBER),
            Self::Figure(figure) => unit(*figure).map(Unit::dimension),
            Self::Binary { operation, left, right } => {
                let left = left.dimension(unit)?;
                let right = right.dimension(unit)?;
                match operation {
                    Operation::Add | Operation::Subtract => (left == right).then_some(left),
                    Operation::Multiply => left.times(right),
                    Operation::Divide => left.over(right),
                }
            }
        }
    }

    /// The figures that the formula uses, left to right, with repetitions.
    #[must_use]
    pub fn figures(&self) -> Vec<FigureIndex> {
        let mut figures = Vec::new();
        self.collect_figures(&mut figures);
        figures
    }

    fn collect_figures(&self, figures: &mut Vec<FigureIndex>) {
        match self {
            Self::Constant(_) => {}
            Self::Figure(figure) => figures.push(*figure),
            Self::Binary { left, right, .. } => {
                left.collect_figures(figures);
                right.collect_figures(figures);
            }
        }
    }
}
