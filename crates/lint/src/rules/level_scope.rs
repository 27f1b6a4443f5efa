//! Figures of a wider area than the level that is judged by them.

use dabiao_core::Scope;
use dabiao_core::standard::Level;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for used in pass.figure_uses().iter().filter(|used| used.role != "formula" && used.role != "contribution") {
        let scope = pass.figure(used.id).and_then(|figure| Scope::from_id(&figure.scope));
        let Some(level) = scope.and_then(level_of) else { continue };
        let Some(clause) = clause_of(pass, &used.path) else { continue };
        let own = [pass.file.level.clone()];
        let levels = if clause.levels.is_empty() { own.as_slice() } else { clause.levels.as_slice() };
        let lower = levels.iter().filter_map(|id| Level::from_id(id)).find(|lower| *lower < level);
        if let Some(lower) = lower {
            let (id, (lower_zh, lower), (level_zh, level)) = (used.id, names(lower), names(level));
            pass.report(
                &used.path,
                say!("“{id}”是{level_zh}级的数，却拿来判断{lower_zh}级", "`{id}` is a figure of the {level}, but the {lower} is judged by it"),
                say!("改 levels，或换成{lower_zh}级的数据；下级的份额放在 contribution", "correct `levels`, or name a figure of the {lower}; a lower level's share goes into `contribution`"),
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

fn names(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Town => ("镇", "town"),
        Level::County => ("县", "county"),
        Level::City => ("市", "city"),
        Level::Province => ("省", "province"),
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
