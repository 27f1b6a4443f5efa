//! A workbook's bytes to plain sheets: what a person sees in each cell.
//!
//! Cells are read one after the other and never as a rectangle: one cell in the last corner of a sheet
//! would otherwise claim gigabytes. Empty cells are not kept and count nowhere, because spreadsheet
//! programs write formatted empty cells far outside the table.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Style, Xlsx, XlsxError};

use crate::guard::{Admitted, admit};
use crate::problem::{Problem, ProblemKind};
use crate::table::{self, Encoding};

/// The most cells with content in a file.
pub const MAX_CELLS: usize = 20_000;
/// The most rows of a sheet.
pub const MAX_ROWS: u32 = 2_000;
/// The most columns of a sheet.
pub const MAX_COLUMNS: u32 = 200;
/// The most sheets.
pub const MAX_SHEETS: usize = 50;
/// The most cells that are looked at, empty ones included.
const MAX_VISITED: usize = 300_000;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

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
        Admitted::Workbook(archive) => Ok(Book { sheets: read_workbook(archive)?, text: None, problems: Vec::new() }),
    }
}

fn read_workbook(archive: Vec<u8>) -> Result<Vec<Sheet>, Problem> {
    let unreadable = |error: XlsxError| Problem::of_file(ProblemKind::Unreadable { detail: error.to_string() });
    let mut workbook: Xlsx<Cursor<Vec<u8>>> = Xlsx::new(Cursor::new(archive)).map_err(unreadable)?;
    let names = workbook.sheet_names();
    if names.len() > MAX_SHEETS {
        return Err(Problem::of_file(ProblemKind::TooManySheets { most: MAX_SHEETS }));
    }
    let mut reading = Reading { kept: 0, visited: 0 };
    let mut sheets = Vec::new();
    for name in names {
        if let Some(sheet) = reading.sheet(&mut workbook, name)? {
            sheets.push(sheet);
        }
    }
    Ok(sheets)
}

/// How much of a file has been read so far.
struct Reading {
    kept: usize,
    visited: usize,
}

impl Reading {
    /// A sheet; `None` if it holds a chart or something else that is no table.
    fn sheet(&mut self, workbook: &mut Xlsx<Cursor<Vec<u8>>>, name: String) -> Result<Option<Sheet>, Problem> {
        let unreadable = |error: XlsxError| Problem::of_sheet(&name, ProblemKind::Unreadable { detail: error.to_string() });
        let mut cells = match workbook.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        };
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(unreadable)? {
            let (row, column) = cell.get_position();
            let percent = cells.styles().get(style).is_some_and(is_percent);
            let content = content(cell.get_value(), percent);
            self.count(&name, row, column, content.is_some())?;
            if let Some(content) = content {
                sheet.cells.insert((row, column), content);
            }
        }
        drop(cells);
        let mut formulas = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
        while let Some(record) = formulas.next_cell_with_formula_metadata().map_err(unreadable)? {
            if record.formula.is_some() && record.value == DataRef::Empty {
                let (row, column) = record.pos;
                self.count(&name, row, column, true)?;
                sheet.cells.insert(record.pos, Cell::NotCalculated);
            }
        }
        drop(formulas);
        let areas = workbook.merge_cells_by_sheet_name(&name).map_err(unreadable)?.into_iter().take(MAX_CELLS);
        sheet.merged = areas.map(|area| Merged { first: area.start, last: area.end }).collect();
        Ok(Some(sheet))
    }

    fn count(&mut self, name: &str, row: u32, column: u32, kept: bool) -> Result<(), Problem> {
        self.visited = self.visited.saturating_add(1);
        self.kept = self.kept.saturating_add(usize::from(kept));
        if kept && (row >= MAX_ROWS || column >= MAX_COLUMNS) {
            return Err(Problem::at(name, row, column, ProblemKind::OutsideLimits { rows: MAX_ROWS, columns: MAX_COLUMNS }));
        }
        if self.kept > MAX_CELLS || self.visited > MAX_VISITED {
            return Err(Problem::at(name, row, column, ProblemKind::TooManyCells { most: MAX_CELLS }));
        }
        Ok(())
    }
}

fn content(value: &DataRef<'_>, percent: bool) -> Option<Cell> {
    Some(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => decimal(*number, percent).map_or(Cell::Error("#NUM!".to_owned()), Cell::Number),
        DataRef::String(text) if text.trim().is_empty() => return None,
        DataRef::SharedString(text) if text.trim().is_empty() => return None,
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(answer) => Cell::YesNo(*answer),
        DataRef::DateTime(moment) => moment_text(*moment).map_or(Cell::Error("#NUM!".to_owned()), Cell::Date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Date(text.replace('T', " ")),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    })
}

/// Whether a cell shows its number as a percentage: `%` outside of quoted words.
fn is_percent(style: &Style) -> bool {
    let Some(format) = &style.number_format else { return false };
    let mut quoted = false;
    let mut escaped = false;
    for character in format.format_code.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '%' if !quoted => return true,
            _ => {}
        }
    }
    matches!(format.format_id, Some(9 | 10))
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

fn moment_text(moment: ExcelDateTime) -> Option<String> {
    let value = moment.as_f64();
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    if moment.is_duration() || value < 1.0 {
        let seconds = decimal((value * DAY).round(), false)?.parse::<u64>().ok()?;
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        return Some(if seconds == 0 { format!("{hours}:{minutes:02}") } else { format!("{hours}:{minutes:02}:{seconds:02}") });
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

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

    #[test]
    fn dates_and_times() {
        let moment = |value, kind| moment_text(ExcelDateTime::new(value, kind, false));
        assert_eq!(moment(45_717.0, ExcelDateTimeType::DateTime).as_deref(), Some("2025-03-01"));
        assert_eq!(moment(45_717.5, ExcelDateTimeType::DateTime).as_deref(), Some("2025-03-01 12:00:00"));
        assert_eq!(moment(73.0 / 1_440.0, ExcelDateTimeType::DateTime).as_deref(), Some("1:13"));
        assert_eq!(moment(1.5, ExcelDateTimeType::TimeDelta).as_deref(), Some("36:00"));
        assert_eq!(moment(-1.0, ExcelDateTimeType::DateTime), None);
    }
}
