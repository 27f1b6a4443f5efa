//! What every sheet needs: the assessment, its report, the words, and where things stand.

use dabiao_catalog::Document;
use dabiao_core::figure::Range;
use dabiao_core::formula::{Formula, Unevaluated};
use dabiao_core::number::ArithmeticError;
use dabiao_core::report::Origin;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::{Assessment, ClauseIndex, Exact, FigureIndex, Report, Unit, Value, Verdict};
use dabiao_draft::Draft;
use dabiao_view::Locale;
use dabiao_view::rule_text::verdict_word;
use dabiao_view::words::{Word, key};

use super::figures;
use super::layout::Layout;

/// A sheet, in the order of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Totals,
    Clauses,
    Parts,
    Figures,
    About,
}

/// The cells between which a value lies; `high` only for a figure that may be a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) low: String,
    pub(super) high: Option<String>,
}

impl Ends {
    /// The upper end; of an exact value the value itself.
    pub(super) fn upper(&self) -> &str {
        self.high.as_deref().unwrap_or(&self.low)
    }
}

/// One assessment on its way into a workbook.
pub(super) struct Book<'a> {
    pub(super) document: &'a Document,
    pub(super) draft: &'a Draft,
    pub(super) locale: Locale,
    pub(super) assessment: Assessment,
    pub(super) layout: Layout<'a>,
    /// For each figure, whether it may be a range: it was typed as one, or follows from one.
    uncertain: Vec<bool>,
    /// For each figure, whether a sum or difference stands in its formula or in one below it.
    rounded: Vec<bool>,
}

impl<'a> Book<'a> {
    pub(super) fn new(document: &'a Document, draft: &'a Draft, locale: Locale) -> Self {
        let assessment = judged(document, draft);
        let (uncertain, rounded) = spread(document, &assessment);
        let layout = Layout::new(document, draft.level);
        Self { document, draft, locale, assessment, layout, uncertain, rounded }
    }

    pub(super) fn report(&self) -> &Report {
        self.assessment.report()
    }

    pub(super) fn word(&self, word: Word) -> &'static str {
        self.locale.word(word)
    }

    /// The word for a verdict.
    pub(super) fn verdict(&self, verdict: Verdict) -> &'static str {
        self.word(verdict_word(verdict))
    }

    pub(super) fn sheet_name(&self, sheet: Sheet) -> &'static str {
        self.word(match sheet {
            Sheet::Totals => key::WORKBOOK_TOTALS,
            Sheet::Clauses => key::WORKBOOK_CLAUSES,
            Sheet::Parts => key::WORKBOOK_PARTS,
            Sheet::Figures => key::WORKBOOK_FIGURES,
            Sheet::About => key::WORKBOOK_ABOUT,
        })
    }

    /// The heading of the workbook.
    pub(super) fn title(&self) -> String {
        self.locale.fill(key::WORKBOOK_TITLE, &[("standard", self.locale.text(&self.document.name))])
    }

    /// Whom the assessment is about.
    pub(super) fn place(&self) -> String {
        let place = if self.draft.title.trim().is_empty() { self.word(key::WORKBOOK_UNNAMED) } else { &self.draft.title };
        self.locale.fill(key::WORKBOOK_PLACE, &[("place", place), ("level", self.level_name(self.draft.level))])
    }

    pub(super) fn level_name(&self, level: dabiao_core::standard::Level) -> &'static str {
        use dabiao_core::standard::Level;
        self.word(match level {
            Level::Town => key::LEVEL_TOWN,
            Level::County => key::LEVEL_COUNTY,
            Level::City => key::LEVEL_CITY,
            Level::Province => key::LEVEL_PROVINCE,
        })
    }

    /// The cells of the value that counts. `from` is the sheet that asks.
    pub(super) fn ends(&self, figure: FigureIndex, from: Sheet) -> Ends {
        let row = figures::row(figure);
        let cell = |column| self.cell(Sheet::Figures, column, row, from);
        Ends { low: cell(figures::COUNTED), high: self.is_uncertain(figure).then(|| cell(figures::COUNTED_UPPER)) }
    }

    /// The address of a cell, with the name of its sheet where another sheet asks.
    pub(super) fn cell(&self, sheet: Sheet, column: u16, row: u32, from: Sheet) -> String {
        let address = rust_xlsxwriter::utility::row_col_to_cell_absolute(row, column);
        if sheet == from { address } else { format!("'{}'!{address}", self.sheet_name(sheet)) }
    }

    /// The address of a column of cells, both rows included.
    pub(super) fn cells(&self, sheet: Sheet, column: u16, rows: (u32, u32), from: Sheet) -> String {
        let last = rust_xlsxwriter::utility::row_col_to_cell_absolute(rows.1, column);
        format!("{}:{last}", self.cell(sheet, column, rows.0, from))
    }

    /// Whether the figure may be a range.
    pub(super) fn is_uncertain(&self, figure: FigureIndex) -> bool {
        self.uncertain.get(figure.0 as usize).copied().unwrap_or_default()
    }

    /// Whether any figure may be a range.
    pub(super) fn has_ranges(&self) -> bool {
        self.uncertain.contains(&true)
    }

    /// Whether the figure, where it is derived, was rounded to so many digits after the point that only
    /// a sum needs.
    pub(super) fn is_rounded(&self, figure: FigureIndex) -> bool {
        self.rounded.get(figure.0 as usize).copied().unwrap_or_default()
    }

    /// Whether the figure may be calculated from others.
    pub(super) fn is_derived(&self, figure: FigureIndex) -> bool {
        self.formula(figure).is_some()
    }

    /// The formula of a figure. None where the core gave up because of too many digits: a spreadsheet
    /// would go on with a number that is not exact.
    pub(super) fn formula(&self, figure: FigureIndex) -> Option<&'a Formula> {
        let origin = self.report().figures.get(figure.0 as usize)?.origin;
        if origin == Origin::Failed(Unevaluated::Arithmetic(ArithmeticError::TooLarge)) {
            return None;
        }
        self.document.standard.figure(figure)?.formula.as_ref()
    }

    pub(super) fn unit(&self, figure: FigureIndex) -> Option<Unit> {
        self.document.standard.figure(figure)?.kind.unit()
    }

    /// What the formula of a figure gives, also where an entered value counts.
    pub(super) fn derived(&self, figure: FigureIndex) -> Option<Range> {
        let unit = self.unit(figure)?;
        let lookup = |used: FigureIndex| Some((self.report().known().range(used)?, self.unit(used)?));
        let range = self.formula(figure)?.evaluate(&lookup).ok()?;
        Range::new(range.low().over(unit.scale()).ok()?, range.high().over(unit.scale()).ok()?)
    }

    /// The number that was entered for a figure, as a range.
    pub(super) fn entered(&self, figure: FigureIndex) -> Option<Range> {
        self.assessment.situation().value(figure).and_then(Value::range)
    }
}

