//! The measurements against other apps; they live in `tests/bench`.

use anyhow::Result;

use crate::tools::{chromium, node};
use crate::workspace::Workspace;
use crate::{build, process};

/// Builds, then measures the named parts, or all.
pub(crate) fn run(workspace: &Workspace, parts: &[String]) -> Result<()> {
    let browser = chromium::ensure_chromium()?;
    chromium::ensure_fonts()?;
    build::run(workspace)?;
    let peers = workspace.root().join("tests/bench");
    if peers.join("package-lock.json").is_file() {
        node::install(&peers)?;
    }
    process::run(node::with_site(workspace, &browser).arg("tests/bench/run.mjs").args(parts))
}
