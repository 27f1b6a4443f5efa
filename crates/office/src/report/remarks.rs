//! How it was judged, which readings were used, where the document is at odds with itself, and what
//! was said about single clauses.

use dabiao_core::{FigureIndex, Verdict};
use dabiao_view::card::contradiction_cards;
use dabiao_view::reason::reading_remark;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::{Word, key};
use dabiao_view::{Locale, entry};

use super::Made;
use super::description::Block;
use super::material::{JudgedClause, Material};
use super::overall::join;

/// The section: a heading for everything there is something to say about.
pub(super) fn remarks(material: &Material<'_>, made: &Made) -> Vec<Block> {
    let parts: [(Word, Vec<String>); 7] = [
        (key::REPORT_REMARK_METHOD, method(material.locale)),
        (key::REPORT_REMARK_READINGS, readings(material)),
        (key::REPORT_REMARK_CONTRADICTIONS, contradictions(material)),
        (key::REPORT_REMARK_EXEMPT, exempt(material)),
        (key::REPORT_REMARK_NOTES, notes(material)),
        (key::REPORT_REMARK_NOT_READ, not_read(material)),
        (key::REPORT_REMARK_MADE, vec![made_by(material, made)]),
    ];
    let mut blocks = Vec::new();
    for (number, (word, mut texts)) in (1..).zip(parts.into_iter().filter(|(_, texts)| !texts.is_empty())) {
        blocks.push(material.heading(2, number, material.locale.word(word)));
        // A list of one is a sentence.
        if texts.len() == 1 {
            blocks.extend(texts.pop().map(Block::Paragraph));
        } else {
            blocks.push(Block::List(texts));
        }
    }
    blocks
}

fn method(locale: Locale) -> Vec<String> {
    let words = [key::REPORT_METHOD_UNKNOWN, key::REPORT_METHOD_EXEMPT, key::REPORT_METHOD_BOUNDS, key::REPORT_METHOD_EXACT];
    words.map(|word| locale.word(word).to_owned()).to_vec()
}

/// Whether a clause is one that the assessed level answers.
fn counts(clause: &JudgedClause<'_>) -> bool {
    clause.result.verdict != Verdict::NotJudged
}

fn readings(material: &Material<'_>) -> Vec<String> {
    let several = material.clauses().filter(|clause| counts(clause) && clause.card.readings.len() > 1);
    let texts = several.filter_map(|clause| {
        let reading = clause.card.readings.get(clause.reading)?;
        let word = if clause.reading == 0 { key::REPORT_READING_DEFAULT } else { key::REPORT_READING_CHOSEN };
        let values = [("clause", material.clause_name(&clause)), ("reading", reading.name.clone()), ("why", reading.why.clone())];
        let text = material.locale.fill(word, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        let names: Vec<String> = clause.card.readings.iter().map(|reading| reading.name.clone()).collect();
        let remark = reading_remark(material.locale, clause.result, clause.reading, &names);
        let sentences: Vec<String> = std::iter::once(text.trim_end().to_owned()).chain(remark).collect();
        Some(join(material.locale, &sentences))
    });
    texts.collect()
}

/// The contradictions that touch a clause which counts, each once, in the order of the register.
fn contradictions(material: &Material<'_>) -> Vec<String> {
    let locale = material.locale;
    let counting: Vec<usize> = material.clauses().filter(counts).map(|clause| clause.index.0 as usize).collect();
    let touched = |id: &String| {
        counting.iter().filter_map(|index| material.document.clauses.get(*index)).any(|clause| clause.contradictions.contains(id))
    };
    let ids: Vec<String> = material.document.source.contradictions.iter().map(|record| record.id.clone()).filter(touched).collect();
    let cards = contradiction_cards(locale, &material.document.source, &ids);
    let texts = cards.into_iter().map(|card| {
        let printed = card.printed.join(locale.word(key::SEMICOLON));
        let values = [("kind", card.kind), ("name", card.name.as_str()), ("printed", &printed), ("resolution", &card.resolution)];
        locale.fill(key::REPORT_CONTRADICTION, &values)
    });
    texts.collect()
}

fn exempt(material: &Material<'_>) -> Vec<String> {
    let clauses = material.with_verdict(Verdict::NotApplicable);
    let texts = clauses.map(|clause| {
        let reason = material.draft.clause(clause.index).reason;
        material.locale.fill(key::REPORT_EXEMPT, &[("clause", &material.clause_name(&clause)), ("reason", &reason)])
    });
    texts.collect()
}

fn notes(material: &Material<'_>) -> Vec<String> {
    let texts = material.clauses().filter_map(|clause| {
        let note = material.draft.clause(clause.index).note;
        let values = [("clause", material.clause_name(&clause)), ("note", note.to_string())];
        let text = || material.locale.fill(key::REPORT_NOTE_OF_CLAUSE, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        (!note.trim().is_empty()).then(text)
    });
    texts.collect()
}

/// What was typed and not understood: it counts as unknown, and nobody must overlook that.
fn not_read(material: &Material<'_>) -> Vec<String> {
    let figures = (0..).map(FigureIndex).zip(material.document.standard.figures());
    let texts = figures.filter_map(|(index, figure)| {
        let entry = material.assessment.entry(index);
        entry.as_ref().err()?;
        let text = material.draft.text(index);
        let (_, problem) = entry::message(material.locale, figure.kind, &text, entry)?;
        let name = figure_name(material.locale, material.document, index);
        Some(material.locale.fill(key::REPORT_NOT_READ, &[("figure", name), ("text", &text), ("problem", &problem)]))
    });
    texts.collect()
}

fn made_by(material: &Material<'_>, made: &Made) -> String {
    let standard = material.locale.text(&material.document.name);
    let hash = Some(made.standard_hash.as_str()).filter(|hash| !hash.is_empty()).unwrap_or("—");
    material.locale.fill(key::REPORT_MADE, &[("version", &made.version), ("standard", standard), ("hash", hash)])
}
