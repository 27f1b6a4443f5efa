//! Names of cells and ranges, as far as a sheet has them.

use crate::sheet::Merged;

/// The most rows of any sheet.
const ROWS: u32 = 1_048_576;
/// The most columns of any sheet, up to XFD.
const COLUMNS: u32 = 16_384;

/// Row and column of `B12`, both from 0; `None` if no sheet has that cell.
pub fn cell(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (letters, row) = name.split_at(digits);
    let add = |column: u32, letter: u8| {
        let letter = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?).checked_add(1)?;
        column.checked_mul(26)?.checked_add(letter).filter(|column| *column <= COLUMNS)
    };
    Some((self::row(row)?, letters.bytes().try_fold(0, add)?.checked_sub(1)?))
}

/// The row `12`, from 0; `None` if no sheet has it.
pub fn row(number: &str) -> Option<u32> {
    let is_plain = number.bytes().all(|digit| digit.is_ascii_digit());
    number.parse::<u32>().ok().filter(|row| is_plain && *row <= ROWS)?.checked_sub(1)
}

/// The range `A1:C9` or the single cell `A1`; `None` if no sheet has it or it runs backwards.
pub fn range(name: &str) -> Option<Merged> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    let (first, last) = (cell(first)?, cell(last)?);
    (first.0 <= last.0 && first.1 <= last.1).then_some(Merged { first, last })
}

/// The cell to the right, or the row below, of which there are at most this many.
pub fn next(last: Option<u32>, is_row: bool) -> Option<u32> {
    let next = last.map_or(Some(0), |last| last.checked_add(1))?;
    (next < if is_row { ROWS } else { COLUMNS }).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cells_that_a_sheet_has() {
        for (name, place) in [
            ("A1", Some((0, 0))),
            ("b12", Some((11, 1))),
            ("Z1", Some((0, 25))),
            ("AA1", Some((0, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("XFE1", None),
            ("A1048577", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("", None),
            ("A+1", None),
            ("A-1", None),
            ("$A$1", None),
            ("A1 ", None),
            ("表1", None),
            ("ZZZZZZZZZZZZZZ1", None),
            ("A99999999999999999999", None),
        ] {
            assert_eq!(cell(name), place, "{name}");
        }
        assert_eq!(range("B2:C9"), Some(Merged { first: (1, 1), last: (8, 2) }));
        assert_eq!(range("B2"), Some(Merged { first: (1, 1), last: (1, 1) }));
        for name in ["C9:B2", "A1:", ":A1", "A1:B2:C3", "?:B", "A:B", "1:2"] {
            assert_eq!(range(name), None, "{name}");
        }
        assert_eq!((row("1"), row("1048576"), row("0"), row("+1"), row("")), (Some(0), Some(1_048_575), None, None, None));
        assert_eq!((next(None, true), next(Some(16_383), false), next(Some(16_383), true)), (Some(0), None, Some(16_384)));
    }
}
