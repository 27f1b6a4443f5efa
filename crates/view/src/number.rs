//! Numbers for people: rounded, with unit, and never contradicting a verdict.

use dabiao_core::outcome::Operator;
use dabiao_core::unit::Notation;
use dabiao_core::{Exact, Unit};

use crate::words::{Locale, Word, key};

/// Decimals shown when a number has no short finite form.
const USUAL_DIGITS: u32 = 2;
/// The longest finite decimal that is shown in full.
const MOST_FULL_DIGITS: u32 = 4;
/// The most digits added to keep a number from contradicting its verdict.
const MOST_DIGITS: u32 = 12;

/// The number without unit: in full up to four decimals, else rounded to two.
#[must_use]
pub fn plain(value: Exact) -> String {
    let digits = value.fraction_digits().filter(|digits| *digits <= MOST_FULL_DIGITS).unwrap_or(USUAL_DIGITS);
    value.rounded(digits).unwrap_or_else(|| value.to_string())
}

/// The number without unit, with as many digits as it takes for the shown number to stand on the
/// same side of the threshold as the real one.
///
/// ```
/// use dabiao_core::{Exact, Operator};
/// use dabiao_view::number::plain_beside;
/// let value = Exact::ratio(299_999, 20_000)?; // 14.99995
/// assert_eq!(plain_beside(value, Operator::AtLeast, "15".parse()?), "14.99995");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn plain_beside(value: Exact, operator: Operator, threshold: Exact) -> String {
    let usual = plain(value);
    let agrees = |shown: &str| {
        shown.parse::<Exact>().is_ok_and(|rounded| {
            operator.holds(rounded, threshold) == operator.holds(value, threshold) && (rounded == threshold) == (value == threshold)
        })
    };
    if agrees(&usual) {
        return usual;
    }
    (USUAL_DIGITS..=MOST_DIGITS).filter_map(|digits| value.rounded(digits)).find(|shown| agrees(shown)).unwrap_or_else(|| value.to_string())
}

/// A shown number with its unit.
#[must_use]
pub fn with_unit(locale: Locale, shown: &str, unit: Unit) -> String {
    match unit.notation() {
        Notation::OneTo => format!("1:{shown}"),
        Notation::ToOne => format!("{shown}:1"),
        Notation::Plain if unit == Unit::Percent => format!("{shown}%"),
        Notation::Plain if unit == Unit::Year => shown.to_owned(),
        Notation::Plain if unit == Unit::Rank => locale.fill(key::RANK_SHOWN, &[("rank", shown)]),
        Notation::Plain => format!("{shown} {}", unit_name(locale, unit)),
    }
}

/// The number with its unit, rounded for people.
#[must_use]
pub fn full(locale: Locale, value: Exact, unit: Unit) -> String {
    with_unit(locale, &plain(value), unit)
}

/// A difference of two numbers of this unit: of two percentages it is percentage points, of two
/// ratios a plain number.
#[must_use]
pub fn difference(locale: Locale, value: Exact, unit: Unit) -> String {
    let shown = plain_nonzero(value);
    match unit {
        Unit::Percent => with_unit(locale, &shown, Unit::PercentagePoint),
        _ if unit.notation() != Notation::Plain => shown,
        Unit::Year | Unit::Rank => format!("{shown} {}", unit_name(locale, unit)),
        _ => with_unit(locale, &shown, unit),
    }
}

/// Like [`plain`], but a number other than zero is never shown as zero.
fn plain_nonzero(value: Exact) -> String {
    if value.is_zero() {
        return "0".to_owned();
    }
    (0..=MOST_DIGITS)
        .filter_map(|digits| {
            let shown = if digits == 0 { plain(value) } else { value.rounded(digits)? };
            shown.bytes().any(|byte| (b'1'..=b'9').contains(&byte)).then_some(shown)
        })
        .next()
        .unwrap_or_else(|| value.to_string())
}

/// A share between 0 and 1 as a percentage with at most one decimal.
///
/// Rounded down below 100 %, so that `100%` always means all.
#[must_use]
pub fn share(value: Exact) -> String {
    let percent = value.times(Exact::from(100_u32)).unwrap_or(value);
    if percent.is_whole() {
        return format!("{percent}%");
    }
    let tenths = percent.times(Exact::from(10_u32)).unwrap_or(percent);
    let whole = tenths.numerator().checked_div(tenths.denominator()).unwrap_or_default();
    let floored = Exact::ratio(whole, 10).unwrap_or(percent);
    format!("{}%", floored.rounded(1).unwrap_or_default())
}

