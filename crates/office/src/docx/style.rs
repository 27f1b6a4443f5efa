//! The styles, fonts and settings of a document: 三号仿宋 for text, 二号小标宋 for the title, 黑体 and 楷体
//! for headings, Times New Roman for everything that is not Chinese.
//!
//! Fonts go by name. The usual ones are not free to pass on, so none is embedded; the font table names
//! what stands in for one that a computer lacks.

use dabiao_view::Locale;

use super::page::{CHARACTER_SPACE, LINE};
use super::xml::Xml;

/// The namespace of everything in a document.
pub(super) const NAMESPACE: (&str, &str) = ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");

const SONG_FOR_TITLES: &str = "方正小标宋简体";
const FANG_SONG: &str = "仿宋_GB2312";
const HEI: &str = "黑体";
const KAI: &str = "楷体_GB2312";
const SONG: &str = "宋体";
const LATIN: &str = "Times New Roman";

/// Every font with what may stand in for it.
const FONTS: [(&str, &str, &str); 5] = [
    (SONG_FOR_TITLES, "方正小标宋_GBK,华文中宋", "script"),
    (FANG_SONG, "仿宋,FangSong", "modern"),
    (HEI, "SimHei", "modern"),
    (KAI, "楷体,KaiTi", "modern"),
    (SONG, "SimSun", "auto"),
];

/// 三号, 16 points, in half points.
const FULL_SIZE: u32 = 32;

/// A style of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The title of the report or of an annex.
    Title,
    /// Headings of three levels.
    Heading1,
    /// The second.
    Heading2,
    /// The third.
    Heading3,
    /// Running text.
    Body,
    /// A remark in small print.
    Note,
    /// Who signs and when.
    Signature,
    /// `附件`, above the title of an annex.
    AnnexLabel,
    /// The head of a column.
    TableHead,
    /// A cell.
    TableCell,
    /// The thin distance below a table.
    Distance,
    /// The page number.
    Footer,
}

/// Every style, in the order of the file.
const STYLES: [Style; 12] = [
    Style::Title,
    Style::Heading1,
    Style::Heading2,
    Style::Heading3,
    Style::Body,
    Style::Note,
    Style::Signature,
    Style::AnnexLabel,
    Style::TableHead,
    Style::TableCell,
    Style::Distance,
    Style::Footer,
];

/// How a style looks. Sizes are in half points, distances in twentieths of a point.
struct Look {
    name: &'static str,
    font: &'static str,
    size: u32,
    is_bold: bool,
    align: &'static str,
    /// Before, after, and the height of a line with its rule.
    before: u32,
    after: u32,
    line: (u32, &'static str),
    /// The first line is set in by two characters.
    is_indented: bool,
    keeps_next: bool,
    outline: Option<&'static str>,
}

impl Style {
    /// The id in the file.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Heading1 => "Heading1",
            Self::Heading2 => "Heading2",
            Self::Heading3 => "Heading3",
            Self::Body => "BodyText",
            Self::Note => "Note",
            Self::Signature => "Signature",
            Self::AnnexLabel => "AnnexLabel",
            Self::TableHead => "TableHead",
            Self::TableCell => "TableCell",
            Self::Distance => "Distance",
            Self::Footer => "Footer",
        }
    }

    fn look(self, locale: Locale) -> Look {
        let is_english = locale == Locale::En;
        // English words at 三号 would be shouting: the same page, a size smaller, lines closer together.
        let (size, line) = if is_english { (28, 440) } else { (FULL_SIZE, LINE) };
        let body = Look {
            name: "Body Text",
            font: FANG_SONG,
            size,
            is_bold: false,
            align: if is_english { "left" } else { "both" },
            before: 0,
            after: if is_english { 120 } else { 0 },
            line: (line, "exact"),
            is_indented: !is_english,
            keeps_next: false,
            outline: None,
        };
        let heading = |name, font, outline| Look {
            name,
            font,
            is_bold: is_english,
            align: "left",
            before: if is_english { 240 } else { 0 },
            keeps_next: true,
            outline: Some(outline),
            ..body
        };
        let small = Look { align: "left", after: 0, is_indented: false, ..body };
        match self {
            Self::Title => Look {
                name: "Title",
                font: SONG_FOR_TITLES,
                size: if is_english { 36 } else { 44 },
                is_bold: is_english,
                align: "center",
                before: 0,
                after: LINE,
                line: (if is_english { 520 } else { 700 }, "exact"),
                is_indented: false,
                keeps_next: true,
                outline: None,
            },
            Self::Heading1 => heading("heading 1", HEI, "0"),
            Self::Heading2 => heading("heading 2", KAI, "1"),
            Self::Heading3 => heading("heading 3", FANG_SONG, "2"),
            Self::Body => body,
            Self::Note => Look { name: "Note", size: 21, before: 60, after: 120, line: (320, "atLeast"), align: "both", ..small },
            Self::Signature => Look { name: "Signature", align: "right", keeps_next: true, ..small },
            Self::AnnexLabel => Look { name: "Annex Label", font: HEI, is_bold: is_english, after: LINE, keeps_next: true, ..small },
            Self::TableHead => {
                Look { name: "Table Head", font: HEI, size: 21, is_bold: is_english, align: "center", line: (300, "atLeast"), ..small }
            }
            Self::TableCell => Look { name: "Table Cell", size: 21, line: (300, "atLeast"), ..small },
            Self::Distance => Look { name: "Distance", size: 2, line: (160, "exact"), ..small },
            Self::Footer => Look { name: "footer", font: SONG, size: 28, line: (360, "exact"), ..small },
        }
    }
}

