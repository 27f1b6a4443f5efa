//! One department under two names.

use super::unknown_figure::distance;
use crate::finding::say;
use crate::pass::Pass;

/// Words at the ends of a name that do not tell two departments apart.
const PREFIXES: [&str; 5] = ["县", "市", "省", "区", "镇"];
const SUFFIXES: [&str; 5] = ["局", "委", "办", "厅", "中心"];
/// Below this many characters one differing character is a different department.
const SHORTEST: usize = 4;

pub(super) fn check(pass: &Pass<'_>) {
    let departments = &pass.file.departments;
    for (index, department) in departments.iter().enumerate() {
        let name = department.name.zh.as_str();
        let other = departments.iter().take(index).find(|other| {
            let rarely = |id: &str| pass.file.clauses.iter().filter(|clause| clause.departments.iter().any(|used| used == id)).count() <= 1;
            is_same(name, &other.name.zh, rarely(&department.id) || rarely(&other.id))
        });
        if let Some(other) = other {
            let other = &other.name.zh;
            pass.report(
                &format!("department.{index}.zh"),
                say!("“{name}”和“{other}”像是同一个单位", "{name} and {other} look like one department"),
                say!(
                    "如是同一个，合并并登记为名称不一；如不是，用 [[allow]] 写明理由",
                    "if they are one, merge them and register the two names; if not, say why in `[[allow]]`"
                ),
            );
        }
    }
}

fn is_same(one: &str, other: &str, rare: bool) -> bool {
    if core(one) == core(other) {
        return true;
    }
    let lengths = (one.chars().count(), other.chars().count());
    let shortest = lengths.0.min(lengths.1);
    // One character dropped or added; or one changed, if one of the two hardly occurs.
    distance(one, other) == 1 && shortest >= SHORTEST && (lengths.0 != lengths.1 || rare)
}

fn core(name: &str) -> &str {
    let name = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name)
}
