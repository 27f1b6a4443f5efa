//! Shares without a maximum of 100.

use dabiao_core::Exact;

use crate::finding::say;
use crate::pass::{Pass, formula_ids};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        if figure.unit.as_deref() != Some("percent") {
            continue;
        }
        let formula = figure.formula.as_deref().unwrap_or_default();
        let is_quotient = formula.contains('/') && !formula.contains(['+', '-', '*']) && formula_ids(formula).count() == 2;
        let name = figure.name.zh.as_str();
        let is_named_share = ["占比", "比例", "覆盖率", "普及率", "处理率", "治理率", "参保率"].iter().any(|word| name.contains(word));
        // A growth rate can be anything.
        let is_growth = ["增长", "增速", "增幅"].iter().any(|word| name.contains(word));
        let is_share = is_quotient || (is_named_share && !is_growth);
        if is_share && figure.max != Some(Exact::from(100_u32)) {
            let id = &figure.id;
            pass.report(
                &figure.max.map_or_else(|| path.clone(), |_| format!("{path}.max")),
                say!("占比“{id}”的最大值不是100", "the maximum of the share `{id}` is not 100"),
                say!("写 max = \"100\"；可以超过100%的用 [[allow]] 写明理由", "write `max = \"100\"`; if it may exceed 100 %, say why in `[[allow]]`"),
            );
        }
    }
}
