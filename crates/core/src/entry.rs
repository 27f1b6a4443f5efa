//! Typed text to a value: the one way in, for the page, the spreadsheet paste and the embedding API.
//!
//! Understood beside plain decimals: full-width digits and signs (１２．５％), thousands separators
//! (1,234.5 and 1，234.5), 千, 万 and 亿 behind the number, the unit itself and other units of the
//! same dimension (2.3万人 in a field in 人, 300亩 in one in 平方米), `1:n` and `n:1`.
//!
//! What is not exactly known is a range: 2.2-2.4万, 85%～90%, 3至5, or 约2.3万 and 300左右. "About" means
//! rounded to the digits that were typed: 约2.3万 lies between 2.25万 and 2.35万. Zeros at the end of a
//! whole number count as rounded off, but never by more than a twentieth: 约300 lies between 285 and 315.

use crate::figure::{Figure, FigureKind, Range, Value};
use crate::number::{DecimalError, Exact, MAX_DIGITS, MAX_FRACTION_DIGITS};
use crate::unit::{Notation, Unit};

/// The longest text that is looked at, in characters.
pub const MAX_CHARACTERS: usize = 80;

/// Numbers at or beyond this size are refused, in the figure's unit.
const MAX_MAGNITUDE: i64 = 1_000_000_000_000_000;

/// A text that was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value in the figure's unit.
    pub value: Value,
    /// Something the person may have meant otherwise.
    pub doubt: Option<Doubt>,
}

/// A value that is possible but often a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A percentage below 1, as if 0.95 stood for 95 %.
    ShareBelowOnePercent,
}

/// Why a text is not a value of the figure. Positions count characters from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    /// Longer than [`MAX_CHARACTERS`].
    TooLong {
        /// How many characters there are.
        characters: usize,
    },
    /// A character that does not belong into a number of this kind.
    UnexpectedText {
        /// What was found, cut after some characters.
        found: String,
        /// Where it begins.
        position: usize,
    },
    /// A second decimal point.
    SecondPoint {
        /// Where it stands.
        position: usize,
    },
    /// A sign or point without digits, or digits missing beside the point.
    Incomplete,
    /// Thousands separators that do not stand before groups of three digits.
    MisplacedSeparator,
    /// More digits than can be computed with exactly.
    TooManyDigits {
        /// The most digits in all.
        most: usize,
        /// The most digits after the point.
        most_after_point: usize,
    },
    /// 10^15 or more.
    TooLarge,
    /// A unit that cannot be converted to the figure's.
    OtherUnit {
        /// The unit that was typed.
        found: String,
        /// The unit of the figure.
        expected: Unit,
    },
    /// A ratio such as `1:0` or `0:1`.
    ZeroInRatio,
    /// Below the smallest value that makes sense.
    BelowMinimum {
        /// What was understood, in the figure's unit.
        value: Exact,
        /// The smallest value that makes sense.
        min: Exact,
    },
    /// Above the largest value that makes sense.
    AboveMaximum {
        /// What was understood, in the figure's unit.
        value: Exact,
        /// The largest value that makes sense.
        max: Exact,
    },
    /// A range from a larger to a smaller number.
    BackwardRange {
        /// What was understood to be the beginning, in the figure's unit.
        from: Exact,
        /// What was understood to be the end, in the figure's unit.
        to: Exact,
    },
    /// A fraction where only whole numbers make sense.
    NotWhole {
        /// What was understood, in the figure's unit.
        value: Exact,
    },
    /// Neither yes nor no.
    NotYesOrNo,
}

/// For developers; the page has its own words for each error in each language.
impl std::fmt::Display for EntryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a value of this figure: {self:?}")
    }
}

impl std::error::Error for EntryError {}

/// Words for "I do not know", as they are typed into spreadsheets.
const UNKNOWN_WORDS: &[&str] = &["", "-", "—", "——", "/", "?", "？", "未知", "不详", "暂无", "n/a", "unknown"];
const YES_WORDS: &[&str] = &["是", "有", "已完成", "完成", "达标", "√", "✓", "✔", "yes", "y", "true"];
const NO_WORDS: &[&str] = &["否", "无", "没有", "未完成", "未达标", "×", "✗", "✘", "no", "n", "false"];

