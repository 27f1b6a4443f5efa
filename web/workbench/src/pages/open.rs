//! Opens a project file as an assessment of its own, and says whether the same result comes out as where
//! it was saved.

use dabiao_draft::file::{ProjectFile, read_file};
use dabiao_draft::json::{object, text};
use dabiao_draft::ledger::Ledger;
use dabiao_draft::{Refused, migrate};
use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::route::{Route, Tab, copy_id};
use dabiao_web::storage::store;
use dabiao_web::{browser, storage};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::actions::Actions;
use crate::components::FileChooser;

/// What is shown.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// The language of the page.
    pub(crate) locale: Locale,
    /// The way to the app.
    pub(crate) act: Actions,
}

/// The page.
#[component]
pub(crate) fn OpenPage(props: &Props) -> Html {
    let locale = props.locale;
    let problem = use_state_eq(|| None::<String>);
    let on_files = {
        let (problem, act) = (problem.clone(), props.act.clone());
        Callback::from(move |files: Vec<(String, Vec<u8>)>| {
            let (problem, act) = (problem.clone(), act.clone());
            // What was wrong with the file before says nothing of this one.
            problem.set(None);
            spawn_local(async move {
                let Some((name, bytes)) = files.into_iter().next() else { return };
                match open(locale, &name, &bytes).await {
                    Ok(id) => {
                        act.close();
                        browser::set_hash(&Route::Assess(id, Tab::Files).href());
                    }
                    Err(said) => problem.set(Some(said)),
                }
            });
        })
    };
    html! {
        <main id="content" class="open-page" tabindex="-1">
            <h1>{ locale.word(key::OPEN_TITLE) }</h1>
            <p>{ locale.word(key::OPEN_WHAT) }</p>
            <div class="card">
                <FileChooser id="project-file" label={locale.word(key::OPEN_CHOOSE)} hint={locale.word(key::FILE_DROP)} accept=".json,application/json" {on_files} />
            </div>
            if let Some(problem) = &*problem { <p class="notice error" role="alert">{ problem }</p> }
        </main>
    }
}

/// Keeps the assessment of a file under an id of its own; its id.
async fn open(locale: Locale, name: &str, bytes: &[u8]) -> Result<String, String> {
    let no_project = || locale.fill(key::IMPORT_NO_PROJECT, &[("name", name)]);
    let file = std::str::from_utf8(bytes).ok().and_then(read_file).ok_or_else(no_project)?;
    keep(locale, name, file).await
}

/// Keeps an assessment under an id of its own; its id.
pub(crate) async fn keep(locale: Locale, name: &str, file: ProjectFile) -> Result<String, String> {
    let refused = |trouble: store::Trouble| locale.fill(key::SAVE_REFUSED, &[("reason", &trouble.0)]);
    let record = migrate(file.record).map_err(|refused| match refused {
        Refused::Later(_) => locale.fill(key::OPEN_LATER, &[("name", name)]),
        Refused::NotARecord => locale.fill(key::IMPORT_NO_PROJECT, &[("name", name)]),
    })?;
    let standard = text(&record, "standard").to_owned();
    let is_known = dabiao_catalog::builtin::ENTRIES.iter().any(|entry| entry.id == standard)
        || storage::load_standard(&standard).await.map_err(refused)?.is_some();
    if !is_known {
        return Err(locale.fill(key::OPEN_NO_STANDARD, &[("name", name), ("standard", &standard)]));
    }
    let mut number = 1;
    loop {
        let id = if number == 1 { standard.clone() } else { copy_id(&standard, number) };
        let (batch, _) = Ledger::new(&id, record.clone()).write(browser::now());
        if store::commit(batch).await.map_err(refused)? {
            if let Some(plan) = &file.plan {
                let sample = text(&record, "sample");
                let plan_id = if sample.is_empty() { id.clone() } else { format!("{id}@{sample}") };
                storage::save_plan(&plan_id, plan).await.map_err(refused)?;
            }
            let said = object([("certificate", file.certificate.as_str().into()), ("standard_hash", file.standard_hash.as_str().into())]);
            storage::save_certificate(&id, &said).await.map_err(refused)?;
            return Ok(id);
        }
        number += 1;
    }
}
