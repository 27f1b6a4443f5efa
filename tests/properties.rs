//! What must hold for every assessment, tried on random ones.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use dabiao_catalog::builtin;
use dabiao_core::outcome::{Comparison, Need, Reason};
use dabiao_core::rule::Rule;
use dabiao_core::{
    Exact, Figure, FigureIndex, FigureKind, Period, Range, Scope, Situation, Truth, Unit, Value, Verdict, parse_entry, score,
};
use dabiao_tests::{Random, random_case};
use dabiao_view::number::plain_beside;

/// Random assessments per standard and property.
const CASES: usize = 2_000;

fn for_each_case(mut check: impl FnMut(&dabiao_catalog::Document, &Situation, &mut Random)) {
    for document in builtin::standards().expect("standards") {
        let mut random = Random(7);
        for _ in 0..CASES {
            let case = random_case(&document, &mut random);
            check(&document, &case.situation, &mut random);
        }
    }
}

/// The figures whose removal lets another source of the same fact take over: they have a formula, or
/// are a growth rate that could follow from raw figures.
fn has_another_source(document: &dabiao_catalog::Document, figure: FigureIndex) -> bool {
    fn is_rate(rule: &Rule, figure: FigureIndex) -> bool {
        match rule {
            Rule::Growth(growth) => growth.rate == Some(figure),
            Rule::Parts(parts) => parts.of.iter().any(|part| is_rate(part, figure)),
            _ => false,
        }
    }
    let standard = &document.standard;
    let derives = |figure: &Figure| figure.formula.is_some();
    standard.figure(figure).is_some_and(derives)
        || standard.clauses().iter().flat_map(|clause| &clause.readings).any(|reading| is_rate(&reading.rule, figure))
}

#[test]
fn knowing_less_never_turns_a_verdict_into_its_opposite() {
    for_each_case(|document, situation, random| {
        let standard = &document.standard;
        let before = score(standard, situation);
        let figure = FigureIndex(u32::try_from(random.below(standard.figures().len() as u64)).expect("few"));
        if has_another_source(document, figure) {
            return;
        }
        let mut less = situation.clone();
        less.set_value(standard, figure, None).expect("fits");
        let after = score(standard, &less);
        for (old, new) in before.clauses.iter().zip(&after.clauses) {
            assert!(new.verdict == old.verdict || new.verdict == Verdict::Unknown, "{old:?} became {new:?}");
        }
        assert!(after.total.worst() <= before.total.worst() && after.total.best() >= before.total.best());
    });
}

/// A range decides a verdict only if every value in it decides it so.
#[test]
fn a_verdict_on_ranges_holds_for_every_value_in_them() {
    let (mut decided, mut open) = (0_u32, 0_u32);
    for_each_case(|document, situation, random| {
        let standard = &document.standard;
        let mut vague = situation.clone();
        let mut ranges = Vec::new();
        for (index, figure) in (0..).map(FigureIndex).zip(standard.figures()) {
            let year = figure.kind.unit() == Some(Unit::Year);
            let Some(number) = situation.value(index).and_then(Value::number).filter(|_| !year && random.percent(60)) else { continue };
            let reach = number.abs().times(Exact::ratio(i128::from(random.below(9)), 40).expect("small")).expect("small");
            let (low, high) = (number.minus(reach).expect("small"), number.plus(reach).expect("small"));
            let range = Range::new(low, high).expect("forwards");
            vague.set_value(standard, index, Some(Value::from_range(range))).expect("fits");
            ranges.push((index, low, high));
        }
        let report = score(standard, &vague);
        for _ in 0..4 {
            let mut exact = vague.clone();
            for (index, low, high) in &ranges {
                let share = Exact::ratio(i128::from(random.below(5)), 4).expect("small");
                let value = high.minus(*low).and_then(|way| way.times(share)).and_then(|part| low.plus(part)).expect("small");
                exact.set_value(standard, *index, Some(Value::Number(value))).expect("fits");
            }
            let certain = score(standard, &exact);
            for ((clause, vague), certain) in standard.clauses().iter().zip(&report.clauses).zip(&certain.clauses) {
                let is_judged = matches!(vague.verdict, Verdict::Met | Verdict::NotMet);
                if is_judged {
                    decided += 1
                } else {
                    open += 1
                }
                assert!(!is_judged || vague.verdict == certain.verdict, "{}: {vague:?} against {certain:?}", clause.id);
            }
        }
    });
    assert!(decided > 100_000 && open > 10_000, "{decided} decided, {open} open");
}

#[test]
fn the_range_holds_and_counts_add_up() {
    for_each_case(|document, situation, _| {
        let report = score(&document.standard, situation);
        let total = report.total;
        assert!(total.worst() <= total.best());
        let all = total.applicable() + total.not_applicable + total.not_judged;
        let own = document.standard.clauses().iter().filter(|clause| clause.levels.contains(situation.level()));
        assert_eq!(all as usize, own.count());
        let tops = document.standard.groups().iter().zip(&report.groups).filter(|(group, _)| group.parent.is_none());
        assert_eq!(tops.map(|(_, tally)| tally.met).sum::<u32>(), total.met);
    });
}

