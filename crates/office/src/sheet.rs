//! A file's bytes to plain sheets: what a person sees in each cell.

use std::collections::BTreeMap;

use crate::guard::{Admitted, admit};
use crate::problem::Problem;
use crate::table::{self, Encoding};
use crate::xlsx;

/// The most cells with content in a file.
pub const MAX_CELLS: usize = 20_000;
/// The most rows of a sheet.
pub const MAX_ROWS: u32 = 2_000;
/// The most columns of a sheet.
pub const MAX_COLUMNS: u32 = 200;
/// The most sheets.
pub const MAX_SHEETS: usize = 50;

/// A table of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; the file's for a text with separators.
    pub name: String,
    /// The cells with content by row and column, both from 0.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged areas. The value of one belongs to its first cell.
    pub merged: Vec<Merged>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, or a number of a text with separators.
    Text(String),
    /// A number in decimal digits; with `%` if the cell shows it so.
    Number(String),
    /// A date or time in ISO 8601: `2025-03-01`, `2025-03-01 08:30:00`, `1:13`.
    Date(String),
    /// TRUE or FALSE.
    YesNo(bool),
    /// A formula's error, such as `#REF!`.
    Error(String),
    /// A formula without a stored result.
    NotCalculated,
}

/// A merged area; rows and columns from 0, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Row and column of the cell that holds the value.
    pub first: (u32, u32),
    /// Row and column of the opposite corner.
    pub last: (u32, u32),
}

/// The sheets of a file, and how its text was encoded if it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    /// The sheets in order.
    pub sheets: Vec<Sheet>,
    /// The encoding and the separator of a text; `None` for a workbook.
    pub text: Option<(Encoding, char)>,
    /// What was odd but did not stop the reading.
    pub problems: Vec<Problem>,
}

impl Cell {
    /// What a person sees; 是 and 否 for TRUE and FALSE, nothing for a formula without result.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Error(text) => text,
            Self::YesNo(true) => "是",
            Self::YesNo(false) => "否",
            Self::NotCalculated => "",
        }
    }
}

impl Sheet {
    /// What a person sees in a cell, without the spaces around it.
    #[must_use]
    pub fn shown(&self, row: u32, column: u32) -> &str {
        self.cells.get(&(row, column)).map_or("", Cell::shown).trim()
    }

    /// The merged area that covers a cell without being led by it.
    #[must_use]
    pub fn covered(&self, row: u32, column: u32) -> Option<Merged> {
        self.merged.iter().copied().find(|area| {
            let ((top, left), (bottom, right)) = (area.first, area.last);
            (top..=bottom).contains(&row) && (left..=right).contains(&column) && area.first != (row, column)
        })
    }

    /// The rows that have content, in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows.into_iter()
    }
}

/// Reads a workbook or a text with separators, whichever it is. `encoding` overrides what is found.
///
/// # Errors
/// [`Problem`] if the file is refused or cannot be read.
pub fn read_book(bytes: &[u8], file_name: &str, encoding: Option<Encoding>) -> Result<Book, Problem> {
    match admit(bytes, file_name)? {
        Admitted::Table => table::read_table(bytes, file_name, encoding),
        Admitted::Workbook(parts) => Ok(Book { sheets: xlsx::read(&parts)?, text: None, problems: Vec::new() }),
    }
}

/// A number as the decimal text that a person sees: 15 significant digits, as spreadsheet programs
/// keep them, so that 0.1+0.2 is 0.3. `None` if it is none.
#[must_use]
pub fn decimal(number: f64, percent: bool) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let scientific = format!("{number:.14e}");
    let (mantissa, exponent) = scientific.split_once('e')?;
    let negative = mantissa.starts_with('-');
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return Some(if percent { "0%".to_owned() } else { "0".to_owned() });
    }
    // Where the point stands, counted from the first digit.
    let point = exponent.parse::<i32>().ok()?.checked_add(if percent { 3 } else { 1 })?;
    let mut text = if negative { "-".to_owned() } else { String::new() };
    match usize::try_from(point) {
        Ok(point) if point > 0 => {
            text.push_str(digits.get(..point).unwrap_or(digits));
            text.extend(std::iter::repeat_n('0', point.saturating_sub(digits.len())));
            if let Some(fraction) = digits.get(point..).filter(|fraction| !fraction.is_empty()) {
                text.push('.');
                text.push_str(fraction);
            }
        }
        _ => {
            text.push_str("0.");
            text.extend(std::iter::repeat_n('0', usize::try_from(point.unsigned_abs()).ok()?));
            text.push_str(digits);
        }
    }
    if percent {
        text.push('%');
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_digits_that_a_person_sees() {
        for (number, percent, text) in [
            (0.1 + 0.2, false, "0.3"),
            (91.75, false, "91.75"),
            (401.23, false, "401.23"),
            (-0.4, false, "-0.4"),
            (0.0, false, "0"),
            (20000.0, false, "20000"),
            (1e15, false, "1000000000000000"),
            (0.000_012_5, false, "0.0000125"),
            (0.125, true, "12.5%"),
            (0.9985, true, "99.85%"),
            (1.0, true, "100%"),
            (-0.004, true, "-0.4%"),
            (0.000_1, true, "0.01%"),
            (12.0, true, "1200%"),
        ] {
            assert_eq!(decimal(number, percent).as_deref(), Some(text));
        }
        assert_eq!(decimal(f64::NAN, false), None);
        assert_eq!(decimal(f64::INFINITY, false), None);
    }
}
