//! Unpacks what the page that is one file carries: a sixth smaller than what browsers unpack themselves.

use std::io::Read;

use lzma_rust2::LzmaReader;
use wasm_bindgen::prelude::*;

/// More than the page ever carries, in kilobytes.
const MOST_MEMORY: u32 = 64 * 1024;

/// The content of an LZMA file; nothing if it is damaged.
#[wasm_bindgen]
pub fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    LzmaReader::new_mem_limit(packed, MOST_MEMORY, None).ok()?.read_to_end(&mut content).ok()?;
    Some(content)
}
