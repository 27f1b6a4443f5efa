//! The Word report: it says what the core says, and whatever a person typed comes back as that text.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops where something is wrong")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};

use dabiao_catalog::pack::{Language, pack_bundle};
use dabiao_catalog::{Document, builtin};
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::{Assessment, ClauseIndex, FigureIndex, Verdict};
use dabiao_draft::{ClauseDraft, Draft, Evidence, draft_record};
use dabiao_office::docx::write_docx;
use dabiao_office::report::face::{open_report, report_json};
use dabiao_office::report::{Block, Made, Report, Row, Table, assessment_report};
use dabiao_tests::Random;
use dabiao_view::Locale;
use dabiao_view::missing::missing_figures;
use dabiao_view::rule_text::{figure_name, verdict_word};
use dabiao_view::words::key;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

const LOCALES: [Locale; 2] = [Locale::Zh, Locale::En];

fn made() -> Made {
    Made { version: "0.1.0".into(), standard_hash: "0123456789".into(), date: "2026年11月24日".into(), plan: None }
}

/// Every built-in standard with nothing typed, with each of its samples, and half filled in.
fn cases() -> Vec<(Document, Draft)> {
    let mut cases = Vec::new();
    for bundle in builtin::bundles().unwrap() {
        let standard = &bundle.document.standard;
        let samples = bundle.samples.iter().map(|sample| Draft::of_sample(standard, sample));
        let mut half = Draft::empty(standard);
        let mut random = Random(7);
        for (index, _) in (0..).map(FigureIndex).zip(standard.figures()) {
            let texts = ["", "", "是", "否", "1", "2.5", "80%", "约很多", "10-20"];
            half.set_text(index, (*random.pick(&texts).unwrap()).into());
        }
        let drafts: Vec<Draft> = samples.chain([Draft::empty(standard), half]).collect();
        cases.extend(drafts.into_iter().map(|draft| (bundle.document.clone(), draft)));
    }
    cases
}

/// Judged without the report's help.
fn judged(document: &Document, draft: &Draft) -> Assessment {
    let standard = &document.standard;
    let mut assessment = Assessment::empty(standard);
    for (index, _) in (0..).map(FigureIndex).zip(standard.figures()) {
        assessment.enter(standard, index, &draft.text(index));
    }
    for (index, clause) in (0..).map(ClauseIndex).zip(draft.clauses()) {
        let not_applicable = clause.not_applicable && !clause.reason.trim().is_empty();
        assessment.decide(standard, index, ClauseAnswer { not_applicable, reading: clause.reading });
    }
    assessment
}

/// The parts of a document by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names
        .into_iter()
        .map(|name| {
            let mut text = String::new();
            archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
            (name, text)
        })
        .collect()
}

/// What a reader of the document sees: paragraphs outside of tables, and tables cell by cell.
#[derive(Default)]
struct Seen {
    paragraphs: Vec<String>,
    tables: Vec<Vec<Vec<String>>>,
}

