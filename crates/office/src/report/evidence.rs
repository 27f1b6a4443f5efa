//! The index of evidence, clause by clause.

use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;

/// The section; says so if nothing is on record.
pub(super) fn evidence(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let mut table = Table::new(
        locale.word(key::REPORT_SECTION_EVIDENCE),
        vec![
            Column::text(locale.word(key::HEAD_CLAUSE), 40),
            Column::text(locale.word(key::EVIDENCE_NAME), 40),
            Column::text(locale.word(key::EVIDENCE_NUMBER), 26),
            Column::text(locale.word(key::EVIDENCE_DATE), 23),
            Column::text(locale.word(key::EVIDENCE_LINK), 27),
        ],
    );
    for clause in material.clauses() {
        let name = material.clause_name(&clause);
        for piece in material.draft.clause(clause.index).evidence {
            let cells = [&piece.name, &piece.number, &piece.date, &piece.link].map(|text| text.to_string());
            // A line that was added and never filled in is no evidence.
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                table.rows.push(Row::Cells(std::iter::once(name.clone()).chain(cells).collect()));
            }
        }
    }
    if table.rows.is_empty() {
        return vec![Block::Paragraph(locale.word(key::REPORT_EVIDENCE_NONE).to_owned())];
    }
    let intro = locale.fill(key::REPORT_EVIDENCE_INTRO, &[("count", &table.rows.len().to_string())]);
    vec![Block::Paragraph(intro), Block::Table(table)]
}
