//! Random assessments for the tests that compare.
//!
//! Values cluster at thresholds, because that is where judging goes wrong: exactly at one, and one
//! last digit to either side. Everything follows from a seed.

use dabiao_catalog::Document;
use dabiao_core::formula::{Formula, Operation};
use dabiao_core::rule::Rule;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, Exact, FigureIndex, FigureKind, Situation, Unit, Value};

/// A small generator of random numbers (splitmix64): the same everywhere, for ever.
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit.max(1)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of several.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let index = usize::try_from(self.below(items.len() as u64)).ok()?;
        items.get(index)
    }
}

/// What a generated value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// Exactly at a threshold.
    At,
    /// One last digit from a threshold.
    Beside,
    /// Anywhere.
    Anywhere,
}

/// A random situation and how many of its numbers are at, beside or away from a threshold.
pub struct Case {
    /// The situation.
    pub situation: Situation,
    /// How each number was chosen.
    pub nearness: Vec<Nearness>,
}

/// Makes a random situation.
pub fn random_case(document: &Document, random: &mut Random) -> Case {
    let standard = &document.standard;
    let mut situation = Situation::empty(standard);
    let levels: Vec<Level> = standard.levels().iter().collect();
    situation.set_level(*random.pick(&levels).unwrap_or(&standard.level()));
    let mut nearness = Vec::new();
    let known = *random.pick(&[40, 75, 95, 100]).unwrap_or(&75);
    let thresholds = thresholds(document);
    let set = |situation: &mut Situation, figure: FigureIndex, value: Value| situation.set_value(standard, figure, Some(value)).is_ok();
    for (index, figure) in (0..).map(FigureIndex).zip(standard.figures()) {
        if !random.percent(known) {
            continue;
        }
        let value = match figure.kind {
            FigureKind::YesNo => Value::YesNo(random.percent(80)),
            // Entered directly in a third of the cases only, so that formulas get their turn.
            FigureKind::Number { .. } if figure.formula.is_some() && random.percent(66) => continue,
            FigureKind::Number { unit: Unit::Year, .. } => {
                nearness.push(Nearness::Anywhere);
                Value::Number(Exact::from(u32::try_from(2018 + random.below(10)).unwrap_or(2022)))
            }
            FigureKind::Number { unit, .. } => {
                let (number, how) = near(random, thresholds.get(index.0 as usize).map_or(&[], Vec::as_slice), unit.is_whole());
                nearness.push(how);
                Value::Number(number)
            }
        };
        assert!(set(&mut situation, index, value), "{}", figure.id);
    }
    place_derived(document, random, &mut situation, &mut nearness);
    place_growth(document, random, &mut situation, &mut nearness);
    for (index, clause) in (0..).map(ClauseIndex).zip(standard.clauses()) {
        let reading = u8::try_from(random.below(clause.readings.len() as u64)).unwrap_or_default();
        let answer = ClauseAnswer { not_applicable: random.percent(4), reading };
        let accepted = situation.set_clause(standard, index, answer);
        assert!(accepted.is_ok(), "{}", clause.id);
    }
    Case { situation, nearness }
}

/// The thresholds that each figure is compared with.
fn thresholds(document: &Document) -> Vec<Vec<Exact>> {
    let standard = &document.standard;
    let mut found = vec![Vec::new(); standard.figures().len()];
    for clause in standard.clauses() {
        clause.readings.iter().for_each(|reading| collect_thresholds(&reading.rule, &mut found));
    }
    found
}

fn collect_thresholds(rule: &Rule, found: &mut [Vec<Exact>]) {
    let mut add = |figure: FigureIndex, values: &[Exact]| {
        if let Some(slot) = found.get_mut(figure.0 as usize) {
            slot.extend(values);
        }
    };
    match rule {
        Rule::Threshold(rule) => add(rule.figure, &[rule.value]),
        Rule::Between(rule) => add(rule.figure, &[rule.low.1, rule.high.1]),
        Rule::Toward(rule) => add(rule.figure, &[rule.target, rule.target, rule.baseline]),
        Rule::Growth(rule) => rule.rate.iter().for_each(|rate| add(*rate, &[rule.value])),
        Rule::External(rule) => {
            // Figure and target take from the same few values, so that they often meet.
            let few: Vec<Exact> = [80_u32, 85, 90].map(Exact::from).to_vec();
            add(rule.figure, &few);
            add(rule.target, &few);
        }
        Rule::Rising(rule) => {
            let few: Vec<Exact> = [20_000_u32, 20_001].map(Exact::from).to_vec();
            rule.series.iter().for_each(|(_, figure)| add(*figure, &few));
        }
        Rule::Parts(rule) => rule.of.iter().for_each(|part| collect_thresholds(part, found)),
        Rule::YesNo(_) | Rule::Context(_) => {}
    }
}

/// A number at a threshold, one last digit beside it, or anywhere.
fn near(random: &mut Random, thresholds: &[Exact], whole: bool) -> (Exact, Nearness) {
    let anywhere = |random: &mut Random| {
        let digits = if whole { 0 } else { u32::try_from(random.below(4)).unwrap_or_default() };
        let size = *random.pick(&[100, 10_000, 1_000_000]).unwrap_or(&100);
        Exact::ratio(i128::from(random.below(size)), 10_i128.pow(digits)).unwrap_or(Exact::ZERO)
    };
    let Some(threshold) = random.pick(thresholds).copied().filter(|_| random.percent(70)) else {
        return (anywhere(random), Nearness::Anywhere);
    };
    beside(random, threshold, whole)
}

