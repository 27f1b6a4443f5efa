//! An assessment as a link: the record, compressed, in the part of the address behind `#`, which no
//! browser sends to a server.
//!
//! `1` (the version of this form), then base64url of the compressed record with its checksum before it.
//! Ids of figures and clauses are long and say nothing to a compressor, so each is shortened to `~` and
//! four characters of its hash; an id that shares them with another of its standard stays whole.

use dabiao_core::Standard;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde_json::{Map, Value};

use crate::json::printed;

/// The most characters of a link that messengers and browsers carry without cutting it.
pub const LONGEST: usize = 2_000;
const VERSION: char = '1';
/// More than any assessment has; a link that unpacks to more is not one of ours.
const LARGEST: usize = 1 << 20;
const LEVEL: u8 = 9;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Why a link cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkProblem {
    /// A later version of the program made it.
    Later,
    /// It was cut or changed on the way.
    Damaged,
}

/// The record of an assessment by a standard as the last part of a link.
pub fn link_text(record: &Value, standard: &Standard) -> String {
    let short = |id: &str| {
        let short = short_id(id);
        let is_known = ids(standard).any(|other| other == id);
        let is_shared = ids(standard).any(|other| other != id && short_id(other) == short);
        if is_known && !is_shared { short } else { id.to_owned() }
    };
    let text = printed(&renamed(record, short));
    let mut bytes = checksum(text.as_bytes()).to_be_bytes().to_vec();
    bytes.extend(compress_to_vec(text.as_bytes(), LEVEL));
    let mut link = String::from(VERSION);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for position in 0..=chunk.len() {
            let index = bits >> (18 - 6 * position) & 63;
            link.push(ALPHABET.get(index as usize).copied().map_or('A', char::from));
        }
    }
    link
}

/// The record in the last part of a link about a standard.
///
/// # Errors
/// [`LinkProblem`] if it is not what [`link_text`] wrote.
pub fn read_link(link: &str, standard: &Standard) -> Result<Value, LinkProblem> {
    let mut digits = link.chars();
    match digits.next() {
        Some(VERSION) => {}
        Some('2'..='9') => return Err(LinkProblem::Later),
        _ => return Err(LinkProblem::Damaged),
    }
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0_u32);
    for digit in digits {
        let position = ALPHABET.iter().position(|letter| char::from(*letter) == digit).ok_or(LinkProblem::Damaged)?;
        bits = bits << 6 | u32::try_from(position).unwrap_or_default();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    let (sum, packed) = bytes.split_first_chunk::<4>().ok_or(LinkProblem::Damaged)?;
    let text = decompress_to_vec_with_limit(packed, LARGEST).map_err(|_| LinkProblem::Damaged)?;
    if checksum(&text).to_be_bytes() != *sum {
        return Err(LinkProblem::Damaged);
    }
    let record: Value = serde_json::from_slice(&text).map_err(|_| LinkProblem::Damaged)?;
    Ok(renamed(&record, |id| ids(standard).find(|whole| short_id(whole) == id).map_or_else(|| id.to_owned(), str::to_owned)))
}

fn ids(standard: &Standard) -> impl Iterator<Item = &str> {
    let figures = standard.figures().iter().map(|figure| figure.id.as_str());
    figures.chain(standard.clauses().iter().map(|clause| clause.id.as_str()))
}

fn short_id(id: &str) -> String {
    let hash = checksum(id.as_bytes());
    let digits = (0..4).filter_map(|place| ALPHABET.get((hash >> (6 * place) & 63) as usize)).map(|digit| char::from(*digit));
    std::iter::once('~').chain(digits).collect()
}

/// A record with other ids of figures and clauses.
fn renamed(record: &Value, name: impl Fn(&str) -> String) -> Value {
    let mut record = record.clone();
    for table in ["figures", "clauses"] {
        if let Some(Value::Object(entries)) = record.get_mut(table) {
            let renamed: Map<String, Value> = entries.iter().map(|(id, entry)| (name(id), entry.clone())).collect();
            *entries = renamed;
        }
    }
    record
}

/// FNV-1a.
fn checksum(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use dabiao_catalog::builtin;
    use serde_json::json;

    use super::*;
    use crate::{Draft, draft_record};

    fn standard() -> Standard {
        builtin::standards().unwrap().remove(0).standard
    }

    #[test]
    fn a_link_is_read_back_as_itself() {
        let standard = standard();
        for length in 0..40 {
            let record = json!({
                "title": "镇".repeat(length),
                "figures": { "road_area": "1.5万", "orderly_traffic_in_seat": "yes", "of_another_standard": "2" },
                "clauses": { "flood_defences": { "note": "n" } },
            });
            let link = link_text(&record, &standard);
            assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
            assert_eq!(read_link(&link, &standard), Ok(record));
        }
    }

    #[test]
    fn every_example_fits_into_a_link() {
        for bundle in builtin::bundles().unwrap() {
            let standard = &bundle.document.standard;
            for sample in &bundle.samples {
                let record = draft_record(&bundle.document.id, standard, &Draft::of_sample(standard, sample));
                let link = link_text(&record, standard);
                assert_eq!(read_link(&link, standard).as_ref(), Ok(&record));
                assert!(link.len() < LONGEST - 200, "{}: {}", sample.id, link.len());
            }
        }
    }

    #[test]
    fn a_link_that_was_cut_or_changed_is_refused() {
        let standard = standard();
        let link = link_text(&json!({ "figures": { "a": "1", "b": "2", "c": "3" } }), &standard);
        for end in 0..link.len() {
            assert_eq!(read_link(&link[..end], &standard), Err(LinkProblem::Damaged), "{end}");
        }
        for index in 1..link.len() {
            let other = if &link[index..=index] == "Q" { "R" } else { "Q" };
            let changed = format!("{}{other}{}", &link[..index], &link[index + 1..]);
            // The last digit may hold bits that mean nothing.
            assert!(read_link(&changed, &standard).is_err() || index + 1 == link.len(), "{index}");
        }
        assert_eq!(read_link("9abc", &standard), Err(LinkProblem::Later));
        assert_eq!(read_link("1 <script>", &standard), Err(LinkProblem::Damaged));
    }

    #[test]
    fn a_link_that_unpacks_to_more_than_any_assessment_is_refused() {
        let standard = standard();
        let bomb = link_text(&json!({ "title": "0".repeat(2 << 20) }), &standard);
        assert!(bomb.len() < 8_000);
        assert_eq!(read_link(&bomb, &standard), Err(LinkProblem::Damaged));
    }
}
