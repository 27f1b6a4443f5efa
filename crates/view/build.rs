//! Turns `words/{zh,en}.txt` into one constant per key, so that a missing or misspelt word is a
//! compile error. Both files must have the same keys in the same order with the same placeholders.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=words");
    let zh = entries(&fs::read_to_string("words/zh.txt")?)?;
    let en = entries(&fs::read_to_string("words/en.txt")?)?;
    let mut code = String::new();
    for ((key, chinese), (english_key, english)) in zh.iter().zip(&en) {
        if key != english_key {
            return Err(format!("words: zh.txt has `{key}` where en.txt has `{english_key}`").into());
        }
        if placeholders(chinese) != placeholders(english) {
            return Err(format!("words: the placeholders of `{key}` differ").into());
        }
        writeln!(code, "/// {chinese:?}\npub const {}: Word = Word([{chinese:?}, {english:?}]);", key.to_uppercase())?;
    }
    if zh.len() != en.len() {
        return Err(format!("words: zh.txt has {} keys, en.txt has {}", zh.len(), en.len()).into());
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?;
    Ok(())
}

fn entries(text: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut entries = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (key, value) = line.split_once(" = ").ok_or_else(|| format!("words: `{line}` is not `key = text`"))?;
        entries.push((key.to_owned(), value.to_owned()));
    }
    Ok(entries)
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    names
}
