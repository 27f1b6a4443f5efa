//! The open assessment: the draft, and the report that is kept up to date with it.

use std::rc::Rc;

use dabiao_catalog::Document;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::standard::Level;
use dabiao_core::{Assessment, ClauseIndex, FigureIndex};

use dabiao_draft::change::{apply, changes};
use dabiao_draft::{ClauseDraft, Draft, draft_record, read_draft};
use serde_json::Value;

/// An open assessment.
#[derive(Clone)]
pub struct Work {
    /// The id under which it is kept.
    pub id: Rc<str>,
    /// The standard.
    pub document: Rc<Document>,
    /// What was typed.
    pub draft: Draft,
    /// What follows from it.
    pub assessment: Assessment,
    /// Grows with every change, so that components can tell.
    pub version: u32,
    /// For each clause the version at which something it shows last changed.
    clause_versions: Vec<u32>,
}

impl PartialEq for Work {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.document, &other.document) && self.id == other.id && self.version == other.version && self.draft == other.draft
    }
}

impl Work {
    /// Opens a draft that is kept under this id.
    pub fn new(id: Rc<str>, document: Rc<Document>, draft: Draft) -> Self {
        let assessment = Assessment::empty(&document.standard);
        let clause_versions = vec![0; document.standard.clauses().len()];
        let mut work = Self { id, document, draft, assessment, version: 0, clause_versions };
        work.replay();
        work
    }

    /// The version at which something a clause shows last changed.
    pub fn clause_version(&self, clause: ClauseIndex) -> u32 {
        self.clause_versions.get(clause.0 as usize).copied().unwrap_or_default()
    }

    /// How many clauses that are met have evidence.
    pub fn evidenced(&self) -> usize {
        let results = &self.assessment.report().clauses;
        let met = results.iter().map(|result| result.verdict == dabiao_core::Verdict::Met);
        self.draft.clauses().iter().zip(met).filter(|(clause, met)| *met && clause.is_evidenced()).count()
    }

    /// Types into a field.
    pub fn enter(&mut self, figure: FigureIndex, text: Rc<str>) {
        if self.draft.text(figure) == text {
            return;
        }
        let document = Rc::clone(&self.document);
        self.assessment.enter(&document.standard, figure, &text);
        self.draft.set_text(figure, text);
        self.change();
        // All clauses that show the figure, whether or not its value changed.
        if let Some(dependents) = document.standard.dependents(figure) {
            for clause in &dependents.clauses {
                self.touch(*clause);
            }
        }
    }

    /// Names the place that is assessed.
    pub fn set_title(&mut self, title: Rc<str>) {
        self.draft.title = title;
        self.change();
    }

    /// Goes on by the same standard in another language, or by a corrected version of it. What was
    /// typed stays with the figure and clause it was typed for.
    pub fn set_document(&mut self, document: Rc<Document>) {
        let version = self.version.wrapping_add(1);
        let record = self.record();
        // A record that was just made is never refused.
        let draft = read_draft(&record, &document.standard).unwrap_or_else(|_| self.draft.clone());
        *self = Self::new(Rc::clone(&self.id), document, draft);
        self.version = version;
        self.clause_versions.fill(version);
    }

    /// The record of what was typed.
    pub fn record(&self) -> Value {
        draft_record(&self.document.id, &self.document.standard, &self.draft)
    }

    /// Goes on with a record in place of an earlier one of this assessment. What was typed since then, and
    /// whoever sends the record may not know of, stays.
    pub fn rebase(&mut self, from: &Value, mut to: Value) {
        apply(&mut to, &changes(from, &self.record()));
        if let Ok(draft) = read_draft(&to, &self.document.standard) {
            self.restore(draft);
        }
    }

    /// Goes on with another draft: an earlier one, or one that came as a file.
    pub fn restore(&mut self, draft: Draft) {
        let version = self.version.wrapping_add(1);
        *self = Self::new(Rc::clone(&self.id), Rc::clone(&self.document), draft);
        self.version = version;
        self.clause_versions.fill(version);
    }

    /// Assesses another level.
    pub fn set_level(&mut self, level: Level) {
        self.draft.level = level;
        self.assessment.set_level(&self.document.standard, level);
        self.change();
        self.clause_versions.fill(self.version);
    }

    /// Says something about a clause.
    pub fn decide(&mut self, clause: ClauseIndex, draft: ClauseDraft) {
        let document = Rc::clone(&self.document);
        let answer = ClauseAnswer { not_applicable: draft.is_exempt(), reading: draft.reading };
        self.assessment.decide(&document.standard, clause, answer);
        self.draft.set_clause(clause, draft);
        self.change();
        self.touch(clause);
    }

    /// Starts again with nothing filled in.
    pub fn clear(&mut self) {
        self.restore(Draft::empty(&self.document.standard));
    }

    fn change(&mut self) {
        self.draft.touched = true;
        self.version = self.version.wrapping_add(1);
    }

    fn touch(&mut self, clause: ClauseIndex) {
        if let Some(slot) = self.clause_versions.get_mut(clause.0 as usize) {
            *slot = self.version;
        }
    }

    /// Judges everything the draft holds.
    fn replay(&mut self) {
        let document = Rc::clone(&self.document);
        let standard = &document.standard;
        self.assessment.set_level(standard, self.draft.level);
        for (index, _) in (0..).map(FigureIndex).zip(standard.figures()) {
            let text = self.draft.text(index);
            if !text.is_empty() {
                self.assessment.enter(standard, index, &text);
            }
        }
        for (index, _) in (0..).map(ClauseIndex).zip(standard.clauses()) {
            let draft = self.draft.clause(index);
            if draft != ClauseDraft::default() {
                let answer = ClauseAnswer { not_applicable: draft.is_exempt(), reading: draft.reading };
                self.assessment.decide(standard, index, answer);
            }
        }
    }
}
