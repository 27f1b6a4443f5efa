//! How an assessment is kept: its record, the journal of the steps that led to it, and snapshots.
//!
//! Pure: a [`Batch`] says what is to be written in one step, and on what condition; who writes it is no
//! matter here. Texts stand under keys:
//!
//! | key | text |
//! |---|---|
//! | `assessment/<id>` | `saved` (milliseconds), `first`, `position`, `end` of the journal, `record` |
//! | `journal/<id>/<number>` | the changes of a step |
//! | `snapshot/<id>/<revision>` | `saved`, `position`, `record` |

use std::collections::BTreeMap;

use serde_json::Value;

use crate::change::{Change, apply, changes};
use crate::history::History;
use crate::json::{object, printed};

/// How many snapshots of an assessment are kept.
pub const MOST_SNAPSHOTS: usize = 20;
/// A snapshot is taken after so many batches,
const SNAPSHOT_EVERY: u32 = 50;
/// or with the first batch after so many milliseconds.
const SNAPSHOT_AFTER: u64 = 10 * 60 * 1_000;
/// A step that changes more entries than this keeps the state before it as a snapshot.
const LARGE_STEP: usize = 5;

/// A text under a key with its revision; `None` if the text is damaged.
pub type Kept = (String, u32, Option<String>);

/// An assessment as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    /// The id of the assessment.
    pub id: String,
    /// How often it was written; 0 if never.
    pub revision: u32,
    /// When it was written last, in milliseconds since 1970.
    pub saved: u64,
    /// What is kept.
    pub record: Value,
    /// What led there.
    pub history: History,
    /// Revisions of the snapshots, oldest first.
    snapshots: Vec<u32>,
    last_snapshot: u64,
    since_snapshot: u32,
}

/// What is to be written in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Only if the text under this key has this revision (0: is not there).
    pub guard: (String, u32),
    /// Key, revision, text.
    pub puts: Vec<(String, u32, String)>,
    /// Keys whose texts go.
    pub deletes: Vec<String>,
}

/// A snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The revision of the assessment it was taken of.
    pub revision: u32,
    /// When it was written.
    pub saved: u64,
    /// What was kept then.
    pub record: Value,
    position: u32,
}

/// The key of an assessment.
pub fn assessment_key(id: &str) -> String {
    format!("assessment/{id}")
}

/// What the keys of an assessment's steps begin with.
pub fn journal_prefix(id: &str) -> String {
    format!("journal/{id}/")
}

/// What the keys of an assessment's snapshots begin with.
pub fn snapshot_prefix(id: &str) -> String {
    format!("snapshot/{id}/")
}

/// The time and the record in the text of an assessment.
pub fn read_assessment(text: &str) -> Option<(u64, Value)> {
    let mut head: Value = serde_json::from_str(text).ok()?;
    let record = head.get_mut("record")?.take();
    Some((number(&head, "saved")?, record))
}

/// A snapshot from what is kept; `None` if it is damaged.
pub fn read_snapshot((_, revision, text): &Kept) -> Option<Snapshot> {
    let mut json: Value = serde_json::from_str(text.as_deref()?).ok()?;
    let record = json.get_mut("record")?.take();
    Some(Snapshot { revision: *revision, saved: number(&json, "saved")?, record, position: small(&json, "position")? })
}

impl Ledger {
    /// An assessment that was never written, and what it starts from.
    pub fn new(id: &str, record: Value) -> Self {
        Self {
            id: id.to_owned(),
            revision: 0,
            saved: 0,
            record,
            history: History::default(),
            snapshots: Vec::new(),
            last_snapshot: 0,
            since_snapshot: 0,
        }
    }

    /// An assessment from everything that is kept of it, and whether it had to be put together from a
    /// snapshot and the journal because its own text is damaged. `None` if there is nothing to go by.
    pub fn read(id: &str, head: &Kept, journal: &[Kept], snapshots: &[Kept]) -> Option<(Self, bool)> {
        let sound: Vec<Snapshot> = snapshots.iter().filter_map(read_snapshot).collect();
        let steps: BTreeMap<u32, Vec<Change>> =
            journal.iter().filter_map(|(key, _, text)| Some((key_number(key)?, read_step(text.as_deref()?)?))).collect();
        let head_json: Option<Value> = head.2.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let whole = head_json.and_then(|mut json| {
            let record = json.get_mut("record")?.take();
            Some((number(&json, "saved")?, record, small(&json, "first")?, small(&json, "position")?, small(&json, "end")?))
        });
        let is_damaged = whole.is_none();
        let (saved, record, first, position, end) = match whole {
            Some(whole) => whole,
            None => rebuild(sound.last()?, &steps),
        };
        // A step that is missing breaks the chain: only what stands behind it can be undone.
        let mut first = first;
        let mut chain = Vec::new();
        for number in first..end {
            match steps.get(&number) {
                Some(step) => chain.push(step.clone()),
                None => {
                    chain.clear();
                    first = number.saturating_add(1);
                }
            }
        }
        let ledger = Self {
            id: id.to_owned(),
            revision: head.1,
            saved,
            record,
            history: if position < first { History::default() } else { History::from_steps(first, chain, position) },
            snapshots: snapshots.iter().map(|(_, revision, _)| *revision).collect(),
            last_snapshot: sound.last().map_or(0, |snapshot| snapshot.saved),
            since_snapshot: 0,
        };
        Some((ledger, is_damaged))
    }

