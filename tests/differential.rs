//! The core against the second scorer (`oracle/oracle.mjs`): another language, other arithmetic, no
//! shared code. Any disagreement in a verdict or a total fails, and prints the whole assessment.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use dabiao_catalog::{Document, builtin};
use dabiao_core::{ClauseIndex, Exact, FigureIndex, Report, Situation, Tally, Value, Verdict, score};
use dabiao_tests::{Nearness, Random, random_case};

/// Random assessments per standard; `DABIAO_DIFFERENTIAL` asks for more.
const CASES: usize = 10_000;

#[test]
fn core_and_oracle_agree() {
    let cases = std::env::var("DABIAO_DIFFERENTIAL").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    for (document, text) in builtin::standards().expect("standards").iter().zip(builtin::texts()) {
        let (agreed, near) = compare(document, text, cases);
        println!("{}: {agreed} assessments agree; {near}% of the numbers at or one last digit from a threshold", document.id);
        assert!(near >= 30, "only {near}% of the numbers are near a threshold");
    }
}

fn compare(document: &Document, text: &str, cases: usize) -> (usize, usize) {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let standard_file = folder.join(format!("{}.json", document.id));
    std::fs::write(&standard_file, standard_with_shared_figures(text)).expect("standard for the oracle");
    let mut oracle = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/oracle/oracle.mjs"))
        .arg(&standard_file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node, which the project needs");
    let mut input = oracle.stdin.take().expect("stdin");
    let output = BufReader::new(oracle.stdout.take().expect("stdout"));
    let seed = document.id.bytes().fold(20_261_121_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));

    let (mut near, mut numbers) = (0, 0);
    // The writer makes the same cases as the reader, from the same seed.
    let writer_document = document.clone();
    let writer = std::thread::spawn(move || {
        let mut random = Random(seed);
        for _ in 0..cases {
            let case = random_case(&writer_document, &mut random);
            writeln!(input, "{}", question(&writer_document, &case.situation)).expect("the oracle reads");
        }
    });
    let mut random = Random(seed);
    let mut lines = output.lines();
    for number in 0..cases {
        let case = random_case(document, &mut random);
        near += case.nearness.iter().filter(|how| **how != Nearness::Anywhere).count();
        numbers += case.nearness.len();
        let report = score(&document.standard, &case.situation);
        let line = lines.next().expect("an answer for each question").expect("readable");
        let theirs: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let ours = answer(document, &report);
        assert_eq!(ours, theirs, "case {number} of {}: {}", document.id, question(document, &case.situation));
        if number % 50 == 0 {
            // Without printing two whole reports.
            let is_same = edited_one_by_one(document, &case.situation) == report;
            assert!(is_same, "case {number} of {}: editing differs from scoring", document.id);
        }
    }
    writer.join().expect("writer");
    assert!(oracle.wait().expect("oracle").success());
    (cases, near * 100 / numbers.max(1))
}

fn standard_with_shared_figures(bundle: &str) -> String {
    let mut bundle: serde_json::Value = serde_json::from_str(bundle).expect("bundle");
    let shared = bundle["figures"]["figure"].take();
    let mut standard = bundle["standard"].take();
    let own = standard.get_mut("figure").and_then(serde_json::Value::as_array_mut).expect("figures");
    own.extend(shared.as_array().cloned().unwrap_or_default());
    standard.to_string()
}

fn question(document: &Document, situation: &Situation) -> serde_json::Value {
    let standard = &document.standard;
    let figures: serde_json::Map<_, _> = (0..)
        .map(FigureIndex)
        .zip(standard.figures())
        .filter_map(|(index, figure)| {
            let text = match situation.value(index)? {
                Value::Number(number) => number.to_string(),
                // The second scorer knows exact values only; `properties` holds ranges against those.
                Value::Between(_) => return None,
                Value::YesNo(true) => "yes".to_owned(),
                Value::YesNo(false) => "no".to_owned(),
            };
            Some((figure.id.clone(), text.into()))
        })
        .collect();
    let clauses = || (0..).map(ClauseIndex).zip(standard.clauses());
    let exempt: Vec<&str> =
        clauses().filter(|(index, _)| situation.clause(*index).not_applicable).map(|(_, clause)| clause.id.as_str()).collect();
    let readings: serde_json::Map<_, _> = clauses()
        .filter(|(_, clause)| clause.readings.len() > 1)
        .map(|(index, clause)| (clause.id.clone(), clause.readings[usize::from(situation.clause(index).reading)].id.clone().into()))
        .collect();
    serde_json::json!({ "level": situation.level().id(), "figures": figures, "not_applicable": exempt, "readings": readings })
}

fn answer(document: &Document, report: &Report) -> serde_json::Value {
    let verdicts: String = report
        .clauses
        .iter()
        .map(|result| match result.verdict {
            Verdict::Met => 'M',
            Verdict::NotMet => 'N',
            Verdict::Unknown => 'U',
            Verdict::NotApplicable => 'A',
            Verdict::NotJudged => 'C',
        })
        .collect();
    let total = report.total;
    let counts = |tally: &Tally| format!("{}/{}/{}/{}/{}", tally.met, tally.not_met, tally.unknown, tally.not_applicable, tally.not_judged);
    let groups: serde_json::Map<_, _> =
        document.standard.groups().iter().zip(&report.groups).map(|(group, tally)| (group.id.clone(), counts(tally).into())).collect();
    let share = |share: Option<Exact>| share.map(|share| format!("{}/{}", share.numerator(), share.denominator()));
    serde_json::json!({
        "verdicts": verdicts,
        "total": {
            "met": total.met, "not_met": total.not_met, "unknown": total.unknown,
            "not_applicable": total.not_applicable, "not_judged": total.not_judged,
        },
        "groups": groups,
        "worst": share(total.worst()),
        "best": share(total.best()),
        "known": share(total.known()),
    })
}

/// Types the same figures one after the other into an empty assessment, as the page does.
fn edited_one_by_one(document: &Document, situation: &Situation) -> Report {
    let standard = &document.standard;
    let mut edited = Situation::empty(standard);
    edited.set_level(situation.level());
    let mut report = score(standard, &edited);
    // From the last to the first: the order must not matter.
    let figures = u32::try_from(standard.figures().len()).expect("few figures");
    for index in (0..figures).rev().map(FigureIndex) {
        edited.set_value(standard, index, situation.value(index)).expect("fits");
        dabiao_core::update(standard, &edited, index, &mut report);
    }
    for (index, _) in (0..).map(ClauseIndex).zip(standard.clauses()) {
        edited.set_clause(standard, index, situation.clause(index)).expect("fits");
        dabiao_core::score::update_clause(standard, &edited, index, &mut report);
    }
    report
}
