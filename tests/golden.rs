//! Literate cases, calculated by hand: `golden/<standard>/*.md`.
//!
//! A case is a fenced block marked `case`; the statements are described in `golden/README.md`.
//! Numbers in these files come from the documents and from hand calculation, never from the program.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dabiao_catalog::{Document, builtin};
use dabiao_core::rule::Rule;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::{Assessment, ClauseIndex, Exact, Reason, Tally, Value, Verdict};
use dabiao_tests::marked_blocks;

/// How many different clauses of each standard must be covered.
const LEAST_CLAUSES: usize = 40;

#[test]
fn every_golden_case_holds() {
    let mut failures = Vec::new();
    for document in builtin::standards().expect("standards") {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(&document.id);
        let (mut cases, mut clauses) = (0, BTreeSet::new());
        for file in markdown_files(&folder) {
            let text = std::fs::read_to_string(&file).expect("readable");
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            for (line, block) in marked_blocks(&text, "case") {
                cases += 1;
                for problem in run(&document, &block, &mut clauses) {
                    failures.push(format!("{}/{name}:{}: {}", document.id, line + problem.0, problem.1));
                }
            }
        }
        println!("{}: {cases} cases, {} clauses", document.id, clauses.len());
        assert!(clauses.len() >= LEAST_CLAUSES, "{}: only {} clauses are covered", document.id, clauses.len());
    }
    assert!(failures.is_empty(), "{} golden statements fail:\n{}", failures.len(), failures.join("\n"));
}

fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

/// Runs the statements of a case; returns what does not hold, with the line inside the block.
fn run(document: &Document, block: &[String], clauses: &mut BTreeSet<String>) -> Vec<(usize, String)> {
    let standard = &document.standard;
    let mut assessment = Assessment::empty(standard);
    let mut answers = vec![ClauseAnswer::default(); standard.clauses().len()];
    let mut problems = Vec::new();
    let find = |reference: &str| document.clauses.iter().position(|text| text.reference == reference);
    for (line, statement) in block.iter().enumerate() {
        let Some((head, tail)) = statement.split_once(" = ") else {
            if !statement.is_empty() && !statement.starts_with('#') {
                problems.push((line, format!("not a statement: {statement}")));
            }
            continue;
        };
        let (verb, subject) = head.split_once(' ').unwrap_or((head, ""));
        let outcome = match verb {
            "level" => match dabiao_core::standard::Level::from_id(tail) {
                Some(level) => {
                    assessment.set_level(standard, level);
                    Ok(())
                }
                None => Err(format!("no level {tail}")),
            },
            "figure" => enter(document, &mut assessment, subject, tail),
            "not_applicable" | "reading" => match find(subject) {
                None => Err(format!("no clause {subject}")),
                Some(position) => {
                    let answer = &mut answers[position];
                    if verb == "not_applicable" {
                        answer.not_applicable = !tail.trim().is_empty();
                    } else {
                        let reading = standard.clauses()[position].readings.iter().position(|reading| reading.id == tail);
                        answer.reading = u8::try_from(reading.unwrap_or(255)).expect("few readings");
                    }
                    assessment.decide(standard, ClauseIndex(u32::try_from(position).expect("few clauses")), *answer);
                    Ok(())
                }
            },
            "expect" => match find(subject) {
                Some(position) => {
                    clauses.insert(subject.to_owned());
                    expect_clause(document, &assessment, position, tail)
                }
                None => expect_other(document, &assessment, subject, tail),
            },
            other => Err(format!("no statement `{other}`")),
        };
        if let Err(problem) = outcome {
            problems.push((line, format!("`{statement}`: {problem}")));
        }
    }
    problems
}

fn enter(document: &Document, assessment: &mut Assessment, id: &str, text: &str) -> Result<(), String> {
    let figure = document.standard.find_figure(id).ok_or_else(|| format!("no figure {id}"))?;
    assessment.enter(&document.standard, figure, text);
    match assessment.entry(figure) {
        Ok(Some(_)) => Ok(()),
        Ok(None) => Err("nothing was understood".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn expect_clause(document: &Document, assessment: &Assessment, position: usize, expected: &str) -> Result<(), String> {
    let result = &assessment.report().clauses[position];
    for part in expected.split(',').map(str::trim) {
        let (name, value) = part.split_once(' ').unwrap_or((part, ""));
        match name {
            "margin" => {
                let margin = match &result.reason {
                    Reason::Comparison(comparison) => comparison.margin(),
                    Reason::Growth(growth) => growth.margin(),
                    _ => None,
                };
                same(margin, value, "margin")?;
            }
            "attainment" => {
                let Rule::Toward(toward) = &document.standard.clauses()[position].readings[0].rule else {
                    return Err("has no attainment".to_owned());
                };
                let Reason::Comparison(comparison) = &result.reason else { return Err("has no value".to_owned()) };
                let attained = comparison.value.and_then(|value| toward.attainment(value).expect("few digits"));
                same(attained, value, "attainment")?;
            }
            "depends_on_reading" if result.depends_on_reading() => {}
            "depends_on_reading" => return Err("does not depend on the reading".to_owned()),
            verdict => {
                let expected = verdict_of(verdict)?;
                if result.verdict != expected {
                    return Err(format!("is {:?}, because {:?}", result.verdict, result.reason));
                }
            }
        }
    }
    Ok(())
}

fn expect_other(document: &Document, assessment: &Assessment, subject: &str, expected: &str) -> Result<(), String> {
    let report = assessment.report();
    if subject == "total" {
        return expect_tally(report.total, expected);
    }
    if let Some(id) = subject.strip_prefix("group ") {
        let position = document.standard.groups().iter().position(|group| group.id == id).ok_or_else(|| format!("no group {id}"))?;
        return expect_tally(report.groups[position], expected);
    }
    let figure = document.standard.find_figure(subject).ok_or_else(|| format!("no clause or figure {subject}"))?;
    same(report.figures[figure.0 as usize].value.and_then(Value::number), expected, "value")
}

fn expect_tally(tally: Tally, expected: &str) -> Result<(), String> {
    for part in expected.split(',').map(str::trim) {
        let (name, count) = part.split_once(' ').ok_or_else(|| format!("`{part}` is not a count"))?;
        let found = tally.count(verdict_of(name)?);
        if found.to_string() != count {
            return Err(format!("{name} is {found}"));
        }
    }
    Ok(())
}

fn same(found: Option<Exact>, expected: &str, what: &str) -> Result<(), String> {
    let expected = match expected {
        "unknown" => None,
        text => Some(number(text)?),
    };
    if found == expected { Ok(()) } else { Err(format!("{what} is {found:?}")) }
}

fn number(text: &str) -> Result<Exact, String> {
    let parse = |text: &str| text.parse::<Exact>().map_err(|error| format!("`{text}`: {error}"));
    match text.split_once('/') {
        Some((numerator, denominator)) => parse(numerator)?.over(parse(denominator)?).map_err(|error| error.to_string()),
        None => parse(text),
    }
}

fn verdict_of(name: &str) -> Result<Verdict, String> {
    Ok(match name {
        "met" => Verdict::Met,
        "not_met" => Verdict::NotMet,
        "unknown" => Verdict::Unknown,
        "not_applicable" => Verdict::NotApplicable,
        "not_judged" => Verdict::NotJudged,
        other => return Err(format!("no verdict `{other}`")),
    })
}
