//! The zip container of a workbook, read whole and checked.
//!
//! A reader of ours, because what is checked must be what is parsed: two readers may disagree on where
//! the directory of a crafted file stands.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::guard::{MAX_ENTRIES, MAX_INFLATED, MAX_RATIO, Refusal};

/// Below this size, in bytes, a file may be compressed as well as it can be.
const ALWAYS_ALLOWED: u64 = 1 << 20;

const LOCAL_HEADER: u32 = 0x0403_4b50;
const DIRECTORY_ENTRY: u32 = 0x0201_4b50;
const END_OF_DIRECTORY: u32 = 0x0605_4b50;
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: usize = 65_535;
const LONGEST_NAME: usize = 255;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const FLAG_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// A file of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its path, with `/` between folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// An entry of the directory.
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    checksum: u32,
    packed: u64,
    inflated: u64,
    header: u64,
}

/// Every file of an archive, inflated within the limits and with its checksum proved.
///
/// # Errors
/// [`Refusal`] names the first thing that is damaged or beyond the limits.
pub fn unpack(bytes: &[u8]) -> Result<Vec<Part>, Refusal> {
    let (entries, directory_start) = directory(bytes)?;
    check_names(&entries)?;
    let declared = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.inflated));
    if declared > MAX_INFLATED {
        return Err(Refusal::Inflated { most: MAX_INFLATED });
    }
    let mut left = MAX_INFLATED;
    let mut taken: Vec<(u64, u64)> = Vec::new();
    let mut parts = Vec::new();
    for entry in entries {
        let (start, end) = extent(bytes, &entry)?;
        if end > directory_start || taken.iter().any(|(from, to)| entry.header < *to && *from < end) {
            return Err(Refusal::Overlapping { entry: entry.name });
        }
        taken.push((entry.header, end));
        let content = inflate(slice(bytes, start, entry.packed).unwrap_or_default(), &entry, left)?;
        left = left.saturating_sub(content.len() as u64);
        parts.push(Part { name: entry.name, bytes: content });
    }
    Ok(parts)
}

/// The entries of the central directory, and where it begins.
fn directory(bytes: &[u8]) -> Result<(Vec<Entry>, u64), Refusal> {
    let damaged = || Refusal::Damaged { entry: None };
    let end = end_of_directory(bytes).ok_or_else(damaged)?;
    let tail = bytes.get(end..).unwrap_or_default();
    let field16 = |at| read16(tail, at).ok_or_else(damaged);
    // Archives in several volumes are no workbooks.
    if field16(4)? != 0 || field16(6)? != 0 || field16(8)? != field16(10)? {
        return Err(damaged());
    }
    let count = usize::from(field16(10)?);
    if count > MAX_ENTRIES {
        return Err(Refusal::TooManyEntries { entries: count });
    }
    let length = u64::from(read32(tail, 12).ok_or_else(damaged)?);
    let start = u64::from(read32(tail, 16).ok_or_else(damaged)?);
    if start.saturating_add(length) != end as u64 {
        return Err(damaged());
    }
    let mut rest = slice(bytes, start, length).ok_or_else(damaged)?;
    let mut entries = Vec::new();
    for _ in 0..count {
        let (entry, after) = directory_entry(rest).ok_or_else(damaged)?;
        entries.push(entry);
        rest = after;
    }
    if rest.is_empty() { Ok((entries, start)) } else { Err(damaged()) }
}

/// The record at the end of the file; its comment must reach exactly to the last byte.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(LONGEST_COMMENT);
    (first..=last).rev().find(|start| {
        let tail = bytes.get(*start..).unwrap_or_default();
        let comment = read16(tail, 20).map(usize::from);
        read32(tail, 0) == Some(END_OF_DIRECTORY) && comment == tail.len().checked_sub(END_LENGTH)
    })
}

fn directory_entry(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    if read32(bytes, 0)? != DIRECTORY_ENTRY {
        return None;
    }
    let (name_length, extra_length, comment_length) = (read16(bytes, 28)?, read16(bytes, 30)?, read16(bytes, 32)?);
    let name = bytes.get(46..)?.get(..usize::from(name_length))?;
    let total = [name_length, extra_length, comment_length].iter().fold(46, |sum, length| sum + usize::from(*length));
    let entry = Entry {
        name: String::from_utf8_lossy(name).replace('\\', "/"),
        flags: read16(bytes, 8)?,
        method: read16(bytes, 10)?,
        checksum: read32(bytes, 16)?,
        packed: u64::from(read32(bytes, 20)?),
        inflated: u64::from(read32(bytes, 24)?),
        header: u64::from(read32(bytes, 42)?),
    };
    Some((entry, bytes.get(total..)?))
}

fn check_names(entries: &[Entry]) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for entry in entries {
        let name = &entry.name;
        let is_odd = |character: char| character.is_control() || matches!(character, ':' | '\u{fffd}');
        let climbs = name.split('/').any(|folder| folder == ".." || folder == ".");
        if name.is_empty() || name.len() > LONGEST_NAME || name.starts_with('/') || climbs || name.chars().any(is_odd) {
            return Err(Refusal::EntryName { entry: name.chars().filter(|character| !character.is_control()).take(60).collect() });
        }
        // Office programs do not tell upper from lower case in the names of parts.
        if !seen.insert(name.to_lowercase()) {
            return Err(Refusal::Duplicate { entry: name.clone() });
        }
    }
    Ok(())
}