/// The part with the styles.
pub(super) fn styles(locale: Locale) -> String {
    Xml::part("w:styles", &[NAMESPACE], |xml| {
        xml.element("w:docDefaults", &[], |xml| {
            xml.element("w:rPrDefault", &[], |xml| {
                xml.element("w:rPr", &[], |xml| {
                    fonts(xml, FANG_SONG);
                    xml.value("w:kern", "2");
                    sizes(xml, Style::Body.look(locale).size);
                    xml.empty("w:lang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN"), ("w:bidi", "ar-SA")]);
                });
            });
            xml.element("w:pPrDefault", &[], |xml| xml.empty("w:pPr", &[]));
        });
        xml.element("w:style", &[("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")], |xml| {
            xml.value("w:name", "Normal");
            xml.empty("w:qFormat", &[]);
            // Twenty-two lines on every page, also where a paragraph ends with one of them.
            xml.element("w:pPr", &[], |xml| xml.value("w:widowControl", "0"));
            xml.element("w:rPr", &[], |xml| {
                fonts(xml, FANG_SONG);
                sizes(xml, Style::Body.look(locale).size);
            });
        });
        for style in STYLES {
            one_style(xml, style, &style.look(locale));
        }
    })
}

fn one_style(xml: &mut Xml, style: Style, look: &Look) {
    let is_ours = matches!(style, Style::Note | Style::AnnexLabel | Style::TableHead | Style::TableCell | Style::Distance);
    let mut attributes = vec![("w:type", "paragraph"), ("w:styleId", style.id())];
    if is_ours {
        attributes.insert(1, ("w:customStyle", "1"));
    }
    xml.element("w:style", &attributes, |xml| {
        xml.value("w:name", look.name);
        xml.value("w:basedOn", "Normal");
        if look.keeps_next {
            xml.value("w:next", Style::Body.id());
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| {
            if look.keeps_next {
                xml.empty("w:keepNext", &[]);
                xml.empty("w:keepLines", &[]);
            }
            // The lines of the page are for text at full size.
            if look.size < FULL_SIZE {
                xml.value("w:snapToGrid", "0");
            }
            let (before, after, line) = (look.before.to_string(), look.after.to_string(), look.line.0.to_string());
            xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", look.line.1)]);
            if look.is_indented {
                xml.empty("w:ind", &[("w:firstLineChars", "200"), ("w:firstLine", "632")]);
            } else if style == Style::Signature {
                xml.empty("w:ind", &[("w:rightChars", "400"), ("w:right", "1264")]);
            }
            xml.value("w:jc", look.align);
            if let Some(level) = look.outline {
                xml.value("w:outlineLvl", level);
            }
        });
        xml.element("w:rPr", &[], |xml| {
            fonts(xml, look.font);
            if look.is_bold {
                xml.empty("w:b", &[]);
            }
            if look.size == FULL_SIZE {
                xml.value("w:spacing", CHARACTER_SPACE);
            }
            sizes(xml, look.size);
        });
    });
}

fn fonts(xml: &mut Xml, east_asian: &str) {
    // The page number is all 宋体, its digits too.
    let latin = if east_asian == SONG { SONG } else { LATIN };
    xml.empty("w:rFonts", &[("w:ascii", latin), ("w:eastAsia", east_asian), ("w:hAnsi", latin), ("w:cs", LATIN)]);
}

fn sizes(xml: &mut Xml, size: u32) {
    let size = size.to_string();
    xml.value("w:sz", &size);
    xml.value("w:szCs", &size);
}

/// The part with the fonts and what stands in for them.
pub(super) fn font_table() -> String {
    Xml::part("w:fonts", &[NAMESPACE], |xml| {
        for (name, instead, family) in FONTS {
            xml.element("w:font", &[("w:name", name)], |xml| {
                xml.value("w:altName", instead);
                xml.value("w:charset", "86");
                xml.value("w:family", family);
                xml.value("w:pitch", "variable");
            });
        }
        xml.element("w:font", &[("w:name", LATIN)], |xml| {
            xml.value("w:charset", "00");
            xml.value("w:family", "roman");
            xml.value("w:pitch", "variable");
        });
    })
}

/// The part with the settings.
pub(super) fn settings() -> String {
    Xml::part("w:settings", &[NAMESPACE], |xml| {
        xml.empty("w:zoom", &[("w:percent", "100")]);
        xml.empty("w:evenAndOddHeaders", &[]);
        xml.value("w:drawingGridVerticalSpacing", "289");
        xml.value("w:characterSpacingControl", "compressPunctuation");
        xml.element("w:compat", &[], |xml| {
            xml.empty("w:useFELayout", &[]);
            let setting = [("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15")];
            xml.empty("w:compatSetting", &setting);
        });
        xml.empty("w:themeFontLang", &[("w:val", "en-US"), ("w:eastAsia", "zh-CN")]);
    })
}
