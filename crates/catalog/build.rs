//! Turns the TOML files of `seeds/` into one JSON text per standard, and an index of them.
//!
//! A text holds the standard, the shared figures, its source document and its samples: what a page
//! has to fetch to open it. Nothing is checked here beyond what joins them; that is done at run time,
//! by the same code that reads a standard from anywhere else. In the order of
//! `documents.toml`, so that builds are repeatable.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Enough of a hash to tell two contents of one name apart.
const FILE_DIGITS: usize = 10;

fn main() -> Result<()> {
    let seeds = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../seeds");
    println!("cargo::rerun-if-changed={}", seeds.display());
    let figures = read(&seeds.join("figures.toml"))?;
    let documents = read(&seeds.join("documents.toml"))?;
    let samples = read_all(&seeds.join("samples"))?;
    let packing = fs::read_to_string("src/pack.rs")?;
    println!("cargo::rerun-if-changed=src/pack.rs");
    let mut entries = String::from("/// The built-in standards.\npub const ENTRIES: &[Entry] = &[\n");
    let mut bundles = String::from("/// The text of each entry in both languages.\npub(crate) const BUNDLES: &[&str] = &[\n");
    let mut standards = read_all(&seeds.join("standards"))?;
    // In the order of their documents; within one, by file name.
    let rank =
        |standard: &Value| items(&documents, "document").iter().position(|document| text(document, "id") == text(standard, "document"));
    standards.sort_by_key(rank);
    for standard in standards {
        let document = items(&documents, "document").iter().find(|document| text(document, "id") == text(&standard, "document"));
        let document = document.ok_or_else(|| format!("{} names a document that is not in documents.toml", text(&standard, "id")))?;
        let samples: Vec<&Value> = samples.iter().filter(|sample| text(sample, "standard") == text(&standard, "id")).collect();
        let bundle = json!({ "standard": standard, "figures": figures, "document": document, "samples": samples });
        let content = json!({ "standard": standard, "figures": figures, "document": document });
        // The packed form follows from the text and from the code that packs it.
        let file_hash: String = hash(&format!("{bundle}{packing}")).chars().take(FILE_DIGITS).collect();
        let file = |language: &str| format!("{}.{language}.{file_hash}.bin", text(&standard, "id"));
        let files = (file("zh"), file("en"));
        entry(&mut entries, &files, &hash(&content.to_string()), &standard, document, &samples)?;
        writeln!(bundles, "    {:?},", bundle.to_string())?;
    }
    let mut shared = String::from("/// The figures that several standards ask for.\npub const SHARED_FIGURES: &[SharedFigure] = &[\n");
    for figure in items(&figures, "figure") {
        let (zh, en) = (text(figure, "zh"), text(figure, "en"));
        let (id, concept) = (text(figure, "id"), text(figure, "concept"));
        writeln!(shared, "    SharedFigure {{ id: {id:?}, name: Name {{ zh: {zh:?}, en: {en:?} }}, concept: {concept:?} }},")?;
    }
    let code = format!(
        "{shared}];\n\n{entries}];\n\n{bundles}];\n\npub(crate) const FIGURES: &str = {:?};\npub(crate) const DOCUMENTS: &str = {:?};\n",
        figures.to_string(),
        documents.to_string()
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("seeds.rs"), code)?;
    Ok(())
}

/// What a page can say of a standard without having fetched it.
fn entry(code: &mut String, files: &(String, String), content: &str, standard: &Value, document: &Value, samples: &[&Value]) -> Result<()> {
    let name = |value: &Value| format!("Name {{ zh: {:?}, en: {:?} }}", text(value, "zh"), text(value, "en"));
    let samples: Vec<String> = samples
        .iter()
        .map(|sample| {
            let real = text(sample, "origin") == "real";
            format!("SampleEntry {{ id: {:?}, name: {}, real: {real} }}", text(sample, "id"), name(sample))
        })
        .collect();
    writeln!(
        code,
        "    Entry {{ id: {:?}, file: {}, hash: {content:?}, level: {:?}, name: {}, summary: {}, clauses: {}, document: {:?}, number: {:?}, \
         title: {:?}, title_en: {:?}, issuer: {:?}, date: {:?}, contradictions: {}, samples: &[{}] }},",
        text(standard, "id"),
        format_args!("Name {{ zh: {:?}, en: {:?} }}", files.0, files.1),
        text(standard, "level"),
        name(standard),
        name(standard.get("summary").unwrap_or(&Value::Null)),
        items(standard, "clause").len(),
        text(document, "id"),
        text(document, "number"),
        text(document, "title"),
        text(document, "en"),
        text(document, "issuer"),
        text(document, "date"),
        items(document, "contradiction").len(),
        samples.join(", "),
    )?;
    Ok(())
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value.get(field).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// SHA-256 in hexadecimal.
fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read_all(folder: &Path) -> Result<Vec<Value>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Result<Value> {
    toml::from_str(&fs::read_to_string(file)?).map_err(|error| format!("{}: {error}", file.display()).into())
}
