//! Refuses dangerous files before any parser sees them.
//!
//! The limits are measured: without them a file of 1.4 KB ends the program, and one of half a
//! megabyte takes two gigabytes.

use crate::archive::{self, Part};

/// The largest file that is looked at, in bytes.
pub const MAX_FILE: usize = 20_000_000;
/// The most files in a workbook's archive.
pub const MAX_ENTRIES: usize = 200;
/// The most bytes that the files of an archive may have together.
pub const MAX_INFLATED: u64 = 20_000_000;
/// How many times larger a file of some size may be than its compressed form.
pub const MAX_RATIO: u64 = 200;
/// The most shared strings of a workbook.
pub const MAX_STRINGS: u64 = 200_000;

/// A file that may be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// A workbook, as its checked XML parts in UTF-8 and nothing else.
    Workbook(Vec<Part>),
    /// A text with separators.
    Table,
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in it.
    Empty,
    /// Larger than [`MAX_FILE`].
    FileSize {
        /// Its size in bytes.
        bytes: usize,
    },
    /// Another format, by its usual file ending.
    OtherFormat {
        /// The format, such as `.xls`.
        format: &'static str,
    },
    /// Protected by a password.
    Encrypted,
    /// A workbook with macros.
    Macros,
    /// Not whole, or changed on the way.
    Damaged {
        /// The part that is damaged, if it is one.
        entry: Option<String>,
    },
    /// More than [`MAX_ENTRIES`] files in the archive.
    TooManyEntries {
        /// How many there are.
        entries: usize,
    },
    /// Inflates to more than is allowed.
    Inflated {
        /// The most bytes.
        most: u64,
    },
    /// A part that is compressed more than any real one.
    Ratio {
        /// The part.
        entry: String,
    },
    /// Two parts of one name.
    Duplicate {
        /// The name.
        entry: String,
    },
    /// Parts that share bytes.
    Overlapping {
        /// One of them.
        entry: String,
    },
    /// A part with a name that no office program gives.
    EntryName {
        /// The name, without control characters.
        entry: String,
    },
    /// A part that declares a document type or entities.
    Entities {
        /// The part.
        entry: String,
    },
    /// A part that is not written in UTF-8 or UTF-16.
    Charset {
        /// The part.
        entry: String,
    },
    /// A cell or range that no sheet has.
    CellReference {
        /// The part.
        entry: String,
        /// What stands there.
        reference: String,
    },
    /// More than [`MAX_STRINGS`] shared strings.
    TooManyStrings {
        /// How many are declared.
        declared: String,
    },
}

