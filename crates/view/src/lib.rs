//! Rows, sentences and chart descriptions from reports: plain data in the words of the page.
//!
//! Everything a person reads is made here, in Chinese or English, and nowhere else. Nothing here
//! judges: verdicts, gaps and totals come from the core.

pub mod card;
pub mod chart;
pub mod department;
pub mod entry;
pub mod known;
pub mod missing;
pub mod number;
pub mod outline;
pub mod plan_chart;
pub mod planning;
pub mod reason;
pub mod rule_text;
pub mod summary;
pub mod words;

pub use words::Locale;
