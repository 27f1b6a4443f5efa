//! Numbers without a unit, and yes/no figures with one.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        let id = &figure.id;
        match (figure.kind.as_deref(), figure.unit.as_deref()) {
            (None, None) => pass.report(
                &path,
                say!("“{id}”没有单位", "`{id}` has no unit"),
                say!("补上 unit；是否数据则写 kind = \"yes_no\"", "add `unit`, or `kind = \"yes_no\"` if it is answered by yes or no"),
            ),
            (Some("yes_no"), Some(_)) => pass.report(
                &format!("{path}.unit"),
                say!("是否数据“{id}”不该有单位", "the yes/no figure `{id}` has a unit"),
                say!("删去 unit 或 kind", "remove `unit` or `kind`"),
            ),
            _ => {}
        }
        if figure.kind.is_some() && (figure.formula.is_some() || figure.min.is_some() || figure.max.is_some()) {
            pass.report(
                &path,
                say!("是否数据“{id}”不能有算式或上下限", "the yes/no figure `{id}` has a formula or bounds"),
                say!("删去它们", "remove them"),
            );
        }
    }
}
