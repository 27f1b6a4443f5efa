//! The fill-in workbook of a standard, whole or for one department.
//!
//! Answer cells are text cells: in any other, spreadsheet programs turn `1:13` into a time and `3-5`
//! into a date. For the same reason the checks while typing warn and do not forbid: what the import
//! understands, from 约2.3万 to 85%-90%, is more than a rule of a spreadsheet can say.

use std::fmt;

use dabiao_catalog::Document;
use dabiao_core::standard::Level;
use dabiao_core::unit::Notation;
use dabiao_core::{ClauseIndex, DepartmentIndex, Exact, FigureKind, Unit};
use dabiao_draft::{Draft, Evidence};
use dabiao_view::Locale;
use dabiao_view::card::level_word;
use dabiao_view::number::unit_name;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::{Word, key};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};

use crate::layout::{Column, LAYOUT_VERSION, Mark};
use crate::pen::{self, Formats};
use crate::scope::{self, Asked};
use crate::words::example;

/// What a template says about its making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The version of the program.
    pub version: String,
    /// What the standard was like: [`crate::layout::fingerprint`].
    pub standard_hash: String,
}

/// Why a template could not be written.
#[derive(Debug)]
pub struct TemplateError(XlsxError);

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook cannot be written: {}", self.0)
    }
}

impl std::error::Error for TemplateError {}

impl From<XlsxError> for TemplateError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// Where the title, the ids of the columns, the headings and the first answers stand.
const TITLE_ROW: u32 = 0;
const ID_ROW: u32 = 1;
const HEAD_ROW: u32 = 2;
const FIRST_ROW: u32 = 3;

/// The longest list of choices that is offered.
const MOST_CHOICES: u32 = 20;

/// The columns of the sheet of figures, with their headings and widths in characters.
const FIGURE_COLUMNS: [(Column, Word, f64); 8] = [
    (Column::Clauses, key::TEMPLATE_HEAD_CLAUSES, 12.0),
    (Column::Name, key::TEMPLATE_HEAD_FIGURE, 34.0),
    (Column::Unit, key::TEMPLATE_HEAD_UNIT, 10.0),
    (Column::Answer, key::TEMPLATE_HEAD_ANSWER, 18.0),
    (Column::Hint, key::TEMPLATE_HEAD_HINT, 44.0),
    (Column::Remark, key::TEMPLATE_HEAD_REMARK, 24.0),
    (Column::Holder, key::TEMPLATE_HEAD_HOLDER, 16.0),
    (Column::Figure, key::TEMPLATE_HEAD_ID, 10.0),
];

/// The columns of the sheet of clauses.
const CLAUSE_COLUMNS: [(Column, Word, f64); 9] = [
    (Column::Reference, key::TEMPLATE_HEAD_CLAUSE, 10.0),
    (Column::ClauseName, key::TEMPLATE_HEAD_CLAUSE_NAME, 38.0),
    (Column::NotApplicable, key::TEMPLATE_HEAD_NOT_APPLICABLE, 10.0),
    (Column::Reason, key::TEMPLATE_HEAD_REASON, 26.0),
    (Column::Note, key::TEMPLATE_HEAD_NOTE, 26.0),
    (Column::EvidenceName, key::TEMPLATE_HEAD_EVIDENCE, 28.0),
    (Column::EvidenceNumber, key::TEMPLATE_HEAD_NUMBER, 18.0),
    (Column::EvidenceDate, key::TEMPLATE_HEAD_DATE, 12.0),
    (Column::Clause, key::TEMPLATE_HEAD_ID, 10.0),
];

