//! Where the readings and parts of clauses stand: one row each, those of one clause or compound
//! together.

use std::collections::VecDeque;
use std::ops::Range;

use dabiao_catalog::Document;
use dabiao_core::ClauseIndex;
use dabiao_core::rule::Rule;
use dabiao_core::standard::Level;

/// A row of the sheet of parts.
pub(super) struct Part<'a> {
    pub(super) clause: ClauseIndex,
    /// The reading it is or belongs to, counted from zero; `None` if the clause has only one.
    pub(super) reading: Option<usize>,
    /// The way down from the rule of the clause or reading: the numbers of the parts, counted from one.
    /// Empty for a reading itself.
    pub(super) path: Vec<usize>,
    pub(super) rule: &'a Rule,
    /// Its own parts, if it is a compound.
    pub(super) children: Range<usize>,
}

/// The rows of one clause on the sheet of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ClauseRows {
    /// The readings; empty if there is only one.
    pub(super) readings: Range<usize>,
    /// The parts of the only reading, if it is a compound.
    pub(super) children: Range<usize>,
}

/// The rows of all clauses that the level answers.
pub(super) struct Layout<'a> {
    pub(super) parts: Vec<Part<'a>>,
    pub(super) clauses: Vec<ClauseRows>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(document: &'a Document, level: Level) -> Self {
        let mut layout = Self { parts: Vec::new(), clauses: Vec::new() };
        for (index, clause) in (0..).map(ClauseIndex).zip(document.standard.clauses()) {
            let mut rows = ClauseRows::default();
            if clause.levels.contains(level) {
                let start = layout.parts.len();
                match clause.readings.as_slice() {
                    [only] => rows.children = layout.push_parts(index, None, &[], &only.rule),
                    several => {
                        layout.parts.extend(several.iter().enumerate().map(|(position, reading)| Part {
                            clause: index,
                            reading: Some(position),
                            path: Vec::new(),
                            rule: &reading.rule,
                            children: 0..0,
                        }));
                        rows.readings = start..layout.parts.len();
                    }
                }
                layout.push_all_below(start);
            }
            layout.clauses.push(rows);
        }
        layout
    }

    /// The rows of a clause.
    pub(super) fn of_clause(&self, clause: ClauseIndex) -> ClauseRows {
        self.clauses.get(clause.0 as usize).cloned().unwrap_or_default()
    }

    /// Adds the parts of a compound; nothing for any other rule.
    fn push_parts(&mut self, clause: ClauseIndex, reading: Option<usize>, path: &[usize], rule: &'a Rule) -> Range<usize> {
        let Rule::Parts(compound) = rule else { return 0..0 };
        let start = self.parts.len();
        for (number, part) in (1..).zip(&compound.of) {
            let path = path.iter().copied().chain([number]).collect();
            self.parts.push(Part { clause, reading, path, rule: part, children: 0..0 });
        }
        start..self.parts.len()
    }

    /// Adds what is below every row from `start` on, level by level, so that siblings stay together.
    fn push_all_below(&mut self, start: usize) {
        let mut waiting: VecDeque<usize> = (start..self.parts.len()).collect();
        while let Some(position) = waiting.pop_front() {
            let Some(part) = self.parts.get(position) else { continue };
            let (clause, reading, path, rule) = (part.clause, part.reading, part.path.clone(), part.rule);
            let children = self.push_parts(clause, reading, &path, rule);
            waiting.extend(children.clone());
            if let Some(part) = self.parts.get_mut(position) {
                part.children = children;
            }
        }
    }
}