/// Words for "about", in front of a number and behind it.
const ABOUT_BEFORE: &[&str] = &["大约", "约", "about", "approx.", "approx", "~", "≈"];
const ABOUT_AFTER: &[&str] = &["左右", "上下"];

/// Words behind a number that multiply it.
const MULTIPLIERS: &[(&str, i64)] =
    &[("万亿", 1_000_000_000_000), ("千万", 10_000_000), ("百万", 1_000_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000)];

/// What people write behind numbers, as (text, unit, how many of the unit the text stands for).
/// Units with 万 and 亿 are the multiplier and the plain unit.
const SYMBOLS: &[(&str, Unit, (i128, i128))] = &[
    ("%", Unit::Percent, (1, 1)),
    ("‰", Unit::Percent, (1, 10)),
    ("个百分点", Unit::PercentagePoint, (1, 1)),
    ("百分点", Unit::PercentagePoint, (1, 1)),
    ("pp", Unit::PercentagePoint, (1, 1)),
    ("人", Unit::Person, (1, 1)),
    ("名", Unit::Staff, (1, 1)),
    ("户", Unit::Household, (1, 1)),
    ("元", Unit::Yuan, (1, 1)),
    ("平方米", Unit::SquareMetre, (1, 1)),
    ("平米", Unit::SquareMetre, (1, 1)),
    ("㎡", Unit::SquareMetre, (1, 1)),
    ("m²", Unit::SquareMetre, (1, 1)),
    ("m2", Unit::SquareMetre, (1, 1)),
    ("平方公里", Unit::SquareKilometre, (1, 1)),
    ("平方千米", Unit::SquareKilometre, (1, 1)),
    ("km²", Unit::SquareKilometre, (1, 1)),
    ("km2", Unit::SquareKilometre, (1, 1)),
    ("公顷", Unit::SquareMetre, (10_000, 1)),
    ("ha", Unit::SquareMetre, (10_000, 1)),
    ("亩", Unit::Mu, (1, 1)),
    ("公里", Unit::Kilometre, (1, 1)),
    ("千米", Unit::Kilometre, (1, 1)),
    ("km", Unit::Kilometre, (1, 1)),
    ("米", Unit::Kilometre, (1, 1_000)),
    ("分钟", Unit::Minute, (1, 1)),
    ("分", Unit::Minute, (1, 1)),
    ("min", Unit::Minute, (1, 1)),
    ("小时", Unit::Minute, (60, 1)),
    ("吨", Unit::Ton, (1, 1)),
    ("t", Unit::Ton, (1, 1)),
    ("公斤", Unit::Ton, (1, 1_000)),
    ("个", Unit::Item, (1, 1)),
    ("家", Unit::Enterprise, (1, 1)),
    ("所", Unit::Establishment, (1, 1)),
    ("处", Unit::Site, (1, 1)),
    ("座", Unit::Seat, (1, 1)),
    ("条", Unit::Street, (1, 1)),
    ("项", Unit::Project, (1, 1)),
    ("例", Unit::Item, (1, 1)),
    ("张", Unit::Bed, (1, 1)),
    ("套", Unit::Dwelling, (1, 1)),
    ("套(间)", Unit::Dwelling, (1, 1)),
    ("间", Unit::Dwelling, (1, 1)),
    ("部", Unit::Lift, (1, 1)),
    ("平方米/人", Unit::SquareMetrePerPerson, (1, 1)),
    ("㎡/人", Unit::SquareMetrePerPerson, (1, 1)),
    ("m²/人", Unit::SquareMetrePerPerson, (1, 1)),
    ("名/万人", Unit::StaffPerWanPerson, (1, 1)),
    ("人/万人", Unit::StaffPerWanPerson, (1, 1)),
    ("张/千人", Unit::BedPerThousandPerson, (1, 1)),
    ("元/人", Unit::YuanPerPerson, (1, 1)),
    ("名/个", Unit::StaffPerItem, (1, 1)),
    ("级", Unit::Grade, (1, 1)),
    ("位", Unit::Rank, (1, 1)),
    ("名", Unit::Rank, (1, 1)),
    ("年", Unit::Year, (1, 1)),
];

