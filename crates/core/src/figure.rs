//! Figures: the facts that a person fills in once and that clauses refer to.

use crate::formula::Formula;
use crate::number::Exact;
use crate::unit::Unit;

/// The position of a figure in its standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureIndex(pub u32);

/// A fact about the unit that is assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Stable name, unique in the standard; saved assessments refer to it.
    pub id: String,
    /// A number or a yes/no answer.
    pub kind: FigureKind,
    /// Whom and where the figure describes.
    pub scope: Scope,
    /// When it describes them.
    pub period: Period,
    /// How it follows from other figures. A person may enter the figure directly all the same.
    pub formula: Option<Formula>,
}

/// What a figure can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// A number in `unit`, from `min` to `max`, both inclusive and in the same unit.
    Number {
        /// The unit in which the number is stored and shown.
        unit: Unit,
        /// The smallest value that makes sense.
        min: Option<Exact>,
        /// The largest value that makes sense.
        max: Option<Exact>,
    },
    /// Done or not done, present or absent.
    YesNo,
}

impl FigureKind {
    /// The unit of a number.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Number { unit, .. } => Some(unit),
            Self::YesNo => None,
        }
    }
}

/// Whom and where a figure describes. 镇区 is not 镇域, 县城 is not 全县.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// 镇区: the built-up seat of the town.
    TownSeat,
    /// 镇域: the whole town.
    Town,
    /// 县城: the county seat.
    CountySeat,
    /// 全县: the whole county.
    County,
    /// 全市: the whole city.
    City,
    /// 全省: the whole province.
    Province,
    /// Something outside the assessed unit.
    Nearby,
    /// Not about a place.
    None,
}

impl Scope {
    /// The scope with this id in standard files.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "town_seat" => Self::TownSeat,
            "town" => Self::Town,
            "county_seat" => Self::CountySeat,
            "county" => Self::County,
            "city" => Self::City,
            "province" => Self::Province,
            "nearby" => Self::Nearby,
            "none" => Self::None,
            _ => return None,
        })
    }
}

/// When a figure describes its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// The year that is assessed.
    AssessmentYear,
    /// The year before the one that is assessed.
    PreviousYear,
    /// A base year that is a figure itself.
    BaseYear,
    /// A calendar year.
    Year(u16),
    /// A target set by somebody else.
    Planned,
    /// Not tied to a time.
    None,
}

impl Period {
    /// The period with this id in standard files; years are written as numbers.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "assessment_year" => Self::AssessmentYear,
            "previous_year" => Self::PreviousYear,
            "base_year" => Self::BaseYear,
            "planned" => Self::Planned,
            "none" => Self::None,
            year => Self::Year(year.parse().ok().filter(|year| (1900..=2200).contains(year))?),
        })
    }
}

/// The known value of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number in the figure's unit.
    Number(Exact),
    /// A number that is only known to lie in a range, in the figure's unit.
    Between(Range),
    /// Yes or no.
    YesNo(bool),
}

/// From one number to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    // INVARIANT: `low` is not above `high`.
    low: Exact,
    high: Exact,
}

impl Range {
    /// From `low` to `high`; `None` if that is backwards.
    #[must_use]
    pub fn new(low: Exact, high: Exact) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// One number.
    #[must_use]
    pub fn point(number: Exact) -> Self {
        Self { low: number, high: number }
    }

    /// The smallest range that holds this number too.
    pub(crate) fn with(self, number: Exact) -> Self {
        Self { low: self.low.min(number), high: self.high.max(number) }
    }

    /// The range between what becomes of the ends. `change` must keep their order.
    pub(crate) fn map<E>(self, change: impl Fn(Exact) -> Result<Exact, E>) -> Result<Self, E> {
        let low = change(self.low)?;
        Ok(Self { low, high: if self.is_point() { low } else { change(self.high)? } })
    }

    /// Whether it is one number.
    #[must_use]
    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    /// The lower end.
    #[must_use]
    pub fn low(self) -> Exact {
        self.low
    }

    /// The upper end.
    #[must_use]
    pub fn high(self) -> Exact {
        self.high
    }
}

impl Value {
    /// The number, if it is one and exactly known.
    #[must_use]
    pub fn number(self) -> Option<Exact> {
        match self {
            Self::Number(number) => Some(number),
            Self::Between(_) | Self::YesNo(_) => None,
        }
    }

    /// Where the number lies, if it is one.
    #[must_use]
    pub fn range(self) -> Option<Range> {
        match self {
            Self::Number(number) => Some(Range::point(number)),
            Self::Between(range) => Some(range),
            Self::YesNo(_) => None,
        }
    }

    /// A range as a value: one point is an exact number.
    #[must_use]
    pub fn from_range(range: Range) -> Self {
        if range.is_point() { Self::Number(range.low) } else { Self::Between(range) }
    }

    /// The answer, if it is one.
    #[must_use]
    pub fn yes_no(self) -> Option<bool> {
        match self {
            Self::Number(_) | Self::Between(_) => None,
            Self::YesNo(answer) => Some(answer),
        }
    }
}
