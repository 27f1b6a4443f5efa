//! What is known about the unit that is assessed.

use crate::figure::{FigureIndex, FigureKind, Value};
use crate::standard::{ClauseIndex, Level, Standard};

/// The answers of one assessment, for one standard. Keeps what was entered and nothing that follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    // INVARIANT: one value per figure and one clause answer per clause of the standard it was made for.
    values: Vec<Option<Value>>,
    clauses: Vec<ClauseAnswer>,
    level: Level,
}

/// What a person decided about a clause itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClauseAnswer {
    /// The clause does not apply here. The reason is kept by whoever asks for it.
    pub not_applicable: bool,
    /// Which reading of the clause counts, as a position in its readings.
    pub reading: u8,
}

/// A value that the figure cannot hold, or a figure or clause that the standard does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the standard has no such figure, clause or reading, or the figure is of another kind")
    }
}

impl std::error::Error for Refused {}

impl Situation {
    /// Nothing is known.
    #[must_use]
    pub fn empty(standard: &Standard) -> Self {
        Self {
            values: vec![None; standard.figures().len()],
            clauses: vec![ClauseAnswer::default(); standard.clauses().len()],
            level: standard.level(),
        }
    }

    /// The level that is assessed: clauses of other levels are not judged.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }

    /// Assesses another level.
    pub fn set_level(&mut self, level: Level) {
        self.level = level;
    }

    /// The entered value of a figure.
    #[must_use]
    pub fn value(&self, figure: FigureIndex) -> Option<Value> {
        self.values.get(figure.0 as usize).copied().flatten()
    }

    /// What was decided about a clause.
    #[must_use]
    pub fn clause(&self, clause: ClauseIndex) -> ClauseAnswer {
        self.clauses.get(clause.0 as usize).copied().unwrap_or_default()
    }

    /// Enters a value, or takes it back.
    ///
    /// # Errors
    /// [`Refused`] if the figure is not in the standard or is of another kind.
    pub fn set_value(&mut self, standard: &Standard, figure: FigureIndex, value: Option<Value>) -> Result<(), Refused> {
        let definition = standard.figure(figure).ok_or(Refused)?;
        let fits = matches!(
            (definition.kind, value),
            (_, None)
                | (FigureKind::Number { .. }, Some(Value::Number(_) | Value::Between(_)))
                | (FigureKind::YesNo, Some(Value::YesNo(_)))
        );
        let slot = self.values.get_mut(figure.0 as usize).filter(|_| fits).ok_or(Refused)?;
        *slot = value;
        Ok(())
    }

    /// Decides about a clause.
    ///
    /// # Errors
    /// [`Refused`] if the standard has no such clause or the clause no such reading.
    pub fn set_clause(&mut self, standard: &Standard, clause: ClauseIndex, answer: ClauseAnswer) -> Result<(), Refused> {
        let definition = standard.clause(clause).ok_or(Refused)?;
        let known = definition.readings.get(usize::from(answer.reading)).is_some();
        let slot = self.clauses.get_mut(clause.0 as usize).filter(|_| known).ok_or(Refused)?;
        *slot = answer;
        Ok(())
    }
}
