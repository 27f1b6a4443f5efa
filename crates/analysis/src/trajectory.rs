//! The way from a baseline to a target over time: what is due when, whether one is on track, and
//! where the present pace leads.
//!
//! Two methods that differ (`methods.md` of the project's brief, section Pace): linear, the same step
//! every year, `b + (T − b)·t/n`; and compound, the same rate every year, `b·(T/b)^(t/n)`. Whether a
//! value is on track is decided exactly by both: for compound, `x/b ≥ (T/b)^(t/n)` is
//! `xⁿ·bᵗ⁻ⁿ ≥ Tᵗ`, whole powers of whole numbers. Only what is shown is rounded.

use dabiao_core::rule::{Direction, Toward};
use dabiao_core::{ArithmeticError, Exact};
use num_bigint::BigUint;

/// Steps of a year in which due values are asked for.
pub const QUARTERS: u32 = 4;

/// A way from a baseline to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trajectory {
    baseline: Exact,
    target: Exact,
    direction: Direction,
    first_year: u16,
    // INVARIANT: at least one.
    years: u16,
}

/// How the way is spread over the years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The same step every year.
    Linear,
    /// The same rate every year. Needs a baseline and a target above zero.
    Compound,
}

/// A point of time: so many quarters after the end of the baseline year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(u32);

impl Trajectory {
    /// The way of a rule; `None` if its target year does not follow its baseline year.
    #[must_use]
    pub fn of(rule: &Toward) -> Option<Self> {
        let years = rule.target_year.checked_sub(rule.baseline_year).filter(|years| *years > 0)?;
        Some(Self { baseline: rule.baseline, target: rule.target, direction: rule.direction, first_year: rule.baseline_year, years })
    }

    /// The end of a year of the way; `None` outside of it.
    #[must_use]
    pub fn end_of(&self, year: u16) -> Option<Moment> {
        self.moment(year, QUARTERS)
    }

    /// The end of a quarter, 1 to 4, of a year of the way; `None` outside of it.
    #[must_use]
    pub fn moment(&self, year: u16, quarter: u32) -> Option<Moment> {
        let after = u32::from(year.checked_sub(self.first_year)?).checked_mul(QUARTERS)?;
        let quarters = after.checked_add(quarter)?.checked_sub(QUARTERS)?;
        ((1..=QUARTERS).contains(&quarter) && quarters <= self.length()).then_some(Moment(quarters))
    }

    fn length(&self) -> u32 {
        u32::from(self.years).saturating_mul(QUARTERS)
    }

    /// The share of the way that is done: 0 at the baseline, 1 at the target; `None` if they are equal.
    ///
    /// # Errors
    /// [`ArithmeticError`] if a number has too many digits.
    pub fn attainment(&self, value: Exact) -> Result<Option<Exact>, ArithmeticError> {
        let way = self.target.minus(self.baseline)?;
        if way.is_zero() { Ok(None) } else { value.minus(self.baseline)?.over(way).map(Some) }
    }

    /// The yearly step of the linear method, in the figure's unit; negative where the figure falls.
    ///
    /// # Errors
    /// [`ArithmeticError`] if a number has too many digits.
    pub fn step(&self) -> Result<Exact, ArithmeticError> {
        self.target.minus(self.baseline)?.over(Exact::from(u32::from(self.years)))
    }

    /// The yearly rate of the compound method in percent, rounded to so many digits towards the
    /// harder side: kept up, it reaches the target. `None` where compound growth has no meaning.
    #[must_use]
    pub fn rate(&self, digits: u32) -> Option<Exact> {
        let factor_digits = digits.checked_add(2)?;
        let power = u32::from(self.years);
        let (numerator, denominator) = quotient(self.target, self.baseline)?;
        let factor = root(&numerator, &denominator, power, factor_digits, self.direction == Direction::Rising)?;
        factor.minus(Exact::ONE).ok()?.times(Exact::from(100_u32)).ok()
    }