    /// Whether a record is what is kept, with nothing undone or redone since.
    pub fn holds(&self, record: &Value) -> bool {
        self.revision > 0 && self.record == *record
    }

    /// Takes a record in as a new step. `now` is in milliseconds since 1970. Nothing happens if nothing
    /// changed.
    pub fn take(&mut self, record: &Value, now: u64) {
        let changes = changes(&self.record, record);
        if !changes.is_empty() {
            self.history.add(changes, now);
        }
    }

    /// What is to be written so that this record is kept, and the ledger as it is afterwards.
    pub fn write(&self, record: Value, now: u64) -> (Batch, Self) {
        let mut next = self.clone();
        let changed = changes(&self.record, &record).len();
        next.revision = self.revision.saturating_add(1);
        next.saved = now;
        next.record = record;
        let (mut puts, mut deletes) = (Vec::new(), Vec::new());
        for step in next.history.take_unkept() {
            let key = format!("{}{step:010}", journal_prefix(&self.id));
            match next.history.step(step) {
                Some(step) => puts.push((key, next.revision, printed(&step.iter().map(Change::to_json).collect()))),
                None => deletes.push(key),
            }
        }
        next.since_snapshot = self.since_snapshot.saturating_add(1);
        if changed > LARGE_STEP && self.revision > 0 {
            next.keep_snapshot(self, &mut puts);
        }
        if next.since_snapshot >= SNAPSHOT_EVERY || now.saturating_sub(next.last_snapshot) >= SNAPSHOT_AFTER {
            let present = next.clone();
            next.keep_snapshot(&present, &mut puts);
            next.last_snapshot = now;
            next.since_snapshot = 0;
        }
        while next.snapshots.len() > MOST_SNAPSHOTS {
            let oldest = next.snapshots.remove(0);
            deletes.push(format!("{}{oldest:010}", snapshot_prefix(&self.id)));
        }
        let (first, position, end) = next.history.bounds();
        let head = object([
            ("saved", now.into()),
            ("first", first.into()),
            ("position", position.into()),
            ("end", end.into()),
            ("record", next.record.clone()),
        ]);
        puts.push((assessment_key(&self.id), next.revision, printed(&head)));
        (Batch { guard: (assessment_key(&self.id), self.revision), puts, deletes }, next)
    }

    /// The same assessment to be kept anew under another id, with its whole history.
    #[must_use]
    pub fn copied(&self, id: &str) -> Self {
        let mut copy = Self { id: id.to_owned(), revision: 0, snapshots: Vec::new(), last_snapshot: 0, ..self.clone() };
        copy.history.forget_kept();
        copy
    }

    fn keep_snapshot(&mut self, of: &Self, puts: &mut Vec<(String, u32, String)>) {
        if self.snapshots.contains(&of.revision) {
            return;
        }
        self.snapshots.push(of.revision);
        let snapshot = object([("saved", of.saved.into()), ("position", of.history.bounds().1.into()), ("record", of.record.clone())]);
        puts.push((format!("{}{:010}", snapshot_prefix(&self.id), of.revision), of.revision, printed(&snapshot)));
    }
}

/// The newest snapshot with every step since.
fn rebuild(snapshot: &Snapshot, steps: &BTreeMap<u32, Vec<Change>>) -> (u64, Value, u32, u32, u32) {
    let mut record = snapshot.record.clone();
    let mut position = snapshot.position;
    while let Some(step) = steps.get(&position) {
        apply(&mut record, step);
        position = position.saturating_add(1);
    }
    let first = steps.keys().next().copied().unwrap_or(position).min(position);
    (snapshot.saved, record, first, position, position)
}

fn read_step(text: &str) -> Option<Vec<Change>> {
    let json: Value = serde_json::from_str(text).ok()?;
    json.as_array()?.iter().map(Change::from_json).collect()
}

fn key_number(key: &str) -> Option<u32> {
    key.rsplit('/').next()?.parse().ok()
}

fn number(json: &Value, field: &str) -> Option<u64> {
    json.get(field)?.as_u64()
}

