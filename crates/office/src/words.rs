//! The words for what happened to a file, in Chinese and English.

use dabiao_catalog::Document;
use dabiao_core::unit::Notation;
use dabiao_core::{FigureIndex, FigureKind, Unit, Value};
use dabiao_view::Locale;
use dabiao_view::entry::message;
use dabiao_view::rule_text::{figure_name, shown_value};
use dabiao_view::words::key;

use crate::guard::{MAX_ENTRIES, MAX_FILE, MAX_STRINGS, Refusal};
use crate::import::{Answer, Recognized};
use crate::problem::{Problem, ProblemKind, cell_name};

/// The most characters of a cell that a message repeats.
const LONGEST_QUOTE: usize = 40;

/// Formats that office programs save as a workbook.
const SPREADSHEETS: &[&str] = &[".xls", ".xlsb", ".xlsm", ".ods", ".et", ".ett", ".numbers", ".html", ".xml"];

/// A problem in one line: where, what is wrong, what to do.
#[must_use]
pub fn problem_text(locale: Locale, document: &Document, problem: &Problem) -> String {
    let text = kind_text(locale, document, &problem.kind);
    match (&problem.sheet, &problem.cell) {
        (Some(sheet), Some(cell)) => locale.fill(key::IMPORT_AT_CELL, &[("sheet", sheet), ("cell", cell), ("text", &text)]),
        (Some(sheet), None) => locale.fill(key::IMPORT_AT_SHEET, &[("sheet", sheet), ("text", &text)]),
        _ => locale.fill(key::IMPORT_OF_FILE, &[("text", &text)]),
    }
}

/// What was written and how it was understood; `None` for an answer that is read as it stands.
#[must_use]
pub fn repair_text(locale: Locale, document: &Document, answer: &Answer) -> Option<String> {
    let repaired = answer.repaired.as_ref()?;
    let understood = match repaired.value {
        Value::YesNo(true) => locale.word(key::ANSWER_YES).to_owned(),
        Value::YesNo(false) => locale.word(key::ANSWER_NO).to_owned(),
        value => shown_value(locale, document, answer.figure, value)?,
    };
    Some(locale.fill(key::IMPORT_REPAIRED, &[("written", &quote(&repaired.written)), ("understood", &understood)]))
}

