//! The exact search: branch and bound, with whole numbers in everything that is proved.
//!
//! Every node first draws the consequences of the rows (a variable that a row cannot do without is
//! chosen, one that it cannot bear is not), then asks for a lower bound of the cost below it. The bound is the
//! Lagrangian one (Fisher 1981): for any multipliers `λ ≥ 0`,
//! `Σ λ·least + Σ min(0, cost − Σ λ·a)` is never above the least cost. The multipliers come from the
//! [linear relaxation](super::relaxation), rounded to whole numbers of 1/[`SCALE`]; since the bound
//! holds for whatever they are, it is exact although they are not. With every cost zero the same bound,
//! if it is above zero, refutes that anything keeps all rows. So a plan that is called optimal is
//! proved, and the same everywhere.

#![expect(clippy::indexing_slicing, reason = "rows and variables are numbered by the program itself; this is the innermost loop")]

use super::program::{Program, Row};
use super::relaxation::{Outcome, Relaxation};

/// Multipliers are whole numbers of this fraction.
const SCALE: i64 = 1 << 14;
/// A multiplier times the sum of its row stays below this. [`Program::is_computable`] keeps costs and
/// the number of rows small enough for everything together to fit.
const LARGEST_PRODUCT: i64 = 1 << 50;
/// The largest multiplier of a refutation, which is as good at any scale.
const REFUTATION_SCALE: f64 = (1_i64 << 24) as f64;
/// A value of the relaxation within this of a whole number counts as whole.
const NEARLY: f64 = 1e-6;
/// Nodes between two reports of progress.
const REPORT_EVERY: u64 = 32;
/// How often the search begins anew with a better solution.
const MOST_RESTARTS: u32 = 8;

/// How far the search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Nodes looked at.
    pub nodes: u64,
    /// Whether a solution is known already.
    pub found: bool,
}

/// What the search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The best decisions and their cost.
    pub(crate) best: Option<(Vec<bool>, i64)>,
    /// No solution costs less than this. Equal to the cost of the best one if that is proved optimal.
    pub(crate) bound: i64,
    /// Whether the whole tree was looked at.
    pub(crate) is_complete: bool,
    /// Nodes looked at.
    pub(crate) nodes: u64,
}

/// Checks complete decisions where the program is only a relaxation of what is wanted: the true cost,
/// or nothing if they do not do. A program that says all is checked by `None`.
pub(crate) type Check<'a> = Option<&'a dyn Fn(&[bool]) -> Option<i64>>;

/// Searches until all is proved, or until `go_on` says no.
pub(crate) fn search(program: &Program, check: Check<'_>, go_on: &mut dyn FnMut(Progress) -> bool) -> Found {
    let mut search = Search::new(program, check, go_on);
    if search.propagate() {
        let root = search.trail.len();
        loop {
            search.is_restarting = false;
            // Nothing costs less than all that saves.
            search.node(search.program.costs.iter().map(|cost| (*cost).min(0)).sum());
            if !search.is_restarting {
                break;
            }
            search.restarts_left -= 1;
            search.take_back(root);
        }
    }
    let unit = search.unit;
    let best = search.best.take();
    let bound = match &best {
        Some((_, cost)) => search.open_bound.min(*cost),
        None => search.open_bound,
    };
    Found {
        best: best.map(|(decisions, cost)| (decisions, cost.saturating_mul(unit))),
        bound: bound.saturating_mul(unit),
        is_complete: !search.is_stopped,
        nodes: search.nodes,
    }
}

/// A variable: to be decided, or decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Domain {
    Free,
    Out,
    In,
}

/// What a bound is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// To show that nothing cheaper is left.
    Cost,
    /// To show that nothing at all is left.
    Refutation,
}

