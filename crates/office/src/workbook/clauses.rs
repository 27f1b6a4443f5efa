//! The sheet of clauses: one row each, with what is asked, the verdict as a formula, and its grounds.

use dabiao_catalog::file::DocumentRecord;
use dabiao_core::outcome::Verdict;
use dabiao_core::rule::Rule;
use dabiao_core::{Clause, ClauseIndex, Exact};
use dabiao_draft::ClauseDraft;
use dabiao_view::rule_text::rule_text;
use dabiao_view::words::key;
use rust_xlsxwriter::{DataValidation, Formula, Worksheet, XlsxError};

use super::book::{Book, Sheet, number, quoted};
use super::gap::gap;
use super::parts;
use super::rule::is_recalculable;
use super::style::{FIRST_ROW, HEAD_ROW, Styles, calm, colour_verdicts, row_height, table};

const ID: u16 = 0;
const NUMBER: u16 = 1;
const NAME: u16 = 2;
const ASKED: u16 = 3;
/// The column of the verdict.
pub(super) const VERDICT: u16 = 4;
const GAP: u16 = 5;
const GAP_UNIT: u16 = 6;
const EXEMPT: u16 = 7;
const REASON: u16 = 8;
const READING: u16 = 9;
const REMARK: u16 = 10;
const DEPARTMENTS: u16 = 11;
const EVIDENCE: u16 = 12;
const SOURCE: u16 = 13;
/// The first of the hidden columns that hold, for each depth of the tree of groups, the number of the
/// group that the clause belongs to.
pub(super) const GROUPS: u16 = 14;

const NAME_WIDTH: f64 = 28.0;
const ASKED_WIDTH: f64 = 38.0;
const UNIT_WIDTH: f64 = 10.0;
const REASON_WIDTH: f64 = 18.0;
const READING_WIDTH: f64 = 20.0;
const REMARK_WIDTH: f64 = 18.0;
const DEPARTMENTS_WIDTH: f64 = 22.0;
const SOURCE_WIDTH: f64 = 18.0;

/// The row of a clause.
pub(super) fn row(clause: ClauseIndex) -> u32 {
    FIRST_ROW.saturating_add(clause.0)
}

/// The first and the last row of all clauses.
pub(super) fn rows(book: &Book<'_>) -> (u32, u32) {
    let count = u32::try_from(book.document.standard.clauses().len()).unwrap_or(u32::MAX);
    (FIRST_ROW, FIRST_ROW.saturating_add(count.saturating_sub(1)))
}

/// The sheet of clauses.
pub(super) fn sheet(book: &Book<'_>, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let heads = [
        (book.word(key::WORKBOOK_HEAD_ID), 0.0),
        (book.word(key::WORKBOOK_HEAD_NUMBER), 8.0),
        (book.word(key::HEAD_CLAUSE), NAME_WIDTH),
        (book.word(key::HEAD_ASKED), ASKED_WIDTH),
        (book.word(key::HEAD_VERDICT), 12.0),
        (book.word(key::HEAD_GAP), 14.0),
        (book.word(key::WORKBOOK_HEAD_GAP_UNIT), UNIT_WIDTH),
        (book.word(key::WORKBOOK_HEAD_EXEMPT), 10.0),
        (book.word(key::WORKBOOK_HEAD_REASON), REASON_WIDTH),
        (book.word(key::WORKBOOK_HEAD_READING), READING_WIDTH),
        (book.word(key::WORKBOOK_HEAD_REMARK), REMARK_WIDTH),
        (book.word(key::DETAIL_DEPARTMENTS), DEPARTMENTS_WIDTH),
        (book.word(key::WORKBOOK_HEAD_EVIDENCE), 8.0),
        (book.word(key::WORKBOOK_HEAD_SOURCE), SOURCE_WIDTH),
    ];
    let mut out = table(book, styles, Sheet::Clauses, book.word(key::WORKBOOK_INPUTS), &heads)?;
    let depths = super::totals::depths(book);
    for column in 0..=depths.iter().copied().max().unwrap_or_default() {
        out.set_column_hidden(GROUPS.saturating_add(column))?;
    }
    for (index, clause) in (0..).map(ClauseIndex).zip(book.document.standard.clauses()) {
        write(book, styles, &mut out, index, clause)?;
        if clause.levels.contains(book.draft.level) {
            for group in book.document.standard.group_path(clause.group) {
                let depth = depths.get(group.0 as usize).copied().unwrap_or_default();
                out.write_number(row(index), GROUPS.saturating_add(depth), group.0.saturating_add(1))?;
            }
        }
    }
    colour_verdicts(book, &mut out, VERDICT, rows(book))?;
    let (_, last) = rows(book);
    out.autofilter(HEAD_ROW, NUMBER, last, SOURCE)?;
    calm(&mut out, last, NUMBER, (VERDICT, REMARK))?;
    Ok(out)
}

