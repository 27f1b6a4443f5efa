//! Sheets to answers of a standard, with a report of what was repaired and what was not understood.
//!
//! Rows are found by hidden ids, or by the names of figures in a table of one's own; never by their
//! place. Every text goes through the core's one way in. Empty cells and words for "I do not know" say
//! nothing. Nothing is applied here: the answers are shown first.

use std::collections::{BTreeMap, BTreeSet};

use dabiao_catalog::Document;
use dabiao_core::entry::{Doubt, Entry};
use dabiao_core::unit::Notation;
use dabiao_core::{ClauseIndex, Figure, FigureIndex, FigureKind, Value, parse_entry};
use dabiao_view::Locale;
use dabiao_view::entry::message;

use crate::clauses;
use crate::headings::{self, Table};
use crate::layout::{Column, LAYOUT_VERSION, Mark};
use crate::problem::{Problem, ProblemKind, cell_name};
use crate::sheet::{Cell, Sheet};

/// What a file says about an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The understood answers, each figure at most once, in the order of the file.
    pub answers: Vec<Answer>,
    /// What is said about clauses, each at most once, in the order of the file.
    pub clauses: Vec<ClauseAnswer>,
    /// What a person should look at.
    pub problems: Vec<Problem>,
    /// What the file was recognised as.
    pub template: Recognized,
}

/// An answer that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The figure.
    pub figure: FigureIndex,
    /// The text for its field: as written, and `yes` or `no` for an answer.
    pub text: String,
    /// The sheet it stands in.
    pub sheet: String,
    /// The cell it stands in.
    pub cell: String,
    /// What stands in the column for sources and remarks.
    pub remark: String,
    /// What was written, if it was not read as it stands.
    pub repaired: Option<Repaired>,
}

/// How a text was understood that could have been meant otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repaired {
    /// What stands in the cell.
    pub written: String,
    /// What was understood.
    pub value: Value,
    /// Something that is often a slip.
    pub doubt: Option<Doubt>,
}

/// What is said about a clause. `None` is an empty cell, which says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseAnswer {
    /// The clause.
    pub clause: ClauseIndex,
    /// The sheet it stands in.
    pub sheet: String,
    /// The cell that says whether it is applicable, in the clause's first row.
    pub cell: String,
    /// Whether it is not applicable.
    pub not_applicable: Option<bool>,
    /// Why it is not applicable.
    pub reason: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// What proves the claim, one for each row.
    pub evidence: Vec<EvidenceAnswer>,
}

/// A document that proves a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceAnswer {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: String,
}

/// What a file was recognised as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognized {
    /// A template; `None` if its mark was deleted.
    Template(Option<Mark>),
    /// A table with known headings; columns from 0.
    Table {
        /// Where the figures are named.
        name_column: u32,
        /// Where their values stand.
        value_column: u32,
    },
    /// Nothing that could be read.
    Nothing,
}

/// Reads the answers of a file. `hash` is what the standard is like now: [`crate::layout::fingerprint`].
#[must_use]
pub fn import(document: &Document, sheets: &[Sheet], hash: &str) -> Import {
    let mut reading = Reading {
        document,
        answers: Vec::new(),
        clauses: BTreeMap::new(),
        order: Vec::new(),
        problems: Vec::new(),
        template: Recognized::Nothing,
    };
    let templates: Vec<(&Sheet, TemplateSheet)> = sheets.iter().filter_map(|sheet| Some((sheet, template_sheet(sheet)?))).collect();
    for (sheet, template) in &templates {
        if reading.accepts(template.mark.as_ref(), hash) {
            reading.template_rows(sheet, template);
        }
    }
    if templates.is_empty() {
        for sheet in sheets {
            if let Some(table) = headings::find(sheet) {
                reading.table_rows(sheet, &table);
            }
        }
        if reading.template == Recognized::Nothing {
            reading.problems.push(Problem::of_file(ProblemKind::NothingRecognized));
        }
    }
    reading.finish()
}

