//! The end of the report, and the annex with every clause.

use dabiao_view::rule_text::verdict_word;
use dabiao_view::words::key;

use super::Made;
use super::description::{Block, Column, Table};
use super::material::Material;

/// Mentions the annex and signs, as an official letter ends.
pub(super) fn closing(material: &Material<'_>, made: &Made) -> Vec<Block> {
    let locale = material.locale;
    let title = locale.word(key::REPORT_ANNEX_TITLE);
    let mut blocks = vec![Block::Mention(locale.fill(key::REPORT_ANNEX_MENTION, &[("title", title)]))];
    let lines = [material.draft.title.trim(), made.date.trim()].map(str::to_owned);
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    if !lines.is_empty() {
        blocks.push(Block::Signature(lines));
    }
    blocks
}

/// Every clause with what it asks, what was found and how it came out.
pub(super) fn annex(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let title = locale.word(key::REPORT_ANNEX_TITLE);
    let mut table = Table::new(
        title,
        vec![
            Column::text(locale.word(key::HEAD_CLAUSE), 24),
            Column::text(locale.word(key::REPORT_HEAD_ASKED), 78),
            Column::text(locale.word(key::REPORT_HEAD_PRESENT), 35),
            Column::short(locale.word(key::HEAD_VERDICT), 22),
            Column::text(locale.word(key::HEAD_GAP), 30),
        ],
    );
    material.add_departments(&mut table, 40);
    table.rows = material.rows_by_group(material.clauses(), |clause| {
        let cells = [
            clause.card.reference.clone(),
            material.name_and_asks(clause),
            material.value(&clause.result.reason),
            locale.word(verdict_word(clause.result.verdict)).to_owned(),
            material.gap(clause),
        ];
        cells.into_iter().chain(material.department_cell(clause)).collect()
    });
    let label = locale.word(key::REPORT_ANNEX_LABEL).to_owned();
    let mut blocks = vec![Block::Annex { label, title: title.to_owned(), is_wide: true }, Block::Table(table)];
    blocks.extend(material.departments_note(material.clauses()));
    blocks
}