/// Looks at a file without parsing it, and says what it may be read as.
///
/// # Errors
/// [`Refusal`] if it must not be read.
pub fn admit(bytes: &[u8], file_name: &str) -> Result<Admitted, Refusal> {
    let name = file_name.to_lowercase();
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > MAX_FILE {
        return Err(Refusal::FileSize { bytes: bytes.len() });
    }
    if bytes.starts_with(b"PK") {
        return admit_archive(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(compound_file(bytes, &name));
    }
    if let Some(format) = foreign_format(bytes) {
        return Err(Refusal::OtherFormat { format });
    }
    if name.ends_with(".xlsx") {
        return Err(Refusal::Damaged { entry: None });
    }
    if let Some(format) = REFUSED_ENDINGS.iter().find(|ending| name.ends_with(**ending)) {
        return Err(Refusal::OtherFormat { format });
    }
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if bytes.contains(&0) && !has_mark {
        return Err(Refusal::Damaged { entry: None });
    }
    Ok(Admitted::Table)
}

/// File endings of formats that would each need a parser of their own.
const REFUSED_ENDINGS: &[&str] = &[".xls", ".xlsb", ".xlsm", ".ods", ".et", ".ett", ".docx", ".doc", ".wps", ".pdf", ".numbers"];

fn admit_archive(bytes: &[u8]) -> Result<Admitted, Refusal> {
    let parts = archive::unpack(bytes)?;
    let has = |name: &str| parts.iter().any(|part| part.name.eq_ignore_ascii_case(name));
    for (part, format) in [
        ("xl/workbook.bin", ".xlsb"),
        ("content.xml", ".ods"),
        ("word/document.xml", ".docx"),
        ("ppt/presentation.xml", ".pptx"),
        ("Index/Document.iwa", ".numbers"),
    ] {
        if has(part) {
            return Err(Refusal::OtherFormat { format });
        }
    }
    if parts.iter().any(|part| part.name.to_lowercase().ends_with("vbaproject.bin")) {
        return Err(Refusal::Macros);
    }
    if !has("[Content_Types].xml") {
        return Err(Refusal::OtherFormat { format: ".zip" });
    }
    let parts: Vec<Part> = parts.into_iter().filter(is_xml).collect();
    parts.iter().try_for_each(check_part)?;
    Ok(Admitted::Workbook(parts.into_iter().map(in_utf8).collect::<Result<_, _>>()?))
}

/// The part in UTF-8 without mark, and without the declaration of another encoding having a say: letters
/// outside of ASCII would be misread.
fn in_utf8(part: Part) -> Result<Part, Refusal> {
    let Part { name, bytes } = part;
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk().copied().map(unit));
        char::decode_utf16(units).collect::<Result<String, _>>().ok().map(String::into_bytes)
    };
    let converted = match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        rest => {
            let end = find(rest, b"?>").unwrap_or_default();
            let declared = attributes(rest.get(..end).unwrap_or_default(), b"encoding").next();
            let is_utf8 = declared.is_none_or(|name| name.eq_ignore_ascii_case(b"utf-8"));
            ((is_utf8 || bytes.is_ascii()) && std::str::from_utf8(&bytes).is_ok()).then_some(bytes)
        }
    };
    match converted {
        Some(bytes) => Ok(Part { name, bytes }),
        None => Err(Refusal::Charset { entry: name }),
    }
}

/// Pictures and the like are of no use here; whatever a parser might take for XML is checked.
fn is_xml(part: &Part) -> bool {
    let name = part.name.to_lowercase();
    name.ends_with(".xml") || name.ends_with(".rels")
}

fn check_part(part: &Part) -> Result<(), Refusal> {
    // Text in two bytes a letter has a zero in each letter of the markup.
    let plain: Vec<u8>;
    let text = if part.bytes.contains(&0) {
        plain = part.bytes.iter().copied().filter(|byte| *byte != 0).collect();
        plain.as_slice()
    } else {
        part.bytes.as_slice()
    };
    if find(text, b"<!DOCTYPE").is_some() || find(text, b"<!ENTITY").is_some() {
        return Err(Refusal::Entities { entry: part.name.clone() });
    }
    if find(text, b"sheetData").is_some() {
        for name in [&b"r"[..], b"ref"] {
            if let Some(reference) = attributes(text, name).find(|reference| !is_reference(reference)) {
                let reference = String::from_utf8_lossy(reference.get(..40).unwrap_or(reference)).into_owned();
                return Err(Refusal::CellReference { entry: part.name.clone(), reference });
            }
        }
    }
    if part.name.to_lowercase().ends_with("sharedstrings.xml") { check_strings(text) } else { Ok(()) }
}

/// The values of every attribute of this name.
fn attributes<'a>(text: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let sign = rest.iter().position(|byte| *byte == b'=')?;
            let (before, after) = (rest.get(..sign)?.trim_ascii_end(), rest.get(sign.saturating_add(1)..)?);
            rest = after;
            let is_named = before.strip_suffix(name).is_some_and(|before| before.last().is_none_or(is_space));
            let value = after.trim_ascii_start();
            if let Some((quote @ (b'"' | b'\''), value)) = value.split_first().filter(|_| is_named) {
                return Some(value.split(|byte| byte == quote).next().unwrap_or_default());
            }
        }
    })
}

