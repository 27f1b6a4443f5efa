//! A standard with the words for people, position by position beside the judged part.

use dabiao_core::{DepartmentIndex, Standard};

use crate::file::{DocumentRecord, QualifierRecord};

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
    /// Who is assessed.
    pub level: dabiao_core::standard::Level,
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

/// Words for a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// Its name.
    pub name: Text,
    /// What counts.
    pub hint: Option<Text>,
    /// The department that usually has the number.
    pub holder: Option<DepartmentIndex>,
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
    /// Where in the document it stands, when the number is not printed.
    pub place: Option<String>,
    /// Name and reason of each reading; empty if there is only one.
    pub readings: Vec<(Text, Text)>,
    /// Ids of the contradictions that touch it.
    pub contradictions: Vec<String>,
    /// Numbers that say what is counted.
    pub qualifiers: Vec<QualifierRecord>,
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
