//! Value against threshold: one bullet per numeric clause, all on the scale of their thresholds.

use dabiao_view::chart::Bullet;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, Rows, at, draw_rows, paint, percent_steps};
use crate::picture::{Mark, Picture, Role};

/// Where the scale ends, in thresholds; longer bars are cut there.
const END: f64 = 1.5;
/// Half the height of a bar, in rows.
const HALF: f64 = 0.18;
/// Half the height of the ground and of the threshold line, in rows.
const HALF_TRACK: f64 = 0.28;

pub(crate) fn draw(bullets: &[Bullet], look: Look<'_>) -> Result<Picture, DrawError> {
    let bullets: Vec<&Bullet> = bullets.iter().filter(|bullet| !look.hidden.contains(&Role::of(bullet.verdict))).collect();
    let rows = Rows {
        labels: bullets.iter().map(|bullet| bullet.label.as_str()).collect(),
        values: bullets.iter().map(|bullet| format!("{}  {}", bullet.value_text, bullet.asked_text)).collect(),
        scale: 0.0..END,
        steps: percent_steps(0, 150, 50),
        tall: false,
    };
    draw_rows(look, &rows, |plot, marks, band| {
        for (index, bullet) in (0_u16..).zip(&bullets) {
            let (top, bottom) = band.edges(index, HALF);
            let (high, low) = band.edges(index, HALF_TRACK);
            let mark = Some(index);
            // The better side of the threshold is the darker ground.
            let good = if bullet.rising { (1.0, END) } else { (0.0, 1.0) };
            plot.draw_series([
                Rectangle::new([(0.0, high), (END, low)], paint(Role::Hit, mark)),
                Rectangle::new([(good.0, high), (good.1, low)], paint(Role::Track, mark)),
            ])?;
            if let Some(value) = bullet.value {
                let end = value.clamp(0.0, END);
                plot.draw_series([Rectangle::new([(0.0, top), (end, bottom)], paint(Role::of(bullet.verdict), mark))])?;
            }
            plot.draw_series([PathElement::new(vec![(1.0, high), (1.0, low)], paint(Role::Target, mark).stroke_width(2))])?;
            let lines = [bullet.label.clone(), bullet.value_text.clone(), bullet.asked_text.clone(), bullet.gap_text.clone()];
            let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
            marks.push(Mark { at: at(plot, (bullet.value.unwrap_or(0.5).clamp(0.0, END), high)), lines });
        }
        Ok(())
    })
}
