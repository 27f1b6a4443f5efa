//! The sheets of a workbook from its checked parts.
//!
//! A reader of ours: a person sees a cell's value, percent sign and date, and nothing else of the format
//! is needed. Cells are read one after the other and never as a rectangle: one cell in the last corner of
//! a sheet would otherwise claim gigabytes. Empty cells are not kept and count nowhere, because
//! spreadsheet programs write formatted empty cells far outside the table.

mod cells;
pub mod number_format;
mod reference;
#[cfg(test)]
mod tests;
mod xml;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::archive::Part;
use crate::problem::{Problem, ProblemKind};
use crate::sheet::{MAX_SHEETS, Sheet};
use cells::Reading;
use number_format::Format;
use xml::{Element, Xml};

/// What the cells of a workbook refer to.
#[derive(Default)]
struct Shared {
    /// The shared strings.
    strings: Vec<String>,
    /// The format of each cell style.
    formats: Vec<Format>,
    /// Whether days are counted from 1904.
    is_1904: bool,
}

/// A relation of a part to another.
struct Relation {
    id: String,
    /// The last word of its type.
    kind: String,
    /// The full name of the other part.
    target: String,
}

/// The sheets in the order of the workbook, hidden ones included.
///
/// # Errors
/// [`Problem`] if a part is missing, not well-formed or beyond the limits.
pub fn read(parts: &[Part]) -> Result<Vec<Sheet>, Problem> {
    let missing = |name: &str| Problem::of_file(ProblemKind::Unreadable { detail: format!("no {name}") });
    let from_root = relations(parts, "")?;
    let name = from_root.iter().find(|relation| relation.kind == "officeDocument").map_or("xl/workbook.xml", |relation| &relation.target);
    let book = part(parts, name).ok_or_else(|| missing(name))?;
    let related = relations(parts, &book.name)?;
    // Some programs write these two without a relation.
    let shared_part = |kind: &str, usual: &str| {
        let related = related.iter().find(|relation| relation.kind == kind).and_then(|relation| part(parts, &relation.target));
        related.or_else(|| part(parts, &resolved(&book.name, usual)))
    };
    let mut shared = Shared::default();
    if let Some(part) = shared_part("sharedStrings", "sharedStrings.xml") {
        shared.strings = strings(part)?;
    }
    if let Some(part) = shared_part("styles", "styles.xml") {
        shared.formats = formats(part)?;
    }
    let mut listed = Vec::new();
    let mut xml = Xml::new(book);
    let root = xml.root("workbook")?;
    while let Some(element) = xml.child(root.level)? {
        match element.name() {
            "workbookPr" => shared.is_1904 = matches!(xml.attribute(&element, "date1904")?.as_deref(), Some("1" | "true" | "on")),
            "sheets" => {
                while let Some(sheet) = xml.child(element.level)? {
                    if sheet.name() != "sheet" {
                        continue;
                    }
                    let name = unescaped(&xml.attribute(&sheet, "name")?.unwrap_or_default()).into_owned();
                    let id = xml.relation(&sheet)?.unwrap_or_default().into_owned();
                    listed.push((name, id));
                    if listed.len() > MAX_SHEETS {
                        return Err(Problem::of_file(ProblemKind::TooManySheets { most: MAX_SHEETS }));
                    }
                }
            }
            _ => {}
        }
    }
    let mut reading = Reading::new(&shared);
    let mut taken = BTreeSet::new();
    let mut sheets = Vec::new();
    for (name, id) in listed {
        let in_sheet = |detail: String| Problem::of_sheet(&name, ProblemKind::Unreadable { detail });
        let relation = related.iter().find(|relation| relation.id == id).ok_or_else(|| in_sheet("no relation".into()))?;
        // Charts and the like are no tables.
        if relation.kind != "worksheet" {
            continue;
        }
        let part = part(parts, &relation.target).ok_or_else(|| in_sheet(format!("no {}", relation.target)))?;
        // A part counts once, or fifty sheets could make its cells a million.
        if !taken.insert(&part.name) {
            return Err(in_sheet(format!("twice {}", part.name)));
        }
        sheets.push(reading.sheet(&name, part)?);
    }
    Ok(sheets)
}

