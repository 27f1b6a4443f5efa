//! The result workbook: our verdicts as plain spreadsheet formulas, so that a sceptical reader can
//! check them in WPS, Excel or LibreOffice without us.
//!
//! Every figure is an input cell, every derived figure and every verdict a live formula, every total a
//! count of verdicts. What the core found stands in the cells as the remembered result, for viewers
//! that do not calculate.
//!
//! A spreadsheet calculates with binary numbers of about fifteen digits, the core with exact
//! fractions. The formulas are written so that both agree ([`precision`]): an entered number is
//! compared as it stands, because reading decimals keeps their order; a calculated one after rounding
//! to about twelve significant digits of the threshold, so that 18 of 20 is 90 %. Where two numbers are
//! closer than that and yet not equal, no formula can be trusted, and the verdict of the core is
//! written as fixed text with a remark.
//!
//! A figure that is only known as a range has a cell for either end, and whatever follows from it is
//! calculated for both.
//!
//! Words of people (names, notes, reasons) are only ever written as string cells. A formula holds cell
//! addresses, numbers of the standard and words of this program.

mod about;
mod book;
mod chart;
mod clauses;
#[cfg(target_arch = "wasm32")]
mod face;
mod figures;
mod formula;
mod gap;
mod layout;
mod parts;
mod precision;
mod rule;
mod style;
mod totals;

use dabiao_catalog::Document;
use dabiao_draft::Draft;
use dabiao_view::Locale;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use book::Book;
use style::Styles;

/// Why a workbook could not be written.
#[derive(Debug)]
pub struct WorkbookError(XlsxError);

impl std::fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the workbook could not be written: {}", self.0)
    }
}

impl std::error::Error for WorkbookError {}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// The result of an assessment as an Excel file that recalculates by itself. `made` says when it was
/// made, in words; the same input gives the same bytes.
///
/// # Errors
/// [`WorkbookError`] if the file could not be written, such as for a standard with more rows than a
/// sheet holds.
pub fn workbook(document: &Document, draft: &Draft, locale: Locale, made: &str) -> Result<Vec<u8>, WorkbookError> {
    let book = Book::new(document, draft, locale);
    let styles = Styles::new(&book);
    let mut file = Workbook::new();
    // Any fixed date: the day on which it was made is said in words.
    let created = ExcelDateTime::from_ymd(2020, 1, 1)?;
    file.set_properties(&DocProperties::new().set_title(book.title()).set_author("Dabiao").set_creation_datetime(&created));
    file.push_worksheet(totals::sheet(&book, &styles)?);
    file.push_worksheet(clauses::sheet(&book, &styles)?);
    file.push_worksheet(parts::sheet(&book, &styles)?);
    file.push_worksheet(figures::sheet(&book, &styles)?);
    file.push_worksheet(about::sheet(&book, &styles, made)?);
    Ok(file.save_to_buffer()?)
}

/// A text that fits into a cell, which holds 32,767 characters.
fn shortened(text: &str) -> &str {
    const MOST: usize = 32_000;
    text.char_indices().nth(MOST).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
