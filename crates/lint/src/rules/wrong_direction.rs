//! Targets on the wrong side of their baseline.

use dabiao_catalog::file::RuleRecord;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for found in pass.rules() {
        let RuleRecord::Toward { baseline, target, direction, .. } = found.rule else { continue };
        let is_wrong = match direction.as_str() {
            "rising" => target < baseline,
            "falling" => target > baseline,
            _ => false,
        };
        if is_wrong {
            let (zh, en) = if direction == "rising" { ("上升", "rise") } else { ("下降", "fall") };
            pass.report(
                &format!("{}.target", found.path),
                say!("应当{zh}，可是从{baseline}到{target}正相反", "it should {en}, yet {baseline} to {target} goes the other way"),
                say!("核对基数、目标和 direction", "check baseline, target and `direction`"),
            );
        }
    }
}