#[test]
fn only_what_the_assessed_level_answers_is_judged() {
    for_each_case(|document, situation, _| {
        let report = score(&document.standard, situation);
        for (clause, result) in document.standard.clauses().iter().zip(&report.clauses) {
            let is_other = matches!(result.reason, Reason::OtherLevel { .. });
            assert_eq!(is_other, !clause.levels.contains(situation.level()), "{}", clause.id);
            assert!(!is_other || result.verdict == Verdict::NotJudged, "{}", clause.id);
        }
    });
}

/// Whether the reason rests on years that all rose so far: whether they reach the assessed year is not in it.
fn has_open_rise(reason: &Reason) -> bool {
    match reason {
        Reason::Rising { fell_in, .. } => fell_in.is_none(),
        Reason::Parts { parts, .. } => parts.iter().any(|(_, part)| has_open_rise(part)),
        _ => false,
    }
}

#[test]
fn a_reason_recomputes_its_verdict() {
    fn truth(reason: &Reason) -> Truth {
        let of = |comparison: &Comparison| match (comparison.value, comparison.threshold) {
            (Some(value), Some(threshold)) => Truth::from_bool(comparison.operator.holds(value, threshold)),
            _ => Truth::Unknown,
        };
        match reason {
            Reason::YesNo { answer, .. } => answer.map_or(Truth::Unknown, Truth::from_bool),
            Reason::Comparison(comparison) => of(comparison),
            Reason::Between { low, high, .. } => Truth::at_least_of(2, [of(low), of(high)].into_iter()),
            Reason::Growth(growth) => match (growth.current_value, growth.needed_value) {
                (Some(current), Some(needed)) => Truth::from_bool(current >= needed),
                _ => Truth::Unknown,
            },
            Reason::Rising { years, fell_in: Some(_) } => {
                assert!(!years.is_empty());
                Truth::NotMet
            }
            Reason::Rising { years, fell_in: None } => {
                // Whether the list reaches the assessed year is not in the reason, so only falls are checked.
                let values: Vec<Exact> = years.iter().filter_map(|(_, _, value)| value.and_then(Value::number)).collect();
                if values.len() < years.len() || values.len() < 2 { Truth::Unknown } else { Truth::Met }
            }
            Reason::Parts { need, parts } => {
                let needed = match need {
                    Need::All => parts.len(),
                    Need::Any => 1,
                    Need::AtLeast(count) => *count as usize,
                };
                for (found, part) in parts.iter().filter(|(_, part)| !has_open_rise(part)) {
                    assert_eq!(*found, truth(part));
                }
                Truth::at_least_of(needed, parts.iter().map(|(found, _)| *found))
            }
            Reason::Context { .. } | Reason::NotApplicable | Reason::OtherLevel { .. } => Truth::Unknown,
        }
    }
    for_each_case(|document, situation, _| {
        for result in &score(&document.standard, situation).clauses {
            let is_judged = !matches!(result.verdict, Verdict::NotApplicable | Verdict::NotJudged);
            let is_rising = has_open_rise(&result.reason);
            if is_judged && !is_rising {
                assert_eq!(result.verdict, Verdict::from(truth(&result.reason)), "{result:?}");
            }
        }
    });
}

#[test]
fn a_shown_number_never_contradicts_its_verdict() {
    let mut shown = 0;
    for_each_case(|document, situation, _| {
        for result in &score(&document.standard, situation).clauses {
            let Reason::Comparison(comparison) = &result.reason else { continue };
            let (Some(value), Some(threshold)) = (comparison.value, comparison.threshold) else { continue };
            let text = plain_beside(value, comparison.operator, threshold);
            let Ok(number) = text.parse::<Exact>() else { continue };
            shown += 1;
            assert_eq!(comparison.operator.holds(number, threshold), comparison.operator.holds(value, threshold), "{text}");
        }
    });
    assert!(shown > 10_000, "only {shown} numbers were shown");
}

#[test]
fn a_written_number_is_read_back_as_itself() {
    let figure = |unit| Figure {
        id: "figure".into(),
        kind: FigureKind::Number { unit, min: None, max: None },
        scope: Scope::None,
        period: Period::None,
        formula: None,
    };
    let mut random = Random(11);
    for _ in 0..20_000 {
        let unit = *random.pick(Unit::ALL).expect("units");
        let digits = if unit.is_whole() { 0 } else { u32::try_from(random.below(7)).expect("few") };
        let number = Exact::ratio(i128::from(1 + random.below(1_000_000_000)), 10_i128.pow(digits)).expect("not zero");
        for text in [number.to_string(), format!("{number}{}", if unit.symbol().contains(':') { "" } else { unit.symbol() })] {
            let entry = parse_entry(&text, &figure(unit)).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(entry.map(|entry| entry.value), Some(Value::Number(number)), "{text}");
        }
    }
}
