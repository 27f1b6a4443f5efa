//! What the files weigh, as they are and over the wire.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::workspace::Workspace;
use crate::{files, process};

/// Prints every published file with its size, and the sum of each folder.
pub(crate) fn print(workspace: &Workspace) -> Result<()> {
    let dist = workspace.dist();
    println!("\n{:<60}{:>12}{:>12}", "bytes", "raw", "brotli");
    for folder in ["site", "embed", "standards"] {
        let files = files::all_below(&dist.join(folder))?;
        let mut total = (0, 0);
        for (file, compressed) in files.iter().zip(compressed_sizes(workspace, &files)?) {
            let raw = fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len();
            total = (total.0 + raw, total.1 + compressed);
            print_line(&file.strip_prefix(&dist)?.display().to_string(), (raw, compressed));
        }
        print_line(&format!("{folder}, total"), total);
        println!();
    }
    Ok(())
}

fn print_line(name: &str, (raw, compressed): (u64, u64)) {
    println!("{name:<60}{raw:>12}{compressed:>12}");
}

/// At the strongest setting, which is what a host sends that compresses ahead of time.
///
/// By Node, which is here anyway: an unoptimized Rust encoder takes four times as long.
fn compressed_sizes(workspace: &Workspace, files: &[PathBuf]) -> Result<Vec<u64>> {
    let mut node = Command::new("node");
    node.arg(workspace.node().join("sizes.mjs")).args(files);
    let sizes = process::output(&mut node).context("sizes.mjs")?;
    let sizes = sizes.lines().map(str::parse).collect::<Result<Vec<u64>, _>>().context("sizes.mjs")?;
    ensure!(sizes.len() == files.len(), "sizes.mjs printed {} sizes for {} files", sizes.len(), files.len());
    Ok(sizes)
}
