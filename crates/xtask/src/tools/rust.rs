//! Rust's side: the WebAssembly target and the test runner.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::process;
use crate::workspace::Workspace;

/// What the web app is compiled for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Makes sure that the compiler in use has the target.
///
/// The compiler itself is asked, and not rustup, which may look after another one or be missing.
pub(crate) fn ensure_wasm_target(workspace: &Workspace) -> Result<()> {
    if has_target(workspace)? {
        println!("found: Rust target {TARGET}");
        return Ok(());
    }
    if process::find("rustup").is_none() {
        bail!("the Rust target {TARGET} is missing, and rustup, which would add it (https://rustup.rs)");
    }
    println!("installing the Rust target {TARGET} with rustup");
    let mut rustup = Command::new("rustup");
    rustup.current_dir(workspace.root());
    process::run(rustup.args(["target", "add", TARGET])).with_context(|| format!("the Rust target {TARGET} cannot be installed"))?;
    ensure!(has_target(workspace)?, "rustup added {TARGET}, but not to the compiler in use");
    println!("installed: Rust target {TARGET}");
    Ok(())
}

fn has_target(workspace: &Workspace) -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(workspace.root());
    let folder = process::output(rustc.args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(Path::new(&folder).is_dir())
}

/// Whether the faster test runner is here; `cargo test` does as well.
pub(crate) fn has_nextest() -> bool {
    let found = process::succeeds(process::cargo().args(["nextest", "--version"]));
    if found {
        println!("found: cargo-nextest");
    } else {
        println!("not found: cargo-nextest; cargo test is used instead");
    }
    found
}
