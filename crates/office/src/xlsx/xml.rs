//! A part of a workbook, element by element. Names count without their prefix: the older and the strict
//! form of the format differ in their namespaces alone.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape};

use crate::archive::Part;
use crate::problem::{Problem, ProblemKind};

/// The most elements inside each other; office programs need less than twenty.
const DEEPEST: usize = 64;

/// A part that is being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

/// The beginning of an element.
pub struct Element<'a> {
    tag: BytesStart<'a>,
    /// How deep it stands, the outermost at 1.
    pub level: usize,
}

enum Step<'a> {
    Begin(BytesStart<'a>),
    Text(Cow<'a, str>),
    End,
    EndOfPart,
}

impl Element<'_> {
    /// Its name without prefix.
    pub fn name(&self) -> &str {
        self.tag.local_name().into_inner()
    }
}

impl<'a> Xml<'a> {
    /// The beginning of a part.
    pub fn new(part: &'a Part) -> Self {
        let mut reader = Reader::from_reader(part.bytes.as_slice());
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part: &part.name, depth: 0 }
    }

    /// The name of the part.
    pub fn part(&self) -> &'a str {
        self.part
    }

    /// That the part is not what a spreadsheet program writes.
    pub fn unreadable(&self, what: &str) -> Problem {
        Problem::of_file(ProblemKind::Unreadable { detail: format!("{what}, {}", self.part) })
    }

    /// The outermost element, which must have this name.
    ///
    /// # Errors
    /// [`Problem`] if it has another, or none is there.
    pub fn root(&mut self, name: &str) -> Result<Element<'a>, Problem> {
        match self.child(0)? {
            Some(root) if root.name() == name => Ok(root),
            _ => Err(self.unreadable(&format!("no <{name}>"))),
        }
    }

    /// The next element directly inside the one at `level`; nothing behind its end. What was not read of
    /// the element before is passed over.
    ///
    /// # Errors
    /// [`Problem`] if the part is not well-formed.
    pub fn child(&mut self, level: usize) -> Result<Option<Element<'a>>, Problem> {
        while let Some(element) = self.descendant(level)? {
            if element.level == level.saturating_add(1) {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// The next element anywhere inside the one at `level`; nothing behind its end.
    ///
    /// # Errors
    /// [`Problem`] if the part is not well-formed.
    pub fn descendant(&mut self, level: usize) -> Result<Option<Element<'a>>, Problem> {
        loop {
            match self.step()? {
                Step::Begin(tag) => return Ok(Some(Element { tag, level: self.depth })),
                Step::End if self.depth < level => return Ok(None),
                Step::EndOfPart => return Ok(None),
                Step::End | Step::Text(_) => {}
            }
        }
    }

    /// The text directly inside the element at `level`, up to its end. Spaces are kept, whether the
    /// element asks for it or not.
    ///
    /// # Errors
    /// [`Problem`] if the part is not well-formed.
    pub fn text(&mut self, level: usize) -> Result<String, Problem> {
        let mut text = String::new();
        loop {
            match self.step()? {
                Step::Text(more) if self.depth == level => text.push_str(&more),
                Step::End if self.depth < level => return Ok(text),
                Step::EndOfPart => return Ok(text),
                Step::Begin(_) | Step::End | Step::Text(_) => {}
            }
        }
    }

    /// An attribute without prefix.
    ///
    /// # Errors
    /// [`Problem`] if the tag is not well-formed.
    pub fn attribute<'t>(&self, element: &'t Element<'_>, name: &str) -> Result<Option<Cow<'t, str>>, Problem> {
        self.find(element, |key| key == name)
    }

    /// The attribute `id` with a prefix, which names a relation.
    ///
    /// # Errors
    /// [`Problem`] if the tag is not well-formed.
    pub fn relation<'t>(&self, element: &'t Element<'_>) -> Result<Option<Cow<'t, str>>, Problem> {
        self.find(element, |key| key.ends_with(":id"))
    }

    fn find<'t>(&self, element: &'t Element<'_>, is_wanted: impl Fn(&str) -> bool) -> Result<Option<Cow<'t, str>>, Problem> {
        let ill_formed = || self.unreadable("attributes");
        for attribute in element.tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| ill_formed())?;
            if is_wanted(attribute.key.into_inner()) {
                return attribute.normalized_value(XmlVersion::Explicit1_0).map(Some).map_err(|_| ill_formed());
            }
        }
        Ok(None)
    }

    fn step(&mut self) -> Result<Step<'a>, Problem> {
        loop {
            let Ok(event) = self.reader.read_event() else {
                return Err(self.unreadable(&format!("byte {}", self.reader.error_position())));
            };
            return Ok(match event {
                Event::Start(tag) if self.depth < DEEPEST => {
                    self.depth = self.depth.saturating_add(1);
                    Step::Begin(tag)
                }
                Event::Start(_) => return Err(self.unreadable("too deep")),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::End
                }
                Event::Text(text) => Step::Text(text.xml10_content()),
                Event::CData(text) => Step::Text(text.xml10_content()),
                Event::GeneralRef(reference) => match (reference.resolve_char_ref(), escape::resolve_predefined_entity(&reference)) {
                    (Ok(Some(character)), _) => Step::Text(Cow::Owned(character.into())),
                    (Ok(None), Some(text)) => Step::Text(Cow::Borrowed(text)),
                    _ => return Err(self.unreadable("entity")),
                },
                Event::Eof if self.depth > 0 => return Err(self.unreadable("cut off")),
                Event::Eof => Step::EndOfPart,
                _ => continue,
            });
        }
    }
}
