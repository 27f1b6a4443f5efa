//! How wide a text is, without asking a browser: one em for a Chinese character and full-width
//! punctuation, a little over half an em for others.

/// Ems of a narrow character: the average of digits and lower-case letters in the usual sans-serifs.
const NARROW: f64 = 0.56;

/// The width of a text in pixels.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| if is_wide(character) { 1.0 } else { NARROW }).sum::<f64>() * size
}

/// The text cut to a width, with an ellipsis if it was cut.
///
/// ```
/// use dabiao_chart::metrics::ellipsize;
/// assert_eq!(ellipsize("镇区人均道路面积", 10.0, 80.0), "镇区人均道路面积");
/// assert_eq!(ellipsize("镇区人均道路面积", 10.0, 60.0), "镇区人均道…");
/// ```
#[must_use]
pub fn ellipsize(text: &str, size: f64, most: f64) -> String {
    if text_width(text, size) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = size;
    for character in text.chars() {
        width += if is_wide(character) { size } else { NARROW * size };
        if width > most {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

fn is_wide(character: char) -> bool {
    matches!(u32::from(character), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_counts_one_em() {
        assert!((text_width("达标", 10.0) - 20.0).abs() < 1e-9);
        assert!((text_width("15", 10.0) - 11.2).abs() < 1e-9);
        assert!((text_width("（一）", 10.0) - 30.0).abs() < 1e-9);
    }

    #[test]
    fn a_cut_text_fits() {
        for most in [15.0, 40.0, 77.0] {
            assert!(text_width(&ellipsize("Road area per resident 人均道路面积", 12.0, most), 12.0) <= most + 12.0);
        }
    }
}
