//! What is wrong in a file that was read: where it stands, and of what kind it is. Words: `words`.

use dabiao_core::{ClauseIndex, EntryError, FigureIndex};

use crate::guard::Refusal;

/// Something that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The sheet; `None` if it concerns the whole file.
    pub sheet: Option<String>,
    /// The cell, such as `F12`; `None` if it concerns the whole sheet.
    pub cell: Option<String>,
    /// What it is.
    pub kind: ProblemKind,
}

/// The kinds of problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file is not read at all.
    Refused(Refusal),
    /// The workbook is not what a spreadsheet program writes; the parser's words are for developers.
    Unreadable {
        /// What the parser said.
        detail: String,
    },
    /// More sheets than are read.
    TooManySheets {
        /// The most sheets.
        most: usize,
    },
    /// More cells than are read.
    TooManyCells {
        /// The most cells.
        most: usize,
    },
    /// A cell outside the rows and columns that are read.
    OutsideLimits {
        /// The most rows.
        rows: u32,
        /// The most columns.
        columns: u32,
    },
    /// Bytes that are no text in the chosen encoding.
    Encoding {
        /// The encoding.
        encoding: &'static str,
    },
    /// No sheet is a template of ours or has headings that are known.
    NothingRecognized,
    /// A template of another standard.
    OtherStandard {
        /// The id of that standard.
        id: String,
    },
    /// A template of a later version of the program; what is known of it was read.
    LaterVersion {
        /// The version of the template's layout.
        version: u32,
    },
    /// A template of an earlier version of the program or of the standard; what is still there was read.
    EarlierVersion,
    /// A figure that the standard does not have.
    UnknownFigure {
        /// What stands there.
        found: String,
    },
    /// A clause that the standard does not have.
    UnknownClause {
        /// What stands there.
        found: String,
    },
    /// A name that several figures have.
    AmbiguousName {
        /// The name.
        found: String,
    },
    /// An answer in a row that names no figure.
    NoFigure {
        /// The answer.
        found: String,
    },
    /// A figure that was answered before, differently. Neither answer is taken.
    Contradiction {
        /// The figure.
        figure: FigureIndex,
        /// The other answer.
        other: String,
        /// Where the other answer stands.
        place: String,
    },
    /// An answer that is no value of the figure.
    NotAValue {
        /// The figure.
        figure: FigureIndex,
        /// What stands there.
        found: String,
        /// What is wrong with it.
        error: Box<EntryError>,
    },
    /// A date or time where a number is asked: spreadsheet programs turn 3-5 and 1:13 into them.
    DateForNumber {
        /// The figure.
        figure: FigureIndex,
        /// The date.
        found: String,
    },
    /// A formula that failed.
    ErrorValue {
        /// Such as `#REF!`.
        found: String,
    },
    /// A formula without a result: the program that wrote the file does not calculate.
    NotCalculated,
    /// A cell that is merged with another one, so that it cannot hold an answer.
    Merged {
        /// The cell that holds the value.
        into: String,
    },
    /// Neither yes nor no where the template asks for one.
    NotYesOrNo {
        /// What stands there.
        found: String,
    },
    /// Not applicable without a reason.
    NoReason {
        /// The clause.
        clause: ClauseIndex,
    },
}

impl Problem {
    /// A problem of the whole file.
    #[must_use]
    pub fn of_file(kind: ProblemKind) -> Self {
        Self { sheet: None, cell: None, kind }
    }

    /// A problem of a whole sheet.
    #[must_use]
    pub fn of_sheet(sheet: &str, kind: ProblemKind) -> Self {
        Self { sheet: Some(sheet.to_owned()), cell: None, kind }
    }

    /// A problem of a cell; rows and columns count from 0.
    #[must_use]
    pub fn at(sheet: &str, row: u32, column: u32, kind: ProblemKind) -> Self {
        Self { sheet: Some(sheet.to_owned()), cell: Some(cell_name(row, column)), kind }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        Self::of_file(ProblemKind::Refused(refusal))
    }
}

/// The name of a cell as spreadsheet programs show it; rows and columns count from 0.
///
/// ```
/// use dabiao_office::problem::cell_name;
/// assert_eq!(cell_name(11, 5), "F12");
/// assert_eq!(cell_name(1_048_575, 16_383), "XFD1048576");
/// ```
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = u64::from(column).saturating_add(1);
    while let Some(before) = rest.checked_sub(1) {
        letters.insert(0, u8::try_from(before % 26).map_or('A', |letter| char::from(b'A'.saturating_add(letter))));
        rest = before / 26;
    }
    format!("{letters}{}", u64::from(row).saturating_add(1))
}
