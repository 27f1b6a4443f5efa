//! Parts of a compound that never matter, and years that stand twice.

use dabiao_catalog::file::{PartsNeed, RuleRecord, ThresholdKind};

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        match found.rule {
            RuleRecord::Parts { need, of } => {
                if of.len() == 1 {
                    pass.report(
                        &found.path,
                        say!("只有一项，不必组合", "a compound of a single part"),
                        say!("直接写这一项，或补上其余的", "write the part alone, or add the others"),
                    );
                }
                for (index, part) in of.iter().enumerate() {
                    let idle = of.iter().take(index).enumerate().find(|(_, other)| part == *other || overlaps(part, other));
                    if let Some((other, _)) = idle {
                        let (one, two) = (other.saturating_add(1), index.saturating_add(1));
                        let (zh, en) = match need {
                            PartsNeed::Any => ("满足较严的一项，就必然满足较宽的一项", "meeting the harder one always meets the easier one"),
                            PartsNeed::All | PartsNeed::AtLeast(_) => ("较严的一项已经包含较宽的一项", "the harder one already demands the easier one"),
                        };
                        pass.report(
                            &format!("{}.of.{index}", found.path),
                            say!("第{one}项和第{two}项重叠：{zh}", "parts {one} and {two} overlap: {en}"),
                            say!("更正其中一个数，或删去多余的一项", "correct one of the numbers, or remove the idle part"),
                        );
                    }
                }
            }
            RuleRecord::Rising { series } => {
                for (index, pair) in series.windows(2).enumerate() {
                    if let [(before, _), (after, _)] = pair
                        && after <= before
                    {
                        let position = index.saturating_add(1);
                        pass.report(
                            &format!("{}.series.{position}.year", found.path),
                            say!("{after}年不在{before}年之后", "{after} does not follow {before}"),
                            say!("按年份先后排列，每年一次", "put the years in order, each once"),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether two thresholds on one figure look the same way, so that one implies the other.
fn overlaps(left: &RuleRecord, right: &RuleRecord) -> bool {
    let direction = |rule: &RuleRecord| match rule {
        RuleRecord::Threshold { figure, kind, .. } => {
            Some((figure.clone(), matches!(kind, ThresholdKind::AtLeast | ThresholdKind::Count)))
        }
        _ => None,
    };
    direction(left).is_some_and(|one| direction(right) == Some(one))
}
