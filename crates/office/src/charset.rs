//! Characters that are not UTF-8: GB18030, which Chinese Excel writes, and UTF-16.
//!
//! Every browser can read GB18030 and none can write it. Reading is the browser's, which costs the
//! download nothing (the tables of a library would be a fifth of it), and natively a library's; writing is
//! ours, by a table that is made by reading every code once.

use std::collections::BTreeMap;

/// A text in GB18030, and whether all its bytes were characters.
pub(crate) fn read_gb18030(bytes: &[u8]) -> (String, bool) {
    decoder::decode(bytes)
}

/// A text in UTF-16, and whether all its bytes were characters.
pub(crate) fn read_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, bool) {
    let pairs = bytes.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).map(unit));
    let mut is_whole = true;
    let units = pairs.map(|unit| unit.unwrap_or(0xd800));
    let characters = char::decode_utf16(units).map(|character| {
        character.unwrap_or_else(|_| {
            is_whole = false;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text = characters.collect();
    (text, is_whole)
}

/// A text as GB18030.
pub(crate) fn write_gb18030(text: &str) -> Vec<u8> {
    let mut writer = Writer::default();
    let mut bytes = Vec::new();
    for character in text.chars() {
        writer.write(character, &mut bytes);
    }
    bytes
}

/// The codes by character, read when the first is wanted.
#[derive(Default)]
struct Writer {
    short: Option<BTreeMap<char, [u8; 2]>>,
    long: Option<BTreeMap<char, [u8; 4]>>,
}

impl Writer {
    fn write(&mut self, character: char, bytes: &mut Vec<u8>) {
        if character.is_ascii() {
            bytes.push(character as u8);
        } else if let Some(code) = self.short.get_or_insert_with(|| table(two_bytes())).get(&character) {
            bytes.extend(code);
        } else if u32::from(character) >= FIRST_BEYOND {
            bytes.extend(four_bytes(BEYOND + u32::from(character) - FIRST_BEYOND));
        } else if let Some(code) = self.long.get_or_insert_with(|| table((0..FOUR_BYTE_CODES).map(four_bytes))).get(&character) {
            bytes.extend(code);
        } else {
            // A character of somebody's own that has no code.
            bytes.push(b'?');
        }
    }
}

/// The first character that takes four bytes by counting alone, and the number of its code.
const FIRST_BEYOND: u32 = 0x1_0000;
const BEYOND: u32 = 189_000;
/// How many codes of four bytes there are for the characters before it.
const FOUR_BYTE_CODES: u32 = 39_420;

fn two_bytes() -> impl Iterator<Item = [u8; 2]> {
    (0x81..=0xfe).flat_map(|lead| (0x40..=0xfe).filter(|trail| *trail != 0x7f).map(move |trail| [lead, trail]))
}

/// The code of four bytes with this number.
fn four_bytes(number: u32) -> [u8; 4] {
    let digit = |value: u32, base: u32, first: u8| first.wrapping_add((value % base) as u8);
    [digit(number / 12_600, 126, 0x81), digit(number / 1_260, 10, 0x30), digit(number / 10, 126, 0x81), digit(number, 10, 0x30)]
}

/// Which code stands for which character, by reading them all. Where two stand for one, the first does.
fn table<const N: usize>(codes: impl Iterator<Item = [u8; N]>) -> BTreeMap<char, [u8; N]> {
    let codes: Vec<[u8; N]> = codes.collect();
    let lines: Vec<u8> = codes.iter().flat_map(|code| code.iter().copied().chain([b'\n'])).collect();
    let mut table = BTreeMap::new();
    for (line, code) in read_gb18030(&lines).0.split('\n').zip(codes) {
        let mut characters = line.chars();
        if let (Some(character), None) = (characters.next(), characters.next())
            && character != char::REPLACEMENT_CHARACTER
        {
            table.entry(character).or_insert(code);
        }
    }
    table
}

#[cfg(target_arch = "wasm32")]
mod decoder {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        type TextDecoder;

        #[wasm_bindgen(constructor)]
        fn new(label: &str) -> TextDecoder;

        #[wasm_bindgen(method)]
        fn decode(this: &TextDecoder, bytes: &[u8]) -> String;
    }

    /// By the browser.
    pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
        let text = TextDecoder::new("gb18030").decode(bytes);
        // Nobody writes the replacement character into a table.
        let is_whole = !text.contains(char::REPLACEMENT_CHARACTER);
        (text, is_whole)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod decoder {
    use encoding_rs::GB18030;

    /// By a library that does as browsers do.
    pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
        let (text, is_damaged) = GB18030.decode_without_bom_handling(bytes);
        (text.into_owned(), !is_damaged)
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    #[test]
    fn every_character_is_written_as_the_library_writes_it() {
        let mut writer = Writer::default();
        // Left out: characters of somebody's own, of which a few have two codes, and the one for damage.
        let is_ordinary = |character: &char| !('\u{e000}'..='\u{f8ff}').contains(character) && *character != char::REPLACEMENT_CHARACTER;
        let different = (1..=0x2_ffff_u32).filter_map(char::from_u32).filter(is_ordinary).filter(|character| {
            let mut ours = Vec::new();
            writer.write(*character, &mut ours);
            let text = character.to_string();
            ours != *GB18030.encode(&text).0
        });
        assert_eq!(different.collect::<Vec<_>>(), []);
    }

    #[test]
    fn utf_16_is_read_and_half_a_character_is_told() {
        let text = "镇区𠮷";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read_utf16(&bytes, u16::from_be_bytes), (text.to_owned(), true));
        assert_eq!(read_utf16(&bytes[..bytes.len() - 1], u16::from_be_bytes), ("镇区\u{fffd}\u{fffd}".to_owned(), false));
    }
}
