//! The sheet of parts: the readings of a clause and the parts of a compound, each with its own answer.

use dabiao_core::Verdict;
use dabiao_core::rule::Rule;
use dabiao_view::rule_text::rule_text;
use dabiao_view::words::key;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::book::{Book, Sheet, number, quoted};
use super::gap::gap;
use super::layout::Part;
use super::rule::{Translator, is_recalculable};
use super::style::{FIRST_ROW, Styles, calm, colour_verdicts, row_height, table};

const NUMBER: u16 = 0;
const CLAUSE: u16 = 1;
const PLACE: u16 = 2;
/// The column of the name of a reading, as it stands in the choice of the clause.
pub(super) const NAME: u16 = 3;
/// The column of what is asked, in words.
pub(super) const ASKED: u16 = 4;
/// The column of the answer.
pub(super) const VERDICT: u16 = 5;
/// The column of the gap.
pub(super) const GAP: u16 = 6;
/// The column of the unit of the gap.
pub(super) const GAP_UNIT: u16 = 7;

const REMARK: u16 = 8;

/// Characters of a name; what is looked up may have 255.
const MOST_LOOKED_UP: usize = 200;

const CLAUSE_WIDTH: f64 = 28.0;
const PLACE_WIDTH: f64 = 16.0;
const NAME_WIDTH: f64 = 24.0;
const ASKED_WIDTH: f64 = 42.0;
const UNIT_WIDTH: f64 = 10.0;
const REMARK_WIDTH: f64 = 22.0;

/// The row of a part.
pub(super) fn row(position: usize) -> u32 {
    FIRST_ROW.saturating_add(u32::try_from(position).unwrap_or(u32::MAX))
}

/// The first and the last row of several parts; `None` if there are none.
pub(super) fn rows(parts: &std::ops::Range<usize>) -> Option<(u32, u32)> {
    (!parts.is_empty()).then(|| (row(parts.start), row(parts.end.saturating_sub(1))))
}

/// The name of a reading as it stands in the choice: numbered, so that no two are the same, and not
/// longer than a spreadsheet can look up.
pub(super) fn reading_name(book: &Book<'_>, part: &Part<'_>) -> String {
    let Some(reading) = part.reading.filter(|_| part.path.is_empty()) else { return String::new() };
    let names = book.document.clauses.get(part.clause.0 as usize).and_then(|text| text.readings.get(reading));
    // A tilde has a meaning of its own in what is looked up.
    let name: String = names.map_or("", |(name, _)| book.locale.text(name)).replace('~', "-").chars().take(MOST_LOOKED_UP).collect();
    let values = [("number", reading.saturating_add(1).to_string()), ("name", name)];
    book.locale.fill(key::WORKBOOK_OPTION, &values.each_ref().map(|(name, text)| (*name, text.as_str())))
}

/// What a reading comes to by itself. A reading that asks nothing is not judged; as a part of a
/// compound it is unknown.
pub(super) fn verdict(book: &Book<'_>, part: &Part<'_>) -> Verdict {
    match part.rule {
        Rule::Context(_) if part.path.is_empty() => Verdict::NotJudged,
        rule => Verdict::from(rule.judge(book.report().known()).0),
    }
}

/// The formula for the answer of a rule, with its parts in these rows.
pub(super) fn truth_formula(book: &Book<'_>, rule: &Rule, children: &std::ops::Range<usize>, from: Sheet) -> String {
    let cells = rows(children).map(|rows| book.cells(Sheet::Parts, VERDICT, rows, from));
    let parts = cells.as_deref().map(|cells| (cells, children.len()));
    Translator { book, from }.truth(rule, parts)
}

