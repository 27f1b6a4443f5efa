//! How wide the columns of a table are, and how many lines its rows take.
//!
//! A description gives shares; what stands in the cells differs from standard to standard and from
//! language to language. Columns of sentences give width to one another as long as the table gets
//! shorter by it. No font is asked: a Chinese character counts as two halves, any other letter as one.

use crate::report::{Align, Row, Table};

/// Half the width of a Chinese character in a cell, 五号, in twentieths of a point.
const HALF: u32 = 105;
/// What the margins of a cell take.
pub(super) const CELL_MARGINS: u32 = 120;
/// A column never becomes narrower than so many halves.
const LEAST_HALVES: u32 = 10;
/// How often width is moved; each move is an eightieth of the table or a few of them.
const MOST_MOVES: u32 = 60;
const STEPS: [u32; 3] = [1, 2, 4];
const STEPS_OF_TABLE: u32 = 80;

/// The columns of a table with the sizes of what stands in them.
pub(super) struct Columns {
    /// The width of every column, in twentieths of a point.
    pub(super) widths: Vec<u32>,
    /// For every row with cells and every cell the length of its lines in halves; `None` for a heading.
    rows: Vec<Option<Vec<Vec<u32>>>>,
}

impl Columns {
    /// Fits the columns of a table into this width.
    pub(super) fn fit(table: &Table, text_width: u32) -> Self {
        let rows = table.rows.iter().map(|row| match row {
            Row::Cells(cells) | Row::Total(cells) => Some(cells.iter().map(|cell| line_lengths(cell)).collect()),
            Row::Heading(_) => None,
        });
        let mut columns = Self { widths: shares(table, text_width), rows: rows.collect() };
        let least = least_widths(table, &columns.widths);
        let step = text_width.checked_div(STEPS_OF_TABLE).unwrap_or_default();
        for _ in 0..MOST_MOVES {
            let Some(better) = columns.better(table, &least, step) else { break };
            columns.widths = better;
        }
        columns
    }

    /// About how many lines a row takes.
    pub(super) fn lines_of_row(&self, row: usize) -> u32 {
        self.rows.get(row).and_then(Option::as_ref).map_or(1, |cells| height(cells, &self.widths))
    }

    /// About how many lines all rows take.
    pub(super) fn lines(&self) -> u32 {
        self.cost(&self.widths).0
    }

    /// The lines of all rows, and, where that is the same, the lines of all cells: a word more on a line
    /// is a line less to read, even if another cell keeps the row as tall.
    fn cost(&self, widths: &[u32]) -> (u32, u32) {
        self.rows.iter().fold((0, 0), |(rows, cells): (u32, u32), row| {
            let Some(row) = row else { return (rows.saturating_add(1), cells) };
            let all = row.iter().zip(widths).map(|(cell, width)| lines_of_cell(cell, *width)).fold(0, u32::saturating_add);
            (rows.saturating_add(height(row, widths)), cells.saturating_add(all))
        })
    }

    /// The widths after the move that shortens the table most; `None` if none does.
    fn better(&self, table: &Table, least: &[u32], step: u32) -> Option<Vec<u32>> {
        let movable = |column: &usize| table.columns.get(*column).is_some_and(|column| column.align == Align::Start);
        let mut best = (self.cost(&self.widths), None);
        for from in (0..self.widths.len()).filter(movable) {
            for to in (0..self.widths.len()).filter(movable).filter(|to| *to != from) {
                for amount in STEPS.map(|steps| step.saturating_mul(steps)) {
                    let Some(moved) = moved(&self.widths, least, from, to, amount) else { continue };
                    let cost = self.cost(&moved);
                    if cost < best.0 {
                        best = (cost, Some(moved));
                    }
                }
            }
        }
        best.1
    }
}

