//! A JSON object whose fields are taken one by one: missing, misspelt and surplus fields are errors
//! with a place. Written by hand, because derived readers of twenty records cost the page
//! 19 KB of its download.

use dabiao_core::Exact;
use serde_json::{Map, Value};

use crate::document::Text;
use crate::error::{FieldProblem, LoadError};

/// An object and where it stands.
pub(crate) struct Record {
    place: String,
    fields: Map<String, Value>,
}

impl Record {
    /// Reads a JSON text that is an object.
    pub(crate) fn parse(place: &str, json: &str) -> Result<Self, LoadError> {
        let value = serde_json::from_str(json).map_err(|error| LoadError::new(place, error.to_string()))?;
        Self::of(place, value)
    }

    fn of(place: &str, value: Value) -> Result<Self, LoadError> {
        match value {
            Value::Object(fields) => Ok(Self { place: place.to_owned(), fields }),
            _ => Err(LoadError::new(place, "expected a table")),
        }
    }

    /// Names the object by its id, for errors.
    pub(crate) fn named(mut self, kind: &str) -> Self {
        if let Some(id) = self.fields.get("id").and_then(Value::as_str) {
            self.place = format!("{kind} {id}");
        }
        self
    }

    /// An error about this object.
    pub(crate) fn error(&self, problem: impl Into<String>) -> LoadError {
        LoadError::new(self.place.as_str(), problem)
    }

    fn field(&self, field: &str, problem: FieldProblem) -> LoadError {
        LoadError::field(&self.place, field, problem)
    }

    /// Takes a text that must be there.
    pub(crate) fn text(&mut self, field: &str) -> Result<String, LoadError> {
        self.optional_text(field)?.ok_or_else(|| self.missing(field))
    }

    /// Takes a text.
    pub(crate) fn optional_text(&mut self, field: &str) -> Result<Option<String>, LoadError> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.field(field, FieldProblem::NotText)),
        }
    }

    /// Takes a decimal, written as a text, that must be there.
    pub(crate) fn decimal(&mut self, field: &str) -> Result<Exact, LoadError> {
        self.optional_decimal(field)?.ok_or_else(|| self.missing(field))
    }

    /// Takes a decimal, written as a text.
    pub(crate) fn optional_decimal(&mut self, field: &str) -> Result<Option<Exact>, LoadError> {
        let Some(text) = self.optional_text(field)? else { return Ok(None) };
        text.parse().map(Some).map_err(|error: dabiao_core::number::DecimalError| {
            self.field(field, FieldProblem::NotDecimal(text.clone(), error.to_string()))
        })
    }

    /// Takes a whole number such as a year.
    pub(crate) fn optional_whole(&mut self, field: &str) -> Result<Option<u16>, LoadError> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(value) => match value.as_u64().and_then(|number| u16::try_from(number).ok()) {
                Some(number) => Ok(Some(number)),
                None => Err(self.field(field, FieldProblem::NotWhole)),
            },
        }
    }

    /// Takes a whole number that must be there.
    pub(crate) fn whole(&mut self, field: &str) -> Result<u16, LoadError> {
        self.optional_whole(field)?.ok_or_else(|| self.missing(field))
    }

    /// Takes a flag; false if it is not there.
    pub(crate) fn flag(&mut self, field: &str) -> Result<bool, LoadError> {
        match self.fields.remove(field) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => Err(self.field(field, FieldProblem::NotFlag)),
        }
    }

    /// Takes a list of texts; empty if it is not there.
    pub(crate) fn texts(&mut self, field: &str) -> Result<Vec<String>, LoadError> {
        let items = self.items(field)?;
        items
            .into_iter()
            .map(|item| match item {
                Value::String(text) => Ok(text),
                _ => Err(self.field(field, FieldProblem::NotTexts)),
            })
            .collect()
    }

    /// Takes a list of objects; empty if it is not there.
    pub(crate) fn records(&mut self, field: &str) -> Result<Vec<Self>, LoadError> {
        let items = self.items(field)?;
        items.into_iter().map(|item| Ok(Self::of(&self.place, item)?.named(field))).collect()
    }

    /// Takes an object.
    pub(crate) fn optional_record(&mut self, field: &str) -> Result<Option<Self>, LoadError> {
        match self.fields.remove(field) {
            None => Ok(None),
            Some(Value::Object(fields)) => Ok(Some(Self { place: self.place.clone(), fields }.named(field))),
            Some(_) => Err(self.field(field, FieldProblem::NotTable)),
        }
    }

    /// Takes an object that must be there.
    pub(crate) fn required_record(&mut self, field: &str) -> Result<Self, LoadError> {
        self.optional_record(field)?.ok_or_else(|| self.missing(field))
    }

    /// Takes the texts `zh` and `en`.
    pub(crate) fn names(&mut self) -> Result<Text, LoadError> {
        Ok(Text { zh: self.text("zh")?, en: self.text("en")? })
    }

    /// Takes an object with the texts `zh` and `en`, and nothing else.
    pub(crate) fn optional_names(&mut self, field: &str) -> Result<Option<Text>, LoadError> {
        let Some(mut record) = self.optional_record(field)? else { return Ok(None) };
        let names = record.names()?;
        record.finish()?;
        Ok(Some(names))
    }

    /// Refuses what was not taken.
    pub(crate) fn finish(self) -> Result<(), LoadError> {
        match self.fields.keys().next() {
            None => Ok(()),
            Some(field) => Err(self.field(field, FieldProblem::Unknown)),
        }
    }

    /// The error that a field is missing.
    pub(crate) fn missing(&self, field: &str) -> LoadError {
        self.field(field, FieldProblem::Missing)
    }

    fn items(&mut self, field: &str) -> Result<Vec<Value>, LoadError> {
        match self.fields.remove(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(self.field(field, FieldProblem::NotList)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_place_and_field() {
        let read = |json: &str| -> Result<(), LoadError> {
            let mut record = Record::parse("file", json)?.named("clause");
            record.text("id")?;
            record.decimal("value")?;
            record.flag("strict")?;
            record.finish()
        };
        for (json, expected) in [
            (r#"{"id":"a","value":"1.5"}"#, None),
            (r#"{"id":"a"}"#, Some("clause a: `value` is missing")),
            (r#"{"id":"a","value":1.5}"#, Some("clause a: `value` must be a text")),
            (r#"{"id":"a","value":"1,5"}"#, Some("clause a: `value = \"1,5\"`: not a decimal number")),
            (r#"{"id":"a","value":"1","strict":1}"#, Some("clause a: `strict` must be true or false")),
            (r#"{"id":"a","value":"1","valeu":"2"}"#, Some("clause a: there is no field `valeu` here")),
            ("[]", Some("file: expected a table")),
        ] {
            assert_eq!(read(json).err().map(|error| error.to_string()).as_deref(), expected, "{json}");
        }
    }
}