/// The part with a name; office programs do not tell upper from lower case.
fn part<'a>(parts: &'a [Part], name: &str) -> Option<&'a Part> {
    let name = name.to_lowercase();
    parts.iter().find(|part| part.name.to_lowercase() == name)
}

/// The relations of a part, or of the whole file if the name is empty.
fn relations(parts: &[Part], of: &str) -> Result<Vec<Relation>, Problem> {
    let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
    let name = format!("{folder}/_rels/{file}.rels");
    let Some(part) = part(parts, name.trim_start_matches('/')) else { return Ok(Vec::new()) };
    let mut xml = Xml::new(part);
    let root = xml.root("Relationships")?;
    let mut found = Vec::new();
    while let Some(element) = xml.child(root.level)? {
        let text = |name| xml.attribute(&element, name).map(|text| text.unwrap_or_default().into_owned());
        if text("TargetMode")? != "External" {
            let kind = text("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id: text("Id")?, kind, target: resolved(of, &text("Target")?) });
        }
    }
    Ok(found)
}

/// The full name of what a part calls `target`.
fn resolved(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut names: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for name in target.split('/') {
        match name {
            "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.retain(|name| !name.is_empty());
    names.join("/")
}

/// The shared strings, each without its formatting.
fn strings(part: &Part) -> Result<Vec<String>, Problem> {
    let mut xml = Xml::new(part);
    let root = xml.root("sst")?;
    let mut strings = Vec::new();
    while let Some(element) = xml.child(root.level)? {
        if element.name() == "si" {
            strings.push(rich_text(&mut xml, &element)?);
        }
    }
    Ok(strings)
}

/// A text in one piece or in differently formatted ones, without how it is pronounced.
fn rich_text(xml: &mut Xml<'_>, element: &Element<'_>) -> Result<String, Problem> {
    let mut text = String::new();
    while let Some(piece) = xml.child(element.level)? {
        match piece.name() {
            "t" => text.push_str(&unescaped(&xml.text(piece.level)?)),
            "r" => {
                while let Some(inner) = xml.child(piece.level)? {
                    if inner.name() == "t" {
                        text.push_str(&unescaped(&xml.text(inner.level)?));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(text)
}

/// A text in which characters that XML cannot hold are written as `_x000D_`.
fn unescaped(text: &str) -> Cow<'_, str> {
    let (mut done, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("_x") {
        done.push_str(before);
        let digits = after.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let character = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        rest = match (character, after.get(4..).and_then(|behind| behind.strip_prefix('_'))) {
            (Some(character), Some(behind)) => {
                done.push(character);
                behind
            }
            _ => {
                done.push_str("_x");
                after
            }
        };
    }
    if done.is_empty() {
        return Cow::Borrowed(rest);
    }
    done.push_str(rest);
    Cow::Owned(done)
}

/// The format of each cell style.
fn formats(part: &Part) -> Result<Vec<Format>, Problem> {
    let mut xml = Xml::new(part);
    let root = xml.root("styleSheet")?;
    let mut own = BTreeMap::new();
    let mut styles = Vec::new();
    while let Some(list) = xml.child(root.level)? {
        match list.name() {
            // Not only the children: later versions wrap a format into a choice for the earlier ones.
            "numFmts" => {
                while let Some(element) = xml.descendant(list.level)? {
                    if element.name() == "numFmt" {
                        let id = number(xml.attribute(&element, "numFmtId")?.as_deref());
                        let code = xml.attribute(&element, "formatCode")?.unwrap_or_default();
                        own.insert(id, Format::written(&code));
                    }
                }
            }
            "cellXfs" => {
                while let Some(element) = xml.child(list.level)? {
                    styles.push(number(xml.attribute(&element, "numFmtId")?.as_deref()));
                }
            }
            _ => {}
        }
    }
    let format = |id: u32| match own.get(&id) {
        // Programs repeat a known number with words of their country, such as `G/通用格式`.
        None | Some(Format::Number) => Format::builtin(id),
        Some(own) => *own,
    };
    Ok(styles.into_iter().map(format).collect())
}

/// A number that is 0 if it is not given.
fn number(text: Option<&str>) -> u32 {
    text.and_then(|text| text.trim().parse().ok()).unwrap_or_default()
}
