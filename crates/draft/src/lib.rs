//! What a person typed and decided about one assessment, and the record it is kept in.
//!
//! [`Draft`] is for the program: positions of figures and clauses in one standard. The record is for
//! keeping: JSON that refers to figures and clauses by id, carries a version, and holds what a later
//! version of the program put into it even if this one does not know it. Storage, project files, links
//! and spreadsheets all hold the record.

pub mod change;
mod draft;
pub mod file;
mod history;
pub mod json;
pub mod ledger;
pub mod link;
pub mod merge;
mod migrate;
mod record;

pub use change::Change;
pub use draft::{ClauseDraft, Draft, Evidence, Unknown};
pub use history::{History, MOST_STEPS};
pub use migrate::{FORMAT, Refused, migrate};
pub use record::{draft_record, is_blank, is_touched, read_draft};
