//! Workbooks as Excel, WPS and LibreOffice write them, and as no program should.

use super::*;
use crate::guard::Refusal;
use crate::sheet::{Cell, Merged};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn part(name: &str, text: &str) -> Part {
    Part { name: name.into(), bytes: text.as_bytes().to_vec() }
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
}

fn relations_part(name: &str, relations: &[String]) -> Part {
    part(name, &format!("<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>", relations.concat()))
}

/// A workbook of one sheet with this content behind `<worksheet>`.
fn workbook(sheet: &str, strings: &str, styles: &str) -> Vec<Part> {
    vec![
        relations_part("_rels/.rels", &[relation("rId1", "officeDocument", "xl/workbook.xml")]),
        part(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        relations_part("xl/_rels/workbook.xml.rels", &[relation("rId1", "worksheet", "worksheets/sheet1.xml")]),
        part("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>")),
        part("xl/sharedStrings.xml", &format!("<sst xmlns=\"{MAIN}\">{strings}</sst>")),
        part("xl/styles.xml", &format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>")),
    ]
}

type Cells = Vec<((u32, u32), Cell)>;

fn cells_of(sheet: &str) -> Result<Cells, Problem> {
    read_one(&workbook(sheet, "", "")).map(|sheet| sheet.cells.into_iter().collect())
}

fn read_one(parts: &[Part]) -> Result<Sheet, Problem> {
    read(parts).map(|sheets| sheets.into_iter().next().unwrap())
}

/// What a single cell with these attributes and content is read as.
fn cell(attributes: &str, content: &str, strings: &str, styles: &str) -> Result<Option<Cell>, Problem> {
    let sheet = format!("<sheetData><row r=\"2\"><c r=\"B2\"{attributes}>{content}</c></row></sheetData>");
    read_one(&workbook(&sheet, strings, styles)).map(|mut sheet| sheet.cells.remove(&(1, 1)))
}

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.into()))
}

fn number(text: &str) -> Option<Cell> {
    Some(Cell::Number(text.into()))
}

#[test]
fn every_type_of_cell() {
    let formula = "<f>A1&amp;\"x\"</f>";
    for (attributes, content, wanted) in [
        ("", "<v>95.300000000000011</v>", number("95.3")),
        (" t=\"n\"", "<v> 9.5E1 </v>", number("95")),
        ("", "<v>-0</v>", number("0")),
        ("", "<v>九十五</v>", text("九十五")),
        ("", "<v>1e999</v>", Some(Cell::Error("#NUM!".into()))),
        ("", "<v>NaN</v>", Some(Cell::Error("#NUM!".into()))),
        ("", "<v></v>", None),
        ("", "", None),
        (" t=\"s\"", "<v></v>", None),
        (" t=\"b\"", "<v>1</v>", Some(Cell::YesNo(true))),
        (" t=\"b\"", "<v>false</v>", Some(Cell::YesNo(false))),
        (" t=\"e\"", "<f>1/0</f><v>#DIV/0!</v>", Some(Cell::Error("#DIV/0!".into()))),
        (" t=\"d\"", "<v>2025-03-01T08:30:00</v>", Some(Cell::Date("2025-03-01 08:30:00".into()))),
        (" t=\"str\"", "<f>A1</f><v>甲 &lt;乙&gt; &#x4e19;</v>", text("甲 <乙> 丙")),
        (" t=\"str\"", "<f>A1</f><v></v>", None),
        (" t=\"str\"", "<f>A1</f>", Some(Cell::NotCalculated)),
        ("", formula, Some(Cell::NotCalculated)),
        ("", "<f t=\"shared\" si=\"0\"/>", Some(Cell::NotCalculated)),
        ("", "<f>90+5</f><v/>", Some(Cell::NotCalculated)),
        ("", "<f>90+5</f><v>95</v>", number("95")),
        (" t=\"inlineStr\"", "<is><t>甲</t></is>", text("甲")),
        (" t=\"inlineStr\"", "<is><t xml:space=\"preserve\"> 甲\r\n</t></is>", text(" 甲\n")),
        (" t=\"inlineStr\"", "<is><r><rPr><b/><rFont val=\"t\"/></rPr><t>9</t></r><r><t>5</t></r></is>", text("95")),
        (" t=\"inlineStr\"", "<is><t><![CDATA[<甲>&]]>乙<!-- not this --></t></is>", text("<甲>&乙")),
        (" t=\"inlineStr\"", "<v>0</v>", None),
        (" t=\"inlineStr\"", "<is><t> </t></is>", None),
        ("", "<extLst><ext><f>1</f><v>7</v></ext></extLst>", None),
        ("", "<x:v xmlns:x=\"a\">7</x:v>", number("7")),
    ] {
        assert_eq!(cell(attributes, content, "", ""), Ok(wanted), "{attributes} {content}");
    }
    for (attributes, content) in [(" t=\"x\"", "<v>1</v>"), (" t=\"b\"", "<v>2</v>"), (" t=\"s\"", "<v>0</v>"), (" t=\"s\"", "<v>-1</v>")] {
        let problem = cell(attributes, content, "", "").unwrap_err();
        assert_eq!((problem.sheet.as_deref(), problem.cell.as_deref()), (Some("表"), Some("B2")), "{attributes}: {problem:?}");
        assert!(matches!(problem.kind, ProblemKind::Unreadable { .. }), "{problem:?}");
    }
}

