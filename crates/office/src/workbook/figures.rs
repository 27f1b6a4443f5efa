//! The sheet of figures: what was entered, what follows from it, and which of the two counts.

use dabiao_core::{Exact, FigureIndex, FigureKind, Unit, Value};
use dabiao_view::number::{plain, unit_name};
use dabiao_view::rule_text::{figure_name, formula_text};
use dabiao_view::words::key;
use rust_xlsxwriter::{DataValidation, DataValidationRule, Formula, Worksheet, XlsxError};

use super::book::{Book, Sheet, number, quoted};
use super::formula::derived;
use super::style::{FIRST_ROW, Styles, calm, row_height, table};

const ID: u16 = 0;
const NAME: u16 = 1;
const UNIT: u16 = 2;
const TYPED: u16 = 3;
const VALUE: u16 = 4;
const UPPER: u16 = 5;
const DERIVED: u16 = 6;
/// The value that counts: the entered one before the derived one; of a range the lower end.
pub(super) const COUNTED: u16 = 7;
/// The upper end of the value that counts; empty for a figure that is exact.
pub(super) const COUNTED_UPPER: u16 = 8;
const NOTE: u16 = 9;

const NAME_WIDTH: f64 = 40.0;
const UNIT_WIDTH: f64 = 12.0;
const TYPED_WIDTH: f64 = 16.0;
const NOTE_WIDTH: f64 = 48.0;

/// More digits than a spreadsheet keeps.
const MOST_DIGITS: usize = 15;

/// The row of a figure.
pub(super) fn row(figure: FigureIndex) -> u32 {
    FIRST_ROW.saturating_add(figure.0)
}

/// The sheet of figures.
pub(super) fn sheet(book: &Book<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let upper_width = if book.has_ranges() { 14.0 } else { 0.0 };
    let heads = [
        (book.word(key::WORKBOOK_HEAD_ID), 0.0),
        (book.word(key::HEAD_FIGURE), NAME_WIDTH),
        (book.word(key::HEAD_UNIT), UNIT_WIDTH),
        (book.word(key::WORKBOOK_HEAD_TYPED), TYPED_WIDTH),
        (book.word(key::WORKBOOK_HEAD_VALUE), 14.0),
        (book.word(key::WORKBOOK_HEAD_UPPER), upper_width),
        (book.word(key::WORKBOOK_HEAD_DERIVED), 14.0),
        (book.word(key::WORKBOOK_HEAD_COUNTED), 14.0),
        (book.word(key::WORKBOOK_HEAD_COUNTED_UPPER), upper_width),
        (book.word(key::WORKBOOK_HEAD_NOTE), NOTE_WIDTH),
    ];
    let mut out = table(book, styles, Sheet::Figures, book.word(key::WORKBOOK_INPUTS), &heads)?;
    for (index, figure) in (0..).map(FigureIndex).zip(book.document.standard.figures()) {
        let row = row(index);
        let unit = figure.kind.unit().map_or(book.word(key::UNIT_YES_NO), |unit| unit_name(book.locale, unit));
        out.write_string_with_format(row, ID, &figure.id, &styles.text)?;
        out.write_string_with_format(row, NAME, figure_name(book.locale, book.document, index), &styles.text)?;
        out.write_string_with_format(row, UNIT, unit, &styles.centred)?;
        out.write_string_with_format(row, TYPED, super::shortened(&book.draft.text(index)), &styles.text)?;
        match figure.kind {
            FigureKind::YesNo => answer(book, styles, &mut out, index)?,
            FigureKind::Number { min, max, .. } => amount(book, styles, &mut out, index, (min, max))?,
        }
        let (note, name) = (note(book, index), figure_name(book.locale, book.document, index));
        out.write_string_with_format(row, NOTE, super::shortened(&note), &styles.text)?;
        let texts = [(name, NAME_WIDTH), (unit, UNIT_WIDTH), (&book.draft.text(index), TYPED_WIDTH), (&note, NOTE_WIDTH)];
        out.set_row_height(row, row_height(&texts))?;
    }
    let count = u32::try_from(book.document.standard.figures().len()).unwrap_or(u32::MAX);
    calm(&mut out, row(FigureIndex(count.saturating_sub(1))), TYPED, (DERIVED, COUNTED_UPPER))?;
    Ok(out)
}

fn answer(book: &Book<'_>, styles: &Styles, out: &mut Worksheet, figure: FigureIndex) -> Result<(), XlsxError> {
    let row = row(figure);
    let [yes, no] = [key::ANSWER_YES, key::ANSWER_NO].map(|word| book.word(word));
    let known = match book.assessment.situation().value(figure).and_then(Value::yes_no) {
        Some(true) => yes,
        Some(false) => no,
        None => "",
    };
    out.write_string_with_format(row, VALUE, known, &styles.input_choice)?;
    let choice = DataValidation::new().allow_list_strings(&[yes, no])?.set_error_message(book.word(key::WORKBOOK_ANSWER_ERROR))?;
    out.add_data_validation(row, VALUE, row, VALUE, &choice)?;
    out.write_blank(row, UPPER, &styles.text)?;
    out.write_blank(row, DERIVED, &styles.text)?;
    out.write_blank(row, COUNTED_UPPER, &styles.text)?;
    let cell = book.cell(Sheet::Figures, VALUE, row, Sheet::Figures);
    let formula = format!("IF({cell}={0},{0},IF({cell}={1},{1},\"\"))", quoted(yes), quoted(no));
    out.write_formula_with_format(row, COUNTED, Formula::new(formula).set_result(known), &styles.centred)?;
    Ok(())
}

