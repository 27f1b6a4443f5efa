//! Growth over one or several years; formula F11 of `methods.md`.
//!
//! Documents: Quxian task list 39.2 (较2020年年均增长0.5%), 38 (年均就业培训人数增长10%以上) and
//! 4.3 (考核年较上年度增长10%), where the second reading is percentage points.
//!
//! Decided without roots and without rounding: compound growth of `r` over `n` years is reached when
//! `x ≥ b · (1 + r)ⁿ`; simple growth when `x ≥ b · (1 + n · r)`; percentage points when
//! `x ≥ b + n · p`. A rate that the person enters directly counts before one from the raw figures.
//!
//! Worked example: 2.00 → 2.04 (万人) over 4 years at 0.5 % needs 2 · 1.005⁴ = 2.0403010… , so
//! 2.04 is not enough by 3 people, while simple growth needs 2 · 1.02 = 2.04 and is met.

use super::Known;
use crate::figure::FigureIndex;
use crate::number::{ArithmeticError, Exact};
use crate::outcome::{self, Comparison, Operator, Reason, Truth};
use crate::unit::Unit;

/// A figure must grow by so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The figure that grows.
    pub current: FigureIndex,
    /// The figure it is compared with, in the same unit.
    pub base: FigureIndex,
    /// A figure in which the growth may be entered directly, in the unit of `measure`.
    pub rate: Option<FigureIndex>,
    /// The growth that is asked for, in the unit of `measure`, per year.
    pub value: Exact,
    /// Percent or percentage points.
    pub measure: GrowthMeasure,
    /// Whether exactly that much is too little.
    pub strict: bool,
    /// How many years lie between the two figures.
    pub over: Base,
}

/// Percent is not percentage point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GrowthMeasure {
    /// Relative to the base, in percent.
    Percent,
    /// The difference of two percentages.
    PercentagePoint,
}

/// The year of the base figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The year before; growth over one year.
    PreviousYear,
    /// A printed year; growth is the yearly average from then on.
    Since {
        /// The printed year.
        year: u16,
        /// The figure that holds the assessed year.
        until: FigureIndex,
        /// How the yearly average is taken.
        method: Method,
    },
    /// A year that the person enters, because the document prints none.
    SinceFigure {
        /// The figure that holds the base year.
        year: FigureIndex,
        /// The figure that holds the assessed year.
        until: FigureIndex,
        /// How the yearly average is taken.
        method: Method,
    },
}

/// How a yearly average growth is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The constant yearly rate that leads from the base to the value.
    Compound,
    /// The total growth divided by the number of years.
    Simple,
}

impl Growth {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let operator = if self.strict { Operator::MoreThan } else { Operator::AtLeast };
        if let Some(figure) = self.rate.filter(|figure| known.range(*figure).is_some()) {
            let (value, range) = (known.number(figure), known.uncertain(figure));
            let comparison = Comparison { figure, value, range, operator, threshold: Some(self.value), threshold_figure: None };
            return (comparison.truth(), Reason::Comparison(comparison));
        }
        let current_value = known.number(self.current);
        let base_value = known.number(self.base);
        let years = self.years(known);
        let needed_value = match (base_value, years) {
            (Some(base), Some(years)) => self.needed_value(base, years).ok(),
            _ => None,
        };
        let truth = match (current_value, needed_value) {
            (Some(current), Some(needed)) => Truth::from_bool(operator.holds(current, needed)),
            _ => self.truth_of_ranges(known, operator, years).unwrap_or(Truth::Unknown),
        };
        let reason = outcome::Growth {
            current: self.current,
            current_value,
            current_range: known.uncertain(self.current),
            base: self.base,
            base_value,
            base_range: known.uncertain(self.base),
            years,
            unit: self.measure.unit(),
            needed: self.value,
            strict: self.strict,
            compound: self.is_compound(),
            needed_value,
        };
        (truth, Reason::Growth(reason))
    }

    /// At the worst, the least value stands against what the largest base needs; at the best, the
    /// largest against what the least base needs. `None` if one of them is not known at all.
    fn truth_of_ranges(&self, known: Known<'_>, operator: Operator, years: Option<u32>) -> Option<Truth> {
        let (current, base, years) = (known.range(self.current)?, known.range(self.base)?, years?);
        let worst = operator.holds(current.low(), self.needed_value(base.high(), years).ok()?);
        let best = operator.holds(current.high(), self.needed_value(base.low(), years).ok()?);
        Some(Truth::of_range(worst, best))
    }

    pub(super) fn collect_figures(&self, figures: &mut Vec<FigureIndex>) {
        figures.extend([self.current, self.base]);
        figures.extend(self.rate);
        match self.over {
            Base::PreviousYear => {}
            Base::Since { until, .. } => figures.push(until),
            Base::SinceFigure { year, until, .. } => figures.extend([year, until]),
        }
    }

    /// The years from base to value; `None` if unknown or not at least one.
    #[must_use]
    pub fn years(&self, known: Known<'_>) -> Option<u32> {
        let (from, until) = match self.over {
            Base::PreviousYear => return Some(1),
            Base::Since { year, until, .. } => (Exact::from(u32::from(year)), until),
            Base::SinceFigure { year, until, .. } => (known.number(year)?, until),
        };
        let years = known.number(until)?.minus(from).ok()?;
        if !years.is_whole() {
            return None;
        }
        u32::try_from(years.numerator()).ok().filter(|years| *years > 0)
    }

    fn is_compound(&self) -> bool {
        match self.over {
            Base::PreviousYear => false,
            Base::Since { method, .. } | Base::SinceFigure { method, .. } => method == Method::Compound,
        }
    }

    /// What leads from the base to what is needed after so many years: a factor for percent, a
    /// summand for percentage points.
    ///
    /// # Errors
    /// [`ArithmeticError`] if a number has too many digits.
    pub fn growth_over(&self, years: u32) -> Result<Exact, ArithmeticError> {
        match self.measure {
            GrowthMeasure::PercentagePoint => self.value.times(Exact::from(years)),
            GrowthMeasure::Percent => {
                let rate = self.value.times(Unit::Percent.scale())?;
                if self.is_compound() { Exact::ONE.plus(rate)?.power(years) } else { Exact::ONE.plus(rate.times(Exact::from(years))?) }
            }
        }
    }

    /// The value that is just reached after so many years.
    fn needed_value(&self, base: Exact, years: u32) -> Result<Exact, ArithmeticError> {
        let growth = self.growth_over(years)?;
        match self.measure {
            GrowthMeasure::PercentagePoint => base.plus(growth),
            GrowthMeasure::Percent => base.times(growth),
        }
    }
}