/// Reads typed text as a value of the figure. `Ok(None)` means that nothing is known.
///
/// ```
/// use dabiao_core::{Figure, FigureKind, Period, Scope, Unit, Value, parse_entry};
/// let population = Figure {
///     id: "population".into(),
///     kind: FigureKind::Number { unit: Unit::WanPerson, min: None, max: None },
///     scope: Scope::Town,
///     period: Period::AssessmentYear,
///     formula: None,
/// };
/// for text in ["2.3", "2.3万", "２．３万人", "23,000人", "23000 人"] {
///     let entry = parse_entry(text, &population)?.ok_or("empty")?;
///     assert_eq!(entry.value, Value::Number("2.3".parse()?), "{text}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`EntryError`] says what is wrong and where.
pub fn parse_entry(text: &str, figure: &Figure) -> Result<Option<Entry>, EntryError> {
    // Counted first, so that a pasted novel costs nothing.
    if text.len() > MAX_CHARACTERS {
        let characters = text.chars().count();
        if characters > MAX_CHARACTERS {
            return Err(EntryError::TooLong { characters });
        }
    }
    let text = Normalized::new(text);
    if is_word(&text.trimmed(), UNKNOWN_WORDS) {
        return Ok(None);
    }
    match figure.kind {
        FigureKind::YesNo => parse_yes_no(&text.trimmed()).map(|answer| Entry { value: Value::YesNo(answer), doubt: None }),
        FigureKind::Number { unit, min, max } => parse_number(&text, unit, min, max),
    }
    .map(Some)
}

fn parse_yes_no(text: &str) -> Result<bool, EntryError> {
    if is_word(text, YES_WORDS) {
        Ok(true)
    } else if is_word(text, NO_WORDS) {
        Ok(false)
    } else {
        Err(EntryError::NotYesOrNo)
    }
}

