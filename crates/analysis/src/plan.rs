//! The cheapest measures that reach a goal, proved.
//!
//! Measures change figures; which clauses are met then, only the core says. The question is put as
//! an exact program ([`model`], `program`), searched exhaustively ([`search`](self)), and whatever is
//! proposed is judged once more by the core before it is given out. When nothing reaches the goal,
//! [`Blockers`] say what stands in the way and what would open it.

mod blockers;
mod defaults;
mod model;
mod program;
mod relaxation;
mod search;
mod timetable;

use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, FigureIndex, GroupIndex, Report, Situation, Standard};

use crate::scenario::{Change, Trial};
use model::{Model, Turnable};
use program::Program;
use search::{Found, search};

pub use blockers::{Blockers, Constraint, Relaxation};
pub use defaults::{Effort, ProposedMeasure, proposed_measures};
pub use search::Progress;
pub use timetable::{Quarter, Rung, Slot};

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it changes.
    pub effects: Vec<Effect>,
    /// What it costs, in 万元; not negative.
    pub money: Exact,
    /// What work it takes, in person-months; not negative.
    pub effort: Exact,
    /// How long it takes, in months.
    pub months: u32,
    /// It is finished in this quarter at the earliest, however early it begins.
    pub earliest_finish: Option<Quarter>,
    /// Who carries it out.
    pub department: Option<DepartmentIndex>,
    /// Measures that must be carried out before it, by their numbers.
    pub requires: Vec<usize>,
    /// Measures that cannot be carried out beside it, by their numbers.
    pub excludes: Vec<usize>,
}

/// What a measure does to a figure. Several measures on one figure: first what is added, then what
/// is raised, then what is lowered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A yes/no figure becomes yes.
    Done(FigureIndex),
    /// A number is brought up to at least this, in the figure's unit.
    AtLeast(FigureIndex, Exact),
    /// A number is brought down to at most this, in the figure's unit.
    AtMost(FigureIndex, Exact),
    /// So much is added to a number, in the figure's unit; nothing happens to one that is unknown.
    Add(FigureIndex, Exact),
}

impl Effect {
    /// The figure that it changes.
    #[must_use]
    pub fn figure(&self) -> FigureIndex {
        match self {
            Self::Done(figure) | Self::AtLeast(figure, _) | Self::AtMost(figure, _) | Self::Add(figure, _) => *figure,
        }
    }
}

/// What is wanted most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objective {
    /// The least money.
    LeastMoney,
    /// The least work.
    LeastEffort,
    /// The most clauses met, and for those the least money.
    MostMet,
}

/// What must be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// So many clauses are met in all.
    pub least_met: Option<u32>,
    /// So many clauses are met in a group.
    pub floors: Vec<(GroupIndex, u32)>,
    /// These clauses are met.
    pub must: Vec<ClauseIndex>,
    /// No more money, in 万元.
    pub money: Option<Exact>,
    /// No more work, in person-months.
    pub effort: Option<Exact>,
    /// Everything is finished in this quarter at the latest.
    pub deadline: Option<Quarter>,
    /// No more measures for a department.
    pub departments: Vec<(DepartmentIndex, u32)>,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// What is known today.
    pub situation: Situation,
    /// What can be done.
    pub measures: Vec<Measure>,
    /// What is wanted most.
    pub objective: Objective,
    /// What must be kept.
    pub limits: Limits,
    /// When the first measure can begin.
    pub start: Quarter,
}

/// Why a question makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// A measure refers to a measure that does not exist.
    UnknownMeasure(usize),
    /// A measure requires itself, perhaps through others.
    RequirementCycle(usize),
    /// A cost is negative.
    NegativeCost(usize),
    /// The costs have too many digits, or there are too many measures.
    TooLarge,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Measures that reach the goal.
    Plan(Box<Plan>),
    /// Nothing reaches it.
    OutOfReach(Blockers),
    /// Stopped before anything was found or excluded.
    Stopped,
}

