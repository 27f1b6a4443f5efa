//! What the linter has to say.

use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used, or judges wrongly.
    Error,
    /// Very likely not what was meant.
    Warning,
}

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A sentence in both languages, with the same values in both.
macro_rules! say {
    ($zh:literal, $en:literal $(,)?) => {
        $crate::finding::Sentence { zh: format!($zh), en: format!($en) }
    };
}
pub(crate) use say;

/// Something that is wrong, where, why it matters and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The bytes of the file it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: Sentence,
    /// Why it matters.
    pub why: Sentence,
    /// What to do.
    pub help: Sentence,
}
