//! The exact search: branch and bound, with whole numbers throughout.
//!
//! Every node first draws the consequences of the rows (a variable that a row cannot do without is
//! chosen, one that it cannot bear is not), then asks for a lower bound of the cost below it. The bound is the
//! Lagrangian one (Held and Karp 1971; Fisher 1981): for any multipliers `λ ≥ 0`,
//! `Σ λ·least + Σ min(0, cost − Σ λ·a)` is never above the least cost. The multipliers are moved by
//! subgradient steps, and since the bound holds for whatever they are, it is exact although they are
//! not: they are whole numbers of 1/[`SCALE`]. So a plan that is called optimal is proved, and the
//! same everywhere.

#![expect(clippy::indexing_slicing, reason = "rows and variables are numbered by the program itself; this is the innermost loop")]

use super::program::Program;

/// Multipliers are whole numbers of this fraction.
const SCALE: i64 = 1 << 12;
/// Subgradient steps at the root and at every other node.
const ROOT_STEPS: u32 = 600;
const NODE_STEPS: u32 = 24;
/// The step length of the subgradient, as a share of [`STEP_UNIT`], and how it shrinks.
const STEP_UNIT: i64 = 1 << 10;
const PATIENCE: u32 = 12;
/// Running mean of the relaxed solutions, from 0 to this: it says how torn a variable is.
const WHOLE: i64 = 1 << 10;
/// A multiplier times the sum of its row stays below this. [`Program::is_computable`] keeps costs and
/// the number of rows small enough for everything together to fit.
const LARGEST_PRODUCT: i64 = 1 << 50;
/// Nodes between two reports of progress.
const REPORT_EVERY: u64 = 32;

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
        let start = Start { multipliers: vec![0; search.program.rows.len()], torn: vec![WHOLE / 2; search.program.costs.len()] };
        search.node(&start, ROOT_STEPS, i64::MIN);
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

/// What a node takes over from the one above.
struct Start {
    multipliers: Vec<i64>,
    torn: Vec<i64>,
}

/// A variable: to be decided, or decided.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Domain {
    Free,
    Out,
    In,
}

struct Search<'a> {
    /// With costs divided by what they share.
    program: Program,
    /// What the costs were divided by: every cost is a multiple of it, and so a bound may be rounded up.
    unit: i64,
    check: Check<'a>,
    go_on: &'a mut dyn FnMut(Progress) -> bool,
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
    // Scratch space of the bound.
    reduced: Vec<i64>,
    violation: Vec<i64>,
}

impl<'a> Search<'a> {
    fn new(program: &Program, check: Check<'a>, go_on: &'a mut dyn FnMut(Progress) -> bool) -> Self {
        let mut program = program.clone();
        let unit = program.costs.iter().fold(0, |shared, cost| common_divisor(shared, cost.abs())).max(1);
        program.costs.iter_mut().for_each(|cost| *cost /= unit);
        let mut columns = vec![Vec::new(); program.costs.len()];
        for (index, row) in program.rows.iter().enumerate() {
            for (variable, coefficient) in &row.terms {
                columns[*variable].push((index, *coefficient));
            }
        }
        let reach = program.rows.iter().map(|row| row.terms.iter().map(|(_, coefficient)| (*coefficient).max(0)).sum()).collect();
        let (variables, rows) = (program.costs.len(), program.rows.len());
        Self {
            unit,
            check,
            go_on,
            columns,
            domains: vec![Domain::Free; variables],
            trail: Vec::new(),
            reach,
            queue: (0..rows).collect(),
            best: None,
            open_bound: i64::MAX,
            largest: program.rows.iter().map(|row| LARGEST_PRODUCT / row.size().max(1)).collect(),
            nodes: 0,
            is_stopped: false,
            reduced: vec![0; variables],
            violation: vec![0; rows],
            program,
        }
    }

