//! `wasm-opt`, by far the slowest part of a build, and so only where something changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::compile::Goal;
use crate::workspace::Workspace;
use crate::{files, process};

/// The level of each goal.
fn level(goal: Goal) -> &'static str {
    match goal {
        Goal::Size => "-Oz",
        Goal::Speed => "-O3",
    }
}

/// Nothing of ours lies in the first kilobyte: there ends the stack, which grows towards it. With that
/// known, offsets fold into loads and stores.
const LOW_MEMORY_UNUSED: &str = "--low-memory-unused";

/// What browsers have had for years. Named one by one, because the output of `--all-features` is
/// refused by today's.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimizes a module in place, or takes the result of the last build if `label` was the same then.
pub(crate) fn optimize(workspace: &Workspace, label: &str, module: &Path, goal: Goal) -> Result<()> {
    let level = level(goal);
    let folder = workspace.scratch().join("wasm-opt");
    files::create_folder(&folder)?;
    let result = folder.join(label).with_extension("wasm");
    let key_file = folder.join(label).with_extension("key");
    let key = key(workspace, module, level)?;
    if result.is_file() && fs::read_to_string(&key_file).is_ok_and(|last| last == key) {
        println!("wasm-opt {level} {label}: as last time");
    } else {
        println!("wasm-opt {level} {label}");
        // The key goes first and comes last, so that it never stands beside half a result.
        files::write(&key_file, "")?;
        let mut node = Command::new("node");
        node.arg(workspace.node().join("node_modules/binaryen/bin/wasm-opt"));
        // Twice: the second round finds what the first uncovered.
        node.args([level, LOW_MEMORY_UNUSED, level]).args(FEATURES).arg(module).arg("-o").arg(&result);
        process::run(&mut node)?;
        files::write(&key_file, key)?;
    }
    fs::copy(&result, module).with_context(|| format!("cannot write {}", module.display()))?;
    Ok(())
}

/// Everything that the result depends on: the options, the version of the program, the module.
fn key(workspace: &Workspace, module: &Path, level: &str) -> Result<String> {
    let mut content = format!("{level} {LOW_MEMORY_UNUSED} {level} {FEATURES:?}").into_bytes();
    content.extend(files::read(&workspace.node().join("package-lock.json"))?);
    content.extend(files::read(module)?);
    Ok(files::hash(&content))
}
