//! Office files in and out: bytes here, plain data and words there.
//!
//! Knows no browser and no clock. A module of its own, because it is as large as the page; the page
//! fetches it on first use and runs it in a worker that is thrown away, so that a hostile file can
//! neither freeze nor kill the page.

pub mod archive;
mod charset;
mod clauses;
pub mod docx;
pub mod face;
pub mod guard;
mod headings;
pub mod import;
pub mod layout;
mod pen;
pub mod problem;
pub mod report;
pub mod scope;
pub mod sheet;
pub mod table;
pub mod template;
pub mod words;
pub mod workbook;
pub mod xlsx;
