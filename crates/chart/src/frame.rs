//! What the charts with rows share: the plotting area with its names to the left, and the scale below.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Look;
use crate::backend::{ShapeBackend, color};
use crate::metrics::{ellipsize, text_width};
use crate::picture::{Ink, Mark, Picture, Role, Shape};

/// Why plotters could not draw.
pub(crate) type DrawError = DrawingAreaErrorKind<Infallible>;
/// The whole picture.
pub(crate) type Area<'a> = DrawingArea<ShapeBackend<'a>, Shift>;
/// A plotting area; one unit up is one row.
pub(crate) type Plot<'a, 'b> = ChartContext<'a, ShapeBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Below this width names stand above their bars, because beside them no room is left.
pub(crate) const NARROW: u32 = 560;
/// The room for the scale, in text sizes.
const SCALE_EMS: u32 = 2;

/// Rows with a name, a bar and a number.
pub(crate) struct Rows<'a> {
    /// The names.
    pub(crate) labels: Vec<&'a str>,
    /// The texts behind the bars; may be empty.
    pub(crate) values: Vec<String>,
    /// The scale of the bars.
    pub(crate) scale: std::ops::Range<f64>,
    /// The steps of the scale and how they are written.
    pub(crate) steps: Vec<(f64, String)>,
    /// Rows with several bars each are taller.
    pub(crate) tall: bool,
}

/// Where in its row a bar lies.
#[derive(Clone, Copy)]
pub(crate) struct Band {
    middle: f64,
    shrink: f64,
}

impl Band {
    /// Upper and lower edge of something in a row, given half its usual height in rows.
    pub(crate) fn edges(self, row: u16, half: f64) -> (f64, f64) {
        let middle = f64::from(row) + self.middle;
        (middle - half * self.shrink, middle + half * self.shrink)
    }
}

/// A style for something of this role that belongs to this mark.
pub(crate) fn paint(role: Role, mark: Option<u16>) -> ShapeStyle {
    color(Ink { role, mark }).filled()
}

/// A style for text.
pub(crate) fn ink_text(role: Role, size: u32, horizontal: HPos, mark: Option<u16>) -> TextStyle<'static> {
    ("sans-serif", f64::from(size)).into_font().color(&color(Ink { role, mark })).pos(Pos::new(horizontal, VPos::Center))
}

/// A length in pixels.
pub(crate) fn pixels(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths on a screen")]
pub(crate) fn round(length: f64) -> u32 {
    length.round().clamp(0.0, 100_000.0) as u32
}

/// The steps of a scale in percent.
pub(crate) fn percent_steps(from: i32, to: i32, step: i32) -> Vec<(f64, String)> {
    let steps = (0..).map(|index| from.saturating_add(step.saturating_mul(index))).take_while(|percent| *percent <= to);
    steps.map(|percent| (f64::from(percent) / 100.0, format!("{percent}%"))).collect()
}

/// Five or six steps of 1, 2, 5, 10, …
pub(crate) fn count_steps(most: u32) -> Vec<(f64, String)> {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|step| most / step <= 6).unwrap_or(1000);
    (0..).map(|index| step * index).take_while(|count| *count <= most).map(|count| (f64::from(count), count.to_string())).collect()
}

/// Draws names, scale and values, then lets `bars` draw the rows. A row's middle is at its number
/// plus one half, from the top.
pub(crate) fn draw_rows(
    look: Look<'_>,
    rows: &Rows<'_>,
    bars: impl Fn(&mut Plot<'_, '_>, &mut Vec<Mark>, Band) -> Result<(), DrawError>,
) -> Result<Picture, DrawError> {
    let count = u32::try_from(rows.labels.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Ok(Picture::default());
    }
    let font = look.font;
    let size = f64::from(font);
    let stacked = look.width < NARROW;
    let tall = if rows.tall { font.saturating_mul(2) } else { 0 };
    let row_height = if stacked { font.saturating_mul(7) / 2 } else { font.saturating_mul(2).saturating_add(2) };
    let row_height = row_height.saturating_add(tall);
    let scale_height = font.saturating_mul(SCALE_EMS);
    let height = row_height.saturating_mul(count).saturating_add(scale_height).saturating_add(font);
    let widest = rows.labels.iter().map(|label| text_width(label, size)).fold(0.0, f64::max);
    let label_width = if stacked { 0 } else { round(widest + size).min(look.width.saturating_mul(2) / 5) };
    let value_width = rows.values.iter().map(|value| text_width(value, size)).fold(0.0, f64::max);
    let value_width = if value_width > 0.0 { round(value_width + size) } else { font };

    let mut picture = Picture { width: look.width, height, ..Picture::default() };
    let mut marks = Vec::new();
    {
        let root = area(look.width, height, &mut picture.shapes);
        let mut builder = ChartBuilder::on(&root);
        builder
            .margin_top(font / 2)
            .margin_right(if stacked { font } else { value_width })
            .margin_left(if stacked { font / 2 } else { 0 })
            .margin_bottom(scale_height)
            .y_label_area_size(label_width);
        let mut plot = builder.build_cartesian_2d(rows.scale.clone(), f64::from(count)..0.0)?;
        for (value, text) in &rows.steps {
            plot.draw_series([PathElement::new(vec![(*value, 0.0), (*value, f64::from(count))], paint(Role::Grid, None))])?;
            let (x, y) = at(&plot, (*value, f64::from(count)));
            root.draw_text(text, &ink_text(Role::Value, font, HPos::Center, None), (x, y.saturating_add(pixels(font))))?;
        }
        // In a narrow picture the name takes the upper third of the row.
        let band = if stacked { Band { middle: 0.72, shrink: 0.66 } } else { Band { middle: 0.5, shrink: 1.0 } };
        bars(&mut plot, &mut marks, band)?;
        let (columns, _) = plot.plotting_area().get_pixel_range();
        for (index, label) in (0_u16..).zip(&rows.labels) {
            let (_, top) = at(&plot, (rows.scale.start, f64::from(index)));
            let (_, middle) = at(&plot, (rows.scale.start, f64::from(index) + 0.5));
            let mark = Some(index);
            let value = rows.values.get(usize::from(index)).map_or("", String::as_str);
            if stacked {
                let y = top.saturating_add(pixels(font));
                let room = f64::from(look.width) - text_width(value, size) - 3.0 * size;
                root.draw_text(&ellipsize(label, size, room), &ink_text(Role::Label, font, HPos::Left, mark), (columns.start, y))?;
                root.draw_text(value, &ink_text(Role::Value, font, HPos::Right, mark), (columns.end, y))?;
            } else {
                let y = middle;
                let label = ellipsize(label, size, f64::from(label_width) - size);
                root.draw_text(&label, &ink_text(Role::Label, font, HPos::Left, mark), (0, y))?;
                root.draw_text(value, &ink_text(Role::Value, font, HPos::Left, mark), (columns.end.saturating_add(pixels(font) / 2), y))?;
            }
        }
        root.present()?;
    }
    picture.marks = marks;
    Ok(picture)
}

/// An empty picture to draw on.
pub(crate) fn area(width: u32, height: u32, shapes: &mut Vec<Shape>) -> Area<'_> {
    ShapeBackend { size: (width, height), shapes }.into_drawing_area()
}

/// Where a point of the plot is in the picture.
pub(crate) fn at(plot: &Plot<'_, '_>, point: (f64, f64)) -> (i32, i32) {
    plot.backend_coord(&point)
}
