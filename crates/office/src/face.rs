//! Figures in and out for pages: bytes and JSON texts on both sides.

use dabiao_catalog::{Bundle, pack::unpack_bundle};
use dabiao_core::{DepartmentIndex, FigureKind};
use dabiao_draft::{Draft, read_draft};
use dabiao_view::Locale;
use dabiao_view::number::unit_name;
use dabiao_view::words::key;
use serde_json::{Value, json};

use crate::import::{Answer, ClauseAnswer, Import, Recognized, import};
use crate::layout::fingerprint;
use crate::problem::Problem;
use crate::scope;
use crate::sheet::read_book;
use crate::table::{Encoding, write_table};
use crate::template::{Made, template};
use crate::words::{problem_text, recognized_text, repair_text};

/// The fill-in workbook of a packed standard for the level of a draft, whole or for the department at a
/// position; nothing if the arguments are not whole.
#[must_use]
pub fn template_bytes(packed: &[u8], draft_json: &str, department: Option<u32>, locale: &str) -> Option<Vec<u8>> {
    let (bundle, draft) = opened(packed, draft_json)?;
    let document = &bundle.document;
    let scope = department.map(DepartmentIndex);
    if scope.is_some_and(|scope| document.departments.get(scope.0 as usize).is_none()) {
        return None;
    }
    let made = Made { version: env!("CARGO_PKG_VERSION").to_owned(), standard_hash: fingerprint(document) };
    template(document, &draft, scope, draft.level, locale_of(locale), &made).ok()
}

/// Reads a file against a packed standard. Answers a JSON record: `template` (what the file was
/// recognised as), `encoding` and `separator` of a text, `answers` and `clauses` by id, and `problems`
/// with their words. A file that is refused is a record with one problem and nothing else.
#[must_use]
pub fn read_json(packed: &[u8], bytes: &[u8], file_name: &str, encoding: Option<&str>, locale: &str) -> Option<String> {
    let bundle = unpack_bundle(packed)?;
    let (document, locale) = (&bundle.document, locale_of(locale));
    let said = |problem: &Problem| json!({ "sheet": problem.sheet, "cell": problem.cell, "text": problem_text(locale, document, problem) });
    let record = match read_book(bytes, file_name, encoding.and_then(Encoding::from_id)) {
        Err(problem) => json!({
            "template": recognized_json(locale, &Recognized::Nothing),
            "encoding": null, "separator": null, "answers": [], "clauses": [], "problems": [said(&problem)],
        }),
        Ok(book) => {
            let Import { answers, clauses, problems, template } = import(document, &book.sheets, &fingerprint(document));
            json!({
                "template": recognized_json(locale, &template),
                "encoding": book.text.map(|(encoding, _)| encoding.id()),
                "separator": book.text.map(|(_, separator)| separator.to_string()),
                "answers": answers.iter().map(|answer| answer_json(locale, &bundle, answer)).collect::<Vec<_>>(),
                "clauses": clauses.iter().map(|answer| clause_json(&bundle, answer)).collect::<Vec<_>>(),
                "problems": book.problems.iter().chain(&problems).map(said).collect::<Vec<_>>(),
            })
        }
    };
    Some(record.to_string())
}

/// The figures of a draft's level as a text with commas: id, clauses, name, unit, answer and holder.
/// The import reads it back.
#[must_use]
pub fn csv_bytes(packed: &[u8], draft_json: &str, encoding: &str, locale: &str) -> Option<Vec<u8>> {
    let (bundle, draft) = opened(packed, draft_json)?;
    Some(csv(&bundle, &draft, Encoding::from_id(encoding)?, locale_of(locale)))
}

