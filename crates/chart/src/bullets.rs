//! Value against threshold: one bullet per numeric clause, all on the scale of their thresholds.

use dabiao_view::chart::Bullet;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, Rows, at, draw_rows, paint};
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
        steps: 4,
        step_text: |step| format!("{:.0}%", step * 100.0),
    };
    draw_rows(look, &rows, |plot, marks, middle| {
        for (index, bullet) in (0_u16..).zip(&bullets) {
            let y = f64::from(index) + middle;
            let mark = Some(index);
            // The better side of the threshold is the darker ground.
            let good = if bullet.rising { (1.0, END) } else { (0.0, 1.0) };
            plot.draw_series([
                Rectangle::new([(0.0, y - HALF_TRACK), (END, y + HALF_TRACK)], paint(Role::Hit, mark)),
                Rectangle::new([(good.0, y - HALF_TRACK), (good.1, y + HALF_TRACK)], paint(Role::Track, mark)),
            ])?;
            if let Some(value) = bullet.value {
                let end = value.clamp(0.0, END);
                plot.draw_series([Rectangle::new([(0.0, y - HALF), (end, y + HALF)], paint(Role::of(bullet.verdict), mark))])?;
            }
            plot.draw_series([PathElement::new(vec![(1.0, y - HALF_TRACK), (1.0, y + HALF_TRACK)], paint(Role::Target, mark).stroke_width(2))])?;
            let lines = [bullet.label.clone(), bullet.value_text.clone(), bullet.asked_text.clone(), bullet.gap_text.clone()];
            let lines = lines.into_iter().filter(|line| !line.is_empty()).collect();
            marks.push(Mark { at: at(plot, (bullet.value.unwrap_or(0.5).clamp(0.0, END), y - HALF_TRACK)), lines });
        }
        Ok(())
    })
}
