//! Rules as spreadsheet formulas, with the three answers of the core.
//!
//! A compound counts the answers in the rows of its parts: met if enough are met, missed if too many
//! are missed, unknown otherwise, so that a missing part matters only where it can change the outcome.

use dabiao_core::figure::Range;
use dabiao_core::outcome::{Comparison, Need, Operator, Reason, Truth};
use dabiao_core::rule::{Base, Between, Growth, GrowthMeasure, Method, Parts, Rising, Rule};
use dabiao_core::{Exact, FigureIndex, Unit, Verdict};
use dabiao_view::words::key;

use super::book::{Book, Ends, Sheet, literal, quoted};
use super::formula::known;
use super::precision::{Precision, is_too_close};

/// Translates rules for one sheet.
pub(super) struct Translator<'a, 'b> {
    pub(super) book: &'b Book<'a>,
    pub(super) from: Sheet,
}

/// What a value is held against.
enum Target {
    /// A number of the standard.
    Printed(Exact),
    /// A figure that somebody fills in.
    Figure(FigureIndex),
}

impl Translator<'_, '_> {
    /// The formula for the answer of a rule. `parts` holds the answers of its parts and how many they
    /// are, if it is a compound.
    pub(super) fn truth(&self, rule: &Rule, parts: Option<(&str, usize)>) -> String {
        if !is_recalculable(self.book, rule) {
            let (truth, _) = rule.judge(self.book.report().known());
            return self.word(truth);
        }
        match rule {
            Rule::YesNo(rule) => {
                let cell = self.ends(rule.figure).low;
                let [yes, no] = [key::ANSWER_YES, key::ANSWER_NO].map(|word| quoted(self.book.word(word)));
                format!(
                    "IF({cell}={yes},{},IF({cell}={no},{},{}))",
                    self.word(Truth::Met),
                    self.word(Truth::NotMet),
                    self.word(Truth::Unknown)
                )
            }
            Rule::Threshold(rule) => self.against(rule.figure, rule.operator, &Target::Printed(rule.value)),
            Rule::Toward(rule) => self.against(rule.figure, rule.direction.operator(), &Target::Printed(rule.target)),
            Rule::External(rule) => self.against(rule.figure, rule.operator, &Target::Figure(rule.target)),
            Rule::Between(rule) => self.between(rule),
            Rule::Growth(rule) => self.growth(rule),
            Rule::Rising(rule) => self.rising(rule),
            Rule::Parts(rule) => self.parts(rule, parts),
            Rule::Context(_) => self.word(Truth::Unknown),
        }
    }

    fn ends(&self, figure: FigureIndex) -> Ends {
        self.book.ends(figure, self.from)
    }

    fn word(&self, truth: Truth) -> String {
        quoted(self.book.verdict(Verdict::from(truth)))
    }

    /// A formula that is unknown unless a condition holds.
    fn only_if(&self, condition: &str, then: &str) -> String {
        format!("IF({condition},{then},{})", self.word(Truth::Unknown))
    }

    /// Met or missed by one condition; by two, of the ends of a range, only if they agree.
    fn decided(&self, at_low: &str, at_high: Option<&str>) -> String {
        let (met, not_met) = (self.word(Truth::Met), self.word(Truth::NotMet));
        match at_high {
            None => format!("IF({at_low},{met},{not_met})"),
            Some(at_high) => self.only_if(&format!("({at_low})=({at_high})"), &format!("IF({at_low},{met},{not_met})")),
        }
    }

    fn precision(&self, figure: FigureIndex, target: &Target) -> Precision {
        match target {
            Target::Printed(threshold) if self.book.is_derived(figure) => Precision::beside(*threshold),
            Target::Figure(other) if self.book.is_derived(figure) || self.book.is_derived(*other) => Precision::Relative,
            _ => Precision::Direct,
        }
    }

    fn against(&self, figure: FigureIndex, operator: Operator, target: &Target) -> String {
        let (needed, decided) = self.against_known(figure, operator, target);
        self.only_if(&known(&needed), &decided)
    }

    /// The cells that a comparison needs, and the formula for when they hold numbers.
    fn against_known(&self, figure: FigureIndex, operator: Operator, target: &Target) -> (Vec<String>, String) {
        let ends = self.ends(figure);
        let precision = self.precision(figure, target);
        let mut needed = vec![ends.low.clone()];
        let right = match target {
            Target::Printed(threshold) => literal(*threshold),
            Target::Figure(other) => {
                needed.push(self.ends(*other).low);
                self.ends(*other).low
            }
        };
        let at = |end: &str| precision.condition(end, operator, &right);
        let decided = self.decided(&at(&ends.low), ends.high.as_deref().map(at).as_deref());
        let exact = match target {
            Target::Figure(other) => self.exact(&[*other]),
            Target::Printed(_) => None,
        };
        (needed, exact.map_or_else(|| decided.clone(), |exact| self.only_if(&exact, &decided)))
    }