/// Measures that reach the goal, judged by the core.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The measures, by their numbers, ascending.
    pub chosen: Vec<usize>,
    /// What they change.
    pub changes: Vec<Change>,
    /// What they cost together, in 万元.
    pub money: Exact,
    /// What work they take together, in person-months.
    pub effort: Exact,
    /// The core's report with the measures carried out.
    pub report: Report,
    /// Whether there is nothing better.
    pub proof: Proof,
    /// When what is done, in the order of beginning.
    pub timetable: Vec<Slot>,
    /// In which order the measures help most, step by step.
    pub ladder: Vec<Rung>,
    /// Nodes of the search.
    pub nodes: u64,
}

/// Whether a plan is the best one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing is better.
    Optimal,
    /// The search was stopped; nothing is better than this: money in 万元, work in person-months, or
    /// clauses met.
    Bound(Exact),
}

/// Finds the best plan. `go_on` is asked now and then and may stop the search.
///
/// # Errors
/// [`PlanError`] if the measures make no sense.
pub fn solve(problem: &Problem<'_>, go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Answer, PlanError> {
    let prepared = Prepared::new(problem)?;
    let mut limits = problem.limits.clone();
    let mut nodes = 0;
    let mut most_bound = None;
    let wanted = match problem.objective {
        Objective::LeastMoney => Wanted::LeastMoney,
        Objective::LeastEffort => Wanted::LeastEffort,
        Objective::MostMet => {
            // First how many, then the least money for so many.
            let found = prepared.search(Wanted::MostMet(None), &limits, go_on)?;
            nodes = found.nodes;
            match &found.best {
                Some((_, cost)) => limits.least_met = Some(prepared.met_from_cost(*cost)),
                None if found.is_complete => return prepared.out_of_reach(go_on),
                None => return Ok(Answer::Stopped),
            }
            most_bound = (!found.is_complete).then(|| prepared.met_from_cost(found.bound));
            Wanted::LeastMoney
        }
    };
    let found = prepared.search(wanted, &limits, go_on)?;
    match &found.best {
        Some((chosen, _)) => {
            let proof = match (most_bound, found.is_complete) {
                (Some(met), _) => Proof::Bound(Exact::from(met)),
                (None, true) => Proof::Optimal,
                (None, false) => Proof::Bound(prepared.amount(wanted, found.bound)),
            };
            Ok(Answer::Plan(Box::new(prepared.plan(chosen, proof, nodes.saturating_add(found.nodes)))))
        }
        None if found.is_complete => prepared.out_of_reach(go_on),
        None => Ok(Answer::Stopped),
    }
}

/// Judges measures that were proposed elsewhere: the plan that they make, or nothing if they do not
/// keep the limits.
///
/// # Errors
/// [`PlanError`] if the measures make no sense.
pub fn review(problem: &Problem<'_>, chosen: &[usize], proof: Proof, nodes: u64) -> Result<Option<Plan>, PlanError> {
    let prepared = Prepared::new(problem)?;
    let limits = &problem.limits;
    let is_chosen = |number: &usize| chosen.contains(number);
    let linked = chosen.iter().filter_map(|number| problem.measures.get(*number));
    let links_hold = linked.clone().all(|measure| measure.requires.iter().all(is_chosen) && !measure.excludes.iter().any(is_chosen));
    let in_time = !chosen.iter().any(|number| prepared.is_late(*number, limits.deadline));
    let theirs = |department: DepartmentIndex| linked.clone().filter(|measure| measure.department == Some(department)).count();
    let capped = limits.departments.iter().all(|(department, most)| theirs(*department) <= *most as usize);
    let affordable = limits.money.is_none_or(|most| prepared.money.sum(chosen) <= most)
        && limits.effort.is_none_or(|most| prepared.effort.sum(chosen) <= most);
    let keeps = links_hold && in_time && capped && affordable && keeps(&prepared.carried_out(chosen).0, limits);
    let decisions: Vec<bool> = (0..problem.measures.len()).map(|number| is_chosen(&number)).collect();
    Ok(keeps.then(|| prepared.plan(&decisions, proof, nodes)))
}