#[test]
fn shared_strings_without_their_formatting() {
    let strings = "<si><t>甲</t></si>\
        <si><r><t>东</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 京</t></r><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>\
        <si/><si><t>_x000D_\n_x005F_x0041_ _xZZZZ_ _x41_ a_x</t></si><si><t>_xD83D_ _x4e59_</t></si>";
    let read = |index: u32| cell(" t=\"s\"", &format!("<v>{index}</v>"), strings, "").unwrap();
    assert_eq!([read(0), read(1), read(2)], [text("甲"), text("东 京"), None]);
    assert_eq!(read(3), text("\r\n_x0041_ _xZZZZ_ _x41_ a_x"));
    assert_eq!(read(4), text("_xD83D_ 乙"));
}

#[test]
fn formats_tell_percent_and_dates() {
    let styles = "<numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"0.0&quot;%&quot;\"/>\
        <numFmt numFmtId=\"165\" formatCode=\"0.00%;[Red]-0.00%\"/>\
        <mc:AlternateContent xmlns:mc=\"a\"><mc:Choice Requires=\"x16r3\"><numFmt numFmtId=\"166\" formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@\" formatCode16=\"0\"/></mc:Choice></mc:AlternateContent>\
        <numFmt numFmtId=\"58\" formatCode=\"m&quot;月&quot;d&quot;日&quot;\"/></numFmts>\
        <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
        <cellXfs count=\"9\"><xf/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"><alignment/></xf><xf numFmtId=\"14\"/>\
        <xf numFmtId=\"31\"/><xf numFmtId=\"46\"/><xf numFmtId=\"166\"/><xf numFmtId=\"58\"/></cellXfs>";
    let date = |text: &str| Some(Cell::Date(text.into()));
    for (style, value, wanted) in [
        ("0", "0.95", number("0.95")),
        ("1", "0.95", number("95%")),
        ("2", "95", number("95")),
        ("3", "0.9985", number("99.85%")),
        ("4", "45717", date("2025-03-01")),
        ("4", "45717.354166666664", date("2025-03-01 08:30:00")),
        ("5", "45717", date("2025-03-01")),
        ("5", "5.0694444444444445e-2", date("1:13")),
        ("6", "1.5", date("36:00")),
        ("7", "45717", date("2025-03-01")),
        ("8", "45717", date("2025-03-01")),
        ("4", "-1", Some(Cell::Error("#NUM!".into()))),
        ("99", "1", number("1")),
        ("x", "1", number("1")),
    ] {
        assert_eq!(cell(&format!(" s=\"{style}\""), &format!("<v>{value}</v>"), "", styles), Ok(wanted), "{style} {value}");
    }
    let mut parts =
        workbook("<sheetData><row><c s=\"1\"><v>44255</v></c></row></sheetData>", "", "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>");
    let book = String::from_utf8(parts[1].bytes.clone()).unwrap().replace("<sheets>", "<workbookPr date1904=\"1\"/><sheets>");
    parts[1].bytes = book.into_bytes();
    assert_eq!(read_one(&parts).unwrap().cells[&(0, 0)], Cell::Date("2025-03-01".into()), "counted from 1904");
}

#[test]
fn cells_and_rows_without_a_name_follow_the_last() {
    let sheet = "<sheetData><row><c><v>1</v></c><c/><c><v>2</v></c></row><row r=\"4\"><c r=\"C4\"><v>3</v></c><c><v>4</v></c></row>\
        <row><c r=\"a5\"><v>5</v></c></row><other><c><v>9</v></c></other></sheetData>";
    let places = [((0, 0), "1"), ((0, 2), "2"), ((3, 2), "3"), ((3, 3), "4"), ((4, 0), "5")];
    let wanted: Cells = places.into_iter().map(|(place, text)| (place, Cell::Number(text.into()))).collect();
    assert_eq!(cells_of(sheet), Ok(wanted));
}

