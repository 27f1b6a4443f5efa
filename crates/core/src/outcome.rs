//! Verdicts and the structured reasons behind them.

use crate::figure::FigureIndex;
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
    /// Shown for context; the document asks nothing that could be judged.
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
        years: Vec<(u16, FigureIndex, Option<Exact>)>,
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
    /// Its value, if known.
    pub value: Option<Exact>,
    /// How it is held against the threshold.
    pub operator: Operator,
    /// The threshold; missing if somebody else sets it and has not been asked yet.
    pub threshold: Option<Exact>,
    /// The figure that holds the threshold, where the document leaves it to somebody else.
    pub threshold_figure: Option<FigureIndex>,
    /// How far the value is beyond the threshold, in the figure's unit: negative is the gap that is
    /// still to be closed, positive the margin. A strict rule is missed at zero.
    pub margin: Option<Exact>,
}

impl Comparison {
    /// Compares what is known.
    #[must_use]
    pub fn new(
        figure: FigureIndex,
        value: Option<Exact>,
        operator: Operator,
        threshold: Option<Exact>,
        threshold_figure: Option<FigureIndex>,
    ) -> Self {
        let margin = match (value, threshold) {
            (Some(value), Some(threshold)) if operator.is_rising() => value.minus(threshold).ok(),
            (Some(value), Some(threshold)) => threshold.minus(value).ok(),
            _ => None,
        };
        Self { figure, value, operator, threshold, threshold_figure, margin }
    }

    /// Whether the threshold is met.
    #[must_use]
    pub fn truth(&self) -> Truth {
        match (self.value, self.threshold) {
            (Some(value), Some(threshold)) => Truth::from_bool(self.operator.holds(value, threshold)),
            _ => Truth::Unknown,
        }
    }
}

/// A growth held against the growth that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The figure that grows.
    pub current: FigureIndex,
    /// Its value, if known.
    pub current_value: Option<Exact>,
    /// The figure it is compared with.
    pub base: FigureIndex,
    /// Its value, if known.
    pub base_value: Option<Exact>,
    /// The years between the two, if known.
    pub years: Option<u32>,
    /// In which unit growth is measured: percent or percentage points.
    pub unit: Unit,
    /// The growth that is asked for, in that unit.
    pub needed: Exact,
    /// Whether exactly that much is too little.
    pub strict: bool,
    /// The growth that was reached, in that unit, rounded down to four digits where it has no
    /// finite decimal (compound growth over several years).
    pub reached: Option<Exact>,
    /// The value of `current` that would just be enough, in its unit.
    pub needed_value: Option<Exact>,
    /// How far `current` is beyond that value, in its unit; negative is the gap.
    pub margin: Option<Exact>,
}
