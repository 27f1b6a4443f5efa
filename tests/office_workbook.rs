//! The result workbook against the core: LibreOffice works out every formula anew and must come to the
//! same verdicts, counts and shares.
//!
//! Every remembered result is overwritten with a wrong one first, so that agreement cannot come from a
//! program that merely shows what is stored. Then some input cells are changed in the file itself, and
//! the core is asked about the changed figures.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

#[path = "office/spreadsheet.rs"]
mod spreadsheet;

use std::collections::BTreeMap;

use dabiao_catalog::pack::unpack_bundle;
use dabiao_catalog::{Document, builtin};
use dabiao_core::outcome::Reason;
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::{Assessment, ClauseIndex, Exact, FigureIndex, FigureKind, Report, Tally, Value, Verdict};
use dabiao_draft::{ClauseDraft, Draft, Evidence};
use dabiao_office::workbook::workbook;
use dabiao_tests::{Nearness, Random, random_case};
use dabiao_view::Locale;
use spreadsheet::{Results, entries, forget_results, fresh_folder, office, opened, with_number, with_text, write_entries};

/// Random assessments per standard; `DABIAO_WORKBOOKS` asks for more.
const CASES: usize = 44;
/// Of these, how many have input cells changed in the file.
const CHANGED: usize = 8;
/// Workbooks per standard whose remembered results are held against the worked out ones.
const REMEMBERED: usize = 4;
/// The most digits of a figure that is to be changed, or that it is changed to. With more, two numbers
/// may be too close for a spreadsheet, and a verdict that is written as fixed text does not follow.
const FEW_DIGITS: usize = 9;

/// One workbook and what the core says about it.
struct Case {
    draft: Draft,
    locale: Locale,
    near: usize,
    numbers: usize,
}

#[test]
fn libreoffice_and_core_agree() {
    let Some(office) = office() else { return };
    let cases = std::env::var("DABIAO_WORKBOOKS").ok().and_then(|text| text.parse().ok()).unwrap_or(CASES);
    let mut found = Found::default();
    for document in &standards() {
        let seed = document.id.bytes().fold(20_261_124_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut random = Random(seed);
        // The small standard costs little and has the rules that need it most.
        let cases = if document.id == "every-rule-2024" { cases.saturating_mul(4) } else { cases };
        let cases: Vec<Case> = (0..cases).map(|number| make_case(document, &mut random, number, usize::MAX)).collect();
        let folder = fresh_folder(&format!("workbooks-{}", document.id));
        for (number, case) in cases.iter().enumerate() {
            let bytes = workbook(document, &case.draft, case.locale, "2026").expect("a workbook");
            write_entries(&folder.join(format!("case{number}.xlsx")), &forget_results(&entries(&bytes)));
        }
        let sheets = opened(&office, &folder, Results::WorkedOut);
        for (number, case) in cases.iter().enumerate() {
            let report = judge(document, &case.draft);
            let book = Recalculated::new(&sheets, &format!("case{number}"), case.locale);
            compare(document, case, &report, &book, &format!("{} case {number}", document.id), &mut found);
        }
        let near: usize = cases.iter().map(|case| case.near).sum();
        let numbers: usize = cases.iter().map(|case| case.numbers).sum();
        println!("{}: {} assessments; {}% of the numbers at or beside a threshold", document.id, cases.len(), near * 100 / numbers.max(1));
        assert!(near * 100 >= 30 * numbers, "{}: too few numbers are near a threshold", document.id);
    }
    println!("{found}");
    assert!(found.differences.is_empty(), "{}", found.differences.join("\n"));
}

#[test]
fn changed_cells_are_judged_like_changed_figures() {
    let Some(office) = office() else { return };
    let mut found = Found::default();
    for document in &standards() {
        let mut random = Random(document.id.bytes().fold(77, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte))));
        let folder = fresh_folder(&format!("changed-{}", document.id));
        let mut changed = Vec::new();
        for number in 0..CHANGED {
            let mut case = make_case(document, &mut random, number, FEW_DIGITS);
            let bytes = workbook(document, &case.draft, case.locale, "2026").expect("a workbook");
            let mut entries = forget_results(&entries(&bytes));
            change_inputs(document, &mut random, &mut case, &mut entries);
            write_entries(&folder.join(format!("case{number}.xlsx")), &entries);
            changed.push(case);
        }
        let sheets = opened(&office, &folder, Results::WorkedOut);
        for (number, case) in changed.iter().enumerate() {
            let report = judge(document, &case.draft);
            let book = Recalculated::new(&sheets, &format!("case{number}"), case.locale);
            compare(document, case, &report, &book, &format!("{} changed {number}", document.id), &mut found);
        }
    }
    println!("after changing cells: {found}");
    assert!(found.differences.is_empty(), "{}", found.differences.join("\n"));
}

