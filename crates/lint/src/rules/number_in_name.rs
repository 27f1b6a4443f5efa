//! Numbers in a clause's name that its rule does not have.

use dabiao_catalog::file::{ClauseRecord, RuleRecord};
use dabiao_core::Exact;

use crate::finding::say;
use crate::pass::{Pass, rules_of};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        let mut known = Vec::new();
        for found in rules_of(&path, clause) {
            numbers_of(found.rule, &mut known);
        }
        let named = numbers_in(&clause.name.zh);
        let years: Vec<Exact> = clause.year.into_iter().map(|year| Exact::from(u32::from(year))).collect();
        // Without a number on either side there is nothing to hold against each other.
        if known.is_empty() || named.iter().all(|number| years.contains(number)) || named.iter().any(|number| known.contains(number)) {
            continue;
        }
        let (named, known) = (list(&named), list(&known));
        pass.report(
            &rule_path(&path, clause),
            say!("名称里是{named}，规则里是{known}", "the name says {named}, the rule {known}"),
            say!("对照原文，更正名称或规则", "correct the name or the rule by the document"),
        );
    }
}

fn rule_path(path: &str, clause: &ClauseRecord) -> String {
    if clause.rule.is_some() { format!("{path}.rule.value") } else { format!("{path}.reading.0.rule.value") }
}

fn list(numbers: &[Exact]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    texts.join("、")
}

fn numbers_of(rule: &RuleRecord, known: &mut Vec<Exact>) {
    match rule {
        RuleRecord::YesNo { qualifiers, .. } => known.extend(qualifiers.iter().map(|qualifier| qualifier.value)),
        RuleRecord::Threshold { value, .. } => known.push(*value),
        RuleRecord::Between { low, high, .. } => known.extend([*low, *high]),
        RuleRecord::Growth(growth) => {
            known.push(growth.value);
            known.extend(growth.since.map(|year| Exact::from(u32::from(year))));
        }
        RuleRecord::Toward { target, .. } => known.push(*target),
        RuleRecord::Rising { series } => known.extend(series.iter().map(|(year, _)| Exact::from(u32::from(*year)))),
        RuleRecord::Parts { need, .. } => {
            if let dabiao_catalog::file::PartsNeed::AtLeast(count) = need {
                known.push(Exact::from(u32::from(*count)));
            }
        }
        RuleRecord::Context { target, .. } => known.extend(target.map(|(value, _)| value)),
        RuleRecord::External { .. } => {}
    }
}

/// The decimal numbers in a text.
fn numbers_in(text: &str) -> Vec<Exact> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c: char| !is_part(c)).filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}
