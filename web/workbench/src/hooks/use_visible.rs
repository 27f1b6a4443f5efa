//! Whether an element is on the screen, so that what cannot be seen costs nothing.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry};
use yew::prelude::*;

/// Whether the element is at least partly on the screen. True where the browser cannot tell.
#[hook]
pub(crate) fn use_visible(node: NodeRef) -> bool {
    let visible = use_state_eq(|| false);
    {
        let visible = visible.clone();
        use_effect_with(node, move |node| {
            let callback = {
                let visible = visible.clone();
                Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
                    let last = entries.pop().dyn_into::<IntersectionObserverEntry>();
                    visible.set(last.map_or(true, |entry| entry.is_intersecting()));
                })
            };
            let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref());
            match (&observer, node.cast::<Element>()) {
                (Ok(observer), Some(element)) => observer.observe(&element),
                _ => visible.set(true),
            }
            move || {
                if let Ok(observer) = observer {
                    observer.disconnect();
                }
                drop(callback);
            }
        });
    }
    *visible
}
