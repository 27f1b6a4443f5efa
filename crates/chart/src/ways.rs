//! From baseline to target: how much of the way is done, one row per indicator.

use dabiao_view::chart::Way;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, Rows, at, draw_rows, paint, percent_steps};
use crate::picture::{Mark, Picture, Role};

/// The scale: half a way back from the baseline, to half a way beyond the target.
const START: f64 = -0.5;
const END: f64 = 1.5;
/// Half the height of a bar, in rows.
const HALF: f64 = 0.18;
const HALF_LINE: f64 = 0.28;

pub(crate) fn draw(ways: &[Way], look: Look<'_>) -> Result<Picture, DrawError> {
    let ways: Vec<&Way> = ways.iter().filter(|way| !look.hidden.contains(&Role::of(way.verdict))).collect();
    let rows = Rows {
        labels: ways.iter().map(|way| way.label.as_str()).collect(),
        values: ways.iter().map(|way| format!("{} → {}", way.value_text, way.target_text)).collect(),
        scale: START..END,
        steps: percent_steps(-50, 150, 50),
        tall: false,
    };
    draw_rows(look, &rows, |plot, marks, band| {
        for (index, way) in (0_u16..).zip(&ways) {
            let (top, bottom) = band.edges(index, HALF);
            let (high, low) = band.edges(index, HALF_LINE);
            let mark = Some(index);
            plot.draw_series([
                Rectangle::new([(START, high), (END, low)], paint(Role::Hit, mark)),
                Rectangle::new([(0.0, top), (1.0, bottom)], paint(Role::Track, mark)),
            ])?;
            if let Some(done) = way.done {
                let end = done.clamp(START, END);
                let (left, right) = (end.min(0.0), end.max(0.0));
                plot.draw_series([Rectangle::new([(left, top), (right, bottom)], paint(Role::of(way.verdict), mark))])?;
                plot.draw_series([Circle::new((end, (top + bottom) / 2.0), 4, paint(Role::of(way.verdict), mark))])?;
            }
            plot.draw_series([PathElement::new(vec![(1.0, high), (1.0, low)], paint(Role::Target, mark).stroke_width(2))])?;
            let lines =
                vec![way.label.clone(), format!("{} → {} → {}", way.baseline_text, way.value_text, way.target_text), way.done_text.clone()];
            marks.push(Mark { at: at(plot, (way.done.unwrap_or(0.5).clamp(START, END), high)), lines });
        }
        Ok(())
    })
}
