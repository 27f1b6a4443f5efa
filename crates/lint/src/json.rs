//! The linter for pages: text in, JSON text out.

use dabiao_catalog::pack::{Language, pack_bundle};
use dabiao_catalog::{Bundle, builtin, load_bundle};
use serde_json::{Value, json};

use crate::finding::{Finding, Sentence, Severity, say};
use crate::rules;
use crate::source::Source;
use crate::{Shared, check};

/// Checks a standard file. Answers `{findings, is_sound}`: the findings, each with its rule, severity,
/// line, column and length and its sentences in both languages; and whether the standard can be opened.
#[must_use]
pub fn check_json(text: &str) -> String {
    let (figures, documents) = builtin::shared();
    let shared = Shared::parse(figures, documents).unwrap_or_default();
    let mut findings = check(text, &shared);
    let mut is_sound = findings.iter().all(|finding| finding.severity != Severity::Error);
    if let Some(problem) = is_sound.then(|| bundle(text).err()).flatten() {
        is_sound = false;
        findings.push(rules::UNREADABLE.finding(
            0..0,
            say!("打不开：{problem}", "it cannot be opened: {problem}"),
            say!("对照 seeds/README.md 改正", "correct it by seeds/README.md"),
        ));
    }
    let findings: Vec<Value> = findings.iter().map(|finding| finding_json(text, finding)).collect();
    json!({ "findings": findings, "is_sound": is_sound }).to_string()
}

/// The standard in a file, packed in one language (`zh` or `en`) as a page reads it; nothing if it
/// cannot be opened.
#[must_use]
pub fn pack_standard(text: &str, language: &str) -> Option<Vec<u8>> {
    let language = if language.starts_with("zh") { Language::Chinese } else { Language::English };
    bundle(text).ok().map(|bundle| pack_bundle(&bundle, language))
}

/// The standard with the shared figures and its document, if it loads.
fn bundle(text: &str) -> Result<Bundle, String> {
    let (figures, documents) = builtin::shared();
    let source = Source::parse(text).map_err(|error| error.message)?;
    let documents: Value = serde_json::from_str(documents).map_err(|error| error.to_string())?;
    let figures: Value = serde_json::from_str(figures).map_err(|error| error.to_string())?;
    let id = source.value.get("document");
    let registered = || documents.get("document")?.as_array()?.iter().find(|document| document.get("id") == id).cloned();
    let document = source.value.get("source").cloned().or_else(registered).unwrap_or(Value::Null);
    let bundle = json!({ "standard": source.value, "figures": figures, "document": document, "samples": [] }).to_string();
    load_bundle(&bundle).map_err(|error| error.to_string())
}

fn finding_json(text: &str, finding: &Finding) -> Value {
    let before = text.get(..finding.span.start).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |position| position.saturating_add(1));
    let line_text = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let column = before.get(line_start..).map_or(0, |head| head.chars().count());
    let marked = text.get(finding.span.clone()).and_then(|text| text.lines().next()).unwrap_or_default();
    json!({
        "rule": finding.rule,
        "severity": match finding.severity { Severity::Error => "error", Severity::Warning => "warning" },
        "line": before.matches('\n').count().saturating_add(1),
        "column": column,
        "length": marked.chars().count(),
        "text": line_text,
        "what": sentence_json(&finding.what),
        "why": sentence_json(&finding.why),
        "help": sentence_json(&finding.help),
    })
}

fn sentence_json(sentence: &Sentence) -> Value {
    json!({ "zh": sentence.zh, "en": sentence.en })
}

/// [`check_json`] for JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = check)]
#[must_use]
pub fn check_for_page(text: &str) -> String {
    check_json(text)
}

/// [`pack_standard`] for JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(js_name = pack)]
#[must_use]
pub fn pack_for_page(text: &str, language: &str) -> Option<Vec<u8>> {
    pack_standard(text, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_it_is() {
        let text = "format = 1\nid = \"标准\" = 3\n";
        let answer: Value = serde_json::from_str(&check_json(text)).unwrap();
        let finding = answer.get("findings").and_then(|findings| findings.get(0)).unwrap();
        assert_eq!(finding.get("rule").and_then(Value::as_str), Some("unreadable"));
        assert_eq!(finding.get("line").and_then(Value::as_u64), Some(2));
        assert_eq!(finding.get("text").and_then(Value::as_str), Some("id = \"标准\" = 3"));
        assert_eq!(answer.get("is_sound"), Some(&Value::Bool(false)));
        assert!(pack_standard(text, "zh-CN").is_none());
    }
}
