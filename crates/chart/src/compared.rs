//! Present and scenarios side by side: one row per group, one thin bar per series. The bar is the
//! share met for sure; the line behind it reaches to the best case.

use dabiao_view::plan_chart::Compared;
use plotters::prelude::*;

use crate::Look;
use crate::frame::{DrawError, Rows, at, draw_rows, paint, percent_steps};
use crate::picture::{Mark, Picture, Role};

/// The part of a row's height that its bars share.
const SHARE: f64 = 0.76;

pub(crate) fn draw(compared: &Compared, look: Look<'_>) -> Result<Picture, DrawError> {
    let shown: Vec<(usize, Role)> =
        Role::SERIES.into_iter().enumerate().take(compared.series.len()).filter(|(_, role)| !look.hidden.contains(role)).collect();
    let rows = Rows {
        labels: compared.rows.iter().map(|row| row.label.as_str()).collect(),
        values: Vec::new(),
        scale: 0.0..1.0,
        steps: percent_steps(0, 100, 25),
        tall: true,
    };
    draw_rows(look, &rows, |plot, marks, band| {
        for (index, row) in (0_u16..).zip(&compared.rows) {
            let (high, low) = band.edges(index, SHARE / 2.0);
            let height = (low - high) / shown.len().max(1) as f64;
            let mark = Some(index);
            plot.draw_series([Rectangle::new([(0.0, high), (1.0, low)], paint(Role::Hit, mark))])?;
            for (place, (series, role)) in shown.iter().enumerate() {
                let Some((worst, best, _)) = row.cells.get(*series) else { continue };
                let top = high + height * place as f64;
                let bottom = top + height * 0.82;
                let middle = f64::midpoint(top, bottom);
                plot.draw_series([PathElement::new(vec![(0.0, middle), (*best, middle)], paint(*role, mark).stroke_width(1))])?;
                plot.draw_series([Rectangle::new([(0.0, top), (*worst, bottom)], paint(*role, mark))])?;
            }
            let texts =
                shown.iter().filter_map(|(series, _)| Some(format!("{}: {}", compared.series.get(*series)?, row.cells.get(*series)?.2)));
            let lines = std::iter::once(row.label.clone()).chain(texts).collect();
            marks.push(Mark { at: at(plot, (0.3, high)), lines });
        }
        Ok(())
    })
}
