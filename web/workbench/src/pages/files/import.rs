//! Files in: one or several are read, what they would change is shown, and nothing changes before it is
//! confirmed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use dabiao_draft::change::apply;
use dabiao_draft::file::read_file;
use dabiao_draft::json::text;
use dabiao_draft::merge::{Merge, merge, part};
use dabiao_draft::{Change, migrate};
use dabiao_view::Locale;
use dabiao_view::words::key;
use dabiao_web::browser;
use dabiao_web::state::Work;
use gloo_timers::future::TimeoutFuture;
use serde_json::{Value, json};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::Props;
use super::changes::{name_of, value_of};
use crate::components::FileChooser;
use crate::office;

/// The encodings of a text that a person can choose between.
const ENCODINGS: [&str; 2] = ["utf-8", "gb18030"];

/// A file that was chosen: its name, its bytes, and the encoding it is to be read in, if one was chosen.
type Chosen = (String, Rc<[u8]>, Option<String>);

/// A file that was read.
#[derive(Clone, PartialEq)]
struct Source {
    name: String,
    bytes: Rc<[u8]>,
    /// The assessment with what the file says.
    record: Value,
    /// What the file was recognised as.
    recognized: String,
    /// What a person should look at, in words.
    problems: Vec<String>,
    /// How a text was understood, by figure.
    repairs: BTreeMap<String, String>,
    /// The encoding, if it is a text.
    encoding: Option<String>,
}

/// One entry that is not simply added.
#[derive(Clone, PartialEq)]
struct Question {
    changes: Vec<(Change, usize)>,
    /// Which of the changes is taken; none keeps what is there.
    chosen: Option<usize>,
}

#[derive(Clone, PartialEq)]
struct Preview {
    sources: Vec<Source>,
    additions: Vec<(Change, usize)>,
    questions: Vec<Question>,
}

#[derive(Clone, PartialEq)]
enum Step {
    Choose,
    Reading,
    Preview(Preview),
    /// What was written, and what is still to be looked at in the files.
    Applied(Rc<[Change]>, Rc<[Source]>),
}

thread_local! {
    /// The preview of the assessment with this id, for when its person comes back from another tab.
    static LEFT: RefCell<Option<(Rc<str>, Step)>> = const { RefCell::new(None) };
}

