//! The sheet of totals: counts of verdicts, the worst and the best case, for everything and by group.

use dabiao_core::standard::GroupIndex;
use dabiao_core::{Exact, Tally, Verdict};
use dabiao_view::summary::VERDICTS;
use dabiao_view::words::key;
use rust_xlsxwriter::{Format, FormatAlign, Formula, Worksheet, XlsxError};

use super::book::{Book, Sheet, quoted};
use super::style::{Styles, TITLE_POINTS, page, row_height};
use super::{chart, clauses};

/// The hidden column of the number of a group.
const GROUP: u16 = 0;
/// The column of names.
pub(super) const NAME: u16 = 1;
const ALL: u16 = 2;
/// The first of the columns of counts, one for each verdict in the order of [`VERDICTS`].
pub(super) const COUNTS: u16 = 3;
const WORST: u16 = 8;
const BEST: u16 = 9;
const KNOWN: u16 = 10;

/// The height of a heading within the sheet, in points.
const SECTION_POINTS: f64 = 22.0;
const NAME_WIDTH: f64 = 44.0;
const COUNT_WIDTH: f64 = 12.0;

/// The row of heads above the total, and above the groups at the top.
const TOTAL_HEAD: u32 = 4;
const GROUPS_HEAD: u32 = 8;
/// Pixels of a row, for the place that the chart needs.
const ROW_PIXELS: u32 = 20;

/// How deep each group stands in the tree; zero at the top.
pub(super) fn depths(book: &Book<'_>) -> Vec<u16> {
    let standard = &book.document.standard;
    let depth = |index| u16::try_from(standard.group_path(GroupIndex(index)).count().saturating_sub(1)).unwrap_or(u16::MAX);
    (0_u32..).zip(standard.groups()).map(|(index, _)| depth(index)).collect()
}

/// The sheet of totals.
pub(super) fn sheet(book: &Book<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut out = page(book, Sheet::Totals)?;
    out.set_column_hidden(GROUP)?;
    out.set_column_width(NAME, NAME_WIDTH)?;
    out.set_column_range_width(ALL, KNOWN, COUNT_WIDTH)?;
    out.write_string_with_format(0, NAME, book.title(), &styles.title)?;
    out.write_string_with_format(1, NAME, super::shortened(&book.place()), &styles.hint)?;
    out.write_string_with_format(2, NAME, book.word(key::WORKBOOK_INPUTS), &styles.hint)?;

    out.set_row_height(0, TITLE_POINTS)?;

    heads(book, styles, &mut out, TOTAL_HEAD)?;
    let total_row = TOTAL_HEAD.saturating_add(1);
    out.write_string_with_format(total_row, NAME, book.word(key::WORKBOOK_WHOLE), &styles.total)?;
    let column = book.cells(Sheet::Clauses, clauses::VERDICT, clauses::rows(book), Sheet::Totals);
    let count = |verdict| format!("COUNTIF({column},{})", quoted(book.verdict(verdict)));
    tally(book, styles, &mut out, total_row, book.report().total, &count)?;

    let depths = depths(book);
    let groups = || (0_u32..).map(GroupIndex).zip(&depths);
    out.write_string_with_format(GROUPS_HEAD.saturating_sub(1), NAME, book.word(key::WORKBOOK_TOP_GROUPS), &styles.section)?;
    out.set_row_height(GROUPS_HEAD.saturating_sub(1), SECTION_POINTS)?;
    heads(book, styles, &mut out, GROUPS_HEAD)?;
    let first = GROUPS_HEAD.saturating_add(1);
    let mut row = first;
    for (group, _) in groups().filter(|(_, depth)| **depth == 0) {
        group_row(book, styles, &mut out, row, group, 0)?;
        row = row.saturating_add(1);
    }
    if row > first {
        let height = chart::insert(book, &mut out, (first, row.saturating_sub(1)), row.saturating_add(1))?;
        row = row.saturating_add(height.div_ceil(ROW_PIXELS)).saturating_add(2);
    }
    if depths.iter().any(|depth| *depth > 0) {
        out.write_string_with_format(row, NAME, book.word(key::WORKBOOK_ALL_GROUPS), &styles.section)?;
        out.set_row_height(row, SECTION_POINTS)?;
        heads(book, styles, &mut out, row.saturating_add(1))?;
        for (position, (group, depth)) in (row.saturating_add(2)..).zip(groups()) {
            group_row(book, styles, &mut out, position, group, *depth)?;
        }
    }
    Ok(out)
}