/// A sheet of a template: where its columns are.
struct TemplateSheet {
    mark: Option<Mark>,
    id_row: u32,
    columns: BTreeMap<Column, u32>,
}

fn template_sheet(sheet: &Sheet) -> Option<TemplateSheet> {
    let mark = sheet.cells.values().find_map(|cell| Mark::parse(cell.shown()));
    let ids = sheet.cells.iter().filter_map(|((row, column), cell)| Some((*row, Column::from_id(cell.shown())?, *column)));
    let mut rows: BTreeMap<u32, BTreeMap<Column, u32>> = BTreeMap::new();
    for (row, id, column) in ids {
        rows.entry(row).or_default().insert(id, column);
    }
    let has = |columns: &BTreeMap<Column, u32>, id| columns.contains_key(&id);
    let (id_row, columns) = rows
        .into_iter()
        .find(|(_, columns)| has(columns, Column::Clause) || (has(columns, Column::Figure) && has(columns, Column::Answer)))?;
    Some(TemplateSheet { mark, id_row, columns })
}

/// An answer on its way, with its value for comparison.
struct Read {
    answer: Answer,
    value: Value,
    place: (u32, u32),
}

struct Reading<'a> {
    document: &'a Document,
    answers: Vec<Read>,
    clauses: BTreeMap<ClauseIndex, ClauseAnswer>,
    order: Vec<ClauseIndex>,
    problems: Vec<Problem>,
    template: Recognized,
}

