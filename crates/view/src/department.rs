//! The assessment as one responsible unit sees it: what it owes, what is missing, what is missed.

use dabiao_catalog::Document;
use dabiao_core::{ClauseIndex, DepartmentIndex, FigureIndex, Report, Tally, Verdict};

use crate::missing::missing_of_clause;

/// What a unit owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentDuties {
    /// The unit.
    pub department: DepartmentIndex,
    /// How its clauses came out.
    pub tally: Tally,
    /// Its clauses, in document order.
    pub duties: Vec<Duty>,
}

/// A clause that a unit is responsible for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The clause.
    pub clause: ClauseIndex,
    /// Whether the unit leads.
    pub lead: bool,
    /// How the clause came out.
    pub verdict: Verdict,
    /// The figures it still waits for.
    pub missing: Vec<FigureIndex>,
}

/// Every unit that has a clause which the assessed level answers, in the order of the standard.
#[must_use]
pub fn department_duties(document: &Document, report: &Report) -> Vec<DepartmentDuties> {
    let count = document.standard.departments().len();
    let departments = (0..).map(DepartmentIndex).take(count).map(|department| duties_of(document, report, department));
    departments.filter(|duties| !duties.duties.is_empty()).collect()
}

fn duties_of(document: &Document, report: &Report, department: DepartmentIndex) -> DepartmentDuties {
    let mut tally = Tally::default();
    let mut duties = Vec::new();
    for ((clause, definition), result) in (0..).map(ClauseIndex).zip(document.standard.clauses()).zip(&report.clauses) {
        let Some(part) = definition.departments.iter().find(|part| part.department == department) else { continue };
        if result.verdict == Verdict::NotJudged {
            continue;
        }
        tally.add(result.verdict);
        let missing = missing_of_clause(document, report, result);
        duties.push(Duty { clause, lead: part.lead, verdict: result.verdict, missing });
    }
    DepartmentDuties { department, tally, duties }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dabiao_catalog::builtin;
    use dabiao_core::{Situation, score};

    #[test]
    fn with_nothing_known_a_unit_owes_everything_it_is_named_for() {
        for document in builtin::standards().unwrap() {
            let standard = &document.standard;
            let report = score(standard, &Situation::empty(standard));
            for duties in department_duties(&document, &report) {
                let named = standard.clauses().iter().zip(&report.clauses).filter(|(clause, result)| {
                    result.verdict == Verdict::Unknown && clause.departments.iter().any(|part| part.department == duties.department)
                });
                assert_eq!(duties.tally.unknown as usize, named.count());
                assert!(duties.duties.iter().all(|duty| !duty.missing.is_empty()), "{}: something is always missing", document.id);
            }
        }
    }
}
