//! The first screen: what this is, and the ways in.

use dabiao_catalog::builtin::{ENTRIES, Entry, SampleEntry};
use dabiao_view::Locale;
use dabiao_view::words::key;
use yew::prelude::*;

use crate::browser;
use crate::route::{Route, Tab};
use crate::state::{Action, Dispatch};
use crate::storage::{self, DraftStatus, draft_status};

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The language of the page.
    pub locale: Locale,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The first screen.
#[component]
pub fn HomePage(props: &Props) -> Html {
    let locale = props.locale;
    let asking = use_state_eq(|| None::<&'static str>);
    // Counts removals, so that the list is read again.
    let removed = use_state_eq(|| 0_u32);
    let towns = || ENTRIES.iter().filter(|entry| entry.level == "town");
    let others = || ENTRIES.iter().filter(|entry| entry.level != "town");
    html! {
        <main id="content" class="home" tabindex="-1">
            <section class="hero">
                <h1>{ locale.word(key::HOME_TITLE) }</h1>
                <p class="lead">{ locale.word(key::HOME_WHAT) }</p>
                <p class="lead private">{ locale.word(key::HOME_PRIVATE) }</p>
            </section>
            <div class="ways">
                <section class="card way">
                    <h2>{ locale.word(key::HOME_TOWN) }</h2>
                    <p>{ locale.word(key::HOME_TOWN_TEXT) }</p>
                    { for towns().map(|entry| start_button(locale, entry)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_COUNTY) }</h2>
                    <p>{ locale.word(key::HOME_COUNTY_TEXT) }</p>
                    { for others().map(|entry| start_button(locale, entry)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_EXAMPLE) }</h2>
                    <p>{ locale.word(key::HOME_EXAMPLE_TEXT) }</p>
                    { for ENTRIES.iter().flat_map(|entry| entry.samples.iter().map(move |sample| (entry, sample)))
                        .map(|(entry, sample)| sample_button(props, entry, sample, &asking)) }
                </section>
            </div>
            { own_standards(locale, &removed) }
            <section class="promises">
                <h2>{ locale.word(key::HOME_PROMISES) }</h2>
                <ul>
                    { for [key::PROMISE_SAME, key::PROMISE_UNKNOWN, key::PROMISE_WHY, key::PROMISE_NONE_INVENTED]
                        .map(|word| html! { <li>{ locale.word(word) }</li> }) }
                </ul>
                <p><a href={Route::Check.href()}>{ locale.word(key::HOME_CHECK) }</a></p>
                <p><a href={Route::Register(None).href()}>{ locale.word(key::HOME_REGISTER) }</a></p>
            </section>
        </main>
    }
}

/// The standards that the person has loaded.
fn own_standards(locale: Locale, removed: &UseStateHandle<u32>) -> Html {
    let ids = storage::standards();
    if ids.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card own-standards">
            <h2>{ locale.word(key::HOME_OWN) }</h2>
            <ul>
                { for ids.into_iter().map(|id| {
                    let href = Route::Assess(id.clone(), Tab::Fill).href();
                    let remove = {
                        let (id, removed) = (id.clone(), removed.clone());
                        Callback::from(move |_: MouseEvent| {
                            storage::remove_standard(&id);
                            removed.set(removed.wrapping_add(1));
                        })
                    };
                    html! {
                        <li>
                            <a {href}>{ id }</a>
                            <button type="button" class="quiet" onclick={remove}>{ locale.word(key::EVIDENCE_REMOVE) }</button>
                        </li>
                    }
                }) }
            </ul>
        </section>
    }
}

fn start_button(locale: Locale, entry: &Entry) -> Html {
    let href = Route::Assess(entry.id.to_owned(), Tab::Fill).href();
    let action = if draft_status(entry.id) == DraftStatus::None { key::HOME_START } else { key::HOME_CONTINUE };
    let clauses = locale.fill(key::HOME_CLAUSES, &[("count", &entry.clauses.to_string())]);
    html! {
        <a class="start" {href}>
            <strong>{ locale.name(entry.name) }</strong>
            <span class="muted">{ if entry.number.is_empty() { clauses } else { format!("{}{}{clauses}", entry.number, locale.word(key::COMMA)) } }</span>
            <span class="go">{ locale.word(action) }</span>
        </a>
    }
}

/// Opening an example replaces the draft of its standard, so a draft with work in it is asked about.
/// An untouched example may be replaced without asking.
fn sample_button(
    props: &Props,
    entry: &'static Entry,
    sample: &'static SampleEntry,
    asking: &UseStateHandle<Option<&'static str>>,
) -> Html {
    let locale = props.locale;
    let origin = if sample.real { key::SAMPLE_REAL } else { key::SAMPLE_INVENTED };
    let open = {
        let dispatch = props.dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::OpenSample(sample.id.into()));
            browser::set_hash(&Route::Assess(entry.id.to_owned(), Tab::Fill).href());
        })
    };
    let is_asking = **asking == Some(sample.id);
    let onclick = if draft_status(entry.id) == DraftStatus::Own && !is_asking {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(Some(sample.id)))
    } else {
        open
    };
    let button = html! {
        <button type="button" class="start" data-sample={sample.id} {onclick}>
            <strong>{ locale.name(sample.name) }</strong>
            <span class={classes!("badge", if sample.real { "real" } else { "invented" })}>{ locale.word(origin) }</span>
            <span class="go">{ locale.word(if is_asking { key::HOME_REPLACE } else { key::HOME_OPEN }) }</span>
        </button>
    };
    if !is_asking {
        return button;
    }
    let cancel = {
        let asking = asking.clone();
        Callback::from(move |_: MouseEvent| asking.set(None))
    };
    html! {
        <div class="ask" role="alert">
            <p>{ locale.word(key::HOME_REPLACES_DRAFT) }</p>
            { button }
            <button type="button" class="quiet" onclick={cancel}>{ locale.word(key::CANCEL) }</button>
        </div>
    }
}