struct Search<'a> {
    /// With costs divided by what they share.
    program: Program,
    /// What the costs were divided by: every cost is a multiple of it, and so a bound may be rounded up.
    unit: i64,
    check: Check<'a>,
    go_on: &'a mut dyn FnMut(Progress) -> bool,
    relaxation: Relaxation,
    /// The rows of each variable.
    columns: Vec<Vec<(usize, i64)>>,
    domains: Vec<Domain>,
    /// Decided variables, to be taken back.
    trail: Vec<usize>,
    /// The largest sum that each row can still reach.
    reach: Vec<i64>,
    queue: Vec<usize>,
    best: Option<(Vec<bool>, i64)>,
    /// The least bound among what was not looked at.
    open_bound: i64,
    /// The largest multiplier of each row for which no sum overflows.
    largest: Vec<i64>,
    nodes: u64,
    is_stopped: bool,
    /// With a better solution the root decides more by its bound alone, so the search begins anew, a
    /// few times.
    is_restarting: bool,
    restarts_left: u32,
    /// The reduced costs of the last bound.
    reduced: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(program: &Program, check: Check<'a>, go_on: &'a mut dyn FnMut(Progress) -> bool) -> Self {
        let mut program = program.clone();
        // The true cost of a program that does not say all need not be a multiple of anything.
        let shared = program.costs.iter().fold(0, |shared, cost| common_divisor(shared, cost.abs())).max(1);
        let unit = if check.is_none() { shared } else { 1 };
        program.costs.iter_mut().for_each(|cost| *cost /= unit);
        let mut columns = vec![Vec::new(); program.costs.len()];
        for (index, row) in program.rows.iter().enumerate() {
            for (variable, coefficient) in &row.terms {
                columns[*variable].push((index, *coefficient));
            }
        }
        let reach = program.rows.iter().map(|row| row.terms.iter().map(|(_, coefficient)| (*coefficient).max(0)).sum()).collect();
        Self {
            unit,
            check,
            go_on,
            relaxation: Relaxation::new(&program),
            columns,
            domains: vec![Domain::Free; program.costs.len()],
            trail: Vec::new(),
            reach,
            queue: (0..program.rows.len()).collect(),
            best: None,
            open_bound: i64::MAX,
            largest: program.rows.iter().map(|row| LARGEST_PRODUCT / row.size().max(1)).collect(),
            nodes: 0,
            is_stopped: false,
            is_restarting: false,
            restarts_left: MOST_RESTARTS,
            reduced: vec![0; program.costs.len()],
            program,
        }
    }

    /// Bounds at or above this end a node.
    fn limit(&self, aim: Aim) -> i64 {
        match &self.best {
            _ if aim == Aim::Refutation => 1,
            Some((_, cost)) => *cost,
            None => self.program.costs.iter().map(|cost| (*cost).max(0)).sum::<i64>() + 1,
        }
    }

    fn decide(&mut self, variable: usize, domain: Domain) {
        self.domains[variable] = domain;
        self.trail.push(variable);
        for (row, coefficient) in &self.columns[variable] {
            let is_loss = (*coefficient > 0) == (domain == Domain::Out);
            if is_loss {
                self.reach[*row] -= coefficient.abs();
                self.queue.push(*row);
            }
        }
    }

    /// Takes back everything decided since.
    fn take_back(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let Some(variable) = self.trail.pop() else { return };
            let domain = std::mem::replace(&mut self.domains[variable], Domain::Free);
            for (row, coefficient) in &self.columns[variable] {
                let was_loss = (*coefficient > 0) == (domain == Domain::Out);
                if was_loss {
                    self.reach[*row] += coefficient.abs();
                }
            }
        }
    }

    /// Draws all consequences of the queued rows; false if one of them cannot be kept.
    fn propagate(&mut self) -> bool {
        while let Some(row) = self.queue.pop() {
            let slack = self.reach[row] - self.program.rows[row].least;
            if slack < 0 {
                self.queue.clear();
                return false;
            }
            for term in 0..self.program.rows[row].terms.len() {
                let (variable, coefficient) = self.program.rows[row].terms[term];
                if self.domains[variable] == Domain::Free && coefficient.abs() > slack {
                    self.decide(variable, if coefficient > 0 { Domain::In } else { Domain::Out });
                }
            }
        }
        true
    }

    /// The bound for these multipliers, scaled; leaves the reduced costs.
    fn bound(&mut self, aim: Aim, multipliers: &[i64]) -> i64 {
        let mut bound = 0;
        for (reduced, cost) in self.reduced.iter_mut().zip(&self.program.costs) {
            *reduced = if aim == Aim::Cost { cost * SCALE } else { 0 };
        }
        for (row, multiplier) in self.program.rows.iter().zip(multipliers).filter(|(_, multiplier)| **multiplier > 0) {
            bound += multiplier * row.least;
            for (variable, coefficient) in &row.terms {
                self.reduced[*variable] -= multiplier * coefficient;
            }
        }
        for (reduced, domain) in self.reduced.iter().zip(&self.domains) {
            bound += match domain {
                Domain::Free => (*reduced).min(0),
                Domain::In => *reduced,
                Domain::Out => 0,
            };
        }
        bound
    }

    /// Solves the relaxation and turns its multipliers into an exact bound.
    fn relax(&mut self) -> (Aim, i64) {
        let bounds = self.domains.iter().map(|domain| match domain {
            Domain::Free => (0.0, 1.0),
            Domain::In => (1.0, 1.0),
            Domain::Out => (0.0, 0.0),
        });
        let aim = match self.relaxation.solve(&self.program, bounds) {
            Outcome::Infeasible => Aim::Refutation,
            Outcome::Optimal | Outcome::Unsure => Aim::Cost,
        };
        let proposed = self.relaxation.multipliers();
        let scale = match aim {
            Aim::Cost => SCALE as f64,
            Aim::Refutation => REFUTATION_SCALE / proposed.iter().copied().fold(1e-9, f64::max),
        };
        let whole = |(multiplier, largest): (&f64, &i64)| ((multiplier * scale).round() as i64).clamp(0, *largest);
        let multipliers: Vec<i64> = proposed.iter().zip(&self.largest).map(whole).collect();
        (aim, self.bound(aim, &multipliers))
    }

    /// Decides what the bound alone decides: taking the other side would cost too much. Says whether
    /// anything was decided; `None` if that cannot be.
    fn fix_by_bound(&mut self, aim: Aim, bound: i64) -> Option<bool> {
        let (limit, before) = (self.limit(aim), self.trail.len());
        for variable in 0..self.domains.len() {
            let reduced = self.reduced[variable];
            if self.domains[variable] == Domain::Free && whole_up(bound + reduced.abs()) >= limit {
                self.decide(variable, if reduced < 0 { Domain::In } else { Domain::Out });
            }
        }
        self.propagate().then_some(self.trail.len() > before)
    }

    /// Looks at everything below. `above` is the bound of the node above.
    fn node(&mut self, above: i64) {
        self.nodes += 1;
        if self.nodes.is_multiple_of(REPORT_EVERY) && !(self.go_on)(Progress { nodes: self.nodes, found: self.best.is_some() }) {
            self.is_stopped = true;
        }
        if self.is_stopped {
            self.open_bound = self.open_bound.min(above);
            return;
        }
        let mut least = above;
        // What is decided may let the relaxation decide more.
        loop {
            let (aim, bound) = self.relax();
            if whole_up(bound) >= self.limit(aim) {
                return;
            }
            if aim == Aim::Cost {
                least = least.max(whole_up(bound));
            }
            match self.fix_by_bound(aim, bound) {
                None => return,
                Some(true) => {}
                Some(false) => break,
            }
        }
        self.round();
        let Some((variable, first)) = self.most_torn() else {
            self.leaf();
            return;
        };
        let second = if first == Domain::In { Domain::Out } else { Domain::In };
        for domain in [first, second] {
            if self.is_restarting || least >= self.limit(Aim::Cost) {
                return;
            }
            if self.is_stopped {
                self.open_bound = self.open_bound.min(least);
                return;
            }
            let mark = self.trail.len();
            self.decide(variable, domain);
            if self.propagate() {
                self.node(least);
            }
            self.take_back(mark);
        }
    }

    /// The undecided decision that the relaxation leaves most in part, and which side to try first.
    fn most_torn(&self) -> Option<(usize, Domain)> {
        let free = (0..self.program.decisions).filter(|variable| self.domains[*variable] == Domain::Free);
        let torn = free.map(|variable| (variable, self.relaxation.value(variable)));
        let most = torn.min_by(|(_, one), (_, other)| (one - 0.5).abs().total_cmp(&(other - 0.5).abs()));
        most.map(|(variable, value)| (variable, if value >= 0.5 { Domain::In } else { Domain::Out }))
    }

    /// Tries the relaxation, rounded: often a solution, and once all is whole the best one here.
    fn round(&mut self) {
        let decisions: Vec<bool> = (0..self.program.decisions).map(|variable| self.relaxation.value(variable) >= 0.5).collect();
        let is_whole = (0..self.program.decisions).all(|variable| {
            let value = self.relaxation.value(variable);
            (value - value.round()).abs() < NEARLY
        });
        // Far from whole there is little hope, except for a first solution.
        if is_whole || self.best.is_none() {
            self.offer(decisions);
        }
    }

    /// All is decided.
    fn leaf(&mut self) {
        let decisions = self.domains.iter().take(self.program.decisions).map(|domain| *domain == Domain::In).collect();
        self.offer(decisions);
    }

    /// Takes complete decisions for the best solution if they are one.
    fn offer(&mut self, decisions: Vec<bool>) {
        // A program that does not say all still says what must hold at least.
        let least = self.cost_of(&decisions);
        let cost = match self.check {
            Some(check) => least.and_then(|_| check(&decisions)),
            None => least,
        };
        if let Some(cost) = cost.filter(|cost| *cost < self.limit(Aim::Cost)) {
            self.best = Some(if self.check.is_none() { self.polished(decisions, cost) } else { (decisions, cost) });
            self.is_restarting = self.restarts_left > 0;
        }
    }

    /// A solution made better as long as leaving one decision out, or taking one in place of another,
    /// makes it cheaper. A good solution early spares the search most of its nodes.
    fn polished(&self, mut decisions: Vec<bool>, mut cost: i64) -> (Vec<bool>, i64) {
        let count = decisions.len();
        // Where nothing has a cost below zero, only what is cheaper itself can make it cheaper.
        let follow_for_gain = self.program.costs.iter().any(|cost| *cost < 0);
        let mut is_better = true;
        while is_better {
            is_better = false;
            for one in 0..count {
                for other in 0..count {
                    let changed = match (decisions[one], decisions[other]) {
                        // With itself: left out, or taken in.
                        (is_in, _) if one == other && (is_in || follow_for_gain) => vec![one],
                        (true, false) if follow_for_gain || self.program.costs[other] < self.program.costs[one] => vec![one, other],
                        _ => continue,
                    };
                    changed.iter().for_each(|index| decisions[*index] ^= true);
                    match self.cost_of(&decisions).filter(|found| *found < cost) {
                        Some(found) => {
                            cost = found;
                            is_better = true;
                        }
                        None => changed.iter().for_each(|index| decisions[*index] ^= true),
                    }
                }
            }
        }
        (decisions, cost)
    }

    /// The cost of decisions with all that follows from them; nothing if a row is not kept.
    fn cost_of(&self, decisions: &[bool]) -> Option<i64> {
        let decided = |variable: usize| decisions.get(variable).copied().unwrap_or_default();
        let sum = |row: &Row, is_in: &dyn Fn(usize) -> bool| -> i64 {
            row.terms.iter().filter(|(variable, _)| is_in(*variable)).map(|(_, coefficient)| *coefficient).sum()
        };
        // A follower is in wherever no row in which it costs something forbids it.
        let follows = |variable: usize| {
            let burdens = self.columns[variable].iter().filter(|(_, coefficient)| *coefficient < 0);
            burdens.clone().all(|(row, coefficient)| sum(&self.program.rows[*row], &decided) + coefficient >= self.program.rows[*row].least)
        };
        let followers: Vec<bool> = (self.program.decisions..self.program.costs.len()).map(follows).collect();
        let is_in =
            |variable: usize| decided(variable) || variable.checked_sub(self.program.decisions).is_some_and(|index| followers[index]);
        let keeps = self.program.rows.iter().all(|row| sum(row, &is_in) >= row.least);
        keeps.then(|| self.program.costs.iter().enumerate().filter(|(variable, _)| is_in(*variable)).map(|(_, cost)| *cost).sum())
    }
}

