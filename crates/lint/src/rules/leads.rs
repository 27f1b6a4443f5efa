//! Leads that are not responsible, and departments listed twice.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        for (index, lead) in clause.leads.iter().enumerate() {
            if !clause.departments.contains(lead) {
                pass.report(
                    &format!("{path}.leads.{index}"),
                    say!("牵头单位“{lead}”不在责任单位之列", "the lead `{lead}` is not among the departments"),
                    say!("把它也写进 departments", "add it to `departments`"),
                );
            }
        }
        for (index, department) in clause.departments.iter().enumerate() {
            if clause.departments.iter().take(index).any(|other| other == department) {
                pass.report(
                    &format!("{path}.departments.{index}"),
                    say!("“{department}”列了两次", "`{department}` is listed twice"),
                    say!("删去一次", "remove one"),
                );
            }
        }
    }
}
