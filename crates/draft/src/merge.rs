//! Bringing together what was written in several places: in two windows, or by several departments.

use serde_json::{Map, Value};

use crate::change::{Change, apply, changes};

/// One record from two that go back to the same one; `None` if they say different things of one entry.
pub fn reconcile(base: &Value, ours: &Value, theirs: &Value) -> Option<Value> {
    let (our_changes, their_changes) = (changes(base, ours), changes(base, theirs));
    let clashes = |our: &Change, their: &Change| (&our.table, &our.entry) == (&their.table, &their.entry) && our.after != their.after;
    if our_changes.iter().any(|our| their_changes.iter().any(|their| clashes(our, their))) {
        return None;
    }
    let mut record = theirs.clone();
    apply(&mut record, &our_changes);
    Some(record)
}

/// Two answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// What was changed, from what stands in the assessment now to what the file says.
    pub change: Change,
    /// Which file says so, by position.
    pub source: usize,
}

/// What several files would change in an assessment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merge {
    /// Answers to questions that were open, and on which all files that answer agree; with the
    /// position of the first file that says so.
    pub additions: Vec<(Change, usize)>,
    /// Answers that differ from what stands there, or from each other.
    pub conflicts: Vec<Conflict>,
}

/// Compares records with the one that they are to be merged into. Only figures and clauses are looked
/// at; an answer that is missing from a file says nothing.
pub fn merge(base: &Value, sources: &[Value]) -> Merge {
    let mut found: Vec<(Change, usize)> = Vec::new();
    for (source, record) in sources.iter().enumerate() {
        let answered = |change: &Change| match change.table.as_str() {
            "figures" => change.after.is_string(),
            "clauses" => change.after.is_object(),
            _ => false,
        };
        found.extend(changes(base, record).into_iter().filter(answered).map(|change| (change, source)));
    }
    let mut merge = Merge::default();
    for (change, source) in &found {
        let same_entry = |other: &&(Change, usize)| other.0.table == change.table && other.0.entry == change.entry;
        let mut others = found.iter().filter(same_entry);
        let agreed = change.before.is_null() && others.all(|(other, _)| other.after == change.after);
        if !agreed {
            merge.conflicts.push(Conflict { change: change.clone(), source: *source });
        } else if !merge.additions.iter().any(|(known, _)| known == change) {
            merge.additions.push((change.clone(), *source));
        }
    }
    merge.conflicts.sort_by(|one, two| (&one.change.table, &one.change.entry).cmp(&(&two.change.table, &two.change.entry)));
    merge
}

/// The part of a record that holds only these figures and clauses: what one department is asked.
pub fn part(record: &Value, figures: &[&str], clauses: &[&str]) -> Value {
    let mut part = record.clone();
    for (table, wanted) in [("figures", figures), ("clauses", clauses)] {
        let entries = part.get_mut(table).and_then(Value::as_object_mut);
        if let Some(entries) = entries {
            let kept: Map<String, Value> =
                entries.iter().filter(|(id, _)| wanted.contains(&id.as_str())).map(|(id, value)| (id.clone(), value.clone())).collect();
            *entries = kept;
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn answers_are_added_and_differences_listed() {
        let base = json!({ "title": "t", "figures": { "kept": "1", "changed": "2" }, "clauses": {} });
        let one = json!({ "title": "other", "figures": { "new": "5", "both": "7", "differ": "8" }, "clauses": {} });
        let two = json!({ "figures": { "changed": "3", "both": "7", "differ": "9" }, "clauses": { "c": { "note": "n" } } });
        let merge = merge(&base, &[one, two]);
        let additions: Vec<(&str, usize)> = merge.additions.iter().map(|(change, source)| (change.entry.as_str(), *source)).collect();
        assert_eq!(additions, [("both", 0), ("new", 0), ("c", 1)]);
        let conflicts: Vec<(&str, usize)> =
            merge.conflicts.iter().map(|conflict| (conflict.change.entry.as_str(), conflict.source)).collect();
        assert_eq!(conflicts, [("changed", 1), ("differ", 0), ("differ", 1)]);
    }

    #[test]
    fn changes_of_different_entries_come_together_and_of_one_entry_do_not() {
        let base = json!({ "title": "t", "figures": { "a": "1", "b": "1" } });
        let ours = json!({ "title": "t", "figures": { "a": "2", "b": "1" } });
        let theirs = json!({ "title": "t", "figures": { "a": "1", "c": "3" } });
        assert_eq!(reconcile(&base, &ours, &theirs), Some(json!({ "title": "t", "figures": { "a": "2", "c": "3" } })));
        let clashing = json!({ "title": "t", "figures": { "b": "1" } });
        assert_eq!(reconcile(&base, &ours, &clashing), None);
        assert_eq!(reconcile(&base, &ours, &ours), Some(ours.clone()), "the same change twice is no clash");
    }

    #[test]
    fn a_part_holds_what_was_asked_for() {
        let record = json!({ "title": "t", "figures": { "a": "1", "b": "2" }, "clauses": { "c": {}, "d": {} } });
        assert_eq!(part(&record, &["a"], &["d", "e"]), json!({ "title": "t", "figures": { "a": "1" }, "clauses": { "d": {} } }));
    }
}