/// The threshold itself, or one last digit up or down.
fn beside(random: &mut Random, threshold: Exact, whole: bool) -> (Exact, Nearness) {
    let digits = threshold.fraction_digits().unwrap_or(6);
    let step = Exact::ratio(1, 10_i128.pow(if whole { 0 } else { digits + u32::from(random.percent(30)) })).unwrap_or(Exact::ONE);
    match random.below(3) {
        0 => (threshold, Nearness::At),
        1 => (threshold.plus(step).unwrap_or(threshold), Nearness::Beside),
        _ => (threshold.minus(step).unwrap_or(threshold), Nearness::Beside),
    }
}

/// For some quotients `part / whole`, chooses the part so that the quotient is at its threshold.
fn place_derived(document: &Document, random: &mut Random, situation: &mut Situation, nearness: &mut Vec<Nearness>) {
    let standard = &document.standard;
    let thresholds = thresholds(document);
    for (index, figure) in (0..).map(FigureIndex).zip(standard.figures()) {
        let (Some(Formula::Binary { operation: Operation::Divide, left, right }), Some(unit)) = (&figure.formula, figure.kind.unit())
        else {
            continue;
        };
        let (Formula::Figure(part), Formula::Figure(whole)) = (&**left, &**right) else { continue };
        let Some(threshold) = thresholds.get(index.0 as usize).and_then(|found| random.pick(found)).copied() else { continue };
        if situation.value(index).is_some() || random.percent(30) {
            continue;
        }
        let units = [*part, *whole].map(|figure| standard.figure(figure).and_then(|figure| figure.kind.unit()));
        let [Some(part_unit), Some(whole_unit)] = units else { continue };
        let Some(whole_value) = situation.value(*whole).and_then(Value::number).filter(|value| !value.is_zero()) else { continue };
        let exact = (|| threshold.times(unit.scale())?.times(whole_value.times(whole_unit.scale())?)?.over(part_unit.scale()))();
        let Ok(exact) = exact else { continue };
        // Only what a person could type: a finite decimal.
        if exact.fraction_digits().is_none() || (part_unit.is_whole() && !exact.is_whole()) {
            continue;
        }
        let (value, how) = beside(random, exact, part_unit.is_whole());
        if situation.set_value(standard, *part, Some(Value::Number(value))).is_ok() {
            nearness.push(how);
        }
    }
}

/// For some growth rules, chooses the present value so that the growth is at what is asked.
fn place_growth(document: &Document, random: &mut Random, situation: &mut Situation, nearness: &mut Vec<Nearness>) {
    let standard = &document.standard;
    let mut growths = Vec::new();
    for clause in standard.clauses() {
        clause.readings.iter().for_each(|reading| collect_growths(&reading.rule, &mut growths));
    }
    for growth in growths {
        let Some(base) = situation.value(growth.base).and_then(Value::number) else { continue };
        let years = 1 + random.below(4);
        let percent = growth.value.times(Unit::Percent.scale());
        let needed = match (growth.measure, percent) {
            (dabiao_core::rule::GrowthMeasure::PercentagePoint, _) => {
                growth.value.times(Exact::from(u32::try_from(years).unwrap_or(1))).and_then(|points| base.plus(points))
            }
            (_, Ok(rate)) => Exact::ONE
                .plus(rate)
                .and_then(|factor| factor.power(u32::try_from(years).unwrap_or(1)))
                .and_then(|factor| base.times(factor)),
            (_, Err(error)) => Err(error),
        };
        let Some(needed) = needed.ok().filter(|needed| needed.fraction_digits().is_some_and(|digits| digits <= 12)) else { continue };
        if random.percent(40) {
            continue;
        }
        let (value, how) = beside(random, needed, false);
        if situation.set_value(standard, growth.current, Some(Value::Number(value))).is_ok() {
            nearness.push(how);
        }
    }
}

fn collect_growths<'a>(rule: &'a Rule, found: &mut Vec<&'a dabiao_core::rule::Growth>) {
    match rule {
        Rule::Growth(growth) => found.push(growth),
        Rule::Parts(parts) => parts.of.iter().for_each(|part| collect_growths(part, found)),
        _ => {}
    }
}

/// The fenced blocks of a Markdown file that carry this mark, each with the line it begins at.
#[must_use]
pub fn marked_blocks(text: &str, mark: &str) -> Vec<(usize, Vec<String>)> {
    let fence = format!("```{mark}");
    let mut blocks: Vec<(usize, Vec<String>)> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        match (inside, line.trim()) {
            (false, opening) if opening == fence => {
                inside = true;
                blocks.push((number + 2, Vec::new()));
            }
            (true, "```") => inside = false,
            (true, statement) => blocks.last_mut().into_iter().for_each(|(_, lines)| lines.push(statement.to_owned())),
            (false, _) => {}
        }
    }
    blocks
}
