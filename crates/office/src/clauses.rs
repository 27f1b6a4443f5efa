//! A row of the sheet of clauses.

use std::collections::BTreeMap;

use dabiao_core::{ClauseIndex, Figure, FigureKind, Period, Scope, Value, parse_entry};

use crate::import::{ClauseAnswer, EvidenceAnswer};
use crate::layout::Column;
use crate::problem::{Problem, ProblemKind, cell_name};
use crate::sheet::Sheet;

/// What a row says.
pub(crate) struct ClauseRow {
    place: (u32, u32),
    not_applicable: Result<Option<bool>, String>,
    reason: String,
    note: String,
    evidence: EvidenceAnswer,
}

/// Reads the row of a clause.
pub(crate) fn read_row(sheet: &Sheet, row: u32, columns: &BTreeMap<Column, u32>) -> ClauseRow {
    let text = |id| columns.get(&id).map_or(String::new(), |column| sheet.shown(row, *column).to_owned());
    ClauseRow {
        place: (row, columns.get(&Column::NotApplicable).copied().unwrap_or_default()),
        not_applicable: yes_no(&text(Column::NotApplicable)),
        reason: text(Column::Reason),
        note: text(Column::Note),
        evidence: EvidenceAnswer {
            name: text(Column::EvidenceName),
            number: text(Column::EvidenceNumber),
            date: text(Column::EvidenceDate),
        },
    }
}

impl ClauseRow {
    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.not_applicable == Ok(None) && self.reason.is_empty() && self.note.is_empty() && self.evidence == EvidenceAnswer::default()
    }

    /// What is wrong with the row.
    pub(crate) fn problem(&self, sheet: &Sheet) -> Option<Problem> {
        let found = self.not_applicable.as_ref().err()?.clone();
        Some(Problem::at(&sheet.name, self.place.0, self.place.1, ProblemKind::NotYesOrNo { found }))
    }

    /// An answer that says nothing yet, with the place of this row.
    pub(crate) fn empty_answer(&self, clause: ClauseIndex, sheet: &Sheet) -> ClauseAnswer {
        let cell = cell_name(self.place.0, self.place.1);
        ClauseAnswer { clause, sheet: sheet.name.clone(), cell, not_applicable: None, reason: None, note: None, evidence: Vec::new() }
    }

    /// Adds what this row says; an earlier row of the same clause counts before a later one.
    pub(crate) fn add_to(&self, answer: &mut ClauseAnswer) {
        let some = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        answer.not_applicable = answer.not_applicable.or(self.not_applicable.clone().unwrap_or_default());
        answer.reason = answer.reason.take().or_else(|| some(&self.reason));
        answer.note = answer.note.take().or_else(|| some(&self.note));
        if self.evidence != EvidenceAnswer::default() && !answer.evidence.contains(&self.evidence) {
            answer.evidence.push(self.evidence.clone());
        }
    }
}

/// Yes or no in the words that the core understands.
fn yes_no(text: &str) -> Result<Option<bool>, String> {
    let question = Figure { id: String::new(), kind: FigureKind::YesNo, scope: Scope::None, period: Period::None, formula: None };
    match parse_entry(text, &question) {
        Ok(entry) => Ok(entry.and_then(|entry| Value::yes_no(entry.value))),
        Err(_) => Err(text.to_owned()),
    }
}
