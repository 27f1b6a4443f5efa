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
    /// What the assessment says now.
    pub record: Value,
    /// What was written last.
    pub written: Value,
    /// What led to the record.
    pub history: History,
    /// Revisions of the snapshots, oldest first.
    snapshots: Vec<u32>,
    last_snapshot: u64,
    since_snapshot: u32,
    /// The position in the journal at the last snapshot, and when it was written last.
    snapshot_position: u32,
    written_position: u32,
    /// How far back undoing has gone since it was written last.
    lowest_position: u32,
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
            written: record.clone(),
            record,
            history: History::default(),
            snapshots: Vec::new(),
            last_snapshot: 0,
            since_snapshot: 0,
            snapshot_position: 0,
            written_position: 0,
            lowest_position: 0,
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
        let is_damaged = whole.as_ref().is_none_or(|(_, record, ..)| !is_sound(record));
        let rebuilt = sound.last().filter(|_| is_damaged).map(|snapshot| rebuild(snapshot, &steps));
        // Better what can still be read of it than nothing.
        let (saved, record, first, position, end) = rebuilt.or(whole.filter(|(_, record, ..)| record.is_object()))?;
        // A step that is missing breaks the chain: only what stands behind it can be undone.
        let gap = (first..end).rev().find(|number| !steps.contains_key(number));
        let first = gap.map_or(first, |number| number.saturating_add(1));
        let chain = steps.range(first..end.max(first)).map(|(_, step)| step.clone()).collect();
        let ledger = Self {
            id: id.to_owned(),
            revision: head.1,
            saved,
            written: record.clone(),
            record,
            history: if position < first { History::default() } else { History::from_steps(first, chain, position) },
            snapshots: snapshots.iter().map(|(_, revision, _)| *revision).collect(),
            last_snapshot: sound.last().map_or(0, |snapshot| snapshot.saved),
            since_snapshot: 0,
            snapshot_position: sound.last().map_or(0, |snapshot| snapshot.position),
            written_position: position,
            lowest_position: position,
        };
        Some((ledger, is_damaged))
    }

    /// Whether everything it says is written.
    pub fn is_written(&self) -> bool {
        self.record == self.written
    }

    /// Whether its steps are written too.
    pub fn is_kept(&self) -> bool {
        self.is_written() && self.history.is_kept() && self.history.bounds().1 == self.written_position
    }

    /// Takes up that an earlier state of it was written, as [`write`](Self::write) said it would be; what was
    /// done since is still to be written.
    pub fn committed(&mut self, written: Self) {
        let (mut history, record) = (self.history.clone(), self.record.clone());
        history.keep(&written.history);
        let is_same = history.is_kept() && history.bounds() == written.history.bounds();
        // Undone while it was written, or before: where both were, one snapshot too many does no harm.
        let lowest_position = if is_same { written.lowest_position } else { written.lowest_position.min(self.lowest_position) };
        *self = Self { history, record, lowest_position, ..written };
    }

    /// Takes in what the assessment says now, as a new step if anything changed. `now` is in milliseconds
    /// since 1970.
    pub fn take(&mut self, record: Value, now: u64) {
        let changes = changes(&self.record, &record);
        if !changes.is_empty() {
            self.history.add(changes, now);
            self.record = record;
        }
    }

    /// Goes one step back. False if there is none.
    pub fn undo(&mut self) -> bool {
        let changes = self.history.undo();
        apply(&mut self.record, changes.as_deref().unwrap_or_default());
        self.lowest_position = self.lowest_position.min(self.history.bounds().1);
        changes.is_some()
    }

    /// Goes one undone step forward. False if there is none.
    pub fn redo(&mut self) -> bool {
        let changes = self.history.redo();
        apply(&mut self.record, changes.as_deref().unwrap_or_default());
        changes.is_some()
    }

    /// What is to be written so that all it says is kept, and the ledger as it is afterwards.
    pub fn write(&self, now: u64) -> (Batch, Self) {
        let mut next = self.clone();
        let changed = changes(&self.written, &self.record).len();
        next.revision = self.revision.saturating_add(1);
        next.saved = now;
        next.written = self.record.clone();
        next.written_position = self.history.bounds().1;
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
            next.keep_snapshot(self.revision, self.saved, &self.written, self.written_position, &mut puts);
        }
        let position = next.history.bounds().1;
        // Steps from the newest snapshot on must lead to the record: not if some before it were undone.
        let is_due = next.since_snapshot >= SNAPSHOT_EVERY || now.saturating_sub(next.last_snapshot) >= SNAPSHOT_AFTER;
        if is_due || next.lowest_position < next.snapshot_position {
            next.keep_snapshot(next.revision, now, &self.record, position, &mut puts);
            next.last_snapshot = now;
            next.since_snapshot = 0;
        }
        next.lowest_position = position;
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

    fn keep_snapshot(&mut self, revision: u32, saved: u64, record: &Value, position: u32, puts: &mut Vec<(String, u32, String)>) {
        if self.snapshots.contains(&revision) {
            return;
        }
        self.snapshots.push(revision);
        self.snapshot_position = position;
        let snapshot = object([("saved", saved.into()), ("position", position.into()), ("record", record.clone())]);
        puts.push((format!("{}{revision:010}", snapshot_prefix(&self.id)), revision, printed(&snapshot)));
    }
}

