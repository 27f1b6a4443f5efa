//! Figures of a wider area than the level that is judged by them.

use dabiao_core::Scope;
use dabiao_core::standard::Level;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for used in pass.figure_uses().iter().filter(|used| used.role != "formula" && used.role != "contribution") {
        let Some((scope, level)) = pass.figure(used.id).and_then(|figure| Scope::from_id(&figure.scope)).and_then(|scope| Some((scope, level_of(scope)?))) else {
            continue;
        };
        let _ = scope;
        let Some(clause) = clause_of(pass, &used.path) else { continue };
        let own = [pass.file.level.clone()];
        let levels = if clause.levels.is_empty() { own.as_slice() } else { clause.levels.as_slice() };
        let lower = levels.iter().filter_map(|id| Level::from_id(id)).find(|lower| *lower < level);
        if let Some(lower) = lower {
            let (id, lower, level) = (used.id, lower.id(), level.id());
            pass.report(
                &used.path,
                say!("“{id}”是{level}级的数，却拿来判断{lower}级", "`{id}` is a figure of the {level}, but the {lower} is judged by it"),
                say!("改 levels，或换成{lower}级的数据；下级的份额放在 contribution", "correct `levels`, or name a figure of the {lower}; a lower level's share goes into `contribution`"),
            );
        }
    }
    for (path, clause) in pass.clauses() {
        if clause.contribution.is_some() && clause.levels.is_empty() {
            let id = &clause.id;
            pass.report(
                &format!("{path}.contribution"),
                say!("“{id}”有 contribution，却没有写由哪一级判断", "`{id}` has a `contribution` but does not say which level is judged"),
                say!("补上 levels", "add `levels`"),
            );
        }
    }
}

/// The lowest level that such a figure can judge.
fn level_of(scope: Scope) -> Option<Level> {
    match scope {
        Scope::County | Scope::CountySeat => Some(Level::County),
        Scope::City => Some(Level::City),
        Scope::Province => Some(Level::Province),
        Scope::Town | Scope::TownSeat | Scope::Nearby | Scope::None => None,
    }
}

fn clause_of<'a>(pass: &Pass<'a>, path: &str) -> Option<&'a dabiao_catalog::file::ClauseRecord> {
    let index: usize = path.strip_prefix("clause.")?.split('.').next()?.parse().ok()?;
    pass.file.clauses.get(index)
}
