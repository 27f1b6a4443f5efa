//! The chart of the totals: one stacked bar per group at the top.

use dabiao_core::Verdict;
use dabiao_view::words::key;
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill, ChartPatternFillType, ChartSolidFill,
    ChartType, Color, Worksheet, XlsxError,
};

use super::book::{Book, Sheet};
use super::totals::{COUNTS, NAME};

/// Draws the chart of the groups in these rows at a row, and says how many pixels high it is.
pub(super) fn insert(book: &Book<'_>, sheet: &mut Worksheet, rows: (u32, u32), at: u32) -> Result<u32, XlsxError> {
    let name = book.sheet_name(Sheet::Totals);
    let bars = rows.1.saturating_sub(rows.0).saturating_add(1);
    let height = bars.saturating_mul(28).saturating_add(110);
    let mut chart = Chart::new(ChartType::BarStacked);
    let font = |size: f64| {
        let mut font = ChartFont::new();
        font.set_name("Microsoft YaHei").set_size(size);
        font
    };
    for (offset, verdict) in (0..).zip([Verdict::Met, Verdict::NotMet, Verdict::Unknown, Verdict::NotApplicable]) {
        let column = COUNTS.saturating_add(offset);
        let (mut format, ink) = look(verdict);
        // A zero needs no label.
        let mut label = ChartDataLabel::new();
        let mut label_font = font(9.0);
        label_font.set_color(Color::RGB(ink));
        label.show_value().set_num_format("0;;;").set_font(&label_font);
        chart
            .add_series()
            .set_name(book.verdict(verdict))
            .set_categories((name, rows.0, NAME, rows.1, NAME))
            .set_values((name, rows.0, column, rows.1, column))
            .set_format(&mut format)
            .set_gap(45)
            .set_data_label(&label);
    }
    let mut title_font = font(12.0);
    title_font.set_bold();
    chart.title().set_name(book.word(key::WORKBOOK_CHART)).set_font(&title_font);
    // The first group stands at the top, as in the table; the numbers stand on the bars.
    chart.y_axis().set_reverse().set_font(&font(9.0)).set_major_gridlines(false);
    chart.x_axis().set_major_gridlines(false).set_hidden(true);
    chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(9.0));
    chart.set_width(1080).set_height(height).set_alt_text(book.word(key::WORKBOOK_CHART));
    sheet.insert_chart(at, NAME, &chart)?;
    Ok(height)
}

/// The fill of a verdict, with a pattern for two of them, so that the bars can be told apart without
/// colour; and the colour of the number on it.
fn look(verdict: Verdict) -> (ChartFormat, u32) {
    let mut format = ChartFormat::new();
    let solid = |color: u32| {
        let mut fill = ChartSolidFill::new();
        fill.set_color(Color::RGB(color));
        fill
    };
    let pattern = |kind, ink: u32, paper: u32| {
        let mut fill = ChartPatternFill::new();
        fill.set_pattern(kind).set_foreground_color(Color::RGB(ink)).set_background_color(Color::RGB(paper));
        fill
    };
    let ink = match verdict {
        Verdict::Met => {
            format.set_solid_fill(&solid(0x0F_76_6E));
            0xFF_FF_FF
        }
        Verdict::NotMet => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesWideUpwards, 0xD9_6A_3B, 0xC2_41_0C));
            0xFF_FF_FF
        }
        Verdict::Unknown => {
            format.set_pattern_fill(&pattern(ChartPatternFillType::Dotted10Percent, 0x6B_72_80, 0xD4_D8_DE));
            0x16_20_2C
        }
        Verdict::NotApplicable | Verdict::NotJudged => {
            let mut border = ChartLine::new();
            border.set_color(Color::RGB(0x9A_A3_AE));
            format.set_solid_fill(&solid(0xFF_FF_FF)).set_border(&border);
            0x16_20_2C
        }
    };
    (format, ink)
}
