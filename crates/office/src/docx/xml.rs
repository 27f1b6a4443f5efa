//! XML that cannot be malformed: elements close themselves, and every text is escaped.

use std::fmt::Write as _;

/// A part that is being written.
pub(super) struct Xml {
    text: String,
}

impl Xml {
    /// A part with one root element.
    pub(super) fn part(name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned() };
        xml.element(name, attributes, content);
        xml.text
    }

    /// An element with content. Names and the names of attributes are ours and never a person's text.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], content: impl FnOnce(&mut Self)) {
        self.tag(name, attributes);
        self.text.push('>');
        content(self);
        // Writing into a string never fails.
        let _ = write!(self.text, "</{name}>");
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push_str("/>");
    }

    /// An element whose only attribute is `w:val`.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Text, whatever it is.
    pub(super) fn text(&mut self, text: &str) {
        escape(text, &mut self.text);
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            let _ = write!(self.text, " {name}=\"");
            escape(value, &mut self.text);
            self.text.push('"');
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars().filter(|character| is_allowed(*character)) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

/// Whether a character may stand in a document. XML forbids most control characters and the last two
/// of the first plane even when they are escaped; the rest of the control characters show as nothing.
pub(super) fn is_allowed(character: char) -> bool {
    !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_its_element() {
        let part = Xml::part("a", &[("b", "\"<&")], |xml| xml.text("]]></a>\u{0}\u{8}\u{ffff}\u{202e}😀"));
        assert!(part.ends_with("<a b=\"&quot;&lt;&amp;\">]]&gt;&lt;/a&gt;\u{202e}😀</a>"), "{part}");
    }
}
