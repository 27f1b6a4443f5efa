//! Garbled characters, pinyin left by a conversion, and stray spaces.

use super::wrong_language::{is_han, texts};
use crate::finding::say;
use crate::pass::Pass;

pub(super) fn check(pass: &Pass<'_>) {
    for (path, text, _) in texts(pass) {
        for (field, words) in [("zh", text.zh.as_str()), ("en", text.en.as_str())] {
            if let Some(garbled) = words.chars().find(|c| is_garbled(*c)) {
                let code = u32::from(garbled);
                pass.report(
                    &format!("{path}.{field}"),
                    say!("有乱码字符 U+{code:04X}", "there is a garbled character, U+{code:04X}"),
                    say!("对照原文补正，并登记为残缺", "restore it by the document, and register it as damaged"),
                );
            } else if has_stray_space(words) {
                pass.report(
                    &format!("{path}.{field}"),
                    say!("有多余的空格", "there is a stray space"),
                    say!("删去它", "remove it"),
                );
            }
        }
    }
}

/// A traditional character, a box for a lost one, a replacement character, a control or private character, or a vowel with a tone mark.
fn is_garbled(c: char) -> bool {
    let is_private = matches!(c, '\u{e000}'..='\u{f8ff}');
    "□■�會國發產業縣鎮農設務員實級經濟區體開辦與為車學條無達標質環衛療電網場廣協勞動類優護戶觀華園監獎譽歷點綠業綜營導師進組織長後產貿運備處遞號"
        .contains(c)
        || c.is_control() || is_private || "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ".contains(c)
}

/// A space at an end, two in a row, or one between two Chinese characters.
fn has_stray_space(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let between = characters.windows(3).any(|three| matches!(three, [before, ' ' | '\u{3000}', after] if is_han(*before) && is_han(*after)));
    text.trim() != text || text.contains("  ") || between
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_spaces_are_told_from_proper_ones() {
        for text in [" 规划", "规划 ", "编制 规划", "a  plan", "规划\u{3000}编制"] {
            assert!(has_stray_space(text), "{text:?}");
        }
        for text in ["编制 GIS 规划", "a plan", "5 个"] {
            assert!(!has_stray_space(text), "{text:?}");
        }
    }
}