/// The sheet of parts.
pub(super) fn sheet(book: &Book<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let heads = [
        (book.word(key::WORKBOOK_HEAD_NUMBER), 8.0),
        (book.word(key::HEAD_CLAUSE), CLAUSE_WIDTH),
        (book.word(key::WORKBOOK_HEAD_PLACE), PLACE_WIDTH),
        (book.word(key::WORKBOOK_HEAD_NAME), NAME_WIDTH),
        (book.word(key::HEAD_ASKED), ASKED_WIDTH),
        (book.word(key::HEAD_VERDICT), 12.0),
        (book.word(key::HEAD_GAP), 15.0),
        (book.word(key::WORKBOOK_HEAD_GAP_UNIT), UNIT_WIDTH),
        (book.word(key::WORKBOOK_HEAD_REMARK), REMARK_WIDTH),
    ];
    let mut out = table(book, styles, Sheet::Parts, book.word(key::WORKBOOK_INPUTS), &heads)?;
    for (position, part) in book.layout.parts.iter().enumerate() {
        write(book, styles, &mut out, row(position), part)?;
    }
    if let Some(rows) = rows(&(0..book.layout.parts.len())) {
        colour_verdicts(book, &mut out, VERDICT, rows)?;
        calm(&mut out, rows.1, NUMBER, (VERDICT, GAP_UNIT))?;
    }
    Ok(out)
}

fn write(book: &Book<'_>, styles: &Styles, out: &mut Worksheet, row: u32, part: &Part<'_>) -> Result<(), XlsxError> {
    let text = book.document.clauses.get(part.clause.0 as usize);
    let clause = text.map_or("", |text| book.locale.text(&text.name));
    out.write_string_with_format(row, NUMBER, text.map_or("", |text| text.reference.as_str()), &styles.text)?;
    out.write_string_with_format(row, CLAUSE, clause, &styles.text)?;
    let (place, name) = (place(book, part), reading_name(book, part));
    out.write_string_with_format(row, PLACE, &place, &styles.text)?;
    out.write_string_with_format(row, NAME, super::shortened(&name), &styles.text)?;
    let asked = rule_text(book.locale, book.document, part.rule);
    out.write_string_with_format(row, ASKED, super::shortened(&asked), &styles.text)?;
    let verdict = verdict(book, part);
    let formula = match verdict {
        Verdict::NotJudged => quoted(book.verdict(verdict)),
        _ => truth_formula(book, part.rule, &part.children, Sheet::Parts),
    };
    out.write_formula_with_format(row, VERDICT, Formula::new(formula).set_result(book.verdict(verdict)), &styles.verdict)?;
    let gap = gap(book, part.rule, Sheet::Parts);
    let unit = gap.as_ref().map(|gap| gap.unit.clone()).unwrap_or_default();
    match gap {
        Some(gap) => {
            let style = gap.format(styles);
            let result = gap.value.map(|value| number(value).to_string()).unwrap_or_default();
            out.write_formula_with_format(row, GAP, Formula::new(gap.formula).set_result(result), style)?;
            let shown = book.cell(Sheet::Parts, GAP, row, Sheet::Parts);
            let formula = format!("IF({shown}=\"\",\"\",{})", gap.unit_formula);
            let result = if gap.value.is_some() { gap.unit } else { String::new() };
            out.write_formula_with_format(row, GAP_UNIT, Formula::new(formula).set_result(result), &styles.centred)?;
        }
        None => {
            out.write_blank(row, GAP, &styles.text)?;
            out.write_blank(row, GAP_UNIT, &styles.text)?;
        }
    }
    let remark = if is_recalculable(book, part.rule) { "" } else { book.word(key::WORKBOOK_FIXED) };
    out.write_string_with_format(row, REMARK, remark, &styles.text)?;
    let texts = [
        (clause, CLAUSE_WIDTH),
        (&place, PLACE_WIDTH),
        (&name, NAME_WIDTH),
        (&asked, ASKED_WIDTH),
        (&unit, UNIT_WIDTH),
        (remark, REMARK_WIDTH),
    ];
    out.set_row_height(row, row_height(&texts))?;
    Ok(())
}

/// Where a part stands in its clause: `理解1之第2项`.
fn place(book: &Book<'_>, part: &Part<'_>) -> String {
    let numbered = |word, number: usize| book.locale.fill(word, &[("number", &number.to_string())]);
    let reading = part.reading.map(|reading| numbered(key::WORKBOOK_READING, reading.saturating_add(1)));
    let steps = reading.into_iter().chain(part.path.iter().map(|number| numbered(key::WORKBOOK_PART, *number)));
    let within = |outer: String, inner: String| book.locale.fill(key::WORKBOOK_WITHIN, &[("outer", &outer), ("inner", &inner)]);
    steps.reduce(within).unwrap_or_default()
}
