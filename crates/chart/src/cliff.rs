//! The number of clauses met over the range of one figure: a line of steps, the present value marked.

use dabiao_view::plan_chart::CliffChart;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, at, paint};
use crate::picture::{Mark, Picture, Role};
use crate::plane::{Plane, draw_plane, note, round_steps};
use dabiao_view::words::key;

/// Room beside the first and last point, as a share of the width.
const ROOM: f64 = 0.06;

pub(crate) fn draw(cliff: &CliffChart, look: Look<'_>) -> Result<Picture, DrawError> {
    let (Some(first), Some(last)) = (cliff.points.first(), cliff.points.last()) else { return Ok(Picture::default()) };
    let room = ((last.x - first.x) * ROOM).max(1e-6);
    let columns = first.x - room..last.x + room;
    let counts = || cliff.points.iter().flat_map(|point| [point.worst, point.best]);
    let (least, most) = (counts().min().unwrap_or(0).saturating_sub(1), counts().max().unwrap_or(1) + 1);
    let rows = f64::from(least)..f64::from(most);
    let plane = Plane {
        // Whole clauses only.
        row_steps: round_steps(&rows).into_iter().filter(|(value, _)| value.fract().abs() < 1e-9).collect(),
        column_steps: round_steps(&columns),
        column_label: cliff.label.clone(),
        row_label: look.locale.word(key::CLAUSES_MET).to_owned(),
        columns: columns.clone(),
        rows: rows.clone(),
    };
    draw_plane(look, &plane, |plot, marks| {
        for role in [Role::Best, Role::Worst] {
            if look.hidden.contains(&role) {
                continue;
            }
            let height = |worst: u32, best: u32| f64::from(if role == Role::Worst { worst } else { best });
            // Between two reportable values that differ, the step stands in the middle.
            let mut line = vec![(first.x, height(first.worst, first.best))];
            for (point, next) in cliff.points.iter().zip(cliff.points.iter().skip(1)) {
                let (here, there) = (height(point.worst, point.best), height(next.worst, next.best));
                let middle = f64::midpoint(point.x, next.x);
                line.extend([(middle, here), (middle, there)]);
            }
            line.push((last.x, height(last.worst, last.best)));
            plot.draw_series([PathElement::new(line, paint(role, None).stroke_width(2))])?;
        }
        if let Some((x, text)) = &cliff.present {
            plot.draw_series([PathElement::new(vec![(*x, rows.start), (*x, rows.end)], paint(Role::Target, None).stroke_width(2))])?;
            note(plot, look, (*x, rows.end), &format!("{} {text}", look.locale.word(key::PRESENT)))?;
        }
        for (index, point) in (0_u16..).zip(&cliff.points) {
            let position = (point.x, f64::from(point.worst));
            plot.draw_series([Circle::new(
                position,
                4,
                paint(if look.hidden.contains(&Role::Worst) { Role::Hit } else { Role::Worst }, Some(index)),
            )])?;
            plot.draw_series([Circle::new(position, 12, paint(Role::Hit, Some(index)))])?;
            let count = if point.worst == point.best { point.worst.to_string() } else { format!("{}–{}", point.worst, point.best) };
            marks.push(Mark { at: at(plot, position), lines: vec![point.text.clone(), count] });
        }
        Ok(())
    })
}
