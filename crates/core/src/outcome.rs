//! Verdicts and the structured reasons behind them.

use crate::figure::{FigureIndex, Range, Value};
use crate::number::Exact;
use crate::unit::Unit;

/// What judging a rule can find, with what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The rule is met, whatever the missing figures turn out to be.
    Met,
    /// The rule is missed, whatever the missing figures turn out to be.
    NotMet,
    /// It depends on a figure that is missing.
    Unknown,
}

impl Truth {
    /// Met or missed.
    #[must_use]
    pub fn from_bool(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }

    /// The same at both ends of a range, or not known.
    #[must_use]
    pub fn of_range(at_one_end: bool, at_the_other: bool) -> Self {
        if at_one_end == at_the_other { Self::from_bool(at_one_end) } else { Self::Unknown }
    }

    /// At least `needed` of the parts are met; right for missing parts.
    #[must_use]
    pub fn at_least_of(needed: usize, parts: impl Iterator<Item = Self>) -> Self {
        let (mut met, mut unknown) = (0_usize, 0_usize);
        for part in parts {
            match part {
                Self::Met => met = met.saturating_add(1),
                Self::Unknown => unknown = unknown.saturating_add(1),
                Self::NotMet => {}
            }
        }
        if met >= needed {
            Self::Met
        } else if met.saturating_add(unknown) < needed {
            Self::NotMet
        } else {
            Self::Unknown
        }
    }
}

/// The answer for one clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// 达标.
    Met,
    /// 未达标.
    NotMet,
    /// Not known yet; never counted as a miss.
    Unknown,
    /// Declared not applicable with a reason; leaves the denominator.
    NotApplicable,
    /// Shown only: the document asks nothing that could be judged, or asks it of another level.
    NotJudged,
}

impl From<Truth> for Verdict {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::Met => Self::Met,
            Truth::NotMet => Self::NotMet,
            Truth::Unknown => Self::Unknown,
        }
    }
}

/// How a value is held against a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// 达到, 以上, 不低于.
    AtLeast,
    /// 超过.
    MoreThan,
    /// 以下, 以内.
    AtMost,
    /// 小于, 不满.
    LessThan,
}

impl Operator {
    /// Whether the value stands in this relation to the threshold.
    #[must_use]
    pub fn holds(self, value: Exact, threshold: Exact) -> bool {
        match self {
            Self::AtLeast => value >= threshold,
            Self::MoreThan => value > threshold,
            Self::AtMost => value <= threshold,
            Self::LessThan => value < threshold,
        }
    }

    /// Whether larger values are better.
    #[must_use]
    pub fn is_rising(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }

    /// Whether the threshold itself does not count as met.
    #[must_use]
    pub fn is_strict(self) -> bool {
        matches!(self, Self::MoreThan | Self::LessThan)
    }

    /// `>=`, `>`, `<=` or `<`.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::AtLeast => ">=",
            Self::MoreThan => ">",
            Self::AtMost => "<=",
            Self::LessThan => "<",
        }
    }

    /// The operator with this symbol.
    #[must_use]
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        [Self::AtLeast, Self::MoreThan, Self::AtMost, Self::LessThan].into_iter().find(|operator| operator.symbol() == symbol)
    }
}

/// Why a rule came out as it did: enough to recompute the verdict and to put it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A yes/no figure.
    YesNo {
        /// The figure that was asked for.
        figure: FigureIndex,
        /// What is known of it.
        answer: Option<bool>,
    },
    /// A value against a threshold.
    Comparison(Comparison),
    /// A value against two bounds.
    Between {
        /// The figure that was asked for.
        figure: FigureIndex,
        /// Against the lower bound.
        low: Comparison,
        /// Against the upper bound.
        high: Comparison,
    },
    /// A growth over time.
    Growth(Growth),
    /// A row of years, each to be higher than the one before.
    Rising {
        /// Year, figure and value, from the first year to the assessed one; empty if that is unknown.
        years: Vec<(u16, FigureIndex, Option<Value>)>,
        /// The first year that is not higher than the one before.
        fell_in: Option<u16>,
    },
    /// Several parts.
    Parts {
        /// How many of them are needed.
        need: Need,
        /// Each part with its own finding.
        parts: Vec<(Truth, Reason)>,
    },
    /// Not judged: baseline and target are shown as they are printed.
    Context {
        /// The figure, if the document names one that can be measured.
        figure: Option<FigureIndex>,
        /// What is known of it.
        value: Option<Exact>,
    },
    /// Declared not applicable.
    NotApplicable,
    /// Not judged: another level answers it.
    OtherLevel {
        /// The figure for one's own share of the target, if the document lets one have a part in it.
        contribution: Option<FigureIndex>,
        /// What is known of it.
        value: Option<Exact>,
    },
}

/// How many parts of a compound rule are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Every one.
    All,
    /// One is enough.
    Any,
    /// At least so many.
    AtLeast(u32),
}

