//! Shares without a maximum.

use crate::finding::say;
use crate::pass::{Pass, formula_ids};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        let Some(formula) = &figure.formula else { continue };
        let is_share = figure.unit.as_deref() == Some("percent") && formula.contains('/') && !formula.contains(['+', '-', '*']);
        let is_quotient = formula_ids(formula).count() == 2;
        if is_share && is_quotient && figure.max.is_none() {
            let id = &figure.id;
            pass.report(
                &path,
                say!("占比“{id}”没有最大值", "the share `{id}` has no maximum"),
                say!("补上 max = \"100\"；可以超过100%的用 [[allow]] 写明理由", "add `max = \"100\"`; if it may exceed 100 %, say why in `[[allow]]`"),
            );
        }
    }
}
