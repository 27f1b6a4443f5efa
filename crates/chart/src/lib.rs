//! A chart description to a plain list of shapes and texts.
//!
//! plotters does the drawing through a backend of ours ([`backend`]) that keeps shapes with roles
//! in place of pixels with colours. The page turns the list into elements that can be styled,
//! focused and read aloud; [`svg`] prints the same list for export. No browser is asked how wide a
//! text is ([`metrics`]), so a picture is the same everywhere and can be drawn in a test.

mod backend;
mod bars;
mod bullets;
mod cliff;
mod compared;
mod course;
mod frame;
pub mod metrics;
pub mod picture;
mod plane;
mod radar;
pub mod svg;
mod tornado;
mod ways;

use dabiao_view::Locale;
use dabiao_view::chart::{Chart, Table};
use dabiao_view::plan_chart::PlanChart;
use dabiao_view::words::{Word, key};

pub use picture::{Anchor, Ink, Mark, Picture, Role, Shape};

/// How a chart is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look<'a> {
    /// Width in pixels.
    pub width: u32,
    /// Size of the text in pixels.
    pub font: u32,
    /// Roles that the legend switched off.
    pub hidden: &'a [Role],
    /// Language of the words that the drawing adds.
    pub locale: Locale,
}

/// A chart description that can be drawn. The app draws [`Chart`], the planner [`PlanChart`]; each of
/// the two programs carries only what it draws.
pub trait Drawable: Clone + PartialEq + 'static {
    /// The picture; an empty one if there is nothing to draw.
    fn draw(&self, look: Look<'_>) -> Picture;

    /// What the legend offers to switch off, with its words, in order.
    fn legend(&self, locale: Locale) -> Vec<(Role, String)>;

    /// The table that says the same.
    fn table(&self, locale: Locale) -> Table;
}

impl Drawable for Chart {
    fn draw(&self, look: Look<'_>) -> Picture {
        let drawn = match self {
            Self::Bars(rows) => bars::draw(rows, look),
            Self::Bullets(rows) => bullets::draw(rows, look),
            Self::Radar(axes) => radar::draw(axes, look),
            Self::Ways(rows) => ways::draw(rows, look),
        };
        // Drawing into memory cannot fail; plotters has no way to say so.
        drawn.unwrap_or_default()
    }

    fn legend(&self, locale: Locale) -> Vec<(Role, String)> {
        let roles: &[Role] = match self {
            Self::Bars(_) => &[Role::Met, Role::NotMet, Role::Unknown, Role::NotApplicable],
            Self::Bullets(_) | Self::Ways(_) => &[Role::Met, Role::NotMet, Role::Unknown],
            Self::Radar(_) => &[Role::Worst, Role::Best],
        };
        let word = |role: &Role| match role {
            Role::Met => key::VERDICT_MET,
            Role::NotMet => key::VERDICT_NOT_MET,
            Role::Unknown => key::VERDICT_UNKNOWN,
            Role::NotApplicable => key::VERDICT_NOT_APPLICABLE,
            Role::Worst => key::LEGEND_WORST,
            _ => key::LEGEND_BEST,
        };
        roles.iter().map(|role| (*role, locale.word(word(role)).to_owned())).collect()
    }

    fn table(&self, locale: Locale) -> Table {
        Chart::table(self, locale)
    }
}

impl Drawable for PlanChart {
    fn draw(&self, look: Look<'_>) -> Picture {
        let drawn = match self {
            Self::Compared(compared) => compared::draw(compared, look),
            Self::Tornado(bars) => tornado::draw(bars, look),
            Self::Cliff(cliff) => cliff::draw(cliff, look),
            Self::Course(course) => course::draw(course, look),
        };
        drawn.unwrap_or_default()
    }

    fn legend(&self, locale: Locale) -> Vec<(Role, String)> {
        let words = |words: &[(Role, Word)]| words.iter().map(|(role, word)| (*role, locale.word(*word).to_owned())).collect();
        match self {
            Self::Compared(compared) => Role::SERIES.into_iter().zip(compared.series.iter().cloned()).collect(),
            Self::Tornado(_) => words(&[(Role::Met, key::TORNADO_GAIN), (Role::NotMet, key::TORNADO_LOSS)]),
            Self::Cliff(_) => words(&[(Role::Worst, key::LEGEND_WORST), (Role::Best, key::LEGEND_BEST)]),
            Self::Course(course) => {
                course.lines.iter().map(|line| (Role::of_line(line.kind), locale.word(line.kind.word()).to_owned())).collect()
            }
        }
    }

    fn table(&self, locale: Locale) -> Table {
        PlanChart::table(self, locale)
    }
}
