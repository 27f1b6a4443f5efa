//! Which groups of a standard are worth showing side by side.

use dabiao_core::{GroupIndex, Standard};

/// With fewer groups than this at the top, the ones below say more.
const FEW: usize = 4;

/// The groups to show: those at the top, but in place of each that holds more than half of all clauses,
/// and of all if they are few, the ones right below it.
#[must_use]
pub fn outline(standard: &Standard) -> Vec<GroupIndex> {
    let tops: Vec<GroupIndex> = children(standard, None).collect();
    let few = tops.len() < FEW;
    tops.into_iter().flat_map(|top| expanded(standard, top, few)).collect()
}

fn expanded(standard: &Standard, group: GroupIndex, force: bool) -> Vec<GroupIndex> {
    let below: Vec<GroupIndex> = children(standard, Some(group)).collect();
    if below.is_empty() || !(force || holds_most(standard, group)) {
        return vec![group];
    }
    below.into_iter().flat_map(|child| expanded(standard, child, false)).collect()
}

fn children(standard: &Standard, parent: Option<GroupIndex>) -> impl Iterator<Item = GroupIndex> {
    (0..).map(GroupIndex).zip(standard.groups()).filter(move |(_, group)| group.parent == parent).map(|(index, _)| index)
}

fn holds_most(standard: &Standard, group: GroupIndex) -> bool {
    let all = standard.clauses().len();
    let below = standard.clauses().iter().filter(|clause| standard.group_path(clause.group).any(|above| above == group)).count();
    below.saturating_mul(2) > all
}

#[cfg(test)]
mod tests {
    use super::*;
    use dabiao_catalog::builtin;

    #[test]
    fn every_clause_stands_below_exactly_one_shown_group() {
        for document in builtin::standards().unwrap() {
            let standard = &document.standard;
            let shown = outline(standard);
            assert!(shown.len() >= FEW, "{}: {}", document.id, shown.len());
            for clause in standard.clauses() {
                let above = standard.group_path(clause.group).filter(|group| shown.contains(group)).count();
                assert_eq!(above, 1, "{} {}", document.id, clause.id);
            }
        }
    }
}
