//! Comparing in binary numbers so that the answer is that of exact fractions.
//!
//! Reading a decimal of up to fifteen digits into a binary number keeps its order: two entered numbers
//! are compared as they stand. A calculated number is off by a few units in its sixteenth digit. Against
//! a number of the standard its difference is rounded to thirteen digits, counted from the first digit
//! of that number: `ROUND(H12-15,11)>=0`. Against another cell the difference is held against a
//! ten-trillionth of that cell: `H12-H13>=-ABS(H13)*1E-13`.
//!
//! Both forgive less than a billionth of a per mille of the threshold. A true difference below that is
//! found beforehand with exact numbers ([`is_too_close`]), and then no formula is written.

use dabiao_core::Exact;
use dabiao_core::outcome::Operator;

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    /// As it stands: both sides were typed.
    Direct,
    /// The difference rounded to so many digits after the point.
    Digits(u32),
    /// The difference against a small part of the right side.
    Relative,
}

impl Precision {
    /// For a calculated number against a number of the standard.
    pub(super) fn beside(threshold: Exact) -> Self {
        let whole = threshold.abs().floor();
        let digits = if whole.is_zero() { 0 } else { whole.to_string().len() };
        Self::Digits(13_u32.saturating_sub(u32::try_from(digits).unwrap_or(13)))
    }

    /// The condition that `left` stands in this relation to `right`; both are single terms.
    pub(super) fn condition(self, left: &str, operator: Operator, right: &str) -> String {
        let symbol = operator.symbol();
        match self {
            Self::Direct => format!("{left}{symbol}{right}"),
            Self::Digits(digits) => format!("ROUND({left}-{right},{digits}){symbol}0"),
            Self::Relative => {
                // A strict comparison is not met within the margin, the other is.
                let sign = if operator.is_rising() == operator.is_strict() { "" } else { "-" };
                format!("{left}-{right}{symbol}{sign}ABS({right})*1E-13")
            }
        }
    }
}

/// Whether a spreadsheet would take two different numbers for equal, or cannot tell which is larger.
/// `rounded` says that one of them is a sum, which is rounded to nine digits after the point.
pub(super) fn is_too_close(value: Exact, threshold: Exact, rounded: bool) -> bool {
    let Ok(gap) = value.minus(threshold) else { return true };
    if gap.is_zero() {
        return false;
    }
    let size = threshold.abs().max(Exact::ONE);
    let parts: i64 = if rounded { 100_000_000 } else { 1_000_000_000_000 };
    size.over(Exact::from(parts)).map_or(true, |least| gap.abs() < least)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn digits_are_counted_from_the_first_of_the_threshold() {
        for (threshold, digits) in [("15", 11), ("5300", 9), ("0.5", 13), ("0", 13), ("-2.5", 12)] {
            assert_eq!(Precision::beside(exact(threshold)), Precision::Digits(digits), "{threshold}");
        }
    }

    #[test]
    fn a_strict_comparison_does_not_forgive() {
        let condition = |operator| Precision::Relative.condition("A1", operator, "B1");
        assert_eq!(condition(Operator::AtLeast), "A1-B1>=-ABS(B1)*1E-13");
        assert_eq!(condition(Operator::MoreThan), "A1-B1>ABS(B1)*1E-13");
        assert_eq!(condition(Operator::AtMost), "A1-B1<=ABS(B1)*1E-13");
        assert_eq!(condition(Operator::LessThan), "A1-B1<-ABS(B1)*1E-13");
    }

    #[test]
    fn equal_is_not_too_close_and_almost_equal_is() {
        assert!(!is_too_close(exact("15"), exact("15"), false));
        assert!(!is_too_close(exact("14.999999999"), exact("15"), false));
        assert!(is_too_close(exact("14.9999999999999"), exact("15"), false));
        assert!(is_too_close(exact("14.999999999"), exact("15"), true));
    }

    /// What strict binary arithmetic makes of `ROUND(left-right,digits)>=0`. LibreOffice compares with a
    /// tolerance of its own, so it cannot show that ours is needed.
    fn holds_rounded(left: f64, right: f64, digits: u32) -> bool {
        let scale = 10_f64.powi(i32::try_from(digits).unwrap());
        ((left - right) * scale).round() >= 0.0
    }

    #[test]
    fn shares_at_their_threshold_hold_and_those_below_do_not() {
        let mut wrong_without = 0;
        for whole in 1_u32..=400 {
            for part in 1..=whole {
                let threshold = Exact::ratio(i128::from(part) * 100, i128::from(whole)).unwrap();
                let Some(decimal) = threshold.fraction_digits().and_then(|digits| threshold.rounded(digits)) else { continue };
                let Precision::Digits(digits) = Precision::beside(threshold) else { panic!("digits") };
                let printed: f64 = decimal.parse().unwrap();
                let share = |part: u32| f64::from(part) / f64::from(whole) * 100.0;
                assert!(holds_rounded(share(part), printed, digits), "{part} of {whole}");
                assert!(!holds_rounded(share(part - 1), printed, digits), "{part} - 1 of {whole}");
                wrong_without += u32::from(share(part) < printed);
            }
        }
        assert!(wrong_without > 100, "rounding is needed: {wrong_without}");
    }

    #[test]
    fn ten_percent_more_is_ten_percent_more() {
        let mut wrong_without = 0;
        for tenths in 1_u32..=20_000 {
            let base = f64::from(tenths) / 10.0;
            let needed = base * 110.0 / 100.0;
            let [enough, short]: [f64; 2] = [u64::from(tenths) * 11, u64::from(tenths) * 11 - 1]
                .map(|hundredths| Exact::ratio(i128::from(hundredths), 100).unwrap().rounded(2).unwrap().parse().unwrap());
            let holds = |value: f64| value - needed >= -needed.abs() * 1e-13;
            assert!(holds(enough) && !holds(short), "{base}");
            wrong_without += u32::from(enough < needed);
        }
        assert!(wrong_without > 100, "the margin is needed: {wrong_without}");
    }
}
