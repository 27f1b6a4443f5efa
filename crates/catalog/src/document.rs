//! A standard with the words for people, position by position beside the judged part.

use dabiao_core::{DepartmentIndex, Standard};

use crate::file::{DocumentRecord, PlaceRecord, QualifierRecord};

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A standard, ready to be judged and shown.
#[derive(Clone, Debug)]
pub struct Document {
    /// Stable id; saved assessments refer to it.
    pub id: String,
    /// The name of the standard.
    pub name: Text,
    /// One sentence on what it is.
    pub summary: Text,
    /// Where it comes from, with its contradictions.
    pub source: DocumentRecord,
    /// Who uses it best and for what, and what it does not give.
    pub guidance: Text,
    /// The places that the document names for assessment.
    pub places: Vec<PlaceRecord>,
    /// The judged part.
    pub standard: Standard,
    /// Words for each figure of the standard.
    pub figures: Vec<FigureText>,
    /// Words for each group of the standard.
    pub groups: Vec<GroupText>,
    /// The name of each department of the standard.
    pub departments: Vec<Text>,
    /// Words for each clause of the standard.
    pub clauses: Vec<ClauseText>,
}

/// A standard with its filled-in examples.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The standard.
    pub document: Document,
    /// Its examples.
    pub samples: Vec<Sample>,
}

/// Words for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// Its name.
    pub name: Text,
    /// What counts.
    pub hint: Option<Text>,
    /// The department that usually has the number.
    pub holder: Option<DepartmentIndex>,
    /// Whether other standards use the same figure.
    pub shared: bool,
    /// What it is a figure of; figures of one concept differ in scope or definition.
    pub concept: Option<String>,
}

/// Words for a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupText {
    /// Its name.
    pub name: Text,
    /// The printed number.
    pub reference: Option<String>,
    /// Whether the document prints no such heading.
    pub ours: bool,
}

/// Words for a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseText {
    /// The number as printed.
    pub reference: String,
    /// Its short name.
    pub name: Text,
    /// What is ambiguous and how it is read.
    pub note: Option<Text>,
    /// What must have happened for the thing to count, as printed.
    pub verb: Option<String>,
    /// The deadline as printed, when it is not simply a year.
    pub due: Option<Text>,
    /// Why it may not apply to everyone.
    pub applicability: Option<Applicability>,
    /// To whom it applies.
    pub condition: Option<Text>,
    /// Where in the document it stands, when the number is not printed.
    pub place: Option<String>,
    /// Name and reason of each reading; empty if there is only one.
    pub readings: Vec<(Text, Text)>,
    /// Ids of the contradictions that touch it.
    pub contradictions: Vec<String>,
    /// Numbers that say what is counted.
    pub qualifiers: Vec<QualifierRecord>,
}

/// Why a requirement may not apply to everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// 鼓励: encouraged, not demanded.
    Encouraged,
    /// 有条件, 具备条件, 符合条件: only where the means are there.
    Conditional,
    /// 因地制宜, or named places only.
    Local,
}

impl Applicability {
    /// The applicability with this id in standard files.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "encouraged" => Self::Encouraged,
            "conditional" => Self::Conditional,
            "local" => Self::Local,
            _ => return None,
        })
    }

    /// The id in standard files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Encouraged => "encouraged",
            Self::Conditional => "conditional",
            Self::Local => "local",
        }
    }
}

/// A filled-in example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Stable id.
    pub id: String,
    /// The id of the standard it fills in.
    pub standard: String,
    /// Whether the figures are real; invented ones say so wherever they show.
    pub real: bool,
    /// Its name.
    pub name: Text,
    /// Figure id, text as typed, and where the figure was published.
    pub figures: Vec<(String, String, Option<Text>)>,
    /// Clause id and reason.
    pub not_applicable: Vec<(String, String)>,
}
