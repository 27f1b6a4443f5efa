//! The figures that are missing, who has them, and how many clauses wait for each.

use dabiao_core::FigureIndex;
use dabiao_view::missing::missing_figures;
use dabiao_view::number::unit_name;
use dabiao_view::planning::department_text;
use dabiao_view::rule_text::{figure_name, figure_unit};
use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;

/// The section; says so if nothing is missing.
pub(super) fn missing(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let missing = missing_figures(material.document, material.report());
    if missing.is_empty() {
        return vec![Block::Paragraph(locale.word(key::REPORT_MISSING_NONE).to_owned())];
    }
    let has_holders = missing.iter().any(|entry| entry.holder.is_some());
    let mut columns = vec![
        Column::short(locale.word(key::REPORT_HEAD_ORDER), 13),
        Column::text(locale.word(key::HEAD_FIGURE), 55),
        Column::short(locale.word(key::HEAD_UNIT), 26),
        Column::short(locale.word(key::REPORT_HEAD_DECIDES), 24),
    ];
    if has_holders {
        columns.push(Column::text(locale.word(key::REPORT_HEAD_HOLDER), 38));
    }
    let mut table = Table::new(locale.word(key::REPORT_SECTION_MISSING), columns);
    let rows = (1_u32..).zip(&missing).map(|(number, entry)| {
        let mut cells = vec![
            number.to_string(),
            figure_name(locale, material.document, entry.figure).to_owned(),
            unit(material, entry.figure).to_owned(),
            entry.clauses.len().to_string(),
        ];
        if has_holders {
            let holder = entry.holder.map(|holder| department_text(locale, material.document, Some(holder)));
            cells.push(holder.unwrap_or_else(|| "—".to_owned()));
        }
        Row::Cells(cells)
    });
    table.rows = rows.collect();
    let intro = locale.fill(key::REPORT_MISSING_INTRO, &[("count", &missing.len().to_string())]);
    vec![Block::Paragraph(intro), Block::Table(table)]
}

/// The unit of a figure, or that it is a question.
fn unit(material: &Material<'_>, figure: FigureIndex) -> &'static str {
    let locale = material.locale;
    figure_unit(material.document, figure).map_or_else(|| locale.word(key::UNIT_YES_NO), |unit| unit_name(locale, unit))
}