/// Where an entry's data begins and ends, after its own header, which must agree with the directory.
fn extent(bytes: &[u8], entry: &Entry) -> Result<(u64, u64), Refusal> {
    let damaged = || Refusal::Damaged { entry: Some(entry.name.clone()) };
    if entry.flags & FLAG_ENCRYPTED != 0 {
        return Err(Refusal::Encrypted);
    }
    let header = slice(bytes, entry.header, 30).ok_or_else(damaged)?;
    let name_length = u64::from(read16(header, 26).ok_or_else(damaged)?);
    let extra_length = u64::from(read16(header, 28).ok_or_else(damaged)?);
    let name = slice(bytes, entry.header.saturating_add(30), name_length).ok_or_else(damaged)?;
    let agrees = read32(header, 0) == Some(LOCAL_HEADER)
        && read16(header, 8) == Some(entry.method)
        && String::from_utf8_lossy(name).replace('\\', "/") == entry.name;
    let start = entry.header.saturating_add(30).saturating_add(name_length).saturating_add(extra_length);
    let end = start.saturating_add(entry.packed);
    if !agrees || slice(bytes, start, entry.packed).is_none() { Err(damaged()) } else { Ok((start, end)) }
}

/// The content of an entry, of which `left` bytes are still allowed.
fn inflate(packed: &[u8], entry: &Entry, left: u64) -> Result<Vec<u8>, Refusal> {
    let damaged = || Refusal::Damaged { entry: Some(entry.name.clone()) };
    let mut content = Vec::new();
    match entry.method {
        STORED => content.extend_from_slice(packed),
        DEFLATED => {
            // One byte more than allowed tells a file that is too large from one that just fits.
            let most = left.min(entry.inflated).saturating_add(1);
            DeflateDecoder::new(packed).take(most).read_to_end(&mut content).map_err(|_| damaged())?;
        }
        _ => return Err(damaged()),
    }
    let size = content.len() as u64;
    if size > left {
        return Err(Refusal::Inflated { most: MAX_INFLATED });
    }
    if size > ALWAYS_ALLOWED && size > entry.packed.saturating_mul(MAX_RATIO) {
        return Err(Refusal::Ratio { entry: entry.name.clone() });
    }
    let mut crc = Crc::new();
    crc.update(&content);
    if size != entry.inflated || crc.sum() != entry.checksum { Err(damaged()) } else { Ok(content) }
}

fn slice(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    let end = start.checked_add(length)?;
    bytes.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
}

fn read16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn read32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An archive of these files, not compressed. Equal files give equal bytes.
    pub fn pack_stored(parts: &[Part]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for part in parts {
            let mut crc = Crc::new();
            crc.update(&part.bytes);
            let size = number32(part.bytes.len()).to_le_bytes();
            let name_length = number16(part.name.len()).to_le_bytes();
            // Version 2.0, no flags but UTF-8 names, stored, the first moment that zip can tell.
            let mut fields = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
            fields.extend(crc.sum().to_le_bytes());
            fields.extend(size);
            fields.extend(size);
            fields.extend(name_length);
            fields.extend([0, 0]);
            let header = number32(out.len());
            out.extend(LOCAL_HEADER.to_le_bytes());
            out.extend(&fields);
            out.extend(part.name.as_bytes());
            out.extend(&part.bytes);
            directory.extend(DIRECTORY_ENTRY.to_le_bytes());
            directory.extend([20, 0]);
            directory.extend(&fields);
            directory.extend([0; 10]);
            directory.extend(header.to_le_bytes());
            directory.extend(part.name.as_bytes());
        }
        let (start, count) = (number32(out.len()), number16(parts.len()).to_le_bytes());
        out.extend(&directory);
        out.extend(END_OF_DIRECTORY.to_le_bytes());
        out.extend([0; 4]);
        out.extend(count);
        out.extend(count);
        out.extend(number32(directory.len()).to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend([0, 0]);
        out
    }

    fn number32(number: usize) -> u32 {
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    fn number16(number: usize) -> u16 {
        u16::try_from(number).unwrap_or(u16::MAX)
    }

    fn part(name: &str, content: &[u8]) -> Part {
        Part { name: name.into(), bytes: content.to_vec() }
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let parts = vec![part("a.xml", b"<a/>"), part("folder/b.xml", "<文/>".as_bytes()), part("empty", b"")];
        let packed = pack_stored(&parts);
        assert_eq!(unpack(&packed), Ok(parts.clone()));
        assert_eq!(pack_stored(&parts), packed);
    }

    #[test]
    fn cut_and_damaged_archives_are_refused() {
        let packed = pack_stored(&[part("a.xml", b"<a/>"), part("b.xml", b"<b/>")]);
        for cut in 0..packed.len() {
            assert!(unpack(&packed[..cut]).is_err(), "cut at {cut}");
        }
        for position in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[position] ^= 0xff;
            let _ = unpack(&damaged);
        }
        let mut content_changed = packed.clone();
        content_changed[36] ^= 1;
        assert_eq!(unpack(&content_changed), Err(Refusal::Damaged { entry: Some("a.xml".into()) }), "the checksum tells");
    }

    #[test]
    fn odd_names_are_refused() {
        for name in ["../a.xml", "/a.xml", "a/../b", "c:a", "a\u{1}b", "..\\a"] {
            assert!(matches!(unpack(&pack_stored(&[part(name, b"x")])), Err(Refusal::EntryName { .. })), "{name:?}");
        }
        let twice = pack_stored(&[part("a.xml", b"x"), part("A.xml", b"y")]);
        assert_eq!(unpack(&twice), Err(Refusal::Duplicate { entry: "A.xml".into() }));
    }
}
