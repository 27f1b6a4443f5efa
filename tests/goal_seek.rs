//! Goal-seek against trying: the value that it finds meets, and one digit less demanding does not.
//!
//! The built-in standards, random assessments, a random figure and a random clause that depends on it. What
//! was found is entered and judged from the beginning by the core; then values nearer to the present one are
//! tried, above all next to the value found, to the present one and to every threshold. Where nothing was
//! found, values from the whole range of the figure are tried, and none of them may meet.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use dabiao_analysis::goal_seek::{Goal, Sought, seek};
use dabiao_catalog::{Document, builtin};
use dabiao_core::formula::{Formula, Operation};
use dabiao_core::{
    ClauseIndex, Exact, FigureIndex, FigureKind, Operator, Reason, Report, Rule, Situation, Standard, Unit, Value, Verdict, score, update,
};
use dabiao_tests::{Random, random_case};

/// Questions about a clause, per standard.
const CLAUSE_QUESTIONS: u64 = 20_000;
/// Questions about the number of clauses met, per standard.
const COUNT_QUESTIONS: u64 = 1_000;
/// Questions about one and the same random assessment.
const QUESTIONS_PER_ASSESSMENT: u64 = 10;
/// Random values that are tried where nothing was found.
const TRIES: usize = 20;
/// Wrong answers that are printed in full.
const SHOWN: usize = 12;

/// How many questions ended how.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    /// A value was found, starting from a known one.
    from_known: u32,
    /// A value was found for a figure that is unknown.
    from_unknown: u32,
    /// Of these, how many could be held against the next less demanding value.
    least_demanding: u32,
    reached: u32,
    impossible: u32,
    not_solved: u32,
    /// Values tried.
    tries: u64,
}

/// A question and everything that is known about it.
struct Question<'a> {
    standard: &'a Standard,
    situation: &'a Situation,
    report: &'a Report,
    figure: FigureIndex,
    goal: Goal,
    present: Option<Exact>,
    /// Reportable values are whole numbers of one over this.
    scale: i128,
    min: Option<Exact>,
    max: Option<Exact>,
}

fn number(report: &Report, figure: FigureIndex) -> Option<Exact> {
    report.figures[figure.0 as usize].value?.number()
}

fn ratio(numerator: i128, denominator: i128) -> Exact {
    Exact::ratio(numerator, denominator).expect("small")
}

fn is_met(report: &Report, goal: Goal) -> bool {
    let is_met = |clause: usize| report.clauses[clause].verdict == Verdict::Met;
    match goal {
        Goal::Clause(clause) => is_met(clause.0 as usize),
        Goal::Count(None, least) => (0..report.clauses.len()).filter(|clause| is_met(*clause)).count() >= least as usize,
        Goal::Count(Some(_), _) => panic!("groups are not asked for here"),
    }
}

impl<'a> Question<'a> {
    fn new(standard: &'a Standard, situation: &'a Situation, report: &'a Report, figure: FigureIndex, goal: Goal) -> Self {
        let FigureKind::Number { unit, min, max } = standard.figures()[figure.0 as usize].kind else { panic!("only numbers are sought") };
        let present = number(report, figure);
        // None of whole things, else two digits, or as many as the present value has, up to four.
        let digits = if unit.is_whole() { 0 } else { present.and_then(Exact::fraction_digits).unwrap_or(0).clamp(2, 4) };
        Self { standard, situation, report, figure, goal, present, scale: 10_i128.pow(digits), min, max }
    }

