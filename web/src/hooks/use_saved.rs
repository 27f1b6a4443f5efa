//! Keeps the open draft in the browser's storage, a moment after each change and when the page is left.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::browser;
use crate::state::Work;
use crate::storage;

/// How long typing must pause before a draft is written.
const PAUSE_MILLISECONDS: u32 = 150;

/// What is known about the last attempt to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveStatus {
    /// Nothing to save yet.
    Idle,
    /// Written.
    Saved,
    /// The browser refused.
    Refused,
}

/// Saves the draft after each change. A blank draft is saved too, so that clearing lasts.
#[hook]
pub fn use_saved(work: Option<Rc<Work>>) -> SaveStatus {
    let status = use_state_eq(|| SaveStatus::Idle);
    let unsaved = use_mut_ref(|| None::<Rc<Work>>);
    let first_version = use_mut_ref(|| None::<(String, u32)>);
    {
        let (status, unsaved) = (status.clone(), Rc::clone(&unsaved));
        use_effect_with(work, move |work| {
            // What was typed last in another assessment still waits for its pause: write it now.
            let is_other = |pending: &Rc<Work>| work.as_ref().is_none_or(|work| work.document.id != pending.document.id);
            let has_other = unsaved.borrow().as_ref().is_some_and(is_other);
            if has_other {
                status.set(write(&unsaved));
            }
            let timeout = work.clone().and_then(|work| {
                let key = (work.document.id.clone(), work.version);
                // Opening is not a change.
                let is_opening = first_version.borrow().as_ref().is_none_or(|(id, version)| *id != key.0 || key.1 < *version);
                *first_version.borrow_mut() = Some(key);
                if is_opening && work.draft.sample.is_none() {
                    return None;
                }
                *unsaved.borrow_mut() = Some(work);
                Some(Timeout::new(PAUSE_MILLISECONDS, move || status.set(write(&unsaved))))
            });
            move || drop(timeout)
        });
    }
    use_effect_with((), move |()| {
        let listener = browser::window().map(|window| {
            EventListener::new(&window, "pagehide", move |_| {
                // Whatever the answer, the page is gone.
                write(&unsaved);
            })
        });
        move || drop(listener)
    });
    *status
}

fn write(unsaved: &RefCell<Option<Rc<Work>>>) -> SaveStatus {
    let Some(work) = unsaved.borrow_mut().take() else { return SaveStatus::Saved };
    if storage::save_draft(&work.document.id, &work.document.standard, &work.draft) { SaveStatus::Saved } else { SaveStatus::Refused }
}