/// The widths with some of one column given to another; `None` if it cannot spare so much.
fn moved(widths: &[u32], least: &[u32], from: usize, to: usize, amount: u32) -> Option<Vec<u32>> {
    let mut moved = widths.to_vec();
    let left = moved.get(from)?.checked_sub(amount)?;
    if left < *least.get(from)? {
        return None;
    }
    *moved.get_mut(from)? = left;
    let wider = moved.get_mut(to)?;
    *wider = wider.saturating_add(amount);
    Some(moved)
}

/// The width of every column by its share, the last one taking what rounding leaves.
fn shares(table: &Table, text_width: u32) -> Vec<u32> {
    let all = table.columns.iter().map(|column| u32::from(column.width)).sum::<u32>().max(1);
    let mut before = 0_u32;
    let mut edge = 0_u32;
    let each = table.columns.iter().map(|column| {
        before = before.saturating_add(u32::from(column.width));
        let next = text_width.saturating_mul(before).checked_div(all).unwrap_or_default();
        let width = next.saturating_sub(edge);
        edge = next;
        width
    });
    each.collect()
}

/// What every column needs for its heading and its longest word, if it has as much.
fn least_widths(table: &Table, widths: &[u32]) -> Vec<u32> {
    let words = |column: usize| {
        let cells = table.rows.iter().filter_map(move |row| match row {
            Row::Cells(cells) | Row::Total(cells) => cells.get(column),
            Row::Heading(_) => None,
        });
        cells.flat_map(|cell| cell.split(|character: char| !character.is_ascii_graphic())).map(halves).max().unwrap_or_default()
    };
    let each = table.columns.iter().zip(widths).enumerate().map(|(number, (column, width))| {
        let needed = words(number).max(halves(&column.heading)).max(LEAST_HALVES);
        needed.saturating_mul(HALF).saturating_add(CELL_MARGINS).min(*width)
    });
    each.collect()
}

fn line_lengths(cell: &str) -> Vec<u32> {
    cell.split('\n').map(halves).collect()
}

fn halves(text: &str) -> u32 {
    text.chars().fold(0, |sum, character| sum.saturating_add(if character.is_ascii() { 1 } else { 2 }))
}

/// How many lines the tallest cell takes.
fn height(cells: &[Vec<u32>], widths: &[u32]) -> u32 {
    cells.iter().zip(widths).map(|(cell, width)| lines_of_cell(cell, *width)).max().unwrap_or(1)
}

fn lines_of_cell(cell: &[u32], width: u32) -> u32 {
    let per_line = width.saturating_sub(CELL_MARGINS).checked_div(HALF).unwrap_or_default().max(1);
    cell.iter().map(|halves| halves.div_ceil(per_line).max(1)).fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    fn table(cells: [&str; 3]) -> Table {
        let mut table = Table::new("", vec![Column::text("a", 1), Column::text("b", 1), Column::short("c", 1)]);
        table.rows = vec![Row::Cells(cells.map(str::to_owned).to_vec())];
        table
    }

    #[test]
    fn columns_fill_the_width_exactly() {
        assert_eq!(shares(&table(["", "", ""]), 100), [33, 33, 34]);
        for cells in [["", "", ""], ["short", "要求很长".repeat(40).as_str(), "1"]] {
            assert_eq!(Columns::fit(&table(cells), 8_844).widths.iter().sum::<u32>(), 8_844);
        }
    }

    #[test]
    fn a_long_column_takes_from_a_short_one_and_numbers_stay_put() {
        let long = "要求很长".repeat(40);
        let even = Columns::fit(&table(["x", "y", "1"]), 9_000);
        let uneven = Columns::fit(&table(["x", &long, "1"]), 9_000);
        assert_eq!(even.widths, [3_000, 3_000, 3_000]);
        assert!(uneven.widths[1] > 3_000 && uneven.widths[0] >= CELL_MARGINS + LEAST_HALVES * HALF);
        assert_eq!(uneven.widths[2], 3_000);
        assert!(uneven.lines() < Columns { widths: even.widths, rows: uneven.rows }.lines());
    }
}
