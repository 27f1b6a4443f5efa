//! Numbers in a clause's name that its rule does not have.

use dabiao_catalog::file::{ClauseRecord, RuleRecord};
use dabiao_core::Exact;

use crate::finding::say;
use crate::pass::{Pass, rules_of};

pub(super) fn check(pass: &Pass<'_>) {
    for (path, clause) in pass.clauses() {
        let prefix = if clause.rule.is_some() { format!("{path}.rule") } else { format!("{path}.reading.0.") };
        let mut known = Vec::new();
        // The reading that counts by default is the one that the name follows.
        for found in rules_of(&path, clause).iter().filter(|found| found.path.starts_with(&prefix)) {
            numbers_of(found.rule, &mut known);
        }
        let year = clause.year.map(|year| Exact::from(u32::from(year)));
        let named: Vec<Exact> = numbers_in(&clause.name.zh).into_iter().filter(|number| Some(*number) != year).collect();
        if !known.is_empty() && !named.is_empty() {
            let missing = named.iter().filter(|number| !known.contains(number)).count();
            // With more numbers in the name than in the rule, some of them say something else.
            let is_wrong = missing == named.len() || (missing > 0 && named.len() <= known.len());
            if is_wrong {
                let (named, known) = (list(&named), list(&known));
                pass.report(
                    &rule_path(&path, clause),
                    say!("名称里是{named}，规则里是{known}", "the name says {named}, the rule {known}"),
                    say!("对照原文，更正名称或规则", "correct the name or the rule by the document"),
                );
            }
        }
        check_languages(pass, &path, clause);
    }
}

/// The numbers of the English name against those of the Chinese one. Only their digits, because
/// 530亿 is 53 billion.
fn check_languages(pass: &Pass<'_>, path: &str, clause: &ClauseRecord) {
    let digits = |text: &str| -> Vec<String> {
        let numbers = numbers_in(&text.replace(',', ""));
        let significant = |number: Exact| number.to_string().replace('.', "").trim_matches('0').to_owned();
        numbers.into_iter().map(significant).filter(|digits| !digits.is_empty()).collect()
    };
    let (zh, en) = (digits(&clause.name.zh), digits(&clause.name.en));
    if !zh.is_empty() && !en.is_empty() && en.iter().all(|digits| !zh.contains(digits)) {
        let (zh, en) = (zh.join("、"), en.join(", "));
        pass.report(
            &format!("{path}.en"),
            say!("中文名称里是{zh}，英文里是{en}", "the Chinese name has {zh}, the English one {en}"),
            say!("更正其中一个", "correct one of them"),
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
pub(super) fn numbers_in(text: &str) -> Vec<Exact> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    text.split(|c: char| !is_part(c)).filter_map(|word| word.trim_matches('.').parse().ok()).collect()
}
