//! Charts as plain descriptions: what is drawn, its words and its table; not how it looks.

use dabiao_catalog::Document;
use dabiao_core::outcome::{Comparison, Reason};
use dabiao_core::rule::Rule;
use dabiao_core::{ClauseIndex, Exact, GroupIndex, Report, Tally, Verdict};

use crate::number;
use crate::outline::outline;
use crate::reason::{headline, signed_share};
use crate::rule_text::{figure_unit, figure_value, operator_sign, verdict_word};
use crate::summary::{VERDICTS, range};
use crate::words::{Locale, key};

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Counts by verdict, one stacked bar per group.
    Bars(Vec<Bar>),
    /// One value against one threshold per row.
    Bullets(Vec<Bullet>),
    /// The share met per group, as worst and best case.
    Radar(Vec<Axis>),
    /// The way from baseline to target per row.
    Ways(Vec<Way>),
}

/// A stacked bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// The group.
    pub label: String,
    /// Verdict and count, in the order of the legend.
    pub counts: Vec<(Verdict, u32)>,
}

/// A value against its threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Bullet {
    /// The clause.
    pub label: String,
    /// How it came out.
    pub verdict: Verdict,
    /// The value as a share of the threshold: 1 is at the threshold. Nothing if unknown.
    pub value: Option<f64>,
    /// Whether larger is better.
    pub rising: bool,
    /// The value in words.
    pub value_text: String,
    /// What is asked in words.
    pub asked_text: String,
    /// The gap in words.
    pub gap_text: String,
}

/// An axis of the radar.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The group.
    pub label: String,
    /// The share met in the worst case, 0 to 1.
    pub worst: f64,
    /// The share met in the best case, 0 to 1.
    pub best: f64,
    /// The range in words.
    pub text: String,
}

/// A way from baseline to target.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// The clause.
    pub label: String,
    /// How it came out.
    pub verdict: Verdict,
    /// The share of the way that is done: 0 at the baseline, 1 at the target. Nothing if unknown, or
    /// if baseline and target are equal.
    pub done: Option<f64>,
    /// Baseline in words.
    pub baseline_text: String,
    /// Present value in words.
    pub value_text: String,
    /// Target in words.
    pub target_text: String,
    /// The share in words.
    pub done_text: String,
}

/// A table that says the same as the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The column heads.
    pub heads: Vec<String>,
    /// The rows; the first cell of each is its head.
    pub rows: Vec<Vec<String>>,
}

/// The shown groups that have clauses which count, with their tallies.
pub(crate) fn shown_groups<'a>(document: &'a Document, report: &'a Report) -> impl Iterator<Item = (GroupIndex, Tally)> + 'a {
    let tallies = outline(&document.standard).into_iter().filter_map(|index| Some((index, *report.groups.get(index.0 as usize)?)));
    tallies.filter(|(_, tally)| tally.applicable() > 0 || tally.not_applicable > 0)
}

pub(crate) fn group_name(locale: Locale, document: &Document, index: GroupIndex) -> String {
    document.groups.get(index.0 as usize).map(|text| locale.text(&text.name).to_owned()).unwrap_or_default()
}

/// Met, missed and unknown by group.
#[must_use]
pub fn bars(locale: Locale, document: &Document, report: &Report) -> Chart {
    let bars = shown_groups(document, report)
        .map(|(index, tally)| Bar {
            label: group_name(locale, document, index),
            counts: VERDICTS
                .into_iter()
                .filter(|verdict| *verdict != Verdict::NotJudged)
                .map(|verdict| (verdict, tally.count(verdict)))
                .collect(),
        })
        .collect();
    Chart::Bars(bars)
}

/// The share met per group.
#[must_use]
pub fn radar(locale: Locale, document: &Document, report: &Report) -> Chart {
    let axes = shown_groups(document, report)
        .filter_map(|(index, tally)| {
            Some(Axis {
                label: group_name(locale, document, index),
                worst: tally.worst()?.to_f64(),
                best: tally.best()?.to_f64(),
                text: range(tally),
            })
        })
        .collect();
    Chart::Radar(axes)
}

/// Value against threshold for every clause that is one comparison.
#[must_use]
pub fn bullets(locale: Locale, document: &Document, report: &Report) -> Chart {
    let bullets = (0..)
        .map(ClauseIndex)
        .zip(&report.clauses)
        .flat_map(|(index, result)| {
            let gap = headline(locale, document, result);
            let mut comparisons = Vec::new();
            collect_comparisons(&result.reason, &mut comparisons);
            comparisons.into_iter().map(move |comparison| (index, result.verdict, comparison, gap.clone()))
        })
        .filter_map(|(index, verdict, comparison, gap)| bullet(locale, document, index, verdict, comparison, gap))
        .collect();
    Chart::Bullets(bullets)
}

/// The comparisons of a reason: all of it, or of a compound the one that is nearest to being met.
fn collect_comparisons<'a>(reason: &'a Reason, found: &mut Vec<&'a Comparison>) {
    match reason {
        Reason::Comparison(comparison) => found.push(comparison),
        Reason::Between { low, .. } => found.push(low),
        Reason::Parts { parts, .. } => {
            let mut inner = Vec::new();
            parts.iter().for_each(|(_, part)| collect_comparisons(part, &mut inner));
            found.extend(inner.into_iter().next());
        }
        _ => {}
    }
}