fn csv(bundle: &Bundle, draft: &Draft, encoding: Encoding, locale: Locale) -> Vec<u8> {
    let document = &bundle.document;
    let heads = [
        key::TEMPLATE_HEAD_CLAUSES,
        key::TEMPLATE_HEAD_FIGURE,
        key::TEMPLATE_HEAD_UNIT,
        key::TEMPLATE_HEAD_ANSWER,
        key::TEMPLATE_HEAD_HOLDER,
    ];
    let mut head = vec!["figure_id".to_owned()];
    head.extend(heads.map(|word| locale.word(word).to_owned()));
    let mut rows = vec![head];
    for asked in scope::figures(document, draft.level, None) {
        let index = asked.figure.0 as usize;
        let (Some(figure), Some(text)) = (document.standard.figure(asked.figure), document.figures.get(index)) else { continue };
        let references = asked.clauses.iter().filter_map(|clause| document.clauses.get(clause.0 as usize));
        let references: Vec<String> = references.map(|clause| clause.reference.clone()).collect();
        let holder = asked.holder(document).and_then(|holder| document.departments.get(holder.0 as usize));
        let answer = match (figure.kind, &*draft.text(asked.figure)) {
            (FigureKind::YesNo, "yes") => locale.word(key::ANSWER_YES).to_owned(),
            (FigureKind::YesNo, "no") => locale.word(key::ANSWER_NO).to_owned(),
            (_, typed) => typed.to_owned(),
        };
        rows.push(vec![
            figure.id.clone(),
            locale.list(&references),
            locale.text(&text.name).to_owned(),
            figure.kind.unit().map_or(locale.word(key::UNIT_YES_NO), |unit| unit_name(locale, unit)).to_owned(),
            answer,
            holder.map(|name| locale.text(name).to_owned()).unwrap_or_default(),
        ]);
    }
    write_table(&rows, encoding)
}

fn opened(packed: &[u8], draft_json: &str) -> Option<(Bundle, Draft)> {
    let bundle = unpack_bundle(packed)?;
    let record: Value = serde_json::from_str(draft_json).ok()?;
    let draft = read_draft(&record, &bundle.document.standard).ok()?;
    Some((bundle, draft))
}

fn locale_of(tag: &str) -> Locale {
    if tag.starts_with("zh") { Locale::Zh } else { Locale::En }
}

fn recognized_json(locale: Locale, recognized: &Recognized) -> Value {
    let kind = match recognized {
        Recognized::Template(_) => "template",
        Recognized::Table { .. } => "table",
        Recognized::Nothing => "nothing",
    };
    let mark = match recognized {
        Recognized::Template(Some(mark)) => {
            json!({ "version": mark.version, "standard": mark.standard, "level": mark.level, "department": mark.department })
        }
        _ => Value::Null,
    };
    json!({ "kind": kind, "text": recognized_text(locale, recognized), "mark": mark })
}

fn answer_json(locale: Locale, bundle: &Bundle, answer: &Answer) -> Value {
    let id = bundle.document.standard.figure(answer.figure).map_or("", |figure| figure.id.as_str());
    json!({
        "figure": id,
        "text": answer.text,
        "sheet": answer.sheet,
        "cell": answer.cell,
        "remark": answer.remark,
        "repaired": repair_text(locale, &bundle.document, answer),
        "doubtful": answer.repaired.as_ref().is_some_and(|repaired| repaired.doubt.is_some()),
    })
}

fn clause_json(bundle: &Bundle, answer: &ClauseAnswer) -> Value {
    let id = bundle.document.standard.clause(answer.clause).map_or("", |clause| clause.id.as_str());
    let evidence = answer.evidence.iter();
    let evidence = evidence.map(|evidence| json!({ "name": evidence.name, "number": evidence.number, "date": evidence.date }));
    json!({
        "clause": id,
        "sheet": answer.sheet,
        "cell": answer.cell,
        "not_applicable": answer.not_applicable,
        "reason": answer.reason,
        "note": answer.note,
        "evidence": evidence.collect::<Vec<_>>(),
    })
}

/// [`template_bytes`] for JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn office_template(packed: &[u8], draft_json: &str, department: Option<u32>, locale: &str) -> Option<Vec<u8>> {
    template_bytes(packed, draft_json, department, locale)
}

/// [`read_json`] for JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn office_read(packed: &[u8], bytes: &[u8], file_name: &str, encoding: Option<String>, locale: &str) -> Option<String> {
    read_json(packed, bytes, file_name, encoding.as_deref(), locale)
}

/// [`csv_bytes`] for JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn office_csv(packed: &[u8], draft_json: &str, encoding: &str, locale: &str) -> Option<Vec<u8>> {
    csv_bytes(packed, draft_json, encoding, locale)
}