/// What a file was recognised as.
#[must_use]
pub fn recognized_text(locale: Locale, recognized: &Recognized) -> String {
    match recognized {
        Recognized::Template(_) => locale.word(key::IMPORT_READ_TEMPLATE).to_owned(),
        Recognized::Table { name_column, value_column } => {
            let letters = |column: u32| cell_name(0, column).trim_end_matches('1').to_owned();
            let values = [("name", letters(*name_column)), ("value", letters(*value_column))];
            locale.fill(key::IMPORT_READ_TABLE, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        Recognized::Nothing => locale.word(key::IMPORT_READ_NONE).to_owned(),
    }
}

/// How an answer can be written, for a unit or for yes and no.
#[must_use]
pub fn example(locale: Locale, unit: Option<Unit>) -> &'static str {
    locale.word(match unit {
        None => key::IMPORT_EXAMPLE_YES_NO,
        Some(Unit::Percent | Unit::PercentagePoint) => key::IMPORT_EXAMPLE_PERCENT,
        Some(Unit::Year) => key::IMPORT_EXAMPLE_YEAR,
        Some(Unit::Rank | Unit::Grade) => key::IMPORT_EXAMPLE_ORDINAL,
        Some(Unit::Person) => key::IMPORT_EXAMPLE_WAN,
        Some(unit) => match unit.notation() {
            Notation::OneTo => key::IMPORT_EXAMPLE_ONE_TO,
            Notation::ToOne => key::IMPORT_EXAMPLE_TO_ONE,
            Notation::Plain if unit.is_whole() => key::IMPORT_EXAMPLE_WHOLE,
            Notation::Plain => key::IMPORT_EXAMPLE_PLAIN,
        },
    })
}

fn kind_text(locale: Locale, document: &Document, kind: &ProblemKind) -> String {
    let name = |figure: FigureIndex| figure_name(locale, document, figure);
    let kind_of = |figure: FigureIndex| document.standard.figure(figure).map_or(FigureKind::YesNo, |figure| figure.kind);
    match kind {
        ProblemKind::Refused(refusal) => refusal_text(locale, refusal),
        ProblemKind::Unreadable { detail } => locale.fill(key::IMPORT_UNREADABLE, &[("detail", &quote(detail))]),
        ProblemKind::TooManySheets { most } => locale.fill(key::IMPORT_TOO_MANY_SHEETS, &[("most", &most.to_string())]),
        ProblemKind::TooManyCells { most } => locale.fill(key::IMPORT_TOO_MANY_CELLS, &[("most", &most.to_string())]),
        ProblemKind::OutsideLimits { rows, columns } => {
            locale.fill(key::IMPORT_OUTSIDE, &[("rows", &rows.to_string()), ("columns", &columns.to_string())])
        }
        ProblemKind::Encoding { encoding } => locale.fill(key::IMPORT_ENCODING, &[("encoding", &encoding.to_uppercase())]),
        ProblemKind::NothingRecognized => locale.word(key::IMPORT_NOTHING_RECOGNIZED).to_owned(),
        ProblemKind::OtherStandard { id } => locale.fill(key::IMPORT_OTHER_STANDARD, &[("standard", &quote(id))]),
        ProblemKind::LaterVersion { version } => locale.fill(key::IMPORT_LATER_VERSION, &[("version", &version.to_string())]),
        ProblemKind::EarlierVersion => locale.word(key::IMPORT_EARLIER_VERSION).to_owned(),
        ProblemKind::UnknownFigure { found } => locale.fill(key::IMPORT_UNKNOWN_FIGURE, &[("found", &quote(found))]),
        ProblemKind::UnknownClause { found } => locale.fill(key::IMPORT_UNKNOWN_CLAUSE, &[("found", &quote(found))]),
        ProblemKind::AmbiguousName { found } => locale.fill(key::IMPORT_AMBIGUOUS, &[("found", &quote(found))]),
        ProblemKind::NoFigure { found } => locale.fill(key::IMPORT_NO_FIGURE, &[("found", &quote(found))]),
        ProblemKind::Contradiction { figure, other, place } => {
            locale.fill(key::IMPORT_CONTRADICTION, &[("figure", name(*figure)), ("other", &quote(other)), ("place", place)])
        }
        ProblemKind::NotAValue { figure, found, error } => {
            let why = message(locale, kind_of(*figure), found, Err(error)).map(|(_, text)| text).unwrap_or_default();
            let example = example(locale, kind_of(*figure).unit());
            let values = [("figure", name(*figure)), ("found", &quote(found)), ("why", &why), ("example", example)];
            locale.fill(key::IMPORT_NOT_A_VALUE, &values)
        }
        ProblemKind::DateForNumber { figure, found } => {
            let example = example(locale, kind_of(*figure).unit());
            locale.fill(key::IMPORT_DATE, &[("figure", name(*figure)), ("found", &quote(found)), ("example", example)])
        }
        ProblemKind::ErrorValue { found } => locale.fill(key::IMPORT_ERROR_VALUE, &[("found", &quote(found))]),
        ProblemKind::NotCalculated => locale.word(key::IMPORT_NOT_CALCULATED).to_owned(),
        ProblemKind::Merged { into } => locale.fill(key::IMPORT_MERGED, &[("into", into)]),
        ProblemKind::NotYesOrNo { found } => locale.fill(key::IMPORT_NOT_YES_NO, &[("found", &quote(found))]),
        ProblemKind::NoReason { clause } => {
            let clause = document.clauses.get(clause.0 as usize).map_or("", |text| locale.text(&text.name));
            locale.fill(key::IMPORT_NO_REASON, &[("clause", clause)])
        }
    }
}

fn refusal_text(locale: Locale, refusal: &Refusal) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000).to_string();
    let suspicious = |what: String| locale.fill(key::IMPORT_SUSPICIOUS, &[("what", &what)]);
    match refusal {
        Refusal::Empty => locale.word(key::IMPORT_EMPTY).to_owned(),
        Refusal::FileSize { bytes } => {
            let (size, most) = (megabytes(*bytes as u64), megabytes(MAX_FILE as u64));
            locale.fill(key::IMPORT_FILE_SIZE, &[("size", &size), ("most", &most)])
        }
        Refusal::OtherFormat { format } => {
            let word = if SPREADSHEETS.contains(format) { key::IMPORT_OTHER_FORMAT } else { key::IMPORT_NO_SPREADSHEET };
            locale.fill(word, &[("format", format)])
        }
        Refusal::Encrypted => locale.word(key::IMPORT_ENCRYPTED).to_owned(),
        Refusal::Macros => locale.word(key::IMPORT_MACROS).to_owned(),
        Refusal::Damaged { entry: None } => locale.word(key::IMPORT_DAMAGED).to_owned(),
        Refusal::Damaged { entry: Some(part) } => locale.fill(key::IMPORT_DAMAGED_PART, &[("part", &quote(part))]),
        Refusal::TooManyEntries { entries } => {
            let values = [("count", entries.to_string()), ("most", MAX_ENTRIES.to_string())];
            suspicious(locale.fill(key::IMPORT_SUSPICIOUS_ENTRIES, &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
        }
        Refusal::Inflated { most } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_INFLATED, &[("most", &megabytes(*most))])),
        Refusal::Ratio { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_RATIO, &[("part", &quote(entry))])),
        Refusal::Duplicate { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_DUPLICATE, &[("part", &quote(entry))])),
        Refusal::Overlapping { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_OVERLAP, &[("part", &quote(entry))])),
        Refusal::EntryName { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_NAME, &[("part", &quote(entry))])),
        Refusal::Entities { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_ENTITIES, &[("part", &quote(entry))])),
        Refusal::Charset { entry } => suspicious(locale.fill(key::IMPORT_SUSPICIOUS_CHARSET, &[("part", &quote(entry))])),
        Refusal::CellReference { entry, reference } => {
            let values = [("part", quote(entry)), ("cell", quote(reference))];
            suspicious(locale.fill(key::IMPORT_SUSPICIOUS_CELL, &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
        }
        Refusal::TooManyStrings { declared } => {
            let values = [("count", declared.clone()), ("most", MAX_STRINGS.to_string())];
            suspicious(locale.fill(key::IMPORT_SUSPICIOUS_STRINGS, &values.each_ref().map(|(name, value)| (*name, value.as_str()))))
        }
    }
}

/// A text of the file, on one line and not too long.
fn quote(text: &str) -> String {
    let mut quoted: String =
        text.trim().chars().take(LONGEST_QUOTE).map(|character| if character.is_control() { ' ' } else { character }).collect();
    if text.trim().chars().count() > LONGEST_QUOTE {
        quoted.push('…');
    }
    quoted
}
