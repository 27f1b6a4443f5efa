//! Node and the npm packages that are pinned in a `package-lock.json`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

use crate::process;
use crate::workspace::Workspace;

/// The oldest release with everything that the tests use.
const OLDEST: u32 = 20;

/// Makes sure of Node, npm and the packages of `crates/xtask/node`.
pub(crate) fn ensure_node_modules(workspace: &Workspace) -> Result<()> {
    let version = process::output(Command::new("node").arg("--version"))
        .with_context(|| format!("Node {OLDEST} or later is missing (https://nodejs.org)"))?;
    ensure!(major(&version).is_some_and(|major| major >= OLDEST), "Node {OLDEST} or later is needed, and this one is {version}");
    println!("found: Node {version}");
    install(&workspace.node())
}

/// Installs exactly what the lock file of a folder says, unless it is there.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let packages = folder.display();
    if is_installed(folder) {
        println!("found: npm packages of {packages}");
        return Ok(());
    }
    println!("installing the npm packages of {packages}");
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    // No package gets to run code of its own.
    npm.args(["ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run(npm.current_dir(folder)).with_context(|| format!("the npm packages of {packages} cannot be installed"))?;
    println!("installed: npm packages of {packages}");
    Ok(())
}

/// npm writes its own copy of the lock last, so that is how old the installation is.
fn is_installed(folder: &Path) -> bool {
    let written = |file: &str| -> Option<SystemTime> { fs::metadata(folder.join(file)).ok()?.modified().ok() };
    let installed = written("node_modules/.package-lock.json");
    installed.is_some() && installed >= written("package-lock.json")
}

/// Node, set up to drive a browser over the built site.
pub(crate) fn with_site(workspace: &Workspace, chromium: &Path) -> Command {
    let mut node = Command::new("node");
    node.current_dir(workspace.root())
        .env("DABIAO_SITE", workspace.site())
        .env("DABIAO_CHROMIUM", chromium)
        .env("NODE_PATH", workspace.node().join("node_modules"));
    node
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0-nightly"), Some(9));
        assert_eq!(major("node"), None);
    }
}
