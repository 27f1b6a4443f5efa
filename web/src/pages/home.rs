//! The first screen: what this is, and the ways in.

use dabiao_catalog::builtin::{ENTRIES, Entry, SampleEntry};
use dabiao_view::Locale;
use dabiao_view::words::{Word, key};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::browser;
use crate::hooks::{Shelf, use_shelf};
use crate::parts;
use crate::route::{Route, Tab, copy_id, standard_of};
use crate::state::{Action, Dispatch};
use crate::storage::{self, Listed};

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
    let removing = use_state_eq(|| None::<Removal>);
    let (shelf, read_again) = use_shelf();
    let code = use_state_eq(String::new);
    {
        let code = code.setter();
        use_effect_with((), move |()| spawn_local(async move { code.set(parts::code().await) }));
    }
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
                    { for towns().map(|entry| start_button(locale, entry, &shelf)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_COUNTY) }</h2>
                    <p>{ locale.word(key::HOME_COUNTY_TEXT) }</p>
                    { for others().map(|entry| start_button(locale, entry, &shelf)) }
                </section>
                <section class="card way">
                    <h2>{ locale.word(key::HOME_EXAMPLE) }</h2>
                    <p>{ locale.word(key::HOME_EXAMPLE_TEXT) }</p>
                    { for ENTRIES.iter().flat_map(|entry| entry.samples.iter().map(move |sample| (entry, sample)))
                        .map(|(entry, sample)| sample_button(props, entry, sample, &shelf, &asking)) }
                </section>
            </div>
            { own_assessments(props, &shelf, &read_again, &removing) }
            { own_standards(locale, &shelf, &read_again) }
            <section class="promises">
                <h2>{ locale.word(key::HOME_PROMISES) }</h2>
                <ul>
                    { for [key::PROMISE_SAME, key::PROMISE_UNKNOWN, key::PROMISE_WHY, key::PROMISE_NONE_INVENTED]
                        .map(|word| html! { <li>{ locale.word(word) }</li> }) }
                </ul>
                <p><a href={Route::Check.href()}>{ locale.word(key::HOME_CHECK) }</a></p>
                <p><a href={Route::Register(None).href()}>{ locale.word(key::HOME_REGISTER) }</a></p>
                <p class="muted version">
                    { locale.fill(key::VERSION, &[("version", env!("CARGO_PKG_VERSION"))]) }
                    if !code.is_empty() { <br />{ locale.fill(key::VERSION_CODE, &[("code", &code)]) } }
                </p>
            </section>
        </main>
    }
}

/// What the person is asked about before it goes.
#[derive(Clone, PartialEq)]
enum Removal {
    /// One assessment.
    Assessment(String),
    /// Everything of ours on this computer.
    Everything,
}

/// The assessments that this browser keeps, and the way to forget them.
fn own_assessments(props: &Props, shelf: &Shelf, read_again: &Callback<()>, removing: &UseStateHandle<Option<Removal>>) -> Html {
    let locale = props.locale;
    let open_file = html! { <a class="open-file" href={Route::Open.href()}>{ locale.word(key::HOME_OPEN_FILE) }</a> };
    if shelf.assessments.is_empty() {
        return html! { <p>{ open_file }</p> };
    }
    html! {
        <section class="card own-assessments">
            <div class="card-head"><h2>{ locale.word(key::HOME_KEPT) }</h2>{ open_file }</div>
            <ul>
                { for shelf.assessments.iter().map(|listed| {
                    let standard = standard_of(&listed.id);
                    let name = ENTRIES.iter().find(|entry| entry.id == standard).map_or(standard, |entry| locale.name(entry.name));
                    let title = if listed.title.is_empty() { name } else { listed.title.as_str() };
                    html! {
                        <li>
                            <a href={Route::Assess(listed.id.clone(), Tab::Fill).href()}>{ title }</a>
                            if !listed.title.is_empty() { <span class="muted">{ name }</span> }
                            if let Some(sample) = sample_name(locale, listed) { <span class="badge">{ sample }</span> }
                            <span class="muted">{ if listed.saved > 0 { browser::date_text(listed.saved) } else { String::new() } }</span>
                            { remove_button(props, Removal::Assessment(listed.id.clone()), key::EVIDENCE_REMOVE, read_again, removing) }
                        </li>
                    }
                }) }
            </ul>
            <p>{ remove_button(props, Removal::Everything, key::FORGET_EVERYTHING, read_again, removing) }</p>
        </section>
    }
}

