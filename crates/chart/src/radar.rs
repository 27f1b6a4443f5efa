//! The share met per group as a radar: the worst case filled, the best case as a line around it.
//!
//! plotters knows no polar coordinates; the axes are laid out on a plane from −1 to 1.

use std::f64::consts::TAU;

use dabiao_view::chart::Axis;
use plotters::prelude::*;
use plotters::style::text_anchor::HPos;

use crate::Look;
use crate::frame::{DrawError, area, ink_text, paint, pixels, round};
use crate::metrics::{ellipsize, text_width};
use crate::picture::{Mark, Picture, Role};

/// The rings of the grid, as shares.
const RINGS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];
/// The widest a name may be, in text sizes.
const NAME_EMS: f64 = 10.0;
/// The largest radius in pixels.
const MAX_RADIUS: f64 = 170.0;

pub(crate) fn draw(axes: &[Axis], look: Look<'_>) -> Result<Picture, DrawError> {
    if axes.len() < 3 {
        return Ok(Picture::default());
    }
    let size = f64::from(look.font);
    let name_width = axes.iter().map(|axis| text_width(&axis.label, size)).fold(0.0, f64::max).min(NAME_EMS * size);
    let radius = ((f64::from(look.width) - 2.0 * name_width) / 2.0 - size).clamp(60.0, MAX_RADIUS);
    let height = round(2.0 * radius + 6.0 * size);
    let center = (pixels(look.width) / 2, pixels(height) / 2);
    let directions = directions(axes.len());
    let point = |index: usize, share: f64| -> (i32, i32) {
        let (cosine, sine) = directions.get(index).copied().unwrap_or((1.0, 0.0));
        (center.0.saturating_add(signed(sine * share * radius)), center.1.saturating_sub(signed(cosine * share * radius)))
    };
    let ring = |share: &dyn Fn(&Axis) -> f64| -> Vec<(i32, i32)> {
        let mut points: Vec<_> = axes.iter().enumerate().map(|(index, axis)| point(index, share(axis))).collect();
        points.extend(points.first().copied());
        points
    };
    let mut picture = Picture { width: look.width, height, ..Picture::default() };
    {
        let root = area(look.width, height, &mut picture.shapes);
        for share in RINGS {
            root.draw(&PathElement::new(ring(&|_| share), paint(Role::Grid, None)))?;
        }
        for (index, _) in axes.iter().enumerate() {
            root.draw(&PathElement::new(vec![center, point(index, 1.0)], paint(Role::Grid, None)))?;
        }
        if !look.hidden.contains(&Role::Best) {
            root.draw(&Polygon::new(ring(&|axis| axis.best), paint(Role::Best, None)))?;
            root.draw(&PathElement::new(ring(&|axis| axis.best), paint(Role::Best, None).stroke_width(2)))?;
        }
        if !look.hidden.contains(&Role::Worst) {
            root.draw(&Polygon::new(ring(&|axis| axis.worst), paint(Role::Worst, None)))?;
            root.draw(&PathElement::new(ring(&|axis| axis.worst), paint(Role::Worst, None).stroke_width(2)))?;
        }
        for (share, text) in [(0.5, "50%"), (1.0, "100%")] {
            let (x, y) = point(0, share);
            let style = ink_text(Role::Value, look.font, HPos::Left, None);
            root.draw_text(text, &style, (x.saturating_add(4), y.saturating_add(pixels(look.font) / 2)))?;
        }
        for ((index, axis), mark) in axes.iter().enumerate().zip(0_u16..) {
            let at = point(index, 1.0);
            let side = match at.0.cmp(&center.0) {
                _ if at.0.abs_diff(center.0) < 6 => HPos::Center,
                std::cmp::Ordering::Less => HPos::Right,
                _ => HPos::Left,
            };
            let outward = pixels(look.font) / 2;
            let x = match side {
                HPos::Left => at.0.saturating_add(outward),
                HPos::Right => at.0.saturating_sub(outward),
                HPos::Center => at.0,
            };
            // Names at the top and bottom move off the outer ring, those at the sides stand beside it.
            let y = if at.0.abs_diff(center.0) < 6 {
                at.1.saturating_add(if at.1 < center.1 { -pixels(look.font) } else { pixels(look.font) })
            } else {
                at.1
            };
            root.draw_text(&ellipsize(&axis.label, size, NAME_EMS * size), &ink_text(Role::Label, look.font, side, Some(mark)), (x, y))?;
            root.draw(&Circle::new(
                point(index, axis.worst),
                4,
                paint(if look.hidden.contains(&Role::Worst) { Role::Hit } else { Role::Worst }, Some(mark)),
            ))?;
            root.draw(&Circle::new(at, 12, paint(Role::Hit, Some(mark))))?;
        }
        root.present()?;
    }
    picture.marks = axes
        .iter()
        .enumerate()
        .map(|(index, axis)| Mark { at: point(index, axis.worst), lines: vec![axis.label.clone(), axis.text.clone()] })
        .collect();
    Ok(picture)
}

/// Cosine and sine of the turn from the top to each axis, clockwise.
///
/// One angle below a third of a turn needs no more than a short series; the sine of the standard
/// library brings tables for arguments of any size.
fn directions(axes: usize) -> Vec<(f64, f64)> {
    let angle = TAU / as_f64(axes.max(3));
    let (mut cosine, mut sine, mut term) = (0.0, 0.0, 1.0);
    for order in 0..24_u32 {
        match order % 4 {
            0 => cosine += term,
            1 => sine += term,
            2 => cosine -= term,
            _ => sine -= term,
        }
        term *= angle / f64::from(order + 1);
    }
    std::iter::successors(Some((1.0, 0.0)), |(x, y)| Some((x * cosine - y * sine, x * sine + y * cosine))).take(axes).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a handful of axes")]
fn as_f64(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
fn signed(length: f64) -> i32 {
    length.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_go_once_around() {
        for axes in 3..40 {
            for (index, (cosine, sine)) in directions(axes).into_iter().enumerate() {
                let turn = TAU * as_f64(index) / as_f64(axes);
                assert!((cosine - turn.cos()).abs() < 1e-9 && (sine - turn.sin()).abs() < 1e-9, "{axes} {index}");
            }
        }
    }
}