/// The fill-in workbook of a standard for a level: whole, or what one department is asked. What is
/// already answered is filled in. Equal arguments give equal bytes.
///
/// # Errors
/// [`TemplateError`] if the standard does not fit a workbook.
pub fn template(
    document: &Document,
    draft: &Draft,
    scope: Option<DepartmentIndex>,
    level: Level,
    locale: Locale,
    made: &Made,
) -> Result<Vec<u8>, TemplateError> {
    let name_of = |department: DepartmentIndex| document.departments.get(department.0 as usize);
    let department = scope.and_then(name_of).map(|name| locale.text(name).to_owned());
    let id_of = |department: DepartmentIndex| document.standard.departments().get(department.0 as usize).cloned();
    let mark = Mark {
        version: LAYOUT_VERSION,
        standard: document.id.clone(),
        hash: made.standard_hash.clone(),
        level: level.id().to_owned(),
        department: scope.and_then(id_of),
    };
    let standard = locale.text(&document.name);
    let title = match &department {
        Some(department) => locale.fill(key::TEMPLATE_TITLE_FOR, &[("standard", standard), ("department", department)]),
        None => locale.fill(key::TEMPLATE_TITLE, &[("standard", standard)]),
    };
    let writing = Writing { document, draft, locale, formats: Formats::new(locale), title, mark: mark.text() };
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(&writing.title).set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    writing.figures(workbook.add_worksheet(), &scope::figures(document, level, scope))?;
    writing.clauses(workbook.add_worksheet(), &scope::clauses(document, level, scope))?;
    writing.guide(workbook.add_worksheet(), level, department.as_deref(), made)?;
    let sheet = locale.word(key::TEMPLATE_SHEET_FIGURES);
    workbook.define_name("dabiao_template", &format!("='{sheet}'!$H$1"))?;
    Ok(workbook.save_to_buffer()?)
}

/// What all sheets are written from.
struct Writing<'a> {
    document: &'a Document,
    draft: &'a Draft,
    locale: Locale,
    formats: Formats,
    title: String,
    mark: String,
}

