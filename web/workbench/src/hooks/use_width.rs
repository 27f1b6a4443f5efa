//! The width of an element, kept up to date while the page is resized.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The width of the element in pixels; 0 until it is known.
#[hook]
pub(crate) fn use_width(node: NodeRef) -> u32 {
    let width = use_state_eq(|| 0_u32);
    {
        let width = width.clone();
        use_effect_with(node, move |node| {
            let measure = {
                let node = node.clone();
                move || {
                    if let Some(element) = node.cast::<Element>() {
                        width.set(u32::try_from(element.client_width()).unwrap_or_default());
                    }
                }
            };
            measure();
            let callback = Closure::<dyn Fn()>::new(measure);
            let observer = ResizeObserver::new(callback.as_ref().unchecked_ref());
            if let (Ok(observer), Some(element)) = (&observer, node.cast::<Element>()) {
                observer.observe(&element);
            }
            move || {
                if let Ok(observer) = observer {
                    observer.disconnect();
                }
                drop(callback);
            }
        });
    }
    *width
}
