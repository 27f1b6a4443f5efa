//! Which clauses and figures a template asks for: those of a level, whole or of one department.

use std::collections::BTreeSet;

use dabiao_catalog::Document;
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, DepartmentIndex, FigureIndex};
use dabiao_view::card::{inputs, raw_figures};

/// A figure that is asked for, and the clauses that need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The figure.
    pub figure: FigureIndex,
    /// The clauses in scope that need it, in document order.
    pub clauses: Vec<ClauseIndex>,
    /// The figures from which it follows; empty if it has no formula.
    pub raw: Vec<FigureIndex>,
}

impl Asked {
    /// The department that usually has the figure, or else the one that leads the first clause.
    #[must_use]
    pub fn holder(&self, document: &Document) -> Option<DepartmentIndex> {
        let holder = document.figures.get(self.figure.0 as usize).and_then(|text| text.holder);
        let clause = self.clauses.first().and_then(|clause| document.standard.clause(*clause));
        let lead = clause.and_then(|clause| clause.departments.iter().find(|part| part.lead).or(clause.departments.first()));
        holder.or(lead.map(|part| part.department))
    }
}

/// The clauses that the level answers, or contributes to; for a department, those it is named for.
#[must_use]
pub fn clauses(document: &Document, level: Level, scope: Option<DepartmentIndex>) -> Vec<ClauseIndex> {
    let named =
        |clause: &dabiao_core::Clause| scope.is_none_or(|department| clause.departments.iter().any(|part| part.department == department));
    let standard = &document.standard;
    (0..)
        .map(ClauseIndex)
        .zip(standard.clauses())
        .filter(|(_, clause)| clause.levels.contains(level) || clause.contribution.is_some())
        .filter(|(_, clause)| named(clause))
        .map(|(index, _)| index)
        .collect()
}

/// Every figure that the clauses in scope need, once, derived ones before those they follow from.
/// A department is also asked for the figures that it holds for other departments' clauses.
#[must_use]
pub fn figures(document: &Document, level: Level, scope: Option<DepartmentIndex>) -> Vec<Asked> {
    let standard = &document.standard;
    let own: BTreeSet<ClauseIndex> = clauses(document, level, scope).into_iter().collect();
    let mut asked: Vec<Asked> = Vec::new();
    for clause in clauses(document, level, None) {
        let needed = inputs(standard, level, clause).into_iter().flat_map(|input| [vec![input.figure], input.raw].concat());
        for figure in needed {
            let holder = document.figures.get(figure.0 as usize).and_then(|text| text.holder);
            if !own.contains(&clause) && (scope.is_none() || holder != scope) {
                continue;
            }
            match asked.iter_mut().find(|asked| asked.figure == figure) {
                Some(asked) if asked.clauses.last() == Some(&clause) => {}
                Some(asked) => asked.clauses.push(clause),
                None => asked.push(Asked { figure, clauses: vec![clause], raw: raw_figures(standard, figure) }),
            }
        }
    }
    asked
}
