//! The assessment as a link.

use dabiao_draft::link::{LONGEST, link_text};
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::route::Route;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::Props;

/// The way out as a link.
#[component]
pub(crate) fn LinkCard(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let link = use_state_eq(|| None::<String>);
    let copied = use_state_eq(|| None::<bool>);
    {
        // A link of what was there before would surprise.
        let link = link.clone();
        use_effect_with(work.version, move |_| link.set(None));
    }
    let make = {
        let (work, link, copied) = (work.clone(), link.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let place = Route::Shared(work.document.id.clone(), link_text(&work.record(), &work.document.standard));
            link.set(Some(format!("{}{}", browser::address_without_hash(), place.href())));
            copied.set(None);
        })
    };
    let copy = {
        let (link, copied) = (link.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let (link, copied) = (link.as_ref().cloned().unwrap_or_default(), copied.clone());
            spawn_local(async move { copied.set(Some(browser::copy("shared-link", &link).await)) });
        })
    };
    html! {
        <section class="card link-card">
            <h2>{ locale.word(key::LINK_TITLE) }</h2>
            <p>{ locale.word(key::LINK_WARNING) }</p>
            { match (*link).as_deref() {
                None => html! { <button type="button" class="quiet" onclick={make}>{ locale.word(key::LINK_MAKE) }</button> },
                Some(link) if link.chars().count() > LONGEST => html! {
                    <p class="notice warning" role="alert">
                        { locale.fill(key::LINK_TOO_LONG, &[("length", &link.chars().count().to_string()), ("most", &LONGEST.to_string())]) }
                    </p>
                },
                Some(link) => html! {
                    <>
                        <label for="shared-link">{ locale.fill(key::LINK_IS, &[("length", &link.chars().count().to_string())]) }</label>
                        <textarea id="shared-link" rows="3" readonly=true value={link.to_owned()} />
                        <button type="button" class="quiet" onclick={copy}>{ locale.word(key::LINK_COPY) }</button>
                        <span role="status">
                            { match *copied {
                                None => "",
                                Some(true) => locale.word(key::LINK_COPIED),
                                Some(false) => locale.word(key::LINK_COPY_YOURSELF),
                            } }
                        </span>
                    </>
                },
            } }
        </section>
    }
}
