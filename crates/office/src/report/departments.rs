//! Every responsible unit with its part, how its clauses came out, and what it still owes.

use dabiao_core::{ClauseIndex, FigureIndex, Verdict};
use dabiao_view::department::{DepartmentDuties, department_duties};
use dabiao_view::planning::department_text;
use dabiao_view::rule_text::{figure_name, verdict_word};
use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;

/// The section; says so if the document names nobody.
pub(super) fn departments(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let all = department_duties(material.document, material.report());
    if all.is_empty() {
        return vec![Block::Paragraph(locale.word(key::REPORT_DEPARTMENTS_NONE).to_owned())];
    }
    let mut columns = vec![Column::text(locale.word(key::HEAD_DEPARTMENT), 32)];
    columns.extend([key::REPORT_HEAD_LEAD, key::REPORT_HEAD_PART].map(|word| Column::short(locale.word(word), 12)));
    columns.extend([Verdict::Met, Verdict::NotMet, Verdict::Unknown].map(|verdict| Column::short(locale.word(verdict_word(verdict)), 13)));
    columns.push(Column::text(locale.word(key::REPORT_HEAD_OWES), 61));
    let mut table = Table::new(locale.word(key::REPORT_SECTION_DEPARTMENTS), columns);
    table.rows = all.iter().map(|duties| Row::Cells(cells(material, duties))).collect();
    vec![Block::Table(table), Block::Note(locale.word(key::REPORT_DEPARTMENTS_NOTE).to_owned())]
}

fn cells(material: &Material<'_>, duties: &DepartmentDuties) -> Vec<String> {
    let leads = duties.duties.iter().filter(|duty| duty.lead).count();
    let takes_part = duties.duties.iter().filter(|duty| !duty.lead).count();
    vec![
        department_text(material.locale, material.document, Some(duties.department)),
        leads.to_string(),
        takes_part.to_string(),
        duties.tally.met.to_string(),
        duties.tally.not_met.to_string(),
        duties.tally.unknown.to_string(),
        owes(material, duties),
    ]
}

/// The figures that are missing for its clauses, and the clauses that are missed.
fn owes(material: &Material<'_>, duties: &DepartmentDuties) -> String {
    let locale = material.locale;
    let mut figures: Vec<FigureIndex> = Vec::new();
    for figure in duties.duties.iter().flat_map(|duty| &duty.missing) {
        if !figures.contains(figure) {
            figures.push(*figure);
        }
    }
    let names: Vec<String> = figures.iter().map(|figure| figure_name(locale, material.document, *figure).to_owned()).collect();
    let missed = duties.duties.iter().filter(|duty| duty.verdict == Verdict::NotMet);
    let missed: Vec<String> = missed.map(|duty| reference(material, duty.clause)).collect();
    let mut lines = Vec::new();
    if !missed.is_empty() {
        lines.push(locale.fill(key::REPORT_OWES_CLAUSES, &[("clauses", &locale.list(&missed))]));
    }
    if !names.is_empty() {
        lines.push(locale.fill(key::REPORT_OWES_FIGURES, &[("figures", &locale.list(&names))]));
    }
    if lines.is_empty() { locale.word(key::REPORT_OWES_NOTHING).to_owned() } else { lines.join("\n") }
}

fn reference(material: &Material<'_>, clause: ClauseIndex) -> String {
    material.document.clauses.get(clause.0 as usize).map(|text| text.reference.clone()).unwrap_or_default()
}
