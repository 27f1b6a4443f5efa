//! What a person typed and decided, and nothing that follows from it.

use std::rc::Rc;

use dabiao_catalog::Sample;
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, FigureIndex, Standard};
use serde_json::{Map, Value};

/// What a record holds that this version of the program or of the standard does not know; it is kept
/// and written back. `None` if there is nothing.
pub type Unknown = Option<Rc<Map<String, Value>>>;

/// One assessment as it was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The name of the place that is assessed.
    pub title: Rc<str>,
    /// The example it started from.
    pub sample: Option<Rc<str>>,
    /// Whether a person changed anything. An untouched example may be replaced without asking.
    pub touched: bool,
    /// The level that is assessed.
    pub level: Level,
    // One text per figure and one entry per clause of the standard.
    texts: Vec<Rc<str>>,
    clauses: Vec<ClauseDraft>,
    /// Unknown fields of the record.
    pub unknown: Unknown,
    /// Texts of figures that the standard does not have.
    pub unknown_figures: Unknown,
    /// Entries of clauses that the standard does not have.
    pub unknown_clauses: Unknown,
}

/// What was said about a clause itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClauseDraft {
    /// Whether it is meant to be not applicable. Counts only together with a reason.
    pub not_applicable: bool,
    /// Why it is not applicable.
    pub reason: Rc<str>,
    /// Which reading counts.
    pub reading: u8,
    /// A note for oneself and one's superiors.
    pub note: Rc<str>,
    /// What proves the claim.
    pub evidence: Vec<Evidence>,
    /// Unknown fields of the entry.
    pub unknown: Unknown,
}

/// A document that proves a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Its name.
    pub name: Rc<str>,
    /// Its number.
    pub number: Rc<str>,
    /// Its date.
    pub date: Rc<str>,
    /// Where it is kept.
    pub link: Rc<str>,
    /// Unknown fields of the entry.
    pub unknown: Unknown,
}

impl ClauseDraft {
    /// Not applicable with a reason.
    pub fn is_exempt(&self) -> bool {
        self.not_applicable && !self.reason.trim().is_empty()
    }

    /// Whether at least one piece of evidence has a name.
    pub fn is_evidenced(&self) -> bool {
        self.evidence.iter().any(|evidence| !evidence.name.trim().is_empty())
    }
}

impl Draft {
    /// Nothing typed.
    pub fn empty(standard: &Standard) -> Self {
        Self {
            title: "".into(),
            sample: None,
            touched: false,
            level: standard.level(),
            texts: vec!["".into(); standard.figures().len()],
            clauses: vec![ClauseDraft::default(); standard.clauses().len()],
            unknown: None,
            unknown_figures: None,
            unknown_clauses: None,
        }
    }

    /// Nothing typed yet, with a name and the example it starts from.
    pub fn named(standard: &Standard, title: Rc<str>, sample: Option<Rc<str>>) -> Self {
        Self { title, sample, ..Self::empty(standard) }
    }

    /// An example as it is built in.
    pub fn of_sample(standard: &Standard, sample: &Sample) -> Self {
        let mut draft = Self::named(standard, "".into(), Some(sample.id.as_str().into()));
        for (id, text, _) in &sample.figures {
            if let Some(figure) = standard.find_figure(id) {
                draft.set_text(figure, text.as_str().into());
            }
        }
        for (id, reason) in &sample.not_applicable {
            if let Some(clause) = standard.find_clause(id) {
                let exempt = ClauseDraft { not_applicable: true, reason: reason.as_str().into(), ..ClauseDraft::default() };
                draft.set_clause(clause, exempt);
            }
        }
        draft
    }

    /// The text of a figure.
    pub fn text(&self, figure: FigureIndex) -> Rc<str> {
        self.texts.get(figure.0 as usize).cloned().unwrap_or_default()
    }

    /// What was said about a clause.
    pub fn clause(&self, clause: ClauseIndex) -> ClauseDraft {
        self.clauses.get(clause.0 as usize).cloned().unwrap_or_default()
    }

    /// Every clause entry, in order.
    pub fn clauses(&self) -> &[ClauseDraft] {
        &self.clauses
    }

    /// Puts a text into a figure's field.
    pub fn set_text(&mut self, figure: FigureIndex, text: Rc<str>) {
        if let Some(slot) = self.texts.get_mut(figure.0 as usize) {
            *slot = text;
        }
    }

    /// Says something about a clause.
    pub fn set_clause(&mut self, clause: ClauseIndex, draft: ClauseDraft) {
        if let Some(slot) = self.clauses.get_mut(clause.0 as usize) {
            *slot = draft;
        }
    }
}
