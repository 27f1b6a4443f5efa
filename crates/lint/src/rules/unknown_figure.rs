//! Rules, formulas and contributions that name a figure which does not exist.

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    let known: Vec<&str> = pass.shared.figures.iter().chain(&pass.file.figures).map(|figure| figure.id.as_str()).collect();
    for used in pass.figure_uses() {
        let id = used.id;
        if known.contains(&id) || pass.is_implicit(id) {
            continue;
        }
        let near = known.iter().min_by_key(|known| distance(known, id)).filter(|known| distance(known, id) <= id.len() / 3);
        let help = match near {
            Some(near) => say!("是不是“{near}”？", "did you mean `{near}`?"),
            None => say!("先用 [[figure]] 声明它", "declare it with `[[figure]]` first"),
        };
        pass.report(&used.path, say!("没有“{id}”这个数据", "there is no figure `{id}`"), help);
    }
}

/// How many letters have to be changed, added or taken away (Levenshtein).
pub(super) fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, from) in left.chars().enumerate() {
        let mut diagonal = index;
        let mut before = index.saturating_add(1);
        let mut next = vec![before];
        for (to, above) in right.iter().zip(row.iter().skip(1)) {
            let changed = diagonal.saturating_add(usize::from(from != *to));
            diagonal = *above;
            before = changed.min(above.saturating_add(1)).min(before.saturating_add(1));
            next.push(before);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances() {
        for (left, right, expected) in [("", "", 0), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("", "ab", 2), ("kitten", "sitting", 3)] {
            assert_eq!(distance(left, right), expected, "{left} {right}");
        }
    }
}
