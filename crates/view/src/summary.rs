//! Totals in words: counts, the range and the share that is known.

use dabiao_core::{Tally, Verdict};

use crate::number;
use crate::rule_text::verdict_word;
use crate::words::{Locale, key};

/// The order in which verdicts are shown everywhere.
pub const VERDICTS: [Verdict; 5] = [Verdict::Met, Verdict::NotMet, Verdict::Unknown, Verdict::NotApplicable, Verdict::NotJudged];

/// A total in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Verdict, its word and how many.
    pub counts: Vec<(Verdict, &'static str, u32)>,
    /// How many clauses count.
    pub applicable: u32,
    /// The share met as a range: `60.5%–84.7%`, or one number when all is known; a dash if nothing counts.
    pub range: String,
    /// The share of clauses that could be decided.
    pub known: String,
    /// The whole in one sentence, for screen readers.
    pub sentence: String,
}

/// Puts a tally into words.
#[must_use]
pub fn summary(locale: Locale, tally: Tally) -> Summary {
    let counts = VERDICTS
        .into_iter()
        .map(|verdict| (verdict, locale.word(verdict_word(verdict)), tally.count(verdict)))
        .filter(|(verdict, _, count)| *count > 0 || *verdict != Verdict::NotJudged)
        .collect();
    let range = range(tally);
    let known = tally.known().map_or_else(|| "—".to_owned(), number::share);
    let values = [
        ("met", tally.met.to_string()),
        ("not_met", tally.not_met.to_string()),
        ("unknown", tally.unknown.to_string()),
        ("not_applicable", tally.not_applicable.to_string()),
        ("range", range.clone()),
        ("known", known.clone()),
    ];
    let sentence = locale.fill(key::SUMMARY_SENTENCE, &values.each_ref().map(|(name, value)| (*name, value.as_str())));
    Summary { counts, applicable: tally.applicable(), range, known, sentence }
}

/// The share met, from the worst case to the best.
#[must_use]
pub fn range(tally: Tally) -> String {
    match (tally.worst(), tally.best()) {
        (Some(worst), Some(best)) if worst == best => number::share(worst),
        (Some(worst), Some(best)) => format!("{}–{}", number::share(worst), number::share(best)),
        _ => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_until_all_is_known() {
        let tally = Tally { met: 18, not_met: 1, unknown: 1, not_applicable: 2, not_judged: 0 };
        assert_eq!(range(tally), "90%–95%");
        assert_eq!(range(Tally { unknown: 0, not_met: 2, ..tally }), "90%");
        assert_eq!(range(Tally::default()), "—");
    }
}