    /// The condition that figures which may be ranges are exact; `None` if none of them may be one.
    pub(super) fn exact(&self, figures: &[FigureIndex]) -> Option<String> {
        let ends = figures.iter().map(|figure| self.ends(*figure));
        let equal: Vec<String> = ends.filter_map(|ends| ends.high.map(|high| format!("{}={high}", ends.low))).collect();
        (!equal.is_empty()).then(|| format!("AND({})", equal.join(",")))
    }

    fn between(&self, rule: &Between) -> String {
        let ends = self.ends(rule.figure);
        let at = |end: &str, (operator, threshold): (Operator, Exact)| {
            self.precision(rule.figure, &Target::Printed(threshold)).condition(end, operator, &literal(threshold))
        };
        // At the worst the lower end stands against the lower bound, at the best the upper end does.
        let worst = format!("AND({},{})", at(&ends.low, rule.low), at(ends.upper(), rule.high));
        let decided = if ends.high.is_some() {
            let best = format!("AND({},{})", at(ends.upper(), rule.low), at(&ends.low, rule.high));
            let [met, not_met, unknown] = [Truth::Met, Truth::NotMet, Truth::Unknown].map(|truth| self.word(truth));
            format!("IF({worst},{met},IF({best},{unknown},{not_met}))")
        } else {
            self.decided(&worst, None)
        };
        self.only_if(&known(&[ends.low]), &decided)
    }

    fn growth(&self, rule: &Growth) -> String {
        let operator = if rule.strict { Operator::MoreThan } else { Operator::AtLeast };
        let raw = self.growth_of_raw(rule, operator);
        match rule.rate {
            // A rate that was entered counts before the raw figures.
            Some(rate) => {
                let (needed, direct) = self.against_known(rate, operator, &Target::Printed(rule.value));
                format!("IF({},{direct},{raw})", known(&needed))
            }
            None => raw,
        }
    }

    fn growth_of_raw(&self, rule: &Growth, operator: Operator) -> String {
        let (current, base) = (self.ends(rule.current), self.ends(rule.base));
        let (needed_cells, years, is_valid) = self.years(rule);
        let cells: Vec<String> = [current.low.clone(), base.low.clone()].into_iter().chain(needed_cells).collect();
        let at = |end: &str, base: &str| Precision::Relative.condition(end, operator, &needed(rule, base, &years));
        let worst = at(&current.low, base.upper());
        let is_range = current.high.is_some() || base.high.is_some();
        let best = is_range.then(|| at(current.upper(), &base.low));
        let decided = self.decided(&worst, best.as_deref());
        self.only_if(&known(&cells), &is_valid.map_or_else(|| decided.clone(), |condition| self.only_if(&condition, &decided)))
    }

    /// The cells that hold years, the number of years between, and the condition that it is one: whole,
    /// and at least one.
    pub(super) fn years(&self, rule: &Growth) -> (Vec<String>, String, Option<String>) {
        let (from, until, figures) = match rule.over {
            Base::PreviousYear => return (Vec::new(), "1".to_owned(), None),
            Base::Since { year, until, .. } => (year.to_string(), until, vec![until]),
            Base::SinceFigure { year, until, .. } => (self.ends(year).low, until, vec![year, until]),
        };
        let years = format!("({}-{from})", self.ends(until).low);
        let exact = self.exact(&figures).map(|exact| format!(",{exact}")).unwrap_or_default();
        let valid = format!("AND({years}>=1,INT({years})={years}{exact})");
        (figures.iter().map(|figure| self.ends(*figure).low).collect(), years, Some(valid))
    }