#[test]
fn cells_that_no_sheet_has_name_the_part() {
    for content in [
        "<sheetData><row r=\"0\"/></sheetData>",
        "<sheetData><row r=\"1048577\"/></sheetData>",
        "<sheetData><row r=\"1048576\"/><row/></sheetData>",
        "<sheetData><row r=\"x\"/></sheetData>",
        "<sheetData><row><c r=\"A0\"/></row></sheetData>",
        "<sheetData><row><c r=\"XFE1\"/></row></sheetData>",
        "<sheetData><row><c r=\"XFD1\"/><c/></row></sheetData>",
        "<sheetData><row><c r=\"1\"/></row></sheetData>",
        "<mergeCells><mergeCell ref=\"B1:A1\"/></mergeCells>",
        "<mergeCells><mergeCell/></mergeCells>",
    ] {
        let problem = cells_of(content).unwrap_err();
        let ProblemKind::Refused(Refusal::CellReference { entry, .. }) = &problem.kind else { panic!("{content}: {problem:?}") };
        assert_eq!(entry, "xl/worksheets/sheet1.xml");
    }
    let merged = workbook("<sheetData/><mergeCells count=\"2\"><mergeCell ref=\"B2:C9\"/><mergeCell ref=\"A1\"/></mergeCells>", "", "");
    let areas = [Merged { first: (1, 1), last: (8, 2) }, Merged { first: (0, 0), last: (0, 0) }];
    assert_eq!(read_one(&merged).unwrap().merged, areas);
}

#[test]
fn limits_hold() {
    let far = cells_of("<sheetData><row><c r=\"GS1\"><v>1</v></c></row></sheetData>").unwrap_err();
    assert_eq!((far.cell.as_deref(), matches!(far.kind, ProblemKind::OutsideLimits { .. })), (Some("GS1"), true));
    assert_eq!(cells_of("<sheetData><row><c r=\"XFD1048576\" s=\"1\"/></row></sheetData>"), Ok(vec![]), "empty cells count nowhere");
    let row = format!("<row>{}</row>", "<c><v>1</v></c>".repeat(200));
    let many = cells_of(&format!("<sheetData>{}</sheetData>", row.repeat(101))).unwrap_err();
    assert_eq!((many.cell.as_deref(), matches!(many.kind, ProblemKind::TooManyCells { .. })), (Some("A101"), true));
    // A long string costs the file nothing, and each cell that repeats it a lot.
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100));
    let long = workbook(&format!("<sheetData>{}</sheetData>", row.repeat(100)), &format!("<si><t>{}</t></si>", "长".repeat(10_000)), "");
    assert!(matches!(read(&long).unwrap_err().kind, ProblemKind::Refused(Refusal::Inflated { .. })));
    let deep = cells_of(&format!("<sheetData>{}", "<row>".repeat(100_000))).unwrap_err();
    assert!(matches!(deep.kind, ProblemKind::Unreadable { .. }), "{deep:?}");
}

#[test]
fn sheets_are_found_however_a_program_names_them() {
    // As strict programs write it: other namespaces, prefixes everywhere, folders of their own.
    let office = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    let listed = [("甲 &amp; 乙", "a"), ("图", "chart"), ("_x0041_", "b"), ("藏", "c")];
    let sheets: String =
        listed.iter().map(|(name, id)| format!("<s:sheet name=\"{name}\" sheetId=\"1\" state=\"hidden\" rel:id='{id}'/>")).collect();
    let relation =
        |id: &str, kind: &str, target: &str| format!("<p:Relationship Type=\"{office}/{kind}\" Target=\"{target}\" Id=\"{id}\"/>");
    let relations =
        |name: &str, list: &[String]| part(name, &format!("<p:Relationships xmlns:p=\"{PACKAGE}\">{}</p:Relationships>", list.concat()));
    let sheet = |value: u32| {
        format!(
            "<s:worksheet xmlns:s=\"http://purl.oclc.org/ooxml/spreadsheetml/main\"><s:sheetData><s:row><s:c t=\"s\"><s:v>{value}</s:v></s:c></s:row></s:sheetData></s:worksheet>"
        )
    };
    let parts = [
        relations(
            "_rels/.rels",
            &[relation("x", "metadata/core-properties", "docProps/core.xml"), relation("y", "officeDocument", "/Book/Main.xml")],
        ),
        part(
            "book/main.xml",
            &format!(
                "<?xml version=\"1.0\"?><!-- a --><s:workbook xmlns:s=\"a\" xmlns:rel=\"{office}\"><s:fileVersion/><s:sheets>{sheets}</s:sheets></s:workbook>"
            ),
        ),
        relations(
            "book/_rels/main.xml.rels",
            &[
                relation("a", "worksheet", "/book/sheets/one.xml"),
                relation("b", "worksheet", "./sheets/../sheets/Two.xml"),
                relation("c", "worksheet", "..\\other\\three.xml"),
                relation("chart", "chartsheet", "charts/one.xml"),
                relation("strings", "sharedStrings", "/texts.xml"),
            ],
        ),
        part("book/sheets/one.xml", &sheet(0)),
        part("book/sheets/two.xml", &sheet(1)),
        part("other/three.xml", &sheet(2)),
        part(
            "texts.xml",
            "<s:sst xmlns:s=\"a\"><s:si><s:t>一</s:t></s:si><s:si><s:r><s:t>二</s:t></s:r></s:si><s:si><s:t>三</s:t></s:si></s:sst>",
        ),
    ];
    let read = read(&parts).unwrap();
    let found: Vec<(&str, &str)> = read.iter().map(|sheet| (sheet.name.as_str(), sheet.shown(0, 0))).collect();
    assert_eq!(found, [("甲 & 乙", "一"), ("A", "二"), ("藏", "三")]);
}

