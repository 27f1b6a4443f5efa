//! How cells show their numbers: as a number, a percentage, a date or a time.

use crate::sheet::decimal;

/// Seconds of a day.
const DAY: f64 = 86_400.0;
/// The last day of the year 9999, counted from the last day of 1899 with a leap day too many.
const LAST_DAY: i64 = 2_958_465;
/// Days from the year 0 of the calendar to 1899-12-30, so that day 61 is 1900-03-01.
const DAYS_TO_1900: i64 = 693_959;
/// How many days later the calendar of old Macintosh programs begins.
const DAYS_TO_1904: i64 = 1_462;

/// What a number is shown as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A number.
    #[default]
    Number,
    /// A hundred times larger, with a percent sign.
    Percent,
    /// A date, a time of day, or both.
    Date,
    /// Hours that may be more than a day has.
    Duration,
}

impl Format {
    /// The format with a number that every spreadsheet program knows; 27 to 36 and 50 to 58 are the dates
    /// of East Asia.
    #[must_use]
    pub fn builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Duration,
            _ => Self::Number,
        }
    }

    /// The format that is written like this: `yyyy"年"m"月"`, `0.0%;[Red]-0.0%`. What a date is counts for
    /// positive numbers, a percent sign anywhere.
    #[must_use]
    pub fn written(code: &str) -> Self {
        let mut letters = code.chars();
        let (mut first_section, mut weekday, mut percent) = (true, 0_u32, false);
        while let Some(letter) = letters.next() {
            match letter {
                '\\' | '_' | '*' => drop(letters.next()),
                '"' => drop(letters.find(|letter| *letter == '"')),
                '[' => {
                    let inner: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    let unit = inner.chars().next().map(|unit| unit.to_ascii_lowercase());
                    let is_elapsed = inner.chars().all(|letter| Some(letter.to_ascii_lowercase()) == unit);
                    if first_section && is_elapsed && matches!(unit, Some('h' | 'm' | 's')) {
                        return Self::Duration;
                    }
                }
                ';' => first_section = false,
                '%' => percent = true,
                'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' if first_section => return Self::Date,
                'a' | 'A' if first_section && weekday == 2 => return Self::Date,
                _ => {}
            }
            weekday = if matches!(letter, 'a' | 'A') { weekday.saturating_add(1) } else { 0 };
        }
        if percent { Self::Percent } else { Self::Number }
    }
}