fn write(book: &Book<'_>, styles: &Styles, out: &mut Worksheet, index: ClauseIndex, clause: &Clause) -> Result<(), XlsxError> {
    let row = row(index);
    let draft = book.draft.clause(index);
    out.write_string_with_format(row, ID, &clause.id, &styles.text)?;
    let mut origin = String::new();
    let text = book.document.clauses.get(index.0 as usize);
    let name = text.map_or("", |text| book.locale.text(&text.name));
    out.write_string_with_format(row, NAME, name, &styles.text)?;
    if let Some(text) = text {
        out.write_string_with_format(row, NUMBER, &text.reference, &styles.text)?;
        let place = text.place.clone().unwrap_or_else(|| book.locale.fill(key::PLACE_CLAUSE, &[("ref", &text.reference)]));
        origin = source(&book.document.source, &place);
        out.write_string_with_format(row, SOURCE, &origin, &styles.text)?;
    }
    let exempt = if draft.not_applicable { book.word(key::ANSWER_YES) } else { "" };
    out.write_string_with_format(row, EXEMPT, exempt, &styles.input_choice)?;
    let choice = DataValidation::new()
        .allow_list_strings(&[book.word(key::ANSWER_YES)])?
        .set_error_message(book.word(key::WORKBOOK_ANSWER_ERROR))?;
    out.add_data_validation(row, EXEMPT, row, EXEMPT, &choice)?;
    // Trimmed, because a spreadsheet knows fewer kinds of space.
    out.write_string_with_format(row, REASON, super::shortened(draft.reason.trim()), &styles.input_text)?;
    let departments = departments(book, clause);
    out.write_string_with_format(row, DEPARTMENTS, &departments, &styles.text)?;
    let evidence = draft.evidence.iter().filter(|evidence| !evidence.name.trim().is_empty()).count();
    out.write_number_with_format(row, EVIDENCE, u32::try_from(evidence).unwrap_or(u32::MAX), &styles.count)?;
    let texts = [
        (name, NAME_WIDTH),
        (&asked(book, clause, &draft), ASKED_WIDTH),
        (&chosen_unit(book, clause, &draft), UNIT_WIDTH),
        (&draft.reason, REASON_WIDTH),
        (&reading(book, index, &draft), READING_WIDTH),
        (&departments, DEPARTMENTS_WIDTH),
        (&origin, SOURCE_WIDTH),
    ];
    out.set_row_height(row, row_height(&texts))?;
    if clause.levels.contains(book.draft.level) {
        judged(book, styles, out, index, clause, &draft)
    } else {
        other_level(book, styles, out, row, clause, &draft)
    }
}

/// What is asked, in the reading that counts.
fn asked(book: &Book<'_>, clause: &Clause, draft: &ClauseDraft) -> String {
    let chosen = clause.readings.get(usize::from(draft.reading)).or(clause.readings.first());
    chosen.map(|reading| rule_text(book.locale, book.document, &reading.rule)).unwrap_or_default()
}

/// The unit of the gap, in the reading that counts.
fn chosen_unit(book: &Book<'_>, clause: &Clause, draft: &ClauseDraft) -> String {
    let chosen = clause.readings.get(usize::from(draft.reading)).or(clause.readings.first());
    chosen.and_then(|reading| gap(book, &reading.rule, Sheet::Clauses)).map(|gap| gap.unit).unwrap_or_default()
}

/// The reading that counts, by its name in the choice; empty if there is only one.
fn reading(book: &Book<'_>, index: ClauseIndex, draft: &ClauseDraft) -> String {
    let readings = book.layout.of_clause(index).readings;
    let position = readings.clone().nth(usize::from(draft.reading)).or(readings.clone().next());
    position.and_then(|position| book.layout.parts.get(position)).map(|part| parts::reading_name(book, part)).unwrap_or_default()
}

