//! The linear relaxation of a program: what is best if variables may be chosen in part. By the dual
//! simplex method with bounded variables, on a dictionary that is kept from node to node: fixing and
//! freeing variables leaves it dual feasible, so a few pivots bring it up to date.
//!
//! In floating point, and nothing rests on it: it only proposes multipliers, which the search turns into
//! whole numbers and evaluates exactly.

#![expect(clippy::indexing_slicing, reason = "rows and columns of a table of fixed size; this is the innermost loop")]

use super::program::Program;

/// What is smaller than this counts as zero.
const TINY: f64 = 1e-9;
/// A value may be beyond its bound by so much.
const TOLERANCE: f64 = 1e-7;
/// After so many pivots the dictionary is made anew, because rounding errors add up.
const MOST_PIVOTS: u32 = 4000;

/// How a relaxation came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its multipliers bound the cost.
    Optimal,
    /// Its multipliers refute it: nothing keeps all rows.
    Infeasible,
    /// Too many pivots; its multipliers are as good as any.
    Unsure,
}

/// A dictionary: every basic variable as a constant and a sum over the others.
///
/// Variables are those of the program, followed by one surplus for each row.
pub(super) struct Relaxation {
    structural: usize,
    /// The basic variable of each row, and the other of each column.
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    /// Row by row.
    entries: Vec<f64>,
    constants: Vec<f64>,
    /// How the cost changes with each nonbasic variable.
    reduced: Vec<f64>,
    /// Whether a nonbasic variable stands at its upper bound.
    is_upper: Vec<bool>,
    /// Bounds of the program's variables.
    low: Vec<f64>,
    high: Vec<f64>,
    /// The values of the basic variables.
    values: Vec<f64>,
    /// The row that cannot be kept, and whether it lies below its bound.
    refuted: Option<(usize, bool)>,
    pivots: u32,
}

impl Relaxation {
    pub(super) fn new(program: &Program) -> Self {
        let (structural, rows) = (program.costs.len(), program.rows.len());
        let mut this = Self {
            structural,
            basic: Vec::new(),
            nonbasic: Vec::new(),
            entries: Vec::new(),
            constants: Vec::new(),
            reduced: Vec::new(),
            is_upper: Vec::new(),
            low: vec![0.0; structural],
            high: vec![1.0; structural],
            values: vec![0.0; rows],
            refuted: None,
            pivots: 0,
        };
        this.restart(program);
        this
    }

    /// Every surplus basic, every variable of the program at the bound that is cheaper.
    fn restart(&mut self, program: &Program) {
        let rows = program.rows.len();
        self.basic = (self.structural..self.structural + rows).collect();
        self.nonbasic = (0..self.structural).collect();
        self.entries = vec![0.0; rows * self.structural];
        for (index, row) in program.rows.iter().enumerate() {
            for (variable, coefficient) in &row.terms {
                self.entries[index * self.structural + variable] = *coefficient as f64;
            }
        }
        self.constants = program.rows.iter().map(|row| -(row.least as f64)).collect();
        self.reduced = program.costs.iter().map(|cost| *cost as f64).collect();
        self.is_upper = vec![false; self.structural];
        self.pivots = 0;
    }

    /// Solves with each variable between its bounds.
    pub(super) fn solve(&mut self, program: &Program, bounds: impl Iterator<Item = (f64, f64)>) -> Outcome {
        for (variable, (low, high)) in bounds.enumerate() {
            self.low[variable] = low;
            self.high[variable] = high;
        }
        if self.pivots > MOST_PIVOTS {
            self.restart(program);
        }
        self.refuted = None;
        for _ in 0..4 * (self.basic.len() + self.structural) {
            self.settle();
            let Some((row, is_below)) = self.most_violated() else { return Outcome::Optimal };
            let Some(column) = self.entering(row, is_below) else {
                self.refuted = Some((row, is_below));
                return Outcome::Infeasible;
            };
            self.pivot(row, column, !is_below);
        }
        Outcome::Unsure
    }

    /// The value of one of the program's variables.
    pub(super) fn value(&self, variable: usize) -> f64 {
        match self.basic.iter().position(|other| *other == variable) {
            Some(row) => self.values[row],
            None => self.nonbasic.iter().position(|other| *other == variable).map_or(0.0, |column| self.bound_of(column)),
        }
    }