impl Reading<'_> {
    /// Whether a sheet with this mark is read, and what is to be said about it, once.
    fn accepts(&mut self, mark: Option<&Mark>, hash: &str) -> bool {
        let (accepted, kind) = match mark {
            Some(mark) if mark.standard != self.document.id => (false, Some(ProblemKind::OtherStandard { id: mark.standard.clone() })),
            Some(mark) if mark.version > LAYOUT_VERSION => (true, Some(ProblemKind::LaterVersion { version: mark.version })),
            Some(mark) if mark.version < LAYOUT_VERSION || mark.hash != hash => (true, Some(ProblemKind::EarlierVersion)),
            _ => (true, None),
        };
        if self.template == Recognized::Nothing || (accepted && mark.is_some()) {
            self.template = Recognized::Template(mark.cloned());
        }
        if let Some(problem) = kind.map(Problem::of_file).filter(|problem| !self.problems.contains(problem)) {
            self.problems.push(problem);
        }
        accepted
    }

    fn template_rows(&mut self, sheet: &Sheet, template: &TemplateSheet) {
        let column = |id| template.columns.get(&id).copied();
        let rows = sheet.rows().filter(|row| *row != template.id_row);
        if let Some(clause) = column(Column::Clause) {
            for row in rows {
                self.clause_row(sheet, row, sheet.shown(row, clause), &template.columns);
            }
        } else if let (Some(figure), Some(answer)) = (column(Column::Figure), column(Column::Answer)) {
            for row in rows {
                let id = sheet.shown(row, figure);
                if headings::is_heading(sheet.shown(row, answer)) || Mark::parse(id).is_some() {
                    continue;
                }
                let remark = column(Column::Remark).map_or("", |remark| sheet.shown(row, remark));
                match self.document.standard.find_figure(id) {
                    Some(figure) => self.answer(sheet, row, answer, figure, None, remark),
                    None if sheet.shown(row, answer).is_empty() => {}
                    None => {
                        let named = column(Column::Name).map(|name| sheet.shown(row, name)).filter(|name| !name.is_empty());
                        self.unknown(sheet, row, answer, named.unwrap_or(id));
                    }
                }
            }
        }
    }

    /// An answer in a row whose figure is not known.
    fn unknown(&mut self, sheet: &Sheet, row: u32, column: u32, found: &str) {
        let kind = if found.is_empty() {
            ProblemKind::NoFigure { found: sheet.shown(row, column).to_owned() }
        } else {
            ProblemKind::UnknownFigure { found: found.to_owned() }
        };
        self.problems.push(Problem::at(&sheet.name, row, column, kind));
    }

    fn clause_row(&mut self, sheet: &Sheet, row: u32, id: &str, columns: &BTreeMap<Column, u32>) {
        let read = clauses::read_row(sheet, row, columns);
        if read.is_empty() || headings::is_heading(id) || Mark::parse(id).is_some() {
            return;
        }
        let Some(clause) = self.document.standard.find_clause(id) else {
            let column = columns.get(&Column::Clause).copied().unwrap_or_default();
            let named = columns.get(&Column::ClauseName).map(|name| sheet.shown(row, *name)).filter(|name| !name.is_empty());
            let found = named.unwrap_or(id).to_owned();
            self.problems.push(Problem::at(&sheet.name, row, column, ProblemKind::UnknownClause { found }));
            return;
        };
        self.problems.extend(read.problem(sheet));
        if !self.order.contains(&clause) {
            self.order.push(clause);
        }
        let answer = self.clauses.entry(clause).or_insert_with(|| read.empty_answer(clause, sheet));
        read.add_to(answer);
    }

    fn table_rows(&mut self, sheet: &Sheet, table: &Table) {
        let name_column = table.name.or(table.id).unwrap_or_default();
        if self.template == Recognized::Nothing {
            self.template = Recognized::Table { name_column, value_column: table.value };
        }
        let names = headings::figure_names(self.document);
        for row in sheet.rows().filter(|row| *row > table.row) {
            let text = |column: Option<u32>| column.map_or("", |column| sheet.shown(row, column));
            let (id, name) = (text(table.id), text(table.name));
            let found: Vec<FigureIndex> = match self.document.standard.find_figure(id).or(self.document.standard.find_figure(name)) {
                Some(figure) => vec![figure],
                None => names.get(&headings::squeezed(name)).cloned().unwrap_or_default(),
            };
            match found.as_slice() {
                [figure] => self.answer(sheet, row, table.value, *figure, Some(text(table.unit)), text(table.remark)),
                _ if sheet.shown(row, table.value).is_empty() => {}
                [] => self.unknown(sheet, row, table.value, if name.is_empty() { id } else { name }),
                _ => {
                    let kind = ProblemKind::AmbiguousName { found: name.to_owned() };
                    self.problems.push(Problem::at(&sheet.name, row, table.value, kind));
                }
            }
        }
    }

    /// Reads the answer cell of a figure. `unit` is what a table says beside the number.
    fn answer(&mut self, sheet: &Sheet, row: u32, column: u32, index: FigureIndex, unit: Option<&str>, remark: &str) {
        let Some(figure) = self.document.standard.figure(index) else { return };
        let problem = |kind| Problem::at(&sheet.name, row, column, kind);
        let Some(cell) = sheet.cells.get(&(row, column)) else {
            // The value of a merged area counts for its first row alone; nobody may guess it for the others.
            let area = sheet.covered(row, column).filter(|area| sheet.cells.contains_key(&area.first));
            self.problems.extend(area.map(|area| problem(ProblemKind::Merged { into: cell_name(area.first.0, area.first.1) })));
            return;
        };
        let written = match cell {
            Cell::Error(found) => {
                self.problems.push(problem(ProblemKind::ErrorValue { found: found.clone() }));
                return;
            }
            Cell::NotCalculated => {
                self.problems.push(problem(ProblemKind::NotCalculated));
                return;
            }
            Cell::Date(found) if !is_ratio(figure, found) => {
                self.problems.push(problem(ProblemKind::DateForNumber { figure: index, found: found.clone() }));
                return;
            }
            _ => with_unit(figure, sheet.shown(row, column), unit),
        };
        match parse_entry(&written, figure) {
            Ok(None) => {}
            Ok(Some(entry)) => {
                let text = match entry.value {
                    Value::YesNo(true) => "yes".to_owned(),
                    Value::YesNo(false) => "no".to_owned(),
                    _ => written.clone(),
                };
                let repaired = is_repaired(figure.kind, &written, entry, cell);
                let repaired = repaired.then_some(Repaired { written, value: entry.value, doubt: entry.doubt });
                let cell = cell_name(row, column);
                let answer = Answer { figure: index, text, sheet: sheet.name.clone(), cell, remark: remark.to_owned(), repaired };
                self.answers.push(Read { answer, value: entry.value, place: (row, column) });
            }
            Err(error) => self.problems.push(problem(ProblemKind::NotAValue { figure: index, found: written, error: Box::new(error) })),
        }
    }

    fn finish(mut self) -> Import {
        let mut by_figure: BTreeMap<FigureIndex, Vec<&Read>> = BTreeMap::new();
        for read in &self.answers {
            by_figure.entry(read.answer.figure).or_default().push(read);
        }
        let mut refused = BTreeSet::new();
        for (figure, reads) in &by_figure {
            let Some((first, others)) = reads.split_first() else { continue };
            for other in others.iter().filter(|other| other.value != first.value) {
                let place = format!("{}!{}", first.answer.sheet, first.answer.cell);
                let kind = ProblemKind::Contradiction { figure: *figure, other: first.answer.text.clone(), place };
                self.problems.push(Problem::at(&other.answer.sheet, other.place.0, other.place.1, kind));
                refused.insert(*figure);
            }
        }
        let mut answers: Vec<Answer> = Vec::new();
        for read in self.answers {
            let figure = read.answer.figure;
            if !refused.contains(&figure) && !answers.iter().any(|answer| answer.figure == figure) {
                answers.push(read.answer);
            }
        }
        let clauses: Vec<ClauseAnswer> = self.order.iter().filter_map(|clause| self.clauses.remove(clause)).collect();
        let without_reason = clauses.iter().filter(|answer| answer.not_applicable == Some(true) && answer.reason.is_none());
        self.problems.extend(without_reason.map(|answer| Problem {
            sheet: Some(answer.sheet.clone()),
            cell: Some(answer.cell.clone()),
            kind: ProblemKind::NoReason { clause: answer.clause },
        }));
        Import { answers, clauses, problems: self.problems, template: self.template }
    }
}

