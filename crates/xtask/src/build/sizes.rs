//! What the files weigh, as they are and over the wire.

use std::path::Path;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;

use crate::files;

/// Prints every published file with its size, and the sum of each folder.
pub(crate) fn print(dist: &Path) -> Result<()> {
    println!("\n{:<60}{:>12}{:>12}", "bytes", "raw", "brotli");
    for folder in ["site", "embed", "standards"] {
        let mut total = (0, 0);
        for file in files::all_below(&dist.join(folder))? {
            let bytes = files::read(&file)?;
            let size = (
                bytes.len(),
                compressed_size(&bytes).with_context(|| file.display().to_string())?,
            );
            total = (total.0 + size.0, total.1 + size.1);
            print_line(&file.strip_prefix(dist)?.display().to_string(), size);
        }
        print_line(&format!("{folder}, total"), total);
        println!();
    }
    Ok(())
}

fn print_line(name: &str, (raw, compressed): (usize, usize)) {
    println!("{name:<60}{raw:>12}{compressed:>12}");
}

/// At the strongest setting, which is what a host with files prepared in advance sends.
fn compressed_size(mut bytes: &[u8]) -> std::io::Result<usize> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed.len())
}