#[test]
fn what_the_file_remembers_is_what_its_formulas_give() {
    let Some(office) = office() else { return };
    for document in &standards() {
        let mut random = Random(document.id.bytes().fold(3, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte))));
        let folder = fresh_folder(&format!("remembered-{}", document.id));
        for number in 0..REMEMBERED {
            let case = make_case(document, &mut random, number, usize::MAX);
            std::fs::write(
                folder.join(format!("case{number}.xlsx")),
                workbook(document, &case.draft, case.locale, "2026").expect("a workbook"),
            )
            .expect("a file");
        }
        let remembered = opened(&office, &folder, Results::Remembered);
        let worked_out = opened(&office, &folder, Results::WorkedOut);
        assert_eq!(remembered.len(), 5 * REMEMBERED);
        for ((name, before), after) in remembered.iter().zip(worked_out.values()) {
            for (row, (before, after)) in before.iter().zip(after).enumerate() {
                for (column, (before, after)) in before.iter().zip(after).enumerate() {
                    // The last digits of a quotient differ, and a gap is rounded.
                    let [one, other]: [f64; 2] = [before, after].map(|text| text.parse().unwrap_or(f64::NAN));
                    let is_near = (one - other).abs() <= 1e-9 * one.abs().max(1.0);
                    assert!(before == after || is_near, "{}, {name}, row {row}, column {column}: {before:?}, then {after:?}", document.id);
                }
            }
        }
    }
}

#[test]
fn formulas_are_short_old_and_free_of_what_people_typed() {
    let hostile = "=HYPERLINK(\"http://example.com\")";
    for document in &standards() {
        let mut random = Random(5);
        let mut case = make_case(document, &mut random, 0, usize::MAX);
        case.draft.title = hostile.into();
        for index in (0..document.standard.clauses().len()).map(|index| ClauseIndex(u32::try_from(index).expect("few clauses"))) {
            let exempt = ClauseDraft { not_applicable: true, reason: hostile.into(), ..case.draft.clause(index) };
            case.draft.set_clause(index, exempt);
        }
        case.draft.set_text(FigureIndex(0), hostile.into());
        for locale in [Locale::Zh, Locale::En] {
            let bytes = workbook(document, &case.draft, locale, hostile).expect("a workbook");
            assert_eq!(bytes, workbook(document, &case.draft, locale, hostile).expect("a workbook"), "the same bytes");
            let mut longest = 0;
            for (name, content) in entries(&bytes) {
                let text = String::from_utf8_lossy(&content).into_owned();
                for formula in text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next()) {
                    longest = longest.max(formula.chars().count());
                    assert!(!formula.contains("HYPERLINK") && !formula.contains("_xlfn"), "{name}: {formula}");
                }
            }
            assert!(longest < 8_000, "{}: a formula of {longest} characters", document.id);
        }
    }
}

/// Writes the workbooks of the samples, to be looked at.
#[test]
fn samples_can_be_looked_at() {
    let folder = fresh_folder("workbooks-of-samples");
    for bundle in builtin::bundles().expect("standards") {
        for sample in &bundle.samples {
            let draft = Draft::of_sample(&bundle.document.standard, sample);
            for locale in [Locale::Zh, Locale::En] {
                let bytes = workbook(&bundle.document, &draft, locale, "2026").expect("a workbook");
                std::fs::write(folder.join(format!("{}-{}.xlsx", sample.id, locale.tag())), bytes).expect("a file");
            }
        }
    }
}

