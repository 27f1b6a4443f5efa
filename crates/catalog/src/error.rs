//! What can be wrong with a standard file, in one place.

use std::fmt;

/// Why a file is not a standard or a sample. The text says what, where and what is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    place: String,
    problem: String,
}

impl LoadError {
    pub(crate) fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }

    /// Where in the file, such as `clause drive_to_hub`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong, in lower case without a final period.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for LoadError {}
