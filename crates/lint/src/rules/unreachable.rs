//! Rules that nothing can meet.

use dabiao_catalog::file::{PartsNeed, RuleRecord, ThresholdKind};
use dabiao_core::Exact;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let path = found.path;
        match found.rule {
            RuleRecord::Threshold { figure, value, kind, strict } => {
                let is_floor = matches!(kind, ThresholdKind::AtLeast | ThresholdKind::Count);
                let (low, high) = bounds(pass, figure);
                let beyond = if is_floor {
                    high.filter(|high| value > high || (*strict && value == high))
                } else {
                    low.filter(|low| value < low || (*strict && value == low))
                };
                if let Some(bound) = beyond {
                    report(pass, &format!("{path}.value"), *value, figure, bound);
                }
            }
            RuleRecord::Between { figure, low, high, low_strict, high_strict } => {
                let (least, most) = bounds(pass, figure);
                if low > high || (low == high && (*low_strict || *high_strict)) {
                    pass.report(
                        &format!("{path}.low"),
                        say!("没有数在{low}和{high}之间", "no number lies between {low} and {high}"),
                        say!("把上下限对调或更正", "swap or correct the bounds"),
                    );
                } else if let Some(bound) = most.filter(|most| low > most) {
                    report(pass, &format!("{path}.low"), *low, figure, bound);
                } else if let Some(bound) = least.filter(|least| high < least) {
                    report(pass, &format!("{path}.high"), *high, figure, bound);
                }
            }
            RuleRecord::Toward { figure, target, .. } => {
                let (low, high) = bounds(pass, figure);
                let bound = high.filter(|high| target > high).or(low.filter(|low| target < low));
                if let Some(bound) = bound {
                    report(pass, &format!("{path}.target"), *target, figure, bound);
                }
            }
            RuleRecord::Parts { need: PartsNeed::All, of } => {
                if let Some((figure, low, high)) = crossed(of) {
                    pass.report(
                        &path,
                        say!("“{figure}”不能既不少于{low}又不多于{high}", "`{figure}` cannot be both at least {low} and at most {high}"),
                        say!("更正其中一个数", "correct one of the numbers"),
                    );
                }
            }
            RuleRecord::Parts { need: PartsNeed::AtLeast(count), of } if usize::from(*count) > of.len() => {
                let parts = of.len();
                pass.report(
                    &format!("{path}.k"),
                    say!("要满足{count}项，却只列了{parts}项", "{count} are needed of only {parts}"),
                    say!("补上缺的部分，或更正 k", "add the missing parts, or correct `k`"),
                );
            }
            _ => {}
        }
    }
    for (path, figure) in pass.own_figures() {
        if let (low, Some(high)) = (figure.min.unwrap_or(Exact::ZERO), figure.max)
            && low > high
        {
            let id = &figure.id;
            pass.report(
                &format!("{path}.max"),
                say!("“{id}”的最大值{high}小于最小值{low}", "the maximum {high} of `{id}` is below its minimum {low}"),
                say!("更正 min 或 max", "correct `min` or `max`"),
            );
        }
    }
}

/// A figure of which at least more is asked than at most is allowed.
fn crossed(parts: &[RuleRecord]) -> Option<(&str, Exact, Exact)> {
    let (floors, ceilings) = floors_and_ceilings(parts);
    floors.into_iter().find_map(|(figure, low)| {
        let (_, high) = *ceilings.iter().find(|(other, high)| *other == figure && *high < low)?;
        Some((figure, low, high))
    })
}

/// Figures with a threshold.
pub(super) type Thresholds<'a> = Vec<(&'a str, Exact)>;

/// The thresholds of parts from below and from above.
pub(super) fn floors_and_ceilings(parts: &[RuleRecord]) -> (Thresholds<'_>, Thresholds<'_>) {
    let (mut floors, mut ceilings) = (Vec::new(), Vec::new());
    for part in parts {
        if let RuleRecord::Threshold { figure, value, kind, .. } = part {
            let is_floor = matches!(kind, ThresholdKind::AtLeast | ThresholdKind::Count);
            if is_floor { &mut floors } else { &mut ceilings }.push((figure.as_str(), *value));
        }
    }
    (floors, ceilings)
}

/// The smallest and largest value that can be typed.
pub(super) fn bounds(pass: &Pass<'_>, id: &str) -> (Option<Exact>, Option<Exact>) {
    pass.figure(id).map_or((None, None), |figure| (Some(figure.min.unwrap_or(Exact::ZERO)), figure.max))
}

fn report(pass: &Pass<'_>, path: &str, value: Exact, figure: &str, bound: Exact) {
    pass.report(
        path,
        say!("“{figure}”到不了{value}：它的界限是{bound}", "`{figure}` cannot reach {value}: its bound is {bound}"),
        say!("更正门槛，或更正数据的 min、max", "correct the threshold, or the figure's `min` or `max`"),
    );
}
