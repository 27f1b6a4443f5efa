//! Boundary words in a name that the rule contradicts.

use dabiao_catalog::file::{RuleRecord, ThresholdKind};
use dabiao_core::Unit;

use crate::finding::say;
use crate::pass::Pass;

/// A word that says on which side of the number one has to be, and whether the number itself will do.
struct BoundaryWord {
    word: &'static str,
    /// Above, or below; nothing for words that stand for both.
    is_floor: Option<bool>,
    /// Whether the number is left out.
    strict: bool,
}

const fn word(word: &'static str, is_floor: Option<bool>, strict: bool) -> BoundaryWord {
    BoundaryWord { word, is_floor, strict }
}

/// The longer word first: 不超过 holds 超过.
const WORDS: [BoundaryWord; 15] = [
    word("不超过", Some(false), false),
    word("不高于", Some(false), false),
    word("不低于", Some(true), false),
    word("不少于", Some(true), false),
    word("超过", Some(true), true),
    word("大于", Some(true), true),
    word("高于", Some(true), true),
    word("小于", Some(false), true),
    word("低于", Some(false), true),
    word("不满", Some(false), true),
    word("以上", Some(true), false),
    word("至少", Some(true), false),
    word("以下", Some(false), false),
    word("以内", Some(false), false),
    word("达到", None, false),
];

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let (strict, is_floor) = match found.rule {
            // 三级及以上 is the third class or a better one, a smaller number.
            RuleRecord::Threshold { figure, .. } if pass.unit(figure) == Some(Unit::Grade) => continue,
            RuleRecord::Threshold { strict, kind, .. } => (*strict, matches!(kind, ThresholdKind::AtLeast | ThresholdKind::Count)),
            RuleRecord::Growth(growth) => (growth.strict, true),
            _ => continue,
        };
        let words = words_in(&found.clause.name.zh);
        // Several words belong to several numbers; which is whose cannot be told.
        let [boundary] = words.as_slice() else { continue };
        let word = boundary.word;
        if boundary.is_floor.is_some_and(|expected| expected != is_floor) {
            let (zh, en) = if is_floor { ("至多", "at most") } else { ("至少", "at least") };
            pass.report(
                &format!("{}.kind", found.path),
                say!("“{word}”是{zh}，规则却相反", "{word} means {en}, the rule does the opposite"),
                say!("改规则的 kind，或更正名称", "change the rule's `kind`, or correct the name"),
            );
        } else if boundary.strict != strict {
            let should_be = boundary.strict;
            let (zh, en) = if should_be { ("不包括", "leaves the number out") } else { ("包括", "includes the number") };
            pass.report(
                &found.path,
                say!("“{word}”{zh}本数，规则却相反", "{word} {en}, the rule does the opposite"),
                say!("改成 strict = {should_be}，或更正名称", "make it `strict = {should_be}`, or correct the name"),
            );
        }
    }
}

fn words_in(name: &str) -> Vec<&'static BoundaryWord> {
    let mut rest = name.to_owned();
    let mut found = Vec::new();
    for boundary in &WORDS {
        if rest.contains(boundary.word) {
            found.push(boundary);
            rest = rest.replace(boundary.word, "");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_word_counts() {
        let words = |name: &str| words_in(name).iter().map(|boundary| boundary.word).collect::<Vec<_>>();
        assert_eq!(words("不超过30分钟"), ["不超过"]);
        assert_eq!(words("超过30分钟"), ["超过"]);
        assert_eq!(words("达标率"), [""; 0]);
    }
}
