//! The clauses that are not met, with value, gap and who is responsible.

use dabiao_core::Verdict;
use dabiao_view::words::key;

use super::description::{Block, Column, Table};
use super::material::{JudgedClause, Material};

/// The section; says so if nothing is missed.
pub(super) fn not_met(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let count = material.report().total.not_met;
    if count == 0 {
        return vec![Block::Paragraph(locale.word(key::REPORT_NOT_MET_NONE).to_owned())];
    }
    let mut table = Table::new(
        locale.word(key::REPORT_SECTION_NOT_MET),
        vec![
            Column::text(locale.word(key::HEAD_CLAUSE), 22),
            Column::text(locale.word(key::REPORT_HEAD_ASKED), 46),
            Column::text(locale.word(key::REPORT_HEAD_PRESENT), 27),
            Column::text(locale.word(key::HEAD_GAP), 25),
        ],
    );
    material.add_departments(&mut table, 36);
    // A document may come back to a group; here each stands once.
    let mut clauses: Vec<JudgedClause<'_>> = material.with_verdict(Verdict::NotMet).collect();
    clauses.sort_by_key(|clause| material.groups.iter().position(|group| Some(*group) == material.outline_group(clause.group)));
    table.rows = material.rows_by_group(clauses.into_iter(), |clause| {
        let cells =
            [clause.card.reference.clone(), material.name_and_asks(clause), material.value(&clause.result.reason), material.gap(clause)];
        cells.into_iter().chain(material.department_cell(clause)).collect()
    });
    let mut blocks = vec![Block::Paragraph(locale.fill(key::REPORT_NOT_MET_INTRO, &[("count", &count.to_string())])), Block::Table(table)];
    blocks.extend(material.departments_note(material.with_verdict(Verdict::NotMet)));
    blocks
}
