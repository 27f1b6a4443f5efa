//! A figure as a function of one other figure: `(a·x + b) / (c·x + d)` with exact coefficients.
//!
//! That is all that formulas over figures come to as long as `x` stands at most once above and once
//! below the fraction bar, as in area ÷ population. Its crossing with a threshold is a quotient.

use dabiao_core::formula::{Formula, Operation};
use dabiao_core::{ArithmeticError, Exact, FigureIndex, Origin, Report, Standard};

/// `slope·x + constant`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Linear {
    slope: Exact,
    constant: Exact,
}

/// The quotient of two linear functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    above: Linear,
    below: Linear,
}

impl Linear {
    fn constant(constant: Exact) -> Self {
        Self { slope: Exact::ZERO, constant }
    }

    fn is_constant(self) -> bool {
        self.slope.is_zero()
    }

    fn plus(self, other: Self) -> Result<Self, ArithmeticError> {
        Ok(Self { slope: self.slope.plus(other.slope)?, constant: self.constant.plus(other.constant)? })
    }

    fn scaled(self, factor: Exact) -> Result<Self, ArithmeticError> {
        Ok(Self { slope: self.slope.times(factor)?, constant: self.constant.times(factor)? })
    }

    /// The product; `None` if it is no longer linear or too large.
    fn times(self, other: Self) -> Option<Self> {
        match (self.is_constant(), other.is_constant()) {
            (true, _) => other.scaled(self.constant).ok(),
            (_, true) => self.scaled(other.constant).ok(),
            _ => None,
        }
    }

    /// Where it is zero.
    fn root(self) -> Option<Exact> {
        if self.is_constant() { None } else { Exact::ZERO.minus(self.constant).ok()?.over(self.slope).ok() }
    }
}

impl Function {
    /// The same whatever `x` is.
    #[must_use]
    pub fn constant(value: Exact) -> Self {
        Self { above: Linear::constant(value), below: Linear::constant(Exact::ONE) }
    }

    /// `x` itself.
    #[must_use]
    pub fn identity() -> Self {
        Self { above: Linear { slope: Exact::ONE, constant: Exact::ZERO }, ..Self::constant(Exact::ZERO) }
    }

    /// Whether it does not depend on `x`.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.above.is_constant() && self.below.is_constant()
    }

    /// What two functions give together; `None` if that is no longer a quotient of linear functions.
    #[must_use]
    pub fn combined(self, operation: Operation, other: Self) -> Option<Self> {
        let product = |above: (Linear, Linear), below: (Linear, Linear)| {
            Some(Self { above: above.0.times(above.1)?, below: below.0.times(below.1)? }.reduced())
        };
        match operation {
            Operation::Multiply => product((self.above, other.above), (self.below, other.below)),
            Operation::Divide => product((self.above, other.below), (self.below, other.above)),
            Operation::Add | Operation::Subtract => {
                let sign = if operation == Operation::Add { Exact::ONE } else { Exact::from(-1_i64) };
                let other = Self { above: other.above.scaled(sign).ok()?, ..other };
                if self.below == other.below {
                    return Some(Self { above: self.above.plus(other.above).ok()?, below: self.below });
                }
                let above = self.above.times(other.below)?.plus(other.above.times(self.below)?).ok()?;
                Some(Self { above, below: self.below.times(other.below)? })
            }
        }
    }

    /// `x ÷ x` is one wherever it is anything.
    fn reduced(self) -> Self {
        if self.above == self.below && !self.above.is_constant() { Self::constant(Exact::ONE) } else { self }
    }

    /// The value for an `x`; `None` where the denominator is zero or a number has too many digits.
    #[must_use]
    pub fn at(&self, x: Exact) -> Option<Exact> {
        let value = |linear: Linear| linear.slope.times(x).and_then(|sloped| sloped.plus(linear.constant));
        value(self.above).ok()?.over(value(self.below).ok()?).ok()
    }

    /// The places where it may change sides of a threshold: where it is equal to it, and where its
    /// denominator is zero.
    #[must_use]
    pub fn crossings(&self, threshold: Exact) -> Vec<Exact> {
        let below = self.below.scaled(threshold).and_then(|below| below.scaled(Exact::from(-1_i64)));
        let difference = below.and_then(|below| self.above.plus(below)).ok();
        difference.and_then(Linear::root).into_iter().chain(self.below.root()).collect()
    }
}

/// A figure as a function of another, everything else being as the report says. `None` if something
/// else that it needs is unknown, or if the formula is not of this simple shape.
#[must_use]
pub fn figure_function(standard: &Standard, report: &Report, figure: FigureIndex, of: FigureIndex) -> Option<Function> {
    if figure == of {
        return Some(Function::identity());
    }
    let state = report.figures.get(figure.0 as usize)?;
    let definition = standard.figure(figure)?;
    let formula = definition.formula.as_ref().filter(|_| state.origin != Origin::Entered);
    match (formula, definition.kind.unit()) {
        (Some(formula), Some(unit)) => {
            let function = formula_function(standard, report, formula, of)?;
            function.combined(Operation::Divide, Function::constant(unit.scale()))
        }
        _ => state.value?.number().map(Function::constant),
    }
}

/// In base units.
fn formula_function(standard: &Standard, report: &Report, formula: &Formula, of: FigureIndex) -> Option<Function> {
    match formula {
        Formula::Constant(constant) => Some(Function::constant(*constant)),
        Formula::Figure(figure) => {
            let unit = standard.figure(*figure)?.kind.unit()?;
            figure_function(standard, report, *figure, of)?.combined(Operation::Multiply, Function::constant(unit.scale()))
        }
        Formula::Binary { operation, left, right } => {
            let left = formula_function(standard, report, left, of)?;
            left.combined(*operation, formula_function(standard, report, right, of)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn a_quotient_crosses_its_threshold_once_and_has_a_pole() {
        // 30 ÷ x reaches 15 at x = 2.
        let function = Function::constant(exact("30")).combined(Operation::Divide, Function::identity()).unwrap();
        assert_eq!(function.crossings(exact("15")), [exact("2"), exact("0")]);
    }

    #[test]
    fn a_share_of_the_whole() {
        // x ÷ (x + 10) reaches 0.5 at x = 10.
        let whole = Function::identity().combined(Operation::Add, Function::constant(exact("10"))).unwrap();
        let share = Function::identity().combined(Operation::Divide, whole).unwrap();
        assert_eq!(share.crossings(exact("0.5")), [exact("10"), exact("-10")]);
    }

    #[test]
    fn a_square_is_not_of_this_shape() {
        assert_eq!(Function::identity().combined(Operation::Multiply, Function::identity()), None);
    }
}
