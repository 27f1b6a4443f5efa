//! What comes next: the plan, or without one the clauses that are nearest to being met.

use dabiao_analysis::sensitivity::margins;
use dabiao_view::missing::missing_figures;
use dabiao_view::number;
use dabiao_view::rule_text::figure_name;
use dabiao_view::words::key;

use super::description::{Block, Column, Row, Table};
use super::material::Material;

/// How many near misses are worth naming.
const NEAR_MISSES: usize = 10;

/// A plan in words, as the planner shows it. The report adds nothing to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanSummary {
    /// What it costs, what it reaches, and whether it is proved to be the cheapest; one sentence each.
    pub sentences: Vec<String>,
    /// Its measures in the order of the timetable.
    pub steps: Vec<PlanStep>,
}

/// A measure of a plan in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanStep {
    /// What is done.
    pub measure: String,
    /// Who does it.
    pub department: String,
    /// What it costs, with its unit.
    pub money: String,
    /// From when to when.
    pub time: String,
}

/// The section.
pub(super) fn next(material: &Material<'_>, plan: Option<&PlanSummary>) -> Vec<Block> {
    let mut blocks = plan.map_or_else(|| near_misses(material), |plan| planned(material, plan));
    // Sorted so that the one that serves most clauses comes first.
    if let Some(first) = missing_figures(material.document, material.report()).first() {
        let figure = figure_name(material.locale, material.document, first.figure);
        let values = [("figure", figure), ("count", &first.clauses.len().to_string())];
        blocks.push(Block::Paragraph(material.locale.fill(key::REPORT_NEXT_MISSING, &values)));
    }
    blocks
}

fn planned(material: &Material<'_>, plan: &PlanSummary) -> Vec<Block> {
    let locale = material.locale;
    let mut blocks: Vec<Block> = plan.sentences.iter().cloned().map(Block::Paragraph).collect();
    blocks.push(Block::Paragraph(locale.word(key::REPORT_PLAN_INTRO).to_owned()));
    let mut table = Table::new(
        locale.word(key::REPORT_SECTION_NEXT),
        vec![
            Column::text(locale.word(key::HEAD_MEASURE), 66),
            Column::text(locale.word(key::HEAD_DEPARTMENT), 34),
            Column::short(locale.word(key::HEAD_MONEY), 26),
            Column::short(locale.word(key::REPORT_HEAD_STEP), 30),
        ],
    );
    let steps = plan.steps.iter().map(|step| vec![step.measure.clone(), step.department.clone(), step.money.clone(), step.time.clone()]);
    table.rows = steps.map(Row::Cells).collect();
    if !table.rows.is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks
}

fn near_misses(material: &Material<'_>) -> Vec<Block> {
    let locale = material.locale;
    let margins = margins(material.report());
    let nearest: Vec<_> = margins.iter().filter(|margin| !margin.is_met).take(NEAR_MISSES).collect();
    if nearest.is_empty() {
        return vec![Block::Paragraph(locale.word(key::REPORT_NEAR_NONE).to_owned())];
    }
    let mut table = Table::new(
        locale.word(key::NEAR_TITLE),
        vec![
            Column::text(locale.word(key::HEAD_CLAUSE), 20),
            Column::text(locale.word(key::REPORT_HEAD_ITEM), 66),
            Column::text(locale.word(key::HEAD_GAP), 42),
            Column::short(locale.word(key::HEAD_RELATIVE), 28),
        ],
    );
    let rows = nearest.into_iter().filter_map(|margin| {
        let clause = material.clauses().find(|clause| clause.index == margin.clause)?;
        let share = margin.share.map_or_else(|| "—".to_owned(), number::share);
        Some(Row::Cells(vec![clause.card.reference.clone(), clause.card.name.clone(), material.gap(&clause), share]))
    });
    table.rows = rows.collect();
    vec![Block::Paragraph(locale.word(key::REPORT_NEAR_INTRO).to_owned()), Block::Table(table)]
}
