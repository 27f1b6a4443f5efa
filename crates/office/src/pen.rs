//! How the cells of a template look, and how texts get into them.

use dabiao_view::Locale;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, ProtectionOptions, Worksheet, XlsxError};

/// The longest text that a cell can hold, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;

/// The height of a line, in points.
const LINE: f64 = 15.0;
/// A row is never higher than spreadsheet programs allow.
const MOST_LINES: usize = 27;

/// The looks of cells.
pub(crate) struct Formats {
    /// The title of a sheet.
    pub(crate) title: Format,
    /// Headings.
    pub(crate) head: Format,
    /// Cells that are not to be changed.
    pub(crate) locked: Format,
    /// Cells to fill in.
    pub(crate) answer: Format,
    /// Lines of text.
    pub(crate) plain: Format,
}

impl Formats {
    pub(crate) fn new(locale: Locale) -> Self {
        // Every office computer in China has this typeface, and no other of its kind.
        let font = match locale {
            Locale::Zh => "宋体",
            Locale::En => "Arial",
        };
        let base = Format::new().set_font_name(font).set_font_size(10.5).set_text_wrap().set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x00bf_bfbf));
        Self {
            title: Format::new().set_font_name(font).set_font_size(14.0).set_bold(),
            head: boxed.clone().set_bold().set_background_color(Color::RGB(0x00dd_e6f0)).set_align(FormatAlign::Center),
            locked: boxed.clone().set_num_format("@"),
            answer: boxed.set_num_format("@").set_background_color(Color::RGB(0x00ff_fbe6)).set_unlocked(),
            plain: base,
        }
    }
}

/// Puts a text into a cell, always as text and never as a formula. One that is longer than a cell
/// can hold is left out: an empty cell says nothing when it comes back, a shortened text would replace the whole.
pub(crate) fn put(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if text.is_empty() || text.encode_utf16().count() > LONGEST_TEXT {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A4, across, as many pages down as it takes.
pub(crate) fn page(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
}

/// What may be done beside filling in: widths, heights, sorting and filtering. There is no password.
pub(crate) fn protection() -> ProtectionOptions {
    ProtectionOptions { format_columns: true, format_rows: true, sort: true, use_autofilter: true, ..ProtectionOptions::new() }
}

/// The height of a row with these texts in columns of these widths: programs that do not fit rows by
/// themselves would cut them off. A Chinese character is as wide as two letters.
pub(crate) fn height(cells: &[(&str, f64)]) -> f64 {
    let width_of = |text: &str| text.chars().map(|character| if character.is_ascii() { 1_u32 } else { 2 }).sum::<u32>();
    let lines = |text: &str, width: f64| {
        let wraps = |line: &str| (1..MOST_LINES).find(|lines| f64::from(width_of(line)) <= (width - 1.5) * (*lines as f64));
        text.lines().map(|line| wraps(line).unwrap_or(MOST_LINES)).sum::<usize>()
    };
    let most = cells.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1).clamp(1, MOST_LINES);
    LINE * most as f64
}
