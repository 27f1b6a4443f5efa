//! The planner's charts as plain descriptions: what is drawn, its words and its table.

use dabiao_analysis::sensitivity::{Cliff, Moved, Swing};
use dabiao_analysis::trajectory::{Method, Trajectory};
use dabiao_catalog::Document;
use dabiao_core::rule::Toward;
use dabiao_core::{Exact, FigureIndex, Report, Tally, Value};

use crate::chart::{Table, group_name, shown_groups};
use crate::number;
use crate::planning::{due_digits, due_value, years_with_quarters};
use crate::rule_text::{figure_name, figure_unit, figure_value, shown_value};
use crate::summary::range;
use crate::words::{Locale, Word, key};

/// A chart of the planner.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanChart {
    /// The share met per group, for the present and every scenario.
    Compared(Compared),
    /// What moving each figure does to the number of clauses met.
    Tornado(Vec<SwingBar>),
    /// The number of clauses met over the range of one figure.
    Cliff(CliffChart),
    /// One indicator over the years.
    Course(Course),
}

/// Groups, each with one bar per series.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The names of the series, the present first.
    pub series: Vec<String>,
    /// The groups.
    pub rows: Vec<ComparedRow>,
}

/// A group.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    /// Its name.
    pub label: String,
    /// For each series the share met in the worst case, in the best case, and both in words.
    pub cells: Vec<(f64, f64, String)>,
}

/// A figure that is moved.
#[derive(Clone, Debug, PartialEq)]
pub struct SwingBar {
    /// Its name.
    pub label: String,
    /// Clauses gained (or lost, if negative) by the move downwards, and the value in words.
    pub down: Option<(i32, String)>,
    /// The same for the move upwards.
    pub up: Option<(i32, String)>,
}

/// A result over a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct CliffChart {
    /// The figure with its unit.
    pub label: String,
    /// Values, ascending.
    pub points: Vec<CliffPoint>,
    /// Where the figure is now.
    pub present: Option<(f64, String)>,
}

/// The result at a value.
#[derive(Clone, Debug, PartialEq)]
pub struct CliffPoint {
    /// The value.
    pub x: f64,
    /// The value in words.
    pub text: String,
    /// Clauses met in the worst case.
    pub worst: u32,
    /// Clauses met in the best case.
    pub best: u32,
}

/// An indicator over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The indicator with its unit.
    pub label: String,
    /// The lines.
    pub lines: Vec<CourseLine>,
    /// The target and how it is written.
    pub target: (f64, String),
    /// The first and the last year.
    pub years: (u16, u16),
}

/// A line over the years.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseLine {
    /// What it shows.
    pub kind: LineKind,
    /// Points: time in years, value, when in words, value in words.
    pub points: Vec<(f64, f64, String, String)>,
}

/// What a line over the years shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// What is due by equal steps.
    Linear,
    /// What is due by equal rates.
    Compound,
    /// What was reached.
    Actual,
    /// Where the pace so far leads, by equal steps.
    Projected,
}

impl LineKind {
    /// Its word.
    #[must_use]
    pub fn word(self) -> Word {
        match self {
            Self::Linear => key::DUE_LINEAR,
            Self::Compound => key::DUE_COMPOUND,
            Self::Actual => key::LINE_ACTUAL,
            Self::Projected => key::LINE_PROJECTED,
        }
    }
}

/// Present and scenarios side by side, by group.
#[must_use]
pub fn compared(locale: Locale, document: &Document, series: &[(String, &Report)]) -> PlanChart {
    let Some((_, first)) = series.first() else { return PlanChart::Compared(Compared { series: Vec::new(), rows: Vec::new() }) };
    let share = |share: Option<Exact>| share.map_or(0.0, Exact::to_f64);
    let rows = shown_groups(document, first)
        .map(|(index, _)| ComparedRow {
            label: group_name(locale, document, index),
            cells: series
                .iter()
                .map(|(_, report)| report.groups.get(index.0 as usize).copied().unwrap_or_default())
                .map(|tally| (share(tally.worst()), share(tally.best()), tally_text(tally)))
                .collect(),
        })
        .collect();
    PlanChart::Compared(Compared { series: series.iter().map(|(name, _)| name.clone()).collect(), rows })
}

/// `18/20  90%`, or a range.
fn tally_text(tally: Tally) -> String {
    format!("{}/{}  {}", tally.met, tally.applicable(), range(tally))
}

/// The figures that move the result most.
#[must_use]
pub fn tornado(locale: Locale, document: &Document, before: Tally, swings: &[Swing]) -> PlanChart {
    let bar = |figure: FigureIndex, moved: &Option<Moved>| {
        let moved = moved.as_ref()?;
        let value = match moved.value {
            Value::YesNo(answer) => locale.word(if answer { key::ANSWER_YES } else { key::ANSWER_NO }).to_owned(),
            value => shown_value(locale, document, figure, value)?,
        };
        Some((i32::try_from(moved.gain(before)).ok()?, value))
    };
    let bars = swings.iter().map(|swing| SwingBar {
        label: figure_name(locale, document, swing.figure).to_owned(),
        down: bar(swing.figure, &swing.down),
        up: bar(swing.figure, &swing.up),
    });
    PlanChart::Tornado(bars.collect())
}

/// The number of clauses met over the range of one figure.
#[must_use]
pub fn cliff(locale: Locale, document: &Document, figure: FigureIndex, cliff: &Cliff) -> PlanChart {
    let unit = figure_unit(document, figure).map_or("", |unit| number::unit_name(locale, unit));
    let text = |value: Exact| figure_value(locale, document, figure, value);
    let points = cliff.steps.iter().map(|(value, tally)| CliffPoint {
        x: value.to_f64(),
        text: text(*value),
        worst: tally.met,
        best: tally.met.saturating_add(tally.unknown),
    });
    PlanChart::Cliff(CliffChart {
        label: format!("{} ({unit})", figure_name(locale, document, figure)),
        points: points.collect(),
        present: cliff.present.map(|present| (present.to_f64(), text(present))),
    })
}

