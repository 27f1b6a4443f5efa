//! Why a clause came out as it did, in sentences, with the arithmetic and the gap.

use dabiao_catalog::Document;
use dabiao_core::formula::Unevaluated;
use dabiao_core::outcome::{Comparison, Growth, Reason};
use dabiao_core::report::{ClauseResult, Report};
use dabiao_core::rule::{Direction, Rule};
use dabiao_core::{ArithmeticError, Exact, FigureIndex, Origin, Range, Truth, Unit, Verdict};

use crate::number;
use crate::rule_text::{figure_name, figure_range, figure_unit, figure_value, formula_text, need_text, operator_sign, shown_value};
use crate::words::{Locale, Word, key};

/// A line of an explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How deep it stands below the verdict.
    pub depth: u8,
    /// What the line itself found, if it is a part with a finding of its own.
    pub truth: Option<Truth>,
    /// The sentence.
    pub text: String,
}

/// What stands beside the verdict of a clause, in a few words: the value and the gap.
#[must_use]
pub fn headline(locale: Locale, document: &Document, result: &ClauseResult) -> String {
    short(locale, document, &result.reason)
}

fn short(locale: Locale, document: &Document, reason: &Reason) -> String {
    match reason {
        Reason::YesNo { .. } | Reason::NotApplicable | Reason::Rising { .. } => String::new(),
        Reason::Comparison(comparison) if comparison.range.is_some() && comparison.threshold.is_some() => {
            locale.word(finding(comparison.truth())).to_owned()
        }
        Reason::Comparison(comparison) => comparison_gap(locale, document, comparison),
        Reason::Between { low, high, .. } => {
            let missed = [low, high].into_iter().find(|comparison| comparison.truth() == Truth::NotMet).unwrap_or(low);
            comparison_gap(locale, document, missed)
        }
        Reason::Growth(growth) => growth_gap(locale, document, growth),
        Reason::Parts { parts, .. } => {
            let count = |wanted| parts.iter().filter(|(truth, _)| *truth == wanted).count().to_string();
            let values = [("met", count(Truth::Met)), ("all", parts.len().to_string())];
            locale.fill(key::PARTS_SHORT, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        Reason::Context { figure, value } => {
            figure.zip(*value).map(|(figure, value)| figure_value(locale, document, figure, value)).unwrap_or_default()
        }
        Reason::OtherLevel { contribution, value } => contribution
            .zip(*value)
            .map(|(figure, value)| locale.fill(key::CONTRIBUTION_SHORT, &[("value", &figure_value(locale, document, figure, value))]))
            .unwrap_or_default(),
    }
}

/// The explanation of a clause: the arithmetic of derived figures, then the rule part by part.
#[must_use]
pub fn explanation(locale: Locale, document: &Document, report: &Report, result: &ClauseResult) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut explained = Vec::new();
    let truth = match result.verdict {
        Verdict::Met => Some(Truth::Met),
        Verdict::NotMet => Some(Truth::NotMet),
        _ => None,
    };
    explain(locale, document, report, &result.reason, truth, 0, &mut explained, &mut lines);
    // The verdict itself stands above all lines.
    lines.iter_mut().filter(|line| line.depth == 0 && !matches!(result.reason, Reason::Between { .. })).for_each(|line| line.truth = None);
    lines
}

#[expect(clippy::too_many_arguments, reason = "one recursive walk over the reason")]
fn explain(
    locale: Locale,
    document: &Document,
    report: &Report,
    reason: &Reason,
    truth: Option<Truth>,
    depth: u8,
    explained: &mut Vec<FigureIndex>,
    lines: &mut Vec<Line>,
) {
    let name = |figure| figure_name(locale, document, figure);
    match reason {
        Reason::YesNo { figure, answer } => {
            let word = match answer {
                Some(true) => key::REASON_YES,
                Some(false) => key::REASON_NO,
                None => key::REASON_UNANSWERED,
            };
            lines.push(Line { depth, truth, text: locale.fill(word, &[("figure", name(*figure))]) });
        }
        Reason::Comparison(comparison) => {
            derivations(locale, document, report, comparison.figure, depth, explained, lines);
            lines.push(Line { depth, truth, text: comparison_text(locale, document, comparison) });
        }
        Reason::Between { figure, low, high } => {
            derivations(locale, document, report, *figure, depth, explained, lines);
            for comparison in [low, high] {
                lines.push(Line { depth, truth: Some(comparison.truth()), text: comparison_text(locale, document, comparison) });
            }
        }
        Reason::Growth(growth) => {
            derivations(locale, document, report, growth.current, depth, explained, lines);
            derivations(locale, document, report, growth.base, depth, explained, lines);
            let text = growth_range_text(locale, document, growth, truth).unwrap_or_else(|| growth_text(locale, document, growth));
            lines.push(Line { depth, truth, text });
        }
        Reason::Rising { years, fell_in } => {
            let shown: Vec<String> = years
                .iter()
                .map(|(year, figure, value)| {
                    let value = value.and_then(|value| shown_value(locale, document, *figure, value));
                    let value = value.unwrap_or_else(|| locale.word(key::MISSING).to_owned());
                    format!("{year}: {value}")
                })
                .collect();
            if !shown.is_empty() {
                lines.push(Line { depth, truth: None, text: shown.join(locale.word(key::SEMICOLON)) });
            }
            let text = match (fell_in, years.is_empty()) {
                (Some(year), _) => locale.fill(key::REASON_FELL, &[("year", &year.to_string())]),
                (None, true) => locale.word(key::REASON_NO_YEAR).to_owned(),
                (None, false) if years.iter().any(|(_, _, value)| value.is_none()) => locale.word(key::REASON_RISING_GAPS).to_owned(),
                (None, false) => locale.word(key::REASON_ROSE).to_owned(),
            };
            lines.push(Line { depth, truth, text });
        }
        Reason::Parts { need, parts } => {
            lines.push(Line { depth, truth, text: need_text(locale, *need) });
            for (truth, part) in parts {
                explain(locale, document, report, part, Some(*truth), depth.saturating_add(1), explained, lines);
            }
        }
        Reason::Context { .. } => lines.push(Line { depth, truth: None, text: locale.word(key::RULE_CONTEXT).to_owned() }),
        Reason::NotApplicable => lines.push(Line { depth, truth: None, text: locale.word(key::REASON_NOT_APPLICABLE).to_owned() }),
        Reason::OtherLevel { contribution, value } => {
            lines.push(Line { depth, truth: None, text: locale.word(key::REASON_OTHER_LEVEL).to_owned() });
            if let Some((figure, value)) = contribution.zip(*value) {
                let text = format!("{} {}", name(figure), figure_value(locale, document, figure, value));
                lines.push(Line { depth, truth: None, text });
            }
        }
    }
}

/// The arithmetic that gave a figure its value, inner figures first, each figure once.
fn derivations(
    locale: Locale,
    document: &Document,
    report: &Report,
    figure: FigureIndex,
    depth: u8,
    explained: &mut Vec<FigureIndex>,
    lines: &mut Vec<Line>,
) {
    if explained.contains(&figure) {
        return;
    }
    explained.push(figure);
    let (Some(definition), Some(state)) = (document.standard.figure(figure), report.figures.get(figure.0 as usize)) else {
        return;
    };
    let Some(formula) = &definition.formula else { return };
    let name = figure_name(locale, document, figure);
    let show_value = |used: FigureIndex| {
        let value = report.figures.get(used.0 as usize).and_then(|state| shown_value(locale, document, used, state.value?));
        value.unwrap_or_else(|| locale.fill(key::MISSING_FIGURE, &[("figure", figure_name(locale, document, used))]))
    };
    let text = match (state.origin, state.derived) {
        (Origin::Derived, derived) => {
            for used in formula.figures() {
                derivations(locale, document, report, used, depth, explained, lines);
            }
            let names = formula_text(formula, 0, &|used| figure_name(locale, document, used).to_owned());
            let values = formula_text(formula, 0, &show_value);
            let is_short = derived.is_some_and(|value| value.fraction_digits().is_some_and(|digits| digits <= 4));
            let sign = if is_short { "=" } else { "≈" };
            let shown = state.value.and_then(|value| shown_value(locale, document, figure, value)).unwrap_or_default();
            format!("{name} = {names} = {values} {sign} {shown}")
        }
        (Origin::Entered, Some(derived)) => {
            let entered = state.value.and_then(dabiao_core::Value::number).unwrap_or(derived);
            if agrees_when_rounded(entered, derived) {
                return;
            }
            let entered = figure_value(locale, document, figure, entered);
            let derived = figure_value(locale, document, figure, derived);
            locale.fill(key::ENTERED_DIFFERS, &[("figure", name), ("entered", &entered), ("derived", &derived)])
        }
        (Origin::Failed(Unevaluated::Arithmetic(ArithmeticError::DivisionByZero)), _) => {
            locale.fill(key::DIVISION_BY_ZERO, &[("figure", name)])
        }
        (Origin::Failed(Unevaluated::Arithmetic(ArithmeticError::TooLarge)), _) => {
            locale.fill(key::TOO_MANY_DIGITS_TO_DERIVE, &[("figure", name)])
        }
        _ => return,
    };
    lines.push(Line { depth, truth: None, text });
}

/// Whether the derived value is the entered one, rounded to the digits that were entered.
#[must_use]
pub fn agrees_when_rounded(entered: Exact, derived: Exact) -> bool {
    let digits = entered.fraction_digits().unwrap_or(2);
    derived.rounded(digits).and_then(|text| text.parse::<Exact>().ok()) == Some(entered)
}

fn comparison_text(locale: Locale, document: &Document, comparison: &Comparison) -> String {
    let name = figure_name(locale, document, comparison.figure);
    let unit = figure_unit(document, comparison.figure);
    let with_unit = |shown: &str| unit.map_or_else(|| shown.to_owned(), |unit| number::with_unit(locale, shown, unit));
    match (comparison.value, comparison.threshold) {
        (Some(value), Some(threshold)) => {
            let shown = with_unit(&number::plain_beside(value, comparison.operator, threshold));
            let asked = with_unit(&number::plain(threshold));
            let relation = if comparison.truth() == Truth::Met { key::COMPARED_MET } else { key::COMPARED_NOT_MET };
            let gap = comparison_gap(locale, document, comparison);
            let sign = operator_sign(comparison.operator);
            locale.fill(relation, &[("figure", name), ("value", &shown), ("sign", sign), ("threshold", &asked), ("gap", &gap)])
        }
        (None, threshold) => match comparison.range.zip(threshold) {
            Some((range, threshold)) => {
                let value = figure_range(locale, document, comparison.figure, range);
                let asked = with_unit(&number::plain(threshold));
                let (sign, finding) = (operator_sign(comparison.operator), locale.word(finding(comparison.truth())));
                locale.fill(
                    key::COMPARED_RANGE,
                    &[("figure", name), ("value", &value), ("sign", sign), ("threshold", &asked), ("finding", finding)],
                )
            }
            None if comparison.range.is_some() => target_missing(locale, document, comparison),
            None => locale.fill(key::COMPARED_MISSING, &[("figure", name)]),
        },
        (Some(_), None) => target_missing(locale, document, comparison),
    }
}

fn target_missing(locale: Locale, document: &Document, comparison: &Comparison) -> String {
    let target = comparison.threshold_figure.map(|figure| figure_name(locale, document, figure)).unwrap_or_default();
    locale.fill(key::COMPARED_TARGET_MISSING, &[("target", target)])
}

/// What holds over a whole range.
fn finding(truth: Truth) -> Word {
    match truth {
        Truth::Met => key::SURE_MET,
        Truth::NotMet => key::SURE_NOT_MET,
        Truth::Unknown => key::POSSIBLY_MET,
    }
}

/// How far a value is from its threshold: what is missing, or the margin.
fn comparison_gap(locale: Locale, document: &Document, comparison: &Comparison) -> String {
    let (Some(margin), Some(unit)) = (comparison.margin(), figure_unit(document, comparison.figure)) else {
        return String::new();
    };
    gap(locale, margin, unit, comparison.operator.is_rising(), comparison.operator.is_strict())
}

/// The gap or margin in words.
fn gap(locale: Locale, margin: Exact, unit: Unit, rising: bool, strict: bool) -> String {
    let amount = number::difference(locale, margin.abs(), unit);
    let word = match (margin.is_zero(), margin.is_negative(), rising) {
        (true, ..) if strict => key::GAP_STRICT_EQUAL,
        (true, ..) => key::GAP_EXACT,
        (false, true, _) if unit == Unit::Rank || unit == Unit::Grade => key::GAP_PLACES,
        (false, true, true) => key::GAP_SHORT,
        (false, true, false) => key::GAP_ABOVE,
        (false, false, true) => key::MARGIN_OVER,
        (false, false, false) => key::MARGIN_UNDER,
    };
    locale.fill(word, &[("amount", &amount)])
}

fn growth_gap(locale: Locale, document: &Document, growth: &Growth) -> String {
    match (growth.margin(), figure_unit(document, growth.current)) {
        (Some(margin), Some(unit)) => gap(locale, margin, unit, true, growth.strict),
        _ => String::new(),
    }
}

/// A growth between values of which at least one is only known to lie in a range.
fn growth_range_text(locale: Locale, document: &Document, growth: &Growth, truth: Option<Truth>) -> Option<String> {
    let shown = |figure, value: Option<Exact>, range: Option<Range>| match (value, range) {
        (Some(value), _) => Some(figure_value(locale, document, figure, value)),
        (None, Some(range)) => Some(figure_range(locale, document, figure, range)),
        (None, None) => None,
    };
    let is_uncertain = growth.current_range.is_some() || growth.base_range.is_some();
    let (true, Some(_)) = (is_uncertain, growth.years) else { return None };
    let base = shown(growth.base, growth.base_value, growth.base_range)?;
    let current = shown(growth.current, growth.current_value, growth.current_range)?;
    let sign = if growth.strict { ">" } else { "≥" };
    let needed = number::full(locale, growth.needed, growth.unit);
    let finding = locale.word(finding(truth.unwrap_or(Truth::Unknown)));
    let values = [("base", base.as_str()), ("current", &current), ("sign", sign), ("needed", &needed), ("finding", finding)];
    Some(locale.fill(key::GROWTH_RANGE, &values))
}

fn growth_text(locale: Locale, document: &Document, growth: &Growth) -> String {
    let (Some(current), Some(base)) = (growth.current_value, growth.base_value) else {
        let missing = if growth.current_value.is_none() { growth.current } else { growth.base };
        return locale.fill(key::COMPARED_MISSING, &[("figure", figure_name(locale, document, missing))]);
    };
    let (Some(years), Some(needed_value)) = (growth.years, growth.needed_value) else {
        return locale.word(key::REASON_NO_YEARS).to_owned();
    };
    let operator = if growth.strict { dabiao_core::Operator::MoreThan } else { dabiao_core::Operator::AtLeast };
    let unit = figure_unit(document, growth.current);
    let with_unit = |shown: &str| unit.map_or_else(|| shown.to_owned(), |unit| number::with_unit(locale, shown, unit));
    let reached = growth.reached().map_or_else(
        || locale.word(key::NOT_MEASURABLE).to_owned(),
        |reached| number::with_unit(locale, &number::plain_beside(reached, operator, growth.needed), growth.unit),
    );
    let gap = growth_gap(locale, document, growth);
    let values = [
        ("base", with_unit(&number::plain(base))),
        ("current", with_unit(&number::plain_beside(current, operator, needed_value))),
        ("years", years.to_string()),
        ("reached", reached),
        ("sign", operator_sign(operator).to_owned()),
        ("needed", number::full(locale, growth.needed, growth.unit)),
        ("needed_value", with_unit(&number::plain(needed_value))),
        ("gap", gap),
    ];
    locale.fill(key::REASON_GROWTH, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// How much of the way from baseline to target is done, in words; nothing for other rules.
#[must_use]
pub fn attainment(locale: Locale, rule: &Rule, value: Option<Exact>) -> Option<String> {
    let Rule::Toward(toward) = rule else { return None };
    let value = value?;
    match toward.attainment(value).ok()? {
        Some(share) => Some(locale.fill(key::ATTAINMENT, &[("share", &signed_share(share))])),
        None => {
            let held = match toward.direction {
                Direction::Rising => value >= toward.target,
                Direction::Falling => value <= toward.target,
            };
            Some(locale.word(if held { key::ATTAINMENT_HELD } else { key::ATTAINMENT_LOST }).to_owned())
        }
    }
}

/// A share that may be negative or beyond 1.
#[must_use]
pub fn signed_share(share: Exact) -> String {
    if share.is_negative() { format!("−{}", number::share(share.abs())) } else { number::share(share) }
}

/// The verdict and, where it depends on it, a remark on the reading.
#[must_use]
pub fn reading_remark(locale: Locale, result: &ClauseResult, chosen: usize, names: &[String]) -> Option<String> {
    if !result.depends_on_reading() {
        return None;
    }
    let others: Vec<String> = result
        .readings
        .iter()
        .zip(names)
        .enumerate()
        .filter(|(index, (verdict, _))| *index != chosen && **verdict != result.verdict)
        .map(|(_, (verdict, name))| locale.fill(key::READING_WOULD_BE, &[("reading", name), ("verdict", verdict_text(locale, *verdict))]))
        .collect();
    Some(locale.fill(key::DEPENDS_ON_READING, &[("others", &others.join(locale.word(key::SEMICOLON)))]))
}

fn verdict_text(locale: Locale, verdict: Verdict) -> &'static str {
    locale.word(crate::rule_text::verdict_word(verdict))
}