fn sample_name(locale: Locale, listed: &Listed) -> Option<&'static str> {
    let samples = ENTRIES.iter().flat_map(|entry| entry.samples);
    samples.into_iter().find(|sample| sample.id == listed.sample).map(|sample| locale.name(sample.name))
}

/// Asks once more before anything goes.
fn remove_button(
    props: &Props,
    removal: Removal,
    word: Word,
    read_again: &Callback<()>,
    removing: &UseStateHandle<Option<Removal>>,
) -> Html {
    let locale = props.locale;
    let is_asking = removing.as_ref() == Some(&removal);
    let set = |next: Option<Removal>| {
        let removing = removing.clone();
        Callback::from(move |_: MouseEvent| removing.set(next.clone()))
    };
    if !is_asking {
        let class = if removal == Removal::Everything { "quiet grave" } else { "quiet" };
        return html! { <button type="button" {class} onclick={set(Some(removal))}>{ locale.word(word) }</button> };
    }
    let ask = match removal {
        Removal::Assessment(_) => key::REMOVE_ASK,
        Removal::Everything => key::FORGET_ASK,
    };
    let remove = {
        let (removing, read_again, dispatch) = (removing.clone(), read_again.clone(), props.dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            // What is open would otherwise be there again, and be kept again.
            dispatch.dispatch(Action::Close);
            let (removal, removing, read_again) = (removal.clone(), removing.clone(), read_again.clone());
            spawn_local(async move {
                // What could not be removed is still in the list.
                let _ = match removal {
                    Removal::Assessment(id) => storage::remove_assessment(&id).await,
                    Removal::Everything => storage::forget_everything().await,
                };
                removing.set(None);
                read_again.emit(());
            });
        })
    };
    html! {
        <span class="ask" role="alert">
            { locale.word(ask) }
            <button type="button" class="danger" onclick={remove}>{ locale.word(key::REMOVE_YES) }</button>
            <button type="button" class="quiet" onclick={set(None)}>{ locale.word(key::CANCEL) }</button>
        </span>
    }
}

/// The standards that the person has loaded.
fn own_standards(locale: Locale, shelf: &Shelf, read_again: &Callback<()>) -> Html {
    if shelf.standards.is_empty() {
        return Html::default();
    }
    html! {
        <section class="card own-standards">
            <h2>{ locale.word(key::HOME_OWN) }</h2>
            <ul>
                { for shelf.standards.iter().cloned().map(|id| {
                    let href = Route::Assess(id.clone(), Tab::Fill).href();
                    let remove = {
                        let (id, read_again) = (id.clone(), read_again.clone());
                        Callback::from(move |_: MouseEvent| {
                            let (id, read_again) = (id.clone(), read_again.clone());
                            spawn_local(async move {
                                // What could not be removed is still in the list.
                                let _ = storage::remove_standard(&id).await;
                                read_again.emit(());
                            });
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

fn start_button(locale: Locale, entry: &Entry, shelf: &Shelf) -> Html {
    let href = Route::Assess(entry.id.to_owned(), Tab::Fill).href();
    let is_begun = shelf.find(entry.id).is_some_and(|listed| !listed.is_blank);
    let action = if is_begun { key::HOME_CONTINUE } else { key::HOME_START };
    let clauses = locale.fill(key::HOME_CLAUSES, &[("count", &entry.clauses.to_string())]);
    html! {
        <>
            <a class="start" {href}>
                <strong>{ locale.name(entry.name) }</strong>
                <span class="muted">{ if entry.number.is_empty() { clauses } else { format!("{}{}{clauses}", entry.number, locale.word(key::COMMA)) } }</span>
                <span class="go">{ locale.word(action) }</span>
            </a>
            if is_begun { <a class="another" href={next_assessment(entry.id, shelf)}>{ locale.word(key::HOME_ANOTHER) }</a> }
        </>
    }
}

/// The address of one more assessment by a standard.
fn next_assessment(standard: &str, shelf: &Shelf) -> String {
    let id = (2..).map(|number| copy_id(standard, number)).find(|id| shelf.find(id).is_none());
    Route::Assess(id.unwrap_or_default(), Tab::Fill).href()
}

/// Opening an example replaces the draft of its standard, so a draft with work in it is asked about.
/// An untouched example may be replaced without asking.
fn sample_button(
    props: &Props,
    entry: &'static Entry,
    sample: &'static SampleEntry,
    shelf: &Shelf,
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
    let has_own = shelf.find(entry.id).is_some_and(|listed| listed.is_touched && !listed.is_blank);
    let onclick = if has_own && !is_asking {
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
