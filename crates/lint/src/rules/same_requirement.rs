//! Two clauses that ask the same of the same figure.

use dabiao_catalog::file::RuleRecord;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let clauses = &pass.file.clauses;
    for (path, clause) in pass.clauses() {
        let Some(rule) = clause.rule.as_ref().filter(|rule| !is_open(rule)) else { continue };
        let twin = clauses.iter().take_while(|other| !std::ptr::eq(*other, clause)).find(|other| other.rule.as_ref() == Some(rule));
        if let Some(twin) = twin {
            let (one, other) = (&twin.reference, &clause.reference);
            pass.report(
                &format!("{path}.rule"),
                say!("第{other}条和第{one}条要求的完全一样", "{other} asks exactly what {one} asks"),
                say!("核对数据和门槛；原文确实重复的，用 [[allow]] 写明", "check figure and threshold; if the document does repeat itself, say so in `[[allow]]`"),
            );
        }
    }
}

/// Whether the rule asks nothing of a named figure.
fn is_open(rule: &RuleRecord) -> bool {
    matches!(rule, RuleRecord::YesNo { figure: None, .. } | RuleRecord::Context { .. })
}
