//! What every section draws on: the standard, what was typed, how it came out, and its words.

use dabiao_catalog::Document;
use dabiao_core::outcome::{Comparison, Growth, Reason};
use dabiao_core::situation::ClauseAnswer;
use dabiao_core::{Assessment, ClauseIndex, ClauseResult, Exact, FigureIndex, GroupIndex, Operator, Report, Truth, Verdict};
use dabiao_draft::Draft;
use dabiao_view::card::{ClauseCard, clause_card};
use dabiao_view::outline::outline;
use dabiao_view::reason;
use dabiao_view::rule_text::{figure_name, figure_range, figure_unit, figure_value, shown_value};
use dabiao_view::words::key;
use dabiao_view::{Locale, number};

use super::description::{Block, Column, Row, Table};

/// More departments than this do not fit into a cell beside the rest.
const MOST_DEPARTMENTS: usize = 3;
/// So many of them are named then.
const SHOWN_DEPARTMENTS: usize = 2;

/// One assessment, judged.
pub(super) struct Material<'a> {
    pub(super) document: &'a Document,
    pub(super) draft: &'a Draft,
    pub(super) locale: Locale,
    pub(super) assessment: Assessment,
    /// The groups that a report goes by.
    pub(super) groups: Vec<GroupIndex>,
}

/// A clause with how it came out.
pub(super) struct JudgedClause<'a> {
    pub(super) index: ClauseIndex,
    pub(super) group: GroupIndex,
    pub(super) result: &'a ClauseResult,
    pub(super) card: ClauseCard,
    /// The reading that counts, as a position.
    pub(super) reading: usize,
}

impl<'a> Material<'a> {
    /// Judges a draft.
    pub(super) fn new(document: &'a Document, draft: &'a Draft, locale: Locale) -> Self {
        let standard = &document.standard;
        let mut assessment = Assessment::empty(standard);
        assessment.set_level(standard, draft.level);
        for (index, _) in (0..).map(FigureIndex).zip(standard.figures()) {
            assessment.enter(standard, index, &draft.text(index));
        }
        for (index, clause) in (0..).map(ClauseIndex).zip(draft.clauses()) {
            assessment.decide(standard, index, ClauseAnswer { not_applicable: clause.is_exempt(), reading: clause.reading });
        }
        Self { document, draft, locale, assessment, groups: outline(standard) }
    }

    /// How it came out.
    pub(super) fn report(&self) -> &Report {
        self.assessment.report()
    }