/// The way in.
#[component]
pub(crate) fn ImportCard(props: &Props) -> Html {
    let locale = props.locale;
    let step = use_state_eq(|| {
        let left = LEFT.take().filter(|(id, _)| *id == props.work.id);
        left.map_or(Step::Choose, |(_, step)| step)
    });
    {
        let id = Rc::clone(&props.work.id);
        use_effect_with((*step).clone(), move |step| {
            // What is being read is not there to come back to.
            LEFT.set((!matches!(step, Step::Choose | Step::Reading)).then(|| (id, step.clone())));
        });
    }
    {
        // What stands there now may have changed since.
        let step = step.clone();
        use_effect_with(Rc::clone(&props.work), move |work| {
            if let Step::Preview(shown) = &*step {
                let mut fresh = preview(work, shown.sources.clone());
                for question in &mut fresh.questions {
                    let same = |other: &&Question| other.entry() == question.entry();
                    question.chosen = shown.questions.iter().find(same).map_or(question.chosen, |other| other.chosen);
                }
                step.set(Step::Preview(fresh));
            }
        });
    }
    let read = {
        let (props, step) = (props.clone(), step.clone());
        Callback::from(move |files: Vec<Chosen>| {
            let (props, step) = (props.clone(), step.clone());
            step.set(Step::Reading);
            spawn_local(async move {
                let mut sources = Vec::new();
                for (name, bytes, encoding) in files {
                    sources.push(read_source(&props, name, bytes, encoding.as_deref()).await);
                }
                step.set(Step::Preview(preview(&props.work, sources)));
            });
        })
    };
    {
        // In the language of the page, as everything else.
        let (step, read) = (step.clone(), read.clone());
        use_effect_with(locale, move |_| {
            if let Step::Preview(shown) = &*step {
                let again = shown.sources.iter().map(|source| (source.name.clone(), Rc::clone(&source.bytes), source.encoding.clone()));
                read.emit(again.collect());
            }
        });
    }
    let on_files = {
        let read = read.clone();
        Callback::from(move |files: Vec<(String, Vec<u8>)>| {
            read.emit(files.into_iter().map(|(name, bytes)| (name, bytes.into(), None)).collect());
        })
    };
    let body = match (*step).clone() {
        Step::Choose => Html::default(),
        Step::Reading => html! { <p aria-busy="true">{ locale.word(key::FILE_WORKING) }</p> },
        Step::Preview(preview) => preview_body(props, &preview, &step, &read),
        Step::Applied(written, sources) => {
            let take_back = {
                let (props, step, written) = (props.clone(), step.clone(), Rc::clone(&written));
                Callback::from(move |_: MouseEvent| {
                    // What was changed elsewhere since stays.
                    let now = props.work.record();
                    let mut record = now.clone();
                    let back: Vec<Change> = written.iter().rev().map(Change::reversed).collect();
                    apply(&mut record, &back);
                    props.act.rebase(now, record);
                    step.set(Step::Choose);
                })
            };
            html! {
                <>
                    <p class="notice good" role="status" id="import-done" tabindex="-1">
                        { locale.fill(key::IMPORT_APPLIED, &[("count", &written.len().to_string())]) }{ " " }
                        <button type="button" class="quiet" onclick={take_back}>{ locale.word(key::IMPORT_TAKE_BACK) }</button>
                    </p>
                    { for sources.iter().filter(|source| !source.problems.is_empty()).map(|source| html! {
                        <div class="source"><p><strong>{ &source.name }</strong></p>{ problems_body(locale, source) }</div>
                    }) }
                </>
            }
        }
    };
    html! {
        <section class="card import">
            <h2>{ locale.word(key::FILES_IN) }</h2>
            <p class="muted">{ locale.word(key::IMPORT_WHAT) }</p>
            <FileChooser
                id="import-file" label={locale.word(key::IMPORT_CHOOSE)} hint={locale.word(key::FILE_DROP)} multiple=true
                accept=".xlsx,.csv,.txt,.json,.xls,.et" {on_files}
            />
            { body }
        </section>
    }
}

fn preview(work: &Work, sources: Vec<Source>) -> Preview {
    // Only what the standard asks for: of the rest nobody could say what it means.
    let standard = &work.document.standard;
    let figures: Vec<&str> = standard.figures().iter().map(|figure| figure.id.as_str()).collect();
    let clauses: Vec<&str> = standard.clauses().iter().map(|clause| clause.id.as_str()).collect();
    let records: Vec<Value> = sources.iter().map(|source| part(&source.record, &figures, &clauses)).collect();
    let Merge { additions, conflicts } = merge(&part(&work.record(), &figures, &clauses), &records);
    let mut questions: Vec<Question> = Vec::new();
    for conflict in conflicts {
        let same = |question: &&mut Question| {
            question
                .changes
                .first()
                .is_some_and(|(first, _)| (&first.table, &first.entry) == (&conflict.change.table, &conflict.change.entry))
        };
        match questions.iter_mut().find(same) {
            Some(question) => question.changes.push((conflict.change, conflict.source)),
            None => questions.push(Question { changes: vec![(conflict.change, conflict.source)], chosen: None }),
        }
    }
    // Whoever reads in one file wants what it says; between several a person has to choose.
    if sources.len() == 1 {
        questions.iter_mut().for_each(|question| question.chosen = Some(0));
    }
    Preview { sources, additions, questions }
}

