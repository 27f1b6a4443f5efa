//! Office files in and out: bytes here, plain data and words there.
//!
//! Knows no browser and no clock. A module of its own, because it is as large as the page; the page
//! fetches it on first use and runs it in a worker that is thrown away, so that a hostile file can
//! neither freeze nor kill the page.

pub mod workbook;
