//! Exact numbers: every number that can decide a verdict.
//!
//! A rational over 128-bit integers holds each decimal that a person types and each quotient that
//! a formula makes of them (road area ÷ population), without rounding. Comparison never overflows;
//! arithmetic that would overflow is an error and never a wrong number.

use std::cmp::Ordering;
use std::fmt;

/// The most digits that a decimal may have, before and after the point together.
///
/// With this bound the quotient of two entries, its sum with another and its product with a
/// threshold of a standard all fit into 128 bits.
pub const MAX_DIGITS: usize = 18;

/// The most digits that a decimal may have after the point.
pub const MAX_FRACTION_DIGITS: usize = 15;

/// An exact rational number.
///
/// ```
/// use dabiao_core::Exact;
/// let met = Exact::ratio(18, 20)?;
/// let threshold: Exact = "0.9".parse()?;
/// assert_eq!(met, threshold); // 18 of 20 is exactly 90 %
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The arithmetic is ours: `num-rational` gives the same answers, but takes every greatest common
/// divisor in 128 bits, which WebAssembly does not have; nearly all numbers fit into 64.
// INVARIANT: the fraction is reduced, its denominator is positive, its numerator is not `i128::MIN`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

/// Why an operation has no exact result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticError {
    /// The divisor is zero.
    DivisionByZero,
    /// The result needs more than 128 bits.
    TooLarge,
}

impl fmt::Display for ArithmeticError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DivisionByZero => "division by zero",
            Self::TooLarge => "the numbers have too many digits to compute with exactly",
        })
    }
}

impl std::error::Error for ArithmeticError {}

/// Why a text is not a plain decimal such as `12`, `-3.5` or `0.250`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalError {
    /// Empty, or something else than a sign, digits and one point.
    Malformed,
    /// More than [`MAX_DIGITS`] digits, or more than [`MAX_FRACTION_DIGITS`] after the point.
    TooManyDigits,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "not a decimal number",
            Self::TooManyDigits => "too many digits",
        })
    }
}

impl std::error::Error for DecimalError {}

impl Exact {
    /// Zero.
    pub const ZERO: Self = Self::reduced(0, 1);
    /// One.
    pub const ONE: Self = Self::reduced(1, 1);

    /// A fraction that is known to be reduced, with a positive denominator.
    pub(crate) const fn reduced(numerator: i128, denominator: i128) -> Self {
        Self { numerator, denominator }
    }

    /// `numerator / denominator`.
    ///
    /// # Errors
    /// [`ArithmeticError::DivisionByZero`] if the denominator is zero, [`ArithmeticError::TooLarge`]
    /// if a sign cannot be changed within 128 bits.
    pub fn ratio(numerator: i128, denominator: i128) -> Result<Self, ArithmeticError> {
        if denominator == 0 {
            return Err(ArithmeticError::DivisionByZero);
        }
        if numerator == i128::MIN || denominator == i128::MIN {
            return Err(ArithmeticError::TooLarge);
        }
        let divisor = common_divisor(numerator, denominator);
        let divisor = if denominator < 0 { divisor.checked_neg() } else { Some(divisor) };
        let part = |number: i128| divisor.and_then(|divisor| number.checked_div(divisor)).ok_or(ArithmeticError::TooLarge);
        Ok(Self::reduced(part(numerator)?, part(denominator)?))
    }