/// Judges what the draft holds, as the page does.
fn judged(document: &Document, draft: &Draft) -> Assessment {
    let standard = &document.standard;
    let mut assessment = Assessment::empty(standard);
    assessment.set_level(standard, draft.level);
    for (index, _) in (0..).map(FigureIndex).zip(standard.figures()) {
        let text = draft.text(index);
        if !text.is_empty() {
            assessment.enter(standard, index, &text);
        }
    }
    for (index, _) in (0..).map(ClauseIndex).zip(standard.clauses()) {
        let clause = draft.clause(index);
        assessment.decide(standard, index, ClauseAnswer { not_applicable: clause.is_exempt(), reading: clause.reading });
    }
    assessment
}

/// For each figure, whether it may be a range, and whether its formula adds or subtracts.
fn spread(document: &Document, assessment: &Assessment) -> (Vec<bool>, Vec<bool>) {
    let standard = &document.standard;
    let mut uncertain: Vec<bool> = (0..)
        .map(FigureIndex)
        .zip(standard.figures())
        .map(|(index, _)| matches!(assessment.situation().value(index), Some(Value::Between(_))))
        .collect();
    let mut rounded = vec![false; uncertain.len()];
    // Each figure stands after those it follows from.
    for figure in standard.evaluation_order() {
        let Some(formula) = standard.figure(*figure).and_then(|figure| figure.formula.as_ref()) else { continue };
        let any = |flags: &[bool]| formula.figures().iter().any(|used| flags.get(used.0 as usize) == Some(&true));
        let (from_range, from_sum) = (any(&uncertain), any(&rounded) || adds(formula));
        if let (Some(range), Some(sum)) = (uncertain.get_mut(figure.0 as usize), rounded.get_mut(figure.0 as usize)) {
            *range |= from_range;
            *sum |= from_sum;
        }
    }
    (uncertain, rounded)
}

fn adds(formula: &Formula) -> bool {
    use dabiao_core::formula::Operation;
    match formula {
        Formula::Figure(_) | Formula::Constant(_) => false,
        Formula::Binary { operation, left, right } => {
            matches!(operation, Operation::Add | Operation::Subtract) || adds(left) || adds(right)
        }
    }
}

/// A number as it stands in a formula: a decimal, or a quotient where no finite decimal is equal to it.
pub(super) fn literal(value: Exact) -> String {
    match value.fraction_digits().and_then(|digits| value.rounded(digits)) {
        Some(decimal) if value.is_negative() => format!("({decimal})"),
        Some(decimal) => decimal,
        None => format!("({}/{})", value.numerator(), value.denominator()),
    }
}

/// The number that a cell holds: the nearest that a spreadsheet knows.
pub(super) fn number(value: Exact) -> f64 {
    value.fraction_digits().and_then(|digits| value.rounded(digits)?.parse().ok()).unwrap_or_else(|| value.to_f64())
}

/// A word in a formula.
pub(super) fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}
