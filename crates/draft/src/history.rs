//! The steps that led to a record, for undoing and redoing.

use std::collections::BTreeSet;

use crate::change::Change;

/// How many steps can be undone.
pub const MOST_STEPS: usize = 200;
/// Typing on in the same field within so many milliseconds belongs to the same step.
const SAME_STEP: u64 = 2_000;

/// What was done, step by step. Steps are numbered from the beginning of the assessment; the oldest are
/// forgotten.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The number of the oldest step that is known.
    first: u32,
    steps: Vec<Vec<Change>>,
    /// The number of the step that would come next; those from here on were undone.
    position: u32,
    /// When the last step was added.
    at: u64,
    /// Numbers of steps that differ from what is kept.
    unkept: BTreeSet<u32>,
}

impl History {
    /// A history from its kept steps, in order, and the position in it.
    pub fn from_steps(first: u32, steps: Vec<Vec<Change>>, position: u32) -> Self {
        let end = first.saturating_add(count(&steps));
        Self { first, steps, position: position.clamp(first, end), at: 0, unkept: BTreeSet::new() }
    }

    /// The number of the oldest step, the position, and the number behind the last step.
    pub fn bounds(&self) -> (u32, u32, u32) {
        (self.first, self.position, self.first.saturating_add(count(&self.steps)))
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.position > self.first
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.position < self.bounds().2
    }

    /// Adds a step; what was undone is forgotten. `now` is in milliseconds.
    pub fn add(&mut self, changes: Vec<Change>, now: u64) {
        let done = self.position.saturating_sub(self.first) as usize;
        for number in self.position..self.bounds().2 {
            self.unkept.insert(number);
        }
        self.steps.truncate(done);
        let is_soon = now.saturating_sub(self.at) < SAME_STEP;
        self.at = now;
        match (self.steps.last_mut().map(Vec::as_mut_slice), changes.as_slice()) {
            (Some([last]), [change]) if is_soon && (&last.table, &last.entry) == (&change.table, &change.entry) => {
                last.after = change.after.clone();
                self.unkept.insert(self.position.saturating_sub(1));
            }
            _ => {
                self.steps.push(changes);
                self.unkept.insert(self.position);
                self.position = self.position.saturating_add(1);
            }
        }
        while self.steps.len() > MOST_STEPS {
            self.steps.remove(0);
            self.unkept.insert(self.first);
            self.first = self.first.saturating_add(1);
        }
    }

    /// Goes one step back; what to change for it.
    pub fn undo(&mut self) -> Option<Vec<Change>> {
        let number = self.position.checked_sub(1)?;
        let back = self.step(number)?.iter().rev().map(Change::reversed).collect();
        self.position = number;
        self.at = 0;
        Some(back)
    }

    /// Goes one undone step forward again; what to change for it.
    pub fn redo(&mut self) -> Option<Vec<Change>> {
        let forward = self.step(self.position)?.to_vec();
        self.position = self.position.saturating_add(1);
        self.at = 0;
        Some(forward)
    }

    /// The step with this number.
    pub fn step(&self, number: u32) -> Option<&[Change]> {
        self.steps.get(number.checked_sub(self.first)? as usize).map(Vec::as_slice)
    }

    /// The numbers of the steps that differ from what is kept; afterwards none do.
    pub fn take_unkept(&mut self) -> BTreeSet<u32> {
        std::mem::take(&mut self.unkept)
    }

    /// Whether nothing differs from what is kept but perhaps the position.
    pub fn is_kept(&self) -> bool {
        self.unkept.is_empty()
    }

    /// Takes up which steps are kept now: those of an earlier state of this history.
    pub fn keep(&mut self, kept: &Self) {
        let ((first, _, end), (kept_first, _, kept_end)) = (self.bounds(), kept.bounds());
        self.unkept = (first.min(kept_first)..end.max(kept_end)).filter(|number| self.step(*number) != kept.step(*number)).collect();
    }

    /// Counts every step as not kept, for an assessment that is kept anew under another id.
    pub fn forget_kept(&mut self) {
        let (first, _, end) = self.bounds();
        self.unkept = (first..end).collect();
    }
}

fn count(steps: &[Vec<Change>]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::change::{apply, changes};

    /// Types a text into a figure of a record, through the history.
    fn enter(history: &mut History, record: &mut Value, figure: &str, text: &str, now: u64) {
        let mut next = record.clone();
        next["figures"][figure] = text.into();
        history.add(changes(record, &next), now);
        *record = next;
    }

    #[test]
    fn steps_are_undone_and_redone() {
        let (mut history, mut record) = (History::default(), json!({ "figures": {} }));
        enter(&mut history, &mut record, "a", "1", 0);
        enter(&mut history, &mut record, "b", "2", 10);
        apply(&mut record, &history.undo().unwrap());
        assert_eq!(record, json!({ "figures": { "a": "1" } }));
        apply(&mut record, &history.undo().unwrap());
        assert_eq!(record, json!({ "figures": {} }));
        assert_eq!(history.undo(), None);
        apply(&mut record, &history.redo().unwrap());
        apply(&mut record, &history.redo().unwrap());
        assert_eq!(record, json!({ "figures": { "a": "1", "b": "2" } }));
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn typing_on_is_one_step_and_coming_back_later_another() {
        let (mut history, mut record) = (History::default(), json!({ "figures": {} }));
        enter(&mut history, &mut record, "a", "1", 10_000);
        enter(&mut history, &mut record, "a", "12", 10_500);
        enter(&mut history, &mut record, "a", "123", 20_000);
        apply(&mut record, &history.undo().unwrap());
        assert_eq!(record["figures"]["a"], "12");
        apply(&mut record, &history.undo().unwrap());
        assert_eq!(record, json!({ "figures": {} }));
    }

    #[test]
    fn a_new_step_forgets_what_was_undone() {
        let (mut history, mut record) = (History::default(), json!({ "figures": {} }));
        enter(&mut history, &mut record, "a", "1", 0);
        enter(&mut history, &mut record, "b", "2", 10_000);
        assert_eq!(history.take_unkept(), BTreeSet::from([0, 1]));
        apply(&mut record, &history.undo().unwrap());
        apply(&mut record, &history.undo().unwrap());
        enter(&mut history, &mut record, "c", "3", 20_000);
        assert!(!history.can_redo());
        assert_eq!(history.take_unkept(), BTreeSet::from([0, 1]), "the second step is to be deleted");
        assert_eq!(history.bounds(), (0, 1, 1));
    }

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let (mut history, mut record) = (History::default(), json!({ "figures": {} }));
        for number in 0..MOST_STEPS as u64 + 5 {
            enter(&mut history, &mut record, &format!("f{number}"), "1", number * 10_000);
        }
        assert_eq!(history.bounds(), (5, 205, 205));
        let mut undone = 0;
        while history.undo().is_some() {
            undone += 1;
        }
        assert_eq!(undone, MOST_STEPS);
    }
}