/// Reads a part to its end, which fails unless it is well-formed.
fn read(part: &str) -> Seen {
    assert!(part.chars().all(|character| !character.is_control() || character == '\n'), "no control characters");
    let mut reader = Reader::from_str(part);
    reader.config_mut().check_end_names = true;
    let mut seen = Seen::default();
    let (mut depth, mut in_table, mut in_text) = (0_i32, false, false);
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                start.attributes().for_each(|attribute| drop(attribute.unwrap()));
                match start.name().as_ref() {
                    "w:tbl" => {
                        in_table = true;
                        seen.tables.push(Vec::new());
                    }
                    "w:tr" => seen.tables.last_mut().unwrap().push(Vec::new()),
                    "w:p" => text.clear(),
                    "w:t" => in_text = true,
                    _ => {}
                }
            }
            Event::Empty(empty) => match empty.name().as_ref() {
                "w:br" => text.push('\n'),
                "w:tab" => text.push('\t'),
                _ => {}
            },
            Event::End(end) => {
                depth -= 1;
                match end.name().as_ref() {
                    "w:tbl" => in_table = false,
                    "w:t" => in_text = false,
                    "w:p" if in_table => seen.tables.last_mut().unwrap().last_mut().unwrap().push(text.clone()),
                    "w:p" => seen.paragraphs.push(text.clone()),
                    _ => {}
                }
            }
            Event::Text(piece) if in_text => text.push_str(&piece),
            Event::GeneralRef(entity) if in_text => {
                text.push_str(quick_xml::escape::resolve_predefined_entity(&entity).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element is closed");
    seen
}

fn seen(report: &Report) -> Seen {
    read(&parts(&write_docx(report).unwrap())["word/document.xml"])
}

fn table(report: &Report, locale: Locale, title: dabiao_view::words::Word) -> Option<&Table> {
    report.tables().find(|table| table.title == locale.word(title))
}

fn cells(table: &Table) -> impl Iterator<Item = &Vec<String>> {
    table.rows.iter().filter_map(|row| match row {
        Row::Cells(cells) => Some(cells),
        _ => None,
    })
}

#[test]
fn every_part_is_well_formed_and_nothing_points_outside() {
    for (document, draft) in cases() {
        for locale in LOCALES {
            let report = assessment_report(&document, &draft, locale, &made());
            let bytes = write_docx(&report).unwrap();
            let parts = parts(&bytes);
            for (name, part) in &parts {
                read(part);
                assert!(!part.contains("External") && !part.contains("http://www.w3.org/1999/xhtml"), "{name}");
                let is_typed = name == "[Content_Types].xml" || name.ends_with(".rels");
                assert!(is_typed || parts["[Content_Types].xml"].contains(&format!("\"/{name}\"")), "{name} has a type");
            }
            assert!(!parts.keys().any(|name| name.contains("vba") || name.contains("embed")));
            // Only the page number is worked out on opening.
            let fields: usize = parts.values().map(|part| part.matches("fldSimple w:instr").count()).sum();
            let pages: usize = parts.values().map(|part| part.matches("w:instr=\" PAGE \"").count()).sum();
            assert_eq!((fields, pages), (2, 2));
            assert!(!parts.values().any(|part| part.contains("updateFields") || part.contains("instrText")));
            assert_eq!(bytes, write_docx(&assessment_report(&document, &draft, locale, &made())).unwrap(), "the same bytes");
        }
    }
}

#[test]
fn the_document_shows_what_the_description_says() {
    for (document, draft) in cases() {
        for locale in LOCALES {
            let report = assessment_report(&document, &draft, locale, &made());
            let seen = seen(&report);
            assert_eq!(seen.paragraphs.first(), Some(&report.title));
            assert_eq!(seen.tables.len(), report.tables().count());
            for (shown, described) in seen.tables.iter().zip(report.tables()) {
                let header: Vec<String> = described.columns.iter().map(|column| column.heading.clone()).collect();
                let rows = described.rows.iter().map(|row| match row {
                    Row::Cells(cells) | Row::Total(cells) => cells.clone(),
                    Row::Heading(text) => vec![text.clone()],
                });
                assert_eq!(*shown, std::iter::once(header).chain(rows).collect::<Vec<Vec<String>>>());
                assert!(cells(described).all(|cells| cells.len() == described.columns.len()));
            }
            for block in &report.blocks {
                if let Block::Heading(_, text) | Block::Paragraph(text) | Block::Note(text) = block {
                    assert!(seen.paragraphs.contains(text), "{text}");
                }
            }
        }
    }
}

#[test]
fn counts_and_lists_are_those_of_the_core() {
    for (document, draft) in cases() {
        let assessment = judged(&document, &draft);
        let result = assessment.report();
        for locale in LOCALES {
            let report = assessment_report(&document, &draft, locale, &made());
            let groups = table(&report, locale, key::REPORT_SECTION_GROUPS).unwrap();
            let total = result.total;
            let expected = [total.met, total.not_met, total.unknown, total.not_applicable].map(|count| count.to_string());
            let Some(Row::Total(sum)) = groups.rows.last() else { panic!("a table of groups ends with its total") };
            assert_eq!(sum[1..5], expected, "{}", document.id);
            for (column, count) in (1..5).zip(&expected) {
                let parts: u32 = cells(groups).map(|cells| cells[column].parse::<u32>().unwrap()).sum();
                assert_eq!(parts.to_string(), *count, "the groups of {} add up", document.id);
            }

            let of_verdict = |verdict: Verdict| {
                let texts = document.clauses.iter().zip(&result.clauses);
                let mut references: Vec<String> =
                    texts.filter(|(_, result)| result.verdict == verdict).map(|(text, _)| text.reference.clone()).collect();
                references.sort();
                references
            };
            let first_cells = |table: Option<&Table>| {
                let mut first: Vec<String> = table.into_iter().flat_map(cells).map(|cells| cells[0].clone()).collect();
                first.sort();
                first
            };
            let not_met = table(&report, locale, key::REPORT_SECTION_NOT_MET);
            assert_eq!(first_cells(not_met), of_verdict(Verdict::NotMet), "{}: every clause that is missed, once", document.id);

            let headings: Vec<&str> = not_met
                .into_iter()
                .flat_map(|table| &table.rows)
                .filter_map(|row| match row {
                    Row::Heading(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(headings.iter().collect::<BTreeSet<_>>().len(), headings.len(), "every group stands once");

            let missing = table(&report, locale, key::REPORT_SECTION_MISSING);
            let shown: Vec<(String, String)> =
                missing.into_iter().flat_map(cells).map(|cells| (cells[1].clone(), cells[3].clone())).collect();
            let known = missing_figures(&document, result);
            let expected: Vec<(String, String)> = known
                .iter()
                .map(|entry| (figure_name(locale, &document, entry.figure).to_owned(), entry.clauses.len().to_string()))
                .collect();
            assert_eq!(shown, expected, "{}: every missing figure, once", document.id);
            assert_eq!(known.iter().map(|entry| entry.figure.0).collect::<BTreeSet<u32>>().len(), known.len());

            let annex = table(&report, locale, key::REPORT_ANNEX_TITLE).unwrap();
            let verdicts: Vec<&str> = cells(annex).map(|cells| cells[3].as_str()).collect();
            let expected: Vec<&str> = result.clauses.iter().map(|result| locale.word(verdict_word(result.verdict))).collect();
            assert_eq!(verdicts, expected, "{}: the annex has every clause in order", document.id);

            let exempt = table(&report, locale, key::REPORT_REMARK_EXEMPT).into_iter().flat_map(cells).count();
            assert_eq!(exempt, of_verdict(Verdict::NotApplicable).len());
        }
    }
}

#[test]
fn what_cannot_be_read_is_named_and_an_invented_example_says_so() {
    let bundle = builtin::bundles().unwrap().into_iter().find(|bundle| !bundle.samples.is_empty()).unwrap();
    let sample = bundle.samples.iter().find(|sample| !sample.real).unwrap();
    let mut draft = Draft::of_sample(&bundle.document.standard, sample);
    draft.set_text(FigureIndex(0), "大约很多".into());
    let report = assessment_report(&bundle.document, &draft, Locale::Zh, &made());
    assert_eq!(report.blocks.first(), Some(&Block::Note(Locale::Zh.word(key::BANNER_INVENTED).to_owned())));
    let not_read = table(&report, Locale::Zh, key::REPORT_REMARK_NOT_READ).unwrap();
    assert!(cells(not_read).any(|cells| cells[1] == "大约很多"));
}

#[test]
fn what_pages_ask_for_is_the_same_report_with_their_plan_in_it() {
    for bundle in builtin::bundles().unwrap() {
        let standard = &bundle.document.standard;
        let draft = bundle.samples.first().map_or_else(|| Draft::empty(standard), |sample| Draft::of_sample(standard, sample));
        let packed = pack_bundle(&bundle, Language::Chinese);
        let record = draft_record(&bundle.document.id, standard, &draft).to_string();
        let date = "2026年12月1日";
        let plain = open_report(&packed, &record, None, date, "zh").unwrap();
        assert!(plain.blocks.iter().any(|block| matches!(block, Block::Signature(lines) if lines.iter().any(|line| line == date))));
        let said: Value = serde_json::from_str(&report_json(&plain)).unwrap();
        assert_eq!(said["title"], plain.title);
        let blocks = said["blocks"].as_array().unwrap();
        assert_eq!(blocks.len(), plain.blocks.len());
        let rows = |block: &Value| block["rows"].as_array().map_or(0, Vec::len);
        assert_eq!(blocks.iter().map(rows).sum::<usize>(), plain.tables().map(|table| table.rows.len()).sum::<usize>());

        let plan = r#"{"sentences":["一句"],"steps":[{"measure":"<甲>","department":"乙","money":"3 万元","time":"2027年第1季度"}]}"#;
        let planned = open_report(&packed, &record, Some(plan), date, "zh").unwrap();
        assert!(planned.blocks.contains(&Block::Paragraph("一句".to_owned())));
        let steps = table(&planned, Locale::Zh, key::REPORT_SECTION_NEXT).unwrap();
        assert_eq!(steps.rows, [Row::Cells(["<甲>", "乙", "3 万元", "2027年第1季度"].map(str::to_owned).to_vec())]);
        assert!(table(&plain, Locale::Zh, key::REPORT_SECTION_NEXT).is_none());

        assert!(open_report(&packed[1..], &record, None, date, "zh").is_err());
        assert!(open_report(&packed, "{", None, date, "zh").is_err());
        assert!(open_report(&packed, &record, Some("{"), date, "zh").is_err());
    }
}

#[test]
fn the_page_is_that_of_the_standard_for_official_papers() {
    let document = builtin::standards().unwrap().remove(0);
    let report = assessment_report(&document, &Draft::empty(&document.standard), Locale::Zh, &made());
    let parts = parts(&write_docx(&report).unwrap());
    // A twentieth of a point is 25.4 / 1440 mm; the file holds whole ones.
    let is_about = |twentieths: f64, millimetres: f64| (twentieths * 25.4 / 1440.0 - millimetres).abs() < 0.05;
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" w:{name}=\"")).unwrap().1;
        rest.split_once('"').unwrap().0.parse::<f64>().unwrap()
    };
    let sections: Vec<&str> = parts["word/document.xml"].split("<w:sectPr>").skip(1).collect();
    let [portrait, landscape] = sections[..] else { panic!("the annex lies on its side") };
    for (section, paper, edges) in [
        // Above, opposite the binding, below, binding; then the same sheet turned.
        (portrait, [210.0, 297.0], [37.0, 26.0, 35.0, 28.0]),
        (landscape, [297.0, 210.0], [28.0, 37.0, 26.0, 35.0]),
    ] {
        let size = section.split_once("<w:pgSz").unwrap().1;
        assert!(is_about(attribute(size, "w"), paper[0]) && is_about(attribute(size, "h"), paper[1]));
        let margins = section.split_once("<w:pgMar").unwrap().1;
        for (name, edge) in ["top", "right", "bottom", "left"].into_iter().zip(edges) {
            assert!(is_about(attribute(margins, name), edge), "{name}");
        }
    }
    // 22 lines of 28 characters, each character a little closer to the next than 16 points.
    assert!(22.0 * attribute(portrait, "linePitch") * 25.4 / 1440.0 <= 225.0);
    let body = parts["word/styles.xml"].split_once("w:styleId=\"BodyText\"").unwrap().1;
    let character = 320.0 + attribute(body.split_once("<w:rPr>").unwrap().1.split_once("<w:spacing").unwrap().1, "val");
    let text_width = 156.0 / 25.4 * 1440.0;
    assert!(28.0 * character <= text_width && 29.0 * character > text_width);
    for font in ["方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "Times New Roman"] {
        assert!(parts["word/styles.xml"].contains(font) && parts["word/fontTable.xml"].contains(font), "{font}");
    }
    for (footer, side) in [("word/footer1.xml", "right"), ("word/footer2.xml", "left")] {
        assert!(parts[footer].contains(&format!("<w:jc w:val=\"{side}\"/>")), "page numbers stand outside");
    }
    assert!(parts["word/settings.xml"].contains("evenAndOddHeaders"));
    // Every table is as wide as the text of its section, in its grid and in its cells.
    for (section, width) in parts["word/document.xml"].split_inclusive("</w:sectPr>").zip([156.0, 225.0]) {
        for table in section.split("<w:tbl>").skip(1) {
            let grid: f64 = table.split("<w:gridCol").skip(1).map(|column| attribute(column, "w")).sum();
            assert!(is_about(grid, width), "{grid}");
            for row in table.split("<w:tr>").skip(1) {
                let cells: f64 = row.split("<w:tcW").skip(1).map(|cell| attribute(cell, "w")).sum();
                assert!(is_about(cells, width), "{cells}");
            }
        }
    }
}

/// Texts that break careless writers of XML and careless readers of text.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "]]>",
        "<![CDATA[x]]>",
        "<w:t>",
        "</w:t></w:r></w:p>",
        "</w:document>",
        "&",
        "&amp;",
        "&lt;script&gt;",
        "&#0;",
        "&#x202E;",
        "&nbsp;",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='x",
        "<!--",
        "-->",
        "<?xml version=\"1.0\"?>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "=cmd|'/c calc'!A1",
        "{ INCLUDETEXT \"http://example.org\" }",
        "\u{0}\u{1}\u{8}a\u{b}\u{c}\u{e}\u{1f}b\u{7f}c\u{85}d\u{9f}",
        "\u{202e}倒写\u{202c}",
        "\u{200f}\u{200e}\u{2066}x\u{2069}",
        "\u{feff}\u{fffe}\u{ffff}\u{fffd}",
        "😀👨‍👩‍👧‍👦🇨🇳",
        "𠮷野家㐀",
        "a\u{301}\u{301}\u{301}",
        "第一行\n第二行\r\n第三行\r第四行\t有制表符",
        "  两端  有空格  ",
        "{place}{standard}",
        "_x0041_",
        "C:\\x\\..\\y",
        "javascript:alert(1)",
        "行\u{2028}段\u{2029}",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("字".repeat(10_000));
    texts.push("x".repeat(10_000));
    let pieces = texts.clone();
    let mut random = Random(2_026);
    while texts.len() < 200 {
        let count = 2 + random.below(4);
        texts.push((0..count).map(|_| random.pick(&pieces[..35]).unwrap().as_str()).collect());
    }
    texts
}

