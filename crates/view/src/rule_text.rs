//! What a rule asks, in one sentence.

use dabiao_catalog::Document;
use dabiao_core::formula::{Formula, Operation};
use dabiao_core::outcome::{Need, Operator};
use dabiao_core::rule::{Base, Basis, Method, Rule};
use dabiao_core::{Exact, FigureIndex, Range, Unit, Value};

use crate::number;
use crate::words::{Locale, Word, key};

/// The name of a figure.
#[must_use]
pub fn figure_name(locale: Locale, document: &Document, figure: FigureIndex) -> &str {
    document.figures.get(figure.0 as usize).map_or("", |text| locale.text(&text.name))
}

/// The unit of a number figure.
#[must_use]
pub fn figure_unit(document: &Document, figure: FigureIndex) -> Option<Unit> {
    document.standard.figure(figure).and_then(|figure| figure.kind.unit())
}

/// A value of a figure with its unit.
#[must_use]
pub fn figure_value(locale: Locale, document: &Document, figure: FigureIndex, value: Exact) -> String {
    figure_unit(document, figure).map_or_else(|| number::plain(value), |unit| number::full(locale, value, unit))
}

/// A value of a number figure with its unit, exact or a range; `None` for an answer.
#[must_use]
pub fn shown_value(locale: Locale, document: &Document, figure: FigureIndex, value: Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(figure_value(locale, document, figure, number)),
        Value::Between(range) => Some(figure_range(locale, document, figure, range)),
        Value::YesNo(_) => None,
    }
}

/// A range of a figure with its unit, such as `2.25–2.35 万人`.
#[must_use]
pub fn figure_range(locale: Locale, document: &Document, figure: FigureIndex, range: Range) -> String {
    let shown = format!("{}–{}", number::plain(range.low()), number::plain(range.high()));
    figure_unit(document, figure).map_or_else(|| shown.clone(), |unit| number::with_unit(locale, &shown, unit))
}

/// `≥`, `>`, `≤` or `<`.
#[must_use]
pub fn operator_sign(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => "≥",
        Operator::MoreThan => ">",
        Operator::AtMost => "≤",
        Operator::LessThan => "<",
    }
}

/// The rule in one sentence, such as `镇区人均道路面积 ≥ 15 平方米/人`.
#[must_use]
pub fn rule_text(locale: Locale, document: &Document, rule: &Rule) -> String {
    let name = |figure| figure_name(locale, document, figure);
    let against =
        |figure, operator, value| format!("{} {} {}", name(figure), operator_sign(operator), figure_value(locale, document, figure, value));
    match rule {
        Rule::YesNo(rule) => locale.fill(key::RULE_YES_NO, &[("figure", name(rule.figure))]),
        Rule::Threshold(rule) if rule.basis == Basis::Rank => {
            let rank = number::plain(rule.value);
            locale.fill(key::RULE_RANK, &[("figure", name(rule.figure)), ("value", &rank)])
        }
        Rule::Threshold(rule) => against(rule.figure, rule.operator, rule.value),
        Rule::Between(rule) => {
            let high = figure_value(locale, document, rule.figure, rule.high.1);
            format!("{}, {} {high}", against(rule.figure, rule.low.0, rule.low.1), operator_sign(rule.high.0))
        }
        Rule::External(rule) => format!("{} {} {}", name(rule.figure), operator_sign(rule.operator), name(rule.target)),
        Rule::Toward(rule) => {
            let baseline = figure_value(locale, document, rule.figure, rule.baseline);
            let years = [rule.baseline_year.to_string(), rule.target_year.to_string()];
            let [from, to] = &years;
            let asked = against(rule.figure, rule.direction.operator(), rule.target);
            locale.fill(key::RULE_TOWARD, &[("asked", &asked), ("to", to), ("from", from), ("baseline", &baseline)])
        }
        Rule::Growth(rule) => {
            let needed = number::full(locale, rule.value, rule.measure.unit());
            let sign = if rule.strict { ">" } else { "≥" };
            let word = match rule.over {
                Base::PreviousYear => key::RULE_GROWTH_YEAR,
                Base::Since { method: Method::Compound, .. } | Base::SinceFigure { method: Method::Compound, .. } => {
                    key::RULE_GROWTH_COMPOUND
                }
                Base::Since { .. } | Base::SinceFigure { .. } => key::RULE_GROWTH_SIMPLE,
            };
            let since = match rule.over {
                Base::PreviousYear => String::new(),
                Base::Since { year, .. } => year.to_string(),
                Base::SinceFigure { year, .. } => name(year).to_owned(),
            };
            locale.fill(word, &[("figure", name(rule.current)), ("since", &since), ("sign", sign), ("needed", &needed)])
        }
        Rule::Rising(rule) => {
            let year = rule.series.first().map(|(year, _)| year.to_string()).unwrap_or_default();
            locale.fill(key::RULE_RISING, &[("year", &year)])
        }
        Rule::Parts(rule) => {
            // A compound inside a compound stands in brackets, so that it is seen where it ends.
            let part_text = |part: &Rule| match part {
                Rule::Parts(_) => locale.fill(key::IN_BRACKETS, &[("text", &rule_text(locale, document, part))]),
                _ => rule_text(locale, document, part),
            };
            let parts: Vec<String> = rule.of.iter().map(part_text).collect();
            format!("{}{}", need_text(locale, rule.need), parts.join(locale.word(key::SEMICOLON)))
        }
        Rule::Context(_) => locale.word(key::RULE_CONTEXT).to_owned(),
    }
}

/// How many parts are needed.
#[must_use]
pub fn need_text(locale: Locale, need: Need) -> String {
    match need {
        Need::All => locale.word(key::NEED_ALL).to_owned(),
        Need::Any => locale.word(key::NEED_ANY).to_owned(),
        Need::AtLeast(count) => locale.fill(key::NEED_AT_LEAST, &[("count", &count.to_string())]),
    }
}

/// A formula with something for each figure; parentheses only where they matter.
#[must_use]
pub fn formula_text(formula: &Formula, outer: u8, show: &dyn Fn(FigureIndex) -> String) -> String {
    match formula {
        Formula::Figure(figure) => show(*figure),
        Formula::Constant(constant) => number::plain(*constant),
        Formula::Binary { operation, left, right } => {
            let (sign, strength) = match operation {
                Operation::Add => ("+", 1),
                Operation::Subtract => ("−", 1),
                Operation::Multiply => ("×", 2),
                Operation::Divide => ("÷", 2),
            };
            let left = formula_text(left, strength, show);
            let right = formula_text(right, strength.saturating_add(1), show);
            let text = format!("{left} {sign} {right}");
            if strength < outer { format!("({text})") } else { text }
        }
    }
}

/// The word for a verdict.
#[must_use]
pub fn verdict_word(verdict: dabiao_core::Verdict) -> Word {
    use dabiao_core::Verdict;
    match verdict {
        Verdict::Met => key::VERDICT_MET,
        Verdict::NotMet => key::VERDICT_NOT_MET,
        Verdict::Unknown => key::VERDICT_UNKNOWN,
        Verdict::NotApplicable => key::VERDICT_NOT_APPLICABLE,
        Verdict::NotJudged => key::VERDICT_NOT_JUDGED,
    }
}
