//! Gaps, repetitions and disorder in the printed numbers.
//!
//! A number is a path: `三（一）1-2` is 2 under `三（一）1`, which is 1 under `三（一）`, and so on. Under each
//! parent the last numbers run 1, 2, 3 …; the parents themselves may begin anywhere, because a
//! document's first parts often ask for nothing, but have no gap either.

use std::collections::BTreeMap;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    check_headings(pass);
    let mut last: BTreeMap<String, u32> = BTreeMap::new();
    let mut seen: Vec<&str> = Vec::new();
    for (path, clause) in pass.clauses() {
        let reference = clause.reference.as_str();
        let path = format!("{path}.ref");
        if seen.contains(&reference) {
            pass.report(
                &path,
                say!("条款号“{reference}”出现了两次", "the number {reference} stands twice"),
                say!("对照原文更正条款号", "correct the number by the document"),
            );
            continue;
        }
        seen.push(reference);
        for (depth, (parent, number)) in steps(reference).into_iter().enumerate() {
            let before = last.insert(parent.clone(), number);
            let expected = match before {
                // The parent's number is that of the clause before; so is that of a row in several lines.
                Some(before) if before == number && (depth > 0 || has_label(reference)) => continue,
                Some(before) => before.saturating_add(1),
                None if depth == 0 => 1,
                None => continue,
            };
            if number != expected {
                pass.report(
                    &path,
                    say!("条款号“{reference}”：这里应当轮到{expected}，而不是{number}", "{reference}: the next number here is {expected}, not {number}"),
                    say!("补上漏掉的条款，或更正条款号", "add the clause that is missing, or correct the number"),
                );
                break;
            }
        }
    }
}

/// Headings whose number is taken by a sibling, and clauses whose number is not under their heading's.
fn check_headings(pass: &Pass<'_>) {
    let groups = &pass.file.groups;
    for (index, group) in groups.iter().enumerate() {
        let Some(reference) = group.reference.as_deref() else { continue };
        let is_taken = groups.iter().take(index).any(|other| other.parent == group.parent && other.reference.as_deref() == Some(reference));
        if is_taken {
            pass.report(
                &format!("group.{index}.ref"),
                say!("标题号“{reference}”出现了两次", "the heading's number {reference} stands twice"),
                say!("对照原文更正", "correct it by the document"),
            );
        }
    }
    for (path, clause) in pass.clauses() {
        let heading = groups.iter().find(|group| group.id == clause.group).and_then(|group| group.reference.as_deref());
        if let Some(heading) = heading.filter(|heading| !clause.reference.starts_with(*heading)) {
            let reference = &clause.reference;
            pass.report(
                &format!("{path}.group"),
                say!("条款号“{reference}”不在标题“{heading}”之下", "{reference} is not a number under the heading {heading}"),
                say!("更正 group 或 ref", "correct `group` or `ref`"),
            );
        }
    }
}

/// Whether a number ends in words in brackets, as in `5（占比）`.
fn has_label(reference: &str) -> bool {
    without_label(reference).len() < reference.len()
}

fn without_label(reference: &str) -> &str {
    match reference.strip_suffix('）').and_then(|text| text.rsplit_once('（')) {
        Some((number, label)) if chinese_number(label).is_none() => number,
        _ => reference,
    }
}

/// The steps of a number from the last to the first: what it stands under, and which it is there.
/// Chinese and Arabic numbers side by side are two series.
fn steps(reference: &str) -> Vec<(String, u32)> {
    let mut steps = Vec::new();
    let mut rest = without_label(reference);
    while let Some((parent, number)) = split_last(rest) {
        let series = if rest.ends_with(|c: char| c.is_ascii_digit()) { "" } else { "一" };
        steps.push((format!("{parent}{series}"), number));
        rest = parent.trim_end_matches(['.', '-']);
    }
    steps
}

fn split_last(text: &str) -> Option<(&str, u32)> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() {
        return Some((digits, text.get(digits.len()..)?.parse().ok()?));
    }
    if let Some((parent, inner)) = text.strip_suffix('）').and_then(|text| text.rsplit_once('（')) {
        return Some((parent, chinese_number(inner)?));
    }
    let parent = text.trim_end_matches(|c: char| CHINESE_DIGITS.contains(c) || c == '十');
    if parent.len() < text.len() { Some((parent, chinese_number(text.get(parent.len()..)?)?)) } else { None }
}

const CHINESE_DIGITS: &str = "一二三四五六七八九";

/// A Chinese number below a hundred.
fn chinese_number(text: &str) -> Option<u32> {
    let digit = |text: &str| -> Option<u32> {
        let mut chars = text.chars();
        let position = CHINESE_DIGITS.chars().position(|digit| Some(digit) == chars.clone().next())?;
        chars.next();
        if chars.next().is_some() { return None }
        u32::try_from(position).ok()?.checked_add(1)
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            tens.checked_mul(10)?.checked_add(ones)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_paths() {
        assert_eq!(steps("12.3"), [("12.".to_owned(), 3), (String::new(), 12)]);
        assert_eq!(steps("三（一）1-2"), [("三（一）1-".to_owned(), 2), ("三（一）".to_owned(), 1), ("三一".to_owned(), 1), ("一".to_owned(), 3)]);
        assert_eq!(steps("（二十八）-1").get(1), Some(&("一".to_owned(), 28)));
        assert_eq!(steps("5（占比）"), [(String::new(), 5)]);
        for (text, number) in [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99)] {
            assert_eq!(chinese_number(text), Some(number), "{text}");
        }
        assert_eq!(chinese_number("甲"), None);
    }
}