/// What must come back: the same text without the control characters that no document can hold, and
/// with one kind of line end.
fn as_kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|character| !matches!(*character, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}'))
        .collect()
}

#[test]
fn hostile_text_comes_back_as_text() {
    let document = builtin::standards().unwrap().into_iter().max_by_key(|document| document.clauses.len()).unwrap();
    let texts = hostile_texts();
    assert_eq!(texts.len(), 200);
    for locale in LOCALES {
        let mut draft = Draft::empty(&document.standard);
        let judged: Vec<ClauseIndex> = (0..)
            .map(ClauseIndex)
            .zip(document.standard.clauses())
            .filter(|(_, clause)| clause.levels.contains(document.standard.level()))
            .map(|(index, _)| index)
            .collect();
        for (number, text) in texts.iter().enumerate() {
            let index = ClauseIndex(u32::try_from(number).unwrap());
            let text: std::rc::Rc<str> = text.as_str().into();
            let evidence =
                Evidence { name: text.clone(), number: text.clone(), date: text.clone(), link: text.clone(), ..Evidence::default() };
            let not_applicable = judged.contains(&index);
            let entry =
                ClauseDraft { not_applicable, reason: text.clone(), note: text, evidence: vec![evidence], ..ClauseDraft::default() };
            draft.set_clause(index, entry);
        }
        let report = assessment_report(&document, &draft, locale, &made());
        let seen = seen(&report);
        let shown = |title| {
            let position = report.tables().position(|table| table.title == locale.word(title)).unwrap();
            seen.tables[position][1..].to_vec()
        };
        let expected: Vec<String> = texts.iter().map(|text| as_kept(text)).collect();
        let notes: Vec<String> = shown(key::REPORT_REMARK_NOTES).iter().map(|cells| cells[1].clone()).collect();
        assert_eq!(notes, expected);
        assert_eq!(shown(key::REPORT_SECTION_EVIDENCE).len(), expected.len());
        for (cells, text) in shown(key::REPORT_SECTION_EVIDENCE).iter().zip(&expected) {
            assert!(cells[1..].iter().all(|cell| cell == text), "{text}");
        }
        let reasons: Vec<String> = shown(key::REPORT_REMARK_EXEMPT).iter().map(|cells| cells[1].clone()).collect();
        let exempt = (0..).zip(&expected).filter(|(number, _)| judged.contains(&ClauseIndex(*number)));
        assert_eq!(reasons, exempt.map(|(_, text)| text.clone()).collect::<Vec<String>>());
    }
}

#[test]
fn a_hostile_name_stays_a_name() {
    for text in hostile_texts() {
        let report =
            Report { locale: Locale::Zh, title: text.clone(), product: text.clone(), blocks: vec![Block::Signature(vec![text.clone()])] };
        let parts = parts(&write_docx(&report).unwrap());
        parts.values().for_each(|part| drop(read(part)));
        let seen = read(&parts["word/document.xml"]);
        assert_eq!(seen.paragraphs.first(), Some(&as_kept(&text)));
        assert_eq!(seen.paragraphs.last(), Some(&as_kept(&text)));
    }
}
