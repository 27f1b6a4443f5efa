//! Reading and writing JSON values field by field.

use serde_json::{Map, Value};

/// The text of a field; empty if it is missing.
pub fn text<'a>(record: &'a Value, field: &str) -> &'a str {
    record.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The fields of a record within a record; none if it is missing.
pub fn entries<'a>(record: &'a Value, field: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    record.get(field).and_then(Value::as_object).into_iter().flatten()
}

/// A record of these fields. One by one: collecting would sort them first, with a sorting routine of
/// its own in the download.
pub fn object<N: Into<String>>(fields: impl IntoIterator<Item = (N, Value)>) -> Value {
    let mut record = Map::new();
    for (name, value) in fields {
        record.insert(name.into(), value);
    }
    Value::Object(record)
}

/// A value as JSON, the fields of every record in the order of their names: equal values give equal
/// bytes.
pub fn printed(record: &Value) -> String {
    let mut text = String::new();
    print(record, &mut text);
    text
}

/// Printing through serde_json would add the tables for floating-point numbers to the page's download;
/// a number of a foreign record is written as it was read.
fn print(value: &Value, out: &mut String) {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::String(text) => out.push_str(&quoted(text)),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                print(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (index, (name, item)) in fields.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(&quoted(name));
                out.push(':');
                print(item, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_record_is_read_back_as_itself() {
        let record = object([
            ("format", 1.into()),
            ("text", "a\"b\\c\n万\u{1f600}".into()),
            ("list", Value::Array(vec![Value::Null, true.into(), (-7).into(), Value::Object(Map::new())])),
        ]);
        assert_eq!(serde_json::from_str::<Value>(&printed(&record)).unwrap(), record);
    }
}