    fn is_in_range(&self, value: Exact) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }

    /// So many last digits.
    fn value(&self, digits: i128) -> Exact {
        ratio(digits, self.scale)
    }

    /// The whole last digits at or below a value.
    fn digits(&self, value: Exact) -> i128 {
        value.times(Exact::from(i64::try_from(self.scale).expect("small"))).expect("small").floor().numerator()
    }

    fn entered(&self, value: Exact) -> Situation {
        let mut situation = self.situation.clone();
        situation.set_value(self.standard, self.figure, Some(Value::Number(value))).expect("a number");
        situation
    }

    /// Whether the goal is reached with a value, judged from the beginning.
    fn reaches(&self, value: Exact) -> bool {
        is_met(&score(self.standard, &self.entered(value)), self.goal)
    }

    /// The first of some values with which the goal is reached.
    fn first_reaching(&self, values: Vec<Exact>, counts: &mut Counts) -> Option<Exact> {
        let mut report = self.report.clone();
        values.into_iter().find(|value| {
            counts.tries += 1;
            update(self.standard, &self.entered(*value), self.figure, &mut report);
            is_met(&report, self.goal)
        })
    }

    /// The reportable values around everything that the figure, directly or through a quotient, is held against.
    fn around_thresholds(&self) -> Vec<Exact> {
        let mut thresholds = Vec::new();
        let clauses: Vec<ClauseIndex> = match self.goal {
            Goal::Clause(clause) => vec![clause],
            Goal::Count(..) => self.standard.dependents(self.figure).expect("a figure").clauses.clone(),
        };
        for clause in clauses {
            self.collect_thresholds(&self.report.clauses[clause.0 as usize].reason, &mut thresholds);
        }
        let beside = |threshold: Exact| (-1..=2).map(move |step| self.value(self.digits(threshold) + step));
        thresholds.into_iter().flat_map(beside).filter(|value| self.is_in_range(*value)).collect()
    }

    fn collect_thresholds(&self, reason: &Reason, thresholds: &mut Vec<Exact>) {
        let mut add = |judged: FigureIndex, threshold: Option<Exact>| {
            thresholds.extend(threshold);
            thresholds.extend(threshold.and_then(|threshold| self.solve_quotient(judged, threshold)));
        };
        match reason {
            Reason::Comparison(comparison) => {
                add(comparison.figure, comparison.threshold);
                // The figure may be the threshold itself.
                add(comparison.figure, number(self.report, comparison.figure));
            }
            Reason::Between { low, high, .. } => {
                add(low.figure, low.threshold);
                add(high.figure, high.threshold);
            }
            Reason::Growth(growth) => {
                add(growth.current, growth.needed_value);
                add(growth.current, growth.current_value);
                add(growth.base, growth.base_value);
            }
            Reason::Rising { years, .. } => years.iter().for_each(|(_, figure, value)| add(*figure, value.and_then(Value::number))),
            Reason::Parts { parts, .. } => parts.iter().for_each(|(_, part)| self.collect_thresholds(part, thresholds)),
            Reason::YesNo { .. } | Reason::Context { .. } | Reason::NotApplicable | Reason::OtherLevel { .. } => {}
        }
    }

    /// The two sides of a judged figure that is a quotient of two others, if it is not entered itself.
    fn quotient_of(&self, judged: FigureIndex) -> Option<(FigureIndex, FigureIndex)> {
        let formula = self.standard.figures()[judged.0 as usize].formula.as_ref().filter(|_| self.situation.value(judged).is_none());
        match formula {
            Some(Formula::Binary { operation: Operation::Divide, left, right }) => match (&**left, &**right) {
                (Formula::Figure(above), Formula::Figure(below)) if above != below => Some((*above, *below)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of the figure for which a quotient is just at a threshold.
    fn solve_quotient(&self, judged: FigureIndex, threshold: Exact) -> Option<Exact> {
        let (above, below) = self.quotient_of(judged)?;
        let scale = |figure: FigureIndex| self.standard.figures()[figure.0 as usize].kind.unit().map(Unit::scale);
        let threshold = threshold.times(scale(judged)?).ok()?;
        if self.figure == above {
            let below = number(self.report, below)?.times(scale(below)?).ok()?;
            threshold.times(below).ok()?.over(scale(above)?).ok()
        } else if self.figure == below {
            let above = number(self.report, above)?.times(scale(above)?).ok()?;
            above.over(threshold).ok()?.over(scale(below)?).ok()
        } else {
            None
        }
    }

    /// Reportable values strictly nearer to the present one than the value that was found.
    fn nearer(&self, present: Exact, found: Exact, random: &mut Random) -> Vec<Exact> {
        let distance = found.minus(present).expect("small").abs();
        let low = self.digits(present.minus(distance).expect("small")) + 1;
        let high = -self.digits(Exact::ZERO.minus(present.plus(distance).expect("small")).expect("small")) - 1;
        let at = self.digits(present);
        let between = |random: &mut Random, low: i128, high: i128| {
            let width = u64::try_from(high - low + 1).unwrap_or(0);
            low + i128::from(random.below(width))
        };
        // One last digit back, its mirror image, and what is next to the present value.
        let mut digits = vec![low, low + 1, high, high - 1, at, at + 1];
        if low <= high {
            digits.extend((0..2).map(|_| between(random, low, high)));
            let (low, high) = if found > present { (at, high) } else { (low, at) };
            digits.extend((0..3).map(|_| between(random, low, high.max(low))));
        }
        let mut values: Vec<Exact> = digits.into_iter().map(|digits| self.value(digits)).collect();
        values.extend(self.around_thresholds());
        values.retain(|value| self.is_in_range(*value) && value.minus(present).expect("small").abs() < distance);
        values
    }

    /// Whether more of the figure is more likely to meet, where a clause is a single comparison.
    fn more_is_better(&self) -> Option<bool> {
        let Goal::Clause(clause) = self.goal else { return None };
        let reading = usize::from(self.situation.clause(clause).reading);
        let (judged, operator) = match &self.standard.clauses()[clause.0 as usize].readings[reading].rule {
            Rule::Threshold(rule) => (rule.figure, rule.operator),
            Rule::Toward(rule) => (rule.figure, rule.direction.operator()),
            Rule::External(rule) if rule.target == self.figure => return Some(!rule.operator.is_rising()),
            Rule::External(rule) => (rule.figure, rule.operator),
            // Growth that was entered counts before growth from the raw figures; the less to start from, the better.
            Rule::Growth(rule) if rule.rate == Some(self.figure) => return Some(true),
            Rule::Growth(rule) if rule.rate.is_some_and(|rate| number(self.report, rate).is_some()) => return None,
            Rule::Growth(rule) if rule.base == self.figure => return Some(false),
            Rule::Growth(rule) => (rule.current, Operator::AtLeast),
            _ => return None,
        };
        let rises = Operator::is_rising(operator);
        if judged == self.figure {
            return Some(rises);
        }
        let is_positive = |figure: FigureIndex| number(self.report, figure).is_some_and(|value| value > Exact::ZERO);
        match self.quotient_of(judged)? {
            (above, below) if above == self.figure && is_positive(below) => Some(rises),
            (above, below) if below == self.figure && is_positive(above) => Some(!rises),
            _ => None,
        }
    }

    /// Values from the whole range of the figure: its ends, what is next to every threshold, and random ones.
    fn anywhere(&self, random: &mut Random) -> Vec<Exact> {
        let mut values: Vec<Exact> = self.min.into_iter().chain(self.max).collect();
        values.extend(self.around_thresholds());
        let mut random_ones = Vec::new();
        while random_ones.len() < TRIES {
            let size = *random.pick(&[10, 1_000, 100_000, 10_000_000, 1_000_000_000]).expect("sizes");
            let away = i128::from(random.below(size));
            let from = match (random.below(3), self.present) {
                (0, Some(present)) => self.digits(present),
                (1, _) => self.max.or(self.min).map_or(0, |end| self.digits(end)),
                _ => self.min.map_or(0, |end| self.digits(end)),
            };
            let value = self.value(if random.percent(50) { from + away } else { from - away });
            if self.is_in_range(value) {
                random_ones.push(value);
            }
        }
        values.extend(random_ones);
        values
    }

    /// Asks, and holds the answer against trying; what is wrong with it, if anything.
    fn check(&self, random: &mut Random, counts: &mut Counts) -> Result<(), String> {
        let sought = seek(self.standard, self.situation, self.figure, self.goal);
        let is_reached = is_met(self.report, self.goal);
        if is_reached != (sought == Sought::Reached) {
            return Err(format!("reached is {is_reached}, and the answer {sought:?}"));
        }
        match sought {
            Sought::Reached => counts.reached += 1,
            Sought::NotSolved => {
                counts.not_solved += 1;
                return Err("not solved".into());
            }
            Sought::Impossible => {
                counts.impossible += 1;
                if let Some(value) = self.first_reaching(self.anywhere(random), counts) {
                    return Err(format!("impossible, but {value} does it"));
                }
            }
            Sought::Value(found) => {
                if self.value(self.digits(found)) != found {
                    return Err(format!("{found} has too many digits"));
                }
                if !self.is_in_range(found) {
                    return Err(format!("{found} is outside of the figure’s range"));
                }
                if !self.reaches(found) {
                    return Err(format!("{found} does not do it"));
                }
                if let Some(present) = self.present {
                    counts.from_known += 1;
                    if let Some(value) = self.first_reaching(self.nearer(present, found, random), counts) {
                        return Err(format!("{found} was found, but {value} is nearer and does it too"));
                    }
                } else {
                    counts.from_unknown += 1;
                    let less = self.more_is_better().map(|more| self.value(self.digits(found) + if more { -1 } else { 1 }));
                    if let Some(less) = less.filter(|less| self.is_in_range(*less)) {
                        counts.least_demanding += 1;
                        if self.first_reaching(vec![less], counts).is_some() {
                            return Err(format!("{found} was found, but {less} asks for less and does it too"));
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// The numbers on which clauses depend, each with these clauses. Years are not for seeking.
fn numbers(standard: &Standard) -> Vec<(FigureIndex, &[ClauseIndex])> {
    let is_number = |index: FigureIndex| standard.figures()[index.0 as usize].kind.unit().is_some_and(|unit| unit != Unit::Year);
    let all = (0..).map(FigureIndex).take(standard.figures().len()).filter(|index| is_number(*index));
    let with_clauses = all.map(|index| (index, standard.dependents(index).expect("a figure").clauses.as_slice()));
    with_clauses.filter(|(_, clauses)| !clauses.is_empty()).collect()
}

/// Asks so many questions about a standard.
fn ask(document: &Document, questions: u64, goal: fn(&[ClauseIndex], &Report, &mut Random) -> Goal) -> (Counts, Vec<String>) {
    let standard = &document.standard;
    let numbers = numbers(standard);
    let mut random = Random(document.id.bytes().fold(questions, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte))));
    let (mut counts, mut wrong) = (Counts::default(), Vec::new());
    for _ in 0..questions / QUESTIONS_PER_ASSESSMENT {
        let situation = random_case(document, &mut random).situation;
        let report = score(standard, &situation);
        for _ in 0..QUESTIONS_PER_ASSESSMENT {
            let (figure, clauses) = random.pick(&numbers).expect("a number");
            let goal = goal(clauses, &report, &mut random);
            let question = Question::new(standard, &situation, &report, *figure, goal);
            if let Err(error) = question.check(&mut random, &mut counts) {
                let clause = match goal {
                    Goal::Clause(clause) => &standard.clauses()[clause.0 as usize].id,
                    Goal::Count(..) => "",
                };
                let id = &standard.figures()[figure.0 as usize].id;
                wrong.push(format!("{}: {id} (present {:?}) for {goal:?} {clause}: {error}", document.id, question.present));
            }
        }
    }
    (counts, wrong)
}

/// Asks about every standard, side by side, prints how the questions ended and stops if an answer is wrong.
fn ask_all(questions: u64, goal: fn(&[ClauseIndex], &Report, &mut Random) -> Goal) -> Vec<Counts> {
    let documents = builtin::standards().expect("standards");
    let answers: Vec<(Counts, Vec<String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = documents.iter().map(|document| scope.spawn(move || ask(document, questions, goal))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no question panics")).collect()
    });
    for (document, (counts, wrong)) in documents.iter().zip(&answers) {
        println!("{}: {} wrong, {counts:?}", document.id, wrong.len());
    }
    let wrong: Vec<&String> = answers.iter().flat_map(|(_, wrong)| wrong).collect();
    let shown: Vec<&str> = answers.iter().flat_map(|(_, wrong)| wrong.iter().take(SHOWN)).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} wrong answers, such as\n{}", wrong.len(), shown.join("\n"));
    answers.into_iter().map(|(counts, _)| counts).collect()
}

fn sum(counts: &[Counts], of: fn(&Counts) -> u32) -> u32 {
    counts.iter().map(of).sum()
}

#[test]
fn the_value_found_meets_and_one_digit_less_does_not() {
    let counts = ask_all(CLAUSE_QUESTIONS, |clauses, _, random| Goal::Clause(*random.pick(clauses).expect("a clause")));
    assert_eq!(sum(&counts, |counts| counts.not_solved), 0);
    assert!(sum(&counts, |counts| counts.from_known) > 10_000, "{counts:?}");
    assert!(sum(&counts, |counts| counts.least_demanding) > 5_000, "{counts:?}");
    assert!(sum(&counts, |counts| counts.reached) > 5_000 && sum(&counts, |counts| counts.impossible) > 5_000, "{counts:?}");
}

#[test]
fn the_value_found_meets_one_clause_more_and_nearer_ones_do_not() {
    let counts = ask_all(COUNT_QUESTIONS, |_, report, _| Goal::Count(None, report.total.met + 1));
    assert_eq!(sum(&counts, |counts| counts.not_solved + counts.reached), 0);
    assert!(sum(&counts, |counts| counts.from_known) > 500 && sum(&counts, |counts| counts.impossible) > 500, "{counts:?}");
}
