//! Tables: fixed columns of stated width, a header that repeats, rows that stay whole.
//!
//! Widths stand twice, as the grid and in every cell, and never as "fit to content": WPS ignores that.

use dabiao_view::Locale;

use super::body::{Keep, aligned_paragraph};
use super::columns::{CELL_MARGINS, Columns};
use super::page::Orientation;
use super::style::Style;
use super::xml::Xml;
use crate::report::{Align, Row, Table};

/// A row of more lines than this may break across pages: kept whole it would leave too much of a page
/// empty, or not fit on one.
const MOST_WHOLE_LINES: u32 = 12;
/// A table of no more lines than this stays whole.
const MOST_LINES_TOGETHER: u32 = 18;
/// The grey behind headers and headings inside a table.
const SHADE: &str = "F2F2F2";

/// A table as wide as the text.
pub(super) fn table(xml: &mut Xml, locale: Locale, orientation: Orientation, table: &Table) {
    let columns = Columns::fit(table, orientation.text_width());
    let widths = columns.widths.as_slice();
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            let total = widths.iter().sum::<u32>().to_string();
            xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
            xml.value("w:jc", "center");
            borders(xml);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                let beside = CELL_MARGINS.div_ceil(2);
                for (side, width) in [("w:top", 30), ("w:left", beside), ("w:bottom", 30), ("w:right", beside)] {
                    xml.empty(side, &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                }
            });
            xml.empty("w:tblLook", &[("w:val", "0420"), ("w:firstRow", "1"), ("w:noVBand", "1")]);
            xml.value("w:tblCaption", &table.title);
        });
        xml.element("w:tblGrid", &[], |xml| {
            widths.iter().for_each(|width| xml.empty("w:gridCol", &[("w:w", &width.to_string())]));
        });
        row(xml, RowKind::Header, false, |xml| {
            for (column, width) in table.columns.iter().zip(widths) {
                let place = Place { width: *width, columns: 1, is_shaded: true };
                cell(xml, place, |xml| aligned_paragraph(xml, locale, Style::TableHead, &column.heading, Keep::WithNext, None));
            }
        });
        let is_short = columns.lines() <= MOST_LINES_TOGETHER;
        for (number, row) in table.rows.iter().enumerate() {
            let is_last = number.saturating_add(1) == table.rows.len();
            let keep = if is_short && !is_last { Keep::WithNext } else { Keep::Free };
            let may_break = columns.lines_of_row(number) > MOST_WHOLE_LINES;
            table_row(xml, locale, table, widths, row, keep, may_break);
        }
    });
}

fn table_row(xml: &mut Xml, locale: Locale, table: &Table, widths: &[u32], content: &Row, keep: Keep, may_break: bool) {
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
    row(xml, RowKind::Other, may_break, |xml| {
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