/// What a search minimises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    LeastMoney,
    LeastEffort,
    /// The most clauses, of a group or in all.
    MostMet(Option<GroupIndex>),
    /// The fewest measures of a department.
    FewestOf(DepartmentIndex),
}

/// A question with everything that does not depend on the limits.
struct Prepared<'a> {
    problem: &'a Problem<'a>,
    base: Trial<'a>,
    model: Model,
    /// The variable of each turnable clause. One that is met exactly if one measure is carried out
    /// shares the variable of that measure; every other has its own.
    variables: Vec<usize>,
    money: Amounts,
    effort: Amounts,
    slots: Vec<Slot>,
}

/// Amounts as whole numbers of one over a common denominator.
struct Amounts {
    whole: Vec<i64>,
    denominator: i64,
}

impl Amounts {
    /// The amounts, and a limit that shall be a whole number with them.
    fn new(amounts: &[Exact], limit: Option<Exact>) -> Result<Self, PlanError> {
        let shared = amounts.iter().chain(&limit).try_fold(1_i128, |shared: i128, amount| {
            let (a, b) = (shared, amount.denominator());
            let divisor = common_divisor(a, b);
            a.checked_mul(b.checked_div(divisor)?)
        });
        let denominator = shared.and_then(|shared| i64::try_from(shared).ok()).ok_or(PlanError::TooLarge)?;
        let mut this = Self { whole: Vec::with_capacity(amounts.len()), denominator };
        for amount in amounts {
            this.whole.push(this.scaled(*amount).ok_or(PlanError::TooLarge)?);
        }
        Ok(this)
    }

    fn scaled(&self, amount: Exact) -> Option<i64> {
        let scaled = amount.times(Exact::from(self.denominator)).ok()?;
        i64::try_from(scaled.numerator()).ok().filter(|_| scaled.is_whole())
    }

    fn amount(&self, whole: i64) -> Exact {
        Exact::ratio(i128::from(whole), i128::from(self.denominator)).unwrap_or(Exact::ZERO)
    }

    fn of(&self, measure: usize) -> i64 {
        self.whole.get(measure).copied().unwrap_or_default()
    }

    fn sum(&self, chosen: &[usize]) -> Exact {
        self.amount(chosen.iter().map(|measure| self.of(*measure)).fold(0, i64::saturating_add))
    }
}

fn common_divisor(a: i128, b: i128) -> i128 {
    match a.checked_rem(b) {
        Some(rest) => common_divisor(b, rest),
        None => a,
    }
}

impl<'a> Prepared<'a> {
    fn new(problem: &'a Problem<'a>) -> Result<Self, PlanError> {
        let measures = &problem.measures;
        for (number, measure) in measures.iter().enumerate() {
            let mut others = measure.requires.iter().chain(&measure.excludes);
            if others.any(|other| *other >= measures.len()) {
                return Err(PlanError::UnknownMeasure(number));
            }
            if measure.money.is_negative() || measure.effort.is_negative() {
                return Err(PlanError::NegativeCost(number));
            }
        }
        let amounts = |amount: fn(&Measure) -> Exact| measures.iter().map(amount).collect::<Vec<_>>();
        let money = Amounts::new(&amounts(|measure| measure.money), problem.limits.money)?;
        let effort = Amounts::new(&amounts(|measure| measure.effort), problem.limits.effort)?;
        let slots = timetable::slots(measures, problem.start)?;
        let mut base = Trial::new(problem.standard, problem.situation.clone());
        let model = Model::new(&mut base, measures);
        let mut next = measures.len()..;
        let own = |turnable: &Turnable, next: &mut std::ops::RangeFrom<usize>| match turnable.lonely() {
            Some(measure) => measure,
            None => next.next().unwrap_or_default(),
        };
        let variables = model.turnable.iter().map(|turnable| own(turnable, &mut next)).collect();
        Ok(Self { problem, base, model, variables, money, effort, slots })
    }