/// A value held against a threshold, both in the unit of the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The figure that is judged.
    pub figure: FigureIndex,
    /// Its value, if exactly known.
    pub value: Option<Exact>,
    /// Where its value lies, if that is all that is known.
    pub range: Option<Range>,
    /// How it is held against the threshold.
    pub operator: Operator,
    /// The threshold; missing if somebody else sets it and has not been asked yet.
    pub threshold: Option<Exact>,
    /// The figure that holds the threshold, where the document leaves it to somebody else.
    pub threshold_figure: Option<FigureIndex>,
}

impl Comparison {
    /// How far the value is beyond the threshold, in the figure's unit: negative is the gap that is
    /// still to be closed, positive the margin. A strict rule is missed at zero. `None` if something
    /// is unknown. Worked out when asked for, because a verdict does not need it.
    #[must_use]
    pub fn margin(&self) -> Option<Exact> {
        let (value, threshold) = (self.value?, self.threshold?);
        let margin = if self.operator.is_rising() { value.minus(threshold) } else { threshold.minus(value) };
        margin.ok()
    }

    /// Whether the threshold is met; of a range, whether it is met at both ends, and so in between.
    #[must_use]
    pub fn truth(&self) -> Truth {
        match (self.value, self.range, self.threshold) {
            (Some(value), _, Some(threshold)) => Truth::from_bool(self.operator.holds(value, threshold)),
            (None, Some(range), Some(threshold)) => {
                Truth::of_range(self.operator.holds(range.low(), threshold), self.operator.holds(range.high(), threshold))
            }
            _ => Truth::Unknown,
        }
    }
}

/// A growth held against the growth that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The figure that grows.
    pub current: FigureIndex,
    /// Its value, if exactly known.
    pub current_value: Option<Exact>,
    /// Where its value lies, if that is all that is known.
    pub current_range: Option<Range>,
    /// The figure it is compared with.
    pub base: FigureIndex,
    /// Its value, if exactly known.
    pub base_value: Option<Exact>,
    /// Where its value lies, if that is all that is known.
    pub base_range: Option<Range>,
    /// The years between the two, if known.
    pub years: Option<u32>,
    /// In which unit growth is measured: percent or percentage points.
    pub unit: Unit,
    /// The growth that is asked for, in that unit.
    pub needed: Exact,
    /// Whether exactly that much is too little.
    pub strict: bool,
    /// Whether growth over several years is compound.
    pub compound: bool,
    /// The value of `current` that would just be enough, in its unit.
    pub needed_value: Option<Exact>,
}

impl Growth {
    /// How far `current` is beyond the value that would just be enough, in its unit; negative is the gap.
    #[must_use]
    pub fn margin(&self) -> Option<Exact> {
        self.current_value?.minus(self.needed_value?).ok()
    }

    /// The growth per year that was reached, in `unit`; compound growth over several years is rounded
    /// down to four digits. `None` if something is unknown, or if the base is zero or below, where
    /// relative growth has no meaning.
    #[must_use]
    pub fn reached(&self) -> Option<Exact> {
        let (current, base, years) = (self.current_value?, self.base_value?, self.years?);
        let count = Exact::from(years);
        match self.unit {
            Unit::PercentagePoint => current.minus(base).ok()?.over(count).ok(),
            _ if base <= Exact::ZERO => None,
            _ if self.compound && years > 1 => compound_rate(current.over(base).ok()?, years),
            _ => {
                let total = current.over(base).ok()?.minus(Exact::ONE).ok()?;
                total.over(count).ok()?.over(Unit::Percent.scale()).ok()
            }
        }
    }
}

/// The largest percentage of four digits after the point whose compound growth does not exceed `factor`.
fn compound_rate(factor: Exact, years: u32) -> Option<Exact> {
    /// Steps of 0.0001 % in the factor 1.
    const STEPS: i64 = 1_000_000;
    let grows_to_at_most = |steps: i64| -> Option<bool> {
        let rate = Exact::ratio(i128::from(steps), i128::from(STEPS)).ok()?;
        let mut product = Exact::ONE;
        for _ in 0..years {
            match product.times(rate) {
                Ok(next) => product = next,
                // Many years at six digits each: decide on the rounded product, for display only.
                Err(_) => product = product.rounded(9)?.parse::<Exact>().ok()?.times(rate).ok()?,
            }
        }
        Some(product <= factor)
    };
    let (mut low, mut high) = (0_i64, STEPS.checked_mul(100)?);
    if grows_to_at_most(high)? {
        return None;
    }
    while high.checked_sub(low)? > 1 {
        let middle = low.checked_add(high)?.checked_div(2)?;
        if grows_to_at_most(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Exact::ratio(i128::from(low.checked_sub(STEPS)?), i128::from(STEPS)).ok()?.over(Unit::Percent.scale()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compound_rate_rounds_down() {
        let exact = |text: &str| text.parse::<Exact>().unwrap();
        assert_eq!(compound_rate(exact("1.1025"), 2), Some(exact("5")));
        assert_eq!(compound_rate(exact("0.81"), 2), Some(exact("-10")));
        assert_eq!(compound_rate(exact("0"), 3), Some(exact("-100")));
    }
}
