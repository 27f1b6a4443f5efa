//! One assessment at work: typed text in, an up-to-date report out.
//!
//! The page and the embedding API both go through here, so a text means the same everywhere.

use crate::entry::{Entry, EntryError, parse_entry};
use crate::figure::FigureIndex;
use crate::report::Report;
use crate::score::{score, update, update_clause};
use crate::situation::{ClauseAnswer, Situation};
use crate::standard::{ClauseIndex, Level, Standard};

/// What was typed, what was understood, and what follows from it.
#[derive(Clone, Debug)]
pub struct Assessment {
    // INVARIANT: `report` is the answer to `situation`, which holds the understood entries.
    entries: Vec<Result<Option<Entry>, EntryError>>,
    situation: Situation,
    report: Report,
}

impl Assessment {
    /// Nothing has been typed.
    #[must_use]
    pub fn empty(standard: &Standard) -> Self {
        let situation = Situation::empty(standard);
        let report = score(standard, &situation);
        Self { entries: vec![Ok(None); standard.figures().len()], situation, report }
    }

    /// Reads a typed text. What is not understood counts as unknown and is kept as an error.
    /// Returns the clauses that were judged again.
    pub fn enter<'a>(&mut self, standard: &'a Standard, figure: FigureIndex, text: &str) -> &'a [ClauseIndex] {
        let Some(definition) = standard.figure(figure) else { return &[] };
        let entry = parse_entry(text, definition);
        let value = entry.as_ref().ok().copied().flatten().map(|entry| entry.value);
        if let Some(slot) = self.entries.get_mut(figure.0 as usize) {
            *slot = entry;
        }
        if self.situation.value(figure) == value {
            return &[];
        }
        // The entry was parsed for this figure, so it fits.
        let _ = self.situation.set_value(standard, figure, value);
        update(standard, &self.situation, figure, &mut self.report)
    }

    /// Declares a clause not applicable, or chooses its reading. Unknown clauses and readings are left alone.
    pub fn decide(&mut self, standard: &Standard, clause: ClauseIndex, answer: ClauseAnswer) {
        if self.situation.set_clause(standard, clause, answer).is_ok() {
            update_clause(standard, &self.situation, clause, &mut self.report);
        }
    }

    /// Assesses another level: what is known stays, every clause is judged again.
    pub fn set_level(&mut self, standard: &Standard, level: Level) {
        if self.situation.level() != level {
            self.situation.set_level(level);
            self.report = score(standard, &self.situation);
        }
    }

    /// What was understood of a figure's text.
    ///
    /// # Errors
    /// [`EntryError`] if the text was not understood.
    pub fn entry(&self, figure: FigureIndex) -> Result<Option<Entry>, &EntryError> {
        self.entries.get(figure.0 as usize).map_or(Ok(None), |entry| entry.as_ref().copied())
    }

    /// What is known.
    #[must_use]
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// What follows from it.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }
}