fn bullet(
    locale: Locale,
    document: &Document,
    index: ClauseIndex,
    verdict: Verdict,
    comparison: &Comparison,
    gap_text: String,
) -> Option<Bullet> {
    let text = document.clauses.get(index.0 as usize)?;
    let threshold = comparison.threshold.filter(|threshold| !threshold.is_zero())?;
    let value = comparison.value;
    let unit = figure_unit(document, comparison.figure)?;
    Some(Bullet {
        label: format!("{} {}", text.reference, locale.text(&text.name)),
        verdict,
        value: value.and_then(|value| value.over(threshold).ok()).map(Exact::to_f64),
        rising: comparison.operator.is_rising(),
        value_text: value.map_or_else(
            || locale.word(key::MISSING).to_owned(),
            |value| number::with_unit(locale, &number::plain_beside(value, comparison.operator, threshold), unit),
        ),
        asked_text: format!("{} {}", operator_sign(comparison.operator), number::full(locale, threshold, unit)),
        gap_text,
    })
}

/// From baseline to target, for every clause that has both.
#[must_use]
pub fn ways(locale: Locale, document: &Document, report: &Report) -> Chart {
    let ways = document
        .standard
        .clauses()
        .iter()
        .zip(&document.clauses)
        .zip(&report.clauses)
        .filter_map(|((clause, text), result)| {
            let Some(Rule::Toward(toward)) = clause.readings.first().map(|reading| &reading.rule) else { return None };
            let Reason::Comparison(comparison) = &result.reason else { return None };
            let value = comparison.value;
            let done = value.and_then(|value| toward.attainment(value).ok().flatten());
            let show = |value| figure_value(locale, document, toward.figure, value);
            Some(Way {
                label: format!("{} {}", text.reference, locale.text(&text.name)),
                verdict: result.verdict,
                done: done.map(Exact::to_f64),
                baseline_text: show(toward.baseline),
                value_text: value.map_or_else(|| locale.word(key::MISSING).to_owned(), show),
                target_text: show(toward.target),
                done_text: done.map_or_else(|| "—".to_owned(), signed_share),
            })
        })
        .collect();
    Chart::Ways(ways)
}

impl Chart {
    /// Whether there is anything to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Bars(rows) => rows.is_empty(),
            Self::Bullets(rows) => rows.is_empty(),
            Self::Radar(axes) => axes.len() < 3,
            Self::Ways(rows) => rows.is_empty(),
        }
    }

    /// The table that says the same.
    #[must_use]
    pub fn table(&self, locale: Locale) -> Table {
        let verdict = |verdict: Verdict| locale.word(verdict_word(verdict)).to_owned();
        match self {
            Self::Bars(bars) => Table {
                heads: std::iter::once(locale.word(key::HEAD_GROUP).to_owned())
                    .chain(
                        VERDICTS
                            .into_iter()
                            .filter(|verdict| *verdict != Verdict::NotJudged)
                            .map(|verdict| locale.word(verdict_word(verdict)).to_owned()),
                    )
                    .collect(),
                rows: bars
                    .iter()
                    .map(|bar| std::iter::once(bar.label.clone()).chain(bar.counts.iter().map(|(_, count)| count.to_string())).collect())
                    .collect(),
            },
            Self::Bullets(bullets) => Table {
                heads: [key::HEAD_CLAUSE, key::HEAD_VALUE, key::HEAD_ASKED, key::HEAD_VERDICT, key::HEAD_GAP]
                    .map(|word| locale.word(word).to_owned())
                    .to_vec(),
                rows: bullets
                    .iter()
                    .map(|bullet| {
                        vec![
                            bullet.label.clone(),
                            bullet.value_text.clone(),
                            bullet.asked_text.clone(),
                            verdict(bullet.verdict),
                            bullet.gap_text.clone(),
                        ]
                    })
                    .collect(),
            },
            Self::Radar(axes) => Table {
                heads: [key::HEAD_GROUP, key::HEAD_SHARE].map(|word| locale.word(word).to_owned()).to_vec(),
                rows: axes.iter().map(|axis| vec![axis.label.clone(), axis.text.clone()]).collect(),
            },
            Self::Ways(ways) => Table {
                heads: [key::HEAD_CLAUSE, key::HEAD_BASELINE, key::HEAD_VALUE, key::HEAD_TARGET, key::HEAD_DONE, key::HEAD_VERDICT]
                    .map(|word| locale.word(word).to_owned())
                    .to_vec(),
                rows: ways
                    .iter()
                    .map(|way| {
                        vec![
                            way.label.clone(),
                            way.baseline_text.clone(),
                            way.value_text.clone(),
                            way.target_text.clone(),
                            way.done_text.clone(),
                            verdict(way.verdict),
                        ]
                    })
                    .collect(),
            },
        }
    }
}
