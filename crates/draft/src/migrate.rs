//! Records of earlier versions.

use serde_json::Value;

/// The version of the record that is written.
///
/// | version | what changed |
/// |---|---|
/// | 1 | the first |
/// | 2 | a file may carry `plan` (what the planner keeps), `standard_hash` and `product` beside the draft |
pub const FORMAT: u64 = 2;

/// Why a record cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It says nothing that a record says.
    NotARecord,
    /// A later version of the program wrote it.
    Later(u64),
}

/// A record of any version up to this one as a record of this version.
///
/// # Errors
/// [`Refused`] for anything else.
pub fn migrate(mut record: Value) -> Result<Value, Refused> {
    let format = record.get("format").and_then(Value::as_u64).ok_or(Refused::NotARecord)?;
    if format == 0 || !record.is_object() {
        return Err(Refused::NotARecord);
    }
    if format > FORMAT {
        return Err(Refused::Later(format));
    }
    // Version 1 is a version 2 that carries nothing beside the draft.
    if let Value::Object(fields) = &mut record {
        fields.insert("format".to_owned(), FORMAT.into());
    }
    Ok(record)
}
