//! Sheets as people make them, and what is read from them.

use dabiao_catalog::builtin;
use dabiao_core::standard::Level;
use dabiao_draft::Draft;

use super::*;
use crate::layout::fingerprint;
use crate::sheet::{Merged, read_book};
use crate::template::{Made, template};
use crate::words::{problem_text, repair_text};

fn document() -> Document {
    builtin::standards().unwrap().remove(0)
}

/// A sheet from rows of texts; an empty text is an empty cell.
fn sheet(rows: &[&[&str]]) -> Sheet {
    let mut sheet = Sheet { name: "填写".into(), ..Sheet::default() };
    for (row, texts) in (0_u32..).zip(rows) {
        for (column, text) in (0_u32..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
            sheet.cells.insert((row, column), Cell::Text((*text).to_owned()));
        }
    }
    sheet
}

/// A figure of a kind, with its Chinese name.
fn some_figure(document: &Document, wanted: impl Fn(FigureKind) -> bool) -> (FigureIndex, String, String) {
    let names = headings::figure_names(document);
    let found = (0..).map(FigureIndex).zip(document.standard.figures()).find(|(index, figure)| {
        let name = &document.figures[index.0 as usize].name.zh;
        wanted(figure.kind) && names[&headings::squeezed(name)].len() == 1
    });
    let (index, figure) = found.unwrap();
    (index, figure.id.clone(), document.figures[index.0 as usize].name.zh.clone())
}

fn percent(kind: FigureKind) -> bool {
    matches!(kind, FigureKind::Number { unit: dabiao_core::Unit::Percent, .. })
}

fn yes_no(kind: FigureKind) -> bool {
    kind == FigureKind::YesNo
}

fn texts(document: &Document, import: &Import) -> Vec<String> {
    import.problems.iter().map(|problem| problem_text(Locale::Zh, document, problem)).collect()
}

#[test]
fn a_table_of_ones_own_is_read_by_names() {
    let document = document();
    let (share, share_id, share_name) = some_figure(&document, percent);
    let (task, _, task_name) = some_figure(&document, yes_no);
    let spaced: String = share_name.chars().flat_map(|character| [character, ' ']).collect();
    for rows in [
        &[&["指标", "数值"][..], &[&share_name, "１２．５％"], &[&task_name, "√"]][..],
        &[&["某镇2025年数据"], &[], &["数值（%）", "指 标"], &["12.5", &spaced], &["已完成", &task_name]],
        &[&["figure_id", "value"], &[&share_id, "12.5"], &[&document.standard.figure(task).unwrap().id, "yes"]],
    ] {
        let import = import(&document, &[sheet(rows)], "");
        assert_eq!(import.problems, [], "{:?}", texts(&document, &import));
        let read: Vec<(FigureIndex, Value)> = import
            .answers
            .iter()
            .map(|answer| {
                let figure = document.standard.figure(answer.figure).unwrap();
                (answer.figure, parse_entry(&answer.text, figure).unwrap().unwrap().value)
            })
            .collect();
        assert_eq!(read, [(share, Value::Number("12.5".parse().unwrap())), (task, Value::YesNo(true))]);
        assert!(matches!(import.template, Recognized::Table { .. }));
    }
}

#[test]
fn repairs_are_told() {
    let document = document();
    let (_, _, share) = some_figure(&document, percent);
    let (_, _, task) = some_figure(&document, yes_no);
    let import = import(&document, &[sheet(&[&["指标", "数值"], &[&share, "１２．５"], &[&task, "已完成"]])], "");
    let repairs: Vec<Option<String>> = import.answers.iter().map(|answer| repair_text(Locale::Zh, &document, answer)).collect();
    assert_eq!(repairs, [Some("“１２．５”识别为12.5%".to_owned()), Some("“已完成”识别为是".to_owned())]);
}

#[test]
fn a_problem_names_sheet_cell_cause_and_remedy() {
    let document = document();
    let (_, _, share) = some_figure(&document, percent);
    let (_, _, task) = some_figure(&document, yes_no);
    let mut table = sheet(&[&["指标", "数值"], &[&share, "约两成"], &[&task, "快了"], &["没有这个指标", "5"], &["", "7"], &[&task, "是"]]);
    table.cells.insert((6, 0), Cell::Text(share.clone()));
    table.cells.insert((6, 1), Cell::Error("#REF!".into()));
    table.cells.insert((7, 0), Cell::Text(share.clone()));
    table.cells.insert((7, 1), Cell::Date("2025-03-05".into()));
    table.cells.insert((8, 0), Cell::Text(share.clone()));
    table.cells.insert((8, 1), Cell::NotCalculated);
    let import = import(&document, &[table], "");
    let texts = texts(&document, &import);
    let begins = ["填写!B2：", "填写!B3：", "填写!B4：", "填写!B5：", "填写!B7：", "填写!B8：", "填写!B9："];
    for (text, begin) in texts.iter().zip(begins) {
        assert!(text.starts_with(begin), "{text}");
    }
    assert_eq!(texts.len(), begins.len(), "{texts:?}");
    assert_eq!(
        texts[0],
        format!(
            "填写!B2：“{share}”填的是“约两成”：第2个字符起的“两成”不是数字或单位。请填数字，如 12.5。请按这样的写法重填：12.5% 或 85%-90%。"
        )
    );
    assert_eq!(texts[4], "填写!B7：公式出错（#REF!），没有导入。请改正公式，或直接填数。");
}

