//! A number that rises every year.
//!
//! Documents: Quxian task list 51.2 (农村居民人均可支配收入较2020年逐年稳步增长). 稳步 prints no
//! number, so any rise counts.
//!
//! One year that is not higher than the year before is enough to miss; a missing year leaves the
//! rule unknown.

use super::Known;
use crate::figure::{FigureIndex, Value};
use crate::number::Exact;
use crate::outcome::{Reason, Truth};

/// Figures of successive years must each be higher than the one before, up to the assessed year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rising {
    /// Years and their figures, in order and without gaps; the first is the base year.
    pub series: Vec<(u16, FigureIndex)>,
    /// The figure that holds the assessed year.
    pub until: FigureIndex,
}

impl Rising {
    pub(super) fn judge(&self, known: Known<'_>) -> (Truth, Reason) {
        let Some(until) = known.number(self.until) else {
            return (Truth::Unknown, Reason::Rising { years: Vec::new(), fell_in: None });
        };
        let years: Vec<(u16, FigureIndex, Option<Value>)> = self
            .series
            .iter()
            .filter(|(year, _)| Exact::from(u32::from(*year)) <= until)
            .map(|(year, figure)| (*year, *figure, known.value(*figure)))
            .collect();
        let reaches_until = years.last().is_some_and(|(year, ..)| Exact::from(u32::from(*year)) == until);
        let pairs = || years.iter().zip(years.iter().skip(1));
        let fell_in = pairs().find_map(|((_, _, before), (year, _, value))| match (before, value) {
            (Some(before), Some(value)) => (value.range()?.high() <= before.range()?.low()).then_some(*year),
            _ => None,
        });
        let rose = |before: Option<Value>, value: Option<Value>| Some(value?.range()?.low() > before?.range()?.high());
        let all_rose =
            reaches_until && years.len() > 1 && pairs().all(|((_, _, before), (_, _, value))| rose(*before, *value) == Some(true));
        let truth = match (fell_in, all_rose) {
            (Some(_), _) => Truth::NotMet,
            (None, true) => Truth::Met,
            (None, false) => Truth::Unknown,
        };
        (truth, Reason::Rising { years, fell_in })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Rule, testing::judge};

    #[test]
    fn one_fall_is_enough_and_one_gap_leaves_it_open() {
        let series = vec![(2020, FigureIndex(0)), (2021, FigureIndex(1)), (2022, FigureIndex(2))];
        let rule = Rule::Rising(Rising { series, until: FigureIndex(3) });
        for (figures, expected) in [
            ([Some("1"), Some("2"), Some("3"), Some("2022")], Truth::Met),
            ([Some("1"), Some("2"), Some("2"), Some("2022")], Truth::NotMet),
            ([Some("1"), Some("2"), Some("2"), Some("2021")], Truth::Met),
            ([None, Some("2"), Some("1"), Some("2022")], Truth::NotMet),
            ([Some("1"), None, Some("3"), Some("2022")], Truth::Unknown),
            ([Some("1"), Some("2"), Some("3"), None], Truth::Unknown),
            ([Some("1"), Some("2"), Some("3"), Some("2023")], Truth::Unknown),
            ([Some("1"), Some("2"), Some("3"), Some("2020")], Truth::Unknown),
        ] {
            assert_eq!(judge(&rule, &figures).0, expected, "{figures:?}");
        }
    }
}