/// Whether a time is a ratio that a spreadsheet program took for one: 1:13.
fn is_ratio(figure: &Figure, found: &str) -> bool {
    let ratio = figure.kind.unit().is_some_and(|unit| unit.notation() != Notation::Plain);
    ratio && found.matches(':').count() == 1 && !found.contains([' ', '-'])
}

/// The number with the unit that a table has in a column of its own, unless it is the figure's.
fn with_unit(figure: &Figure, written: &str, unit: Option<&str>) -> String {
    let (Some(own), Some(unit)) = (figure.kind.unit(), unit) else { return written.to_owned() };
    let bare = written.chars().all(|character| matches!(character, '0'..='9' | '０'..='９' | '.' | '．' | ',' | '，' | '-' | '－' | ' '));
    let names = [own.symbol(), dabiao_view::number::unit_name(Locale::En, own)];
    let same = unit.is_empty() || names.iter().any(|name| headings::squeezed(name) == headings::squeezed(unit));
    if same || !bare || own.notation() != Notation::Plain { written.to_owned() } else { format!("{written}{unit}") }
}

/// Whether a text was understood as something else than it shows.
fn is_repaired(kind: FigureKind, written: &str, entry: Entry, cell: &Cell) -> bool {
    match entry.value {
        Value::YesNo(_) => {
            !matches!(cell, Cell::YesNo(_)) && !["是", "否", "yes", "no"].iter().any(|word| written.eq_ignore_ascii_case(word))
        }
        _ => message(Locale::Zh, kind, written, Ok(Some(entry))).is_some(),
    }
}

#[cfg(test)]
mod tests;