/// The moment that a number of days stands for, in ISO 8601; what is less than a day is a time. `None` if
/// it is no moment.
#[must_use]
pub fn moment(days: f64, is_1904: bool, format: Format) -> Option<String> {
    if !(0.0..=10_000_000.0).contains(&days) {
        return None;
    }
    let seconds: i64 = decimal((days * DAY).round(), false)?.parse().ok()?;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if format == Format::Duration || days < 1.0 {
        return Some(if second == 0 { format!("{hour}:{minute:02}") } else { format!("{hour}:{minute:02}:{second:02}") });
    }
    let (day, hour) = (hour / 24 + if is_1904 { DAYS_TO_1904 } else { 0 }, hour % 24);
    if day > LAST_DAY {
        return None;
    }
    let (year, month, day) = match day {
        // A day that never was, but that spreadsheet programs show.
        60 => (1900, 2, 29),
        1..=59 => calendar(day + 1 + DAYS_TO_1900),
        _ => calendar(day + DAYS_TO_1900),
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") })
}

/// Year, month and day; day 0 is the first of January of the year 0.
fn calendar(days: i64) -> (i64, i64, i64) {
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    // The days before a year, the year 0 being a leap year.
    let before = |year: i64| if year == 0 { 0 } else { year * 365 + leap_days(year - 1) + 1 };
    // Too small by one at most, as a year is never longer than 366 days on the way.
    let mut year = days * 400 / 146_097;
    while before(year) > days {
        year -= 1;
    }
    while before(year + 1) <= days {
        year += 1;
    }
    let is_leap = leap_days(year) > leap_days(year - 1);
    let mut rest = days - before(year);
    for (month, length) in (1..).zip([31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
        if rest < length {
            return (year, month, rest + 1);
        }
        rest -= length;
    }
    (year, 12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times() {
        let moment = |value, format| moment(value, false, format);
        assert_eq!(moment(45_717.0, Format::Date).as_deref(), Some("2025-03-01"));
        assert_eq!(moment(45_717.5, Format::Date).as_deref(), Some("2025-03-01 12:00:00"));
        assert_eq!(moment(73.0 / 1_440.0, Format::Date).as_deref(), Some("1:13"));
        assert_eq!(moment(1.5, Format::Duration).as_deref(), Some("36:00"));
        assert_eq!(moment(-1.0, Format::Date), None);
    }

    #[test]
    fn the_calendar_at_its_edges() {
        for (days, is_1904, text) in [
            (1.0, false, Some("1900-01-01")),
            (59.0, false, Some("1900-02-28")),
            (60.0, false, Some("1900-02-29")),
            (61.0, false, Some("1900-03-01")),
            (366.0, false, Some("1900-12-31")),
            (367.0, false, Some("1901-01-01")),
            (36_585.0, false, Some("2000-02-29")),
            (36_891.0, false, Some("2000-12-31")),
            (73_109.0, false, Some("2100-02-28")),
            (73_110.0, false, Some("2100-03-01")),
            (44_255.0, true, Some("2025-03-01")),
            (1.0, true, Some("1904-01-02")),
            (2_958_465.0, false, Some("9999-12-31")),
            (2_958_465.999, false, Some("9999-12-31 23:58:34")),
            (2_958_466.0, false, None),
            (2_957_003.0, true, Some("9999-12-31")),
            (45_716.999_999_9, false, Some("2025-03-01")),
            (0.0, false, Some("0:00")),
            (f64::NAN, false, None),
            (f64::INFINITY, false, None),
            (1e300, false, None),
        ] {
            assert_eq!(moment(days, is_1904, Format::Date).as_deref(), text, "{days}");
        }
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut last = (1900, 2, 28);
        for day in 61..=LAST_DAY {
            let date = calendar(day + DAYS_TO_1900);
            let (year, month, day) = last;
            let next = [(year, month, day + 1), (year, month + 1, 1), (year + 1, 1, 1)];
            assert!(next.contains(&date), "{last:?} {date:?}");
            last = date;
        }
        assert_eq!(last, (9999, 12, 31));
    }

    #[test]
    fn formats_are_told_by_how_they_are_written() {
        for (code, format) in [
            ("General", Format::Number),
            ("G/通用格式", Format::Number),
            ("BOOLEAN", Format::Number),
            ("", Format::Number),
            ("@", Format::Number),
            ("0.00E+00", Format::Number),
            ("# ?/?", Format::Number),
            ("#,##0.00;[Red]-#,##0.00", Format::Number),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", Format::Number),
            ("[DBNum2][$-804]General", Format::Number),
            ("0.0\"%\"", Format::Number),
            ("0\\%", Format::Number),
            ("0\"人（day）\"", Format::Number),
            ("0_d", Format::Number),
            ("0;yyyy", Format::Number),
            ("[$USD]0", Format::Number),
            ("0%", Format::Percent),
            ("0.00%;[Red]-0.00%", Format::Percent),
            ("\"约\"0.0%", Format::Percent),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", Format::Date),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\";@", Format::Date),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Format::Date),
            ("[$-804]aaaa;@", Format::Date),
            ("上午/下午h\"时\"mm\"分\"", Format::Date),
            ("YYYY\\-MM\\-DD", Format::Date),
            ("h:mm AM/PM", Format::Date),
            ("[h]:mm:ss", Format::Duration),
            ("[HH]:MM", Format::Duration),
            ("[ss]", Format::Duration),
            ("\"open", Format::Number),
            ("[h", Format::Duration),
            ("\\", Format::Number),
        ] {
            assert_eq!(Format::written(code), format, "{code}");
        }
        let builtin =
            [(0, Format::Number), (9, Format::Percent), (14, Format::Date), (31, Format::Date), (46, Format::Duration), (58, Format::Date)];
        for (id, format) in builtin {
            assert_eq!(Format::builtin(id), format, "{id}");
        }
    }
}
