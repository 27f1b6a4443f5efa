//! Whether an assessment that came as a file has the result here that it had there.

use dabiao_draft::file::{canonical_result, hash};
use dabiao_draft::json::text;
use dabiao_view::words::key;
use dabiao_web::storage;
use serde_json::Value;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Props;
use super::export::standard_hash;

/// What the file said of its result, and what comes out here.
#[derive(Clone, PartialEq)]
struct Comparison {
    said: Value,
    standard_hash: String,
}

/// The comparison with the result as it is now.
#[component]
pub(crate) fn CertificateLine(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let comparison = use_state_eq(|| None::<Comparison>);
    {
        let (comparison, document) = (comparison.setter(), work.document.clone());
        use_effect_with(work.id.clone(), move |id| {
            let id = id.clone();
            spawn_local(async move {
                let said = storage::load_certificate(&id).await.unwrap_or_default();
                let standard_hash = standard_hash(&document).await;
                comparison.set(said.map(|said| Comparison { said, standard_hash }));
            });
        });
    }
    let Some(Comparison { said, standard_hash }) = &*comparison else { return Html::default() };
    if text(said, "certificate").is_empty() {
        return Html::default();
    }
    let result = hash(&canonical_result(&work.document.standard, standard_hash, work.draft.level, work.assessment.report()));
    let (word, class) = if text(said, "certificate") == result {
        (key::CERTIFICATE_SAME, "notice good")
    } else if text(said, "standard_hash") != standard_hash {
        (key::CERTIFICATE_OTHER_STANDARD, "notice warning")
    } else {
        (key::CERTIFICATE_DIFFERS, "notice warning")
    };
    html! { <p {class} role="status">{ locale.fill(word, &[("hash", &result)]) }</p> }
}