/// Whether a record is made of what records are made of. A sum that is right does not say so.
fn is_sound(record: &Value) -> bool {
    let table = |name: &str| match record.get(name) {
        None => Some(None),
        Some(table) => table.as_object().map(Some),
    };
    let texts = table("figures").is_some_and(|figures| figures.into_iter().flatten().all(|(_, text)| text.is_string()));
    record.is_object() && texts && table("clauses").is_some_and(|clauses| clauses.into_iter().flatten().all(|(_, entry)| entry.is_object()))
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
        ledger.take(record, now);
        let (batch, next) = ledger.write(now);
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
        assert!(read.undo());
        assert_eq!(read.record, record(&[("x", "1")]));
        // Undoing is kept too, and can be redone by whoever opens it next.
        assert!(store.write(&read.write(1_030_000).0));
        let (mut again, _) = store.read("a").unwrap();
        assert_eq!(again.record, record(&[("x", "1")]));
        assert!(again.redo());
        assert_eq!(again.record, record(&[("x", "1"), ("y", "2")]));
        assert!(!again.redo());
    }

    #[test]
    fn what_is_done_while_it_is_written_is_written_next() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[("x", "1")]), 1_000_000);
        assert!(ledger.is_kept());
        ledger.take(record(&[("x", "1"), ("y", "2")]), 1_010_000);
        let (batch, written) = ledger.write(1_010_000);
        // Both while the browser writes: the step that is being written is undone, and another is made.
        assert!(ledger.undo());
        ledger.take(record(&[("x", "3")]), 1_020_000);
        assert!(store.write(&batch));
        ledger.committed(written);
        assert_eq!((ledger.revision, ledger.is_kept()), (2, false));
        assert_eq!(store.read("a").unwrap().0.record, record(&[("x", "1"), ("y", "2")]));
        let (batch, written) = ledger.write(1_020_000);
        assert!(store.write(&batch));
        ledger.committed(written);
        assert!(ledger.is_kept());
        let (mut read, _) = store.read("a").unwrap();
        assert_eq!(read.record, record(&[("x", "3")]));
        assert!(read.undo() && read.undo() && !read.undo());
        assert_eq!(read.record, record(&[]));
        // Undone only: the record is as it was written, but not the place in the history.
        ledger.take(record(&[("x", "4")]), 1_030_000);
        assert!(ledger.undo());
        assert!(ledger.is_written() && !ledger.is_kept());
    }

    #[test]
    fn whoever_comes_second_writes_nothing() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[]), 0);
        let mut other = ledger.clone();
        save(&mut store, &mut ledger, record(&[("x", "1")]), 10_000);
        other.take(record(&[("x", "2")]), 10_001);
        let before = store.0.clone();
        assert!(!store.write(&other.write(10_001).0));
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
    fn a_record_of_something_else_is_damaged_and_read_as_far_as_it_can_be() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[("x", "1")]), 1_000_000);
        for wrong in ["null", "7", "{\"figures\":7}", "{\"figures\":{\"x\":7}}", "{\"figures\":{},\"clauses\":[]}"] {
            let head = format!("{{\"saved\":1,\"first\":0,\"position\":0,\"end\":0,\"record\":{wrong}}}");
            store.0.insert("assessment/a".to_owned(), (9, Some(head)));
            let (read, is_damaged) = store.read("a").unwrap();
            assert!(is_damaged, "{wrong}");
            assert_eq!(read.record, record(&[("x", "1")]), "{wrong}");
            assert_eq!(read.revision, 9);
        }
        store.0.retain(|key, _| !key.starts_with("snapshot/"));
        let (read, is_damaged) = store.read("a").unwrap();
        assert!(is_damaged && read.record.get("figures").is_some());
    }

    #[test]
    fn whatever_was_done_is_put_together_again() {
        let mut random = 7_u64;
        let mut next = move |bound: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % bound
        };
        for _ in 0..60 {
            let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
            let mut now = 1_000_000;
            for _ in 0..next(120) {
                now += next(700_000);
                match next(6) {
                    0 => drop(ledger.undo()),
                    1 => drop(ledger.redo()),
                    2 => {
                        let many: Vec<(String, String)> = (0..8).map(|id| (format!("f{id}"), next(3).to_string())).collect();
                        ledger.take(record(&many.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect::<Vec<_>>()), now);
                    }
                    _ => {
                        let mut record = ledger.record.clone();
                        record["figures"][format!("f{}", next(8))] = next(9).to_string().into();
                        ledger.take(record, now);
                    }
                }
                // Not everything is written at once.
                if next(3) > 0 {
                    let (batch, next) = ledger.write(now);
                    assert!(store.write(&batch));
                    ledger = next;
                }
            }
            ledger.take(record(&[("last", "1")]), now + 5_000);
            assert!(store.write(&ledger.write(now + 5_000).0));
            assert_eq!(store.read("a").unwrap().0.record, record(&[("last", "1")]));
            store.0.get_mut("assessment/a").unwrap().1 = None;
            let (read, is_damaged) = store.read("a").unwrap();
            assert!(is_damaged);
            assert_eq!(read.record, record(&[("last", "1")]));
        }
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
        assert!(read.undo() && read.undo() && read.undo());
        assert_eq!(read.record, record(&[("x", "2")]));
        assert!(!read.undo());
    }

    #[test]
    fn a_copy_is_a_whole_assessment_of_its_own() {
        let (mut store, mut ledger) = (Store::default(), Ledger::new("a", record(&[])));
        save(&mut store, &mut ledger, record(&[]), 0);
        save(&mut store, &mut ledger, record(&[("x", "1")]), 10_000);
        let copy = ledger.copied("a~2");
        let (batch, _) = copy.write(20_000);
        assert!(store.write(&batch));
        assert!(!store.write(&batch), "never over another one");
        let (read, _) = store.read("a~2").unwrap();
        assert_eq!(read.record, ledger.record);
        assert!(read.history.can_undo());
    }
}
