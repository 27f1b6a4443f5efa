//! A report as plain text and tables: what is said and in which order, and nothing of how it is drawn.

use dabiao_view::Locale;

/// A report, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The language it is written in.
    pub locale: Locale,
    /// The title above everything; a line feed begins a new line.
    pub title: String,
    /// The product and version that made it.
    pub product: String,
    /// What it says, from the beginning to the end.
    pub blocks: Vec<Block>,
}

/// A piece of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading with its number in it, at level 1, 2 or 3.
    Heading(u8, String),
    /// Running text.
    Paragraph(String),
    /// Several things, numbered by whoever lays them out.
    List(Vec<String>),
    /// A remark in small print, about the block before it.
    Note(String),
    /// A table.
    Table(Table),
    /// Names the annexes below the text.
    Mention(String),
    /// Who signs, and the date.
    Signature(Vec<String>),
    /// Here an annex begins, on a page of its own; everything after it belongs to it.
    Annex {
        /// Such as `附件`.
        label: String,
        /// Its title.
        title: String,
        /// Whether its tables need the long side of the paper.
        is_wide: bool,
    },
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows, for whoever cannot see it.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, below the header.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub heading: String,
    /// Its share of the table's width, in relation to the other columns.
    pub width: u16,
    /// Where its cells stand.
    pub align: Align,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Where lines begin: sentences.
    Start,
    /// In the middle: numbers and words that are compared down the column.
    Middle,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// One text per column; a line feed begins a new line.
    Cells(Vec<String>),
    /// The sum of the rows above.
    Total(Vec<String>),
    /// A heading over the rows that follow, across all columns.
    Heading(String),
}

impl Report {
    /// The title where it stands in one line.
    #[must_use]
    pub fn title_in_one_line(&self) -> String {
        let gap = match self.locale {
            Locale::Zh => "",
            Locale::En => ": ",
        };
        self.title.lines().collect::<Vec<&str>>().join(gap)
    }

    /// Every table, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(title: &str, columns: Vec<Column>) -> Self {
        Self { title: title.to_owned(), columns, rows: Vec::new() }
    }
}

impl Column {
    /// A column of sentences.
    #[must_use]
    pub fn text(heading: &str, width: u16) -> Self {
        Self { heading: heading.to_owned(), width, align: Align::Start }
    }

    /// A column of numbers or short words.
    #[must_use]
    pub fn short(heading: &str, width: u16) -> Self {
        Self { heading: heading.to_owned(), width, align: Align::Middle }
    }
}
