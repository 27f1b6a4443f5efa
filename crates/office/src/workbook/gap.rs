//! How far a value is beyond what is asked: positive is the margin, negative what is still missing.

use dabiao_core::outcome::{Comparison, Operator, Reason};
use dabiao_core::rule::{Growth, Rule};
use dabiao_core::{Exact, FigureIndex, Unit};

use rust_xlsxwriter::Format;

use super::book::{Book, Sheet, literal, quoted};
use super::formula::known;
use super::precision::Precision;
use super::rule::{Translator, gap_unit, is_recalculable, needed};
use super::style::Styles;

/// The gap of one rule.
pub(super) struct Gap {
    /// The formula of the number; blank while something is unknown.
    pub(super) formula: String,
    /// What it gives now.
    pub(super) value: Option<Exact>,
    /// The formula of its unit.
    pub(super) unit_formula: String,
    /// The unit now.
    pub(super) unit: String,
    /// Whether it is a number of whole things.
    pub(super) is_whole: bool,
}

impl Gap {
    /// How the number is shown: whole things without a fraction, and a small number not as zero.
    pub(super) fn format<'s>(&self, styles: &'s Styles) -> &'s Format {
        let is_small = self.value.is_some_and(|value| {
            !value.is_zero()
                && value.abs().floor().is_zero()
                && value.rounded(2).is_some_and(|text| text.trim_matches(['-', '0', '.']).is_empty())
        });
        match (self.is_whole, is_small) {
            (true, _) => &styles.gap_whole,
            (false, true) => &styles.gap_small,
            (false, false) => &styles.gap,
        }
    }
}

/// The gap of a rule that holds one number against another; `None` for any other.
pub(super) fn gap(book: &Book<'_>, rule: &Rule, from: Sheet) -> Option<Gap> {
    if !is_recalculable(book, rule) {
        return None;
    }
    let reason = rule.judge(book.report().known()).1;
    let translator = Translator { book, from };
    match (rule, reason) {
        (Rule::Threshold(rule), Reason::Comparison(found)) => {
            Some(printed(&translator, rule.figure, rule.operator, rule.value, book.unit(rule.figure), found.margin()))
        }
        (Rule::Toward(rule), Reason::Comparison(found)) => {
            Some(printed(&translator, rule.figure, rule.direction.operator(), rule.target, book.unit(rule.figure), found.margin()))
        }
        (Rule::Between(rule), Reason::Between { low, high, .. }) => {
            let margin = low.margin().zip(high.margin()).map(|(low, high)| low.min(high));
            let unit = book.unit(rule.figure);
            let one = printed(&translator, rule.figure, rule.low.0, rule.low.1, unit, margin);
            let cell = book.ends(rule.figure, from).low;
            let [low, high] = [difference(&cell, rule.low.0, &literal(rule.low.1)), difference(&cell, rule.high.0, &literal(rule.high.1))];
            let digits = digits(rule.low.1.abs().max(rule.high.1.abs()));
            Some(Gap { formula: blank_unless(book, &[rule.figure], from, &format!("ROUND(MIN({low},{high}),{digits})")), ..one })
        }
        (Rule::External(rule), Reason::Comparison(found)) => {
            let [left, right] = [rule.figure, rule.target].map(|figure| book.ends(figure, from).low);
            let formula = format!("ROUND({},9)", difference(&left, rule.operator, &right));
            let unit = gap_unit(book, book.unit(rule.figure));
            Some(Gap {
                formula: blank_unless(book, &[rule.figure, rule.target], from, &formula),
                value: found.margin(),
                unit_formula: quoted(&unit),
                unit,
                is_whole: book.unit(rule.figure).is_some_and(Unit::is_whole),
            })
        }
        (Rule::Growth(rule), reason) => Some(growth(&translator, rule, &reason)),
        _ => None,
    }
}

fn printed(
    translator: &Translator<'_, '_>,
    figure: FigureIndex,
    operator: Operator,
    threshold: Exact,
    unit: Option<Unit>,
    value: Option<Exact>,
) -> Gap {
    let (book, from) = (translator.book, translator.from);
    let cell = book.ends(figure, from).low;
    let formula = format!("ROUND({},{})", difference(&cell, operator, &literal(threshold)), digits(threshold));
    let is_whole = unit.is_some_and(Unit::is_whole) && threshold.is_whole();
    let unit = gap_unit(book, unit);
    Gap { formula: blank_unless(book, &[figure], from, &formula), value, unit_formula: quoted(&unit), unit, is_whole }
}

fn growth(translator: &Translator<'_, '_>, rule: &Growth, reason: &Reason) -> Gap {
    let (book, from) = (translator.book, translator.from);
    let (cells, years, is_valid) = translator.years(rule);
    let ends = [rule.current, rule.base].map(|figure| book.ends(figure, from).low);
    let [current, base] = &ends;
    let all: Vec<String> = ends.iter().cloned().chain(cells).collect();
    let number = format!("ROUND({current}-{},9)", needed(rule, base, &years));
    let exact = translator.exact(&[rule.current, rule.base]);
    let conditions: Vec<String> = is_valid.into_iter().chain(exact).collect();
    let number = conditions.iter().fold(number, |number, condition| format!("IF({condition},{number},\"\")"));
    let raw = format!("IF({},{number},\"\")", known(&all));
    let raw_unit = gap_unit(book, book.unit(rule.current));
    let value = match reason {
        Reason::Growth(found) => found.margin(),
        Reason::Comparison(found) => found.margin(),
        _ => None,
    };
    let Some(rate) = rule.rate else {
        return Gap { formula: raw, value, unit_formula: quoted(&raw_unit), unit: raw_unit, is_whole: false };
    };
    let operator = if rule.strict { Operator::MoreThan } else { Operator::AtLeast };
    let direct = printed(translator, rate, operator, rule.value, book.unit(rate), value);
    let is_direct = matches!(reason, Reason::Comparison(Comparison { .. }));
    let has_rate = known(&[book.ends(rate, from).low]);
    Gap {
        formula: format!("IF({has_rate},{},{raw})", direct.formula),
        value,
        unit_formula: format!("IF({has_rate},{},{})", direct.unit_formula, quoted(&raw_unit)),
        unit: if is_direct { direct.unit } else { raw_unit },
        is_whole: false,
    }
}

/// The margin of one cell over another, in the better direction.
fn difference(left: &str, operator: Operator, right: &str) -> String {
    if operator.is_rising() { format!("{left}-{right}") } else { format!("{right}-{left}") }
}

fn digits(threshold: Exact) -> u32 {
    match Precision::beside(threshold) {
        Precision::Digits(digits) => digits,
        Precision::Direct | Precision::Relative => 9,
    }
}

/// A formula that is blank unless every figure is exactly known.
fn blank_unless(book: &Book<'_>, figures: &[FigureIndex], from: Sheet, formula: &str) -> String {
    let cells: Vec<String> = figures.iter().map(|figure| book.ends(*figure, from).low).collect();
    let exact = Translator { book, from }.exact(figures);
    let inner = exact.map_or_else(|| formula.to_owned(), |exact| format!("IF({exact},{formula},\"\")"));
    format!("IF({},{inner},\"\")", known(&cells))
}
