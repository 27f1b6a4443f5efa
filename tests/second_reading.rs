//! Our public data against an independent second reading of each document (`second_reading/*.json`,
//! made without seeing our files). Every number, operator, department and lead is accounted for;
//! the differences that remain are listed here with the reason from the document.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use dabiao_catalog::builtin;
use dabiao_catalog::export::{PublicClause, PublicStandard, public_standard};
use serde_json::Value;

fn public(id: &str) -> PublicStandard {
    let document = builtin::standards().expect("standards").into_iter().find(|document| document.id == id).expect("standard");
    public_standard(&document)
}

fn second_reading(id: &str) -> Value {
    let path = format!("{}/second_reading/{id}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).expect("second reading")).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn every_clause_of_the_town_standard() {
    let ours = public("quxian-central-town-2021");
    let theirs = second_reading("quxian-central-town-2021");
    let theirs = items(&theirs, "clauses");
    assert_eq!(ours.clauses.len(), theirs.len());
    let (mut conditions, mut differences) = (0, Vec::new());
    for (our, their) in ours.clauses.iter().zip(theirs) {
        assert_eq!(our.r#ref, text(their, "ref"));
        let our_departments: Vec<(String, bool)> = our.departments.iter().map(|part| (part.name.clone(), part.lead)).collect();
        let their_departments: Vec<(String, bool)> = items(their, "departments")
            .iter()
            .map(|part| (text(part, "name").replace("县卫建局", "县卫健局"), part.get("lead").and_then(Value::as_bool).unwrap_or_default()))
            .collect();
        assert_eq!(our_departments, their_departments, "{}", our.r#ref);
        let found = conditions_of(our);
        let expected: Vec<(String, String, String, String)> = items(their, "conditions")
            .iter()
            .map(|condition| {
                (
                    text(condition, "op").to_owned(),
                    text(condition, "value").to_owned(),
                    text(condition, "alternative").to_owned(),
                    text(condition, "role").to_owned(),
                )
            })
            .collect();
        conditions += expected.len();
        if sorted(&found) != sorted(&expected) {
            differences.push(our.r#ref.clone());
        }
    }
    // 51.2 prints no numeral; we judge it as a rise in every year, which the flat form writes as > 0.
    assert_eq!(differences, ["51.2"]);
    println!("{conditions} conditions agree");
    assert_eq!(conditions, 32);
}

fn sorted<T: Ord + Clone>(items: &[T]) -> Vec<T> {
    let mut items = items.to_vec();
    items.sort();
    items
}

fn conditions_of(clause: &PublicClause) -> Vec<(String, String, String, String)> {
    clause
        .conditions
        .iter()
        .map(|condition| {
            (
                condition.op.to_owned(),
                condition.value.clone().unwrap_or_default(),
                condition.alternative.clone().unwrap_or_default(),
                condition.role.to_owned(),
            )
        })
        .collect()
}

#[test]
fn every_row_of_the_county_table() {
    let ours = public("quxian-county-seat-2024");
    let theirs = second_reading("quxian-county-seat-2024");
    let rows = items(&theirs, "rows");
    assert_eq!(rows.len(), 25);
    for row in rows {
        let part = text(row, "row");
        let reference = if part.is_empty() { text(row, "ref").to_owned() } else { format!("{}（{part}）", text(row, "ref")) };
        let our = ours.clauses.iter().find(|clause| clause.r#ref == reference).unwrap_or_else(|| panic!("no row {reference}"));
        let printed =
            |point: &Option<dabiao_catalog::export::PublicPoint>| point.as_ref().map(|point| point.printed.clone()).unwrap_or_default();
        assert_eq!(printed(&our.baseline), text(row, "baseline"), "{reference}");
        assert_eq!(printed(&our.target), text(row, "target"), "{reference}");
        assert_eq!(our.direction.unwrap_or_default(), text(row, "direction"), "{reference}");
        let unit = our.target.as_ref().map(|point| point.unit).unwrap_or_default();
        let short = unit.split('/').next().unwrap_or_default();
        let their_unit = text(row, "unit");
        assert!(their_unit.is_empty() || their_unit == unit || their_unit == short, "{reference}: {unit} against {their_unit}");
    }
}

#[test]
fn every_target_of_the_county_text() {
    let ours = public("quxian-county-seat-2024");
    let theirs = second_reading("quxian-county-seat-2024");
    // Both lists are in printed order: every value of the second reading must come up in ours, in the
    // same section, after the one before it.
    let ours: Vec<(&str, String)> = ours
        .clauses
        .iter()
        .filter(|clause| clause.place.is_some())
        .flat_map(|clause| {
            let section = clause.r#ref.split('-').next().unwrap_or_default();
            let all = clause.conditions.iter().chain(clause.readings.iter().skip(1).flat_map(|reading| &reading.conditions));
            all.filter_map(move |condition| Some((section, condition.value.clone()?)))
        })
        .collect();
    let (mut next, mut matched, mut unmatched) = (0, 0, Vec::new());
    for target in items(&theirs, "text") {
        let (section, value) = (text(target, "section"), text(target, "value"));
        let value = value.split(':').max_by_key(|part| part.len()).unwrap_or_default();
        match ours[next..].iter().position(|our| our.0 == section && our.1 == value).filter(|skipped| *skipped < 6) {
            Some(skipped) => {
                next += skipped + 1;
                matched += 1;
            }
            None => unmatched.push(format!("{section} {} {value}", text(target, "metric"))),
        }
    }
    println!("{matched} targets agree; left: {unmatched:#?}");
    // Two slogans have no number; 各1所 is counted as 3 and as 6 in all.
    assert_eq!(unmatched.len(), 4, "{unmatched:#?}");
    assert_eq!(matched, 67);
}

/// What the running text of a document prints, held against the standard paragraph by paragraph.
struct TextReading {
    id: &'static str,
    /// A department as the reading prints it, and as the standard names it (misprints, one body in two spellings).
    names: &'static [(&'static str, &'static str)],
    /// Numbers that the reading takes for targets and the standard does not judge, with the paragraph.
    not_judged: &'static [(&'static str, &'static str)],
}

const TEXTS: [TextReading; 3] = [
    // “一户一档” and “一条街” are ways of speaking: one file per household, a street.
    TextReading { id: "wenshang-refined-town-2022", names: &[], not_judged: &[("三（一）6", "一"), ("三（二）", "一")] },
    // （一） prints 人民政府 once for four cities. 三分之二左右 has no exact bound and is shown, not judged.
    TextReading {
        id: "sichuan-urbanisation-2022",
        names: &[("成都市", "成都市人民政府"), ("德阳市", "德阳市人民政府"), ("眉山市", "眉山市人民政府")],
        not_judged: &[("（二十七）", "2/3")],
    },
    // 四（三）1 sets one 局 behind the wrong bureau.
    TextReading {
        id: "daan-demonstration-town-2023",
        names: &[("市住房和城乡建设", "市住房和城乡建设局"), ("市卫生健康局局", "市卫生健康局")],
        not_judged: &[],
    },
];

#[test]
fn every_paragraph_of_the_running_texts() {
    for reading in &TEXTS {
        let ours = public(reading.id);
        let theirs = second_reading(reading.id);
        let (mut brackets, mut targets, mut problems) = (0, 0, Vec::new());
        for paragraph in items(&theirs, "paragraphs") {
            let reference = text(paragraph, "ref");
            let clauses: Vec<&PublicClause> = ours
                .clauses
                .iter()
                .filter(|clause| clause.r#ref.strip_prefix(reference).is_some_and(|rest| rest.starts_with('-')))
                .collect();
            if clauses.is_empty() {
                problems.push(format!("{reference}: no clauses"));
            }
            let expected: Vec<Vec<(String, bool)>> = items(paragraph, "segments")
                .iter()
                .map(|segment| bracket(segment, reading.names))
                .filter(|list| !list.is_empty())
                .collect();
            brackets += expected.len();
            let found: Vec<Vec<(String, bool)>> = clauses
                .iter()
                .map(|clause| clause.departments.iter().map(|part| (part.name.clone(), part.lead)).collect::<Vec<_>>())
                .filter(|list| !list.is_empty())
                .collect();
            for list in expected.iter().filter(|list| !found.contains(list)) {
                problems.push(format!("{reference}: no clause has the departments {list:?}"));
            }
            for list in found.iter().filter(|list| !expected.contains(list)) {
                problems.push(format!("{reference}: the document has no bracket {list:?}"));
            }
            let requirements = items(paragraph, "segments").iter().flat_map(|segment| items(segment, "requirements"));
            for number in
                requirements.flat_map(|requirement| items(requirement, "numbers")).filter(|number| text(number, "role") == "target")
            {
                let value = text(number, "value");
                targets += 1;
                let is_judged = clauses.iter().any(|clause| values(clause).iter().any(|own| own == value));
                if !is_judged && !reading.not_judged.contains(&(reference, value)) {
                    problems.push(format!("{reference}: nothing asks for {value} {} ({})", text(number, "unit"), text(number, "metric")));
                }
            }
        }
        problems.dedup();
        println!("{}: {brackets} lists of departments and {targets} target numbers", reading.id);
        assert!(problems.is_empty(), "{}:\n{}", reading.id, problems.join("\n"));
    }
}

/// The departments of a segment, with their leads, by the names of the standard. （十六） prints one
/// both as lead and again among the others; it is listed once.
fn bracket(segment: &Value, names: &[(&str, &str)]) -> Vec<(String, bool)> {
    let mut list: Vec<(String, bool)> = Vec::new();
    for part in items(segment, "departments") {
        let printed = text(part, "name");
        let name = names.iter().find(|(from, _)| *from == printed).map_or(printed, |(_, to)| to);
        if list.iter().all(|(other, _)| other != name) {
            list.push((name.to_owned(), part.get("lead").and_then(Value::as_bool).unwrap_or_default()));
        }
    }
    list
}

/// Every number that a clause holds in any reading, as a target or as a qualifier.
fn values(clause: &PublicClause) -> Vec<String> {
    let all = clause.conditions.iter().chain(clause.readings.iter().flat_map(|reading| &reading.conditions));
    all.filter_map(|condition| condition.value.clone()).chain(clause.target.iter().map(|point| point.value.clone())).collect()
}
