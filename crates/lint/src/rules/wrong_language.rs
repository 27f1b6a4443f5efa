//! Chinese where English should be, and the other way round.

use dabiao_catalog::Text;

use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, text, may_quote) in texts(pass) {
        if !text.zh.chars().any(is_han) && text.zh.chars().any(|c| c.is_ascii_alphabetic()) {
            pass.report(
                &format!("{path}.zh"),
                say!("zh 里没有汉字", "`zh` has no Chinese character"),
                say!("写成中文", "write it in Chinese"),
            );
        }
        let han = text.en.chars().filter(|c| is_han(*c)).count();
        let most = if may_quote { text.en.chars().count() / 3 } else { 0 };
        if han > most {
            pass.report(
                &format!("{path}.en"),
                say!("en 里有汉字", "`en` has Chinese characters"),
                say!("写成英文", "write it in English"),
            );
        }
    }
}

/// Every text with its path, and whether its English may quote the document.
pub(super) fn texts<'a>(pass: &Pass<'a>) -> Vec<(String, &'a Text, bool)> {
    let file = pass.file;
    let mut texts = vec![(String::new(), &file.name, false), ("summary".to_owned(), &file.summary, true), ("guidance".to_owned(), &file.guidance, true)];
    texts.extend(file.departments.iter().enumerate().map(|(index, item)| (format!("department.{index}"), &item.name, false)));
    texts.extend(file.groups.iter().enumerate().map(|(index, item)| (format!("group.{index}"), &item.name, false)));
    for (path, figure) in pass.own_figures() {
        texts.push((path.clone(), &figure.name, false));
        texts.extend(figure.hint.iter().map(|hint| (format!("{path}.hint"), hint, true)));
    }
    for (path, clause) in pass.clauses() {
        texts.push((path.clone(), &clause.name, false));
        texts.extend(clause.note.iter().map(|note| (format!("{path}.note"), note, true)));
        texts.extend(clause.condition.iter().map(|text| (format!("{path}.condition"), text, true)));
        texts.extend(clause.due.iter().map(|text| (format!("{path}.due"), text, true)));
        for (index, reading) in clause.readings.iter().enumerate() {
            texts.push((format!("{path}.reading.{index}"), &reading.name, false));
            texts.push((format!("{path}.reading.{index}.why"), &reading.why, true));
        }
    }
    texts.into_iter().map(|(path, text, may_quote)| (path.trim_start_matches('.').to_owned(), text, may_quote)).collect()
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}