fn heads(book: &Book<'_>, styles: &Styles, out: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    out.write_string_with_format(row, NAME, book.word(key::HEAD_GROUP), &styles.head)?;
    out.write_string_with_format(row, ALL, book.word(key::WORKBOOK_HEAD_ALL), &styles.head)?;
    for (column, verdict) in (COUNTS..).zip(VERDICTS) {
        out.write_string_with_format(row, column, book.verdict(verdict), &styles.head)?;
    }
    for (column, word) in [(WORST, key::WORKBOOK_HEAD_WORST), (BEST, key::WORKBOOK_HEAD_BEST), (KNOWN, key::WORKBOOK_HEAD_KNOWN)] {
        out.write_string_with_format(row, column, book.word(word), &styles.head)?;
    }
    let shares = [key::WORKBOOK_HEAD_WORST, key::WORKBOOK_HEAD_BEST, key::WORKBOOK_HEAD_KNOWN].map(|word| (book.word(word), COUNT_WIDTH));
    out.set_row_height(row, row_height(&shares))?;
    Ok(())
}

fn group_row(book: &Book<'_>, styles: &Styles, out: &mut Worksheet, row: u32, group: GroupIndex, depth: u16) -> Result<(), XlsxError> {
    out.write_number(row, GROUP, group.0.saturating_add(1))?;
    let text = book.document.groups.get(group.0 as usize);
    let number = text.and_then(|text| text.reference.as_deref()).map(|reference| format!("{reference} ")).unwrap_or_default();
    let name = format!("{number}{}", text.map_or("", |text| book.locale.text(&text.name)));
    let indented: Format =
        styles.text.clone().set_align(FormatAlign::Left).set_indent(u8::try_from(depth.saturating_mul(2)).unwrap_or(u8::MAX));
    out.write_string_with_format(row, NAME, &name, &indented)?;
    out.set_row_height(row, row_height(&[(&name, NAME_WIDTH - 2.0 * f64::from(depth))]))?;
    let rows = clauses::rows(book);
    // Each depth has a column of its own, so that a group counts everything below it.
    let members = book.cells(Sheet::Clauses, clauses::GROUPS.saturating_add(depth), rows, Sheet::Totals);
    let column = book.cells(Sheet::Clauses, clauses::VERDICT, rows, Sheet::Totals);
    let own = book.cell(Sheet::Totals, GROUP, row, Sheet::Totals);
    let count = |verdict| format!("COUNTIFS({members},{own},{column},{})", quoted(book.verdict(verdict)));
    tally(book, styles, out, row, book.report().groups.get(group.0 as usize).copied().unwrap_or_default(), &count)
}

/// One row of counts and shares.
fn tally(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    row: u32,
    tally: Tally,
    count: &dyn Fn(Verdict) -> String,
) -> Result<(), XlsxError> {
    let cell = |column| book.cell(Sheet::Totals, column, row, Sheet::Totals);
    let [met, not_met, unknown] = [0, 1, 2].map(|offset| cell(COUNTS.saturating_add(offset)));
    let all = Formula::new(format!("{met}+{not_met}+{unknown}")).set_result(tally.applicable().to_string());
    out.write_formula_with_format(row, ALL, all, &styles.count)?;
    for (column, verdict) in (COUNTS..).zip(VERDICTS) {
        let formula = Formula::new(count(verdict)).set_result(tally.count(verdict).to_string());
        out.write_formula_with_format(row, column, formula, &styles.count)?;
    }
    for (column, part, value) in [
        (WORST, met.clone(), tally.worst()),
        (BEST, format!("({met}+{unknown})"), tally.best()),
        (KNOWN, format!("({met}+{not_met})"), tally.known()),
    ] {
        let all = cell(ALL);
        // Rounded down to a tenth of a percent, so that 100 % always means all.
        let formula = Formula::new(format!("IF({all}=0,\"\",INT({part}*1000/{all})/1000)"));
        out.write_formula_with_format(row, column, formula.set_result(value.map(floored).unwrap_or_default()), &styles.share)?;
    }
    Ok(())
}

fn floored(share: Exact) -> String {
    let thousandths = share.times(Exact::from(1000_u32)).map(Exact::floor);
    thousandths.and_then(|whole| whole.over(Exact::from(1000_u32))).map(|share| share.to_string()).unwrap_or_default()
}
