//! Text with separators, in and out.
//!
//! In: the encoding is found over the whole file and told, so that a person can choose another; Chinese
//! Excel writes GBK, which GB18030 contains. Out: UTF-8 with a mark, or GB18030, by RFC 4180.
//! A cell that a spreadsheet program would take for a formula gets a `'` in front, which reading takes off.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

use crate::charset::{read_gb18030, read_utf16, write_gb18030};
use crate::problem::{Problem, ProblemKind};
use crate::sheet::{Book, Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet};

/// How a text is written in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark in front. Written with one, because Excel asks for it.
    Utf8,
    /// GB18030, which contains GBK and GB2312.
    Gb18030,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
}

/// What stands between the cells of a row, the most usual first.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

impl Encoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Gb18030, Self::Utf16Le, Self::Utf16Be];

    /// Its usual name, in lower case.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The encoding with this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.id().eq_ignore_ascii_case(id))
    }

    /// The encoding of a text: by its mark, else UTF-8 if all of it is, else GB18030.
    #[must_use]
    pub fn find(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ if std::str::from_utf8(bytes).is_ok() => Self::Utf8,
            _ => Self::Gb18030,
        }
    }

    /// The text without its mark, and whether all bytes fit the encoding.
    fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        let owned = |(text, is_whole): (String, bool)| (Cow::Owned(text), is_whole);
        let (text, is_whole) = match self {
            Self::Utf8 => {
                let text = String::from_utf8_lossy(bytes);
                let is_whole = matches!(text, Cow::Borrowed(_));
                (text, is_whole)
            }
            Self::Gb18030 => owned(read_gb18030(bytes)),
            Self::Utf16Le => owned(read_utf16(bytes, u16::from_le_bytes)),
            Self::Utf16Be => owned(read_utf16(bytes, u16::from_be_bytes)),
        };
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Cow::Owned(text) => Cow::Owned(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        };
        (text, is_whole)
    }
}

/// Reads a text with separators as one sheet. `encoding` overrides what is found.
///
/// # Errors
/// [`Problem`] if it has more cells than are read.
pub fn read_table(bytes: &[u8], name: &str, encoding: Option<Encoding>) -> Result<Book, Problem> {
    let encoding = encoding.unwrap_or_else(|| Encoding::find(bytes));
    let (text, is_whole) = encoding.decode(bytes);
    let mut problems = Vec::new();
    if !is_whole {
        problems.push(Problem::of_file(ProblemKind::Encoding { encoding: encoding.id() }));
    }
    let (separator, text, skipped) = separator(&text);
    let cells = read_cells(text, separator, name, skipped)?;
    let sheet = Sheet { name: name.to_owned(), cells, merged: Vec::new() };
    Ok(Book { sheets: vec![sheet], text: Some((encoding, separator)), problems })
}

fn read_cells(text: &str, separator: char, name: &str, first_row: u32) -> Result<BTreeMap<(u32, u32), Cell>, Problem> {
    let mut cells = BTreeMap::new();
    let mut rest = text.chars().peekable();
    let (mut row, mut column) = (first_row, 0_u32);
    while rest.peek().is_some() {
        let (text, end) = read_cell(&mut rest, separator);
        if !text.trim().is_empty() {
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(Problem::at(name, row, column, ProblemKind::OutsideLimits { rows: MAX_ROWS, columns: MAX_COLUMNS }));
            }
            if cells.len() >= MAX_CELLS {
                return Err(Problem::at(name, row, column, ProblemKind::TooManyCells { most: MAX_CELLS }));
            }
            cells.insert((row, column), Cell::Text(unguarded(&text).to_owned()));
        }
        (row, column) = match end {
            End::OfCell => (row, column.saturating_add(1)),
            End::OfRow => (row.saturating_add(1), 0),
        };
    }
    Ok(cells)
}

/// What ends a cell.
enum End {
    OfCell,
    OfRow,
}

/// A reader of ours, because rows must be counted as a spreadsheet program shows them: empty lines are
/// rows, and a quoted cell with line breaks is one row of several lines.
fn read_cell(rest: &mut Peekable<Chars<'_>>, separator: char) -> (String, End) {
    let mut text = String::new();
    let mut quoted = rest.next_if_eq(&'"').is_some();
    while let Some(character) = rest.next() {
        match character {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => text.push('"'),
            '"' if quoted => quoted = false,
            _ if quoted => text.push(character),
            '\n' => return (text, End::OfRow),
            '\r' => {
                rest.next_if_eq(&'\n');
                return (text, End::OfRow);
            }
            _ if character == separator => return (text, End::OfCell),
            _ => text.push(character),
        }
    }
    (text, End::OfRow)
}