/// A clause that another level answers: shown, and counted nowhere.
fn other_level(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    row: u32,
    clause: &Clause,
    draft: &ClauseDraft,
) -> Result<(), XlsxError> {
    let asked = asked(book, clause, draft);
    out.write_string_with_format(row, ASKED, super::shortened(&asked), &styles.text)?;
    out.write_string_with_format(row, VERDICT, book.word(key::WORKBOOK_OTHER_LEVEL), &styles.centred)?;
    for column in [GAP, GAP_UNIT, READING] {
        out.write_blank(row, column, &styles.text)?;
    }
    let levels: Vec<String> = clause.levels.iter().map(|level| book.level_name(level).to_owned()).collect();
    let remark = book.locale.fill(key::WORKBOOK_OTHER_LEVEL_REMARK, &[("levels", &book.locale.list(&levels))]);
    out.write_string_with_format(row, REMARK, remark, &styles.text)?;
    Ok(())
}

fn judged(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    index: ClauseIndex,
    clause: &Clause,
    draft: &ClauseDraft,
) -> Result<(), XlsxError> {
    let row = row(index);
    let layout = book.layout.of_clause(index);
    let found = book.report().clauses.get(index.0 as usize);
    let verdict = found.map_or(Verdict::Unknown, |found| found.verdict);
    let Some(chosen) = clause.readings.get(usize::from(draft.reading)).or(clause.readings.first()) else { return Ok(()) };
    let asked = asked(book, clause, draft);
    let has_readings = !layout.readings.is_empty();
    let pick = Pick { book, readings: layout.readings.clone(), cell: book.cell(Sheet::Clauses, READING, row, Sheet::Clauses) };

    let inner = if has_readings {
        pick.formula(parts::VERDICT)
    } else if matches!(chosen.rule, Rule::Context(_)) {
        quoted(book.verdict(Verdict::NotJudged))
    } else {
        parts::truth_formula(book, &chosen.rule, &layout.children, Sheet::Clauses)
    };
    let [exempt, reason] = [EXEMPT, REASON].map(|column| book.cell(Sheet::Clauses, column, row, Sheet::Clauses));
    let formula = format!(
        "IF(AND({exempt}={},TRIM({reason})<>\"\"),{},{inner})",
        quoted(book.word(key::ANSWER_YES)),
        quoted(book.verdict(Verdict::NotApplicable))
    );
    out.write_formula_with_format(row, VERDICT, Formula::new(formula).set_result(book.verdict(verdict)), &styles.verdict)?;

    if has_readings {
        let formula = Formula::new(pick.formula(parts::ASKED)).set_result(super::shortened(&asked));
        out.write_formula_with_format(row, ASKED, formula, &styles.text)?;
        write_reading(book, styles, out, row, &pick, &reading(book, index, draft))?;
    } else {
        out.write_string_with_format(row, ASKED, super::shortened(&asked), &styles.text)?;
        out.write_blank(row, READING, &styles.text)?;
    }
    write_gap(book, styles, out, row, &pick, &chosen.rule, verdict)?;
    write_remark(book, styles, out, index, &pick, &chosen.rule)
}

/// Looks up a cell of the reading that is chosen; of the first one if none is.
struct Pick<'a, 'b> {
    book: &'b Book<'a>,
    readings: std::ops::Range<usize>,
    cell: String,
}

impl Pick<'_, '_> {
    fn formula(&self, column: u16) -> String {
        let first = self.book.cell(Sheet::Parts, column, parts::row(self.readings.start), Sheet::Clauses);
        format!("IFERROR(INDEX({},MATCH({},{},0)),{first})", self.cells(column), self.cell, self.cells(parts::NAME))
    }

    fn cells(&self, column: u16) -> String {
        parts::rows(&self.readings).map(|rows| self.book.cells(Sheet::Parts, column, rows, Sheet::Clauses)).unwrap_or_default()
    }
}

fn write_reading(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    row: u32,
    pick: &Pick<'_, '_>,
    name: &str,
) -> Result<(), XlsxError> {
    out.write_string_with_format(row, READING, super::shortened(name), &styles.input_text)?;
    let choice = DataValidation::new()
        .allow_list_formula(Formula::new(pick.cells(parts::NAME)))
        .set_error_message(book.word(key::WORKBOOK_ANSWER_ERROR))?;
    out.add_data_validation(row, READING, row, READING, &choice)?;
    Ok(())
}

