//! The way from a baseline to a target: literate cases (`golden/trajectories/ways.md`, which describes
//! the statements) and a naive second implementation on random ways.
//!
//! Nothing here takes a root: linear values are plain fractions over 128-bit integers, and a compound
//! value is held against its neighbours by whole powers of whole numbers ([`Natural`]).

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;

use dabiao_analysis::trajectory::{Method, Moment, QUARTERS, Trajectory};
use dabiao_core::rule::{Direction, Toward};
use dabiao_core::{Exact, FigureIndex};
use dabiao_tests::{Random, marked_blocks};

/// How many statements the literate cases must have.
const LEAST_STATEMENTS: usize = 60;

/// Random ways that are compared.
const WAYS: usize = 4_000;

#[test]
fn every_way_holds() {
    // What is misspelt or wrong must not pass.
    let settings = ["baseline = 1", "target = 2", "direction = rising", "years = 2022-2025"];
    let right = ["expect step = 1/3", "", "# a remark"];
    let wrong = ["expect wage = 1", "pace = 3", "nonsense", "expect step = 1", "expect due 2023 linear 2 = 4/3", "expect rate 2 = none"];
    let block: Vec<String> = settings.iter().chain(&right).chain(&wrong).map(|line| (*line).to_owned()).collect();
    let refused: Vec<usize> = run(&block).1.iter().map(|(at, _)| *at).collect();
    assert_eq!(refused, [7, 8, 9, 10, 11, 12]);

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/trajectories/ways.md");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (mut checked, mut failures) = (0, Vec::new());
    for (line, block) in marked_blocks(&text, "way") {
        let (statements, problems) = run(&block);
        checked += statements;
        failures.extend(problems.iter().map(|(at, problem)| format!("trajectories/ways.md:{}: {problem}", line + at)));
    }
    println!("{checked} statements about ways");
    assert!(checked >= LEAST_STATEMENTS, "only {checked} statements were checked");
    assert!(failures.is_empty(), "{} statements about ways fail:\n{}", failures.len(), failures.join("\n"));
}

/// Checks the statements of a block; returns how many, and what does not hold with the line inside the block.
fn run(block: &[String]) -> (usize, Vec<(usize, String)>) {
    let (mut settings, mut checked, mut problems) = (BTreeMap::new(), 0, Vec::new());
    for (line, statement) in block.iter().enumerate() {
        if statement.is_empty() || statement.starts_with('#') {
            continue;
        }
        let outcome = match statement.split_once(" = ") {
            None => Err("not a statement".to_owned()),
            Some((name @ ("baseline" | "target" | "direction" | "years"), value)) => {
                settings.insert(name, value);
                Ok(())
            }
            Some((head, expected)) => match head.strip_prefix("expect ") {
                None => Err(format!("no statement `{head}`")),
                Some(subject) => {
                    checked += 1;
                    check(&settings, &subject.split(' ').collect::<Vec<_>>(), expected)
                }
            },
        };
        if let Err(problem) = outcome {
            problems.push((line, format!("`{statement}`: {problem}")));
        }
    }
    (checked, problems)
}

fn check(settings: &BTreeMap<&str, &str>, subject: &[&str], expected: &str) -> Result<(), String> {
    let way = way_of(settings)?;
    if subject == ["way"] {
        return same_word(exists(way.is_some()), expected);
    }
    let way = way.ok_or("there is no way")?;
    let at = |text: &str| moment(&way, text)?.ok_or_else(|| format!("the way has no moment {text}"));
    match *subject {
        ["moment", text] => same_word(exists(moment(&way, text)?.is_some()), expected),
        ["attainment", value] => same(way.attainment(number(value)?).map_err(|error| error.to_string())?, expected),
        ["step"] => same(Some(way.step().map_err(|error| error.to_string())?), expected),
        ["rate", digits] => same(way.rate(whole(digits)?), expected),
        ["due", when, "linear"] => same(way.due(at(when)?, Method::Linear, 0), expected),
        ["due", when, "compound", digits] => same(way.due(at(when)?, Method::Compound, whole(digits)?), expected),
        ["on_track", value, when, method] => {
            let method = match method {
                "linear" => Method::Linear,
                "compound" => Method::Compound,
                other => return Err(format!("no method `{other}`")),
            };
            let found = way.is_on_track(number(value)?, at(when)?, method);
            same_word(found.map_or("none", |is_on_track| if is_on_track { "yes" } else { "no" }), expected)
        }
        ["projected", value, when, "linear"] => same(way.projected(number(value)?, at(when)?, Method::Linear, 0), expected),
        ["projected", value, when, "compound", digits] => {
            same(way.projected(number(value)?, at(when)?, Method::Compound, whole(digits)?), expected)
        }
        _ => Err(format!("no statement `expect {}`", subject.join(" "))),
    }
}