fn is_word(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn parse_number(text: &Normalized, unit: Unit, min: Option<Exact>, max: Option<Exact>) -> Result<Entry, EntryError> {
    // A year is never known only roughly.
    if unit.notation() == Notation::Plain && unit != Unit::Year {
        if let Some(exact) = text.without_about() {
            return parse_about(&exact, unit, min, max);
        }
        if let Some((from, to)) = text.split_range() {
            return parse_range(&from, &to, unit, min, max);
        }
    }
    let value = match unit.notation() {
        Notation::Plain => parse_plain(text, unit)?,
        notation => parse_ratio(text, unit, notation)?,
    };
    check_number(value, unit, min, max)?;
    let is_share = unit == Unit::Percent && max == Some(Exact::from(100_u32));
    let doubtful = is_share && value > Exact::ZERO && value < Exact::ONE;
    Ok(Entry { value: Value::Number(value), doubt: doubtful.then_some(Doubt::ShareBelowOnePercent) })
}

/// A range; a unit or multiplier behind its end alone holds for its beginning too.
fn parse_range(from: &Normalized, to: &Normalized, unit: Unit, min: Option<Exact>, max: Option<Exact>) -> Result<Entry, EntryError> {
    let (number, rest_start) = read_decimal(from, 0)?;
    let high = parse_plain(to, unit)?;
    let low = if from.at(rest_start).is_some() {
        parse_plain(from, unit)?
    } else {
        let (_, suffix_start) = read_decimal(to, 0)?;
        let factor = suffix_factor(&to.from(suffix_start), unit).unwrap_or(Exact::ONE);
        number.times(factor).map_err(|_| EntryError::TooLarge)?
    };
    check_number(low, unit, min, max)?;
    check_number(high, unit, min, max)?;
    let range = Range::new(low, high).ok_or(EntryError::BackwardRange { from: low, to: high })?;
    Ok(Entry { value: Value::from_range(range), doubt: None })
}

/// A number that is rounded to the digits that were typed.
fn parse_about(text: &Normalized, unit: Unit, min: Option<Exact>, max: Option<Exact>) -> Result<Entry, EntryError> {
    let value = parse_plain(text, unit)?;
    check_number(value, unit, min, max)?;
    let (number, end) = read_decimal(text, 0)?;
    let factor = suffix_factor(&text.from(end), unit).unwrap_or(Exact::ONE);
    let around = rounding_error(&text.until(end), number).and_then(|error| error.times(factor).ok()).ok_or(EntryError::TooLarge)?;
    let (low, high) = (value.minus(around), value.plus(around));
    let (low, high) = (low.map_err(|_| EntryError::TooLarge)?, high.map_err(|_| EntryError::TooLarge)?);
    // Half a person is nobody, and nothing is beyond what makes sense.
    let (low, high) = if unit.is_whole() { (low.ceiling(), high.floor()) } else { (low, high) };
    let (low, high) = (min.map_or(low, |min| low.max(min)), max.map_or(high, |max| high.min(max)));
    let range = Range::new(low.min(value), high.max(value)).unwrap_or(Range::point(value));
    Ok(Entry { value: Value::from_range(range), doubt: None })
}

/// Half of the last place that is not rounded off, in the number as it was typed.
fn rounding_error(typed: &str, number: Exact) -> Option<Exact> {
    let half = Exact::ratio(1, 2).ok()?;
    if let Some((_, fraction)) = typed.split_once('.') {
        let places = u32::try_from(fraction.chars().filter(char::is_ascii_digit).count()).ok()?;
        return half.over(Exact::ratio(10_i128.checked_pow(places)?, 1).ok()?).ok();
    }
    let zeros = u32::try_from(
        typed.chars().rev().take_while(|character| *character == '0' || *character == ',').filter(|character| *character == '0').count(),
    )
    .ok()?;
    let rounded = half.times(Exact::ratio(10_i128.checked_pow(zeros)?, 1).ok()?).ok()?;
    let twentieth = number.abs().over(Exact::from(20_u32)).ok()?;
    Some(if zeros > 0 { rounded.min(twentieth) } else { rounded })
}

fn check_number(value: Exact, unit: Unit, min: Option<Exact>, max: Option<Exact>) -> Result<(), EntryError> {
    if value.abs() >= Exact::from(MAX_MAGNITUDE) {
        return Err(EntryError::TooLarge);
    }
    if unit.is_whole() && !value.is_whole() {
        return Err(EntryError::NotWhole { value });
    }
    if let Some(min) = min.filter(|min| value < *min) {
        return Err(EntryError::BelowMinimum { value, min });
    }
    if let Some(max) = max.filter(|max| value > *max) {
        return Err(EntryError::AboveMaximum { value, max });
    }
    Ok(())
}

fn parse_plain(text: &Normalized, unit: Unit) -> Result<Exact, EntryError> {
    let (number, rest_start) = read_decimal(text, 0)?;
    let rest = text.from(rest_start);
    let factor = suffix_factor(&rest, unit).ok_or_else(|| suffix_error(text, rest_start, &rest, unit))?;
    number.times(factor).map_err(|_| EntryError::TooLarge)
}

/// `a:b` as the n of `1:n` or of `n:1`; a lone number is n.
fn parse_ratio(text: &Normalized, unit: Unit, notation: Notation) -> Result<Exact, EntryError> {
    let (first, after_first) = read_decimal(text, 0)?;
    match text.at(after_first) {
        None => return Ok(first),
        Some(':' | '比') => {}
        Some(_) => return Err(suffix_error(text, after_first, &text.from(after_first), unit)),
    }
    let (second, end) = read_decimal(text, after_first.saturating_add(1))?;
    if text.at(end).is_some() {
        return Err(suffix_error(text, end, &text.from(end), unit));
    }
    let quotient = match notation {
        Notation::ToOne => first.over(second),
        Notation::OneTo | Notation::Plain => second.over(first),
    };
    let quotient = quotient.map_err(|_| EntryError::ZeroInRatio)?;
    if quotient.is_zero() { Err(EntryError::ZeroInRatio) } else { Ok(quotient) }
}

/// Reads a decimal from the given place on and says where it ends.
fn read_decimal(text: &Normalized, start: usize) -> Result<(Exact, usize), EntryError> {
    let mut plain = String::new();
    let mut position = start;
    if let Some(sign @ ('+' | '-')) = text.at(position) {
        if sign == '-' {
            plain.push('-');
        }
        position = position.saturating_add(1);
    }
    // The digits since the last separator; `None` before the first one.
    let mut since_separator: Option<usize> = None;
    let mut whole_digits: usize = 0;
    let mut point_seen = false;
    while let Some(character) = text.at(position) {
        match character {
            digit @ '0'..='9' => {
                plain.push(digit);
                if !point_seen {
                    whole_digits = whole_digits.saturating_add(1);
                    since_separator = since_separator.map(|digits| digits.saturating_add(1));
                }
            }
            ',' if !point_seen => {
                let group_is_full = since_separator.map_or((1..=3).contains(&whole_digits), |digits| digits == 3);
                if !group_is_full {
                    return Err(EntryError::MisplacedSeparator);
                }
                since_separator = Some(0);
            }
            ',' => return Err(EntryError::MisplacedSeparator),
            '.' if point_seen => return Err(EntryError::SecondPoint { position: text.position(position) }),
            '.' => {
                point_seen = true;
                plain.push('.');
            }
            _ => break,
        }
        position = position.saturating_add(1);
    }
    if since_separator.is_some_and(|digits| digits != 3) {
        return Err(EntryError::MisplacedSeparator);
    }
    if !plain.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(match text.at(position) {
            Some(_) => {
                EntryError::UnexpectedText { found: text.from(position).chars().take(12).collect(), position: text.position(position) }
            }
            None => EntryError::Incomplete,
        });
    }
    match plain.parse() {
        Ok(number) => Ok((number, position)),
        Err(DecimalError::TooManyDigits) => Err(EntryError::TooManyDigits { most: MAX_DIGITS, most_after_point: MAX_FRACTION_DIGITS }),
        Err(DecimalError::Malformed) => Err(EntryError::Incomplete),
    }
}

