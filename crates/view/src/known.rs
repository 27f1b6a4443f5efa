//! What other assessments already know: a shared figure is filled in once.
//!
//! Only the same figure is offered. A figure of the same concept and another scope (镇区 for 镇域) is
//! named beside it, so that nobody looks for it, and never carried over.

use dabiao_catalog::Document;
use dabiao_catalog::builtin::{SHARED_FIGURES, SharedFigure};
use dabiao_core::{FigureIndex, parse_entry};

/// A value of a shared figure in another assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownValue {
    /// The id of the figure.
    pub figure: String,
    /// As it was typed.
    pub text: String,
    /// Where it was typed: the id of the standard, and the place that was assessed.
    pub source: (String, String),
    /// The assessed year there, as typed; empty if it was not.
    pub year: String,
}

/// What can be taken over, and what looks like it but is something else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers<'a> {
    /// Values of the same figure.
    pub same: Vec<Offer<'a>>,
    /// Values of another figure of the same concept.
    pub similar: Vec<(FigureIndex, &'static SharedFigure, &'a KnownValue)>,
}

/// A value that can be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The figure of this standard.
    pub figure: FigureIndex,
    /// The value.
    pub known: &'a KnownValue,
    /// Whether it is of another year than the one that is assessed here.
    pub other_year: bool,
}

/// The figure that holds the assessed year.
const ASSESSMENT_YEAR: &str = "assessment_year";

/// What the figures that are still blank can take from elsewhere. `text` is what is typed here.
#[must_use]
pub fn offers<'a>(document: &Document, text: impl Fn(FigureIndex) -> std::rc::Rc<str>, known: &'a [KnownValue]) -> Offers<'a> {
    let standard = &document.standard;
    // 2024, ２０２４ and 2024年 are one year.
    let year_figure = standard.find_figure(ASSESSMENT_YEAR);
    let year_of = |typed: &str| parse_entry(typed, standard.figure(year_figure?)?).ok()??.value.number();
    let year = year_figure.and_then(|figure| year_of(&text(figure)));
    let mut offers = Offers::default();
    for (index, (figure, words)) in (0..).map(FigureIndex).zip(standard.figures().iter().zip(&document.figures)) {
        if !words.shared || !text(index).trim().is_empty() {
            continue;
        }
        let is_readable = |known: &&KnownValue| matches!(parse_entry(&known.text, figure), Ok(Some(_)));
        for known in known.iter().filter(|known| known.figure == figure.id).filter(is_readable) {
            let is_year = figure.id == ASSESSMENT_YEAR;
            let other_year = !is_year && year.zip(year_of(&known.year)).is_some_and(|(here, there)| here != there);
            let offer = Offer { figure: index, known, other_year };
            // The same value from two assessments is one offer, of the assessed year if one of them is.
            match offers.same.iter_mut().find(|other| other.figure == index && other.known.text == known.text) {
                Some(other) if other.other_year && !other_year => *other = offer,
                Some(_) => {}
                None => offers.same.push(offer),
            }
        }
        let concept = words.concept.as_deref().unwrap_or_default();
        let others = SHARED_FIGURES.iter().filter(|other| !concept.is_empty() && other.concept == concept && other.id != figure.id);
        for other in others {
            offers.similar.extend(known.iter().filter(|known| known.figure == other.id).map(|known| (index, other, known)));
        }
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use dabiao_catalog::builtin;
    use std::rc::Rc;

    fn known(figure: &str, text: &str, year: &str) -> KnownValue {
        KnownValue { figure: figure.into(), text: text.into(), source: ("other".into(), "某县".into()), year: year.into() }
    }

    #[test]
    fn the_same_figure_is_offered_and_another_scope_is_only_named() {
        let document = builtin::standards().unwrap().into_iter().find(|document| document.id == "quxian-central-town-2021").unwrap();
        let index = |id: &str| document.standard.find_figure(id).unwrap();
        let known = [
            known("county_rural_income", "19,000", "2024"),
            known("county_urban_income", "约四万", "2024"),
            known("county_population", "91.75", "2024"),
        ];
        let blank = offers(&document, |_| Rc::from(""), &known);
        let same: Vec<FigureIndex> = blank.same.iter().map(|offer| offer.figure).collect();
        assert_eq!(same, [index("county_rural_income")], "what cannot be read is not offered");
        let similar: Vec<(FigureIndex, &str)> = blank.similar.iter().map(|(figure, other, _)| (*figure, other.id)).collect();
        assert!(similar.contains(&(index("town_population"), "county_population")), "{similar:?}");

        let filled = offers(&document, |_| Rc::from("1"), &known);
        assert_eq!(filled, Offers::default(), "nothing is offered for what is filled in");

        let year = index("assessment_year");
        let of_2022 = offers(&document, |figure| Rc::from(if figure == year { "2022" } else { "" }), &known);
        assert!(of_2022.same.iter().all(|offer| offer.other_year));
    }
}
