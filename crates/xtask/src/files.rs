//! Reading and writing with errors that name the file.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Enough to tell any two builds apart, short enough for a file name.
const HASH_DIGITS: usize = 10;

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(folder) = path.parent() {
        create_folder(folder)?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

/// Creates a folder and the folders above it.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).with_context(|| format!("cannot create {}", path.display()))
}

/// Leaves an empty folder, so that nothing of an earlier build stays behind.
pub(crate) fn empty_folder(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot empty {}", path.display()))?;
    }
    create_folder(path)
}

/// Every file below a folder, sorted; none if there is no such folder.
pub(crate) fn all_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    if folder.exists() {
        collect(folder, &mut files).with_context(|| format!("cannot list {}", folder.display()))?;
    }
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Copies every file below a folder to the same place below another.
pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for file in all_below(from)? {
        write(&to.join(file.strip_prefix(from)?), read(&file)?)?;
    }
    Ok(())
}

/// The name under which content may be cached for ever: `style.0123456789.css`.
pub(crate) fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    let hash: String = hash(content).chars().take(HASH_DIGITS).collect();
    format!("{stem}.{hash}.{extension}")
}

/// Whether a name was made by [`hashed_name`].
pub(crate) fn is_hashed_name(name: &str) -> bool {
    let hash = name.rsplit('.').nth(1).unwrap_or_default();
    hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// SHA-256.
pub(crate) fn digest(content: &[u8]) -> Vec<u8> {
    Sha256::digest(content).to_vec()
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(content: &[u8]) -> String {
    digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_sha_256() {
        assert!(hash(b"hello world").starts_with("b94d27b9934d3e08a52e52d7da7dabfac484efe37a53"));
    }

    #[test]
    fn a_hashed_name_is_told_from_a_plain_one() {
        let name = hashed_name("dabiao_bg", "wasm", b"hello world");
        assert_eq!(name, "dabiao_bg.b94d27b993.wasm");
        assert!(is_hashed_name(&name));
        for plain in ["index.html", "icon.svg", "LICENSE", "", "a.b94d27b99.css", "a.standards1.js"] {
            assert!(!is_hashed_name(plain), "{plain}");
        }
    }
}