    /// One multiplier for each row, not negative: of the cost, or of the refutation.
    pub(super) fn multipliers(&self) -> Vec<f64> {
        let mut multipliers = vec![0.0; self.basic.len()];
        let mut set = |variable: usize, value: f64| {
            if let Some(row) = variable.checked_sub(self.structural) {
                multipliers[row] = value.max(0.0);
            }
        };
        match self.refuted {
            None => self.nonbasic.iter().zip(&self.reduced).for_each(|(variable, reduced)| set(*variable, *reduced)),
            Some((row, is_below)) => {
                let sign = if is_below { -1.0 } else { 1.0 };
                let entries = &self.entries[row * self.structural..(row + 1) * self.structural];
                self.nonbasic.iter().zip(entries).for_each(|(variable, entry)| set(*variable, sign * entry));
                set(self.basic[row], if is_below { 1.0 } else { 0.0 });
            }
        }
        multipliers
    }

    fn bounds(&self, variable: usize) -> (f64, f64) {
        if variable < self.structural { (self.low[variable], self.high[variable]) } else { (0.0, f64::INFINITY) }
    }

    fn bound_of(&self, column: usize) -> f64 {
        let (low, high) = self.bounds(self.nonbasic[column]);
        if self.is_upper[column] { high } else { low }
    }

    /// Puts every nonbasic variable at the bound that its reduced cost asks for, and works out the others.
    fn settle(&mut self) {
        for column in 0..self.structural {
            let is_bounded = self.nonbasic[column] < self.structural;
            if self.reduced[column] > TINY || !is_bounded {
                self.is_upper[column] = false;
            } else if self.reduced[column] < -TINY {
                self.is_upper[column] = true;
            }
        }
        for row in 0..self.basic.len() {
            let entries = &self.entries[row * self.structural..(row + 1) * self.structural];
            let mut value = self.constants[row];
            for (column, entry) in entries.iter().enumerate() {
                if *entry != 0.0 {
                    value += entry * self.bound_of(column);
                }
            }
            self.values[row] = value;
        }
    }

    /// The basic variable that is furthest beyond a bound, and whether it lies below.
    fn most_violated(&self) -> Option<(usize, bool)> {
        let mut worst = (TOLERANCE, None);
        for (row, value) in self.values.iter().enumerate() {
            let (low, high) = self.bounds(self.basic[row]);
            for (violation, is_below) in [(low - value, true), (value - high, false)] {
                if violation > worst.0 {
                    worst = (violation, Some((row, is_below)));
                }
            }
        }
        worst.1
    }

    /// The nonbasic variable that can move the row back at the least cost.
    fn entering(&self, row: usize, is_below: bool) -> Option<usize> {
        let mut best: Option<(f64, f64, usize)> = None;
        for column in 0..self.structural {
            let entry = self.entries[row * self.structural + column];
            let (low, high) = self.bounds(self.nonbasic[column]);
            let raises = (entry > 0.0) != self.is_upper[column];
            if entry.abs() <= TINY || high - low <= TINY || raises != is_below {
                continue;
            }
            let ratio = self.reduced[column].abs() / entry.abs();
            let is_better = best.is_none_or(|(other, size, _)| ratio < other - TINY || (ratio <= other + TINY && entry.abs() > size));
            if is_better {
                best = Some((ratio, entry.abs(), column));
            }
        }
        best.map(|(_, _, column)| column)
    }

    /// Exchanges a basic and a nonbasic variable.
    fn pivot(&mut self, row: usize, column: usize, leaves_at_upper: bool) {
        self.pivots += 1;
        let width = self.structural;
        let mut own: Vec<f64> = self.entries[row * width..(row + 1) * width].to_vec();
        let inverse = 1.0 / own[column];
        own.iter_mut().for_each(|entry| *entry *= -inverse);
        own[column] = inverse;
        let constant = -self.constants[row] * inverse;
        for other in 0..self.basic.len() {
            let line = &mut self.entries[other * width..(other + 1) * width];
            let factor = line[column];
            if other != row && factor != 0.0 {
                line[column] = 0.0;
                for (entry, own) in line.iter_mut().zip(&own) {
                    *entry += factor * own;
                }
                self.constants[other] += factor * constant;
            }
        }
        let factor = std::mem::replace(&mut self.reduced[column], 0.0);
        for (reduced, own) in self.reduced.iter_mut().zip(&own) {
            *reduced += factor * own;
        }
        self.entries[row * width..(row + 1) * width].copy_from_slice(&own);
        self.constants[row] = constant;
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
        self.is_upper[column] = leaves_at_upper;
    }
}
