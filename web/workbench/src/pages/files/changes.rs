//! Changes of a record in words: what, from what, to what.

use dabiao_catalog::Document;
use dabiao_core::FigureKind;
use dabiao_draft::Change;
use dabiao_draft::json::text;
use dabiao_view::Locale;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;
use serde_json::Value;

/// The name of what a change is about.
pub(crate) fn name_of(locale: Locale, document: &Document, change: &Change) -> String {
    match change.table.as_str() {
        "figures" => match document.standard.find_figure(&change.entry) {
            Some(figure) => figure_name(locale, document, figure).to_owned(),
            None => change.entry.clone(),
        },
        "clauses" => {
            let clause = document.standard.find_clause(&change.entry).and_then(|index| document.clauses.get(index.0 as usize));
            clause.map_or_else(|| change.entry.clone(), |clause| format!("{} {}", clause.reference, locale.text(&clause.name)))
        }
        _ => match change.entry.as_str() {
            "title" => locale.word(key::PLACE_NAME).to_owned(),
            "level" => locale.word(key::LEVEL_LABEL).to_owned(),
            other => other.to_owned(),
        },
    }
}

/// A value of a change in words.
pub(crate) fn value_of(locale: Locale, document: &Document, change: &Change, value: &Value) -> String {
    if change.table == "clauses" {
        return clause_words(locale, value);
    }
    let typed = value.as_str().unwrap_or_default();
    let figure = document.standard.find_figure(&change.entry).and_then(|index| document.standard.figure(index));
    let is_yes_no = change.table == "figures" && figure.is_some_and(|figure| figure.kind == FigureKind::YesNo);
    match typed {
        "" => locale.word(key::MISSING).to_owned(),
        "yes" if is_yes_no => locale.word(key::ANSWER_YES).to_owned(),
        "no" if is_yes_no => locale.word(key::ANSWER_NO).to_owned(),
        _ => typed.to_owned(),
    }
}

fn clause_words(locale: Locale, entry: &Value) -> String {
    let mut parts = Vec::new();
    if entry.get("not_applicable").and_then(Value::as_bool).unwrap_or_default() {
        parts.push(locale.fill(key::CHANGE_NOT_APPLICABLE, &[("reason", text(entry, "reason"))]));
    }
    for (field, word) in [("reading", key::CHANGE_READING), ("note", key::CHANGE_NOTE)] {
        if !text(entry, field).is_empty() {
            parts.push(locale.fill(word, &[("text", text(entry, field))]));
        }
    }
    let evidence = entry.get("evidence").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !evidence.is_empty() {
        let words = |evidence: &Value| {
            let parts = ["name", "number", "date", "link"].map(|field| text(evidence, field));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let names: Vec<String> = evidence.iter().map(words).collect();
        parts.push(locale.fill(key::CHANGE_EVIDENCE, &[("names", &locale.list(&names))]));
    }
    if parts.is_empty() { locale.word(key::MISSING).to_owned() } else { parts.join(locale.word(key::SEMICOLON)) }
}
