//! One indicator over the years: what is due, what was reached, where it leads, and the target.

use dabiao_view::plan_chart::Course;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, at, paint};
use crate::picture::{Mark, Picture, Role};
use crate::plane::{Plane, draw_plane, note, round_steps};
use dabiao_view::words::key;

/// Room above and below, as a share of the height, and beside, in years.
const ROOM: f64 = 0.08;
const BESIDE: f64 = 0.15;

pub(crate) fn draw(course: &Course, look: Look<'_>) -> Result<Picture, DrawError> {
    let values = || course.lines.iter().flat_map(|line| line.points.iter().map(|point| point.1)).chain([course.target.0]);
    let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
    let height = (most - least).max(most.abs() * 0.01).max(1e-6);
    let rows = least - height * ROOM..most + height * ROOM;
    let columns = f64::from(course.years.0) - BESIDE..f64::from(course.years.1) + BESIDE;
    let plane = Plane {
        row_steps: round_steps(&rows),
        column_steps: (course.years.0..=course.years.1).map(|year| (f64::from(year), year.to_string())).collect(),
        column_label: String::new(),
        row_label: course.label.clone(),
        columns: columns.clone(),
        rows,
    };
    draw_plane(look, &plane, |plot, marks| {
        plot.draw_series([PathElement::new(
            vec![(columns.start, course.target.0), (columns.end, course.target.0)],
            paint(Role::Target, None).stroke_width(1),
        )])?;
        // At the beginning, where the lines are still far from the target.
        note(plot, look, (columns.start, course.target.0), &format!("{} {}", look.locale.word(key::HEAD_TARGET), course.target.1))?;
        for line in &course.lines {
            let role = Role::of_line(line.kind);
            if look.hidden.contains(&role) {
                continue;
            }
            let points: Vec<(f64, f64)> = line.points.iter().map(|point| (point.0, point.1)).collect();
            plot.draw_series([PathElement::new(points, paint(role, None).stroke_width(if role == Role::Actual { 3 } else { 2 }))])?;
            for (x, y, when, value) in &line.points {
                let mark = u16::try_from(marks.len()).unwrap_or(u16::MAX);
                let radius = if role == Role::Actual { 5 } else { 2 };
                plot.draw_series([Circle::new((*x, *y), radius, paint(role, Some(mark)))])?;
                plot.draw_series([Circle::new((*x, *y), 9, paint(Role::Hit, Some(mark)))])?;
                marks.push(Mark {
                    at: at(plot, (*x, *y)),
                    lines: vec![when.clone(), format!("{}: {value}", look.locale.word(line.kind.word()))],
                });
            }
        }
        Ok(())
    })
}