/// The gap of a rule with one comparison, while the clause is judged.
fn write_gap(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    row: u32,
    pick: &Pick<'_, '_>,
    rule: &Rule,
    verdict: Verdict,
) -> Result<(), XlsxError> {
    let gap = gap(book, rule, Sheet::Clauses);
    let (number_formula, unit_formula) = match (&gap, pick.readings.is_empty()) {
        (_, false) => (pick.formula(parts::GAP), pick.formula(parts::GAP_UNIT)),
        (Some(gap), true) => (gap.formula.clone(), gap.unit_formula.clone()),
        (None, true) => {
            out.write_blank(row, GAP, &styles.text)?;
            out.write_blank(row, GAP_UNIT, &styles.text)?;
            return Ok(());
        }
    };
    let [verdict_cell, gap_cell] = [VERDICT, GAP].map(|column| book.cell(Sheet::Clauses, column, row, Sheet::Clauses));
    let [met, not_met] = [Verdict::Met, Verdict::NotMet].map(|verdict| quoted(book.verdict(verdict)));
    // An empty cell of another sheet would be shown as zero.
    let shown = if pick.readings.is_empty() { number_formula } else { format!("IF({number_formula}=\"\",\"\",{number_formula})") };
    let formula = format!("IF(OR({verdict_cell}={met},{verdict_cell}={not_met}),{shown},\"\")");
    let style = gap.as_ref().map_or(&styles.gap, |gap| gap.format(styles));
    let is_judged = matches!(verdict, Verdict::Met | Verdict::NotMet);
    let value: Option<Exact> = gap.as_ref().and_then(|gap| gap.value).filter(|_| is_judged);
    let result = value.map(|value| number(value).to_string()).unwrap_or_default();
    out.write_formula_with_format(row, GAP, Formula::new(formula).set_result(result), style)?;
    let formula = format!("IF({gap_cell}=\"\",\"\",{unit_formula})");
    let result = gap.filter(|_| value.is_some()).map(|gap| gap.unit).unwrap_or_default();
    out.write_formula_with_format(row, GAP_UNIT, Formula::new(formula).set_result(result), &styles.centred)?;
    Ok(())
}

/// Whether the verdict depends on the reading, where the parts stand, and what does not recalculate.
fn write_remark(
    book: &Book<'_>,
    styles: &Styles,
    out: &mut Worksheet,
    index: ClauseIndex,
    pick: &Pick<'_, '_>,
    rule: &Rule,
) -> Result<(), XlsxError> {
    let row = row(index);
    if pick.readings.is_empty() {
        let see = book.locale.fill(key::WORKBOOK_SEE_PARTS, &[("sheet", book.sheet_name(Sheet::Parts))]);
        let remark = match rule {
            Rule::Parts(_) => see.as_str(),
            _ if is_recalculable(book, rule) => "",
            _ => book.word(key::WORKBOOK_FIXED),
        };
        out.write_string_with_format(row, REMARK, remark, &styles.text)?;
        return Ok(());
    }
    let verdict = book.cell(Sheet::Clauses, VERDICT, row, Sheet::Clauses);
    let cells = pick.cells(parts::VERDICT);
    let [met, not_met, exempt] = [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable].map(|verdict| quoted(book.verdict(verdict)));
    let depends = book.word(key::WORKBOOK_DEPENDS);
    // A reading that is still unknown says nothing yet.
    let formula = format!(
        "IF(AND({verdict}<>{exempt},OR(AND(COUNTIF({cells},{met})>0,{verdict}<>{met}),AND(COUNTIF({cells},{not_met})>0,{verdict}<>{not_met}))),{},\"\")",
        quoted(depends)
    );
    let now = book.report().clauses.get(index.0 as usize).is_some_and(dabiao_core::report::ClauseResult::depends_on_reading);
    out.write_formula_with_format(row, REMARK, Formula::new(formula).set_result(if now { depends } else { "" }), &styles.text)?;
    Ok(())
}

fn departments(book: &Book<'_>, clause: &Clause) -> String {
    let names: Vec<String> = clause
        .departments
        .iter()
        .filter_map(|part| {
            let name = book.locale.text(book.document.departments.get(part.department.0 as usize)?);
            let lead = book.locale.fill(key::IN_BRACKETS, &[("text", book.word(key::LEAD))]);
            Some(if part.lead { format!("{name}{lead}") } else { name.to_owned() })
        })
        .collect();
    book.locale.list(&names)
}

/// The document by its number, which is shorter than its title, and the place in it.
fn source(record: &DocumentRecord, place: &str) -> String {
    let document = if record.number.is_empty() { &record.title } else { &record.number };
    format!("{document} {place}")
}
