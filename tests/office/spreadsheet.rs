//! Workbooks as files: taking them apart, changing cells, and opening them in LibreOffice.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The text of a sheet with another cell at an address; its look is kept.
pub fn with_cell(sheet: &str, address: &str, filled: &dyn Fn(&str) -> String) -> String {
    let start = sheet.find(&format!("<c r=\"{address}\"")).unwrap_or_else(|| panic!("no cell {address}"));
    let rest = &sheet[start..];
    let tag_end = rest.find('>').expect("a tag") + 1;
    let tag = &rest[..tag_end];
    let end = if tag.ends_with("/>") { tag_end } else { rest.find("</c>").expect("an end") + 4 };
    let style = tag.split("s=\"").nth(1).and_then(|text| text.split('"').next()).unwrap_or("0");
    format!("{}{}{}", &sheet[..start], filled(style), &rest[end..])
}

pub fn with_number(sheet: &str, address: &str, number: &str) -> String {
    with_cell(sheet, address, &|style| {
        if number.is_empty() {
            format!("<c r=\"{address}\" s=\"{style}\"/>")
        } else {
            format!("<c r=\"{address}\" s=\"{style}\"><v>{number}</v></c>")
        }
    })
}

pub fn with_text(sheet: &str, address: &str, text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    with_cell(sheet, address, &|style| match escaped.as_str() {
        "" => format!("<c r=\"{address}\" s=\"{style}\"/>"),
        text => format!("<c r=\"{address}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    })
}

/// The files inside a workbook.
pub fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("an entry");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("content");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

/// Every remembered result replaced by a wrong one.
pub fn forget_results(entries: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let forget = |(name, content): (&String, &Vec<u8>)| {
        if !name.starts_with("xl/worksheets/sheet") {
            return (name.clone(), content.clone());
        }
        let text = String::from_utf8(content.clone()).expect("text");
        let mut pieces = text.split("</f><v>");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (_, rest) = piece.split_once("</v>").expect("a result");
            out.push_str("</f><v>987654</v>");
            out.push_str(rest);
        }
        (name.clone(), out.into_bytes())
    };
    entries.iter().map(forget).collect()
}

pub fn write_entries(path: &Path, entries: &BTreeMap<String, Vec<u8>>) {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).expect("a file"));
    for (name, content) in entries {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content).expect("content");
    }
    archive.finish().expect("an archive");
}

pub fn fresh_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// LibreOffice. `DABIAO_SOFFICE` names it, and then it must be there.
pub fn office() -> Option<String> {
    let named = std::env::var("DABIAO_SOFFICE").ok();
    let program = named.clone().unwrap_or_else(|| "soffice".to_owned());
    let answers = Command::new(&program).arg("--version").output().is_ok_and(|output| output.status.success());
    assert!(answers || named.is_none(), "DABIAO_SOFFICE names {program}, which does not run");
    if !answers {
        println!("SKIPPED: LibreOffice (soffice) is not installed, so no workbook was worked out anew");
    }
    answers.then_some(program)
}

/// What LibreOffice shows when it opens a workbook.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Results {
    /// Everything is worked out anew.
    WorkedOut,
    /// What the file remembers.
    Remembered,
}

/// Opens every workbook of a folder and reads each sheet: its name is that of the file, a hyphen and
/// that of the sheet.
pub fn opened(office: &str, folder: &Path, results: Results) -> BTreeMap<String, Vec<Vec<String>>> {
    let (profile, mode) = match results {
        Results::WorkedOut => (folder.join("profile"), "0"),
        Results::Remembered => (folder.join("profile-remembered"), "1"),
    };
    std::fs::create_dir_all(profile.join("user")).expect("a profile");
    let always = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>"#;
    std::fs::write(profile.join("user/registrymodifications.xcu"), always.replace("{mode}", mode)).expect("a profile");
    let mut books: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "xlsx"))
        .collect();
    books.sort();
    let status = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir"])
        .arg(folder)
        .args(&books)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .status()
        .expect("LibreOffice runs");
    assert!(status.success(), "LibreOffice stopped with {status}");
    let read = |path: PathBuf| {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(&path).expect("a table");
        let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), rows)
    };
    let tables = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    tables.filter(|path| path.extension().is_some_and(|end| end == "csv")).map(read).collect()
}