fn way_of(settings: &BTreeMap<&str, &str>) -> Result<Option<Trajectory>, String> {
    let setting = |name: &str| settings.get(name).copied().ok_or_else(|| format!("`{name}` is not set"));
    let direction = match setting("direction")? {
        "rising" => Direction::Rising,
        "falling" => Direction::Falling,
        other => return Err(format!("no direction `{other}`")),
    };
    let (first, last) = setting("years")?.split_once('-').ok_or("years are two numbers")?;
    let (baseline, target) = (number(setting("baseline")?)?, number(setting("target")?)?);
    Ok(Trajectory::of(&toward(baseline, target, direction, whole(first)?, whole(last)?)))
}

fn toward(baseline: Exact, target: Exact, direction: Direction, baseline_year: u16, target_year: u16) -> Toward {
    Toward { figure: FigureIndex(0), baseline, baseline_year, target, target_year, direction }
}

fn moment(way: &Trajectory, text: &str) -> Result<Option<Moment>, String> {
    Ok(match text.split_once('Q') {
        Some((year, quarter)) => way.moment(whole(year)?, whole(quarter)?),
        None => way.end_of(whole(text)?),
    })
}

fn whole<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("`{text}` is not a whole number"))
}

fn number(text: &str) -> Result<Exact, String> {
    let parse = |text: &str| text.parse::<Exact>().map_err(|error| format!("`{text}`: {error}"));
    match text.split_once('/') {
        Some((numerator, denominator)) => parse(numerator)?.over(parse(denominator)?).map_err(|error| error.to_string()),
        None => parse(text),
    }
}

fn exists(it_does: bool) -> &'static str {
    if it_does { "exists" } else { "none" }
}

fn same_word(found: &str, expected: &str) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("is {found}")) }
}

fn same(found: Option<Exact>, expected: &str) -> Result<(), String> {
    let wanted = if expected == "none" { None } else { Some(number(expected)?) };
    if found == wanted { Ok(()) } else { Err(found.map_or("is none".to_owned(), |found| format!("is {found}"))) }
}

/// A whole number of any size, in limbs of 64 bits, the lowest first: multiplied and compared as with
/// pencil and paper. The program uses another one.
struct Natural(Vec<u64>);

impl Natural {
    /// The product of powers.
    fn product(powers: &[(u64, u32)]) -> Self {
        let mut product = Self(vec![1]);
        for (base, exponent) in powers {
            (0..*exponent).for_each(|_| product.multiply(*base));
        }
        product
    }