    /// How many clauses are met whatever is done, of a group or in all.
    fn always_met(&self, group: Option<GroupIndex>) -> i64 {
        count(self.model.always.iter().filter(|clause| self.is_in(**clause, group)))
    }

    fn is_in(&self, clause: ClauseIndex, group: Option<GroupIndex>) -> bool {
        let standard = self.problem.standard;
        group.is_none_or(|wanted| {
            standard.clause(clause).is_some_and(|clause| standard.group_path(clause.group).any(|group| group == wanted))
        })
    }

    /// The turnable clauses of a group or of all, as variables.
    fn turnable(&self, group: Option<GroupIndex>) -> impl Iterator<Item = usize> {
        let variables = self.variables.iter().copied().zip(&self.model.turnable);
        variables.filter(move |(_, turnable)| self.is_in(turnable.clause, group)).map(|(variable, _)| variable)
    }

    fn is_late(&self, measure: usize, deadline: Option<Quarter>) -> bool {
        deadline.is_some_and(|deadline| self.slots.get(measure).is_some_and(|slot| slot.finish > deadline))
    }

    fn program(&self, wanted: Wanted, limits: &Limits) -> Program {
        let measures = &self.problem.measures;
        let last = self.variables.iter().copied().max().map_or(0, |variable| variable + 1);
        let mut program = Program::new(last.max(measures.len()), measures.len());
        for (variable, cost) in program.costs.iter_mut().enumerate() {
            *cost = match wanted {
                Wanted::LeastMoney => self.money.of(variable),
                Wanted::LeastEffort => self.effort.of(variable),
                Wanted::FewestOf(department) => {
                    i64::from(measures.get(variable).is_some_and(|measure| measure.department == Some(department)))
                }
                Wanted::MostMet(_) => 0,
            };
        }
        if let Wanted::MostMet(group) = wanted {
            for variable in self.turnable(group) {
                if let Some(cost) = program.costs.get_mut(variable) {
                    *cost -= 1;
                }
            }
        }
        let linked = self.variables.iter().copied().zip(&self.model.turnable).filter(|(_, turnable)| turnable.lonely().is_none());
        for (variable, turnable) in linked {
            for link in &turnable.links {
                let denied = count(link.iter().filter(|(_, wanted)| !wanted));
                let terms = link.iter().map(|(measure, wanted)| (*measure, if *wanted { 1 } else { -1 }));
                program.add(terms.chain([(variable, -1)]), -denied);
            }
        }
        for (number, measure) in measures.iter().enumerate() {
            measure.requires.iter().for_each(|other| program.add([(*other, 1), (number, -1)], 0));
            measure.excludes.iter().filter(|other| **other != number).for_each(|other| program.add([(*other, -1), (number, -1)], -1));
            if self.is_late(number, limits.deadline) {
                program.fix(number, false);
            }
        }
        let floors = limits.floors.iter().map(|(group, least)| (Some(*group), *least));
        for (group, least) in floors.chain(limits.least_met.map(|least| (None, least))) {
            program.add(self.turnable(group).map(|variable| (variable, 1)), i64::from(least) - self.always_met(group));
        }
        for clause in &limits.must {
            let variable = self.variables.iter().copied().zip(&self.model.turnable).find(|(_, turnable)| turnable.clause == *clause);
            match variable {
                Some((variable, _)) => program.fix(variable, true),
                None if self.model.always.contains(clause) => {}
                None => program.add([], 1),
            }
        }
        for (amounts, limit) in [(&self.money, limits.money), (&self.effort, limits.effort)] {
            if let Some(limit) = limit {
                // Rounded down: what is paid is a whole number of these units.
                let scaled = limit.times(Exact::from(amounts.denominator)).ok();
                let most = scaled.and_then(|scaled| scaled.numerator().checked_div_euclid(scaled.denominator()));
                let most = most.map_or(i64::MAX / 2, |most| i64::try_from(most).unwrap_or(i64::MAX / 2));
                let all = amounts.whole.iter().copied().fold(0, i64::saturating_add);
                if most < all {
                    program.add(amounts.whole.iter().enumerate().map(|(measure, amount)| (measure, -amount)), -most);
                }
            }
        }
        for (department, most) in &limits.departments {
            let theirs = measures.iter().enumerate().filter(|(_, measure)| measure.department == Some(*department));
            program.add(theirs.map(|(number, _)| (number, -1)), -i64::from(*most));
        }
        self.prefer_cheaper_twins(&mut program, wanted, limits);
        program
    }

