//! The standards as data for people who build on the documents and not on this program.

use std::path::Path;

use anyhow::{Context, Result};
use dabiao_catalog::builtin;
use dabiao_catalog::export::{PublicStandard, public_standard};
use schemars::Schema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::files;

const README: &str = include_str!("standards/README.md");

/// Writes every built-in standard, the JSON Schema they follow, and a word of explanation.
pub(crate) fn write(folder: &Path) -> Result<()> {
    println!("standards");
    files::empty_folder(folder)?;
    for document in builtin::standards().context("the built-in standards")? {
        let json = serde_json::to_string_pretty(&public_standard(&document))?;
        files::write(&folder.join(&document.id).with_extension("json"), json + "\n")?;
    }
    let schema = serde_json::to_string_pretty(&schema())?;
    files::write(&folder.join("standard.schema.json"), schema + "\n")?;
    files::write(&folder.join("README.md"), README)
}

/// The schema of what is written: every field is there, if only as null.
fn schema() -> Schema {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<PublicStandard>();
    let words =
        [("title", "Dabiao standard"), ("description", "The targets that one policy document sets, clause by clause, as plain data.")];
    for (key, text) in words {
        schema.insert(key.to_owned(), Value::from(text));
    }
    schema
}
