//! The standards and samples of `seeds/`, built into the program.

use crate::document::{Document, Sample};
use crate::error::LoadError;
use crate::load::{load_sample, load_standard};

include!(concat!(env!("OUT_DIR"), "/seeds.rs"));

/// Every built-in standard, in the order of their file names.
///
/// # Errors
/// [`LoadError`] if a seed is broken; a test loads them all.
pub fn standards() -> Result<Vec<Document>, LoadError> {
    STANDARDS.iter().map(|json| load_standard(json, FIGURES, DOCUMENTS)).collect()
}

/// Every built-in sample, in the order of their file names.
///
/// # Errors
/// [`LoadError`] if a seed is broken; a test loads them all.
pub fn samples() -> Result<Vec<Sample>, LoadError> {
    SAMPLES.iter().map(|json| load_sample(json)).collect()
}

/// The JSON of every built-in standard, of the shared figures and of the documents.
#[must_use]
pub fn sources() -> (&'static [&'static str], &'static str, &'static str) {
    (STANDARDS, FIGURES, DOCUMENTS)
}