impl Writing<'_> {
    fn figures(&self, sheet: &mut Worksheet, asked: &[Asked]) -> Result<(), XlsxError> {
        sheet.set_name(self.locale.word(key::TEMPLATE_SHEET_FIGURES))?;
        self.head(sheet, &FIGURE_COLUMNS)?;
        for (row, asked) in (FIRST_ROW..).zip(asked) {
            self.figure_row(sheet, row, asked)?;
        }
        Ok(())
    }

    fn figure_row(&self, sheet: &mut Worksheet, row: u32, asked: &Asked) -> Result<(), XlsxError> {
        let index = asked.figure.0 as usize;
        let (Some(figure), Some(text)) = (self.document.standard.figure(asked.figure), self.document.figures.get(index)) else {
            return Ok(());
        };
        let locale = self.locale;
        let references: Vec<String> = asked.clauses.iter().map(|clause| self.reference(*clause)).collect();
        let raw: Vec<String> = asked.raw.iter().map(|figure| figure_name(locale, self.document, *figure).to_owned()).collect();
        let hint = text.hint.as_ref().map(|hint| locale.text(hint).to_owned());
        let derived = (!raw.is_empty()).then(|| locale.fill(key::TEMPLATE_DERIVED, &[("figures", &locale.list(&raw))]));
        let hint: Vec<String> = [hint, derived].into_iter().flatten().collect();
        let holder = asked.holder(self.document).and_then(|holder| self.document.departments.get(holder.0 as usize));
        let answer = match (figure.kind, &*self.draft.text(asked.figure)) {
            (FigureKind::YesNo, "yes") => locale.word(key::ANSWER_YES).to_owned(),
            (FigureKind::YesNo, "no") => locale.word(key::ANSWER_NO).to_owned(),
            (_, typed) => typed.to_owned(),
        };
        let cells = [
            locale.list(&references),
            locale.text(&text.name).to_owned(),
            figure.kind.unit().map_or(locale.word(key::UNIT_YES_NO), |unit| unit_name(locale, unit)).to_owned(),
            answer,
            hint.join(" "),
            String::new(),
            holder.map(|name| locale.text(name).to_owned()).unwrap_or_default(),
            figure.id.clone(),
        ];
        self.row(sheet, row, &FIGURE_COLUMNS, &cells)?;
        if let Some((column, _)) = (0_u16..).zip(FIGURE_COLUMNS).find(|(_, (column, ..))| *column == Column::Answer) {
            sheet.add_data_validation(row, column, row, column, &self.check(figure.kind, row, column)?)?;
        }
        Ok(())
    }

    fn clauses(&self, sheet: &mut Worksheet, clauses: &[ClauseIndex]) -> Result<(), XlsxError> {
        let locale = self.locale;
        sheet.set_name(locale.word(key::TEMPLATE_SHEET_CLAUSES))?;
        self.head(sheet, &CLAUSE_COLUMNS)?;
        let mut row = FIRST_ROW;
        for index in clauses {
            let (Some(clause), Some(text)) = (self.document.standard.clause(*index), self.document.clauses.get(index.0 as usize)) else {
                continue;
            };
            let said = self.draft.clause(*index);
            let not_applicable = if said.not_applicable { locale.word(key::ANSWER_YES) } else { "" };
            let none = [Evidence::default()];
            // A clause with several pieces of evidence has a row for each.
            let evidence = if said.evidence.is_empty() { &none[..] } else { &said.evidence };
            for (position, evidence) in evidence.iter().enumerate() {
                let once = |text: &str| if position == 0 { text.to_owned() } else { String::new() };
                let cells = [
                    self.reference(*index),
                    locale.text(&text.name).to_owned(),
                    once(not_applicable),
                    once(&said.reason),
                    once(&said.note),
                    evidence.name.to_string(),
                    evidence.number.to_string(),
                    evidence.date.to_string(),
                    clause.id.clone(),
                ];
                self.row(sheet, row, &CLAUSE_COLUMNS, &cells)?;
                row = row.saturating_add(1);
            }
        }
        if let Some((column, _)) = (0_u16..).zip(CLAUSE_COLUMNS).find(|(_, (column, ..))| *column == Column::NotApplicable) {
            let last = row.saturating_sub(1).max(FIRST_ROW);
            sheet.add_data_validation(FIRST_ROW, column, last, column, &self.yes_no()?)?;
        }
        Ok(())
    }

    fn guide(&self, sheet: &mut Worksheet, level: Level, department: Option<&str>, made: &Made) -> Result<(), XlsxError> {
        let locale = self.locale;
        sheet.set_name(locale.word(key::TEMPLATE_SHEET_GUIDE))?;
        let source = &self.document.source;
        let mut lines: Vec<String> = [
            key::TEMPLATE_GUIDE_1,
            key::TEMPLATE_GUIDE_2,
            key::TEMPLATE_GUIDE_3,
            key::TEMPLATE_GUIDE_4,
            key::TEMPLATE_GUIDE_5,
            key::TEMPLATE_GUIDE_6,
        ]
        .map(|word| locale.word(word).to_owned())
        .to_vec();
        lines.push(String::new());
        lines.push(locale.fill(key::TEMPLATE_GUIDE_STANDARD, &[("standard", locale.text(&self.document.name))]));
        lines.push(locale.fill(key::TEMPLATE_GUIDE_DOCUMENT, &[("title", &source.title)]));
        if !source.number.is_empty() {
            lines.push(locale.fill(key::TEMPLATE_GUIDE_NUMBER, &[("number", &source.number)]));
        }
        lines.push(locale.fill(key::TEMPLATE_GUIDE_LEVEL, &[("level", locale.word(level_word(level)))]));
        lines.extend(department.map(|department| locale.fill(key::TEMPLATE_GUIDE_DEPARTMENT, &[("department", department)])));
        lines.push(locale.fill(key::TEMPLATE_GUIDE_VERSION, &[("version", &made.version), ("hash", &made.standard_hash)]));
        pen::page(sheet);
        sheet.set_column_width(0, 110.0)?;
        pen::put(sheet, 0, 0, &self.title, &self.formats.title)?;
        for (row, line) in (2..).zip(&lines) {
            pen::put(sheet, row, 0, line, &self.formats.plain)?;
            sheet.set_row_height(row, pen::height(&[(line, 110.0)]))?;
        }
        sheet.protect_with_options(&pen::protection());
        Ok(())
    }

    /// Title, ids, headings, widths and print setup of a sheet of answers.
    fn head(&self, sheet: &mut Worksheet, columns: &[(Column, Word, f64)]) -> Result<(), XlsxError> {
        pen::page(sheet);
        sheet.set_repeat_rows(TITLE_ROW, HEAD_ROW)?;
        sheet.set_freeze_panes(FIRST_ROW, 2)?;
        pen::put(sheet, TITLE_ROW, 0, &self.title, &self.formats.title)?;
        for (index, (column, heading, width)) in (0_u16..).zip(columns) {
            sheet.set_column_width(index, *width)?;
            pen::put(sheet, ID_ROW, index, column.id(), &self.formats.locked)?;
            pen::put(sheet, HEAD_ROW, index, self.locale.word(*heading), &self.formats.head)?;
            if matches!(column, Column::Figure | Column::Clause) {
                pen::put(sheet, TITLE_ROW, index, &self.mark, &self.formats.locked)?;
                sheet.set_column_hidden(index)?;
            }
        }
        sheet.set_row_hidden(ID_ROW)?;
        sheet.set_row_height(HEAD_ROW, 20.0)?;
        sheet.protect_with_options(&pen::protection());
        Ok(())
    }

    fn row(&self, sheet: &mut Worksheet, row: u32, columns: &[(Column, Word, f64)], cells: &[String]) -> Result<(), XlsxError> {
        for ((index, (column, ..)), text) in (0_u16..).zip(columns).zip(cells) {
            let format = if is_answer(*column) { &self.formats.answer } else { &self.formats.locked };
            pen::put(sheet, row, index, text, format)?;
        }
        let hidden = |column: Column| matches!(column, Column::Figure | Column::Clause);
        let shown = columns.iter().zip(cells).filter(|((column, ..), _)| !hidden(*column));
        let shown: Vec<(&str, f64)> = shown.map(|((_, _, width), text)| (text.as_str(), *width)).collect();
        sheet.set_row_height(row, pen::height(&shown))?;
        Ok(())
    }

    fn reference(&self, clause: ClauseIndex) -> String {
        self.document.clauses.get(clause.0 as usize).map(|text| text.reference.clone()).unwrap_or_default()
    }

    fn yes_no(&self) -> Result<DataValidation, XlsxError> {
        let locale = self.locale;
        let check = DataValidation::new().allow_list_strings(&[locale.word(key::ANSWER_YES), locale.word(key::ANSWER_NO)])?;
        self.warning(check, locale.word(key::TEMPLATE_INPUT_YES_NO), locale.word(key::TEMPLATE_ERROR_CHOICE))
    }

    /// What is checked while typing into an answer cell.
    fn check(&self, kind: FigureKind, row: u32, column: u16) -> Result<DataValidation, XlsxError> {
        let FigureKind::Number { unit, min, max } = kind else { return self.yes_no() };
        let locale = self.locale;
        let values = [("unit", unit_name(locale, unit)), ("example", example(locale, Some(unit)))];
        let input = locale.fill(key::TEMPLATE_INPUT_NUMBER, &values);
        if let Some(choices) = choices(unit, min, max) {
            let check = DataValidation::new().allow_list_strings(&choices)?;
            return self.warning(check, &input, locale.word(key::TEMPLATE_ERROR_CHOICE));
        }
        let cell = crate::problem::cell_name(row, u32::from(column));
        let check = DataValidation::new().allow_custom(Formula::new(number_check(&cell, unit, min, max)));
        self.warning(check, &input, &locale.fill(key::TEMPLATE_ERROR_NUMBER, &values))
    }

    fn warning(&self, check: DataValidation, input: &str, error: &str) -> Result<DataValidation, XlsxError> {
        check
            .ignore_blank(true)
            .set_input_title(self.locale.word(key::TEMPLATE_INPUT_TITLE))?
            .set_input_message(input)?
            .set_error_title(self.locale.word(key::TEMPLATE_ERROR_TITLE))?
            .set_error_message(error)
            .map(|check| check.set_error_style(DataValidationErrorStyle::Warning))
    }
}

