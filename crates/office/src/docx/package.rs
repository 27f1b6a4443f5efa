//! The parts of a document, packed.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::body::{document, footer};
use super::style::{font_table, settings, styles};
use super::xml::Xml;
use crate::report::Report;

/// The archive could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotPacked(String);

impl std::fmt::Display for NotPacked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the document could not be packed: {}", self.0)
    }
}

impl std::error::Error for NotPacked {}

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CORE_TYPE: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const OFFICE_RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// The bytes of the whole.
pub(super) fn package(report: &Report) -> Result<Vec<u8>, NotPacked> {
    // Readers look for the types first.
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relations()),
        ("docProps/core.xml", core_properties(report)),
        ("docProps/app.xml", app_properties(report)),
        ("word/document.xml", document(report)),
        ("word/_rels/document.xml.rels", document_relations()),
        ("word/styles.xml", styles(report.locale)),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", font_table()),
        ("word/footer1.xml", footer(true)),
        ("word/footer2.xml", footer(false)),
    ];
    pack(&parts).map_err(|error| NotPacked(error.to_string()))
}

fn pack(parts: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    // The first moment an archive can name, and the same system everywhere: no clock, no machine.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
        .system(System::Unix);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn content_types() -> String {
    let parts = [
        ("/word/document.xml", format!("{WORD}document.main+xml")),
        ("/word/styles.xml", format!("{WORD}styles+xml")),
        ("/word/settings.xml", format!("{WORD}settings+xml")),
        ("/word/fontTable.xml", format!("{WORD}fontTable+xml")),
        ("/word/footer1.xml", format!("{WORD}footer+xml")),
        ("/word/footer2.xml", format!("{WORD}footer+xml")),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned()),
    ];
    Xml::part("Types", &[("xmlns", TYPES)], |xml| {
        let relations = "application/vnd.openxmlformats-package.relationships+xml";
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", relations)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        for (name, kind) in &parts {
            xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        }
    })
}

fn package_relations() -> String {
    let office = |kind: &str| format!("{OFFICE_RELATION}{kind}");
    relations(&[
        (office("officeDocument"), "word/document.xml"),
        (CORE_TYPE.to_owned(), "docProps/core.xml"),
        (office("extended-properties"), "docProps/app.xml"),
    ])
}

fn document_relations() -> String {
    let parts = [
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("footer", "footer1.xml"),
        ("footer", "footer2.xml"),
    ];
    relations(&parts.map(|(kind, target)| (format!("{OFFICE_RELATION}{kind}"), target)))
}

/// Relations numbered from `rId1`, in order.
fn relations(all: &[(String, &str)]) -> String {
    Xml::part("Relationships", &[("xmlns", PACKAGE_RELATIONS)], |xml| {
        for (number, (kind, target)) in (1_u32..).zip(all) {
            xml.empty("Relationship", &[("Id", &format!("rId{number}")), ("Type", kind), ("Target", target)]);
        }
    })
}

/// Title and maker. When it was made stays out: there is no clock here, and a made-up moment would be
/// worse than none.
fn core_properties(report: &Report) -> String {
    let namespaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    Xml::part("cp:coreProperties", &namespaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&report.title_in_one_line()));
        xml.element("dc:creator", &[], |xml| xml.text(&report.product));
        xml.element("dc:language", &[], |xml| xml.text(report.locale.tag()));
    })
}

fn app_properties(report: &Report) -> String {
    let namespace = ("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties");
    Xml::part("Properties", &[namespace], |xml| {
        xml.element("Application", &[], |xml| xml.text(&report.product));
    })
}