/// One indicator: what is due by both methods, what was reached at the end of each year, and where
/// the pace up to the last of them leads.
#[must_use]
pub fn course(locale: Locale, document: &Document, toward: &Toward, reached: &[(u16, Exact)]) -> Option<PlanChart> {
    let way = Trajectory::of(toward)?;
    let text = |value: Exact| figure_value(locale, document, toward.figure, value);
    let end = |year: u16| (f64::from(year), locale.fill(key::YEAR_END, &[("year", &year.to_string())]));
    let digits = due_digits(figure_unit(document, toward.figure)?);
    let due = |method: Method| {
        let moments = years_with_quarters(toward).filter_map(|(year, quarter)| {
            let value = due_value(&way, toward, way.moment(year, quarter)?, method, digits)?;
            let when = locale.fill(key::QUARTER_END, &[("year", &year.to_string()), ("quarter", &quarter.to_string())]);
            Some((f64::from(year) - 1.0 + f64::from(quarter) / 4.0, value.to_f64(), when, text(value)))
        });
        moments.collect::<Vec<_>>()
    };
    let mut actual = vec![(toward.baseline_year, toward.baseline)];
    actual.extend(reached.iter().copied().filter(|(year, _)| *year > toward.baseline_year && *year <= toward.target_year));
    let projected = actual.last().copied().and_then(|(year, value)| {
        let target_year = way.projected(value, way.end_of(year)?, Method::Linear, digits)?;
        (year < toward.target_year).then_some([(year, value), (toward.target_year, target_year)])
    });
    let points = |values: &[(u16, Exact)]| {
        let point = |(year, value): &(u16, Exact)| {
            let (x, when) = end(*year);
            (x, value.to_f64(), when, text(*value))
        };
        values.iter().map(point).collect::<Vec<_>>()
    };
    let mut lines = vec![CourseLine { kind: LineKind::Linear, points: due(Method::Linear) }];
    let compound = due(Method::Compound);
    if !compound.is_empty() {
        lines.push(CourseLine { kind: LineKind::Compound, points: compound });
    }
    lines.push(CourseLine { kind: LineKind::Actual, points: points(&actual) });
    lines.extend(projected.map(|ends| CourseLine { kind: LineKind::Projected, points: points(&ends) }));
    let unit = figure_unit(document, toward.figure).map_or("", |unit| number::unit_name(locale, unit));
    Some(PlanChart::Course(Course {
        label: format!("{} ({unit})", figure_name(locale, document, toward.figure)),
        lines,
        target: (toward.target.to_f64(), text(toward.target)),
        years: (toward.baseline_year, toward.target_year),
    }))
}

impl PlanChart {
    /// Whether there is anything to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Compared(compared) => compared.rows.is_empty(),
            Self::Tornado(bars) => bars.is_empty(),
            Self::Cliff(cliff) => cliff.points.len() < 2,
            Self::Course(course) => course.lines.is_empty(),
        }
    }

    /// The table that says the same.
    #[must_use]
    pub fn table(&self, locale: Locale) -> Table {
        let heads = |words: &[Word]| words.iter().map(|word| locale.word(*word).to_owned()).collect::<Vec<_>>();
        match self {
            Self::Compared(compared) => Table {
                heads: heads(&[key::HEAD_GROUP]).into_iter().chain(compared.series.iter().cloned()).collect(),
                rows: compared
                    .rows
                    .iter()
                    .map(|row| std::iter::once(row.label.clone()).chain(row.cells.iter().map(|cell| cell.2.clone())).collect())
                    .collect(),
            },
            Self::Tornado(bars) => Table {
                heads: heads(&[key::HEAD_FIGURE, key::HEAD_MOVED_DOWN, key::HEAD_CLAUSES_MORE, key::HEAD_MOVED_UP, key::HEAD_CLAUSES_MORE]),
                rows: bars
                    .iter()
                    .map(|bar| {
                        let cells = |moved: &Option<(i32, String)>| {
                            moved.as_ref().map_or_else(|| ["—".to_owned(), "—".to_owned()], |(gain, text)| [text.clone(), signed(*gain)])
                        };
                        std::iter::once(bar.label.clone()).chain(cells(&bar.down)).chain(cells(&bar.up)).collect()
                    })
                    .collect(),
            },
            Self::Cliff(cliff) => Table {
                heads: std::iter::once(cliff.label.clone()).chain(heads(&[key::LEGEND_WORST, key::LEGEND_BEST])).collect(),
                rows: cliff.points.iter().map(|point| vec![point.text.clone(), point.worst.to_string(), point.best.to_string()]).collect(),
            },
            Self::Course(course) => Table {
                heads: heads(&[key::HEAD_WHEN, key::HEAD_LINE, key::HEAD_VALUE]),
                rows: course
                    .lines
                    .iter()
                    .flat_map(|line| {
                        let word = locale.word(line.kind.word());
                        line.points.iter().map(move |(_, _, when, value)| vec![when.clone(), word.to_owned(), value.clone()])
                    })
                    .collect(),
            },
        }
    }
}

/// A change with its sign.
#[must_use]
pub fn signed(change: i32) -> String {
    match change {
        0 => "0".to_owned(),
        1.. => format!("+{change}"),
        _ => format!("−{}", change.unsigned_abs()),
    }
}