/// The least whole cost that is not below a scaled bound.
fn whole_up(scaled: i64) -> i64 {
    scaled.div_euclid(SCALE) + i64::from(scaled.rem_euclid(SCALE) != 0)
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every choice, one by one.
    fn brute_force(program: &Program) -> Option<i64> {
        let variables = program.costs.len();
        (0_u32..1 << variables)
            .filter(|choice| {
                program.rows.iter().all(|row| {
                    row.terms.iter().filter(|(variable, _)| choice >> variable & 1 == 1).map(|(_, a)| a).sum::<i64>() >= row.least
                })
            })
            .map(|choice| (0..variables).filter(|variable| choice >> variable & 1 == 1).map(|variable| program.costs[variable]).sum())
            .min()
    }

    /// Even weights that shall add up to an odd number, and one odd weight that is dear: the relaxation
    /// says nothing, so the search is long enough to be stopped, wherever it is just then.
    #[test]
    fn a_stopped_search_still_bounds_the_cost() {
        let variables = 15;
        let mut program = Program::new(variables, variables);
        program.costs = (0..14).map(|number| 3 + number % 4).chain([1000]).collect();
        let weights = || (0..14).map(|variable| (variable, 2)).chain([(14, 1)]);
        program.add(weights(), 15);
        program.add(weights().map(|(variable, weight)| (variable, -weight)), -15);
        let optimum = brute_force(&program).unwrap();
        let whole = search(&program, None, &mut |_| true);
        assert!(whole.is_complete && whole.bound == optimum);
        let reports = whole.nodes / REPORT_EVERY;
        assert!(reports > 3, "only {} nodes", whole.nodes);
        for most in 0..reports {
            let mut asked = 0;
            let found = search(&program, None, &mut |_| {
                asked += 1;
                asked <= most
            });
            assert!(!found.is_complete && (0..=optimum).contains(&found.bound), "{found:?} after {most} reports");
        }
    }

    #[test]
    fn random_programs_agree_with_trying_everything() {
        let mut seed = 5_u64;
        let mut below = |limit: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % limit
        };
        let (mut feasible, mut infeasible) = (0, 0);
        for _ in 0..1500 {
            let variables = 3 + below(9) as usize;
            let mut program = Program::new(variables, variables);
            program.costs.iter_mut().for_each(|cost| *cost = below(30) as i64);
            for _ in 0..1 + below(6) {
                let terms: Vec<(usize, i64)> =
                    (0..variables).map(|variable| (variable, below(9) as i64 - 3)).filter(|(_, a)| a % 2 == 0).collect();
                let most: i64 = terms.iter().map(|(_, a)| (*a).max(0)).sum();
                program.add(terms, below(most as u64 + 2) as i64 - 1);
            }
            let found = search(&program, None, &mut |_| true);
            assert!(found.is_complete);
            let expected = brute_force(&program);
            assert_eq!(found.best.map(|(_, cost)| cost), expected, "{program:?}");
            if expected.is_some() { feasible += 1 } else { infeasible += 1 }
        }
        assert!(feasible > 500 && infeasible > 50, "{feasible} {infeasible}");
    }
}