/// How many of `unit` the words behind a number stand for; `None` if they say something else.
fn suffix_factor(suffix: &str, unit: Unit) -> Option<Exact> {
    if suffix.is_empty() {
        return Some(Exact::ONE);
    }
    if suffix == unit.symbol() {
        return Some(Exact::ONE);
    }
    let symbol_factor = |symbol| symbol_factor(symbol, unit).or_else(|| symbol_factor(symbol, unit.numerator()?));
    if let Some(factor) = symbol_factor(suffix) {
        return Some(factor);
    }
    let (word, multiplier) = MULTIPLIERS.iter().find(|(word, _)| suffix.starts_with(word))?;
    let symbol = suffix.strip_prefix(word)?;
    let factor = if symbol.is_empty() { unit.counting_unit().scale().over(unit.scale()).ok()? } else { symbol_factor(symbol)? };
    factor.times(Exact::from(*multiplier)).ok()
}

fn symbol_factor(symbol: &str, unit: Unit) -> Option<Exact> {
    SYMBOLS.iter().find_map(|(written, symbol_unit, (numerator, denominator))| {
        let same = *symbol_unit == unit || (symbol_unit.dimension() == unit.dimension() && converts(*symbol_unit, unit));
        if !same || !symbol.eq_ignore_ascii_case(written) {
            return None;
        }
        let times = Exact::ratio(*numerator, *denominator).ok()?;
        symbol_unit.scale().times(times).ok()?.over(unit.scale()).ok()
    })
}

/// Whether units of one dimension may stand for each other in a field: amounts may, but a share is
/// not a ratio, and ranks, grades and years are each their own.
fn converts(from: Unit, to: Unit) -> bool {
    use crate::unit::Dimension;
    match from.dimension() {
        Dimension::Ordinal | Dimension::Difference => false,
        Dimension::NUMBER => from == to,
        Dimension::Measured(_) => true,
    }
}

fn suffix_error(text: &Normalized, start: usize, suffix: &str, unit: Unit) -> EntryError {
    let stripped = MULTIPLIERS.iter().find_map(|(word, _)| suffix.strip_prefix(word)).unwrap_or(suffix);
    let is_unit = SYMBOLS.iter().any(|(written, _, _)| written.eq_ignore_ascii_case(stripped));
    if is_unit {
        EntryError::OtherUnit { found: suffix.to_owned(), expected: unit }
    } else {
        EntryError::UnexpectedText { found: suffix.chars().take(12).collect(), position: text.position(start) }
    }
}

/// The text without spaces, in half-width characters, each with its place in the original.
struct Normalized {
    characters: Vec<(char, usize)>,
}

