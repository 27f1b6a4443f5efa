//! A picture as plain data.

use dabiao_core::Verdict;
use dabiao_view::plan_chart::LineKind;

/// A picture: shapes from back to front.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// The things one can point at; shapes refer to them by position.
    pub marks: Vec<Mark>,
}

/// Something one can point at.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where a tooltip points to, in pixels.
    pub at: (i32, i32),
    /// What a tooltip says, line by line; the first is its title.
    pub lines: Vec<String>,
}

/// A shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left edge.
        x: i32,
        /// Top edge.
        y: i32,
        /// Width.
        width: i32,
        /// Height.
        height: i32,
        /// What it stands for.
        ink: Ink,
    },
    /// A line through points.
    Path {
        /// The points.
        points: Vec<(i32, i32)>,
        /// Its width.
        width: u32,
        /// What it stands for.
        ink: Ink,
    },
    /// A filled polygon.
    Polygon {
        /// The corners.
        points: Vec<(i32, i32)>,
        /// What it stands for.
        ink: Ink,
    },
    /// A disc.
    Circle {
        /// The centre.
        at: (i32, i32),
        /// The radius.
        radius: u32,
        /// What it stands for.
        ink: Ink,
    },
    /// A line of text; `y` is its middle.
    Text {
        /// Where it is anchored.
        at: (i32, i32),
        /// Which end is anchored.
        anchor: Anchor,
        /// Its size in pixels.
        size: u32,
        /// The text.
        text: String,
        /// What it stands for.
        ink: Ink,
    },
}

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// What a shape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Its part in the chart; the style of the page gives it a colour.
    pub role: Role,
    /// The thing it belongs to.
    pub mark: Option<u16>,
}

/// The part that a shape plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Met.
    Met,
    /// Missed.
    NotMet,
    /// Unknown.
    Unknown,
    /// Not applicable.
    NotApplicable,
    /// The worst case of a range.
    Worst,
    /// The best case of a range.
    Best,
    /// The assessment as it is, beside scenarios.
    Present,
    /// The first scenario.
    ScenarioOne,
    /// The second scenario.
    ScenarioTwo,
    /// The third scenario.
    ScenarioThree,
    /// The fourth scenario.
    ScenarioFour,
    /// What is due by equal steps.
    Linear,
    /// What is due by equal rates.
    Compound,
    /// What was reached.
    Actual,
    /// Where the present pace leads.
    Projected,
    /// Lines that help reading.
    Grid,
    /// The ground on which values stand.
    Track,
    /// A threshold or target.
    Target,
    /// Names.
    Label,
    /// Numbers beside marks.
    Value,
    /// Invisible: makes a mark easier to hit.
    Hit,
}

impl Role {
    /// Every role, by code.
    const ALL: [Self; 21] = [
        Self::Met,
        Self::NotMet,
        Self::Unknown,
        Self::NotApplicable,
        Self::Worst,
        Self::Best,
        Self::Present,
        Self::ScenarioOne,
        Self::ScenarioTwo,
        Self::ScenarioThree,
        Self::ScenarioFour,
        Self::Linear,
        Self::Compound,
        Self::Actual,
        Self::Projected,
        Self::Grid,
        Self::Track,
        Self::Target,
        Self::Label,
        Self::Value,
        Self::Hit,
    ];

    /// What is compared: the present first, then scenarios.
    pub const SERIES: [Self; 5] = [Self::Present, Self::ScenarioOne, Self::ScenarioTwo, Self::ScenarioThree, Self::ScenarioFour];

    /// The role of a line over time.
    #[must_use]
    pub fn of_line(kind: LineKind) -> Self {
        match kind {
            LineKind::Linear => Self::Linear,
            LineKind::Compound => Self::Compound,
            LineKind::Actual => Self::Actual,
            LineKind::Projected => Self::Projected,
        }
    }

    /// The role of a verdict.
    #[must_use]
    pub fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Met,
            Verdict::NotMet => Self::NotMet,
            Verdict::Unknown => Self::Unknown,
            Verdict::NotApplicable | Verdict::NotJudged => Self::NotApplicable,
        }
    }

    /// The style class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not-met",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not-applicable",
            Self::Worst => "worst",
            Self::Best => "best",
            Self::Present => "present",
            Self::ScenarioOne => "scenario-1",
            Self::ScenarioTwo => "scenario-2",
            Self::ScenarioThree => "scenario-3",
            Self::ScenarioFour => "scenario-4",
            Self::Linear => "linear",
            Self::Compound => "compound",
            Self::Actual => "actual",
            Self::Projected => "projected",
            Self::Grid => "grid",
            Self::Track => "track",
            Self::Target => "target",
            Self::Label => "label",
            Self::Value => "value",
            Self::Hit => "hit",
        }
    }

    pub(crate) fn code(self) -> u8 {
        Self::ALL.iter().zip(0_u8..).find(|(role, _)| **role == self).map_or(0, |(_, code)| code)
    }

    pub(crate) fn from_code(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).copied().unwrap_or(Self::Label)
    }
}
