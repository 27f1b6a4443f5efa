//! Every responsible unit with its part, how its clauses came out, and what it still owes.

use dabiao_core::{ClauseIndex, FigureIndex, Verdict};
use dabiao_view::department::{DepartmentDuties, department_duties};
use dabiao_view::missing::missing_figures;
use dabiao_view::planning::department_text;
use dabiao_view::rule_text::verdict_word;
use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;
use super::overall::join;

/// The section; says so if the document names nobody.
pub(super) fn departments(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let all = department_duties(material.document, material.report());
    let missing: Vec<FigureIndex> = missing_figures(material.document, material.report()).into_iter().map(|entry| entry.figure).collect();
    if all.is_empty() {
        return vec![Block::Paragraph(locale.word(key::REPORT_DEPARTMENTS_NONE).to_owned())];
    }
    let mut columns = vec![Column::text(locale.word(key::HEAD_DEPARTMENT), 32)];
    columns.extend([key::REPORT_HEAD_LEAD, key::REPORT_HEAD_PART].map(|word| Column::short(locale.word(word), 13)));
    columns.extend([Verdict::Met, Verdict::NotMet, Verdict::Unknown].map(|verdict| Column::short(locale.word(verdict_word(verdict)), 18)));
    columns.push(Column::text(locale.word(key::REPORT_HEAD_OWES), 44));
    let mut table = Table::new(locale.word(key::REPORT_SECTION_DEPARTMENTS), columns);
    table.rows = all.iter().map(|duties| Row::Cells(cells(material, &missing, duties))).collect();
    let mut notes = vec![locale.word(key::REPORT_DEPARTMENTS_NOTE).to_owned()];
    if !missing.is_empty() {
        notes.push(locale.word(key::REPORT_OWES_NOTE).to_owned());
    }
    vec![Block::Table(table), Block::Note(join(locale, &notes))]
}

fn cells(material: &Material<'_>, missing: &[FigureIndex], duties: &DepartmentDuties) -> Vec<String> {
    let leads = duties.duties.iter().filter(|duty| duty.lead).count();
    let takes_part = duties.duties.iter().filter(|duty| !duty.lead).count();
    vec![
        department_text(material.locale, material.document, Some(duties.department)),
        leads.to_string(),
        takes_part.to_string(),
        duties.tally.met.to_string(),
        duties.tally.not_met.to_string(),
        duties.tally.unknown.to_string(),
        owes(material, missing, duties),
    ]
}

/// The clauses that are missed, and the missing figures by their numbers in the table of all of them.
fn owes(material: &Material<'_>, missing: &[FigureIndex], duties: &DepartmentDuties) -> String {
    let locale = material.locale;
    let is_owed = |figure: &FigureIndex| duties.duties.iter().any(|duty| duty.missing.contains(figure));
    let numbers: Vec<u32> = (1..).zip(missing).filter(|(_, figure)| is_owed(figure)).map(|(number, _)| number).collect();
    let missed = duties.duties.iter().filter(|duty| duty.verdict == Verdict::NotMet);
    let missed: Vec<String> = missed.map(|duty| reference(material, duty.clause)).collect();
    // Semicolons: some programs do not break a line after a comma that stands between two digits.
    let mut lines = Vec::new();
    if !missed.is_empty() {
        lines.push(locale.fill(key::REPORT_OWES_CLAUSES, &[("clauses", &missed.join(locale.word(key::SEMICOLON)))]));
    }
    if !numbers.is_empty() {
        lines.push(locale.fill(key::REPORT_OWES_FIGURES, &[("numbers", &runs(&numbers).join(locale.word(key::SEMICOLON)))]));
    }
    if lines.is_empty() { locale.word(key::REPORT_OWES_NOTHING).to_owned() } else { lines.join("\n") }
}

/// Ascending numbers with runs of three and more drawn together: `1–4`, `7`, `8`.
fn runs(numbers: &[u32]) -> Vec<String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let texts = runs.into_iter().flat_map(|(first, last)| match last.saturating_sub(first) {
        0 => vec![first.to_string()],
        1 => vec![first.to_string(), last.to_string()],
        _ => vec![format!("{first}–{last}")],
    });
    texts.collect()
}

fn reference(material: &Material<'_>, clause: ClauseIndex) -> String {
    material.document.clauses.get(clause.0 as usize).map(|text| text.reference.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_row_are_drawn_together() {
        assert_eq!(runs(&[1, 2, 3, 5, 7, 8]), ["1–3", "5", "7", "8"]);
        assert!(runs(&[]).is_empty());
    }
}