/// The name of a unit.
#[must_use]
pub fn unit_name(locale: Locale, unit: Unit) -> &'static str {
    match locale {
        Locale::Zh => unit.symbol(),
        Locale::En => locale.word(unit_word(unit)),
    }
}

fn unit_word(unit: Unit) -> Word {
    match unit {
        Unit::Percent => key::UNIT_PERCENT,
        Unit::PercentagePoint => key::UNIT_PERCENTAGE_POINT,
        Unit::Person => key::UNIT_PERSON,
        Unit::WanPerson => key::UNIT_WAN_PERSON,
        Unit::Staff => key::UNIT_STAFF,
        Unit::Household => key::UNIT_HOUSEHOLD,
        Unit::Yuan => key::UNIT_YUAN,
        Unit::WanYuan => key::UNIT_WAN_YUAN,
        Unit::YiYuan => key::UNIT_YI_YUAN,
        Unit::SquareMetre => key::UNIT_SQUARE_METRE,
        Unit::SquareKilometre => key::UNIT_SQUARE_KILOMETRE,
        Unit::Mu => key::UNIT_MU,
        Unit::WanMu => key::UNIT_WAN_MU,
        Unit::Kilometre => key::UNIT_KILOMETRE,
        Unit::Minute => key::UNIT_MINUTE,
        Unit::Ton => key::UNIT_TON,
        Unit::WanTon => key::UNIT_WAN_TON,
        Unit::Item => key::UNIT_ITEM,
        Unit::Enterprise => key::UNIT_ENTERPRISE,
        Unit::Establishment => key::UNIT_ESTABLISHMENT,
        Unit::Site => key::UNIT_SITE,
        Unit::Seat => key::UNIT_SEAT,
        Unit::Street => key::UNIT_STREET,
        Unit::Project => key::UNIT_PROJECT,
        Unit::Bed => key::UNIT_BED,
        Unit::Dwelling => key::UNIT_DWELLING,
        Unit::WanDwelling => key::UNIT_WAN_DWELLING,
        Unit::Lift => key::UNIT_LIFT,
        Unit::SquareMetrePerPerson => key::UNIT_SQUARE_METRE_PER_PERSON,
        Unit::StaffPerWanPerson => key::UNIT_STAFF_PER_WAN_PERSON,
        Unit::BedPerThousandPerson => key::UNIT_BED_PER_THOUSAND_PERSON,
        Unit::YuanPerPerson => key::UNIT_YUAN_PER_PERSON,
        Unit::WanYuanPerPerson => key::UNIT_WAN_YUAN_PER_PERSON,
        Unit::StaffPerItem => key::UNIT_STAFF_PER_ITEM,
        Unit::Rank => key::UNIT_RANK,
        Unit::Grade => key::UNIT_GRADE,
        Unit::Year => key::UNIT_YEAR,
        Unit::OneTo => key::UNIT_ONE_TO,
        Unit::ToOne => key::UNIT_TO_ONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_short_and_honest() {
        assert_eq!(plain(exact("15")), "15");
        assert_eq!(plain(exact("12.345")), "12.345");
        assert_eq!(plain(Exact::ratio(2, 3).unwrap()), "0.67");
        let just_short = Exact::ratio(89_999, 100_000).unwrap();
        assert_eq!(plain_beside(just_short, Operator::AtLeast, exact("0.9")), "0.89999");
        assert_eq!(plain_beside(Exact::ratio(200, 3).unwrap(), Operator::AtLeast, exact("66.67")), "66.667");
        assert_eq!(plain_beside(exact("15.004"), Operator::AtLeast, exact("15")), "15.004");
    }

    #[test]
    fn a_share_never_rounds_up_to_all() {
        assert_eq!(share(Exact::ratio(18, 20).unwrap()), "90%");
        assert_eq!(share(Exact::ratio(9_999, 10_000).unwrap()), "99.9%");
        assert_eq!(share(Exact::ONE), "100%");
    }

    #[test]
    fn a_difference_of_percentages_is_points() {
        assert_eq!(difference(Locale::Zh, exact("3.2"), Unit::Percent), "3.2 百分点");
        assert_eq!(difference(Locale::En, exact("0.02"), Unit::ToOne), "0.02");
        assert_eq!(difference(Locale::Zh, Exact::ratio(1, 30_000).unwrap(), Unit::Percent), "0.00003 百分点");
    }
}
