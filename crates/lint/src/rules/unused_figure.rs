//! Figures that nothing uses.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let uses = pass.figure_uses();
    for (path, figure) in pass.own_figures() {
        let id = &figure.id;
        if uses.iter().all(|used| used.id != *id) {
            pass.report(
                &format!("{path}.id"),
                say!("没有条款或算式用到“{id}”", "no clause or formula uses `{id}`"),
                say!("删去它，或检查应当用到它的规则里的拼写", "remove it, or check the spelling in the rule that should use it"),
            );
        }
    }
}
