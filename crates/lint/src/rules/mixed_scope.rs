//! Formulas over figures of different areas.

use dabiao_catalog::file::RuleRecord;
use dabiao_core::Scope;

use crate::finding::say;
use crate::pass::{Pass, formula_ids};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, figure) in pass.own_figures() {
        let Some(formula) = &figure.formula else { continue };
        let scope = |id: &str| pass.figure(id).and_then(|figure| Scope::from_id(&figure.scope));
        let Some(own) = Scope::from_id(&figure.scope).filter(|own| *own != Scope::None) else { continue };
        let other = formula_ids(formula).find(|id| scope(id).is_some_and(|scope| scope != own && scope != Scope::None));
        if let Some(other) = other {
            let id = &figure.id;
            pass.report(
                &format!("{path}.formula"),
                say!("“{id}”和“{other}”说的不是同一个范围", "`{id}` and `{other}` are about different areas"),
                say!("换成同一范围的数据，或更正 scope", "use figures of one area, or correct `scope`"),
            );
        }
    }
    for found in pass.rules() {
        let RuleRecord::Growth(growth) = found.rule else { continue };
        let scope = |id: &str| pass.figure(id).map(|figure| figure.scope.as_str());
        if scope(&growth.current) != scope(&growth.base) {
            let (current, base) = (&growth.current, &growth.base);
            pass.report(
                &format!("{}.base", found.path),
                say!("“{current}”和“{base}”说的不是同一个范围", "`{current}` and `{base}` are about different areas"),
                say!("换成同一范围的数据，或更正 scope", "use figures of one area, or correct `scope`"),
            );
        }
    }
}
