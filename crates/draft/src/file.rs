//! The project file: the record of an assessment with everything that belongs to it, and a certificate.
//!
//! Beside the draft it carries `plan` (what the planner keeps), `product` (the version that wrote it),
//! `standard_hash` (what it was judged by) and `certificate` (the hash of the canonical result), so that
//! whoever opens it can judge it anew and see whether the same comes out.

use dabiao_core::standard::Level;
use dabiao_core::{Report, Standard, Verdict};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::json::{object, printed, text};

/// What a file carries beside the draft.
const BESIDE: [&str; 4] = ["plan", "product", "standard_hash", "certificate"];

/// A project file, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectFile {
    /// The record of the draft.
    pub record: Value,
    /// What the planner keeps.
    pub plan: Option<Value>,
    /// The version that wrote it.
    pub product: String,
    /// SHA-256 of the standard it was judged by.
    pub standard_hash: String,
    /// SHA-256 of the canonical result.
    pub certificate: String,
}

/// The text of a project file.
pub fn file_text(file: &ProjectFile) -> String {
    let mut record = file.record.clone();
    if let Value::Object(fields) = &mut record {
        fields.insert("plan".to_owned(), file.plan.clone().unwrap_or_default());
        for (name, value) in [("product", &file.product), ("standard_hash", &file.standard_hash), ("certificate", &file.certificate)] {
            fields.insert(name.to_owned(), value.as_str().into());
        }
    }
    printed(&record)
}

/// A project file from its text; a bare record is one too. `None` if it is no JSON record.
pub fn read_file(text_of_file: &str) -> Option<ProjectFile> {
    // Editors of some systems put a mark before the text.
    let mut record: Value = serde_json::from_str(text_of_file.trim_start_matches('\u{feff}')).ok()?;
    let words = |field: &str| text(&record, field).to_owned();
    let (product, standard_hash, certificate) = (words("product"), words("standard_hash"), words("certificate"));
    let fields = record.as_object_mut()?;
    let plan = fields.remove("plan").filter(Value::is_object);
    for name in BESIDE {
        fields.remove(name);
    }
    Some(ProjectFile { record, plan, product, standard_hash, certificate })
}

/// The result of an assessment as text: what was judged by what, every verdict, and the totals. The same
/// result gives the same bytes.
pub fn canonical_result(standard: &Standard, standard_hash: &str, level: Level, report: &Report) -> String {
    let verdicts = standard.clauses().iter().zip(&report.clauses).map(|(clause, result)| (clause.id.clone(), word(result.verdict).into()));
    let total = report.total;
    let counts = [
        ("met", total.met),
        ("not_met", total.not_met),
        ("unknown", total.unknown),
        ("not_applicable", total.not_applicable),
        ("not_judged", total.not_judged),
    ];
    printed(&object([
        ("standard_hash", standard_hash.into()),
        ("level", level.id().into()),
        ("clauses", object(verdicts)),
        ("total", Value::Object(counts.into_iter().map(|(name, count)| (name.to_owned(), count.into())).collect::<Map<_, _>>())),
    ]))
}

/// SHA-256 in hexadecimal.
pub fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "met",
        Verdict::NotMet => "not_met",
        Verdict::Unknown => "unknown",
        Verdict::NotApplicable => "not_applicable",
        Verdict::NotJudged => "not_judged",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_file_is_read_back_as_itself() {
        let file = ProjectFile {
            record: json!({ "format": 2, "standard": "s", "figures": { "a": "1" }, "later": [1.50, null] }),
            plan: Some(json!({ "format": 1 })),
            product: "0.1.0".to_owned(),
            standard_hash: "12".to_owned(),
            certificate: "34".to_owned(),
        };
        assert_eq!(read_file(&format!("\u{feff}{}", file_text(&file))), Some(file));
        assert_eq!(read_file("[]"), None);
        assert_eq!(read_file("{"), None);
    }

    #[test]
    fn the_hash_is_sha_256() {
        assert!(hash("hello world").starts_with("b94d27b9934d3e08a52e52d7da7dabfac484efe37a53"));
    }
}
