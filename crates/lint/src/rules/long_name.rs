//! Names that do not fit.

use crate::finding::say;
use crate::pass::Pass;

/// How many characters a clause's name may have.
const LONGEST_ZH: usize = 26;
const LONGEST_EN: usize = 80;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        let lengths = [("zh", clause.name.zh.chars().count(), LONGEST_ZH), ("en", clause.name.en.chars().count(), LONGEST_EN)];
        for (field, length, longest) in lengths.into_iter().filter(|(_, length, longest)| length > longest) {
            pass.report(
                &format!("{path}.{field}"),
                say!("名称有{length}个字符，超过{longest}个", "the name has {length} characters, more than {longest}"),
                say!("缩短名称，其余放进 note", "shorten it; the rest goes into `note`"),
            );
        }
    }
}