#[test]
fn two_answers_for_one_figure_are_taken_only_if_they_agree() {
    let document = document();
    let (figure, _, share) = some_figure(&document, percent);
    let agree = import(&document, &[sheet(&[&["指标", "数值"], &[&share, "95"], &[&share, "95%"]])], "");
    assert_eq!((agree.answers.len(), agree.problems.len()), (1, 0));
    let differ = import(&document, &[sheet(&[&["指标", "数值"], &[&share, "95"], &[&share, "96"]])], "");
    assert_eq!(differ.answers, []);
    let kind = ProblemKind::Contradiction { figure, other: "95".into(), place: "填写!B2".into() };
    assert_eq!(differ.problems, [Problem::at("填写", 2, 1, kind)]);
}

#[test]
fn the_value_of_a_merged_area_counts_once() {
    let document = document();
    let (_, _, share) = some_figure(&document, percent);
    let (_, _, task) = some_figure(&document, yes_no);
    let mut table = sheet(&[&["指标", "数值"], &[&share, "95"], &[&task, ""]]);
    table.merged.push(Merged { first: (1, 1), last: (2, 1) });
    let import = import(&document, &[table], "");
    assert_eq!(import.answers.len(), 1);
    assert_eq!(import.problems, [Problem::at("填写", 2, 1, ProblemKind::Merged { into: "B2".into() })]);
}

#[test]
fn units_beside_the_number_count() {
    let document = document();
    let population = some_figure(&document, |kind| matches!(kind, FigureKind::Number { unit: dabiao_core::Unit::WanPerson, .. }));
    for (value, unit, text) in [("2.3", "万人", "2.3"), ("23000", "人", "23000人"), ("2.3", "", "2.3"), ("2.3万", "人", "2.3万")] {
        let import = import(&document, &[sheet(&[&["指标", "单位", "数值"], &[&population.2, unit, value]])], "");
        assert_eq!(import.answers[0].text, text, "{value} {unit}");
    }
}

#[test]
fn templates_of_other_standards_and_versions_are_told() {
    let document = document();
    let (_, id, _) = some_figure(&document, percent);
    let template = |mark: &str| {
        sheet(&[
            &["", "", mark],
            &["dabiao:answer", "dabiao:remark", "dabiao:figure"],
            &["填报值", "备注", "编号（请勿改动）"],
            &["95", "公报", &id],
        ])
    };
    let own = format!("dabiao-template|1|{}|now|town|*", document.id);
    let read = |mark: &str| import(&document, &[template(mark)], "now");
    let import = read(&own);
    assert_eq!((import.answers[0].text.as_str(), import.answers[0].remark.as_str()), ("95", "公报"));
    assert_eq!(import.problems, []);
    assert!(matches!(import.template, Recognized::Template(Some(_))));
    let other = read("dabiao-template|1|another|now|town|*");
    assert_eq!((other.answers.len(), other.problems), (0, vec![Problem::of_file(ProblemKind::OtherStandard { id: "another".into() })]));
    let older = read(&own.replace("now", "then"));
    assert_eq!((older.answers.len(), older.problems), (1, vec![Problem::of_file(ProblemKind::EarlierVersion)]));
    let later = read(&own.replace("|1|", "|7|"));
    assert_eq!((later.answers.len(), later.problems), (1, vec![Problem::of_file(ProblemKind::LaterVersion { version: 7 })]));
    let unmarked = read("");
    assert_eq!((unmarked.answers.len(), unmarked.template), (1, Recognized::Template(None)));
}

#[test]
fn nothing_known_is_told() {
    let document = document();
    let read = import(&document, &[sheet(&[&["甲", "乙"], &["1", "2"]])], "");
    assert_eq!(read.problems, [Problem::of_file(ProblemKind::NothingRecognized)]);
    assert_eq!(read.template, Recognized::Nothing);
    assert_eq!(import(&document, &[], "").problems.len(), 1);
}

#[test]
fn a_template_brings_back_what_was_filled_in_and_an_empty_one_says_nothing() {
    let bundle = builtin::bundles().unwrap().remove(0);
    let document = &bundle.document;
    let made = Made { version: "1".into(), standard_hash: fingerprint(document) };
    let sample = Draft::of_sample(&document.standard, bundle.samples.first().unwrap());
    for locale in [Locale::Zh, Locale::En] {
        for (draft, level) in [(&Draft::empty(&document.standard), Level::Town), (&sample, Level::Town), (&sample, Level::County)] {
            let bytes = template(document, draft, None, level, locale, &made).unwrap();
            assert_eq!(template(document, draft, None, level, locale, &made).unwrap(), bytes, "equal bytes");
            let book = read_book(&bytes, "a.xlsx", None).unwrap();
            let import = import(document, &book.sheets, &made.standard_hash);
            assert_eq!(import.problems, [], "{:?}", texts(document, &import));
            for asked in crate::scope::figures(document, level, None) {
                let figure = document.standard.figure(asked.figure).unwrap();
                let value = |text: &str| parse_entry(text, figure).unwrap().map(|entry| entry.value);
                let answer = import.answers.iter().find(|answer| answer.figure == asked.figure);
                assert_eq!(answer.and_then(|answer| value(&answer.text)), value(&draft.text(asked.figure)), "{}", figure.id);
            }
        }
    }
}
