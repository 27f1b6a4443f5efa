//! How cells look: one family of formats for all sheets.

use dabiao_core::Verdict;
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet, XlsxError,
};

use super::book::{Book, Sheet};

const LINE: Color = Color::RGB(0xC9_D0_D8);
const INK: Color = Color::RGB(0x16_20_2C);
const QUIET: Color = Color::RGB(0x5B_66_73);
const HEAD: Color = Color::RGB(0xE8_EC_F0);
const INPUT: Color = Color::RGB(0xFF_F8_D6);

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) hint: Format,
    pub(super) section: Format,
    pub(super) head: Format,
    pub(super) text: Format,
    pub(super) centred: Format,
    pub(super) input_text: Format,
    pub(super) input_number: Format,
    pub(super) input_choice: Format,
    pub(super) number: Format,
    pub(super) calculated: Format,
    pub(super) gap: Format,
    pub(super) gap_whole: Format,
    pub(super) gap_small: Format,
    pub(super) total: Format,
    pub(super) verdict: Format,
    pub(super) count: Format,
    pub(super) share: Format,
    pub(super) paragraph: Format,
    pub(super) label: Format,
}

impl Styles {
    pub(super) fn new(book: &Book<'_>) -> Self {
        use dabiao_view::words::key;
        let plain = Format::new().set_font_name("Microsoft YaHei").set_font_size(10).set_font_color(INK).set_align(FormatAlign::Top);
        let boxed = plain.clone().set_border(FormatBorder::Thin).set_border_color(LINE);
        let text = boxed.clone().set_text_wrap();
        let input = text.clone().set_background_color(INPUT).set_unlocked();
        let centred = text.clone().set_align(FormatAlign::Center);
        let [over, short, exact] = [key::WORKBOOK_GAP_OVER, key::WORKBOOK_GAP_SHORT, key::WORKBOOK_GAP_EXACT].map(|word| book.word(word));
        let right = boxed.clone().set_align(FormatAlign::Right);
        // The word follows the sign of the number itself, however it is rounded.
        let gap = |digits: &str| right.clone().set_num_format(format!("\"{over} \"{digits};\"{short} \"{digits};\"{exact}\""));
        Self {
            title: plain.clone().set_font_size(16).set_bold(),
            hint: plain.clone().set_font_color(QUIET),
            section: plain.clone().set_font_size(12).set_bold(),
            head: text.clone().set_bold().set_background_color(HEAD).set_align(FormatAlign::VerticalCenter).set_align(FormatAlign::Center),
            centred: centred.clone(),
            input_number: input.clone().set_align(FormatAlign::Right),
            input_choice: input.clone().set_align(FormatAlign::Center),
            input_text: input,
            number: right.clone(),
            calculated: right.clone().set_num_format("0.00######"),
            gap: gap("0.00##"),
            gap_whole: gap("0"),
            gap_small: gap("0.00##########"),
            total: text.clone().set_bold(),
            verdict: centred.clone().set_bold(),
            count: right.clone().set_num_format("0"),
            share: right.set_num_format("0.0%"),
            paragraph: plain.clone().set_text_wrap(),
            label: plain.set_bold().set_text_wrap(),
            text,
        }
    }
}

/// Colours the verdicts in a column; the words stand there all the same.
pub(super) fn colour_verdicts(book: &Book<'_>, sheet: &mut Worksheet, column: u16, rows: (u32, u32)) -> Result<(), XlsxError> {
    for (verdict, paper, ink) in [
        (Verdict::Met, 0xDD_F1_EC, 0x0B_58_52),
        (Verdict::NotMet, 0xFC_E3_D6, 0x9A_34_0D),
        (Verdict::Unknown, 0xEC_EE_F1, 0x4A_54_60),
        (Verdict::NotApplicable, 0xFF_FF_FF, 0x7A_84_90),
    ] {
        let mut format = Format::new().set_background_color(Color::RGB(paper)).set_font_color(Color::RGB(ink));
        if verdict == Verdict::NotApplicable {
            format = format.set_italic();
        }
        let rule = ConditionalFormatCellRule::EqualTo(book.verdict(verdict).to_owned());
        let colour = ConditionalFormatCell::new().set_rule(rule).set_format(format);
        sheet.add_conditional_format(rows.0, column, rows.1, column, &colour)?;
    }
    Ok(())
}

