//! Boundary words in a name that the rule contradicts.

use dabiao_catalog::file::RuleRecord;

use crate::finding::say;
use crate::pass::Pass;

/// Words that leave the number out, and words that include it.
const STRICT: [&str; 5] = ["超过", "大于", "小于", "不满", "高于"];
const INCLUSIVE: [&str; 8] = ["以上", "以下", "以内", "不低于", "不少于", "不超过", "至少", "达"];

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let strict = match found.rule {
            RuleRecord::Threshold { strict, .. } => *strict,
            RuleRecord::Growth(growth) => growth.strict,
            _ => continue,
        };
        let name = found.clause.name.zh.as_str();
        let inclusive_word = INCLUSIVE.iter().find(|word| name.contains(**word));
        // 不超过 is inclusive although it holds 超过.
        let strict_word = STRICT.iter().find(|word| name.replace("不超过", "").replace("不高于", "").contains(**word));
        let (word, should_be) = match (strict_word, inclusive_word) {
            (Some(word), None) if !strict => (word, true),
            (None, Some(word)) if strict => (word, false),
            _ => continue,
        };
        let (zh, en) = if should_be { ("不包括", "leaves the number out") } else { ("包括", "includes the number") };
        pass.report(
            &found.path,
            say!("“{word}”{zh}本数，规则却相反", "{word} {en}, the rule does the opposite"),
            say!("改成 strict = {should_be}，或更正名称", "make it `strict = {should_be}`, or correct the name"),
        );
    }
}
