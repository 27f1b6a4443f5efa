//! Readings that do not differ.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        for (index, reading) in clause.readings.iter().enumerate() {
            let twin = clause.readings.iter().take(index).find(|other| other.rule == reading.rule);
            if let Some(twin) = twin {
                let (one, other) = (&twin.id, &reading.id);
                pass.report(
                    &format!("{path}.reading.{index}.rule"),
                    say!("理解“{one}”和“{other}”的规则一样", "the readings `{one}` and `{other}` have the same rule"),
                    say!("更正其中一条，或只留一种理解", "correct one of them, or keep one reading only"),
                );
            }
        }
        if clause.readings.len() == 1 || (clause.rule.is_some() && !clause.readings.is_empty()) || (clause.rule.is_none() && clause.readings.is_empty()) {
            let id = &clause.id;
            pass.report(
                &path,
                say!("“{id}”要么有一条规则，要么有两种以上理解", "`{id}` needs either a rule or at least two readings"),
                say!("只有一种理解就写 rule", "with a single reading write `rule`"),
            );
        }
    }
}