    /// Every clause in the order of the document.
    pub(super) fn clauses(&self) -> impl Iterator<Item = JudgedClause<'_>> {
        let all = (0..).map(ClauseIndex).zip(self.document.standard.clauses()).zip(&self.report().clauses);
        all.filter_map(|((index, clause), result)| {
            let card = clause_card(self.locale, self.document, self.draft.level, index)?;
            // A reading that the standard does not have is refused by the assessment, so the first counts.
            let reading = usize::from(self.assessment.situation().clause(index).reading);
            Some(JudgedClause { index, group: clause.group, result, card, reading })
        })
    }

    /// The clauses that came out so.
    pub(super) fn with_verdict(&self, verdict: Verdict) -> impl Iterator<Item = JudgedClause<'_>> {
        self.clauses().filter(move |clause| clause.result.verdict == verdict)
    }

    /// A clause with its printed number, as it is named in a sentence.
    pub(super) fn clause_name(&self, clause: &JudgedClause<'_>) -> String {
        format!("{} {}", clause.card.reference, clause.card.name)
    }

    /// The heading with its number, at level 1 or 2.
    pub(super) fn heading(&self, level: u8, number: u32, text: &str) -> Block {
        let word = if level == 1 { key::REPORT_HEADING_1 } else { key::REPORT_HEADING_2 };
        let number = match self.locale {
            Locale::Zh => chinese_number(number),
            Locale::En => number.to_string(),
        };
        Block::Heading(level, self.locale.fill(word, &[("number", &number), ("text", text)]))
    }

    /// The name of a group; one that the document does not print is marked.
    pub(super) fn group_name(&self, group: GroupIndex) -> String {
        let Some(text) = self.document.groups.get(group.0 as usize) else { return String::new() };
        let name = self.locale.text(&text.name);
        if text.ours { self.locale.fill(key::REPORT_GROUP_OURS, &[("name", name)]) } else { name.to_owned() }
    }

    /// The group of the outline that a clause stands under.
    pub(super) fn outline_group(&self, group: GroupIndex) -> Option<GroupIndex> {
        self.document.standard.group_path(group).find(|above| self.groups.contains(above))
    }

    /// Rows of clauses with a heading wherever the group changes.
    pub(super) fn rows_by_group<'b>(
        &'b self,
        clauses: impl Iterator<Item = JudgedClause<'b>>,
        cells: impl Fn(&JudgedClause<'b>) -> Vec<String>,
    ) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut current = None;
        for clause in clauses {
            let group = self.outline_group(clause.group);
            if group != current {
                current = group;
                rows.extend(group.map(|group| Row::Heading(self.group_name(group))));
            }
            rows.push(Row::Cells(cells(&clause)));
        }
        rows
    }

    /// What a clause asks, in the reading that counts.
    pub(super) fn asks(&self, clause: &JudgedClause<'_>) -> String {
        let mut text = clause.card.readings.get(clause.reading).map(|reading| reading.asks.clone()).unwrap_or_default();
        if !clause.card.qualifiers.is_empty() {
            let qualifier = self.locale.list(&clause.card.qualifiers);
            text.push('\n');
            text.push_str(&self.locale.fill(key::QUALIFIER, &[("qualifier", &qualifier)]));
        }
        text
    }

    /// Name and requirement in one cell. A task that only asks to be done says nothing new by saying so.
    pub(super) fn name_and_asks(&self, clause: &JudgedClause<'_>) -> String {
        let asks = self.asks(clause);
        if asks.ends_with(&clause.card.name) || matches!(clause.result.reason, Reason::YesNo { .. }) {
            return clause.card.name.clone();
        }
        format!("{}\n{asks}", clause.card.name)
    }

    /// The cell below the column of departments, if there is one.
    pub(super) fn department_cell(&self, clause: &JudgedClause<'_>) -> Option<String> {
        (!self.document.departments.is_empty()).then(|| self.departments(clause))
    }

    /// The departments of a clause, leads marked and first; of many only some, and how many there are.
    fn departments(&self, clause: &JudgedClause<'_>) -> String {
        let all = &clause.card.departments;
        let lead = |name: &str| self.locale.fill(key::REPORT_DEPARTMENT_LEAD, &[("name", name)]);
        let leads = all.iter().filter(|(_, is_lead)| *is_lead);
        let mut names: Vec<String> = leads.map(|(name, _)| if all.len() > 1 { lead(name) } else { name.clone() }).collect();
        names.extend(all.iter().filter(|(_, is_lead)| !is_lead).map(|(name, _)| name.clone()));
        if names.len() <= MOST_DEPARTMENTS {
            return self.locale.list(&names);
        }
        names.truncate(SHOWN_DEPARTMENTS);
        let values = [("names", self.locale.list(&names)), ("count", all.len().to_string())];
        self.locale.fill(key::REPORT_DEPARTMENTS_MORE, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// Adds the column of departments to a table that ends with it, unless the document names none.
    pub(super) fn add_departments(&self, table: &mut Table, width: u16) {
        if !self.document.departments.is_empty() {
            // Their English names are about twice as long.
            let width = if self.locale == Locale::En { width.saturating_mul(8).div_ceil(5) } else { width };
            table.columns.push(Column::text(self.locale.word(key::REPORT_HEAD_DEPARTMENTS), width));
        }
    }

    /// Says below a table that some departments were left out; nothing if none was.
    pub(super) fn departments_note<'b>(&'b self, mut clauses: impl Iterator<Item = JudgedClause<'b>>) -> Option<Block> {
        let (most, shown) = (MOST_DEPARTMENTS.to_string(), SHOWN_DEPARTMENTS.to_string());
        let text = || self.locale.fill(key::REPORT_DEPARTMENTS_SHORT, &[("most", &most), ("shown", &shown)]);
        clauses.any(|clause| clause.card.departments.len() > MOST_DEPARTMENTS).then(text).map(Block::Note)
    }

    /// What was found, in the figure's unit, without the judgement.
    pub(super) fn value(&self, reason: &Reason) -> String {
        let word = |word| self.locale.word(word).to_owned();
        match reason {
            Reason::YesNo { answer: Some(true), .. } => word(key::ANSWER_YES),
            Reason::YesNo { answer: Some(false), .. } => word(key::ANSWER_NO),
            Reason::YesNo { answer: None, .. } => word(key::REPORT_VALUE_NOT_FILLED),
            Reason::Comparison(comparison) => self.compared_value(comparison),
            Reason::Between { low, high, .. } => self.compared_value(if high.truth() == Truth::NotMet { high } else { low }),
            Reason::Growth(growth) => self.grown_value(growth),
            Reason::Rising { years, .. } => {
                let shown = years.iter().map(|(year, figure, value)| {
                    let value = value.and_then(|value| shown_value(self.locale, self.document, *figure, value));
                    format!("{year}: {}", value.unwrap_or_else(|| word(key::MISSING)))
                });
                shown.collect::<Vec<String>>().join(self.locale.word(key::SEMICOLON))
            }
            Reason::Parts { parts, .. } => {
                // What a compound lacks, or if it lacks nothing, what it has.
                let lacks = parts.iter().any(|(truth, _)| *truth != Truth::Met);
                let shown = parts.iter().filter(|(truth, _)| !lacks || *truth != Truth::Met);
                let values = shown.map(|(_, part)| {
                    let value = self.value(part);
                    match part_figure(part) {
                        Some(figure) => {
                            let figure = figure_name(self.locale, self.document, figure);
                            self.locale.fill(key::REPORT_PART_VALUE, &[("figure", figure), ("value", &value)])
                        }
                        None => value,
                    }
                });
                // Two parts may ask about one figure.
                let mut lines: Vec<String> = values.filter(|value| !value.is_empty()).collect();
                lines.dedup();
                lines.join("\n")
            }
            Reason::NotApplicable => String::new(),
            Reason::Context { figure, value } | Reason::OtherLevel { contribution: figure, value } => {
                let shown = figure.zip(*value).map(|(figure, value)| figure_value(self.locale, self.document, figure, value));
                shown.unwrap_or_default()
            }
        }
    }

    fn compared_value(&self, comparison: &Comparison) -> String {
        match (comparison.value, comparison.range, comparison.threshold) {
            (Some(value), _, Some(threshold)) => self.value_beside(comparison.figure, value, comparison.operator, threshold),
            (Some(value), ..) => figure_value(self.locale, self.document, comparison.figure, value),
            (None, Some(range), _) => figure_range(self.locale, self.document, comparison.figure, range),
            (None, None, _) => self.locale.word(key::REPORT_VALUE_NOT_FILLED).to_owned(),
        }
    }

    fn grown_value(&self, growth: &Growth) -> String {
        match (growth.current_value, growth.current_range, growth.needed_value) {
            (Some(value), _, Some(needed)) => {
                let operator = if growth.strict { Operator::MoreThan } else { Operator::AtLeast };
                self.value_beside(growth.current, value, operator, needed)
            }
            (Some(value), ..) => figure_value(self.locale, self.document, growth.current, value),
            (None, Some(range), _) => figure_range(self.locale, self.document, growth.current, range),
            (None, None, _) => self.locale.word(key::REPORT_VALUE_NOT_FILLED).to_owned(),
        }
    }

    /// A value with so many digits that it stands on the same side of the threshold as the real one.
    fn value_beside(&self, figure: FigureIndex, value: Exact, operator: Operator, threshold: Exact) -> String {
        let shown = number::plain_beside(value, operator, threshold);
        figure_unit(self.document, figure).map_or_else(|| shown.clone(), |unit| number::with_unit(self.locale, &shown, unit))
    }

    /// The gap or margin of a clause; of a compound one how many parts are met and what the others lack.
    pub(super) fn gap(&self, clause: &JudgedClause<'_>) -> String {
        self.gap_of(clause.result).join("\n")
    }

    fn gap_of(&self, result: &ClauseResult) -> Vec<String> {
        let mut lines = vec![reason::headline(self.locale, self.document, result)];
        if let (Reason::Parts { parts, .. }, Verdict::NotMet) = (&result.reason, result.verdict) {
            for (truth, part) in parts.iter().filter(|(truth, _)| *truth == Truth::NotMet) {
                let part = ClauseResult { verdict: Verdict::from(*truth), reason: part.clone(), readings: Vec::new() };
                lines.extend(self.gap_of(&part));
            }
        }
        lines.retain(|line| !line.is_empty());
        lines
    }
}

/// The figure that a part is about; none for a part with parts of its own.
fn part_figure(part: &Reason) -> Option<FigureIndex> {
    match part {
        Reason::YesNo { figure, .. } | Reason::Between { figure, .. } => Some(*figure),
        Reason::Comparison(comparison) => Some(comparison.figure),
        Reason::Growth(growth) => Some(growth.current),
        Reason::Context { figure, .. } => *figure,
        Reason::Rising { .. } | Reason::Parts { .. } | Reason::NotApplicable | Reason::OtherLevel { .. } => None,
    }
}

/// A number of a heading in Chinese; reports have far fewer than a hundred of them.
fn chinese_number(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS.get(digit as usize).copied().unwrap_or_default();
    let (tens, ones) = (number.checked_div(10).unwrap_or_default(), number.checked_rem(10).unwrap_or_default());
    match tens {
        0 => digit(ones).to_owned(),
        1 => format!("十{}", digit(ones)),
        _ => format!("{}十{}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_numbered_as_people_count() {
        let shown: Vec<String> = [1, 9, 10, 11, 20, 21].into_iter().map(chinese_number).collect();
        assert_eq!(shown, ["一", "九", "十", "十一", "二十", "二十一"]);
    }
}
