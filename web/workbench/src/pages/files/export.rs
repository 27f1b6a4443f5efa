//! Files out: the project, sheets to fill in, results, the report.

use dabiao_catalog::Document;
use dabiao_catalog::builtin::ENTRIES;
use dabiao_draft::file::{ProjectFile, canonical_result, file_text, hash};
use dabiao_draft::json::printed;
use dabiao_view::Locale;
use dabiao_view::words::{Word, key};
use dabiao_web::state::Work;
use dabiao_web::{browser, storage};
use gloo_timers::future::TimeoutFuture;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Props;
use super::paper::Paper;
use crate::app::plan_id;
use crate::office::{self, Export};
use crate::planned;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A file of the office module.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Report,
    Workbook,
    Template,
    Csv { gb: bool },
}

/// How far an export is.
#[derive(Clone, PartialEq)]
enum Status {
    Idle,
    Working,
    Done(String),
    /// The report on paper, below.
    Shown(Value),
    Failed(String),
}

/// The ways out.
#[component]
pub(crate) fn ExportCard(props: &Props) -> Html {
    let (work, locale) = (&props.work, props.locale);
    let status = use_state_eq(|| Status::Idle);
    let department = use_state_eq(|| None::<u32>);
    {
        // What is on paper is what was there when it was made.
        let status = status.clone();
        use_effect_with((work.version, locale), move |_| {
            if matches!(*status, Status::Shown(_)) {
                status.set(Status::Idle);
            }
        });
    }
    let write = |kind: Kind, word: Word, mime: &'static str, extension: &'static str| {
        let (props, status, department) = (props.clone(), status.clone(), *department);
        Callback::from(move |_: MouseEvent| {
            let (props, status) = (props.clone(), status.clone());
            status.set(Status::Working);
            spawn_local(async move {
                let (work, locale) = (&props.work, props.locale);
                let what = match (kind, department) {
                    (Kind::Template, Some(department)) => {
                        let name = work.document.departments.get(department as usize).map_or("", |name| locale.text(name));
                        format!("{}-{name}", locale.word(word))
                    }
                    (Kind::Csv { .. }, _) => locale.word(key::FILE_CSV_NAME).to_owned(),
                    _ => locale.word(word).to_owned(),
                };
                let name = file_name(work, &what, extension);
                let plan = if kind == Kind::Report { plan_in_words(work, locale).await } else { None };
                let export = match kind {
                    Kind::Report => Export::Report(plan.as_deref()),
                    Kind::Workbook => Export::Workbook,
                    Kind::Template => Export::Template(department),
                    Kind::Csv { gb } => Export::Csv { gb },
                };
                let written = office::write(export, &props.packed, &draft_text(work), &today(), locale).await;
                status.set(match written {
                    Ok(bytes) => {
                        browser::download_bytes(&name, mime, &bytes);
                        Status::Done(name)
                    }
                    Err(problem) => Status::Failed(problem),
                });
            });
        })
    };
    let show_paper = {
        let (props, status) = (props.clone(), status.clone());
        Callback::from(move |_: MouseEvent| {
            let (props, status) = (props.clone(), status.clone());
            status.set(Status::Working);
            spawn_local(async move {
                let (work, locale) = (&props.work, props.locale);
                let plan = plan_in_words(work, locale).await;
                let report = office::paper(plan.as_deref(), &props.packed, &draft_text(work), &today(), locale).await;
                let report = report.and_then(|report| serde_json::from_str(&report).map_err(|error| error.to_string()));
                status.set(match report {
                    Ok(report) => Status::Shown(report),
                    Err(problem) => Status::Failed(problem),
                });
                // Below everything else on this card.
                TimeoutFuture::new(50).await;
                browser::focus("print-report");
            });
        })
    };
    let project = {
        let (work, status) = (work.clone(), status.clone());
        Callback::from(move |_: MouseEvent| {
            let (work, status) = (work.clone(), status.clone());
            spawn_local(async move {
                let name = file_name(&work, locale.word(key::FILE_PROJECT), "dabiao.json");
                browser::download(&name, "application/json", &project_text(&work).await);
                status.set(Status::Done(name));
            });
        })
    };
    let on_department = {
        let department = department.clone();
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            department.set(select.and_then(|select| select.value().parse().ok()));
        })
    };
    let on_close = {
        let status = status.clone();
        Callback::from(move |_: MouseEvent| status.set(Status::Idle))
    };
    let button = |word: Word, what: Word, onclick: Callback<MouseEvent>| {
        let disabled = *status == Status::Working;
        html! {
            <li>
                <button type="button" class="quiet" {onclick} {disabled}>{ locale.word(word) }</button>
                <span class="muted">{ locale.word(what) }</span>
            </li>
        }
    };
    html! {
        <section class="card export">
            <h2>{ locale.word(key::FILES_OUT) }</h2>
            <h3>{ locale.word(key::FILES_HAND_IN) }</h3>
            <ul class="file-list">
                { button(key::FILE_REPORT, key::FILE_REPORT_WHAT, write(Kind::Report, key::FILE_REPORT, DOCX, "docx")) }
                { button(key::FILE_PAPER, key::FILE_PAPER_WHAT, show_paper) }
                { button(key::FILE_WORKBOOK, key::FILE_WORKBOOK_WHAT, write(Kind::Workbook, key::FILE_WORKBOOK, XLSX, "xlsx")) }
            </ul>
            <h3>{ locale.word(key::FILES_COLLECT) }</h3>
            <ul class="file-list">
                { button(key::FILE_TEMPLATE, key::FILE_TEMPLATE_WHAT, write(Kind::Template, key::FILE_TEMPLATE, XLSX, "xlsx")) }
                <li class="sub">
                    <label for="template-department">{ locale.word(key::FILE_TEMPLATE_FOR) }</label>
                    <select id="template-department" onchange={on_department}>
                        <option value="" selected={department.is_none()}>{ locale.word(key::FILE_TEMPLATE_WHOLE) }</option>
                        { for work.document.departments.iter().zip(0_u32..).map(|(name, position)| html! {
                            <option value={position.to_string()} selected={*department == Some(position)}>{ locale.text(name) }</option>
                        }) }
                    </select>
                </li>
            </ul>
            <h3>{ locale.word(key::FILES_KEEP) }</h3>
            <ul class="file-list">
                { button(key::FILE_PROJECT, key::FILE_PROJECT_WHAT, project) }
                { button(key::FILE_CSV, key::FILE_CSV_WHAT, write(Kind::Csv { gb: false }, key::FILE_CSV, "text/csv", "csv")) }
                { button(key::FILE_CSV_GB, key::FILE_CSV_GB_WHAT, write(Kind::Csv { gb: true }, key::FILE_CSV_GB, "text/csv", "csv")) }
            </ul>
            <p role="status">
                { match &*status {
                    Status::Working => locale.word(key::FILE_WORKING).to_owned(),
                    Status::Done(name) => locale.fill(key::FILE_DONE, &[("name", name)]),
                    Status::Idle | Status::Shown(_) | Status::Failed(_) => String::new(),
                } }
            </p>
            if let Status::Failed(problem) = &*status {
                <p class="notice error" role="alert">{ locale.fill(key::FILE_FAILED, &[("problem", problem)]) }</p>
            }
            if let Status::Shown(report) = &*status { <Paper report={report.clone()} {locale} {on_close} /> }
        </section>
    }
}