/// The height in points of a row that shows all of these texts, each in a column of so many characters.
/// Nothing but a screen knows it exactly, so it is rather too high; a program that opens the file does
/// not work it out by itself everywhere.
pub(super) fn row_height(cells: &[(&str, f64)]) -> f64 {
    let lines = cells.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1).max(1);
    f64::from(lines) * LINE_POINTS + 2.0
}

/// How many lines a text takes; a Chinese character is nearly two wide. Widths are in tenths.
fn lines(text: &str, width: f64) -> u32 {
    let room = (width * 10.0 - 8.0).max(10.0);
    let wide = |character: char| if character.is_ascii() { 10 } else { 19 };
    let of_paragraph = |paragraph: &str| {
        let wanted: u32 = paragraph.chars().map(wide).sum();
        let mut lines = 1_u32;
        while f64::from(lines) * room < f64::from(wanted) && lines < MOST_LINES {
            lines = lines.saturating_add(1);
        }
        lines
    };
    text.lines().map(of_paragraph).sum::<u32>().min(MOST_LINES)
}

/// The height of a line, in points.
const LINE_POINTS: f64 = 14.5;
/// A row cannot be higher than 409 points.
const MOST_LINES: u32 = 28;

/// A sheet with its heading, a hint and the row of heads: title, width in characters.
pub(super) fn table(book: &Book<'_>, styles: &Styles, sheet: Sheet, hint: &str, heads: &[(&str, f64)]) -> Result<Worksheet, XlsxError> {
    let mut out = page(book, sheet)?;
    let first = heads.iter().position(|(_, width)| *width > 0.0).and_then(|column| u16::try_from(column).ok()).unwrap_or_default();
    out.write_string_with_format(0, first, book.title(), &styles.title)?;
    out.write_string_with_format(1, first, hint, &styles.hint)?;
    for (column, (head, width)) in (0..).zip(heads) {
        out.write_string_with_format(HEAD_ROW, column, *head, &styles.head)?;
        if *width > 0.0 {
            out.set_column_width(column, *width)?;
        } else {
            out.set_column_hidden(column)?;
        }
    }
    out.set_row_height(0, TITLE_POINTS)?;
    out.set_row_height(1, row_height(&[]))?;
    let shown: Vec<(&str, f64)> = heads.iter().copied().filter(|(_, width)| *width > 0.0).collect();
    out.set_row_height(HEAD_ROW, row_height(&shown))?;
    out.set_freeze_panes(FIRST_ROW, 0)?;
    out.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    Ok(out)
}

/// Takes the marks of doubt off a table: clause numbers and typed texts are meant as text, and every
/// clause has a formula of its own.
pub(super) fn calm(out: &mut Worksheet, last_row: u32, text: u16, formulas: (u16, u16)) -> Result<(), XlsxError> {
    if last_row >= FIRST_ROW {
        out.ignore_error_range(FIRST_ROW, text, last_row, text, IgnoreError::NumberStoredAsText)?;
        out.ignore_error_range(FIRST_ROW, formulas.0, last_row, formulas.1, IgnoreError::FormulaDiffers)?;
    }
    Ok(())
}

/// A sheet that prints on A4 across, one page wide.
pub(super) fn page(book: &Book<'_>, sheet: Sheet) -> Result<Worksheet, XlsxError> {
    let mut out = Worksheet::new();
    out.set_name(book.sheet_name(sheet))?;
    out.set_formula_result_default("");
    out.set_screen_gridlines(false);
    out.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    out.set_footer("&C&P / &N");
    Ok(out)
}

/// The height of the heading, in points.
pub(super) const TITLE_POINTS: f64 = 27.0;
/// The row of heads.
pub(super) const HEAD_ROW: u32 = 2;
/// The first row below the heads.
pub(super) const FIRST_ROW: u32 = 3;