    /// The value that is due at a moment. Exact for the linear method; for the compound one rounded
    /// to so many digits towards the harder side.
    #[must_use]
    pub fn due(&self, moment: Moment, method: Method, digits: u32) -> Option<Exact> {
        match method {
            Method::Linear => {
                let share = Exact::ratio(i128::from(moment.0), i128::from(self.length())).ok()?;
                self.baseline.plus(self.target.minus(self.baseline).ok()?.times(share).ok()?).ok()
            }
            // The n-th root of bⁿ⁻ᵗ·Tᵗ.
            Method::Compound => {
                let (b_up, b_down) = parts(self.baseline)?;
                let (t_up, t_down) = parts(self.target)?;
                let (rest, gone, power) = reduced(self.length().checked_sub(moment.0)?, moment.0, self.length());
                let numerator = b_up.pow(rest) * t_up.pow(gone);
                let denominator = b_down.pow(rest) * t_down.pow(gone);
                root(&numerator, &denominator, power, digits, self.direction == Direction::Rising)
            }
        }
    }

    /// Whether a value is on track at a moment: at the due value or on its better side. Exact for both
    /// methods. `None` where compound growth has no meaning.
    #[must_use]
    pub fn is_on_track(&self, value: Exact, moment: Moment, method: Method) -> Option<bool> {
        let ordering = match method {
            Method::Linear => value.cmp(&self.due(moment, Method::Linear, 0)?),
            Method::Compound => {
                let (b_up, b_down) = parts(self.baseline)?;
                let (t_up, t_down) = parts(self.target)?;
                // What is due is above zero; a value that is not lies below it.
                let Some((x_up, x_down)) = parts(value) else { return Some(self.direction == Direction::Falling) };
                let (rest, gone, power) = reduced(self.length().checked_sub(moment.0)?, moment.0, self.length());
                let ours = x_up.pow(power) * b_down.pow(rest) * t_down.pow(gone);
                let due = x_down.pow(power) * b_up.pow(rest) * t_up.pow(gone);
                ours.cmp(&due)
            }
        };
        Some(match self.direction {
            Direction::Rising => ordering.is_ge(),
            Direction::Falling => ordering.is_le(),
        })
    }

    /// Where the pace from the baseline to a value at a moment leads by the end of the target year:
    /// the linear one exactly, the compound one rounded down to so many digits. `None` at the very
    /// beginning, where there is no pace yet, and where compound growth has no meaning.
    #[must_use]
    pub fn projected(&self, value: Exact, moment: Moment, method: Method, digits: u32) -> Option<Exact> {
        if moment.0 == 0 {
            return None;
        }
        match method {
            Method::Linear => {
                let times = Exact::ratio(i128::from(self.length()), i128::from(moment.0)).ok()?;
                self.baseline.plus(value.minus(self.baseline).ok()?.times(times).ok()?).ok()
            }
            // b·(x/b)^(n/t) is the t-th root of xⁿ / bⁿ⁻ᵗ.
            Method::Compound => {
                let (b_up, b_down) = parts(self.baseline)?;
                if value.is_zero() {
                    return Some(Exact::ZERO);
                }
                let (x_up, x_down) = parts(value)?;
                let (rest, gone, power) = reduced(self.length().checked_sub(moment.0)?, moment.0, self.length());
                let numerator = x_up.pow(power) * b_down.pow(rest);
                let denominator = x_down.pow(power) * b_up.pow(rest);
                root(&numerator, &denominator, gone, digits, false)
            }
        }
    }
}

/// Numerator and denominator of a number above zero.
fn parts(value: Exact) -> Option<(BigUint, BigUint)> {
    let is_positive = value > Exact::ZERO;
    is_positive.then(|| (BigUint::from(value.numerator().unsigned_abs()), BigUint::from(value.denominator().unsigned_abs())))
}

fn quotient(above: Exact, below: Exact) -> Option<(BigUint, BigUint)> {
    let ((a_up, a_down), (b_up, b_down)) = (parts(above)?, parts(below)?);
    Some((a_up * b_down, a_down * b_up))
}

/// Three exponents without what they share: powers stay small, and roots of whole years are exact.
fn reduced(rest: u32, gone: u32, length: u32) -> (u32, u32, u32) {
    let shared = common_divisor(common_divisor(rest, gone), length).max(1);
    let divide = |number: u32| number.checked_div(shared).unwrap_or(number);
    (divide(rest), divide(gone), divide(length))
}

fn common_divisor(a: u32, b: u32) -> u32 {
    match a.checked_rem(b) {
        Some(rest) => common_divisor(b, rest),
        None => a,
    }
}