    /// The numerator of the reduced fraction; carries the sign.
    #[must_use]
    pub fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator of the reduced fraction; positive.
    #[must_use]
    pub fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether the number has no fractional part.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.denominator == 1
    }

    /// Whether the number is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether the number is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self::reduced(self.numerator.saturating_abs(), self.denominator)
    }

    /// The largest whole number that is not above it.
    #[must_use]
    pub fn floor(self) -> Self {
        Self::reduced(self.numerator.checked_div_euclid(self.denominator).unwrap_or_default(), 1)
    }

    /// The smallest whole number that is not below it.
    #[must_use]
    pub fn ceiling(self) -> Self {
        let floor = self.floor();
        if floor == self { floor } else { Self::reduced(floor.numerator.saturating_add(1), 1) }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`ArithmeticError::TooLarge`] on overflow.
    pub fn plus(self, other: Self) -> Result<Self, ArithmeticError> {
        let shared = common_divisor(self.denominator, other.denominator);
        let sum = || {
            let factor = other.denominator.checked_div(shared)?;
            let other_factor = self.denominator.checked_div(shared)?;
            let numerator = self.numerator.checked_mul(factor)?.checked_add(other.numerator.checked_mul(other_factor)?)?;
            Some((numerator, self.denominator.checked_mul(factor)?))
        };
        let (numerator, denominator) = sum().ok_or(ArithmeticError::TooLarge)?;
        Self::ratio(numerator, denominator)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`ArithmeticError::TooLarge`] on overflow.
    pub fn minus(self, other: Self) -> Result<Self, ArithmeticError> {
        self.plus(Self::reduced(other.numerator.saturating_neg(), other.denominator))
    }

    /// The product.
    ///
    /// # Errors
    /// [`ArithmeticError::TooLarge`] on overflow.
    pub fn times(self, other: Self) -> Result<Self, ArithmeticError> {
        // Reducing crosswise first keeps the products small and leaves nothing to reduce.
        let left = common_divisor(self.numerator, other.denominator);
        let right = common_divisor(other.numerator, self.denominator);
        let product = || {
            let numerator = self.numerator.checked_div(left)?.checked_mul(other.numerator.checked_div(right)?)?;
            let denominator = self.denominator.checked_div(right)?.checked_mul(other.denominator.checked_div(left)?)?;
            Some(Self::reduced(numerator, denominator)).filter(|_| numerator != i128::MIN)
        };
        product().ok_or(ArithmeticError::TooLarge)
    }

    /// The quotient.
    ///
    /// # Errors
    /// [`ArithmeticError::DivisionByZero`], or [`ArithmeticError::TooLarge`] on overflow.
    pub fn over(self, other: Self) -> Result<Self, ArithmeticError> {
        let sign = if other.is_negative() { -1 } else { 1 };
        let inverse = Self::reduced(other.denominator.saturating_mul(sign), other.numerator.saturating_abs());
        if other.is_zero() { Err(ArithmeticError::DivisionByZero) } else { self.times(inverse) }
    }

    /// The number multiplied by itself `exponent` times; 1 for the exponent 0.
    ///
    /// # Errors
    /// [`ArithmeticError::TooLarge`] on overflow.
    pub fn power(self, exponent: u32) -> Result<Self, ArithmeticError> {
        let mut product = Self::ONE;
        for _ in 0..exponent {
            product = product.times(self)?;
        }
        Ok(product)
    }

    /// The number as a decimal with exactly `digits` digits after the point, halves away from zero
    /// (四舍五入). `None` if that needs more than 128 bits.
    ///
    /// ```
    /// use dabiao_core::Exact;
    /// assert_eq!(Exact::ratio(2, 3)?.rounded(2).as_deref(), Some("0.67"));
    /// assert_eq!(Exact::ratio(-1, 8)?.rounded(2).as_deref(), Some("-0.13"));
    /// assert_eq!(Exact::ratio(-1, 1000)?.rounded(2).as_deref(), Some("0.00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn rounded(self, digits: u32) -> Option<String> {
        let negative = self.is_negative();
        let numerator = self.numerator().unsigned_abs();
        let denominator = self.denominator().unsigned_abs();
        let power = 10_u128.checked_pow(digits)?;
        let whole = numerator.checked_div(denominator)?;
        let rest = numerator.checked_rem(denominator)?;
        let doubled = rest.checked_mul(power)?.checked_mul(2)?;
        let fraction = doubled.checked_add(denominator)?.checked_div(denominator.checked_mul(2)?)?;
        let (whole, fraction) = if fraction >= power { (whole.checked_add(1)?, fraction.checked_sub(power)?) } else { (whole, fraction) };
        let sign = if negative && (whole > 0 || fraction > 0) { "-" } else { "" };
        Some(if digits == 0 {
            format!("{sign}{whole}")
        } else {
            let width = usize::try_from(digits).ok()?;
            format!("{sign}{whole}.{fraction:0width$}")
        })
    }

    /// How many digits after the point the number needs to be written in full; `None` if no finite
    /// decimal is equal to it (1/3) or it needs more than [`MAX_FRACTION_DIGITS`].
    #[must_use]
    pub fn fraction_digits(self) -> Option<u32> {
        let mut power: i128 = 1;
        for digits in 0..=u32::try_from(MAX_FRACTION_DIGITS).ok()? {
            if power.checked_rem(self.denominator())? == 0 {
                return Some(digits);
            }
            power = power.checked_mul(10)?;
        }
        None
    }

    /// The nearest `f64`, for positions in pictures and nothing else.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a pixel position needs no more")]
    pub fn to_f64(self) -> f64 {
        self.numerator() as f64 / self.denominator() as f64
    }
}

impl From<u32> for Exact {
    fn from(whole: u32) -> Self {
        Self::reduced(i128::from(whole), 1)
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Self::reduced(i128::from(whole), 1)
    }
}

impl std::str::FromStr for Exact {
    type Err = DecimalError;

    /// Reads a plain decimal: an optional `-`, ASCII digits, at most one point with digits on both sides.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
            Some(_) => return Err(DecimalError::Malformed),
            None => (unsigned, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return Err(DecimalError::Malformed);
        }
        let digits = whole.len().saturating_add(fraction.len());
        if digits > MAX_DIGITS || fraction.len() > MAX_FRACTION_DIGITS {
            return Err(DecimalError::TooManyDigits);
        }
        let magnitude = [whole, fraction].concat().parse::<i128>().map_err(|_| DecimalError::TooManyDigits)?;
        let scale = u32::try_from(fraction.len()).ok().and_then(|exponent| 10_i128.checked_pow(exponent));
        let signed = if text.starts_with('-') { magnitude.checked_neg() } else { Some(magnitude) };
        match (signed, scale) {
            (Some(signed), Some(scale)) => Self::ratio(signed, scale).map_err(|_| DecimalError::TooManyDigits),
            _ => Err(DecimalError::TooManyDigits),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_continued_fractions(*self, *other),
        }
    }
}