/// The built-in standards, and one that uses what they do not.
fn standards() -> Vec<Document> {
    let packed = dabiao_lint::pack_standard(include_str!("office/every_rule.toml"), "zh").expect("a sound standard");
    let own = unpack_bundle(&packed).expect("a standard").document;
    builtin::standards().expect("standards").into_iter().chain([own]).collect()
}

/// How many things were compared, and what differed.
#[derive(Default)]
struct Found {
    clauses: usize,
    counts: usize,
    gaps: usize,
    fixed: usize,
    undecided: usize,
    differences: Vec<String>,
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} verdicts ({} unknown, {} written as fixed text), {} counts and shares, {} gaps: {} differences",
            self.clauses,
            self.undecided,
            self.fixed,
            self.counts,
            self.gaps,
            self.differences.len()
        )
    }
}

impl Found {
    fn same(&mut self, ours: &str, theirs: &str, what: &dyn Fn() -> String) {
        if ours != theirs {
            self.differences.push(format!("{}: core {ours:?}, workbook {theirs:?}", what()));
        }
    }
}

fn digits(text: &str) -> usize {
    text.chars().filter(char::is_ascii_digit).count()
}

/// A random draft: the situation of the other tests as typed texts, some of them ranges.
fn make_case(document: &Document, random: &mut Random, number: usize, most_digits: usize) -> Case {
    let standard = &document.standard;
    let case = random_case(document, random);
    let mut draft = Draft::empty(standard);
    draft.title = "渠县 & <三汇镇>".into();
    draft.level = case.situation.level();
    let ranges = *random.pick(&[0, 0, 10, 30]).expect("a choice");
    for (index, figure) in (0..).map(FigureIndex).zip(standard.figures()) {
        let Some(value) = case.situation.value(index) else { continue };
        let text = match (value, figure.kind) {
            (Value::YesNo(answer), _) => if answer { "是" } else { "否" }.to_owned(),
            (Value::Number(value), FigureKind::Number { min, max, .. }) => {
                // A share of 4,000 % would be refused: take what is left of it.
                let fits = min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max);
                let value = if fits { value } else { Exact::from(u32::try_from(random.below(100)).expect("small")) };
                // Closer to a threshold than a spreadsheet can tell.
                let hair = Exact::ratio(if random.percent(50) { 1 } else { -1 }, 10_i128.pow(13)).expect("small");
                let is_close = most_digits == usize::MAX && fits && value > Exact::ONE && random.percent(3);
                let value = if is_close { value.plus(hair).expect("small") } else { value };
                let beyond = value.plus(Exact::from(u32::try_from(1 + random.below(3)).expect("small"))).expect("small");
                match random.below(100) {
                    roll if roll < ranges / 2 => format!("{value}-{beyond}"),
                    roll if roll < ranges => format!("约{value}"),
                    _ => value.to_string(),
                }
            }
            (Value::Number(_) | Value::Between(_), _) => continue,
        };
        if digits(&text) <= most_digits {
            draft.set_text(index, text.into());
        }
    }
    for index in (0..).map(ClauseIndex).take(standard.clauses().len()) {
        let answer = case.situation.clause(index);
        // Without a reason it is applicable all the same.
        let reason = if random.percent(85) { "本镇没有" } else { "\u{3000}" };
        let evidence = vec![Evidence { name: "批复".into(), ..Evidence::default() }; usize::try_from(random.below(3)).expect("few")];
        let clause = ClauseDraft {
            not_applicable: answer.not_applicable,
            reason: if answer.not_applicable { reason.into() } else { "".into() },
            reading: answer.reading,
            evidence,
            ..ClauseDraft::default()
        };
        draft.set_clause(index, clause);
    }
    let near = case.nearness.iter().filter(|how| **how != Nearness::Anywhere).count();
    Case { draft, locale: if number % 4 == 3 { Locale::En } else { Locale::Zh }, near, numbers: case.nearness.len() }
}

fn judge(document: &Document, draft: &Draft) -> Report {
    let standard = &document.standard;
    let mut assessment = Assessment::empty(standard);
    assessment.set_level(standard, draft.level);
    for index in (0..).map(FigureIndex).take(standard.figures().len()) {
        assessment.enter(standard, index, &draft.text(index));
    }
    for index in (0..).map(ClauseIndex).take(standard.clauses().len()) {
        let clause = draft.clause(index);
        assessment.decide(standard, index, ClauseAnswer { not_applicable: clause.is_exempt(), reading: clause.reading });
    }
    assessment.report().clone()
}

