//! The standards and samples of `seeds/`.
//!
//! [`ENTRIES`] is small and can stand in a page; the texts are large. A program that calls
//! [`bundles`], [`standards`] or [`samples`] carries all of them, one that does not carries none.

use crate::document::{Bundle, Document, Sample};
use crate::error::LoadError;
use crate::load::load_bundle;

include!(concat!(env!("OUT_DIR"), "/seeds.rs"));

/// What can be said of a built-in standard without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id of the standard.
    pub id: &'static str,
    /// The names of the files in which a site publishes the standard, packed, one per language; they
    /// change with the content.
    pub file: Name,
    /// SHA-256 of the standard with its figures and its document, in hexadecimal: two files with the same
    /// hash judge alike.
    pub hash: &'static str,
    /// Who is assessed first: town, county, city or province.
    pub level: &'static str,
    /// The name of the standard.
    pub name: Name,
    /// One sentence on what it is.
    pub summary: Name,
    /// How many clauses it has.
    pub clauses: u32,
    /// The id of the source document.
    pub document: &'static str,
    /// The document's number, as printed; empty where none is.
    pub number: &'static str,
    /// The document's title, as printed.
    pub title: &'static str,
    /// The title in English, in our words.
    pub title_en: &'static str,
    /// Who issued it.
    pub issuer: &'static str,
    /// When.
    pub date: &'static str,
    /// How often it disagrees with itself, as far as we know.
    pub contradictions: u32,
    /// Its filled-in examples.
    pub samples: &'static [SampleEntry],
}

/// What can be said of an example without its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleEntry {
    /// Stable id.
    pub id: &'static str,
    /// Its name.
    pub name: Name,
    /// Whether the figures are real.
    pub real: bool,
}

/// What can be said of a shared figure without a standard that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedFigure {
    /// Stable id.
    pub id: &'static str,
    /// Its name.
    pub name: Name,
    /// What it is a figure of; figures of one concept differ in scope or definition. Empty if there is
    /// no other.
    pub concept: &'static str,
}

/// A name in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Every built-in standard with its samples, in the order of [`ENTRIES`].
///
/// # Errors
/// [`LoadError`] if a seed is broken; a test loads them all.
pub fn bundles() -> Result<Vec<Bundle>, LoadError> {
    BUNDLES.iter().map(|json| load_bundle(json)).collect()
}

/// Every built-in standard, in the order of [`ENTRIES`].
///
/// # Errors
/// [`LoadError`] if a seed is broken; a test loads them all.
pub fn standards() -> Result<Vec<Document>, LoadError> {
    Ok(bundles()?.into_iter().map(|bundle| bundle.document).collect())
}

/// Every built-in sample, in the order of their standards.
///
/// # Errors
/// [`LoadError`] if a seed is broken; a test loads them all.
pub fn samples() -> Result<Vec<Sample>, LoadError> {
    Ok(bundles()?.into_iter().flat_map(|bundle| bundle.samples).collect())
}

/// The JSON text of every built-in standard, in the order of [`ENTRIES`]: what `load_bundle` reads.
#[must_use]
pub fn texts() -> &'static [&'static str] {
    BUNDLES
}

/// The JSON texts of the shared figures and of the documents.
#[must_use]
pub fn shared() -> (&'static str, &'static str) {
    (FIGURES, DOCUMENTS)
}
