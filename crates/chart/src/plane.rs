//! What the charts with two number axes share: the plotting area with its scales.

use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use crate::Look;
use crate::frame::{DrawError, Plot, area, at, ink_text, paint, pixels, round};
use crate::metrics::text_width;
use crate::picture::{Mark, Picture, Role};

/// The height of the plotting area as a share of its width, and its bounds in pixels.
const SHAPE: f64 = 0.5;
const LOWEST: f64 = 220.0;
const HIGHEST: f64 = 340.0;

/// The scales of a plane.
pub(crate) struct Plane {
    /// From left to right.
    pub(crate) columns: std::ops::Range<f64>,
    /// From bottom to top.
    pub(crate) rows: std::ops::Range<f64>,
    /// Steps to the right and how they are written.
    pub(crate) column_steps: Vec<(f64, String)>,
    /// Steps upwards and how they are written.
    pub(crate) row_steps: Vec<(f64, String)>,
    /// What is measured to the right; nothing for years.
    pub(crate) column_label: String,
    /// What is measured upwards.
    pub(crate) row_label: String,
}

/// Draws the scales, then lets `content` draw into them.
pub(crate) fn draw_plane(
    look: Look<'_>,
    plane: &Plane,
    content: impl Fn(&mut Plot<'_, '_>, &mut Vec<Mark>) -> Result<(), DrawError>,
) -> Result<Picture, DrawError> {
    let size = f64::from(look.font);
    let height = round((f64::from(look.width) * SHAPE).clamp(LOWEST, HIGHEST));
    let widest = plane.row_steps.iter().map(|(_, text)| text_width(text, size)).fold(0.0, f64::max);
    let mut picture = Picture { width: look.width, height, ..Picture::default() };
    let mut marks = Vec::new();
    {
        let root = area(look.width, height, &mut picture.shapes);
        let mut builder = ChartBuilder::on(&root);
        let bottom = if plane.column_label.is_empty() { look.font * 2 } else { look.font * 4 };
        builder.margin_top(look.font * 3).margin_right(look.font * 2).margin_bottom(bottom).y_label_area_size(round(widest + size));
        let mut plot = builder.build_cartesian_2d(plane.columns.clone(), plane.rows.clone())?;
        for (value, text) in &plane.row_steps {
            plot.draw_series([PathElement::new(
                vec![(plane.columns.start, *value), (plane.columns.end, *value)],
                paint(Role::Grid, None),
            )])?;
            let (x, y) = at(&plot, (plane.columns.start, *value));
            root.draw_text(text, &ink_text(Role::Value, look.font, HPos::Right, None), (x - pixels(look.font) / 2, y))?;
        }
        let mut free_from = i32::MIN;
        for (value, text) in &plane.column_steps {
            let (x, y) = at(&plot, (*value, plane.rows.start));
            plot.draw_series([PathElement::new(vec![(*value, plane.rows.start), (*value, plane.rows.end)], paint(Role::Grid, None))])?;
            // Where two would collide, the second is left out.
            let half = pixels(round(text_width(text, size) / 2.0));
            if x - half >= free_from {
                root.draw_text(text, &ink_text(Role::Value, look.font, HPos::Center, None), (x, y + pixels(look.font)))?;
                free_from = x + half + pixels(look.font) / 2;
            }
        }
        let bottom = pixels(height) - pixels(look.font);
        root.draw_text(&plane.column_label, &ink_text(Role::Label, look.font, HPos::Center, None), (pixels(look.width) / 2, bottom))?;
        root.draw_text(&plane.row_label, &ink_text(Role::Label, look.font, HPos::Left, None), (0, pixels(look.font)))?;
        content(&mut plot, &mut marks)?;
        root.present()?;
    }
    picture.marks = marks;
    Ok(picture)
}

/// Writes beside a line what it stands for: above its point, within the picture.
pub(crate) fn note(plot: &Plot<'_, '_>, look: Look<'_>, point: (f64, f64), text: &str) -> Result<(), DrawError> {
    let (x, y) = at(plot, point);
    let width = pixels(round(text_width(text, f64::from(look.font))));
    let x = x.min(pixels(look.width) - width).max(0);
    let area = plot.plotting_area().strip_coord_spec();
    let (left, top) = area.get_base_pixel();
    area.draw_text(text, &ink_text(Role::Label, look.font, HPos::Left, None), (x - left, y - top - pixels(look.font)))
}

/// At most seven round steps within a range, written with the digits that tell them apart.
pub(crate) fn round_steps(range: &std::ops::Range<f64>) -> Vec<(f64, String)> {
    let width = range.end - range.start;
    if width <= 0.0 {
        return Vec::new();
    }
    let (mut step, mut digits) = (1e-6, 6_usize);
    let mut factors = [2.0, 2.5, 2.0].into_iter().cycle();
    let mut position = 0;
    while width / step > 6.0 {
        step *= factors.next().unwrap_or(2.0);
        position += 1;
        if position % 3 == 0 {
            digits = digits.saturating_sub(1);
        }
    }
    let first = (range.start / step).ceil();
    let values = (0..8_u32).map(|index| (first + f64::from(index)) * step).take_while(|value| *value <= range.end + step * 1e-6);
    values.map(|value| (value, format!("{value:.digits$}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        let texts = |from: f64, to: f64| round_steps(&(from..to)).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(texts(0.0, 100.0), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(texts(396.0, 535.0), ["400", "450", "500"]);
        assert_eq!(texts(1.87, 1.95), ["1.88", "1.90", "1.92", "1.94"]);
        assert_eq!(texts(5.0, 5.0), Vec::<String>::new());
    }
}