    /// Costs at or above this are of no interest.
    fn limit(&self) -> i64 {
        match &self.best {
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

    /// The bound for these multipliers, scaled; leaves the reduced costs and the violation of each row.
    fn bound(&mut self, multipliers: &[i64]) -> i64 {
        let mut bound = 0;
        for (variable, cost) in self.program.costs.iter().enumerate() {
            self.reduced[variable] = cost * SCALE;
        }
        for ((row, multiplier), violation) in self.program.rows.iter().zip(multipliers).zip(&mut self.violation) {
            *violation = row.least;
            if *multiplier > 0 {
                bound += multiplier * row.least;
                for (variable, coefficient) in &row.terms {
                    self.reduced[*variable] -= multiplier * coefficient;
                }
            }
        }
        for (variable, reduced) in self.reduced.iter().enumerate() {
            let is_in = match self.domains[variable] {
                Domain::Free => *reduced < 0,
                Domain::In => true,
                Domain::Out => false,
            };
            if is_in {
                bound += reduced;
                for (row, coefficient) in &self.columns[variable] {
                    self.violation[*row] -= coefficient;
                }
            }
        }
        bound
    }

    /// Improves the multipliers; the best bound with its multipliers, or nothing if the node is not
    /// worth going on with.
    fn improve(&mut self, start: &Start, steps: u32) -> Option<(i64, Start)> {
        let mut multipliers = start.multipliers.clone();
        let mut torn = start.torn.clone();
        let mut best = (i64::MIN, multipliers.clone());
        let mut length = STEP_UNIT;
        let mut waited = 0;
        for _ in 0..steps {
            let limit = self.limit();
            let bound = self.bound(&multipliers);
            if whole_up(bound) >= limit {
                return None;
            }
            for (variable, torn) in torn.iter_mut().enumerate() {
                let is_in = self.domains[variable] == Domain::In || (self.domains[variable] == Domain::Free && self.reduced[variable] < 0);
                *torn += (if is_in { WHOLE } else { 0 } - *torn) / 16;
            }
            if bound > best.0 {
                best = (bound, multipliers.clone());
                waited = 0;
            } else {
                waited += 1;
                if waited >= PATIENCE {
                    waited = 0;
                    length /= 2;
                    if length == 0 {
                        break;
                    }
                }
            }
            let square: i128 = self
                .violation
                .iter()
                .zip(&multipliers)
                .filter(|(violation, multiplier)| **violation > 0 || **multiplier > 0)
                .map(|(violation, _)| i128::from(*violation) * i128::from(*violation))
                .sum();
            if square == 0 {
                break;
            }
            let gap = i128::from(limit) * i128::from(SCALE) - i128::from(bound);
            for ((violation, multiplier), largest) in self.violation.iter().zip(&mut multipliers).zip(&self.largest) {
                let step = gap * i128::from(*violation) * i128::from(length) / (square * i128::from(STEP_UNIT));
                let moved = i128::from(*multiplier) + step;
                *multiplier = i64::try_from(moved.clamp(0, i128::from(*largest))).unwrap_or_default();
            }
        }
        Some((best.0, Start { multipliers: best.1, torn }))
    }

    /// Decides what the bound alone decides: taking the other side would cost too much.
    fn fix_by_bound(&mut self, bound: i64) -> bool {
        let limit = self.limit();
        for variable in 0..self.domains.len() {
            let reduced = self.reduced[variable];
            if self.domains[variable] == Domain::Free && whole_up(bound + reduced.abs()) >= limit {
                self.decide(variable, if reduced < 0 { Domain::In } else { Domain::Out });
            }
        }
        self.propagate()
    }

    /// Looks at everything below. `above` is the bound of the node above.
    fn node(&mut self, start: &Start, steps: u32, above: i64) {
        self.nodes += 1;
        if self.nodes.is_multiple_of(REPORT_EVERY) && !(self.go_on)(Progress { nodes: self.nodes, found: self.best.is_some() }) {
            self.is_stopped = true;
        }
        if self.is_stopped {
            self.open_bound = self.open_bound.min(above);
            return;
        }
        let Some((bound, start)) = self.improve(start, steps) else { return };
        // The reduced costs of the best multipliers, not of the last ones.
        self.bound(&start.multipliers);
        if !self.fix_by_bound(bound) {
            return;
        }
        let Some(variable) = self.most_torn(&start.torn) else {
            self.leaf();
            return;
        };
        let first = if start.torn[variable] * 2 >= WHOLE { Domain::In } else { Domain::Out };
        let second = if first == Domain::In { Domain::Out } else { Domain::In };
        for domain in [first, second] {
            if whole_up(bound) >= self.limit() {
                return;
            }
            if self.is_stopped {
                self.open_bound = self.open_bound.min(whole_up(bound));
                return;
            }
            let mark = self.trail.len();
            self.decide(variable, domain);
            if self.propagate() {
                self.node(&start, NODE_STEPS, whole_up(bound));
            }
            self.take_back(mark);
        }
    }

    /// The undecided decision on which the relaxed solutions agree least.
    fn most_torn(&self, torn: &[i64]) -> Option<usize> {
        let free = (0..self.program.decisions).filter(|variable| self.domains[*variable] == Domain::Free);
        free.min_by_key(|variable| (torn[*variable] - WHOLE / 2).abs())
    }

    /// All is decided; the rest follows.
    fn leaf(&mut self) {
        let mark = self.trail.len();
        for variable in self.program.decisions..self.domains.len() {
            if self.domains[variable] == Domain::Free {
                self.decide(variable, Domain::In);
                if !self.propagate() {
                    // Cannot be: rows hold a follower back only through decisions, which are all made.
                    self.take_back(mark);
                    return;
                }
            }
        }
        let chosen = |domain: &Domain| *domain == Domain::In;
        let decisions: Vec<bool> = self.domains.iter().take(self.program.decisions).map(chosen).collect();
        let cost = match self.check {
            Some(check) => check(&decisions).map(|cost| cost / self.unit),
            None => Some(self.program.costs.iter().zip(&self.domains).filter(|(_, domain)| chosen(domain)).map(|(cost, _)| *cost).sum()),
        };
        self.take_back(mark);
        if let Some(cost) = cost.filter(|cost| *cost < self.limit()) {
            self.best = Some((decisions, cost));
        }
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
