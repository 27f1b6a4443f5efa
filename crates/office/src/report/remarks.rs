//! How it was judged, which readings were used, where the document is at odds with itself, and what
//! was said about single clauses.

use dabiao_core::{FigureIndex, Verdict};
use dabiao_view::card::contradiction_cards;
use dabiao_view::entry;
use dabiao_view::reason::reading_remark;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::{Word, key};

use super::Made;
use super::description::{Block, Column, Row, Table};
use super::material::{JudgedClause, Material};

/// The section: a heading for everything there is something to say about.
pub(super) fn remarks(material: &Material<'_>, made: &Made) -> Vec<Block> {
    let parts: [(Word, Vec<Block>); 7] = [
        (key::REPORT_REMARK_METHOD, method(material)),
        (key::REPORT_REMARK_READINGS, readings(material)),
        (key::REPORT_REMARK_CONTRADICTIONS, contradictions(material)),
        (key::REPORT_REMARK_EXEMPT, exempt(material)),
        (key::REPORT_REMARK_NOTES, notes(material)),
        (key::REPORT_REMARK_NOT_READ, not_read(material)),
        (key::REPORT_REMARK_MADE, made_by(material, made)),
    ];
    let mut blocks = Vec::new();
    for (number, (word, part)) in (1..).zip(parts.into_iter().filter(|(_, part)| !part.is_empty())) {
        blocks.push(material.heading(2, number, material.locale.word(word)));
        blocks.extend(part);
    }
    blocks
}

fn method(material: &Material<'_>) -> Vec<Block> {
    let words = [key::REPORT_METHOD_UNKNOWN, key::REPORT_METHOD_EXEMPT, key::REPORT_METHOD_BOUNDS, key::REPORT_METHOD_EXACT];
    vec![Block::List(words.map(|word| material.locale.word(word).to_owned()).to_vec())]
}

/// A sentence and its table; nothing if the table has no rows.
fn table(
    material: &Material<'_>,
    title: Word,
    intro: Word,
    columns: &[(Word, u16)],
    rows: impl Iterator<Item = Vec<String>>,
) -> Vec<Block> {
    let locale = material.locale;
    let columns = columns.iter().map(|(word, width)| Column::text(locale.word(*word), *width)).collect();
    let mut table = Table::new(locale.word(title), columns);
    table.rows = rows.map(Row::Cells).collect();
    if table.rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Paragraph(locale.word(intro).to_owned()), Block::Table(table)]
}

/// Whether a clause is one that the assessed level answers.
fn counts(clause: &JudgedClause<'_>) -> bool {
    clause.result.verdict != Verdict::NotJudged
}

fn readings(material: &Material<'_>) -> Vec<Block> {
    let several = material.clauses().filter(|clause| counts(clause) && clause.card.readings.len() > 1);
    let rows = several.filter_map(|clause| {
        let reading = clause.card.readings.get(clause.reading)?;
        let word = if clause.reading == 0 { key::REPORT_READING_DEFAULT } else { key::REPORT_READING_CHOSEN };
        let names: Vec<String> = clause.card.readings.iter().map(|reading| reading.name.clone()).collect();
        let remark = reading_remark(material.locale, clause.result, clause.reading, &names);
        let why: Vec<String> = [reading.why.clone()].into_iter().filter(|why| !why.is_empty()).chain(remark).collect();
        let name = material.locale.fill(word, &[("reading", &reading.name)]);
        Some(vec![material.clause_name(&clause), name, why.join("\n")])
    });
    let columns = [(key::HEAD_CLAUSE, 48), (key::REPORT_HEAD_READING, 40), (key::REPORT_HEAD_WHY, 68)];
    table(material, key::REPORT_REMARK_READINGS, key::REPORT_READING_INTRO, &columns, rows)
}

/// The contradictions that touch a clause which counts, each once, in the order of the register.
fn contradictions(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let counting: Vec<usize> = material.clauses().filter(counts).map(|clause| clause.index.0 as usize).collect();
    let touched = |id: &String| {
        counting.iter().filter_map(|index| material.document.clauses.get(*index)).any(|clause| clause.contradictions.contains(id))
    };
    let ids: Vec<String> = material.document.source.contradictions.iter().map(|record| record.id.clone()).filter(touched).collect();
    let cards = contradiction_cards(locale, &material.document.source, &ids);
    let rows = cards.into_iter().map(|card| {
        let name = locale.fill(key::REPORT_CONTRADICTION, &[("name", &card.name), ("kind", card.kind)]);
        let printed: Vec<String> = card.printed.into_iter().chain(card.arithmetic).collect();
        vec![name, printed.join("\n"), card.resolution]
    });
    let columns = [(key::REPORT_HEAD_CONTRADICTION, 34), (key::REPORT_HEAD_PRINTED, 64), (key::REPORT_HEAD_USED, 58)];
    table(material, key::REPORT_REMARK_CONTRADICTIONS, key::REPORT_CONTRADICTION_INTRO, &columns, rows)
}

fn exempt(material: &Material<'_>) -> Vec<Block> {
    let clauses = material.with_verdict(Verdict::NotApplicable);
    let rows = clauses.map(|clause| vec![material.clause_name(&clause), material.draft.clause(clause.index).reason.to_string()]);
    let columns = [(key::HEAD_CLAUSE, 70), (key::REPORT_HEAD_WHY, 86)];
    table(material, key::REPORT_REMARK_EXEMPT, key::REPORT_EXEMPT_INTRO, &columns, rows)
}

fn notes(material: &Material<'_>) -> Vec<Block> {
    let rows = material.clauses().filter_map(|clause| {
        let note = material.draft.clause(clause.index).note;
        (!note.trim().is_empty()).then(|| vec![material.clause_name(&clause), note.to_string()])
    });
    let columns = [(key::HEAD_CLAUSE, 70), (key::REPORT_HEAD_NOTE, 86)];
    table(material, key::REPORT_REMARK_NOTES, key::REPORT_NOTES_INTRO, &columns, rows)
}

/// What was typed and not understood: it counts as unknown, and nobody must overlook that.
fn not_read(material: &Material<'_>) -> Vec<Block> {
    let figures = (0..).map(FigureIndex).zip(material.document.standard.figures());
    let rows = figures.filter_map(|(index, figure)| {
        let entry = material.assessment.entry(index);
        entry.as_ref().err()?;
        let text = material.draft.text(index);
        let (_, problem) = entry::message(material.locale, figure.kind, &text, entry)?;
        Some(vec![figure_name(material.locale, material.document, index).to_owned(), text.to_string(), problem])
    });
    let columns = [(key::HEAD_FIGURE, 56), (key::REPORT_HEAD_TYPED, 36), (key::REPORT_HEAD_PROBLEM, 64)];
    table(material, key::REPORT_REMARK_NOT_READ, key::REPORT_NOT_READ_INTRO, &columns, rows)
}

fn made_by(material: &Material<'_>, made: &Made) -> Vec<Block> {
    let standard = material.locale.text(&material.document.name);
    let hash = Some(made.standard_hash.as_str()).filter(|hash| !hash.is_empty()).unwrap_or("—");
    let values = [("version", made.version.as_str()), ("standard", standard), ("hash", hash)];
    vec![Block::Paragraph(material.locale.fill(key::REPORT_MADE, &values))]
}