#[test]
fn what_is_missing_or_broken_is_told() {
    let whole = workbook("<sheetData/>", "", "");
    for (index, missing) in [(1, true), (2, true), (3, true), (4, false), (5, false)] {
        let mut parts = whole.clone();
        parts.remove(index);
        assert_eq!(read(&parts).is_err(), missing, "{}", whole[index].name);
    }
    for part in 0..whole.len() {
        let mut parts = whole.clone();
        let kept = parts[part].bytes.len() - 3;
        parts[part].bytes.truncate(kept);
        let problem = read(&parts).unwrap_err();
        assert!(matches!(&problem.kind, ProblemKind::Unreadable { detail } if detail.contains(&whole[part].name)), "{problem:?}");
    }
    let mut twice = whole.clone();
    let sheet = "<sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/>";
    twice[1].bytes = String::from_utf8(whole[1].bytes.clone()).unwrap().replace(sheet, &sheet.repeat(2)).into_bytes();
    assert!(read(&twice).is_err(), "two sheets in one part");
    twice[1].bytes = String::from_utf8(whole[1].bytes.clone()).unwrap().replace(sheet, &sheet.repeat(51)).into_bytes();
    assert_eq!(read(&twice), Err(Problem::of_file(ProblemKind::TooManySheets { most: MAX_SHEETS })));
    assert_eq!(read(&[]).map_err(|problem| problem.sheet), Err(None));
}

/// Ten thousand workbooks with bytes cut out, put in and moved: each is read or refused.
#[test]
fn no_mutation_of_a_part_ends_in_a_panic() {
    let sheet = "<dimension ref=\"A1:D9\"/><sheetData><row r=\"1\" spans=\"1:3\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>0.95</v></c>\
        <c r=\"C1\" s=\"2\"><f>TODAY()</f><v>45717.5</v></c></row><row><c t=\"inlineStr\"><is><r><t>甲 &amp; &#x4e59;</t></r></is></c>\
        <c t=\"b\"><v>1</v></c><c t=\"e\"><v>#REF!</v></c><c t=\"d\"><v>2025-03-01</v></c><c t=\"str\"><f/><v>_x000D_甲</v></c></row></sheetData>\
        <mergeCells count=\"1\"><mergeCell ref=\"A8:B9\"/></mergeCells>";
    let strings = "<si><t xml:space=\"preserve\"> 东 </t></si><si><r><t>京</t></r><rPh sb=\"0\" eb=\"1\"><t>a</t></rPh></si>";
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[h]:mm;&quot;x&quot;\\-0%\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>";
    let whole = workbook(sheet, strings, styles);
    assert_eq!(read_one(&whole).unwrap().cells.len(), 8);
    let pieces = [
        "<",
        ">",
        "/>",
        "</",
        "\"",
        "'",
        "=",
        "&",
        ";",
        "&#0;",
        "]]>",
        "<![CDATA[",
        "<!--",
        "<?",
        "_x",
        "9",
        "-",
        ".",
        "e",
        ":",
        "XFD",
        "99999999999",
        "镇",
    ];
    let mut state = 20_250_301_u64;
    let mut below = |limit: usize| {
        // Knuth's constants; the upper half is random enough.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % limit
    };
    let mut refused = 0;
    for _ in 0..10_000 {
        let mut parts = whole.clone();
        for _ in 0..=below(3) {
            let part = below(parts.len());
            let bytes = &mut parts[part].bytes;
            let start = below(bytes.len() + 1);
            let end = bytes.len().min(start + below(16));
            match below(5) {
                0 => drop(bytes.drain(start..end)),
                1 => drop(bytes.splice(start..start, pieces[below(pieces.len())].bytes())),
                2 => drop(bytes.splice(start..end, pieces[below(pieces.len())].bytes())),
                3 => bytes.extend_from_within(start..end),
                _ => bytes.iter_mut().skip(start).take(1).for_each(|byte| *byte ^= 1 << below(8)),
            }
        }
        refused += u32::from(read(&parts).is_err());
    }
    assert!((1_000..9_900).contains(&refused), "{refused}: both must happen often");
}
