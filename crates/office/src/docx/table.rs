//! Tables: fixed columns of stated width, a header that repeats, rows that stay whole.
//!
//! Widths stand twice, as the grid and in every cell, and never as "fit to content": WPS ignores that.

use dabiao_view::Locale;

use super::body::{Keep, aligned_paragraph};
use super::page::Orientation;
use super::style::Style;
use super::xml::Xml;
use crate::report::{Align, Row, Table};

/// A row of more lines than this may break across pages: kept whole it would leave too much of a page
/// empty, or not fit on one.
const MOST_WHOLE_LINES: u32 = 12;
/// A table of no more lines than this stays whole.
const MOST_LINES_TOGETHER: u32 = 18;
/// The width of a Chinese character in a cell, and what the margins of a cell take.
const CHARACTER_WIDTH: u32 = 210;
const CELL_MARGINS: u32 = 120;
/// The grey behind headers and headings inside a table.
const SHADE: &str = "F2F2F2";

/// A table as wide as the text.
pub(super) fn table(xml: &mut Xml, locale: Locale, orientation: Orientation, table: &Table) {
    let widths = widths(table, orientation.text_width());
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            let total = widths.iter().sum::<u32>().to_string();
            xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
            xml.value("w:jc", "center");
            borders(xml);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                for (side, width) in [("w:top", "30"), ("w:left", "60"), ("w:bottom", "30"), ("w:right", "60")] {
                    xml.empty(side, &[("w:w", width), ("w:type", "dxa")]);
                }
            });
            xml.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noVBand", "1")]);
            xml.value("w:tblCaption", &table.title);
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        });
        row(xml, RowKind::Header, false, |xml| {
            for (column, width) in table.columns.iter().zip(&widths) {
                let place = Place { width: *width, columns: 1, is_shaded: true };
                cell(xml, place, |xml| aligned_paragraph(xml, locale, Style::TableHead, &column.heading, Keep::WithNext, None));
            }
        });
        let is_short = is_short(table, &widths);
        for (number, row) in table.rows.iter().enumerate() {
            let is_last = number.saturating_add(1) == table.rows.len();
            let keep = if is_short && !is_last { Keep::WithNext } else { Keep::Free };
            table_row(xml, locale, table, &widths, row, keep);
        }
    });
}

fn table_row(xml: &mut Xml, locale: Locale, table: &Table, widths: &[u32], content: &Row, keep: Keep) {
    let (cells, style) = match content {
        Row::Cells(cells) => (cells, Style::TableCell),
        Row::Total(cells) => (cells, Style::TableHead),
        Row::Heading(text) => {
            let place = Place { width: widths.iter().sum(), columns: widths.len(), is_shaded: true };
            // A heading stays with the first row below it.
            return row(xml, RowKind::Other, false, |xml| {
                cell(xml, place, |xml| aligned_paragraph(xml, locale, Style::TableHead, text, Keep::WithNext, Some("left")));
            });
        }
    };
    let is_long = cells.iter().zip(widths).any(|(cell, width)| lines(cell, *width) > MOST_WHOLE_LINES);
    row(xml, RowKind::Other, is_long, |xml| {
        for ((column, width), text) in table.columns.iter().zip(widths).zip(cells) {
            let align = match column.align {
                Align::Start => "left",
                Align::Middle => "center",
            };
            let place = Place { width: *width, columns: 1, is_shaded: false };
            cell(xml, place, |xml| aligned_paragraph(xml, locale, style, text, keep, Some(align)));
        }
    });
}

/// Whether a table is so short that it is better moved to the next page than broken.
fn is_short(table: &Table, widths: &[u32]) -> bool {
    let height = |row: &Row| match row {
        Row::Cells(cells) | Row::Total(cells) => cells.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).max().unwrap_or(1),
        Row::Heading(_) => 1,
    };
    table.rows.iter().map(height).fold(0, u32::saturating_add) <= MOST_LINES_TOGETHER
}

/// About how many lines a text takes in a cell; other letters are half as wide as Chinese characters.
fn lines(text: &str, width: u32) -> u32 {
    let per_line = width.saturating_sub(CELL_MARGINS).checked_div(CHARACTER_WIDTH.div_ceil(2)).unwrap_or_default().max(1);
    let halves = |line: &str| line.chars().fold(0_u32, |sum, character| sum.saturating_add(if character.is_ascii() { 1 } else { 2 }));
    text.split('\n').map(|line| halves(line).div_ceil(per_line).max(1)).fold(0, u32::saturating_add)
}

/// The width of every column: its share, the last one taking what rounding leaves.
fn widths(table: &Table, text_width: u32) -> Vec<u32> {
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

fn borders(xml: &mut Xml) {
    xml.element("w:tblBorders", &[], |xml| {
        for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
            // Half a point.
            xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")]);
        }
    });
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowKind {
    Header,
    Other,
}

fn row(xml: &mut Xml, kind: RowKind, may_break: bool, cells: impl FnOnce(&mut Xml)) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            if !may_break {
                xml.empty("w:cantSplit", &[]);
            }
            if kind == RowKind::Header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        cells(xml);
    });
}

/// Where a cell stands and how it looks.
#[derive(Clone, Copy, Debug)]
struct Place {
    width: u32,
    columns: usize,
    is_shaded: bool,
}

fn cell(xml: &mut Xml, place: Place, content: impl FnOnce(&mut Xml)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &place.width.to_string()), ("w:type", "dxa")]);
            if place.columns > 1 {
                xml.value("w:gridSpan", &place.columns.to_string());
            }
            if place.is_shaded {
                xml.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", SHADE)]);
            }
            xml.value("w:vAlign", "center");
        });
        content(xml);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Column;

    #[test]
    fn columns_fill_the_width_exactly() {
        let table = Table::new("", vec![Column::text("a", 1), Column::text("b", 1), Column::short("c", 1)]);
        for orientation in [Orientation::Portrait, Orientation::Landscape] {
            assert_eq!(widths(&table, orientation.text_width()).iter().sum::<u32>(), orientation.text_width());
        }
        assert_eq!(widths(&table, 100), [33, 33, 34]);
    }
}