/// Whether a text may be a row, a cell, or a range that does not run backwards. One that is nothing of
/// these is left to the reader, which says so.
fn is_reference(text: &[u8]) -> bool {
    let mut corners = Vec::new();
    for corner in text.split(|byte| *byte == b':') {
        let letters = corner.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let digits = corner.iter().skip(letters).take_while(|byte| byte.is_ascii_digit()).count();
        if letters > 3 || digits > 7 {
            return false;
        }
        let column =
            corner.iter().take(letters).fold(0_u32, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
        let row = corner.iter().skip(letters).take(digits).fold(0_u32, |row, digit| row * 10 + u32::from(digit - b'0'));
        corners.push((row, column));
    }
    match corners.as_slice() {
        [(top, left), (bottom, right)] => top <= bottom && left <= right,
        _ => true,
    }
}

fn check_strings(text: &[u8]) -> Result<(), Refusal> {
    let mut rest = text;
    while let Some(position) = find(rest, b"uniqueCount") {
        rest = rest.get(position.saturating_add(b"uniqueCount".len())..).unwrap_or_default();
        let digits = rest.iter().skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\'' | b'+'));
        let declared: String = digits.take_while(|byte| byte.is_ascii_digit()).take(40).map(|byte| char::from(*byte)).collect();
        if !declared.is_empty() && declared.parse::<u64>().ok().is_none_or(|count| count > MAX_STRINGS) {
            return Err(Refusal::TooManyStrings { declared });
        }
    }
    Ok(())
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let position = rest.iter().position(|byte| *byte == first)?;
        if rest.get(position..).is_some_and(|rest| rest.starts_with(wanted)) {
            return Some(from.saturating_add(position));
        }
        from = from.saturating_add(position).saturating_add(1);
    }
}

/// The container of the older office formats, and of protected new ones.
fn compound_file(bytes: &[u8], name: &str) -> Refusal {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    if find(bytes, &wide("EncryptedPackage")).is_some() {
        return Refusal::Encrypted;
    }
    let is_word = find(bytes, &wide("WordDocument")).is_some();
    let format = [".et", ".ett", ".doc", ".wps"].into_iter().find(|ending| name.ends_with(ending));
    Refusal::OtherFormat { format: format.unwrap_or(if is_word { ".doc" } else { ".xls" }) }
}