/// The separator, the text behind a line that only names it, and how many lines that is.
fn separator(text: &str) -> (char, &str, u32) {
    if let Some((first, rest)) = text.split_once('\n') {
        let named = first.trim_end_matches('\r').strip_prefix("sep=");
        if let Some(separator) = named.and_then(|named| SEPARATORS.into_iter().find(|separator| named == separator.to_string())) {
            return (separator, rest, 1);
        }
    }
    // In the first lines, outside of quotes.
    let mut counts = SEPARATORS.map(|separator| (separator, 0_u32));
    let mut quoted = false;
    for character in text.chars().take(20_000) {
        quoted ^= character == '"';
        for (separator, count) in &mut counts {
            *count = count.saturating_add(u32::from(character == *separator && !quoted));
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    (counts.into_iter().find(|(_, count)| *count == most).map_or(',', |(separator, _)| separator), text, 0)
}

/// Rows as a text with commas, each cell guarded against being taken for a formula.
/// Anything but GB18030 is written as UTF-8 with a mark.
#[must_use]
pub fn write_table(rows: &[Vec<String>], encoding: Encoding) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        for (index, cell) in row.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            let cell = guarded(cell);
            if cell.contains([',', '"', '\r', '\n', ';', '\t']) || cell.starts_with(' ') || cell.ends_with(' ') {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&cell);
            }
        }
        text.push_str("\r\n");
    }
    match encoding {
        Encoding::Gb18030 => write_gb18030(&text),
        _ => [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
    }
}

/// The cell with a `'` in front if a spreadsheet program would take it for a formula. One that begins
/// with `'` and would be taken for a guarded one gets another, so that reading gives back what was written.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    let bare = cell.trim_start_matches('\'');
    let is_guarded_already = bare.len() < cell.len();
    if begins_like_formula(bare) && (is_guarded_already || !is_number(cell)) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell without the `'` that [`guarded`] put in front.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if begins_like_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn begins_like_formula(cell: &str) -> bool {
    // Some programs take off spaces before they look.
    cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A plain number with sign, point and percent sign: nothing that could be calculated.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let digits = digits.strip_suffix('%').unwrap_or(digits);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Cells = Vec<((u32, u32), String)>;

    fn texts(bytes: &[u8]) -> (Cells, Encoding, char) {
        let book = read_table(bytes, "a.csv", None).unwrap();
        let (encoding, separator) = book.text.unwrap();
        let cells = book.sheets[0].cells.iter().map(|(place, cell)| (*place, cell.shown().to_owned())).collect();
        (cells, encoding, separator)
    }

    #[test]
    fn encodings_are_found() {
        let text = "指标,数值\r\n全县常住人口,2.3万\r\n";
        let wide = |little: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        // 指标,数值 / 全县常住人口,2.3万 in GBK, from its table.
        let gbk = b"\xd6\xb8\xb1\xea,\xca\xfd\xd6\xb5\r\n\xc8\xab\xcf\xd8\xb3\xa3\xd7\xa1\xc8\xcb\xbf\xda,2.3\xcd\xf2\r\n";
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            ([&b"\xef\xbb\xbf"[..], text.as_bytes()].concat(), Encoding::Utf8),
            (gbk.to_vec(), Encoding::Gb18030),
            (wide(true), Encoding::Utf16Le),
            (wide(false), Encoding::Utf16Be),
        ] {
            let (cells, found, _) = texts(&bytes);
            assert_eq!(found, encoding);
            assert_eq!(cells[0], ((0, 0), "指标".to_owned()), "{encoding:?}");
            assert_eq!(cells[3], ((1, 1), "2.3万".to_owned()), "{encoding:?}");
        }
        let chosen = read_table(gbk, "a.csv", Some(Encoding::Utf8)).unwrap();
        assert_eq!(chosen.problems[0].kind, ProblemKind::Encoding { encoding: "utf-8" });
    }

    #[test]
    fn rows_are_those_that_a_spreadsheet_shows() {
        let (cells, _, separator) = texts("sep=;\na;\"two\nlines\"\n\nb;c\n".as_bytes());
        assert_eq!(separator, ';');
        let places: Vec<(u32, u32)> = cells.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, [(1, 0), (1, 1), (3, 0), (3, 1)]);
        assert_eq!(texts(b"a\tb\n1,5\t2\n").2, '\t');
        assert_eq!(texts(b"a,b\n1,2\n").2, ',');
    }

    #[test]
    fn what_is_written_is_read_back() {
        let cells = ["=1+1", "'=1", "''=1", "-3.5", "-3.5%", "+3", "-3+4", "@a", "＝1", "\ta", "plain", "a,b", "say \"so\"", "'tis", "—"];
        let rows = vec![cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>()];
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let book = read_table(&write_table(&rows, encoding), "a.csv", None).unwrap();
            let read: Vec<&str> = book.sheets[0].cells.values().map(Cell::shown).collect();
            assert_eq!(read, cells);
        }
        assert_eq!(guarded("=1+1"), "'=1+1");
        assert_eq!(guarded("-3.5"), "-3.5");
        assert_eq!(guarded("-3+4"), "'-3+4");
        assert_eq!(guarded(" =1+1"), "' =1+1");
        assert_eq!(unguarded("' =1+1"), " =1+1");
        assert_eq!(guarded(" 8"), " 8");
    }
}
