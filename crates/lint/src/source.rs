//! A TOML text as JSON, with the place of every value.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A read file.
pub(crate) struct Source {
    /// What it says.
    pub(crate) value: Value,
    /// Where it says it: `clause.3.rule.value`.
    spans: BTreeMap<String, Range<usize>>,
}

/// A text that is not TOML.
pub(crate) struct NotToml {
    pub(crate) span: Range<usize>,
    pub(crate) message: String,
}

impl Source {
    /// Reads a TOML text.
    pub(crate) fn parse(text: &str) -> Result<Self, NotToml> {
        let table = DeTable::parse(text)
            .map_err(|error| NotToml { span: error.span().unwrap_or_default(), message: error.message().to_owned() })?;
        let mut spans = BTreeMap::new();
        let value = read_table(table.get_ref(), String::new(), &mut spans);
        Ok(Self { value, spans })
    }

    /// Where a path stands; what is not in the file, where its nearest parent does.
    pub(crate) fn span(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.spans.get(path) {
                return span.clone();
            }
            match path.rsplit_once('.') {
                Some((parent, _)) => path = parent,
                None => return 0..0,
            }
        }
    }

    /// The path itself if it is in the file; else the one path below its parent that ends in the field,
    /// because a field of an inner table (a rule) is named without it.
    pub(crate) fn nearest(&self, path: &str, field: &str) -> String {
        if self.spans.contains_key(path) {
            return path.to_owned();
        }
        let parent = path.strip_suffix(field).unwrap_or(path);
        let suffix = format!(".{field}");
        let inner = self.spans.keys().find(|key| key.starts_with(parent) && key.ends_with(&suffix));
        inner.cloned().unwrap_or_else(|| path.to_owned())
    }

    /// The path of the table with this kind and id, such as `clause` and `drive_to_hub`.
    pub(crate) fn find(&self, kind: &str, id: &str) -> Option<String> {
        let items = self.value.get(kind)?.as_array()?;
        let position = items.iter().position(|item| item.get("id").and_then(Value::as_str) == Some(id))?;
        Some(format!("{kind}.{position}"))
    }
}

fn read(value: &Spanned<DeValue<'_>>, path: String, spans: &mut BTreeMap<String, Range<usize>>) -> Value {
    spans.insert(path.clone(), value.span());
    match value.get_ref() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => number.as_str().parse::<i64>().map_or(Value::Null, Value::from),
        DeValue::Float(number) => Value::String(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(time) => Value::String(time.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().enumerate().map(|(index, item)| read(item, format!("{path}.{index}"), spans)).collect())
        }
        DeValue::Table(table) => read_table(table, path, spans),
    }
}

fn read_table(table: &DeTable<'_>, path: String, spans: &mut BTreeMap<String, Range<usize>>) -> Value {
    let mut fields = Map::new();
    for (name, value) in table {
        let inner = if path.is_empty() { name.get_ref().to_string() } else { format!("{path}.{}", name.get_ref()) };
        fields.insert(name.get_ref().to_string(), read(value, inner, spans));
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place() {
        let text = "id = \"a\"\n[[clause]]\nid = \"one\"\nrule = { kind = \"count\", value = \"3\" }\n";
        let source = Source::parse(text).ok().unwrap();
        let at = |path: &str| text.get(source.span(path)).unwrap();
        assert_eq!(at("clause.0.rule.value"), "\"3\"");
        assert_eq!(at("clause.0.id"), "\"one\"");
        assert!(at("clause.0").starts_with("[[clause]]"));
        assert_eq!(source.span("clause.0.rule.strict"), source.span("clause.0.rule"), "what is missing stands at its parent");
        assert_eq!(source.find("clause", "one").as_deref(), Some("clause.0"));
        assert!(Source::parse("id = ").is_err());
    }
}
