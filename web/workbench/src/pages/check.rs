//! Checks a standard file that a person has, and opens it.

use std::rc::Rc;

use dabiao_catalog::builtin::ENTRIES;
use dabiao_catalog::pack::unpack_bundle;
use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::route::{Route, Tab};
use dabiao_web::{browser, parts, storage};
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::actions::Actions;
use crate::components::FileChooser;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The language of the page.
    pub(crate) locale: Locale,
    /// Where choices go.
    pub(crate) act: Actions,
}

/// What is known of the text.
#[derive(Clone, PartialEq)]
enum Answer {
    /// Nothing yet.
    None,
    /// It is being checked.
    Waiting,
    /// The linter could not be had.
    Failed(Rc<str>),
    /// What the linter says.
    Checked(Rc<Value>),
}

/// The page.
#[component]
pub(crate) fn CheckPage(props: &Props) -> Html {
    let locale = props.locale;
    let text = use_state_eq(|| Rc::<str>::from(""));
    let answer = use_state_eq(|| Answer::None);
    let refused = use_state_eq(|| None::<String>);
    let check = {
        let (text, answer, refused) = (text.clone(), answer.clone(), refused.clone());
        Callback::from(move |next: Rc<str>| {
            text.set(Rc::clone(&next));
            answer.set(Answer::Waiting);
            refused.set(None);
            let answer = answer.clone();
            spawn_local(async move {
                let said = parts::check_standard(&next).await.map_err(|error| browser::error_text(&error));
                let read = said.and_then(|json| serde_json::from_str(&json).map_err(|error| error.to_string()));
                answer.set(read.map_or_else(|problem| Answer::Failed(problem.into()), |value| Answer::Checked(Rc::new(value))));
            });
        })
    };
    let on_files = {
        let check = check.clone();
        Callback::from(move |files: Vec<(String, Vec<u8>)>| {
            if let Some((_, bytes)) = files.first() {
                // The linter says what is wrong with letters that are none.
                check.emit(String::from_utf8_lossy(bytes).into());
            }
        })
    };
    let on_text = {
        let check = check.clone();
        Callback::from(move |event: Event| {
            if let Some(area) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                check.emit(area.value().into());
            }
        })
    };
    let open = {
        let (text, act, refused) = (text.clone(), props.act.clone(), refused.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, act, refused) = (Rc::clone(&text), act.clone(), refused.clone());
            spawn_local(async move {
                if let Err(problem) = open_standard(locale, &act, &text).await {
                    refused.set(Some(problem));
                }
            });
        })
    };
    html! {
        <main id="content" class="check-page" tabindex="-1">
            <h1>{ locale.word(key::CHECK_TITLE) }</h1>
            <p>{ locale.word(key::CHECK_INTRO) }</p>
            <div class="card">
                <FileChooser id="standard-file" label={locale.word(key::CHECK_FILE)} hint={locale.word(key::FILE_DROP)} accept=".toml,text/plain" {on_files} />
                <label for="standard-text">{ locale.word(key::CHECK_TEXT) }</label>
                <textarea id="standard-text" rows="8" spellcheck="false" value={AttrValue::from(Rc::clone(&text))} onchange={on_text} />
            </div>
            if let Some(problem) = &*refused { <p class="notice error" role="alert">{ problem }</p> }
            { match &*answer {
                Answer::None => Html::default(),
                Answer::Waiting => html! { <p class="notice" aria-busy="true">{ locale.word(key::CHECKING) }</p> },
                Answer::Failed(problem) => html! {
                    <p class="notice error" role="alert">{ locale.fill(key::NOT_FETCHED, &[("what", locale.word(key::THE_STANDARD)), ("problem", problem)]) }</p>
                },
                Answer::Checked(value) => findings(locale, value, &open),
            } }
        </main>
    }
}

/// Keeps a sound standard and goes to it.
async fn open_standard(locale: Locale, act: &Actions, text: &str) -> Result<(), String> {
    let bytes = parts::pack_standard(text, locale).await.map_err(|error| browser::error_text(&error))?;
    let bundle =
        unpack_bundle(&bytes).ok_or_else(|| locale.fill(key::NOT_FETCHED, &[("what", locale.word(key::THE_STANDARD)), ("problem", "")]))?;
    let id = bundle.document.id.clone();
    if ENTRIES.iter().any(|entry| entry.id == id) {
        return Err(locale.fill(key::CHECK_ID_TAKEN, &[("id", &id)]));
    }
    storage::save_standard(&id, text.to_owned()).await.map_err(|trouble| locale.fill(key::SAVE_REFUSED, &[("reason", &trouble.0)]))?;
    // A person may load a corrected version.
    act.forget(&id);
    browser::set_hash(&Route::Assess(id, Tab::Fill).href());
    Ok(())
}

fn findings(locale: Locale, value: &Value, open: &Callback<MouseEvent>) -> Html {
    let findings = value.get("findings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_sound = value.get("is_sound").and_then(Value::as_bool).unwrap_or_default();
    let summary = if findings.is_empty() {
        locale.word(key::CHECK_SOUND).to_owned()
    } else {
        locale.fill(key::CHECK_FOUND, &[("count", &findings.len().to_string())])
    };
    html! {
        <section class="findings" aria-live="polite">
            <p class={classes!("notice", findings.is_empty().then_some("good"))}>
                { summary }
                if is_sound { <button type="button" class="quiet" onclick={open.clone()}>{ locale.word(key::CHECK_OPEN) }</button> }
            </p>
            { for findings.iter().map(|finding| html! { <article class={classes!("card", "finding", text(finding, "severity").to_owned())}>{ finding_body(locale, finding) }</article> }) }
        </section>
    }
}

fn finding_body(locale: Locale, finding: &Value) -> Html {
    let language = match locale {
        Locale::Zh => "zh",
        Locale::En => "en",
    };
    let sentence = |field: &str| finding.get(field).map(|sentence| text(sentence, language).to_owned()).unwrap_or_default();
    let number =
        |field: &str| finding.get(field).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok()).unwrap_or_default();
    let line = text(finding, "text");
    let (before, rest): (String, String) = (line.chars().take(number("column")).collect(), line.chars().skip(number("column")).collect());
    let (marked, after): (String, String) = (rest.chars().take(number("length")).collect(), rest.chars().skip(number("length")).collect());
    let place = locale.fill(key::CHECK_LINE, &[("line", &number("line").to_string())]);
    html! {
        <>
            <h3>{ sentence("what") }</h3>
            <p class="muted">{ place }{ " " }<code>{ text(finding, "rule") }</code></p>
            <pre class="source">{ before }<mark>{ marked }</mark>{ after }</pre>
            <p>{ sentence("why") }</p>
            <p><strong>{ locale.word(key::CHECK_HELP) }</strong>{ sentence("help") }</p>
        </>
    }
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}