/// A format that announces itself in its first bytes. Old systems give tables of web pages the ending `.xls`.
fn foreign_format(bytes: &[u8]) -> Option<&'static str> {
    let text = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes).trim_ascii_start();
    let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let formats: &[(&[u8], &str)] = &[
        (b"%PDF", ".pdf"),
        (b"{\\rtf", ".rtf"),
        (b"<html", ".html"),
        (b"<!doctype", ".html"),
        (b"<table", ".html"),
        (b"<?xml", ".xml"),
        (b"\x89PNG", ".png"),
        (b"\xff\xd8\xff", ".jpg"),
        (b"Rar!", ".rar"),
        (b"7z\xbc\xaf", ".7z"),
        (b"\x1f\x8b", ".gz"),
    ];
    formats.iter().find(|(word, _)| begins(word)).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::tests::pack_stored;

    fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
        let with_types = [&[("[Content_Types].xml", "<Types/>")], parts].concat();
        let parts: Vec<Part> =
            with_types.iter().map(|(name, text)| Part { name: (*name).into(), bytes: text.as_bytes().to_vec() }).collect();
        pack_stored(&parts)
    }

    #[test]
    fn formats_are_told_by_their_bytes() {
        for (bytes, name, format) in [
            (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"[..], "a.xlsx", ".xls"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "a.et", ".et"),
            (b"%PDF-1.7", "a.xlsx", ".pdf"),
            (b"<html><table>", "a.xls", ".html"),
            (b"\xef\xbb\xbf <?xml version='1.0'?>", "a.xls", ".xml"),
            (b"a,b\n1,2\n", "a.xls", ".xls"),
            (&workbook(&[("xl/workbook.bin", "")]), "a.xlsx", ".xlsb"),
            (&workbook(&[("content.xml", "<a/>")]), "a.xlsx", ".ods"),
            (&workbook(&[("word/document.xml", "<a/>")]), "a.xlsx", ".docx"),
            (&pack_stored(&[Part { name: "a.txt".into(), bytes: vec![] }]), "a.xlsx", ".zip"),
        ] {
            assert_eq!(admit(bytes, name), Err(Refusal::OtherFormat { format }), "{name} {format}");
        }
        assert_eq!(admit(b"a,b\n1,2\n", "a.csv"), Ok(Admitted::Table));
        assert_eq!(admit(b"", "a.csv"), Err(Refusal::Empty));
        assert_eq!(admit(b"text", "a.xlsx"), Err(Refusal::Damaged { entry: None }));
        assert_eq!(admit(&vec![b'a'; MAX_FILE + 1], "a.csv"), Err(Refusal::FileSize { bytes: MAX_FILE + 1 }));
        let mut locked = b"\xd0\xcf\x11\xe0".to_vec();
        locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(admit(&locked, "a.xlsx"), Err(Refusal::Encrypted));
        assert_eq!(admit(&workbook(&[("xl/vbaProject.bin", "")]), "a.xlsx"), Err(Refusal::Macros));
    }

    #[test]
    fn cells_that_no_sheet_has_are_refused() {
        for (reference, fits) in [
            ("A1", true),
            ("XFD1048576", true),
            ("12", true),
            ("A1:C9", true),
            ("AAAA1", false),
            ("A99999999", false),
            ("99999999999", false),
            ("C9:A1", false),
            ("A1:ZZZZZZ9", false),
        ] {
            for text in [
                format!("<row r=\"{reference}\"/>"),
                format!("<c s='1'\n r = '{reference}'/>"),
                format!("<mergeCell ref=\"{reference}\"/>"),
            ] {
                let sheet = format!("<worksheet xmlns:r=\"r\"><sheetData>{text}</sheetData><drawing r:id=\"AAAAA1\"/></worksheet>");
                let answer = admit(&workbook(&[("xl/worksheets/sheet1.xml", &sheet)]), "a.xlsx");
                assert_eq!(answer.is_ok(), fits, "{text}: {answer:?}");
            }
        }
    }

    #[test]
    fn parts_come_in_utf8_or_not_at_all() {
        let read = |bytes: Vec<u8>| {
            let part = |name: &str, bytes: Vec<u8>| Part { name: name.into(), bytes };
            let archive = pack_stored(&[part("[Content_Types].xml", b"<a/>".to_vec()), part("b.xml", bytes)]);
            match admit(&archive, "a.xlsx") {
                Ok(Admitted::Workbook(parts)) => parts.into_iter().nth(1).and_then(|part| String::from_utf8(part.bytes).ok()),
                Err(Refusal::Charset { entry }) => (entry != "b.xml").then_some(entry),
                other => panic!("{other:?}"),
            }
        };
        let text = "<?xml version='1.0' encoding='UTF-16'?><a>镇😀</a>";
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> { std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect() };
        assert_eq!(read(wide(u16::to_le_bytes)).as_deref(), Some(text));
        assert_eq!(read(wide(u16::to_be_bytes)).as_deref(), Some(text));
        assert_eq!(read(b"\xff\xfe\x3d\xd8a\x00".to_vec()), None, "half a character");
        for (text, fits) in [
            ("<a>镇</a>", true),
            ("<?xml version='1.0' encoding='utf-8'?><a>镇</a>", true),
            ("<?xml version=\"1.0\" encoding=\"GBK\"?><a>town</a>", true),
            ("<?xml version=\"1.0\" encoding=\"GBK\"?><a>镇</a>", false),
        ] {
            assert_eq!(read(text.as_bytes().to_vec()).as_deref(), fits.then_some(text));
        }
        assert_eq!(read(b"<a>\xd5\xf2</a>".to_vec()), None, "GBK");
    }

    #[test]
    fn entities_and_counts_are_refused() {
        let entities = workbook(&[("xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")]);
        assert_eq!(admit(&entities, "a.xlsx"), Err(Refusal::Entities { entry: "xl/workbook.xml".into() }));
        let wide: Vec<u8> = "<!ENTITY".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let types = Part { name: "[Content_Types].xml".into(), bytes: b"<a/>".to_vec() };
        let wide = pack_stored(&[types, Part { name: "xl/styles.xml".into(), bytes: wide }]);
        assert!(matches!(admit(&wide, "a.xlsx"), Err(Refusal::Entities { .. })));
        for (count, refused) in [("4000000000", true), ("200001", true), ("200000", false), ("99999999999999999999999", true)] {
            let strings = format!("<sst count='1' uniqueCount = \"{count}\"><si><t>a</t></si></sst>");
            let answer = admit(&workbook(&[("xl/sharedStrings.xml", &strings)]), "a.xlsx");
            assert_eq!(answer.is_err(), refused, "{count}: {answer:?}");
        }
    }
}
