//! Version 1 of the records. They never change; a new shape is a new version.
//!
//! Lists of records instead of maps, because maps cross into JavaScript as `Map`; decimals as text,
//! so that no reader rounds them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known, as a person would type it.
#[derive(Debug, Default, Deserialize)]
pub struct AssessmentRecord {
    /// The id of a built-in standard.
    pub standard: String,
    /// The level that is assessed: town, county, city or province; that of the standard if left out.
    #[serde(default)]
    pub level: Option<String>,
    /// Figures with their texts; figures that are left out are unknown.
    #[serde(default)]
    pub figures: Vec<FigureRecord>,
    /// Clauses that do not apply, with the reason.
    #[serde(default)]
    pub not_applicable: Vec<ExemptionRecord>,
    /// Which reading counts for an ambiguous clause.
    #[serde(default)]
    pub readings: Vec<ReadingRecord>,
    /// Anything else is refused by name: serde-wasm-bindgen does not do it for us.
    #[serde(flatten)]
    pub rest: BTreeMap<String, serde::de::IgnoredAny>,
}

/// A figure and its text.
#[derive(Debug, Deserialize)]
pub struct FigureRecord {
    /// Id in the standard.
    pub id: String,
    /// As typed: `31.2万`, `95%`, `1:12.5`, `约2.3万`, `85-90%`, `yes`.
    pub text: String,
}

/// A clause that does not apply.
#[derive(Debug, Deserialize)]
pub struct ExemptionRecord {
    /// Id of the clause.
    pub clause: String,
    /// Why; must not be empty.
    pub reason: String,
}

/// The reading that counts.
#[derive(Debug, Deserialize)]
pub struct ReadingRecord {
    /// Id of the clause.
    pub clause: String,
    /// Id of the reading.
    pub reading: String,
}

/// The answer: a result, or what is wrong with the question.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// Whether there is a result.
    pub ok: bool,
    /// The result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<ResultRecord>,
    /// What is wrong with the question, or with single figures of an answered one.
    pub errors: Vec<ErrorRecord>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorRecord {
    /// A stable code.
    pub code: String,
    /// The id of the figure or clause, or empty.
    pub place: String,
    /// For developers.
    pub message: String,
}

/// A scored assessment.
#[derive(Debug, Serialize)]
pub struct ResultRecord {
    /// Version of this record.
    pub format: u32,
    /// The standard.
    pub standard: String,
    /// Every clause in document order.
    pub clauses: Vec<ClauseRecord>,
    /// Every figure that has a value.
    pub figures: Vec<ValueRecord>,
    /// Totals per group.
    pub groups: Vec<GroupRecord>,
    /// The total.
    pub total: TallyRecord,
}

/// A clause.
#[derive(Debug, Serialize)]
pub struct ClauseRecord {
    /// Stable id.
    pub id: String,
    /// Number as printed.
    pub r#ref: String,
    /// met, not_met, unknown, not_applicable or not_judged.
    pub verdict: &'static str,
    /// How far the value is beyond the threshold, in the figure's unit; negative is the gap. Absent
    /// where the rule is not one comparison or something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<String>,
    /// True if another reading of the text leads to another verdict.
    pub depends_on_reading: bool,
}

/// A figure with a value.
#[derive(Debug, Serialize)]
pub struct ValueRecord {
    /// Stable id.
    pub id: String,
    /// Decimal, fraction `a/b` where no decimal is equal, `a..b` for a range, yes or no.
    pub value: String,
    /// entered or derived.
    pub origin: &'static str,
}

/// The totals of a group.
#[derive(Debug, Serialize)]
pub struct GroupRecord {
    /// Stable id.
    pub id: String,
    /// Its totals.
    pub tally: TallyRecord,
}

/// Totals.
#[derive(Debug, Serialize)]
pub struct TallyRecord {
    /// Clauses met.
    pub met: u32,
    /// Clauses missed.
    pub not_met: u32,
    /// Clauses that depend on missing figures.
    pub unknown: u32,
    /// Clauses declared not applicable.
    pub not_applicable: u32,
    /// Clauses shown for reference.
    pub not_judged: u32,
    /// Share met if every unknown clause is missed; null if nothing counts.
    pub worst: Option<String>,
    /// Share met if every unknown clause is met; null if nothing counts.
    pub best: Option<String>,
    /// Share of clauses that could be decided; null if nothing counts.
    pub known: Option<String>,
}

impl ErrorRecord {
    pub(crate) fn new(code: &str, place: &str, message: &str) -> Self {
        Self { code: code.to_owned(), place: place.to_owned(), message: message.to_owned() }
    }
}

impl Answer {
    pub(crate) fn refused(error: ErrorRecord) -> Self {
        Self { ok: false, result: None, errors: vec![error] }
    }
}
