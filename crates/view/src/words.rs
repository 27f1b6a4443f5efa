//! Words in both languages, from `words/{zh,en}.txt`.

use dabiao_catalog::Text;
use dabiao_catalog::builtin::Name;

/// The language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// A text in both languages, perhaps with `{placeholders}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word([&'static str; 2]);

/// One constant per key of the word files.
pub mod key {
    use super::Word;
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

impl Locale {
    /// The language tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The word in this language.
    #[must_use]
    pub fn word(self, word: Word) -> &'static str {
        let Word([zh, en]) = word;
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The word with its placeholders filled in.
    #[must_use]
    pub fn fill(self, word: Word, values: &[(&str, &str)]) -> String {
        let mut filled = String::new();
        let mut rest = self.word(word);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, tail) = after.split_once('}').unwrap_or((after, ""));
            let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
            filled.push_str(value.unwrap_or_default());
            rest = tail;
        }
        filled.push_str(rest);
        filled
    }

    /// The text of a name in this language.
    #[must_use]
    pub fn text(self, text: &Text) -> &str {
        match self {
            Self::Zh => &text.zh,
            Self::En => &text.en,
        }
    }

    /// A built-in name in this language.
    #[must_use]
    pub fn name(self, name: Name) -> &'static str {
        match self {
            Self::Zh => name.zh,
            Self::En => name.en,
        }
    }

    /// Joins a list of names.
    #[must_use]
    pub fn list(self, items: &[String]) -> String {
        items.join(match self {
            Self::Zh => "、",
            Self::En => ", ",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once_and_values_are_not_searched() {
        let word = Word(["{a}与{b}", "{a} and {b}"]);
        assert_eq!(Locale::Zh.fill(word, &[("a", "{b}"), ("b", "乙")]), "{b}与乙");
        assert_eq!(Locale::En.fill(word, &[("a", "x"), ("b", "y")]), "x and y");
    }
}