fn amount(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    figure: FigureIndex,
    bounds: (Option<Exact>, Option<Exact>),
) -> Result<(), XlsxError> {
    let row = row(figure);
    let entered = book.entered(figure);
    match entered {
        Some(range) => out.write_number_with_format(row, VALUE, number(range.low()), &styles.input_number)?,
        None => out.write_blank(row, VALUE, &styles.input_number)?,
    };
    let checked = checked(book, bounds)?;
    out.add_data_validation(row, VALUE, row, VALUE, &checked)?;
    let cell = |column| book.cell(Sheet::Figures, column, row, Sheet::Figures);
    let is_uncertain = book.is_uncertain(figure);
    if is_uncertain {
        match entered.filter(|range| !range.is_point()) {
            Some(range) => out.write_number_with_format(row, UPPER, number(range.high()), &styles.input_number)?,
            None => out.write_blank(row, UPPER, &styles.input_number)?,
        };
        out.add_data_validation(row, UPPER, row, UPPER, &checked)?;
    } else {
        out.write_blank(row, UPPER, &styles.text)?;
    }
    let formulas = derived(book, figure);
    // A quotient has as many digits as there is room for.
    let style = if formulas.is_some() && !book.unit(figure).is_some_and(Unit::is_whole) { &styles.calculated } else { &styles.number };
    let follows = book.derived(figure);
    let shown = |value: Option<Exact>| value.map(|value| number(value).to_string()).unwrap_or_default();
    match &formulas {
        Some((low, _)) => {
            let result = shown(follows.map(|range| range.low()));
            out.write_formula_with_format(row, DERIVED, Formula::new(low).set_result(result), style)?
        }
        None => out.write_blank(row, DERIVED, &styles.text)?,
    };
    let counts = entered.or(follows);
    let otherwise = if formulas.is_some() { cell(DERIVED) } else { "\"\"".to_owned() };
    let formula = format!("IF(ISNUMBER({0}),{0},{otherwise})", cell(VALUE));
    let result = shown(counts.map(|range| range.low()));
    out.write_formula_with_format(row, COUNTED, Formula::new(formula).set_result(result), style)?;
    if is_uncertain {
        let otherwise = formulas.map_or_else(|| "\"\"".to_owned(), |(low, high)| high.unwrap_or(low));
        let formula = format!("IF(ISNUMBER({0}),IF(ISNUMBER({1}),MAX({0},{1}),{0}),{otherwise})", cell(VALUE), cell(UPPER));
        let result = shown(counts.map(|range| range.high()));
        out.write_formula_with_format(row, COUNTED_UPPER, Formula::new(formula).set_result(result), style)?;
    } else {
        out.write_blank(row, COUNTED_UPPER, &styles.text)?;
    }
    Ok(())
}

/// Only what the page would take, too.
fn checked(book: &Book<'_>, bounds: (Option<Exact>, Option<Exact>)) -> Result<DataValidation, XlsxError> {
    let any = DataValidation::new().ignore_blank(true);
    match bounds {
        (Some(min), Some(max)) => {
            let values = [("min", plain(min)), ("max", plain(max))];
            let message =
                book.locale.fill(key::WORKBOOK_NUMBER_ERROR_BETWEEN, &values.each_ref().map(|(name, text)| (*name, text.as_str())));
            any.allow_decimal_number(DataValidationRule::Between(number(min), number(max))).set_error_message(message)
        }
        (Some(min), None) => {
            let message = book.locale.fill(key::WORKBOOK_NUMBER_ERROR, &[("min", &plain(min))]);
            any.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(number(min))).set_error_message(message)
        }
        (None, _) => Ok(any),
    }
}

/// How the figure is derived, and what was strange about the entry.
fn note(book: &Book<'_>, figure: FigureIndex) -> String {
    let Some(definition) = book.document.standard.figure(figure) else { return String::new() };
    let mut notes = Vec::new();
    if let Some(formula) = &definition.formula {
        let show = |used| figure_name(book.locale, book.document, used).to_owned();
        notes.push(format!("= {}", formula_text(formula, 0, &show)));
    }
    let entry = book.assessment.entry(figure);
    if let Some((_, message)) = dabiao_view::entry::message(book.locale, definition.kind, &book.draft.text(figure), entry) {
        notes.push(message);
    }
    if let Some(range) = book.entered(figure) {
        if !range.is_point() {
            notes.push(book.word(key::WORKBOOK_RANGE_NOTE).to_owned());
        }
        if [range.low(), range.high()].into_iter().any(is_long) {
            notes.push(book.word(key::WORKBOOK_LONG_NOTE).to_owned());
        }
    }
    notes.join(book.word(key::SEMICOLON))
}

fn is_long(value: Exact) -> bool {
    let digits: String = value.to_string().chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len() > MOST_DIGITS
}
