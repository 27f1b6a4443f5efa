//! The page of GB/T 9704-2012: A4, 37 mm above, 28 mm at the binding edge, 156 × 225 mm of text in
//! 22 lines of 28 characters. All measures are in twentieths of a point, as the file has them.

use super::xml::Xml;

/// A4, the short and the long side: 210 and 297 mm.
const SHORT_SIDE: u32 = 11_906;
const LONG_SIDE: u32 = 16_838;
/// 156 mm, the width of the text.
const TEXT_WIDTH: u32 = 8_844;
/// 225 mm, the height of the text.
const TEXT_HEIGHT: u32 = 12_756;
/// 37 mm above the text.
const ABOVE: u32 = 2_098;
/// 28 mm at the binding edge.
const BINDING: u32 = 1_587;
/// What is left of the page opposite the binding edge (26 mm) and below the text (35 mm).
const OPPOSITE: u32 = SHORT_SIDE - BINDING - TEXT_WIDTH;
const BELOW: u32 = LONG_SIDE - ABOVE - TEXT_HEIGHT;
/// From the lower edge of the page number to the edge of the paper: the number's line begins 7 mm
/// below the text.
const NUMBER_LINE: u32 = 360 + 397;

/// 22 lines to a page.
pub(super) const LINE: u32 = 579;
/// 28 characters of 16 points are 2 mm wider than 156 mm: each gives up a quarter of a point. By the
/// spacing of the text and not by a grid of characters, which programs draw in different ways.
pub(super) const CHARACTER_SPACE: &str = "-5";

/// How the paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Orientation {
    /// Upright.
    Portrait,
    /// On its long side, for wide tables. The sheet is turned, so its margins turn with it: the binding
    /// edge is above, the upper margin at the right.
    Landscape,
}

impl Orientation {
    /// The width of the text.
    pub(super) fn text_width(self) -> u32 {
        match self {
            Self::Portrait => TEXT_WIDTH,
            Self::Landscape => TEXT_HEIGHT,
        }
    }
}

/// The properties of a section.
pub(super) fn section(xml: &mut Xml, orientation: Orientation) {
    let (width, height, edges) = match orientation {
        Orientation::Portrait => (SHORT_SIDE, LONG_SIDE, [ABOVE, OPPOSITE, BELOW, BINDING]),
        Orientation::Landscape => (LONG_SIDE, SHORT_SIDE, [BINDING, ABOVE, OPPOSITE, BELOW]),
    };
    let [top, right, bottom, left] = edges.map(|edge| edge.to_string());
    let [_, _, below, _] = edges;
    let number = below.saturating_sub(NUMBER_LINE).to_string();
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId4")]);
        xml.empty("w:footerReference", &[("w:type", "even"), ("r:id", "rId5")]);
        xml.value("w:type", "nextPage");
        let (width, height) = (width.to_string(), height.to_string());
        let mut size = vec![("w:w", width.as_str()), ("w:h", height.as_str())];
        if orientation == Orientation::Landscape {
            size.push(("w:orient", "landscape"));
        }
        xml.empty("w:pgSz", &size);
        let margins = [
            ("w:top", top.as_str()),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", "851"),
            ("w:footer", &number),
            ("w:gutter", "0"),
        ];
        xml.empty("w:pgMar", &margins);
        let line = LINE.to_string();
        xml.empty("w:docGrid", &[("w:type", "lines"), ("w:linePitch", &line)]);
    });
}
