//! Rules that anything meets.

use dabiao_catalog::file::{PartsNeed, RuleRecord, ThresholdKind};

use super::unreachable::{bounds, floors_and_ceilings};
use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let path = found.path;
        match found.rule {
            RuleRecord::Threshold { figure, value, kind, strict: false } => {
                let is_floor = matches!(kind, ThresholdKind::AtLeast | ThresholdKind::Count);
                let (low, high) = bounds(pass, figure);
                let is_trivial = if is_floor { low.is_some_and(|low| *value <= low) } else { high.is_some_and(|high| *value >= high) };
                if is_trivial {
                    pass.report(
                        &format!("{path}.value"),
                        say!("“{figure}”填什么都满足{value}", "whatever `{figure}` is, it meets {value}"),
                        say!("更正门槛，或更正数据的 min、max", "correct the threshold, or the figure's `min` or `max`"),
                    );
                }
            }
            RuleRecord::Between { figure, low, high, low_strict: false, high_strict: false } => {
                let (least, most) = bounds(pass, figure);
                if least.is_some_and(|least| *low <= least) && most.is_some_and(|most| *high >= most) {
                    pass.report(
                        &format!("{path}.low"),
                        say!("“{figure}”填什么都在{low}和{high}之间", "whatever `{figure}` is, it lies between {low} and {high}"),
                        say!("更正上下限", "correct the bounds"),
                    );
                }
            }
            RuleRecord::Parts { need: PartsNeed::Any, of } => {
                let (floors, ceilings) = floors_and_ceilings(of);
                let open = floors.into_iter().find(|(figure, low)| ceilings.iter().any(|(other, high)| other == figure && low <= high));
                if let Some((figure, low)) = open {
                    pass.report(
                        &path,
                        say!("“{figure}”不到{low}就满足另一项，填什么都达标", "below {low} `{figure}` meets the other part: anything is met"),
                        say!("更正其中一个数", "correct one of the numbers"),
                    );
                }
            }
            RuleRecord::Parts { need: PartsNeed::AtLeast(0), .. } => pass.report(
                &format!("{path}.k"),
                say!("一项也不要求", "none of the parts is needed"),
                say!("更正 k", "correct `k`"),
            ),
            _ => {}
        }
    }
}
