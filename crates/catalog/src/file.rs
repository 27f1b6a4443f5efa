//! The standard format as records; `seeds/README.md` describes every field.
//!
//! Version 1. Records are never shared with the domain types: [`crate::load_standard`] converts once.

use serde::{Deserialize, Serialize};

/// The version of the format that this crate reads.
pub const FORMAT: u32 = 1;

/// A pair of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TextRecord {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A standard file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct StandardFile {
    pub format: u32,
    pub id: String,
    pub document: String,
    pub level: String,
    pub zh: String,
    pub en: String,
    pub summary: TextRecord,
    #[serde(default)]
    pub department: Vec<NamedRecord>,
    #[serde(default)]
    pub group: Vec<GroupRecord>,
    #[serde(default)]
    pub figure: Vec<FigureRecord>,
    #[serde(default)]
    pub clause: Vec<ClauseRecord>,
}

/// Something with an id and a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct NamedRecord {
    pub id: String,
    pub zh: String,
    pub en: String,
}

/// A group.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct GroupRecord {
    pub id: String,
    pub parent: Option<String>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub zh: String,
    pub en: String,
    pub basis: Option<String>,
}

/// A file of shared figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct FigureFile {
    #[serde(default)]
    pub figure: Vec<FigureRecord>,
}

/// A figure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct FigureRecord {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub kind: Option<String>,
    pub unit: Option<String>,
    pub scope: String,
    pub period: String,
    pub formula: Option<String>,
    pub min: Option<String>,
    pub max: Option<String>,
    pub hint: Option<TextRecord>,
    pub holder: Option<String>,
}

/// A clause.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct ClauseRecord {
    pub id: String,
    #[serde(rename = "ref")]
    pub reference: String,
    pub group: String,
    pub zh: String,
    pub en: String,
    pub lead: Option<String>,
    #[serde(default)]
    pub departments: Vec<String>,
    pub rule: Option<RuleRecord>,
    #[serde(default)]
    pub reading: Vec<ReadingRecord>,
    pub note: Option<TextRecord>,
    pub year: Option<u16>,
    pub firmness: Option<String>,
    pub level: Option<String>,
    pub place: Option<String>,
    #[serde(default)]
    pub contradictions: Vec<String>,
}

/// A reading.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct ReadingRecord {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub why: TextRecord,
    pub rule: RuleRecord,
}

/// A rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub enum RuleRecord {
    YesNo {
        figure: Option<String>,
        #[serde(default)]
        qualifiers: Vec<QualifierRecord>,
    },
    AtLeast {
        figure: String,
        value: String,
        #[serde(default)]
        strict: bool,
    },
    AtMost {
        figure: String,
        value: String,
        #[serde(default)]
        strict: bool,
    },
    Between {
        figure: String,
        low: String,
        high: String,
        #[serde(default)]
        low_strict: bool,
        #[serde(default)]
        high_strict: bool,
    },
    Count {
        figure: String,
        value: String,
    },
    Rank {
        figure: String,
        value: String,
    },
    Growth(GrowthRecord),
    Rising {
        series: Vec<YearRecord>,
    },
    Toward {
        figure: String,
        baseline: String,
        baseline_year: u16,
        target: String,
        target_year: u16,
        direction: String,
    },
    External {
        figure: String,
        target: String,
        op: String,
    },
    AnyOf {
        of: Vec<RuleRecord>,
    },
    AllOf {
        of: Vec<RuleRecord>,
    },
    AtLeastOf {
        k: u32,
        of: Vec<RuleRecord>,
    },
    Context {
        figure: Option<String>,
        baseline: Option<String>,
        baseline_year: Option<u16>,
        target: Option<String>,
        target_year: Option<u16>,
    },
}

/// A growth rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct GrowthRecord {
    pub current: String,
    pub base: String,
    pub rate: Option<String>,
    pub value: String,
    pub measure: String,
    #[serde(default)]
    pub strict: bool,
    pub since: Option<u16>,
    pub since_figure: Option<String>,
    pub method: Option<String>,
}

/// A number that says what is counted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct QualifierRecord {
    pub zh: String,
    pub en: String,
    pub op: String,
    pub value: String,
    pub unit: String,
}

/// A year of a series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct YearRecord {
    pub year: u16,
    pub figure: String,
}

/// The file of documents.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct DocumentFile {
    #[serde(default)]
    pub document: Vec<DocumentRecord>,
}

/// A source document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct DocumentRecord {
    pub id: String,
    pub title: String,
    pub number: String,
    pub issuer: String,
    pub date: String,
    pub date_note: Option<TextRecord>,
    pub en: String,
    pub file: String,
    #[serde(default)]
    pub contradiction: Vec<ContradictionRecord>,
}

/// A place where a document disagrees with itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct ContradictionRecord {
    pub id: String,
    pub zh: String,
    pub en: String,
    pub printed: Vec<PrintedRecord>,
    pub arithmetic: Option<TextRecord>,
    pub used: String,
    pub why: TextRecord,
}

/// A printed value and its place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct PrintedRecord {
    pub value: String,
    pub place: String,
    pub what: TextRecord,
}

/// A sample file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct SampleFile {
    pub format: u32,
    pub id: String,
    pub standard: String,
    pub origin: String,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub figure: Vec<SampleFigureRecord>,
    #[serde(default)]
    pub not_applicable: Vec<NotApplicableRecord>,
}

/// A filled-in figure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct SampleFigureRecord {
    pub id: String,
    pub text: String,
    pub source: Option<TextRecord>,
}

/// A clause that does not apply.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "seeds/README.md describes the fields")]
pub struct NotApplicableRecord {
    pub clause: String,
    pub reason: String,
}