    fn rising(&self, rule: &Rising) -> String {
        let until = self.ends(rule.until).low;
        let (mut fell, mut rose, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for ((_, before), (year, figure)) in rule.series.iter().zip(rule.series.iter().skip(1)) {
            let (earlier, later) = (self.ends(*before), self.ends(*figure));
            let precision = self.precision(*figure, &Target::Figure(*before));
            let both = known(&[earlier.low.clone(), later.low.clone()]);
            let falls = precision.condition(later.upper(), Operator::AtMost, &earlier.low);
            let rises = precision.condition(&later.low, Operator::MoreThan, earlier.upper());
            fell.push(format!("IF(AND({until}>={year},{both}),IF({falls},1,0),0)"));
            rose.push(format!("IF({until}<{year},1,IF({both},IF({rises},1,0),0))"));
            last.push(format!("{until}={year}"));
        }
        if last.is_empty() {
            return self.word(Truth::Unknown);
        }
        let [met, not_met, unknown] = [Truth::Met, Truth::NotMet, Truth::Unknown].map(|truth| self.word(truth));
        let all = format!("AND(OR({}),{}={})", last.join(","), rose.join("+"), rose.len());
        let decided = format!("IF({}>0,{not_met},IF({all},{met},{unknown}))", fell.join("+"));
        let decided = self.exact(&[rule.until]).map_or_else(|| decided.clone(), |exact| self.only_if(&exact, &decided));
        self.only_if(&known(&[until]), &decided)
    }

    fn parts(&self, rule: &Parts, parts: Option<(&str, usize)>) -> String {
        let (cells, count) = parts.unwrap_or(("", 0));
        let needed = match rule.need {
            Need::All => count,
            Need::Any => 1,
            Need::AtLeast(needed) => usize::try_from(needed).unwrap_or(usize::MAX),
        };
        let [met, not_met, unknown] = [Truth::Met, Truth::NotMet, Truth::Unknown].map(|truth| self.word(truth));
        if count == 0 {
            return if needed == 0 { met } else { not_met };
        }
        // Missed as soon as fewer can be met than are needed.
        format!("IF(COUNTIF({cells},{met})>={needed},{met},IF({count}-COUNTIF({cells},{not_met})<{needed},{not_met},{unknown}))")
    }
}

/// The value that is just reached, as one term.
pub(super) fn needed(rule: &Growth, base: &str, years: &str) -> String {
    let value = literal(rule.value);
    match rule.measure {
        GrowthMeasure::PercentagePoint if years == "1" => format!("({base}+{value})"),
        GrowthMeasure::PercentagePoint => format!("({base}+{value}*{years})"),
        GrowthMeasure::Percent => match rule.over {
            Base::Since { method: Method::Compound, .. } | Base::SinceFigure { method: Method::Compound, .. } => {
                format!("({base}*(1+{value}/100)^{years})")
            }
            _ => format!("({base}*(100+{value}*{years})/100)"),
        },
    }
}

/// Whether binary numbers can be trusted with a rule: no two numbers that it compares are different and
/// yet too close for them.
pub(super) fn is_recalculable(book: &Book<'_>, rule: &Rule) -> bool {
    let apart = |value: Exact, threshold: Exact, rounded: bool| !is_too_close(value, threshold, rounded);
    let comparison = |comparison: &Comparison| {
        let rounded = book.is_rounded(comparison.figure) || comparison.threshold_figure.is_some_and(|figure| book.is_rounded(figure));
        let Some(threshold) = comparison.threshold else { return true };
        let ends = comparison.value.map(Range::point).or(comparison.range);
        ends.is_none_or(|ends| apart(ends.low(), threshold, rounded) && apart(ends.high(), threshold, rounded))
    };
    if matches!(rule, Rule::Parts(_)) {
        return true;
    }
    match (rule, rule.judge(book.report().known()).1) {
        (_, Reason::Comparison(found)) => comparison(&found),
        (_, Reason::Between { low, high, .. }) => comparison(&low) && comparison(&high),
        (Rule::Growth(rule), Reason::Growth(_)) => growth_is_recalculable(book, rule).unwrap_or(true),
        (Rule::Rising(rule), _) => {
            let range = |figure| book.report().known().range(figure);
            rule.series.iter().zip(rule.series.iter().skip(1)).all(|((_, before), (_, figure))| {
                let rounded = book.is_rounded(*before) || book.is_rounded(*figure);
                let (Some(earlier), Some(later)) = (range(*before), range(*figure)) else { return true };
                apart(later.high(), earlier.low(), rounded) && apart(later.low(), earlier.high(), rounded)
            })
        }
        _ => true,
    }
}

/// `None` if something is missing, so that nothing is compared. Where the core gave up because of too
/// many digits, a spreadsheet would go on with a number that is not exact.
fn growth_is_recalculable(book: &Book<'_>, rule: &Growth) -> Option<bool> {
    let known = book.report().known();
    let (current, base, years) = (known.range(rule.current)?, known.range(rule.base)?, rule.years(known)?);
    let rounded = book.is_rounded(rule.current) || book.is_rounded(rule.base);
    let Ok(growth) = rule.growth_over(years) else { return Some(false) };
    let apart = |value: Exact, base: Exact| {
        let needed = match rule.measure {
            GrowthMeasure::PercentagePoint => base.plus(growth),
            GrowthMeasure::Percent => base.times(growth),
        };
        needed.is_ok_and(|needed| !is_too_close(value, needed, rounded))
    };
    Some(apart(current.low(), base.high()) && apart(current.high(), base.low()))
}

/// The unit of a difference of two values.
pub(super) fn gap_unit(book: &Book<'_>, unit: Option<Unit>) -> String {
    use dabiao_core::unit::Notation;
    match unit {
        Some(Unit::Percent) => dabiao_view::number::unit_name(book.locale, Unit::PercentagePoint).to_owned(),
        Some(unit) if unit.notation() == Notation::Plain => dabiao_view::number::unit_name(book.locale, unit).to_owned(),
        _ => String::new(),
    }
}