    /// Of two measures that each serve one clause alone, and the same limits, the dearer one is never
    /// needed without the cheaper one: a row that spares the search most of its choices.
    fn prefer_cheaper_twins(&self, program: &mut Program, wanted: Wanted, limits: &Limits) {
        let measures = &self.problem.measures;
        let mut lonely: Vec<(usize, ClauseIndex)> = Vec::new();
        for turnable in &self.model.turnable {
            if let Some(measure) = turnable.lonely().filter(|_| !limits.must.contains(&turnable.clause)) {
                lonely.push((measure, turnable.clause));
            }
        }
        let serves = |measure: usize| self.model.turnable.iter().filter(|turnable| turnable.may_turn_by(measure)).count();
        let is_bound = |number: usize| {
            let named = |measure: &Measure| measure.requires.contains(&number) || measure.excludes.contains(&number);
            let own = measures.get(number).is_none_or(|measure| !measure.requires.is_empty() || !measure.excludes.is_empty());
            own || measures.iter().any(named) || self.is_late(number, limits.deadline)
        };
        lonely.retain(|(measure, _)| serves(*measure) == 1 && !is_bound(*measure));
        // Whatever tells two measures apart beside their costs.
        let kind = |measure: usize, clause: ClauseIndex| {
            let groups: Vec<bool> = limits.floors.iter().map(|(group, _)| self.is_in(clause, Some(*group))).collect();
            let counts = matches!(wanted, Wanted::MostMet(group) if self.is_in(clause, group));
            let department = measures.get(measure).and_then(|measure| measure.department);
            let capped = |department: &DepartmentIndex| {
                limits.departments.iter().any(|(other, _)| other == department) || wanted == Wanted::FewestOf(*department)
            };
            (groups, counts, department.filter(capped))
        };
        let costs = |measure: usize| {
            let money = if wanted == Wanted::LeastMoney || limits.money.is_some() { self.money.of(measure) } else { 0 };
            let effort = if wanted == Wanted::LeastEffort || limits.effort.is_some() { self.effort.of(measure) } else { 0 };
            (money, effort)
        };
        let mut sorted: Vec<_> = lonely.iter().map(|(measure, clause)| (kind(*measure, *clause), costs(*measure), *measure)).collect();
        sorted.sort();
        for (cheap, dear) in sorted.iter().zip(sorted.iter().skip(1)) {
            if cheap.0 == dear.0 && cheap.1.0 <= dear.1.0 && cheap.1.1 <= dear.1.1 {
                program.add([(cheap.2, 1), (dear.2, -1)], 0);
            }
        }
    }

    fn search(&self, wanted: Wanted, limits: &Limits, go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Found, PlanError> {
        let program = self.program(wanted, limits);
        if !program.is_computable() {
            return Err(PlanError::TooLarge);
        }
        let check = |decisions: &[bool]| self.checked_cost(decisions, &program, wanted, limits);
        Ok(search(&program, if self.model.is_exact() { None } else { Some(&check) }, go_on))
    }

    /// The true cost of decisions, where the program does not say all: judged by the core.
    fn checked_cost(&self, decisions: &[bool], program: &Program, wanted: Wanted, limits: &Limits) -> Option<i64> {
        let chosen: Vec<usize> = decisions.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(number, _)| number).collect();
        let (trial, _) = self.carried_out(&chosen);
        if !keeps(&trial, limits) {
            return None;
        }
        let costs: i64 = chosen.iter().filter_map(|measure| program.costs.get(*measure)).sum();
        Some(match wanted {
            Wanted::MostMet(group) => self.always_met(group) - i64::from(met(&trial, group)),
            _ => costs,
        })
    }

