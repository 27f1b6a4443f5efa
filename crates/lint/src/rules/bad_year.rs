//! Years that cannot be right.

use dabiao_catalog::file::RuleRecord;
use dabiao_core::Exact;

use super::number_in_name::numbers_in;
use crate::finding::say;
use crate::pass::Pass;

/// How far a due year may lie behind the document.
const FARTHEST: u16 = 30;

pub(super) fn check(pass: &Pass<'_>) {
    let issued = pass.document.and_then(|document| document.date.get(..4)).and_then(|year| year.parse::<u16>().ok());
    let due = |path: &str, year: u16| {
        let Some(issued) = issued else { return };
        if year < issued || year > issued.saturating_add(FARTHEST) {
            pass.report(
                path,
                say!("期限{year}年，文件却是{issued}年的", "due in {year}, by a document of {issued}"),
                say!("对照原文更正年份", "correct the year by the document"),
            );
        }
    };
    let base = |path: &str, year: u16| {
        let Some(issued) = issued else { return };
        if year > issued || year < issued.saturating_sub(FARTHEST) {
            pass.report(
                path,
                say!("基期{year}年，文件却是{issued}年的", "a base year of {year}, by a document of {issued}"),
                say!("对照原文更正年份", "correct the year by the document"),
            );
        }
    };
    for (path, figure) in pass.own_figures() {
        let named = numbers_in(&figure.name.zh).into_iter().find(|number| *number >= Exact::from(1990_u32) && *number <= Exact::from(2060_u32));
        let period = figure.period.parse::<Exact>().ok();
        if let (Some(named), Some(period)) = (named, period)
            && named != period
        {
            pass.report(
                &format!("{path}.period"),
                say!("名称说{named}年，period 却是{period}", "the name says {named}, `period` says {period}"),
                say!("更正其中一个", "correct one of them"),
            );
        }
    }
    for (path, clause) in pass.clauses() {
        if let Some(year) = clause.year {
            due(&format!("{path}.year"), year);
        }
    }
    for found in pass.rules() {
        let path = found.path;
        match found.rule {
            RuleRecord::Toward { baseline_year, target_year, .. } => {
                if target_year <= baseline_year {
                    pass.report(
                        &format!("{path}.target_year"),
                        say!("目标年{target_year}不在基期{baseline_year}之后", "the target year {target_year} does not follow {baseline_year}"),
                        say!("对照原文更正年份", "correct the year by the document"),
                    );
                } else {
                    base(&format!("{path}.baseline_year"), *baseline_year);
                    due(&format!("{path}.target_year"), *target_year);
                }
            }
            RuleRecord::Context { baseline, target, .. } => {
                if let Some((_, year)) = baseline {
                    base(&format!("{path}.baseline_year"), *year);
                }
                if let Some((_, year)) = target {
                    due(&format!("{path}.target_year"), *year);
                }
            }
            RuleRecord::Growth(growth) => {
                if let Some(year) = growth.since {
                    base(&format!("{path}.since"), year);
                    let period = pass.figure(&growth.base).and_then(|figure| figure.period.parse::<u16>().ok());
                    if let Some(period) = period.filter(|period| *period != year) {
                        pass.report(
                            &format!("{path}.since"),
                            say!("从{year}年算起，基数却是{period}年的", "growth is counted from {year}, its base is of {period}"),
                            say!("更正 since 或基数", "correct `since` or the base"),
                        );
                    }
                }
            }
            _ => {}
        }
    }
}