/// The sheets of one workbook as LibreOffice worked them out.
struct Recalculated {
    clauses: Vec<Vec<String>>,
    totals: Vec<Vec<String>>,
    parts: Vec<Vec<String>>,
    locale: Locale,
}

impl Recalculated {
    fn new(sheets: &BTreeMap<String, Vec<Vec<String>>>, name: &str, locale: Locale) -> Self {
        let names = match locale {
            Locale::Zh => ["条款", "汇总", "分项", "数据", "说明"],
            Locale::En => ["Clauses", "Totals", "Parts", "Figures", "About"],
        };
        let all = names.map(|sheet| sheets.get(&format!("{name}-{sheet}")).unwrap_or_else(|| panic!("no sheet {sheet} of {name}")));
        for (sheet, rows) in names.iter().zip(all) {
            for cell in rows.iter().flatten() {
                let is_error = cell.starts_with('#') || cell.starts_with("Err:");
                assert!(!is_error, "{name}, {sheet}: {cell}");
            }
        }
        Self { clauses: all[0].clone(), totals: all[1].clone(), parts: all[2].clone(), locale }
    }
}

fn compare(document: &Document, case: &Case, report: &Report, book: &Recalculated, what: &str, found: &mut Found) {
    use dabiao_view::rule_text::verdict_word;
    use dabiao_view::words::key;
    let standard = &document.standard;
    let word = |verdict| book.locale.word(verdict_word(verdict));
    let depends = book.locale.word(key::WORKBOOK_DEPENDS);
    for ((index, clause), result) in (0..).map(ClauseIndex).zip(standard.clauses()).zip(&report.clauses) {
        let row = book.clauses.iter().find(|row| row[0] == clause.id).expect("a row per clause");
        let is_answered = clause.levels.contains(case.draft.level);
        let ours = if is_answered { word(result.verdict) } else { book.locale.word(key::WORKBOOK_OTHER_LEVEL) };
        found.same(ours, &row[4], &|| format!("{what}, clause {}", clause.id));
        found.clauses += 1;
        found.undecided += usize::from(result.verdict == Verdict::Unknown);
        let is_fixed = row[10] == book.locale.word(key::WORKBOOK_FIXED);
        found.fixed += usize::from(is_fixed);
        if clause.readings.len() > 1 && is_answered {
            let ours = if result.depends_on_reading() { depends } else { "" };
            found.same(ours, &row[10], &|| format!("{what}, reading of {}", clause.id));
        }
        let margin = match &result.reason {
            Reason::Comparison(comparison) => comparison.margin(),
            Reason::Growth(growth) => growth.margin(),
            _ => None,
        };
        if let (Some(margin), false, Verdict::Met | Verdict::NotMet) = (margin, is_fixed, result.verdict) {
            let theirs: f64 = row[5].parse().unwrap_or(f64::NAN);
            let is_same = (theirs - margin.to_f64()).abs() <= 1e-9 * margin.to_f64().abs().max(1.0);
            // A reading whose numbers are too close has no gap either.
            if !is_same && !row[5].is_empty() {
                found.differences.push(format!("{what}, gap of {}: core {margin}, workbook {:?}", clause.id, row[5]));
            }
            found.gaps += 1;
        }
        assert_eq!(case.draft.clause(index).evidence.len().to_string(), row[12], "{what}, evidence of {}", clause.id);
    }
    found.fixed += book.parts.iter().filter(|row| row[8] == book.locale.word(key::WORKBOOK_FIXED)).count();
    let whole = book.locale.word(key::WORKBOOK_WHOLE);
    let total = book.totals.iter().find(|row| row[1] == whole).expect("the total");
    compare_tally(report.total, total, &format!("{what}, total"), found);
    for (number, tally) in (1..).zip(&report.groups) {
        let rows: Vec<&Vec<String>> = book.totals.iter().filter(|row| row[0] == number.to_string()).collect();
        assert!(!rows.is_empty(), "{what}: group {number} is missing");
        for row in rows {
            compare_tally(*tally, row, &format!("{what}, group {number}"), found);
        }
    }
}

