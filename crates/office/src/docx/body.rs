//! The blocks of a report as paragraphs and tables, section by section.

use dabiao_view::Locale;

use super::page::{Orientation, section};
use super::style::{NAMESPACE, Style};
use super::table::table;
use super::xml::{Xml, is_allowed};
use crate::report::{Block, Report};

const RELATIONS: (&str, &str) = ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");

/// The main part.
pub(super) fn document(report: &Report) -> String {
    let locale = report.locale;
    Xml::part("w:document", &[NAMESPACE, RELATIONS], |xml| {
        xml.element("w:body", &[], |xml| {
            paragraph(xml, locale, Style::Title, &report.title, Keep::Free);
            let mut orientation = Orientation::Portrait;
            let mut blocks = report.blocks.iter().peekable();
            while let Some(block) = blocks.next() {
                if let Block::Annex { is_wide, .. } = block {
                    // A section ends with the paragraph that carries its properties.
                    xml.element("w:p", &[], |xml| {
                        xml.element("w:pPr", &[], |xml| {
                            xml.value("w:pStyle", Style::Distance.id());
                            section(xml, orientation);
                        });
                    });
                    orientation = if *is_wide { Orientation::Landscape } else { Orientation::Portrait };
                }
                write_block(xml, locale, orientation, block, blocks.peek().copied());
            }
            section(xml, orientation);
        });
    })
}

fn write_block(xml: &mut Xml, locale: Locale, orientation: Orientation, block: &Block, next: Option<&Block>) {
    // What leads up to a table stays with it.
    let keep = if matches!(next, Some(Block::Table(_))) { Keep::WithNext } else { Keep::Free };
    match block {
        Block::Heading(1, text) => paragraph(xml, locale, Style::Heading1, text, keep),
        Block::Heading(2, text) => paragraph(xml, locale, Style::Heading2, text, keep),
        Block::Heading(_, text) => paragraph(xml, locale, Style::Heading3, text, keep),
        Block::Paragraph(text) => paragraph(xml, locale, Style::Body, text, keep),
        Block::Note(text) => paragraph(xml, locale, Style::Note, text, keep),
        Block::List(items) => {
            for (number, item) in (1_u32..).zip(items) {
                let numbered = match locale {
                    Locale::Zh => format!("{number}.{item}"),
                    Locale::En => format!("{number}. {item}"),
                };
                paragraph(xml, locale, Style::Body, &numbered, Keep::Free);
            }
        }
        Block::Table(block) => {
            table(xml, locale, orientation, block);
            if !matches!(next, Some(Block::Note(_))) {
                // Two tables must not touch, and a document must not end with one.
                paragraph(xml, locale, Style::Distance, "", Keep::Free);
            }
        }
        Block::Mention(text) => {
            // Signed on the page of the last words, not on an empty one.
            paragraph(xml, locale, Style::Body, "", Keep::WithNext);
            let keep = if matches!(next, Some(Block::Signature(_))) { Keep::WithNext } else { Keep::Free };
            paragraph(xml, locale, Style::Body, text, keep);
        }
        Block::Signature(lines) => {
            paragraph(xml, locale, Style::Signature, "", Keep::WithNext);
            lines.iter().for_each(|line| paragraph(xml, locale, Style::Signature, line, Keep::Free));
        }
        Block::Annex { label, title, .. } => {
            paragraph(xml, locale, Style::AnnexLabel, label, Keep::WithNext);
            paragraph(xml, locale, Style::Title, title, Keep::WithNext);
        }
    }
}

/// Whether a paragraph stays on the page of the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// As its style says.
    Free,
    /// It does.
    WithNext,
}

/// A paragraph of one style.
pub(super) fn paragraph(xml: &mut Xml, locale: Locale, style: Style, text: &str, keep: Keep) {
    aligned_paragraph(xml, locale, style, text, keep, None);
}

/// A paragraph of one style, perhaps aligned otherwise.
pub(super) fn aligned_paragraph(xml: &mut Xml, locale: Locale, style: Style, text: &str, keep: Keep, align: Option<&str>) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", style.id());
            if keep == Keep::WithNext {
                xml.empty("w:keepNext", &[]);
            }
            if let Some(align) = align {
                xml.value("w:jc", align);
            }
        });
        run(xml, locale, text);
    });
}

/// A run of text. Line feeds become line breaks; other control characters are dropped.
pub(super) fn run(xml: &mut Xml, locale: Locale, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.element("w:r", &[], |xml| {
        if locale == Locale::Zh {
            // Quotation marks, dashes and signs stand in Chinese and in Latin fonts; here they are Chinese.
            xml.element("w:rPr", &[], |xml| xml.empty("w:rFonts", &[("w:hint", "eastAsia")]));
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                xml.empty("w:br", &[]);
            }
            for (number, piece) in line.split('\t').enumerate() {
                if number > 0 {
                    xml.empty("w:tab", &[]);
                }
                if piece.chars().any(is_allowed) {
                    xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(piece));
                }
            }
        }
    });
}

/// A footer: the page number between two dashes, at the outer edge.
pub(super) fn footer(is_odd: bool) -> String {
    Xml::part("w:ftr", &[NAMESPACE], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                xml.value("w:pStyle", Style::Footer.id());
                // One character of distance to the edge of the text.
                let (side, chars) = if is_odd { ("w:right", "w:rightChars") } else { ("w:left", "w:leftChars") };
                xml.empty("w:ind", &[(chars, "100"), (side, "280")]);
                xml.value("w:jc", if is_odd { "right" } else { "left" });
            });
            run(xml, Locale::Zh, "— ");
            xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| {
                xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("1")));
            });
            run(xml, Locale::Zh, " —");
        });
    })
}
