//! Keeps what is planned in the browser's storage.

use std::rc::Rc;

use dabiao_web::{browser, storage};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::project::Project;

/// How long changes must pause before they are written.
const PAUSE_MILLISECONDS: u32 = 150;

/// How far keeping is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeping {
    /// Everything is kept.
    Kept,
    /// Something is not yet.
    Waiting,
    /// The browser refused.
    Refused,
}

/// Keeps the project in the browser's storage, a moment after each change and when the planner is left. A
/// page that is left in between leaves it for the next one.
#[hook]
pub(crate) fn use_kept(id: &str, project: Rc<Project>, record: impl Fn(&Project) -> serde_json::Value + 'static) -> Keeping {
    let kept = use_state_eq(|| Keeping::Kept);
    let unsaved = use_mut_ref(|| None::<(String, serde_json::Value)>);
    let first = use_mut_ref(|| true);
    let write = {
        let unsaved = Rc::clone(&unsaved);
        let kept = kept.clone();
        move || {
            if let Some((id, record)) = unsaved.borrow_mut().take() {
                let (kept, unsaved) = (kept.clone(), Rc::clone(&unsaved));
                spawn_local(async move {
                    kept.set(match storage::save_plan(&id, &record).await {
                        Err(_) => Keeping::Refused,
                        Ok(()) if unsaved.borrow().is_some() => Keeping::Waiting,
                        Ok(()) => Keeping::Kept,
                    });
                });
            }
        }
    };
    {
        let (write, id, kept, unsaved) = (write.clone(), id.to_owned(), kept.clone(), Rc::clone(&unsaved));
        use_effect_with(project, move |project| {
            // Opening is not a change.
            let is_change = !first.replace(false);
            let timeout = is_change.then(|| {
                *unsaved.borrow_mut() = Some((id, record(project)));
                kept.set(Keeping::Waiting);
                Timeout::new(PAUSE_MILLISECONDS, write)
            });
            move || drop(timeout)
        });
    }
    use_effect_with((), move |()| {
        let on_leave = write.clone();
        let leave = move || {
            if let Some((id, record)) = &*unsaved.borrow() {
                storage::leave_plan(id, record);
            }
            // The page may come back as it was.
            on_leave();
        };
        let listener = browser::window().map(|window| EventListener::new(&window, "pagehide", move |_| leave()));
        move || {
            drop(listener);
            write();
        }
    });
    *kept
}
