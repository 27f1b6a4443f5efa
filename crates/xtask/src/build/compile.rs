//! Rust to WebAssembly, without a trace of the machine that compiles.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::tools::rust::TARGET;
use crate::workspace::Workspace;
use crate::{files, process};

/// What a package is.
pub(crate) enum Kind {
    /// A `main`.
    Program,
    /// A library to be called from JavaScript.
    Library,
}

/// What a module is optimized for.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// Few bytes: what a page downloads before it can be used.
    Size,
    /// Speed: what programs call many times.
    Speed,
}

/// Compiles a package and returns its module.
pub(crate) fn compile(workspace: &Workspace, package: &str, kind: Kind, goal: Goal) -> Result<PathBuf> {
    println!("compiling {package}");
    let folders = private_folders(workspace)?;
    let mut command = process::cargo();
    command.current_dir(workspace.root());
    match kind {
        Kind::Program => command.arg("build"),
        // As a cdylib alone: beside an rlib, cargo would leave out link-time optimization.
        Kind::Library => command.args(["rustc", "--lib", "--crate-type", "cdylib"]),
    };
    command.args(["--release", "--target", TARGET, "--package", package]);
    command.env("CARGO_ENCODED_RUSTFLAGS", flags(&folders));
    if matches!(goal, Goal::Speed) {
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3");
    }
    process::run(&mut command)?;

    let name = match kind {
        Kind::Program => package.to_owned(),
        Kind::Library => package.replace('-', "_"),
    };
    let module = workspace.target().join(TARGET).join("release").join(name).with_extension("wasm");
    ensure_anonymous(&module, &folders)?;
    Ok(module)
}

/// The folders whose paths tell of this machine, with the names they get instead.
///
/// In the order of rustc: of several that match, the last one counts.
fn private_folders(workspace: &Workspace) -> Result<Vec<(PathBuf, &'static str)>> {
    let home = env::home_dir().context("there is no home folder")?;
    let sysroot = process::output(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace.root()))?;
    let registry = env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut folders = vec![
        (home, "/home"),
        (PathBuf::from(sysroot), "/rust"),
        (registry, "/cargo"),
        (workspace.root().to_owned(), "/dabiao"),
        (workspace.target().to_owned(), "/target"),
    ];
    // A build container may have `/` for a home, and that would match everything.
    folders.retain(|(folder, _)| folder.parent().is_some());
    Ok(folders)
}

/// The flags of the environment and ours, in the form that allows for spaces in paths.
fn flags(folders: &[(PathBuf, &'static str)]) -> OsString {
    let mut flags: Vec<OsString> = match (env::var("CARGO_ENCODED_RUSTFLAGS"), env::var("RUSTFLAGS")) {
        (Ok(encoded), _) => encoded.split('\u{1f}').map(OsString::from).collect(),
        (_, Ok(plain)) => plain.split_whitespace().map(OsString::from).collect(),
        _ => Vec::new(),
    };
    flags.retain(|flag| !flag.is_empty());
    for (folder, name) in folders {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(folder);
        flag.push("=");
        flag.push(name);
        flags.push(flag);
    }
    flags.join("\u{1f}".as_ref())
}

/// Fails if a path of this machine got into the module all the same.
fn ensure_anonymous(module: &Path, folders: &[(PathBuf, &'static str)]) -> Result<()> {
    let bytes = files::read(module)?;
    for (folder, _) in folders {
        let path = folder.join("");
        let found = contains(&bytes, path.as_os_str().as_encoded_bytes());
        ensure!(!found, "{} holds the path {}", module.display(), path.display());
    }
    Ok(())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
