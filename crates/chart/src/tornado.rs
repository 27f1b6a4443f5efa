//! What moving each figure does: clauses gained to the right, lost to the left.

use dabiao_view::plan_chart::{SwingBar, signed};
use dabiao_view::words::key;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, NARROW, Rows, at, count_steps, draw_rows, paint};
use crate::picture::{Mark, Picture, Role};

/// Half the height of a bar, in rows.
const HALF: f64 = 0.3;

pub(crate) fn draw(bars: &[SwingBar], look: Look<'_>) -> Result<Picture, DrawError> {
    let moves = |bar: &SwingBar| [bar.down.clone(), bar.up.clone()].into_iter().flatten().collect::<Vec<_>>();
    let most = bars.iter().flat_map(moves).map(|(gain, _)| gain.unsigned_abs()).max().unwrap_or(1).max(1);
    // Where names stand above their bars, the values would leave them no room; the tooltip has both.
    let is_narrow = look.width < NARROW;
    let written = |(gain, text): &(i32, String)| if is_narrow { signed(*gain) } else { format!("{text} {}", signed(*gain)) };
    let steps = count_steps(most);
    let both_sides = steps.iter().rev().filter(|(value, _)| *value > 0.0).map(|(value, text)| (-value, format!("−{text}")));
    let rows = Rows {
        labels: bars.iter().map(|bar| bar.label.as_str()).collect(),
        values: bars.iter().map(|bar| moves(bar).iter().map(written).collect::<Vec<_>>().join(look.locale.word(key::SEMICOLON))).collect(),
        scale: -f64::from(most)..f64::from(most),
        steps: both_sides.chain(steps.iter().cloned()).collect(),
        tall: false,
    };
    draw_rows(look, &rows, |plot, marks, band| {
        for (index, bar) in (0_u16..).zip(bars) {
            let (top, bottom) = band.edges(index, HALF);
            let mark = Some(index);
            plot.draw_series([Rectangle::new([(-f64::from(most), top), (f64::from(most), bottom)], paint(Role::Hit, mark))])?;
            for (gain, _) in moves(bar) {
                let role = if gain >= 0 { Role::Met } else { Role::NotMet };
                if !look.hidden.contains(&role) {
                    let (left, right) = (f64::from(gain.min(0)), f64::from(gain.max(0)));
                    plot.draw_series([Rectangle::new([(left, top), (right, bottom)], paint(role, mark))])?;
                }
            }
            plot.draw_series([PathElement::new(vec![(0.0, top), (0.0, bottom)], paint(Role::Target, mark).stroke_width(1))])?;
            let texts = moves(bar).into_iter().map(|(gain, text)| format!("{text}: {}", signed(gain)));
            marks.push(Mark { at: at(plot, (0.0, top)), lines: std::iter::once(bar.label.clone()).chain(texts).collect() });
        }
        Ok(())
    })
}
