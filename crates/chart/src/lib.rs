//! A chart description to a plain list of shapes and texts.
//!
//! plotters does the drawing through a backend of ours ([`backend`]) that keeps shapes with roles
//! in place of pixels with colours. The page turns the list into elements that can be styled,
//! focused and read aloud; [`svg`] prints the same list for export. No browser is asked how wide a
//! text is ([`metrics`]), so a picture is the same everywhere and can be drawn in a test.

mod backend;
mod bars;
mod bullets;
mod frame;
pub mod metrics;
pub mod picture;
mod radar;
pub mod svg;
mod ways;

use dabiao_view::Locale;
use dabiao_view::chart::Chart;

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

/// The picture of a chart. An empty picture if there is nothing to draw.
#[must_use]
pub fn draw(chart: &Chart, look: Look<'_>) -> Picture {
    let drawn = match chart {
        Chart::Bars(rows) => bars::draw(rows, look),
        Chart::Bullets(rows) => bullets::draw(rows, look),
        Chart::Radar(axes) => radar::draw(axes, look),
        Chart::Ways(rows) => ways::draw(rows, look),
    };
    // Drawing into memory cannot fail; plotters has no way to say so.
    drawn.unwrap_or_default()
}

/// The roles that the legend of a chart offers, in order.
#[must_use]
pub fn legend(chart: &Chart) -> Vec<Role> {
    match chart {
        Chart::Bars(_) => vec![Role::Met, Role::NotMet, Role::Unknown, Role::NotApplicable],
        Chart::Bullets(_) | Chart::Ways(_) => vec![Role::Met, Role::NotMet, Role::Unknown],
        Chart::Radar(_) => vec![Role::Worst, Role::Best],
    }
}
