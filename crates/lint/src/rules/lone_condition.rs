//! Conditions without an applicability.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        if clause.condition.is_some() && clause.applicability.is_none() {
            pass.report(
                &format!("{path}.condition"),
                say!("有 condition，却没有 applicability", "there is a `condition` but no `applicability`"),
                say!("补上 encouraged、conditional 或 local", "add `encouraged`, `conditional` or `local`"),
            );
        }
    }
}
