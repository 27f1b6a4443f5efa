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

/// Keeps the project in the browser's storage, a moment after each change and when the page or the
/// planner is left. False if the browser refused.
#[hook]
pub(crate) fn use_kept(id: &str, project: Rc<Project>, record: impl Fn(&Project) -> serde_json::Value + 'static) -> bool {
    let kept = use_state_eq(|| true);
    let unsaved = use_mut_ref(|| None::<(String, serde_json::Value)>);
    let first = use_mut_ref(|| true);
    let write = {
        let unsaved = Rc::clone(&unsaved);
        let kept = kept.clone();
        move || {
            if let Some((id, record)) = unsaved.borrow_mut().take() {
                let kept = kept.clone();
                spawn_local(async move { kept.set(storage::save_plan(&id, &record).await.is_ok()) });
            }
        }
    };
    {
        let (write, id) = (write.clone(), id.to_owned());
        use_effect_with(project, move |project| {
            // Opening is not a change.
            let is_change = !first.replace(false);
            let timeout = is_change.then(|| {
                *unsaved.borrow_mut() = Some((id, record(project)));
                Timeout::new(PAUSE_MILLISECONDS, write)
            });
            move || drop(timeout)
        });
    }
    use_effect_with((), move |()| {
        let on_leave = write.clone();
        let listener = browser::window().map(|window| EventListener::new(&window, "pagehide", move |_| on_leave()));
        move || {
            drop(listener);
            write();
        }
    });
    *kept
}