    fn multiply(&mut self, factor: u64) {
        let mut carry = 0_u128;
        for limb in &mut self.0 {
            let sum = u128::from(*limb) * u128::from(factor) + carry;
            *limb = u64::try_from(sum & u128::from(u64::MAX)).expect("64 bits");
            carry = sum >> 64;
        }
        self.0.push(u64::try_from(carry).expect("64 bits"));
        // No leading zeros, so that the longer number is the larger one.
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

/// A random way in whole units of the last place: `baseline / 10^places` to `target / 10^places`.
#[derive(Debug)]
struct RandomWay {
    baseline: i64,
    target: i64,
    places: u32,
    direction: Direction,
    years: u16,
    /// How many quarters are gone.
    gone: u32,
    /// The digits that are asked for.
    digits: u32,
}

/// The year in which random ways begin.
const FIRST_YEAR: u16 = 2020;

impl RandomWay {
    /// `lowest` and more units; equal ends and tiny ways are not rare.
    fn new(random: &mut Random, lowest: impl Fn(u32, u32) -> i64) -> Self {
        let places = small(random, 4);
        let digits = small(random, 6);
        let years = u16::try_from(1 + random.below(8)).expect("small");
        let lowest = lowest(places, digits);
        let reach = *random.pick(&[30, 3_000, 300_000]).expect("some");
        let baseline = lowest + signed(random.below(reach));
        let target = match random.below(10) {
            0 => baseline,
            1 => baseline + 1,
            2 => (baseline - 1).max(lowest),
            _ => lowest + signed(random.below(reach)),
        };
        let rises = if target == baseline { random.percent(50) } else { target > baseline };
        let gone = small(random, u64::from(years) * 4 + 1);
        let direction = if rises { Direction::Rising } else { Direction::Falling };
        Self { baseline, target, places, direction, years, gone, digits }
    }

    fn trajectory(&self) -> Trajectory {
        let (baseline, target) = (decimal(self.baseline, self.places), decimal(self.target, self.places));
        Trajectory::of(&toward(baseline, target, self.direction, FIRST_YEAR, FIRST_YEAR + self.years)).expect("some years")
    }

    fn moment(&self, way: &Trajectory) -> Moment {
        // Quarters are counted on from the end of the first year.
        let year = FIRST_YEAR + u16::try_from(self.gone.div_ceil(QUARTERS)).expect("small");
        let quarter = if self.gone.is_multiple_of(QUARTERS) { QUARTERS } else { self.gone % QUARTERS };
        way.moment(year, quarter).unwrap_or_else(|| panic!("{self:?}: no quarter {quarter} of {year}"))
    }

    fn length(&self) -> u32 {
        u32::from(self.years) * QUARTERS
    }

    /// Whether a value compared like this with what is due is on the better side.
    fn is_good(&self, value_to_due: Ordering) -> bool {
        match self.direction {
            Direction::Rising => value_to_due != Ordering::Less,
            Direction::Falling => value_to_due != Ordering::Greater,
        }
    }

    /// A unit towards the worse side.
    fn worse(&self) -> i64 {
        if self.direction == Direction::Rising { -1 } else { 1 }
    }

    /// Compares `value / 10^digits` with the compound due value: both to the power of all quarters, both
    /// times all denominators.
    fn compare_with_compound(&self, value: i64) -> Ordering {
        let (length, gone) = (self.length(), self.gone);
        let ours = Natural::product(&[(unsigned(value), length), (10, self.places * length)]);
        let due = Natural::product(&[(unsigned(self.baseline), length - gone), (unsigned(self.target), gone), (10, self.digits * length)]);
        ours.compare(&due)
    }
}

fn small(random: &mut Random, limit: u64) -> u32 {
    u32::try_from(random.below(limit)).expect("small")
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("small")
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).expect("not negative")
}

fn decimal(units: i64, places: u32) -> Exact {
    Exact::ratio(i128::from(units), 10_i128.pow(places)).expect("small")
}

/// The units of the last of `digits` places; the number must have no more.
fn units(number: Exact, digits: u32) -> i64 {
    let power = 10_i128.pow(digits);
    assert_eq!(power % number.denominator(), 0, "{number} has more than {digits} digits");
    i64::try_from(number.numerator() * (power / number.denominator())).expect("small")
}

/// Whether a number is `numerator / denominator`, neither of them reduced.
fn is_fraction(number: Exact, numerator: i128, denominator: i128) -> bool {
    number.numerator() * denominator == numerator * number.denominator()
}

#[test]
fn trajectories_agree_with_a_naive_second_implementation() {
    let mut random = Random(2025);
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..WAYS {
        // Also below zero: growth rates are.
        let way = RandomWay::new(&mut random, |_, _| -200);
        let is_on_track = compare_linear(&way, &mut random);
        count(&mut seen, "linear", is_on_track);

        // Above zero, and what is due at least two of the last places that are asked for.
        let way = RandomWay::new(&mut random, |places, digits| 2 * 10_i64.pow(places.saturating_sub(digits)));
        let is_on_track = compare_compound(&way, &mut random);
        count(&mut seen, if way.direction == Direction::Rising { "compound, rising" } else { "compound, falling" }, is_on_track);
        compare_rate(&way);
        compare_compound_projection(&way, &mut random);
    }
    println!("{seen:?}");
    assert!(seen.values().all(|count| *count > 200) && seen.len() == 6, "one side is hardly tried: {seen:?}");
}

fn count(seen: &mut BTreeMap<&str, u32>, method: &str, is_on_track: bool) {
    let name = match (method, is_on_track) {
        ("linear", true) => "linear, on track",
        ("linear", false) => "linear, behind",
        ("compound, rising", true) => "compound, rising, on track",
        ("compound, rising", false) => "compound, rising, behind",
        (_, true) => "compound, falling, on track",
        (_, false) => "compound, falling, behind",
    };
    *seen.entry(name).or_default() += 1;
}

/// Everything about the linear method. Returns whether a random value near the due one is on track.
fn compare_linear(way: &RandomWay, random: &mut Random) -> bool {
    let trajectory = way.trajectory();
    let moment = way.moment(&trajectory);
    let (baseline, target) = (i128::from(way.baseline), i128::from(way.target));
    let (gone, length, unit) = (i128::from(way.gone), i128::from(way.length()), 10_i128.pow(way.places));

    let step = trajectory.step().expect("small");
    assert!(is_fraction(step, target - baseline, unit * i128::from(way.years)), "{way:?}: step {step}");

    // b + (T − b)·t/n over the common denominator of units and quarters.
    let due_numerator = baseline * length + (target - baseline) * gone;
    let due = trajectory.due(moment, Method::Linear, way.digits).expect("small");
    assert!(is_fraction(due, due_numerator, unit * length), "{way:?}: due {due}");
    assert_eq!(trajectory.is_on_track(due, moment, Method::Linear), Some(true), "{way:?}: at {due}");

    let value = due_numerator.div_euclid(length) + i128::from(random.below(4)) - 1;
    let exact = Exact::ratio(value, unit).expect("small");
    let is_on_track = way.is_good((value * length).cmp(&due_numerator));
    assert_eq!(trajectory.is_on_track(exact, moment, Method::Linear), Some(is_on_track), "{way:?}: {exact}");

    match trajectory.attainment(exact).expect("small") {
        Some(attained) => assert!(is_fraction(attained, value - baseline, target - baseline), "{way:?}: attainment {attained}"),
        None => assert_eq!(target, baseline, "{way:?}"),
    }
    match trajectory.projected(exact, moment, Method::Linear, way.digits) {
        // b + (x − b)·n/t
        Some(end) => assert!(is_fraction(end, baseline * gone + (value - baseline) * length, unit * gone), "{way:?}: projected {end}"),
        None => assert_eq!(gone, 0, "{way:?}"),
    }
    if baseline <= 0 || target <= 0 {
        assert_eq!(trajectory.due(moment, Method::Compound, way.digits), None, "{way:?}");
        assert_eq!(trajectory.rate(way.digits), None, "{way:?}");
    }
    is_on_track
}

/// The compound due value is on track, and one last digit to the worse side is not. Returns whether a
/// random value near it is.
fn compare_compound(way: &RandomWay, random: &mut Random) -> bool {
    let trajectory = way.trajectory();
    let moment = way.moment(&trajectory);
    let due = trajectory.due(moment, Method::Compound, way.digits).unwrap_or_else(|| panic!("{way:?}: nothing is due"));
    let due_units = units(due, way.digits);
    let beside = due_units + way.worse();
    assert!(way.is_good(way.compare_with_compound(due_units)), "{way:?}: {due} is not enough");
    assert!(!way.is_good(way.compare_with_compound(beside)), "{way:?}: less than {due} is enough");
    assert_eq!(trajectory.is_on_track(due, moment, Method::Compound), Some(true), "{way:?}: at {due}");
    assert_eq!(trajectory.is_on_track(decimal(beside, way.digits), moment, Method::Compound), Some(false), "{way:?}: beside {due}");

    // A value of zero is among the literate cases.
    let value = (due_units + signed(random.below(7)) - 3).max(1);
    let is_on_track = way.is_good(way.compare_with_compound(value));
    let found = trajectory.is_on_track(decimal(value, way.digits), moment, Method::Compound);
    assert_eq!(found, Some(is_on_track), "{way:?}: {value} units");
    is_on_track
}

/// The yearly rate, kept up, reaches the target; one last digit less does not.
fn compare_rate(way: &RandomWay) {
    let rate = way.trajectory().rate(way.digits).unwrap_or_else(|| panic!("{way:?}: no rate"));
    // 1 + rate/100, with two digits more than the rate.
    let places = way.digits + 2;
    let factor = units(rate, way.digits) + 10_i64.pow(places);
    let reaches = |factor: i64| {
        let years = u32::from(way.years);
        let end = Natural::product(&[(unsigned(factor), years), (unsigned(way.baseline), 1)]);
        way.is_good(end.compare(&Natural::product(&[(10, places * years), (unsigned(way.target), 1)])))
    };
    assert!(reaches(factor), "{way:?}: {rate} % is not enough");
    assert!(factor + way.worse() < 0 || !reaches(factor + way.worse()), "{way:?}: less than {rate} % is enough");
}

/// The compound projection is the largest number of so many digits that is not above the exact one.
fn compare_compound_projection(way: &RandomWay, random: &mut Random) {
    let trajectory = way.trajectory();
    let value = (way.baseline * (90 + signed(random.below(21))) / 100).max(1);
    let projected = trajectory.projected(decimal(value, way.places), way.moment(&trajectory), Method::Compound, way.digits);
    if way.gone == 0 {
        assert_eq!(projected, None, "{way:?}");
        return;
    }
    let projected = projected.unwrap_or_else(|| panic!("{way:?}: {value} units lead nowhere"));
    // (p/10^g)^t ≤ (x/10^d)^n ÷ (b/10^d)^(n−t), with whole numbers on both sides.
    let is_reached = |end: i64| {
        let rest = way.length() - way.gone;
        let left = Natural::product(&[(unsigned(end), way.gone), (unsigned(way.baseline), rest), (10, way.places * way.gone)]);
        let right = Natural::product(&[(unsigned(value), way.length()), (10, way.digits * way.gone)]);
        left.compare(&right) != Ordering::Greater
    };
    let end = units(projected, way.digits);
    assert!(is_reached(end) && !is_reached(end + 1), "{way:?}: {value} units lead to {projected}");
}