/// Compares whole parts, then the reciprocals of what is left; slow, but cannot overflow.
fn compare_by_continued_fractions(mut left: Exact, mut right: Exact) -> Ordering {
    let mut turned = false;
    loop {
        let whole = |number: Exact| number.numerator.checked_div_euclid(number.denominator).unwrap_or_default();
        let rest = |number: Exact| number.numerator.checked_rem_euclid(number.denominator).unwrap_or_default();
        let order = match whole(left).cmp(&whole(right)) {
            Ordering::Equal => match (rest(left), rest(right)) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                (left_rest, right_rest) => {
                    left = Exact::reduced(left.denominator, left_rest);
                    right = Exact::reduced(right.denominator, right_rest);
                    turned = !turned;
                    continue;
                }
            },
            order => order,
        };
        return if turned { order.reverse() } else { order };
    }
}

/// The greatest common divisor without sign; at least 1.
fn common_divisor(left: i128, right: i128) -> i128 {
    let (left, right) = (left.unsigned_abs(), right.unsigned_abs());
    if let (Ok(mut left), Ok(mut right)) = (u64::try_from(left), u64::try_from(right)) {
        while right != 0 {
            (left, right) = (right, left.checked_rem(right).unwrap_or_default());
        }
        return i128::from(left.max(1));
    }
    let (mut left, mut right) = (left, right);
    while right != 0 {
        (left, right) = (right, left.checked_rem(right).unwrap_or_default());
    }
    i128::try_from(left.max(1)).unwrap_or(1)
}

/// Shows a decimal if one is equal to the number, else the fraction: `2.5`, `1/3`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fraction_digits().and_then(|digits| self.rounded(digits)) {
            Some(decimal) => f.write_str(&decimal),
            None => write!(f, "{}/{}", self.numerator(), self.denominator()),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn every_accepted_spelling() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("007", "7"),
            ("95.0", "95"),
            ("0.250", "0.25"),
            ("-3.5", "-3.5"),
            ("999999999999999999", "999999999999999999"),
            ("0.000000000000001", "0.000000000000001"),
        ] {
            assert_eq!(exact(text).to_string(), shown, "{text}");
        }
    }

    #[test]
    fn refused_spellings() {
        for text in ["", "-", ".", "1.", ".5", "1.2.3", "+1", "1e3", "１", "--1", " 1", "NaN"] {
            assert_eq!(text.parse::<Exact>(), Err(DecimalError::Malformed), "{text}");
        }
        for text in ["1234567890123456789", "0.0000000000000000", "1111.111111111111111"] {
            assert_eq!(text.parse::<Exact>(), Err(DecimalError::TooManyDigits), "{text}");
        }
    }

    #[test]
    fn rounding_is_half_away_from_zero_and_carries() {
        assert_eq!(exact("9.995").rounded(2).as_deref(), Some("10.00"));
        assert_eq!(exact("-9.995").rounded(2).as_deref(), Some("-10.00"));
        assert_eq!(exact("0.5").rounded(0).as_deref(), Some("1"));
        assert_eq!(exact("401.23").rounded(1).as_deref(), Some("401.2"));
    }

    #[test]
    fn arithmetic_reduces_and_keeps_signs() {
        let number = |numerator, denominator| Exact::ratio(numerator, denominator).unwrap();
        assert_eq!(number(6, -4), number(-3, 2));
        assert_eq!(number(1, 6).plus(number(1, 10)).unwrap(), number(4, 15));
        assert_eq!(number(1, 6).minus(number(1, 6)).unwrap(), Exact::ZERO);
        assert_eq!(number(4, 9).times(number(-3, 2)).unwrap(), number(-2, 3));
        assert_eq!(number(4, 9).over(number(-2, 3)).unwrap(), number(-2, 3));
        assert_eq!(Exact::ZERO.times(number(5, 7)).unwrap().denominator(), 1);
        let wide = number(i128::from(u64::MAX) + 1, 3);
        assert_eq!(wide.over(wide).unwrap(), Exact::ONE);
    }

    #[test]
    fn comparison_survives_what_multiplication_does_not() {
        let huge = Exact::ratio(i128::MAX, 3).unwrap();
        let larger = Exact::ratio(i128::MAX, 2).unwrap();
        assert_eq!((huge.cmp(&larger), larger.cmp(&huge)), (Ordering::Less, Ordering::Greater));
        let negative = |number: Exact| Exact::ZERO.minus(number).unwrap();
        assert!(negative(larger) < negative(huge) && negative(huge) < larger);
        let third = Exact::ratio(i128::MAX / 2, i128::MAX - 1).unwrap();
        assert_eq!(third.cmp(&third), Ordering::Equal);
        assert_eq!(huge.times(larger), Err(ArithmeticError::TooLarge));
        assert_eq!(Exact::ONE.over(Exact::ZERO), Err(ArithmeticError::DivisionByZero));
    }
}
