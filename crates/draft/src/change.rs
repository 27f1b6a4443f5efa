//! What differs between two records, entry by entry: for undoing, and for showing what changed.

use serde_json::{Map, Value};

use crate::json::object;

/// The fields of a record that hold one entry per figure or clause.
const TABLES: [&str; 2] = ["figures", "clauses"];

/// One entry that differs. `Null` stands for "not there".
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// `figures` or `clauses`; empty for a field of the record itself.
    pub table: String,
    /// The id of the figure or clause, or the name of the field.
    pub entry: String,
    /// What stood there.
    pub before: Value,
    /// What stands there now.
    pub after: Value,
}

impl Change {
    /// The way back.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone(), ..self.clone() }
    }

    /// As JSON, for the journal.
    pub fn to_json(&self) -> Value {
        object([
            ("table", self.table.as_str().into()),
            ("entry", self.entry.as_str().into()),
            ("before", self.before.clone()),
            ("after", self.after.clone()),
        ])
    }

    /// From JSON; `None` if it is something else.
    pub fn from_json(json: &Value) -> Option<Self> {
        let text = |field: &str| json.get(field)?.as_str().map(str::to_owned);
        Some(Self { table: text("table")?, entry: text("entry")?, before: json.get("before")?.clone(), after: json.get("after")?.clone() })
    }
}

/// What changed from one record to another, in the order of the ids.
pub fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    for table in TABLES {
        compare(table, before.get(table), after.get(table), &[], &mut changes);
    }
    compare("", Some(before), Some(after), &TABLES, &mut changes);
    changes
}

/// Makes changes in a record. A change counts whatever stands there.
pub fn apply(record: &mut Value, changes: &[Change]) {
    for change in changes {
        let fields = if change.table.is_empty() {
            record.as_object_mut()
        } else {
            let tables = record.as_object_mut();
            tables.and_then(|tables| tables.entry(change.table.clone()).or_insert_with(|| Value::Object(Map::new())).as_object_mut())
        };
        if let Some(fields) = fields {
            if change.after.is_null() {
                fields.remove(&change.entry);
            } else {
                fields.insert(change.entry.clone(), change.after.clone());
            }
        }
    }
}

fn compare(table: &str, before: Option<&Value>, after: Option<&Value>, except: &[&str], changes: &mut Vec<Change>) {
    let empty = Map::new();
    let before = before.and_then(Value::as_object).unwrap_or(&empty);
    let after = after.and_then(Value::as_object).unwrap_or(&empty);
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    for name in gone.chain(after.keys()).filter(|name| !except.contains(&name.as_str())) {
        let value = |fields: &Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
        let (before, after) = (value(before), value(after));
        if before != after {
            changes.push(Change { table: table.to_owned(), entry: name.clone(), before, after });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn changes_lead_there_and_back() {
        let before = json!({ "title": "a", "figures": { "x": "1", "y": "2" }, "clauses": {}, "extra": 1 });
        let after = json!({ "title": "b", "figures": { "x": "1", "z": "3" }, "clauses": { "c": { "note": "n" } }, "extra": 1 });
        let changes = changes(&before, &after);
        let named: Vec<(&str, &str)> = changes.iter().map(|change| (change.table.as_str(), change.entry.as_str())).collect();
        assert_eq!(named, [("figures", "y"), ("figures", "z"), ("clauses", "c"), ("", "title")]);
        let mut record = before.clone();
        apply(&mut record, &changes);
        assert_eq!(record, after);
        let back: Vec<Change> = changes.iter().rev().map(Change::reversed).collect();
        apply(&mut record, &back);
        assert_eq!(record, before);
        for change in &changes {
            assert_eq!(Change::from_json(&change.to_json()).as_ref(), Some(change));
        }
    }
}
