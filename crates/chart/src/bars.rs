//! Met, missed and unknown by group: one stacked bar per group.

use dabiao_view::chart::Bar;
use dabiao_view::rule_text::verdict_word;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, Rows, at, count_steps, draw_rows, paint};
use crate::picture::{Mark, Picture, Role};

/// Half the height of a bar, in rows.
const HALF: f64 = 0.3;

pub(crate) fn draw(bars: &[Bar], look: Look<'_>) -> Result<Picture, DrawError> {
    let shown = |bar: &Bar| -> Vec<(Role, u32)> {
        bar.counts.iter().map(|(verdict, count)| (Role::of(*verdict), *count)).filter(|(role, _)| !look.hidden.contains(role)).collect()
    };
    let most = bars.iter().map(|bar| shown(bar).iter().map(|(_, count)| count).sum::<u32>()).max().unwrap_or(0).max(1);
    let rows = Rows {
        labels: bars.iter().map(|bar| bar.label.as_str()).collect(),
        values: bars.iter().map(total_text).collect(),
        scale: 0.0..f64::from(most),
        steps: count_steps(most),
        tall: false,
    };
    draw_rows(look, &rows, |plot, marks, band| {
        for (index, bar) in (0_u16..).zip(bars) {
            let (top, bottom) = band.edges(index, HALF);
            let mut x = 0.0;
            for (role, count) in shown(bar).into_iter().filter(|(_, count)| *count > 0) {
                let end = x + f64::from(count);
                plot.draw_series([Rectangle::new([(x, top), (end, bottom)], paint(role, Some(index)))])?;
                x = end;
            }
            let lines = std::iter::once(bar.label.clone())
                .chain(bar.counts.iter().map(|(verdict, count)| format!("{} {count}", look.locale.word(verdict_word(*verdict)))))
                .collect();
            marks.push(Mark { at: at(plot, (x / 2.0, top)), lines });
        }
        Ok(())
    })
}

/// Met out of those that count.
fn total_text(bar: &Bar) -> String {
    use dabiao_core::Verdict;
    let count = |wanted: Verdict| bar.counts.iter().find(|(verdict, _)| *verdict == wanted).map_or(0, |(_, count)| *count);
    let applicable = count(Verdict::Met).saturating_add(count(Verdict::NotMet)).saturating_add(count(Verdict::Unknown));
    format!("{}/{applicable}", count(Verdict::Met))
}
