//! Spreadsheets in and out: every template of every standard filled in by another program, and files
//! that are broken, hostile or not what they say.
//!
//! `office/fill.py` fills in the templates and says what must be read; `office/hostile.py` makes the
//! bad files. Both use nothing but Python's standard library and none of the code that is tested.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use dabiao_catalog::pack::{Language, pack_bundle};
use dabiao_catalog::{Document, builtin};
use dabiao_core::standard::Level;
use dabiao_core::{DepartmentIndex, Exact, FigureIndex, FigureKind, Value, parse_entry};
use dabiao_draft::{ClauseDraft, Draft, Evidence, draft_record, read_draft};
use dabiao_office::face;
use dabiao_office::guard::{Admitted, admit};
use dabiao_office::import::import;
use dabiao_office::layout::fingerprint;
use dabiao_office::scope;
use dabiao_office::sheet::read_book;
use dabiao_office::table::{Encoding, read_table, write_table};
use dabiao_office::template::{Made, template};
use dabiao_office::words::problem_text;
use dabiao_view::Locale;
use serde_json::{Value as Json, json};

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("office").join(name)
}

/// An empty folder for the files of a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("office").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the folder of the last run");
    }
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn python(arguments: &[&Path]) -> String {
    let output = Command::new("python3").args(arguments).output().expect("python3 is needed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn made(document: &Document) -> Made {
    Made { version: "0".into(), standard_hash: fingerprint(document) }
}

/// Every template of every standard at every level it has, and what its figures are.
fn write_templates(folder: &Path, documents: &[Document]) {
    let mut figures = BTreeMap::new();
    for document in documents {
        let standard = &document.standard;
        let of_standard: BTreeMap<&str, Json> = standard
            .figures()
            .iter()
            .map(|figure| {
                let text = |bound: Option<Exact>| bound.map(|bound| bound.to_string());
                let record = match figure.kind {
                    FigureKind::YesNo => json!({ "unit": "yes_no" }),
                    FigureKind::Number { unit, min, max } => json!({ "unit": unit.id(), "min": text(min), "max": text(max) }),
                };
                (figure.id.as_str(), record)
            })
            .collect();
        figures.insert(document.id.as_str(), of_standard);
        let departments = (0..).map(DepartmentIndex).take(standard.departments().len()).map(Some);
        for scope in std::iter::once(None).chain(departments) {
            if scope::figures(document, standard.level(), scope).is_empty() {
                continue;
            }
            let name = scope.map_or("all", |scope| standard.departments()[scope.0 as usize].as_str());
            let locale = if scope.is_some_and(|scope| scope.0 % 5 == 4) { Locale::En } else { Locale::Zh };
            let bytes = template(document, &Draft::empty(standard), scope, standard.level(), locale, &made(document)).expect("a template");
            std::fs::write(folder.join(format!("{}={name}.xlsx", document.id)), bytes).expect("a template");
        }
    }
    std::fs::write(folder.join("figures.json"), json!(figures).to_string()).expect("figures");
}

/// Reads the filled workbooks of a folder; every answer must arrive. Answers how many files and answers.
fn check_filled(folder: &Path, filled: &str, documents: &[Document]) -> (usize, usize) {
    let expected: BTreeMap<String, Json> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).expect("expected")).expect("expected");
    let (mut files, mut answers, mut wrong) = (0, 0, Vec::new());
    for (file, expected) in &expected {
        let path = folder.join(filled).join(file);
        if !path.exists() {
            continue;
        }
        files += 1;
        let document = documents.iter().find(|document| file.starts_with(&format!("{}=", document.id))).expect("a standard");
        let standard = &document.standard;
        let book = read_book(&std::fs::read(path).expect("a workbook"), file, None).unwrap_or_else(|problem| panic!("{file}: {problem:?}"));
        let import = import(document, &book.sheets, &fingerprint(document));
        wrong.extend(import.problems.iter().map(|problem| format!("{file}: {}", problem_text(Locale::Zh, document, problem))));
        let wanted = expected["figures"].as_object().expect("figures");
        answers += wanted.len();
        for (id, wanted) in wanted {
            let figure = standard.find_figure(id).expect("a figure");
            let Some(answer) = import.answers.iter().find(|answer| answer.figure == figure) else {
                wrong.push(format!("{file}: {id} did not arrive"));
                continue;
            };
            let entry = parse_entry(&answer.text, standard.figure(figure).expect("a figure")).expect("understood").expect("known");
            let number = |name: &str| wanted[name].as_str().expect("a number").parse::<Exact>().expect("a number");
            let is_right = match (wanted.get("yes").and_then(Json::as_bool), entry.value) {
                (Some(yes), Value::YesNo(answer)) => yes == answer,
                (None, value) => value.range().is_some_and(|range| (range.low(), range.high()) == (number("low"), number("high"))),
                _ => false,
            };
            if !is_right || wanted["remark"] != answer.remark.as_str() {
                wrong.push(format!("{file}: {}!{} {id}: {:?} and not {wanted}", answer.sheet, answer.cell, answer.text));
            }
        }
        let clauses = expected["clauses"].as_object().expect("clauses");
        if import.answers.len() != wanted.len() || import.clauses.len() != clauses.len() {
            wrong.push(format!("{file}: {} answers and {} clauses", import.answers.len(), import.clauses.len()));
        }
        for (id, wanted) in clauses {
            let clause = standard.find_clause(id).expect("a clause");
            let answer = import.clauses.iter().find(|answer| answer.clause == clause);
            let is_right = answer.is_some_and(|answer| {
                answer.not_applicable == Some(true)
                    && wanted["reason"].as_str() == answer.reason.as_deref()
                    && wanted["note"].as_str() == answer.note.as_deref()
                    && answer.evidence.len() == 1
                    && wanted["number"] == answer.evidence[0].number.as_str()
                    && answer.evidence[0].date == "2021-12-31"
            });
            if !is_right {
                wrong.push(format!("{file}: clause {id}: {answer:?} and not {wanted}"));
            }
        }
    }
    let head = wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} wrong:\n{head}", wrong.len());
    (files, answers)
}

#[test]
fn every_answer_of_every_filled_template_arrives() {
    let documents = builtin::standards().expect("standards");
    let folder = folder("filled-by-python");
    write_templates(&folder, &documents);
    println!("{}", python(&[&script("fill.py"), &folder]));
    let (files, answers) = check_filled(&folder, "filled", &documents);
    println!("{files} workbooks, {answers} answers, all as written");
    assert!(files > 100, "every standard, whole and by department: {files}");
}

/// Needs LibreOffice Calc: `cargo test -p dabiao-tests --test office_import -- --ignored --nocapture`.
#[test]
#[ignore = "needs LibreOffice"]
fn every_answer_survives_libreoffice() {
    let documents = builtin::standards().expect("standards");
    let folder = folder("through-libreoffice");
    write_templates(&folder, &documents);
    python(&[&script("fill.py"), &folder]);
    println!("{}", python(&[&script("libreoffice_round_trip.py"), &folder]));
    let (files, answers) = check_filled(&folder, "opened", &documents);
    println!("{files} workbooks, {answers} answers, all as written");
    assert!(files >= documents.len());
}
