//! The linter on the standards as shipped, on the example of each rule, and on seeded faults.
//!
//! `lint/make-faults.mjs` was written without sight of the linter. It makes mutated copies of the
//! five standards, each with one fault as an author would make it, and says in which line it is.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use dabiao_catalog::builtin;
use dabiao_lint::{Finding, Severity, Shared, check, rules};
use serde_json::Value;

fn shared() -> Shared {
    let (figures, documents) = builtin::shared();
    Shared::parse(figures, documents).expect("shared figures and documents")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn standards() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("seeds/standards"))
        .expect("seeds")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset).map_or(0, |before| before.matches('\n').count()) + 1
}

fn describe(text: &str, finding: &Finding) -> String {
    format!("{}: {}: {}", line_of(text, finding.span.start), finding.rule, finding.what.en)
}

#[test]
fn the_standards_as_shipped_have_no_findings() {
    let shared = shared();
    let mut found = Vec::new();
    for path in standards() {
        let text = std::fs::read_to_string(&path).expect("readable");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.extend(check(&text, &shared).iter().map(|finding| format!("{name}:{}", describe(&text, finding))));
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_standard_that_carries_its_own_document_has_no_findings() {
    let path = root().join("seeds/standards/daan-demonstration-town-2023.toml");
    let text = std::fs::read_to_string(path).expect("readable");
    let id = text.lines().find_map(|line| line.strip_prefix("document = \"")?.strip_suffix('"')).expect("a document");
    let documents = std::fs::read_to_string(root().join("seeds/documents.toml")).expect("readable");
    let start = documents.find(&format!("id = \"{id}\"")).expect("the document");
    let document = &documents[start..];
    let document = &document[..document.find("\n[[document]]").unwrap_or(document.len())];
    let own =
        document.replace("[[document.contradiction", "[[source.contradiction").replace(&format!("id = \"{id}\""), "id = \"my_document\"");
    let text = text.replace(&format!("document = \"{id}\""), "document = \"my_document\"");
    let text = format!("{text}\n[source]\n{own}");
    let found: Vec<String> = check(&text, &shared()).iter().map(|finding| describe(&text, finding)).collect();
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// What the examples of the rules stand in: the least that a standard must have.
const HEADER: &str = r#"
format = 1
id = "example-2021"
document = "quxian_central_town_2021"
level = "town"
zh = "示例"
en = "Example"
summary = { zh = "示例。", en = "An example." }
guidance = { zh = "只作示例。", en = "For example only." }

[[department]]
id = "office"
zh = "县住建局"
en = "Housing Bureau"

[[group]]
id = "all"
zh = "全部"
en = "All"

"#;

#[test]
fn the_example_of_every_rule_triggers_that_rule_alone() {
    let shared = shared();
    for rule in rules::ALL {
        let example = rule.page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
        let text = format!("{HEADER}{example}");
        let found = check(&text, &shared);
        let names: Vec<&str> = found.iter().map(|finding| finding.rule).collect();
        assert!(names.contains(&rule.id), "{}: found {names:?}", rule.id);
        let others: Vec<String> = found.iter().filter(|finding| finding.rule != rule.id).map(|finding| describe(&text, finding)).collect();
        assert!(others.is_empty(), "{}: {others:?}", rule.id);
        assert!(rule.page.starts_with(&format!("# {}\n", rule.id)), "{}: its page has another title", rule.id);
    }
    assert_eq!(rules::ALL.iter().filter(|rule| rule.severity == Severity::Error).count() + warnings(), rules::ALL.len());
}

fn warnings() -> usize {
    rules::ALL.iter().filter(|rule| rule.severity == Severity::Warning).count()
}

/// The line at which the table begins that a line belongs to; readings belong to their clause.
fn table_of(text: &str, line: usize) -> usize {
    let lines: Vec<&str> = text.lines().take(line).collect();
    lines.iter().rposition(|line| line.starts_with("[[") && !line.starts_with("[[clause.")).map_or(0, |position| position + 1)
}

/// What came of the faults of a kind.
#[derive(Default)]
struct Caught {
    seeded: usize,
    caught: usize,
    in_place: usize,
    missed: Vec<String>,
}

#[test]
fn seeded_faults_are_caught() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults");
    let _ = std::fs::remove_dir_all(&folder);
    let status = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/lint/make-faults.mjs"))
        .arg("--out")
        .arg(&folder)
        .args(standards())
        .stdout(std::process::Stdio::null())
        .status()
        .expect("node, which the project needs");
    assert!(status.success());
    let read =
        |name: &str| -> Value { serde_json::from_str(&std::fs::read_to_string(folder.join(name)).expect("readable")).expect("JSON") };
    let (faults, related) = (read("faults.json"), read("related.json"));
    let shared = shared();
    let mut kinds: BTreeMap<String, Caught> = BTreeMap::new();
    for fault in faults.as_array().expect("a list") {
        let text_of = |field: &str| fault[field].as_str().expect("a text").to_owned();
        let file = text_of("file");
        let text = std::fs::read_to_string(folder.join(&file)).expect("readable");
        let found = check(&text, &shared);
        let tables: Vec<usize> = found.iter().map(|finding| table_of(&text, line_of(&text, finding.span.start))).collect();
        let mut places: Vec<usize> = vec![usize::try_from(fault["line"].as_u64().expect("a line")).expect("small")];
        let others = related[&file].as_array().map(Vec::as_slice).unwrap_or_default();
        places.extend(others.iter().filter_map(|place| usize::try_from(place["line"].as_u64()?).ok()));
        let kind = kinds.entry(text_of("kind")).or_default();
        kind.seeded += 1;
        kind.caught += usize::from(!found.is_empty());
        kind.in_place += usize::from(places.iter().any(|place| tables.contains(&table_of(&text, *place))));
        if found.is_empty() {
            kind.missed.push(format!("{file} ({}): {}", text_of("place"), text_of("what")));
        }
    }
    println!("{:<28}{:>8}{:>8}{:>10}", "kind", "seeded", "caught", "in place");
    for (name, kind) in &kinds {
        println!("{name:<28}{:>8}{:>8}{:>10}", kind.seeded, kind.caught, kind.in_place);
    }
    let sum = |of: fn(&Caught) -> usize| kinds.values().map(of).sum::<usize>();
    let (seeded, caught, in_place) = (sum(|kind| kind.seeded), sum(|kind| kind.caught), sum(|kind| kind.in_place));
    println!("{:<28}{seeded:>8}{caught:>8}{in_place:>10}", "all");
    kinds.values().flat_map(|kind| &kind.missed).for_each(|missed| println!("missed: {missed}"));
    assert!(seeded >= 200 && kinds.len() >= 15, "only {seeded} faults of {} kinds", kinds.len());
    assert!(caught * 100 >= seeded * 90, "only {caught} of {seeded} faults are caught");
}
