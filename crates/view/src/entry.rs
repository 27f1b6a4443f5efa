//! What stands beside a field: the understood value, or what is wrong and what to do.

use dabiao_core::entry::{Doubt, Entry, EntryError, MAX_CHARACTERS};
use dabiao_core::{FigureKind, Value};

use crate::number;
use crate::words::{Locale, key};

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The understood value.
    Understood,
    /// Possible, but often a slip.
    Doubt,
    /// Not understood; the figure counts as unknown.
    Error,
}

/// The message beside a field; nothing for an empty one and for a plain value typed as it is shown.
#[must_use]
pub fn message(locale: Locale, kind: FigureKind, text: &str, entry: Result<Option<Entry>, &EntryError>) -> Option<(Tone, String)> {
    match entry {
        Err(error) => Some((Tone::Error, error_text(locale, kind, error))),
        Ok(None) => None,
        Ok(Some(entry)) => {
            let value = match entry.value {
                Value::YesNo(_) => return None,
                Value::Between(range) => {
                    let shown = format!("{}–{}", full_digits(range.low()), full_digits(range.high()));
                    let value = number::with_unit(locale, &shown, kind.unit()?);
                    return Some((Tone::Understood, locale.fill(key::UNDERSTOOD, &[("value", &value)])));
                }
                Value::Number(value) => value,
            };
            let unit = kind.unit()?;
            let shown = number::with_unit(locale, &full_digits(value), unit);
            if entry.doubt == Some(Doubt::ShareBelowOnePercent) {
                return Some((Tone::Doubt, locale.fill(key::DOUBT_SHARE, &[("value", &shown)])));
            }
            let squeeze = |text: &str| text.replace([' ', '\u{a0}'], "");
            let as_typed = text.trim() == value.to_string() || squeeze(text) == squeeze(&shown);
            (!as_typed).then(|| (Tone::Understood, locale.fill(key::UNDERSTOOD, &[("value", &shown)])))
        }
    }
}

/// An entered number in full, however many digits; a fraction without finite decimal rounded.
fn full_digits(value: dabiao_core::Exact) -> String {
    value.fraction_digits().and_then(|digits| value.rounded(digits)).unwrap_or_else(|| number::plain(value))
}

fn error_text(locale: Locale, kind: FigureKind, error: &EntryError) -> String {
    let show = |value| kind.unit().map_or_else(|| number::plain(value), |unit| number::full(locale, value, unit));
    match error {
        EntryError::TooLong { characters } => {
            locale.fill(key::ERROR_TOO_LONG, &[("characters", &characters.to_string()), ("most", &MAX_CHARACTERS.to_string())])
        }
        EntryError::UnexpectedText { found, position } => {
            locale.fill(key::ERROR_UNEXPECTED, &[("position", &position.to_string()), ("found", found)])
        }
        EntryError::SecondPoint { position } => locale.fill(key::ERROR_SECOND_POINT, &[("position", &position.to_string())]),
        EntryError::Incomplete => locale.word(key::ERROR_INCOMPLETE).to_owned(),
        EntryError::MisplacedSeparator => locale.word(key::ERROR_SEPARATOR).to_owned(),
        EntryError::TooManyDigits { most, most_after_point } => {
            locale.fill(key::ERROR_TOO_MANY_DIGITS, &[("most", &most.to_string()), ("after", &most_after_point.to_string())])
        }
        EntryError::TooLarge => locale.word(key::ERROR_TOO_LARGE).to_owned(),
        EntryError::OtherUnit { found, expected } => {
            locale.fill(key::ERROR_OTHER_UNIT, &[("found", found), ("expected", number::unit_name(locale, *expected))])
        }
        EntryError::ZeroInRatio => locale.word(key::ERROR_ZERO_RATIO).to_owned(),
        EntryError::BelowMinimum { value, min } => locale.fill(key::ERROR_BELOW, &[("value", &show(*value)), ("min", &show(*min))]),
        EntryError::AboveMaximum { value, max } => locale.fill(key::ERROR_ABOVE, &[("value", &show(*value)), ("max", &show(*max))]),
        EntryError::BackwardRange { from, to } => locale.fill(key::ERROR_BACKWARD_RANGE, &[("from", &show(*from)), ("to", &show(*to))]),
        EntryError::NotWhole { value } => locale.fill(key::ERROR_NOT_WHOLE, &[("value", &show(*value))]),
        EntryError::NotYesOrNo => locale.word(key::ERROR_NOT_YES_NO).to_owned(),
    }
}
