//! The sheet that says how the workbook was made and how to read it.

use dabiao_view::words::key;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::book::{Book, Sheet};
use super::style::{Styles, TITLE_POINTS, page, row_height};

const LABEL_WIDTH: f64 = 24.0;
const TEXT_WIDTH: f64 = 82.0;

/// The sheet about the workbook. `made` says when it was made.
pub(super) fn sheet(book: &Book<'_>, styles: &Styles, made: &str) -> Result<Worksheet, XlsxError> {
    let mut out = page(book, Sheet::About)?;
    out.set_portrait();
    out.set_row_height(0, TITLE_POINTS)?;
    out.set_column_width(0, LABEL_WIDTH)?;
    out.set_column_width(1, TEXT_WIDTH)?;
    out.write_string_with_format(0, 0, book.title(), &styles.title)?;
    out.write_string_with_format(1, 0, super::shortened(&book.place()), &styles.hint)?;
    let source = &book.document.source;
    let title = match book.locale {
        dabiao_view::Locale::Zh => &source.title,
        dabiao_view::Locale::En => &source.en,
    };
    let number = if source.number.is_empty() { book.word(key::FACT_NONE) } else { &source.number };
    let version = book.locale.fill(key::WORKBOOK_ABOUT_VERSION_VALUE, &[("version", env!("CARGO_PKG_VERSION"))]);
    let text = |word| book.word(word);
    let rows = [
        (key::WORKBOOK_ABOUT_STANDARD, book.locale.text(&book.document.name)),
        (key::WORKBOOK_ABOUT_DOCUMENT, title.as_str()),
        (key::WORKBOOK_ABOUT_NUMBER, number),
        (key::WORKBOOK_ABOUT_ISSUER, &source.issuer),
        (key::WORKBOOK_ABOUT_MADE, made),
        (key::WORKBOOK_ABOUT_VERSION, &version),
        (key::WORKBOOK_ABOUT_HOW, text(key::WORKBOOK_ABOUT_HOW_TEXT)),
        (key::WORKBOOK_ABOUT_UNKNOWN, text(key::WORKBOOK_ABOUT_UNKNOWN_TEXT)),
        (key::WORKBOOK_ABOUT_EXEMPT, text(key::WORKBOOK_ABOUT_EXEMPT_TEXT)),
        (key::WORKBOOK_ABOUT_REFERENCE, text(key::WORKBOOK_ABOUT_REFERENCE_TEXT)),
        (key::WORKBOOK_ABOUT_ENTERED, text(key::WORKBOOK_ABOUT_ENTERED_TEXT)),
        (key::WORKBOOK_ABOUT_RANGE, text(key::WORKBOOK_ABOUT_RANGE_TEXT)),
        (key::WORKBOOK_ABOUT_EXACT, text(key::WORKBOOK_ABOUT_EXACT_TEXT)),
        (key::WORKBOOK_ABOUT_POINTS, text(key::ABOUT_NO_POINTS)),
    ];
    for (row, (label, text)) in (3..).zip(rows) {
        out.write_string_with_format(row, 0, book.word(label), &styles.label)?;
        out.write_string_with_format(row, 1, super::shortened(text), &styles.paragraph)?;
        out.set_row_height(row, row_height(&[(book.word(label), LABEL_WIDTH), (text, TEXT_WIDTH)]) + 6.0)?;
    }
    Ok(out)
}