/// The root of a fraction with so many digits after the point, rounded down or up.
fn root(numerator: &BigUint, denominator: &BigUint, power: u32, digits: u32, up: bool) -> Option<Exact> {
    let scale = BigUint::from(10_u32).pow(digits);
    // root(a/d)·10^k, whole: the largest r with rⁿ·d ≤ a·10^(kn).
    let whole = (numerator * scale.pow(power)) / denominator;
    let floor = whole.nth_root(power);
    let is_exact = &floor.pow(power) * denominator == numerator * scale.pow(power);
    let rounded = if up && !is_exact { floor + 1_u32 } else { floor };
    Exact::ratio(i128::try_from(&rounded).ok()?, i128::try_from(&scale).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dabiao_core::FigureIndex;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    fn way(baseline: &str, target: &str, direction: Direction) -> Trajectory {
        let (baseline, target) = (exact(baseline), exact(target));
        Trajectory::of(&Toward { figure: FigureIndex(0), baseline, baseline_year: 2022, target, target_year: 2025, direction }).unwrap()
    }

    /// By hand: (530 − 401.23)/3 = 42.923…; 401.23 + 42.923… = 444.1533…; the cube root of 530/401.23 is
    /// 1.09721…, so 9.721…% a year and 440.23… due at the end of 2023.
    #[test]
    fn gross_domestic_product() {
        let gdp = way("401.23", "530", Direction::Rising);
        let end = gdp.end_of(2023).unwrap();
        assert_eq!(gdp.step().unwrap(), Exact::ratio(12877, 300).unwrap());
        assert_eq!(gdp.due(end, Method::Linear, 0).unwrap(), Exact::ratio(133_246, 300).unwrap());
        assert_eq!(gdp.rate(2).unwrap(), exact("9.73"), "9.72… rounded up, so that it is enough");
        assert_eq!(gdp.due(end, Method::Compound, 2).unwrap(), exact("440.24"));
        // 442 is ahead of the compound path and behind the linear one.
        assert_eq!(gdp.is_on_track(exact("442"), end, Method::Compound), Some(true));
        assert_eq!(gdp.is_on_track(exact("442"), end, Method::Linear), Some(false));
        assert_eq!(gdp.due(gdp.end_of(2025).unwrap(), Method::Compound, 2).unwrap(), exact("530"));
        assert_eq!(gdp.due(gdp.end_of(2022).unwrap(), Method::Compound, 2).unwrap(), exact("401.23"));
    }

    /// 22.5 → 19 falls by 3.5/3 = 1.1666… a year: 21.3333… is due at the end of 2023.
    #[test]
    fn falling_targets_are_met_from_above() {
        let share = way("22.5", "19", Direction::Falling);
        let end = share.end_of(2023).unwrap();
        assert_eq!(share.due(end, Method::Linear, 0).unwrap(), Exact::ratio(64, 3).unwrap());
        assert_eq!(share.is_on_track(exact("21.33"), end, Method::Linear), Some(true));
        assert_eq!(share.is_on_track(exact("21.34"), end, Method::Linear), Some(false));
        // 22.5 × 0.9452³ = 19.0000025: a fall of 5.48 % a year just misses, 5.49 % is enough.
        assert_eq!(share.rate(2).unwrap(), exact("-5.49"));
    }

    #[test]
    fn a_target_that_is_the_baseline_is_held() {
        let water = way("100", "100", Direction::Rising);
        let end = water.end_of(2023).unwrap();
        assert_eq!(water.attainment(exact("99")).unwrap(), None);
        assert_eq!(water.rate(2).unwrap(), exact("0"));
        for method in [Method::Linear, Method::Compound] {
            assert_eq!(water.is_on_track(exact("100"), end, method), Some(true));
            assert_eq!(water.is_on_track(exact("99.9"), end, method), Some(false));
        }
    }

    #[test]
    fn moments_outside_of_the_way_do_not_exist() {
        let way = way("1", "2", Direction::Rising);
        assert_eq!(way.end_of(2021), None);
        assert_eq!(way.end_of(2026), None);
        assert_eq!(way.moment(2023, 5), None);
        assert_eq!(way.moment(2023, 2), Some(Moment(2)));
    }
}