impl Normalized {
    fn new(text: &str) -> Self {
        let characters = text
            .chars()
            .enumerate()
            .filter(|(_, character)| !character.is_whitespace() && !matches!(character, '\u{200b}' | '\u{feff}'))
            .map(|(index, character)| (half_width(character), index.saturating_add(1)))
            .collect();
        Self { characters }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.characters.get(index).map(|(character, _)| *character)
    }

    /// The place in the original text, from 1.
    fn position(&self, index: usize) -> usize {
        self.characters.get(index).map_or(self.characters.len(), |(_, position)| *position)
    }

    fn from(&self, index: usize) -> String {
        self.characters.iter().skip(index).map(|(character, _)| character).collect()
    }

    fn until(&self, index: usize) -> String {
        self.characters.iter().take(index).map(|(character, _)| character).collect()
    }

    fn trimmed(&self) -> String {
        self.from(0)
    }

    fn part(&self, range: impl std::ops::RangeBounds<usize>) -> Self {
        let characters = self.characters.iter().enumerate().filter(|(index, _)| range.contains(index)).map(|(_, character)| *character);
        Self { characters: characters.collect() }
    }

    /// The text without its words for "about"; `None` if it has none.
    fn without_about(&self) -> Option<Self> {
        let text = self.trimmed();
        let lower = text.to_ascii_lowercase();
        let before = ABOUT_BEFORE.iter().find(|word| lower.starts_with(**word)).map_or(0, |word| word.chars().count());
        let after = ABOUT_AFTER.iter().find(|word| lower.ends_with(**word)).map_or(0, |word| word.chars().count());
        let end = self.characters.len().saturating_sub(after);
        (before > 0 || after > 0).then(|| self.part(before..end))
    }

    /// The two sides of a range; `None` if it is none. A sign in front is no separator, and one
    /// is only where a number follows.
    fn split_range(&self) -> Option<(Self, Self)> {
        let is_separator = |character: char| matches!(character, '-' | '~' | '—' | '至' | '到');
        let begins_number = |index: usize| matches!(self.at(index), Some('0'..='9' | '+' | '-' | '.'));
        // 2——3 has two dashes.
        let first = (1..self.characters.len()).find(|index| self.at(*index).is_some_and(is_separator))?;
        let last =
            if self.at(first) == Some('—') && self.at(first.saturating_add(1)) == Some('—') { first.saturating_add(1) } else { first };
        let next = last.saturating_add(1);
        begins_number(next).then(|| (self.part(..first), self.part(next..)))
    }
}

fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character),
        '。' => '.',
        '−' | '–' => '-',
        '∶' | '︰' => ':',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Period, Scope};

    fn figure(unit: Unit, min: Option<&str>, max: Option<&str>) -> Figure {
        let bound = |text: &str| text.parse::<Exact>().unwrap();
        Figure {
            id: "figure".into(),
            kind: FigureKind::Number { unit, min: min.map(bound), max: max.map(bound) },
            scope: Scope::Town,
            period: Period::AssessmentYear,
            formula: None,
        }
    }

    fn number(text: &str, unit: Unit) -> Result<String, EntryError> {
        parse_entry(text, &figure(unit, None, None))
            .map(|entry| entry.map_or("-".to_owned(), |entry| entry.value.number().unwrap().to_string()))
    }

    #[test]
    fn every_accepted_spelling() {
        for (text, unit, value) in [
            ("95", Unit::Percent, "95"),
            (" 95 % ", Unit::Percent, "95"),
            ("９５．５％", Unit::Percent, "95.5"),
            ("955‰", Unit::Percent, "95.5"),
            ("-0.4%", Unit::Percent, "-0.4"),
            ("＋3", Unit::Percent, "3"),
            ("1,234.5", Unit::Yuan, "1234.5"),
            ("1，234，567", Unit::Yuan, "1234567"),
            ("401.23", Unit::YiYuan, "401.23"),
            ("401.23亿", Unit::YiYuan, "401.23"),
            ("401.23亿元", Unit::YiYuan, "401.23"),
            ("4012300万元", Unit::YiYuan, "401.23"),
            ("3912.71元", Unit::WanYuan, "0.391271"),
            ("91.75万", Unit::WanPerson, "91.75"),
            ("917500", Unit::Person, "917500"),
            ("91.75万人", Unit::Person, "917500"),
            ("917500人", Unit::WanPerson, "91.75"),
            ("3千", Unit::Person, "3000"),
            ("300亩", Unit::SquareMetre, "200000"),
            ("20公顷", Unit::SquareMetre, "200000"),
            ("42平方公里", Unit::SquareKilometre, "42"),
            ("1:12.5", Unit::OneTo, "12.5"),
            ("２：２６", Unit::OneTo, "13"),
            ("13", Unit::OneTo, "13"),
            ("1.94:1", Unit::ToOne, "1.94"),
            ("1.94∶1", Unit::ToOne, "1.94"),
            ("3.88比2", Unit::ToOne, "1.94"),
            ("半", Unit::Percent, "error"),
            ("半小时", Unit::Minute, "error"),
            ("0.5小时", Unit::Minute, "30"),
            ("2名", Unit::Rank, "2"),
            ("三级", Unit::Grade, "error"),
            ("3级", Unit::Grade, "3"),
            ("15㎡/人", Unit::SquareMetrePerPerson, "15"),
            ("15平方米", Unit::SquareMetrePerPerson, "15"),
            ("7.7万元", Unit::WanYuanPerPerson, "7.7"),
            ("77000元", Unit::WanYuanPerPerson, "7.7"),
            ("2.5名", Unit::StaffPerWanPerson, "2.5"),
            ("不详", Unit::Percent, "-"),
            ("", Unit::Percent, "-"),
            ("—", Unit::Percent, "-"),
        ] {
            let got = number(text, unit);
            if value == "error" {
                assert!(matches!(got, Err(EntryError::UnexpectedText { .. })), "{text}: {got:?}");
            } else {
                assert_eq!(got.as_deref(), Ok(value), "{text}");
            }
        }
    }

    /// By hand: 约2.3万 is 2.3 ± 0.05 in 万, 约300 is 300 ± min(50, 15), 约20 is 20 ± min(5, 1).
    #[test]
    fn ranges_and_about() {
        for (text, unit, low, high) in [
            ("2.2-2.4", Unit::WanPerson, "2.2", "2.4"),
            ("2.2~2.4万人", Unit::WanPerson, "2.2", "2.4"),
            ("2.2万—2.4万", Unit::Person, "22000", "24000"),
            ("2.2——2.4万", Unit::Person, "22000", "24000"),
            ("２．２至２．４万", Unit::Person, "22000", "24000"),
            ("85%到90%", Unit::Percent, "85", "90"),
            ("85-90%", Unit::Percent, "85", "90"),
            ("-3--1", Unit::Percent, "-3", "-1"),
            ("1,200-1,300", Unit::Yuan, "1200", "1300"),
            ("约2.3万", Unit::WanPerson, "2.25", "2.35"),
            ("大约 2.30 万", Unit::WanPerson, "2.295", "2.305"),
            ("约2.3万人", Unit::Person, "22500", "23500"),
            ("300左右", Unit::Person, "285", "315"),
            ("about 20", Unit::Item, "19", "21"),
            ("约23", Unit::Percent, "22.5", "23.5"),
            ("≈12,000", Unit::Yuan, "11500", "12500"),
        ] {
            let entry = parse_entry(text, &figure(unit, None, None)).unwrap().unwrap();
            let range = entry.value.range().unwrap();
            assert_eq!((range.low().to_string().as_str(), range.high().to_string().as_str()), (low, high), "{text}");
        }
        let share = figure(Unit::Percent, Some("0"), Some("100"));
        let cut = parse_entry("约99.8%", &share).unwrap().unwrap().value.range().unwrap();
        assert_eq!((cut.low().to_string(), cut.high().to_string()), ("99.75".to_owned(), "99.85".to_owned()));
        let cut = parse_entry("约100%", &share).unwrap().unwrap().value.range().unwrap();
        assert_eq!((cut.low().to_string(), cut.high().to_string()), ("95".to_owned(), "100".to_owned()));
        assert_eq!(number("3-3", Unit::Percent), Ok("3".to_owned()), "one point is a number");
        let backward = EntryError::BackwardRange { from: "5".parse().unwrap(), to: "3".parse().unwrap() };
        assert_eq!(parse_entry("5-3", &share), Err(backward));
        assert!(matches!(parse_entry("3-150", &share), Err(EntryError::AboveMaximum { .. })));
        assert!(matches!(number("3-", Unit::Percent), Err(EntryError::UnexpectedText { .. })));
        assert!(matches!(number("约", Unit::Percent), Err(EntryError::Incomplete)));
        assert!(matches!(number("2021-2022", Unit::Year), Err(EntryError::UnexpectedText { .. })));
        assert!(matches!(number("约2021", Unit::Year), Err(EntryError::UnexpectedText { .. })));
        assert!(matches!(number("约1:12", Unit::OneTo), Err(EntryError::UnexpectedText { .. })));
        assert!(matches!(number("2020-01-02", Unit::Percent), Err(EntryError::UnexpectedText { .. })));
    }

    #[test]
    fn refused_with_place_and_cause() {
        for (text, unit, error) in [
            ("abc", Unit::Percent, EntryError::UnexpectedText { found: "abc".into(), position: 1 }),
            ("12 x", Unit::Percent, EntryError::UnexpectedText { found: "x".into(), position: 4 }),
            ("1.2.3", Unit::Percent, EntryError::SecondPoint { position: 4 }),
            ("1。2。3", Unit::Percent, EntryError::SecondPoint { position: 4 }),
            ("-", Unit::Percent, EntryError::Incomplete),
            ("5.", Unit::Percent, EntryError::Incomplete),
            ("1,5", Unit::Percent, EntryError::MisplacedSeparator),
            ("12,34,567", Unit::Yuan, EntryError::MisplacedSeparator),
            ("1:0", Unit::OneTo, EntryError::ZeroInRatio),
            ("0:1", Unit::OneTo, EntryError::ZeroInRatio),
            ("1.94:0", Unit::ToOne, EntryError::ZeroInRatio),
            ("1:2:3", Unit::OneTo, EntryError::UnexpectedText { found: ":3".into(), position: 4 }),
            ("95%", Unit::SquareMetre, EntryError::OtherUnit { found: "%".into(), expected: Unit::SquareMetre }),
            ("3万亩", Unit::Person, EntryError::OtherUnit { found: "万亩".into(), expected: Unit::Person }),
            ("5个百分点", Unit::Percent, EntryError::OtherUnit { found: "个百分点".into(), expected: Unit::Percent }),
            ("2.5", Unit::Person, EntryError::NotWhole { value: "2.5".parse().unwrap() }),
            ("999999999999万亿", Unit::Person, EntryError::TooLarge),
        ] {
            if text == "-" {
                assert_eq!(number(text, unit).as_deref(), Ok("-"), "a lone dash means unknown");
            } else {
                assert_eq!(number(text, unit), Err(error), "{text}");
            }
        }
        let forty = "1234567890".repeat(4);
        assert!(matches!(number(&forty, Unit::Yuan), Err(EntryError::TooManyDigits { .. })));
        let ten_megabytes = "9".repeat(10_000_000);
        assert_eq!(number(&ten_megabytes, Unit::Yuan), Err(EntryError::TooLong { characters: 10_000_000 }));
    }

    #[test]
    fn bounds_name_value_and_limit() {
        let share = figure(Unit::Percent, Some("0"), Some("100"));
        assert_eq!(
            parse_entry("150%", &share),
            Err(EntryError::AboveMaximum { value: "150".parse().unwrap(), max: "100".parse().unwrap() })
        );
        assert_eq!(parse_entry("-3", &share), Err(EntryError::BelowMinimum { value: "-3".parse().unwrap(), min: Exact::ZERO }));
        let doubtful = parse_entry("0.95", &share).unwrap().unwrap();
        assert_eq!(doubtful.doubt, Some(Doubt::ShareBelowOnePercent));
        assert_eq!(parse_entry("95", &share).unwrap().unwrap().doubt, None);
    }

    #[test]
    fn yes_and_no() {
        let task = Figure { kind: FigureKind::YesNo, ..figure(Unit::Percent, None, None) };
        for (text, answer) in [("是", true), ("√", true), ("YES", true), ("否", false), ("×", false), ("无", false)] {
            assert_eq!(parse_entry(text, &task).unwrap().unwrap().value, Value::YesNo(answer), "{text}");
        }
        assert_eq!(parse_entry("", &task), Ok(None));
        assert_eq!(parse_entry("maybe", &task), Err(EntryError::NotYesOrNo));
    }
}