fn compare_tally(tally: Tally, row: &[String], what: &str, found: &mut Found) {
    let counts = [tally.applicable(), tally.met, tally.not_met, tally.unknown, tally.not_applicable, tally.not_judged];
    let ours: Vec<String> = counts.iter().map(ToString::to_string).collect();
    found.same(&ours.join("/"), &row[2..8].join("/"), &|| what.to_owned());
    let floored = |share: Option<Exact>| {
        // LibreOffice writes a cell in percent as `85.7%`.
        let tenths = share.map(|share| share.times(Exact::from(1000_u32)).expect("small").floor());
        tenths.map_or(String::new(), |tenths| format!("{}%", tenths.over(Exact::from(10_u32)).expect("small")))
    };
    let ours = [tally.worst(), tally.best(), tally.known()].map(floored);
    found.same(&ours.join("/"), &row[8..11].join("/"), &|| format!("{what}, shares"));
    found.counts += 9;
}

/// Changes some numbers, answers, readings and exemptions in the file, and in the draft alike.
fn change_inputs(document: &Document, random: &mut Random, case: &mut Case, entries: &mut BTreeMap<String, Vec<u8>>) {
    let standard = &document.standard;
    let [clauses, figures] = [2, 4].map(|number| format!("xl/worksheets/sheet{number}.xml"));
    let mut sheet = String::from_utf8(entries[&figures].clone()).expect("text");
    let other = random_case(document, random);
    for (index, figure) in (0..).map(FigureIndex).zip(standard.figures()) {
        if !random.percent(30) {
            continue;
        }
        let row = index.0 + 4;
        match (figure.kind, other.situation.value(index)) {
            (FigureKind::YesNo, value) => {
                let answer = value.and_then(Value::yes_no);
                let [yes, no] = if case.locale == Locale::Zh { ["是", "否"] } else { ["Yes", "No"] };
                let text = answer.map_or("", |answer| if answer { yes } else { no });
                sheet = with_text(&sheet, &format!("E{row}"), text);
                case.draft.set_text(index, text.into());
            }
            (FigureKind::Number { unit, min, max }, value) => {
                let value = value.and_then(Value::number).filter(|value| {
                    // What the page refuses, the check of the cell refuses too.
                    digits(&value.to_string()) <= FEW_DIGITS
                        && !value.to_string().contains('/')
                        && min.is_none_or(|min| *value >= min)
                        && max.is_none_or(|max| *value <= max)
                        && (!unit.is_whole() || value.is_whole())
                });
                let text = value.map(|value| value.to_string()).unwrap_or_default();
                sheet = with_number(&sheet, &format!("E{row}"), &text);
                sheet = with_number(&sheet, &format!("F{row}"), "");
                case.draft.set_text(index, text.into());
            }
        }
    }
    entries.insert(figures, sheet.into_bytes());
    let mut sheet = String::from_utf8(entries[&clauses].clone()).expect("text");
    for (index, clause) in (0..).map(ClauseIndex).zip(standard.clauses()) {
        if !random.percent(8) {
            continue;
        }
        let row = index.0 + 4;
        let exempt = random.percent(50);
        let (word, reason) = if exempt { (if case.locale == Locale::Zh { "是" } else { "Yes" }, "没有") } else { ("", "") };
        sheet = with_text(&with_text(&sheet, &format!("H{row}"), word), &format!("I{row}"), reason);
        let mut changed = ClauseDraft { not_applicable: exempt, reason: reason.into(), ..case.draft.clause(index) };
        if clause.readings.len() > 1 && clause.levels.contains(case.draft.level) {
            let reading = u8::try_from(random.below(clause.readings.len() as u64)).expect("few");
            let text = &document.clauses[index.0 as usize].readings[usize::from(reading)].0;
            let name = format!("{}. {}", reading + 1, case.locale.text(text));
            sheet = with_text(&sheet, &format!("J{row}"), &name);
            changed.reading = reading;
        }
        case.draft.set_clause(index, changed);
    }
    entries.insert(clauses, sheet.into_bytes());
}