    /// The number of clauses met in all, from the cost of a search for the most.
    fn met_from_cost(&self, cost: i64) -> u32 {
        u32::try_from(self.always_met(None).saturating_sub(cost)).unwrap_or_default()
    }

    fn amount(&self, wanted: Wanted, whole: i64) -> Exact {
        match wanted {
            Wanted::LeastMoney => self.money.amount(whole),
            Wanted::LeastEffort => self.effort.amount(whole),
            _ => Exact::from(whole),
        }
    }

    /// What the core says with some measures carried out.
    fn carried_out(&self, chosen: &[usize]) -> (Trial<'a>, Vec<Change>) {
        let measures: Vec<&Measure> = chosen.iter().filter_map(|number| self.problem.measures.get(*number)).collect();
        let changes = model::changes(&self.base, &measures);
        let mut trial = self.base.clone();
        trial.apply(&changes);
        (trial, changes)
    }

    fn plan(&self, decisions: &[bool], proof: Proof, nodes: u64) -> Plan {
        let all = decisions.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(number, _)| number).collect();
        let chosen = self.without_idle(all);
        let (trial, changes) = self.carried_out(&chosen);
        Plan {
            changes,
            money: self.money.sum(&chosen),
            effort: self.effort.sum(&chosen),
            report: trial.report().clone(),
            proof,
            timetable: timetable::timetable(&self.slots, &chosen),
            ladder: self.ladder(&chosen),
            nodes,
            chosen,
        }
    }

    /// Leaves out measures that cost nothing of what counts and do nothing for the goal.
    fn without_idle(&self, mut chosen: Vec<usize>) -> Vec<usize> {
        let least = self.problem.limits.least_met.unwrap_or_default();
        let goal = met(&self.carried_out(&chosen).0, None);
        let goal = if self.problem.objective == Objective::MostMet { goal } else { goal.min(least) };
        let mut dearest_first = chosen.clone();
        dearest_first.sort_by_key(|measure| std::cmp::Reverse((self.money.of(*measure), self.effort.of(*measure), *measure)));
        for measure in dearest_first {
            let is_required =
                chosen.iter().filter_map(|other| self.problem.measures.get(*other)).any(|other| other.requires.contains(&measure));
            let rest: Vec<usize> = chosen.iter().copied().filter(|other| *other != measure).collect();
            let trial = self.carried_out(&rest).0;
            if !is_required && keeps(&trial, &self.problem.limits) && met(&trial, None) >= goal {
                chosen = rest;
            }
        }
        chosen
    }

    fn out_of_reach(&self, go_on: &mut dyn FnMut(Progress) -> bool) -> Result<Answer, PlanError> {
        blockers::blockers(self, go_on).map(Answer::OutOfReach)
    }
}

/// Whether the limits that concern clauses are kept.
fn keeps(trial: &Trial<'_>, limits: &Limits) -> bool {
    limits.least_met.is_none_or(|least| met(trial, None) >= least)
        && limits.floors.iter().all(|(group, least)| met(trial, Some(*group)) >= *least)
        && limits.must.iter().all(|clause| model::verdict(trial, *clause) == dabiao_core::Verdict::Met)
}

/// How many clauses are met, of a group or in all.
fn met(trial: &Trial<'_>, group: Option<GroupIndex>) -> u32 {
    match group {
        None => trial.report().total.met,
        Some(group) => trial.report().groups.get(group.0 as usize).map_or(0, |tally| tally.met),
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}
