//! Word documents: a report laid out as GB/T 9704-2012 lays out official papers.
//!
//! A writer of our own for the few elements a report needs. It knows headings, paragraphs and tables
//! and nothing of assessments. The text stays text: no macros, no outside references, no fields but
//! the page number, and no clock, so that the same report gives the same bytes.

mod body;
mod columns;
#[cfg(target_arch = "wasm32")]
pub mod face;
mod package;
mod page;
mod style;
mod table;
mod xml;

pub use package::NotPacked;

use crate::report::Report;

/// The bytes of a Word document (`.docx`).
///
/// # Errors
/// [`NotPacked`] if the archive cannot be written, which in memory means that it grew too large.
pub fn write_docx(report: &Report) -> Result<Vec<u8>, NotPacked> {
    package::package(report)
}