fn is_answer(column: Column) -> bool {
    use Column::{Answer, EvidenceDate, EvidenceName, EvidenceNumber, NotApplicable, Note, Reason, Remark};
    matches!(column, Answer | Remark | NotApplicable | Reason | Note | EvidenceName | EvidenceNumber | EvidenceDate)
}

/// The grades that can be chosen, if there are few.
fn choices(unit: Unit, min: Option<Exact>, max: Option<Exact>) -> Option<Vec<String>> {
    let (min, max) = (min.unwrap_or(Exact::ZERO), max?);
    if unit != Unit::Grade {
        return None;
    }
    let all: Vec<String> =
        (0..=MOST_CHOICES).map(Exact::from).filter(|grade| min <= *grade && *grade <= max).map(|grade| grade.to_string()).collect();
    (max <= Exact::from(MOST_CHOICES) && !all.is_empty()).then_some(all)
}

/// A formula that holds for a number within its bounds, and for a text with a digit in it.
fn number_check(cell: &str, unit: Unit, min: Option<Exact>, max: Option<Exact>) -> String {
    // Array constants are not allowed here, and no more than 255 characters.
    let has_digit = format!("SUMPRODUCT(--ISNUMBER(FIND(ROW($1:$10)-1,ASC({cell}))))>0");
    let bound = |sign, bound: Option<Exact>| {
        bound.and_then(|bound| Some(format!("VALUE({cell}){sign}{}", bound.rounded(bound.fraction_digits()?)?)))
    };
    let bounds: Vec<String> = [bound(">=", min), bound("<=", max)].into_iter().flatten().collect();
    // A ratio is read as a time, and a share may be typed with its sign.
    if bounds.is_empty() || unit.notation() != Notation::Plain {
        return format!("={has_digit}");
    }
    format!("=IF(ISERROR(VALUE({cell})),{has_digit},AND({}))", bounds.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::unpack;
    use dabiao_catalog::builtin;

    /// The text between two others, everywhere.
    fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
        text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
    }

    #[test]
    fn sheets_are_protected_and_checks_warn() {
        for document in builtin::standards().unwrap() {
            let made = Made { version: "1".into(), standard_hash: "hash".into() };
            let level = document.standard.level();
            let bytes = template(&document, &Draft::empty(&document.standard), None, level, Locale::Zh, &made).unwrap();
            let parts = unpack(&bytes).unwrap();
            let part = |name: &str| {
                parts.iter().find(|part| part.name == name).map(|part| String::from_utf8(part.bytes.clone()).unwrap()).unwrap()
            };
            for number in 1..=3 {
                let sheet = part(&format!("xl/worksheets/sheet{number}.xml"));
                assert_eq!(between(&sheet, "<sheetProtection ", "/>").filter(|options| !options.contains("password")).count(), 1);
                assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""));
            }
            let figures = part("xl/worksheets/sheet1.xml");
            let asked = scope::figures(&document, level, None).len();
            assert_eq!(between(&figures, "<dataValidation ", ">").filter(|check| check.contains("errorStyle=\"warning\"")).count(), asked);
            // Spreadsheet programs refuse workbooks with longer texts.
            assert!(between(&figures, "<formula1>", "</formula1>").all(|formula| formula.chars().count() <= 255));
            assert!(
                between(&figures, "prompt=\"", "\"").chain(between(&figures, "error=\"", "\"")).all(|text| text.chars().count() <= 255)
            );
            assert!(part("xl/workbook.xml").contains("<definedName name=\"dabiao_template\">"));
            assert!(part("docProps/core.xml").contains("2000-01-01"));
        }
    }
}
