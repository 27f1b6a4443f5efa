//! Turns the TOML files of `seeds/` into compact JSON that is built into the program.
//!
//! It knows nothing of what the files mean: they are read and checked at run time, by the same code
//! that reads a standard from anywhere else. Sorted by file name, so that builds are repeatable.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../seeds");
    println!("cargo::rerun-if-changed={}", seeds.display());
    let mut code = String::new();
    for (name, folder) in [("STANDARDS", "standards"), ("SAMPLES", "samples")] {
        writeln!(code, "pub(crate) const {name}: &[&str] = &[")?;
        for file in toml_files(&seeds.join(folder))? {
            writeln!(code, "    {:?},", json(&file)?)?;
        }
        writeln!(code, "];")?;
    }
    for (name, file) in [("FIGURES", "figures.toml"), ("DOCUMENTS", "documents.toml")] {
        writeln!(code, "pub(crate) const {name}: &str = {:?};", json(&seeds.join(file))?)?;
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("seeds.rs"), code)?;
    Ok(())
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn json(file: &Path) -> Result<String, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let value: serde_json::Value = toml::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(serde_json::to_string(&value)?)
}