impl GrowthMeasure {
    /// The unit in which the growth is given.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Percent => Unit::Percent,
            Self::PercentagePoint => Unit::PercentagePoint,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{
        Rule,
        testing::{exact, judge},
    };

    const CURRENT: FigureIndex = FigureIndex(0);
    const BASE: FigureIndex = FigureIndex(1);
    const RATE: FigureIndex = FigureIndex(2);
    const YEAR: FigureIndex = FigureIndex(3);

    fn since_2020(value: &str, method: Method) -> Rule {
        Rule::Growth(Growth {
            current: CURRENT,
            base: BASE,
            rate: Some(RATE),
            value: exact(value),
            measure: GrowthMeasure::Percent,
            strict: false,
            over: Base::Since { year: 2020, until: YEAR, method },
        })
    }

    #[test]
    fn compound_and_simple_differ_at_the_margin() {
        let figures = [Some("2.04"), Some("2"), None, Some("2024")];
        let (truth, reason) = judge(&since_2020("0.5", Method::Compound), &figures);
        assert_eq!(truth, Truth::NotMet);
        let Reason::Growth(growth) = reason else { panic!() };
        // 1.005⁴ = 1.020150500625, by hand.
        assert_eq!(growth.needed_value, Some(exact("2.04030100125")));
        assert_eq!(growth.margin(), Some(exact("-0.00030100125")));
        // ⁴√1.02 = 1.00496293…, by hand.
        assert_eq!(growth.reached(), Some(exact("0.4962")));
        assert_eq!(judge(&since_2020("0.5", Method::Simple), &figures).0, Truth::Met);
    }

    #[test]
    fn a_rate_entered_directly_counts_first() {
        let rule = since_2020("0.5", Method::Compound);
        assert_eq!(judge(&rule, &[None, None, Some("0.5"), None]).0, Truth::Met);
        assert_eq!(judge(&rule, &[None, None, Some("0.49"), None]).0, Truth::NotMet);
    }

    #[test]
    fn without_years_or_base_it_is_unknown() {
        let rule = since_2020("0.5", Method::Compound);
        for figures in [
            [Some("2.1"), Some("2"), None, None],
            [Some("2.1"), None, None, Some("2024")],
            [Some("2.1"), Some("2"), None, Some("2020")],
            [Some("2.1"), Some("2"), None, Some("2019")],
        ] {
            assert_eq!(judge(&rule, &figures).0, Truth::Unknown, "{figures:?}");
        }
    }

    #[test]
    fn percent_is_not_percentage_point() {
        let growth = |measure| {
            Rule::Growth(Growth {
                current: CURRENT,
                base: BASE,
                rate: None,
                value: exact("10"),
                measure,
                strict: false,
                over: Base::PreviousYear,
            })
        };
        // 50 % → 55 %: up by 10 % of last year's rate, but by 5 points only.
        let figures = [Some("55"), Some("50")];
        assert_eq!(judge(&growth(GrowthMeasure::Percent), &figures).0, Truth::Met);
        assert_eq!(judge(&growth(GrowthMeasure::PercentagePoint), &figures).0, Truth::NotMet);
    }
}
