//! What is missing, and which missing figure matters next.

use dabiao_catalog::Document;
use dabiao_core::outcome::Reason;
use dabiao_core::{ClauseIndex, ClauseResult, DepartmentIndex, FigureIndex, Report, Truth, Verdict};

use crate::card::raw_figures;

/// A figure that is missing and what waits for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFigure {
    /// The figure.
    pub figure: FigureIndex,
    /// The unknown clauses that could be decided with it, in document order.
    pub clauses: Vec<ClauseIndex>,
    /// The department that usually has it, or else the one that leads the first clause.
    pub holder: Option<DepartmentIndex>,
}

/// The missing figures of all unknown clauses, those that serve most clauses first.
#[must_use]
pub fn missing_figures(document: &Document, report: &Report) -> Vec<MissingFigure> {
    let standard = &document.standard;
    let mut missing: Vec<MissingFigure> = Vec::new();
    for ((index, clause), result) in (0..).map(ClauseIndex).zip(standard.clauses()).zip(&report.clauses) {
        for figure in missing_of_clause(document, report, result) {
            if let Some(known) = missing.iter_mut().find(|entry| entry.figure == figure) {
                if !known.clauses.contains(&index) {
                    known.clauses.push(index);
                }
                continue;
            }
            let holder = document.figures.get(figure.0 as usize).and_then(|text| text.holder);
            let lead = clause.departments.iter().find(|part| part.lead).or(clause.departments.first()).map(|part| part.department);
            missing.push(MissingFigure { figure, clauses: vec![index], holder: holder.or(lead) });
        }
    }
    // Figures that serve equally many clauses stay in document order. By counting and not by
    // sorting: the counts are few and small.
    let most = missing.iter().map(|entry| entry.clauses.len()).max().unwrap_or_default();
    (1..=most).rev().flat_map(|count| missing.iter().filter(move |entry| entry.clauses.len() == count)).cloned().collect()
}

/// The figures that an unknown clause still waits for; none if it is decided.
#[must_use]
pub fn missing_of_clause(document: &Document, report: &Report, result: &ClauseResult) -> Vec<FigureIndex> {
    let mut figures = Vec::new();
    if result.verdict == Verdict::Unknown {
        collect_missing(&result.reason, report, document, &mut figures);
    }
    figures
}

/// The figures that a reason still waits for. Parts that cannot change the outcome are left out by
/// the core already: an unknown part of a decided whole never makes the clause unknown.
fn collect_missing(reason: &Reason, report: &Report, document: &Document, figures: &mut Vec<FigureIndex>) {
    let is_missing = |figure: &FigureIndex| report.figures.get(figure.0 as usize).is_some_and(|state| state.value.is_none());
    let mut need = |figure: FigureIndex| {
        let raw = raw_figures(&document.standard, figure);
        // With some raw figures known, the rest of them is nearer than the derived figure itself.
        let some_known = raw.iter().any(|figure| !is_missing(figure));
        if some_known {
            figures.extend(raw.into_iter().filter(is_missing));
        } else if is_missing(&figure) {
            figures.push(figure);
        }
    };
    match reason {
        Reason::YesNo { figure, answer: None } => need(*figure),
        Reason::Comparison(comparison) => {
            if comparison.value.is_none() {
                need(comparison.figure);
            }
            if let Some(target) = comparison.threshold_figure.filter(|_| comparison.threshold.is_none()) {
                need(target);
            }
        }
        Reason::Between { figure, low, .. } if low.value.is_none() => need(*figure),
        Reason::Growth(growth) => {
            if growth.current_value.is_none() {
                need(growth.current);
            }
            if growth.base_value.is_none() {
                need(growth.base);
            }
            if let Some(year) = document.standard.find_figure("assessment_year").filter(|_| growth.years.is_none()) {
                need(year);
            }
        }
        Reason::Rising { years, .. } => {
            years.iter().filter(|(_, _, value)| value.is_none()).for_each(|(_, figure, _)| need(*figure));
            if let Some(year) = document.standard.find_figure("assessment_year").filter(|_| years.is_empty()) {
                need(year);
            }
        }
        Reason::Parts { parts, .. } => {
            for (truth, part) in parts {
                if *truth == Truth::Unknown {
                    collect_missing(part, report, document, figures);
                }
            }
        }
        _ => {}
    }
}
