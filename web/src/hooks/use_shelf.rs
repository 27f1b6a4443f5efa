//! What this browser keeps, for the first screen. Runs on mount, and again when asked.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::storage::{self, Listed};

/// The kept assessments and standards; nothing until they are read, and where nothing is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shelf {
    /// The assessments, the one saved last first.
    pub assessments: Vec<Listed>,
    /// The ids of the loaded standards.
    pub standards: Vec<String>,
}

impl Shelf {
    /// The assessment with this id.
    pub fn find(&self, id: &str) -> Option<&Listed> {
        self.assessments.iter().find(|listed| listed.id == id)
    }
}

/// What is kept, and what reads it again.
#[hook]
pub fn use_shelf() -> (Shelf, Callback<()>) {
    let shelf = use_state_eq(Shelf::default);
    let read = {
        let shelf = shelf.setter();
        use_callback((), move |(), ()| {
            let shelf = shelf.clone();
            spawn_local(async move {
                let assessments = storage::assessments().await.unwrap_or_default();
                let standards = storage::standards().await.unwrap_or_default();
                shelf.set(Shelf { assessments, standards });
            });
        })
    };
    {
        let read = read.clone();
        use_effect_with((), move |()| read.emit(()));
    }
    ((*shelf).clone(), read)
}
