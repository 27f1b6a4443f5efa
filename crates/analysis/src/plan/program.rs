//! A linear program in yes/no variables over whole numbers: the least `Σ cost·x` with `Σ a·x ≥ least`
//! in every row.

/// A condition: the sum of the coefficients of the chosen variables is at least so much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Variables with their coefficients, each variable once.
    pub(crate) terms: Vec<(usize, i64)>,
    /// The least sum.
    pub(crate) least: i64,
}

/// A program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Program {
    /// The cost of each variable.
    pub(crate) costs: Vec<i64>,
    /// The conditions.
    pub(crate) rows: Vec<Row>,
    /// How many of the variables, from the front, are to be decided. The others follow from them:
    /// each is chosen wherever no row forbids it, and costs nothing or less than nothing.
    pub(crate) decisions: usize,
}

/// Sums of absolute coefficients stay below this, and rows fewer than that, so that no sum of the
/// search overflows.
const LARGEST_SUM: i64 = 1 << 36;
const MOST_ROWS: usize = 1 << 12;

impl Row {
    /// The sum of all absolute coefficients.
    pub(crate) fn size(&self) -> i64 {
        self.terms.iter().map(|(_, coefficient)| coefficient.saturating_abs()).fold(self.least.saturating_abs(), i64::saturating_add)
    }
}

impl Program {
    /// A program with so many variables that cost nothing.
    pub(crate) fn new(variables: usize, decisions: usize) -> Self {
        Self { costs: vec![0; variables], rows: Vec::new(), decisions }
    }

    /// Adds a row. Repeated variables are added up.
    pub(crate) fn add(&mut self, terms: impl IntoIterator<Item = (usize, i64)>, least: i64) {
        let mut merged: Vec<(usize, i64)> = Vec::new();
        for (variable, coefficient) in terms {
            match merged.iter_mut().find(|(other, _)| *other == variable) {
                Some((_, sum)) => *sum = sum.saturating_add(coefficient),
                None => merged.push((variable, coefficient)),
            }
        }
        merged.retain(|(_, coefficient)| *coefficient != 0);
        self.rows.push(Row { terms: merged, least });
    }

    /// Fixes a variable.
    pub(crate) fn fix(&mut self, variable: usize, chosen: bool) {
        if chosen { self.add([(variable, 1)], 1) } else { self.add([(variable, -1)], 0) }
    }

    /// Whether every sum that can occur is small enough to be computed with.
    pub(crate) fn is_computable(&self) -> bool {
        let cost = self.costs.iter().map(|cost| cost.saturating_abs()).fold(0, i64::saturating_add);
        self.rows.len() < MOST_ROWS && cost < LARGEST_SUM && self.rows.iter().all(|row| row.size() < LARGEST_SUM)
    }
}