/// The plan that was found for the assessment as it is, if one is kept.
async fn plan_in_words(work: &Work, locale: Locale) -> Option<String> {
    // Without it the report names the nearest misses instead.
    let record = storage::load_plan(&plan_id(work)).await.ok().flatten()?;
    planned::in_words(locale, work, &record)
}

fn draft_text(work: &Work) -> String {
    printed(&work.record())
}

fn today() -> String {
    browser::date_text(browser::now())
}

/// The project file of an assessment.
async fn project_text(work: &Work) -> String {
    let standard_hash = standard_hash(&work.document).await;
    let result = canonical_result(&work.document.standard, &standard_hash, work.draft.level, work.assessment.report());
    file_text(&ProjectFile {
        record: work.record(),
        // Without it the file still holds the assessment.
        plan: storage::load_plan(&plan_id(work)).await.unwrap_or_default(),
        product: env!("CARGO_PKG_VERSION").to_owned(),
        certificate: hash(&result),
        standard_hash,
    })
}

/// SHA-256 of a standard: built in, or of the file that was loaded; empty if neither can be had.
pub(crate) async fn standard_hash(document: &Document) -> String {
    match ENTRIES.iter().find(|entry| entry.id == document.id) {
        Some(entry) => entry.hash.to_owned(),
        None => storage::load_standard(&document.id).await.ok().flatten().map(|text| hash(&text)).unwrap_or_default(),
    }
}

/// The place or the standard, and what it is.
fn file_name(work: &Work, what: &str, extension: &str) -> String {
    let place = if work.draft.title.is_empty() { &work.document.name.zh } else { &*work.draft.title };
    // What file systems do not take in a name.
    let place: String =
        place.chars().map(|letter| if letter.is_control() || r#"\/:*?"<>|"#.contains(letter) { ' ' } else { letter }).collect();
    format!("{}-{what}.{extension}", place.trim().chars().take(60).collect::<String>())
}
