//! Figures that follow from themselves.

use crate::finding::say;
use crate::pass::{Pass, formula_ids};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        let id = figure.id.as_str();
        let mut reached: Vec<&str> = Vec::new();
        let mut waiting: Vec<&str> = uses(pass, id);
        while let Some(next) = waiting.pop() {
            if !reached.contains(&next) {
                reached.push(next);
                waiting.extend(uses(pass, next));
            }
        }
        if reached.contains(&id) {
            pass.report(
                &format!("{path}.formula"),
                say!("“{id}”由自己推算", "`{id}` follows from itself"),
                say!("改掉其中一个算式", "change one of the formulas"),
            );
        }
    }
}

fn uses<'a>(pass: &Pass<'a>, id: &str) -> Vec<&'a str> {
    pass.figure(id).and_then(|figure| figure.formula.as_deref()).map(|formula| formula_ids(formula).collect()).unwrap_or_default()
}
