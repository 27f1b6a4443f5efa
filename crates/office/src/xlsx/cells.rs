//! The cells of a sheet, one after the other and within the limits.

use super::number_format::{Format, moment};
use super::xml::{Element, Xml};
use super::{Shared, reference, rich_text, unescaped};
use crate::archive::Part;
use crate::guard::{MAX_INFLATED, Refusal};
use crate::problem::{Problem, ProblemKind};
use crate::sheet::{Cell, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Sheet, decimal};

/// The most cells that are looked at, empty ones included.
const MAX_VISITED: usize = 300_000;

/// How much of a file has been read so far.
pub struct Reading<'a> {
    shared: &'a Shared,
    kept: usize,
    visited: usize,
    /// Bytes of text: many cells may share one long string.
    text: u64,
}

/// What stands in a cell's element.
#[derive(Default)]
struct Content {
    value: Option<String>,
    inline: Option<String>,
    is_formula: bool,
}

impl<'a> Reading<'a> {
    /// Nothing read yet.
    pub fn new(shared: &'a Shared) -> Self {
        Self { shared, kept: 0, visited: 0, text: 0 }
    }

    /// Reads a sheet.
    ///
    /// # Errors
    /// [`Problem`] if it is not well-formed, has cells that no sheet has, or more than is read.
    pub fn sheet(&mut self, name: &str, part: &Part) -> Result<Sheet, Problem> {
        let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
        let read = self.content(&mut sheet, &mut Xml::new(part));
        read.map_err(|problem| match problem.kind {
            ProblemKind::Unreadable { .. } if problem.sheet.is_none() => Problem::of_sheet(name, problem.kind),
            _ => problem,
        })?;
        Ok(sheet)
    }

    fn content(&mut self, sheet: &mut Sheet, xml: &mut Xml<'_>) -> Result<(), Problem> {
        let root = xml.root("worksheet")?;
        while let Some(element) = xml.child(root.level)? {
            match element.name() {
                "sheetData" => self.rows(sheet, xml, &element)?,
                "mergeCells" => {
                    while let Some(area) = xml.child(element.level)?.filter(|_| sheet.merged.len() < MAX_CELLS) {
                        let name = xml.attribute(&area, "ref")?.unwrap_or_default();
                        sheet.merged.push(reference::range(&name).ok_or_else(|| impossible(xml, &name))?);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn rows(&mut self, sheet: &mut Sheet, xml: &mut Xml<'_>, data: &Element<'_>) -> Result<(), Problem> {
        let mut last_row = None;
        while let Some(element) = xml.child(data.level)? {
            if element.name() != "row" {
                continue;
            }
            let number = xml.attribute(&element, "r")?;
            let row = number.as_deref().map_or_else(|| reference::next(last_row, true), reference::row);
            let row = row.ok_or_else(|| impossible(xml, number.as_deref().unwrap_or_default()))?;
            last_row = Some(row);
            let mut last_column = None;
            while let Some(element) = xml.child(element.level)? {
                if element.name() != "c" {
                    continue;
                }
                let name = xml.attribute(&element, "r")?;
                let next = || Some((row, reference::next(last_column, false)?));
                let place = name.as_deref().map_or_else(next, reference::cell);
                let place = place.ok_or_else(|| impossible(xml, name.as_deref().unwrap_or_default()))?;
                last_column = Some(place.1);
                let cell = self.cell(xml, &element).map_err(|problem| match problem.kind {
                    ProblemKind::Unreadable { .. } => Problem::at(&sheet.name, place.0, place.1, problem.kind),
                    _ => problem,
                })?;
                self.count(&sheet.name, place, cell.as_ref())?;
                if let Some(cell) = cell {
                    sheet.cells.insert(place, cell);
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, name: &str, (row, column): (u32, u32), cell: Option<&Cell>) -> Result<(), Problem> {
        self.visited = self.visited.saturating_add(1);
        if let Some(cell) = cell {
            self.kept = self.kept.saturating_add(1);
            self.text = self.text.saturating_add(cell.shown().len() as u64);
            if row >= MAX_ROWS || column >= MAX_COLUMNS {
                return Err(Problem::at(name, row, column, ProblemKind::OutsideLimits { rows: MAX_ROWS, columns: MAX_COLUMNS }));
            }
        }
        if self.kept > MAX_CELLS || self.visited > MAX_VISITED {
            return Err(Problem::at(name, row, column, ProblemKind::TooManyCells { most: MAX_CELLS }));
        }
        if self.text > MAX_INFLATED {
            return Err(Refusal::Inflated { most: MAX_INFLATED }.into());
        }
        Ok(())
    }

    /// What a person sees in a cell; `None` if nothing.
    fn cell(&self, xml: &mut Xml<'_>, element: &Element<'_>) -> Result<Option<Cell>, Problem> {
        let mut content = Content::default();
        while let Some(inner) = xml.child(element.level)? {
            match inner.name() {
                "v" => content.value = Some(xml.text(inner.level)?),
                "is" => content.inline = Some(rich_text(xml, &inner)?),
                "f" => content.is_formula = true,
                _ => {}
            }
        }
        let kind = xml.attribute(element, "t")?;
        if let Some(text) = content.inline {
            return Ok(text_cell(&text));
        }
        let not_calculated = content.is_formula.then_some(Cell::NotCalculated);
        let Some(value) = content.value.as_deref() else { return Ok(not_calculated) };
        let trimmed = value.trim();
        Ok(match kind.as_deref().unwrap_or("n") {
            // A formula whose result is no text at all leaves an empty one.
            "str" => text_cell(&unescaped(value)),
            "inlineStr" => None,
            _ if trimmed.is_empty() => not_calculated,
            "s" => {
                let string = trimmed.parse::<usize>().ok().and_then(|index| self.shared.strings.get(index));
                text_cell(string.ok_or_else(|| xml.unreadable(&format!("no string {trimmed}")))?)
            }
            "b" if matches!(trimmed, "1" | "0") => Some(Cell::YesNo(trimmed == "1")),
            "b" if trimmed.eq_ignore_ascii_case("true") => Some(Cell::YesNo(true)),
            "b" if trimmed.eq_ignore_ascii_case("false") => Some(Cell::YesNo(false)),
            "e" => Some(Cell::Error(trimmed.to_owned())),
            "d" => Some(Cell::Date(trimmed.replace('T', " "))),
            "n" => {
                let style = xml.attribute(element, "s")?;
                let format = self.shared.formats.get(super::number(style.as_deref()) as usize).copied().unwrap_or_default();
                match trimmed.parse() {
                    Ok(number) => Some(number_cell(number, format, self.shared.is_1904)),
                    Err(_) => text_cell(value),
                }
            }
            other => return Err(xml.unreadable(&format!("t={other} {trimmed}"))),
        })
    }
}

fn text_cell(text: &str) -> Option<Cell> {
    (!text.trim().is_empty()).then(|| Cell::Text(text.to_owned()))
}

fn number_cell(number: f64, format: Format, is_1904: bool) -> Cell {
    let shown = match format {
        Format::Number | Format::Percent => decimal(number, format == Format::Percent).map(Cell::Number),
        Format::Date | Format::Duration => moment(number, is_1904, format).map(Cell::Date),
    };
    shown.unwrap_or_else(|| Cell::Error("#NUM!".to_owned()))
}

/// That a part has a cell that no sheet has.
fn impossible(xml: &Xml<'_>, reference: &str) -> Problem {
    Refusal::CellReference { entry: xml.part().to_owned(), reference: reference.chars().take(40).collect() }.into()
}
