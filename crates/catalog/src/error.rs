//! What can be wrong with a standard file, in one place.

use std::fmt;

/// Why a file is not a standard or a sample. The text says what, where and what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    place: String,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A field of a table.
    Field {
        /// Its name.
        field: String,
        /// What is wrong with it.
        problem: FieldProblem,
    },
    /// Anything else, in lower case without a final period.
    Other(String),
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// It is not there.
    Missing,
    /// There is no field of this name here.
    Unknown,
    /// It must be a text.
    NotText,
    /// It must be a list of texts.
    NotTexts,
    /// It must be a whole number.
    NotWhole,
    /// It must be true or false.
    NotFlag,
    /// It must be a list.
    NotList,
    /// It must be a table.
    NotTable,
    /// It must be a decimal number; holds the text and why it is none.
    NotDecimal(String, String),
}

impl LoadError {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: Problem::Other(problem.into()) }
    }

    pub(crate) fn field(place: &str, field: &str, problem: FieldProblem) -> Self {
        Self { place: place.to_owned(), problem: Problem::Field { field: field.to_owned(), problem } }
    }

    /// Where in the file, such as `clause drive_to_hub`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, problem) = match self {
            Self::Other(problem) => return f.write_str(problem),
            Self::Field { field, problem } => (field, problem),
        };
        match problem {
            FieldProblem::Missing => write!(f, "`{field}` is missing"),
            FieldProblem::Unknown => write!(f, "there is no field `{field}` here"),
            FieldProblem::NotText => write!(f, "`{field}` must be a text"),
            FieldProblem::NotTexts => write!(f, "`{field}` must be a list of texts"),
            FieldProblem::NotWhole => write!(f, "`{field}` must be a whole number"),
            FieldProblem::NotFlag => write!(f, "`{field}` must be true or false"),
            FieldProblem::NotList => write!(f, "`{field}` must be a list"),
            FieldProblem::NotTable => write!(f, "`{field}` must be a table"),
            FieldProblem::NotDecimal(text, why) => write!(f, "`{field} = \"{text}\"`: {why}"),
        }
    }
}

impl std::error::Error for LoadError {}