fn preview_body(props: &Props, preview: &Preview, step: &UseStateHandle<Step>, read: &Callback<Vec<Chosen>>) -> Html {
    let (locale, document) = (props.locale, &props.work.document);
    let taken: Vec<Change> =
        preview.additions.iter().map(|(change, _)| change.clone()).chain(preview.questions.iter().filter_map(Question::taken)).collect();
    let write = {
        let (props, step, taken, sources) = (props.clone(), step.clone(), taken.clone(), preview.sources.clone());
        Callback::from(move |_: MouseEvent| {
            let now = props.work.record();
            let mut record = now.clone();
            apply(&mut record, &taken);
            if let Some(fields) = record.as_object_mut() {
                fields.insert("touched".to_owned(), true.into());
            }
            props.act.rebase(now, record);
            step.set(Step::Applied(taken.clone().into(), sources.clone().into()));
            // The button that had the focus is gone.
            spawn_local(async {
                TimeoutFuture::new(50).await;
                browser::focus("import-done");
            });
        })
    };
    let cancel = {
        let step = step.clone();
        Callback::from(move |_: MouseEvent| step.set(Step::Choose))
    };
    let source_name = |source: usize| preview.sources.get(source).map(|source| source.name.clone()).unwrap_or_default();
    let repair = |change: &Change, source: usize| {
        preview.sources.get(source).and_then(|source| source.repairs.get(&change.entry)).cloned().unwrap_or_default()
    };
    let heads = [key::CHANGE_WHAT, key::CHANGE_NOW, key::CHANGE_THEN, key::CHANGE_FROM];
    html! {
        <div class="preview">
            { for preview.sources.iter().enumerate().map(|(index, source)| source_body(locale, preview, index, source, read)) }
            if preview.additions.is_empty() && preview.questions.is_empty() {
                if preview.sources.iter().all(|source| source.problems.is_empty()) { <p>{ locale.word(key::IMPORT_NOTHING) }</p> }
            } else {
                <div class="scroll" tabindex="0" role="region" aria-label={locale.word(key::FILES_IN)}>
                    <table>
                        <thead><tr>{ for heads.map(|word| html! { <th scope="col">{ locale.word(word) }</th> }) }</tr></thead>
                        <tbody>
                            { for preview.questions.iter().enumerate().map(|(index, question)| question_row(props, preview, index, question, step)) }
                            { for preview.additions.iter().map(|(change, source)| html! {
                                <tr>
                                    <th scope="row">{ name_of(locale, document, change) }</th>
                                    <td class="muted" data-label={locale.word(key::CHANGE_NOW)}>{ value_of(locale, document, change, &change.before) }</td>
                                    <td data-label={locale.word(key::CHANGE_THEN)}>{ value_of(locale, document, change, &change.after) }if !repair(change, *source).is_empty() { <br /><span class="muted">{ repair(change, *source) }</span> }</td>
                                    <td class="muted" data-label={locale.word(key::CHANGE_FROM)}>{ source_name(*source) }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            }
            <p class="preview-actions">
                if !taken.is_empty() {
                    <button type="button" class="primary" onclick={write}>{ locale.fill(key::IMPORT_WRITE, &[("count", &taken.len().to_string())]) }</button>
                }
                <button type="button" class="quiet" onclick={cancel}>{ locale.word(key::CANCEL) }</button>
            </p>
        </div>
    }
}

/// What a file was recognised as, and what a person should look at.
fn source_body(locale: Locale, preview: &Preview, index: usize, source: &Source, read: &Callback<Vec<Chosen>>) -> Html {
    let on_encoding = {
        let (preview, read) = (preview.clone(), read.clone());
        Callback::from(move |event: Event| {
            let chosen = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()).map(|select| select.value());
            let again = preview.sources.iter().enumerate().map(|(position, source)| {
                let encoding = if position == index { chosen.clone() } else { source.encoding.clone() };
                (source.name.clone(), Rc::clone(&source.bytes), encoding)
            });
            read.emit(again.collect());
        })
    };
    html! {
        <div class="source">
            <p><strong>{ &source.name }</strong>{ " " }<span class="muted">{ &source.recognized }</span></p>
            if let Some(encoding) = &source.encoding {
                <p>
                    <label for={format!("encoding-{index}")}>{ locale.word(key::IMPORT_TEXT_ENCODING) }</label>
                    <select id={format!("encoding-{index}")} onchange={on_encoding}>
                        { for ENCODINGS.map(|id| html! { <option value={id} selected={id == encoding}>{ id.to_uppercase() }</option> }) }
                        if !ENCODINGS.contains(&encoding.as_str()) { <option value={encoding.clone()} selected=true>{ encoding.to_uppercase() }</option> }
                    </select>
                </p>
            }
            if !source.problems.is_empty() { { problems_body(locale, source) } }
        </div>
    }
}

fn problems_body(locale: Locale, source: &Source) -> Html {
    html! {
        <div class="notice warning" role="alert">
            <p>{ locale.fill(key::IMPORT_PROBLEMS, &[("count", &source.problems.len().to_string())]) }</p>
            <ul>{ for source.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
        </div>
    }
}

/// An entry with a choice between what is there and what the files say.
fn question_row(props: &Props, preview: &Preview, index: usize, question: &Question, step: &UseStateHandle<Step>) -> Html {
    let (locale, document) = (props.locale, &props.work.document);
    let Some((first, _)) = question.changes.first() else { return Html::default() };
    let onchange = {
        let (preview, step) = (preview.clone(), step.clone());
        Callback::from(move |event: Event| {
            let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            let chosen = select.and_then(|select| select.value().parse().ok());
            let mut preview = preview.clone();
            if let Some(question) = preview.questions.get_mut(index) {
                question.chosen = chosen;
            }
            step.set(Step::Preview(preview));
        })
    };
    let source_name = |source: usize| preview.sources.get(source).map(|source| source.name.as_str()).unwrap_or_default();
    let name = name_of(locale, document, first);
    html! {
        <tr class="question">
            <th scope="row">{ &name }</th>
            <td data-label={locale.word(key::CHANGE_NOW)}>{ value_of(locale, document, first, &first.before) }</td>
            <td colspan="2" data-label={locale.word(key::CHANGE_THEN)}>
                <select aria-label={name.clone()} {onchange}>
                    <option value="" selected={question.chosen.is_none()}>{ locale.word(key::IMPORT_KEEP) }</option>
                    { for question.changes.iter().enumerate().map(|(position, (change, source))| html! {
                        <option value={position.to_string()} selected={question.chosen == Some(position)}>
                            { locale.fill(key::IMPORT_TAKE, &[("value", &value_of(locale, document, change, &change.after)), ("source", source_name(*source))]) }
                        </option>
                    }) }
                </select>
            </td>
        </tr>
    }
}

impl Question {
    fn entry(&self) -> Option<(&str, &str)> {
        self.changes.first().map(|(change, _)| (change.table.as_str(), change.entry.as_str()))
    }

    fn taken(&self) -> Option<Change> {
        self.changes.get(self.chosen?).map(|(change, _)| change.clone())
    }
}

/// Reads one file; whatever goes wrong is a problem in words.
async fn read_source(props: &Props, name: String, bytes: Rc<[u8]>, encoding: Option<&str>) -> Source {
    let locale = props.locale;
    let mut source = Source {
        name,
        bytes,
        record: Value::Null,
        recognized: String::new(),
        problems: Vec::new(),
        repairs: BTreeMap::new(),
        encoding: None,
    };
    if source.name.to_ascii_lowercase().ends_with(".json") {
        match project_record(props, &source) {
            Ok(record) => {
                let wrong = wrong_entries(&record);
                if wrong > 0 {
                    source.problems.push(locale.fill(key::IMPORT_WRONG_TYPES, &[("count", &wrong.to_string())]));
                }
                source.record = record;
                locale.word(key::FILE_PROJECT).clone_into(&mut source.recognized);
            }
            Err(problem) => source.problems.push(problem),
        }
        return source;
    }
    match office::read(&props.packed, &source.bytes, &source.name, encoding, locale).await {
        Err(problem) => source.problems.push(problem),
        Ok(json) => {
            let said: Value = serde_json::from_str(&json).unwrap_or_default();
            let results = [Locale::Zh, Locale::En].map(|locale| locale.word(key::WORKBOOK_FIGURES));
            let is_table = said.get("template").is_some_and(|template| text(template, "kind") == "table");
            if is_table && list(&said, "answers").first().is_some_and(|answer| results.contains(&text(answer, "sheet"))) {
                // Its numbers are what was understood, not what was typed.
                source.problems.push(locale.fill(key::IMPORT_RESULT_WORKBOOK, &[("name", &source.name)]));
                return source;
            }
            source.record = answered(&props.work, &said);
            said.get("template").map_or("", |template| text(template, "text")).clone_into(&mut source.recognized);
            source.problems = list(&said, "problems").iter().map(|problem| text(problem, "text").to_owned()).collect();
            source.repairs = list(&said, "answers")
                .iter()
                .map(|answer| (text(answer, "figure").to_owned(), text(answer, "repaired").to_owned()))
                .collect();
            source.encoding = said.get("encoding").and_then(Value::as_str).map(str::to_owned);
        }
    }
    source
}

fn project_record(props: &Props, source: &Source) -> Result<Value, String> {
    let locale = props.locale;
    let text_of_file = std::str::from_utf8(&source.bytes).ok();
    let file = text_of_file.and_then(read_file).ok_or_else(|| locale.fill(key::IMPORT_NO_PROJECT, &[("name", &source.name)]))?;
    let record = migrate(file.record).map_err(|_| locale.fill(key::IMPORT_NO_PROJECT, &[("name", &source.name)]))?;
    if text(&record, "standard") == props.work.document.id {
        Ok(record)
    } else {
        Err(locale.fill(key::IMPORT_PROJECT_ELSEWHERE, &[("name", &source.name), ("standard", text(&record, "standard"))]))
    }
}

/// How many entries of a project file are not what such entries are.
fn wrong_entries(record: &Value) -> usize {
    let count = |table: &str, is_right: fn(&Value) -> bool| match record.get(table) {
        None => 0,
        Some(Value::Object(entries)) => entries.values().filter(|entry| !is_right(entry)).count(),
        Some(_) => 1,
    };
    count("figures", Value::is_string).saturating_add(count("clauses", Value::is_object))
}

/// The assessment with what a sheet says of figures and clauses. A remark beside a figure becomes part of
/// the note of the first clause that needs it.
fn answered(work: &Work, said: &Value) -> Value {
    let (mut record, standard) = (work.record(), &work.document.standard);
    let mut changes = Vec::new();
    let change =
        |table: &str, entry: &str, after: Value| Change { table: table.to_owned(), entry: entry.to_owned(), before: Value::Null, after };
    let mut remarks: BTreeMap<String, String> = BTreeMap::new();
    for answer in list(said, "answers") {
        changes.push(change("figures", text(answer, "figure"), text(answer, "text").into()));
        let dependents = standard.find_figure(text(answer, "figure")).and_then(|figure| standard.dependents(figure));
        let clause = dependents.and_then(|dependents| standard.clause(*dependents.clauses.first()?));
        if let Some(clause) = clause.filter(|_| !text(answer, "remark").is_empty()) {
            let before = record.get("clauses").and_then(|clauses| clauses.get(&clause.id)).map_or("", |entry| text(entry, "note"));
            let note = remarks.entry(clause.id.clone()).or_insert_with(|| before.to_owned());
            if !note.contains(text(answer, "remark")) {
                let separator = if note.is_empty() { "" } else { "\n" };
                *note = format!("{note}{separator}{}", text(answer, "remark"));
            }
        }
    }
    for (id, note) in remarks {
        let before = record.get("clauses").and_then(|clauses| clauses.get(&id)).cloned();
        changes.push(change("clauses", &id, clause_entry(before, &json!({ "note": note }))));
    }
    apply(&mut record, &changes);
    changes.clear();
    for answer in list(said, "clauses") {
        let id = text(answer, "clause");
        let before = record.get("clauses").and_then(|clauses| clauses.get(id)).cloned();
        changes.push(change("clauses", id, clause_entry(before, answer)));
    }
    apply(&mut record, &changes);
    record
}

/// The entry of a clause with what a sheet says of it; what it does not say stays.
fn clause_entry(before: Option<Value>, answer: &Value) -> Value {
    let mut entry = before.unwrap_or_else(|| json!({ "not_applicable": false, "reason": "", "reading": "", "note": "", "evidence": [] }));
    let evidence: Vec<Value> = list(answer, "evidence")
        .iter()
        .enumerate()
        .map(|(position, said)| {
            let known = entry.get("evidence").and_then(|list| list.get(position)).filter(|known| text(known, "name") == text(said, "name"));
            let mut evidence = known.cloned().unwrap_or_else(|| json!({ "link": "" }));
            for field in ["name", "number", "date"] {
                if let Some(fields) = evidence.as_object_mut() {
                    fields.insert(field.to_owned(), text(said, field).into());
                }
            }
            evidence
        })
        .collect();
    if let Some(fields) = entry.as_object_mut() {
        for field in ["not_applicable", "reason", "note"] {
            if let Some(value) = answer.get(field).filter(|value| !value.is_null()) {
                fields.insert(field.to_owned(), value.clone());
            }
        }
        if !evidence.is_empty() {
            fields.insert("evidence".to_owned(), evidence.into());
        }
    }
    entry
}

fn list<'a>(record: &'a Value, field: &str) -> &'a [Value] {
    record.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