fn small(json: &Value, field: &str) -> Option<u32> {
    number(json, field).and_then(|number| u32::try_from(number).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;

    /// A store that does what a batch says.
    #[derive(Default)]
    struct Store(BTreeMap<String, (u32, Option<String>)>);

    impl Store {
        fn write(&mut self, batch: &Batch) -> bool {
            let (key, revision) = &batch.guard;
            if self.0.get(key).map_or(0, |(revision, _)| *revision) != *revision {
                return false;
            }
            for (key, revision, text) in &batch.puts {
                self.0.insert(key.clone(), (*revision, Some(text.clone())));
            }
            for key in &batch.deletes {
                self.0.remove(key);
            }
            true
        }

        fn list(&self, prefix: &str) -> Vec<Kept> {
            let all = self.0.iter().filter(|(key, _)| key.starts_with(prefix));
            all.map(|(key, (revision, text))| (key.clone(), *revision, text.clone())).collect()
        }

        fn read(&self, id: &str) -> Option<(Ledger, bool)> {
            let head = self.list(&assessment_key(id)).pop()?;
            Ledger::read(id, &head, &self.list(&journal_prefix(id)), &self.list(&snapshot_prefix(id)))
        }
    }

    fn record(texts: &[(&str, &str)]) -> Value {
        let figures: Map<String, Value> = texts.iter().map(|(id, text)| ((*id).to_owned(), (*text).into())).collect();
        json!({ "format": 2, "figures": figures, "clauses": {} })
    }

    fn save(store: &mut Store, ledger: &mut Ledger, record: Value, now: u64) {
        ledger.take(&record, now);
        let (batch, next) = ledger.write(record, now);
        assert!(store.write(&batch));
        *ledger = next;
    }

    #[test]
    fn what_was_written_is_read_back_with_its_history() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[]), 1_000_000);
        save(&mut store, &mut ledger, record(&[("x", "1")]), 1_010_000);
        save(&mut store, &mut ledger, record(&[("x", "1"), ("y", "2")]), 1_020_000);
        let (mut read, is_damaged) = store.read("a").unwrap();
        assert!(!is_damaged);
        assert_eq!((read.revision, read.saved, &read.record), (3, 1_020_000, &record(&[("x", "1"), ("y", "2")])));
        let back = read.history.undo().unwrap();
        let mut earlier = read.record.clone();
        apply(&mut earlier, &back);
        assert_eq!(earlier, record(&[("x", "1")]));
        // Undoing is kept too, and can be redone by whoever opens it next.
        let (batch, _) = read.write(earlier.clone(), 1_030_000);
        assert!(store.write(&batch));
        let (mut again, _) = store.read("a").unwrap();
        assert_eq!(again.record, earlier);
        apply(&mut earlier, &again.history.redo().unwrap());
        assert_eq!(earlier, record(&[("x", "1"), ("y", "2")]));
    }

    #[test]
    fn whoever_comes_second_writes_nothing() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[]), 0);
        let mut other = ledger.clone();
        save(&mut store, &mut ledger, record(&[("x", "1")]), 10_000);
        let theirs = record(&[("x", "2")]);
        other.take(&theirs, 10_001);
        let before = store.0.clone();
        assert!(!store.write(&other.write(theirs, 10_001).0));
        assert_eq!(store.0, before);
    }

    #[test]
    fn a_damaged_text_is_put_together_again() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        for number in 0..130_u64 {
            let text = number.to_string();
            save(&mut store, &mut ledger, record(&[("x", &text), ("y", "1")]), 1_000_000 + number * 5_000);
        }
        store.0.get_mut("assessment/a").unwrap().1 = None;
        let (read, is_damaged) = store.read("a").unwrap();
        assert!(is_damaged);
        assert_eq!(read.record, record(&[("x", "129"), ("y", "1")]));
        assert_eq!(read.revision, 130, "the next batch must pass the guard");
    }

    #[test]
    fn the_last_twenty_snapshots_are_kept_and_one_before_each_large_step() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[("x", "before")]), 1_000_000);
        save(&mut store, &mut ledger, record(&[("x", "still before")]), 1_005_000);
        let many: Vec<(String, String)> = (0..9).map(|number| (format!("f{number}"), "1".to_owned())).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        save(&mut store, &mut ledger, record(&many), 1_010_000);
        let snapshots: Vec<Snapshot> = store.list(&snapshot_prefix("a")).iter().filter_map(read_snapshot).collect();
        assert_eq!(snapshots.last().map(|snapshot| &snapshot.record), Some(&record(&[("x", "still before")])));
        for number in 0..2_000_u64 {
            save(&mut store, &mut ledger, record(&[("x", &number.to_string())]), 2_000_000 + number * 5_000);
        }
        assert_eq!(store.list(&snapshot_prefix("a")).len(), MOST_SNAPSHOTS);
        assert!(store.list(&journal_prefix("a")).len() <= crate::history::MOST_STEPS);
    }

    #[test]
    fn a_missing_step_ends_what_can_be_undone() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        for number in 0..6_u64 {
            save(&mut store, &mut ledger, record(&[("x", &number.to_string())]), number * 5_000);
        }
        store.0.remove("journal/a/0000000002");
        let (mut read, _) = store.read("a").unwrap();
        assert!(read.history.undo().is_some() && read.history.undo().is_some());
        assert!(!read.history.can_undo());
    }

    #[test]
    fn a_copy_is_a_whole_assessment_of_its_own() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[]), 0);
        save(&mut store, &mut ledger, record(&[("x", "1")]), 10_000);
        let copy = ledger.copied("a~2");
        let (batch, _) = copy.write(copy.record.clone(), 20_000);
        assert!(store.write(&batch));
        assert!(!store.write(&batch), "never over another one");
        let (read, _) = store.read("a~2").unwrap();
        assert_eq!(read.record, ledger.record);
        assert!(read.history.can_undo());
    }
}
