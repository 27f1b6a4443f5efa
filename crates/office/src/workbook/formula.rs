//! The formula of a figure as a spreadsheet formula, in the unit of the figure.
//!
//! Units are joined into one factor (`H4/H7*100` for a share in percent), so that whole numbers stay
//! whole as long as possible. A sum is rounded to nine digits after the point: a difference of two
//! decimals would otherwise keep the error of the larger numbers.

use dabiao_core::formula::{Formula, Operation};
use dabiao_core::{Exact, FigureIndex};

use super::book::{Book, Sheet, literal};

/// A part of a formula: texts for both ends, times a factor, in base units.
struct Term {
    low: String,
    high: Option<String>,
    factor: Exact,
    is_product: bool,
}

/// The formulas for the lower end and, of a range, the upper end of a derived figure, for the sheet of
/// figures; blank while a figure is missing. `None` for a figure without formula.
pub(super) fn derived(book: &Book<'_>, figure: FigureIndex) -> Option<(String, Option<String>)> {
    let formula = book.formula(figure)?;
    let term = term(book, formula)?;
    let factor = term.factor.over(book.unit(figure)?.scale()).ok()?;
    let mut cells: Vec<String> = Vec::new();
    for used in formula.figures() {
        let cell = book.ends(used, Sheet::Figures).low;
        if !cells.contains(&cell) {
            cells.push(cell);
        }
    }
    // A quotient whose divisor is zero has no value; it is no error.
    let guarded = |text: &str| format!("IF({},IFERROR({},\"\"),\"\")", known(&cells), scaled(text, factor));
    Some((guarded(&term.low), term.high.as_deref().map(guarded)))
}

/// The condition that every one of these cells holds a number.
pub(super) fn known(cells: &[String]) -> String {
    match cells {
        [] => "TRUE".to_owned(),
        [cell] => format!("ISNUMBER({cell})"),
        _ => format!("COUNT({})={}", cells.join(","), cells.len()),
    }
}

fn term(book: &Book<'_>, formula: &Formula) -> Option<Term> {
    match formula {
        Formula::Figure(figure) => {
            let ends = book.ends(*figure, Sheet::Figures);
            Some(Term { low: ends.low, high: ends.high, factor: book.unit(*figure)?.scale(), is_product: false })
        }
        Formula::Constant(constant) => Some(Term { low: literal(*constant), high: None, factor: Exact::ONE, is_product: false }),
        Formula::Binary { operation, left, right } => {
            let (left, right) = (term(book, left)?, term(book, right)?);
            match operation {
                Operation::Add => sum(left, right, '+'),
                Operation::Subtract => sum(left, right, '-'),
                Operation::Multiply => {
                    let factor = left.factor.times(right.factor).ok()?;
                    Some(product(&left, &right, '*', factor))
                }
                Operation::Divide => {
                    let factor = left.factor.over(right.factor).ok()?;
                    Some(product(&left, &right, '/', factor))
                }
            }
        }
    }
}

fn sum(left: Term, right: Term, sign: char) -> Option<Term> {
    // In the smaller unit, so that rounding takes nothing away.
    let factor = left.factor.min(right.factor);
    let (for_left, for_right) = (left.factor.over(factor).ok()?, right.factor.over(factor).ok()?);
    let joined = |one: &str, other: &str| format!("ROUND({}{sign}{},9)", scaled(one, for_left), scaled(other, for_right));
    let (left_high, right_high) = (left.high.as_deref().unwrap_or(&left.low), right.high.as_deref().unwrap_or(&right.low));
    // The least difference is that from the largest.
    let (for_low, for_high) = if sign == '-' { (right_high, right.low.as_str()) } else { (right.low.as_str(), right_high) };
    let is_range = left.high.is_some() || right.high.is_some();
    Some(Term { low: joined(&left.low, for_low), high: is_range.then(|| joined(left_high, for_high)), factor, is_product: false })
}

fn product(left: &Term, right: &Term, sign: char, factor: Exact) -> Term {
    let bracketed = |text: &str| if right.is_product { format!("({text})") } else { text.to_owned() };
    let rights: Vec<String> = std::iter::once(&right.low).chain(&right.high).map(|text| bracketed(text)).collect();
    let lefts = || std::iter::once(&left.low).chain(&left.high);
    let corners: Vec<String> = lefts().flat_map(|one| rights.iter().map(move |other| format!("{one}{sign}{other}"))).collect();
    if corners.len() <= 1 {
        return Term { low: corners.concat(), high: None, factor, is_product: true };
    }
    // The ends are where both sides are at an end; a divisor that may be zero has no quotient at all.
    let zero = match (&right.high, sign) {
        (Some(high), '/') => format!("/IF(AND({}<=0,{high}>=0),0,1)", right.low),
        _ => String::new(),
    };
    let corners = corners.join(",");
    Term { low: format!("MIN({corners}){zero}"), high: Some(format!("MAX({corners}){zero}")), factor, is_product: true }
}

/// A text times a factor.
fn scaled(text: &str, factor: Exact) -> String {
    let mut out = text.to_owned();
    if factor.numerator() != 1 {
        out.push_str(&format!("*{}", factor.numerator()));
    }
    if factor.denominator() != 1 {
        out.push_str(&format!("/{}", factor.denominator()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dabiao_catalog::builtin;
    use dabiao_draft::Draft;
    use dabiao_view::Locale;

    fn of(figure: &str, entries: &[(&str, &str)]) -> (String, Option<String>) {
        let document = builtin::standards().unwrap().into_iter().find(|document| document.id == "quxian-central-town-2021").unwrap();
        let mut draft = Draft::empty(&document.standard);
        for (id, text) in entries {
            draft.set_text(document.standard.find_figure(id).unwrap(), (*text).into());
        }
        let book = Book::new(&document, &draft, Locale::Zh);
        let named = |text: String| {
            (0..).map(FigureIndex).zip(document.standard.figures()).fold(text, |text, (index, figure)| {
                let ends = book.ends(index, Sheet::Figures);
                let text = text.replace(&format!("{},", ends.low), &format!("{},", figure.id));
                let text = text.replace(&format!("{})", ends.low), &format!("{})", figure.id));
                let text = text.replace(&format!("{}/", ends.low), &format!("{}/", figure.id));
                let text = text.replace(&format!("{}*", ends.low), &format!("{}*", figure.id));
                ends.high.iter().fold(text, |text, high| text.replace(high, &format!("top_{}", figure.id)))
            })
        };
        let (low, high) = derived(&book, document.standard.find_figure(figure).unwrap()).unwrap();
        (named(low), high.map(named))
    }

    #[test]
    fn units_are_one_factor() {
        let (low, high) = of("road_area_per_person", &[]);
        assert_eq!(low, "IF(COUNT(road_area,seat_population)=2,IFERROR(road_area/seat_population/10000,\"\"),\"\")");
        assert_eq!(high, None);
        let (share, _) = of("tap_water_coverage", &[]);
        assert_eq!(share, "IF(COUNT(tap_water_population,seat_population)=2,IFERROR(tap_water_population/seat_population*100,\"\"),\"\")");
    }

    #[test]
    fn a_range_has_both_ends() {
        let (low, high) = of("road_area_per_person", &[("road_area", "约30万")]);
        assert!(low.contains("MIN(road_area/seat_population,top_road_area/seat_population)/10000"), "{low}");
        assert!(high.unwrap().contains("MAX(road_area/seat_population,top_road_area/seat_population)/10000"));
    }
}
