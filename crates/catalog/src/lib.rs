//! Reads and checks standard files, and carries the built-in ones.
//!
//! `file` is the format of `seeds/README.md`; `load` turns it into a [`Document`]: the
//! judged part ([`dabiao_core::Standard`]) and, position by position beside it, the words for people.

pub mod builtin;
pub mod document;
mod error;
pub mod export;
pub mod file;
pub mod formula;
mod load;
pub mod pack;
mod record;

pub use document::{Applicability, Bundle, ClauseText, Document, FigureText, GroupText, Sample, Text};
pub use error::{FieldProblem, LoadError, Problem};
pub use file::{ContradictionRecord, DocumentRecord, PlaceRecord, QualifierRecord};
pub use load::load_bundle;
