//! The chores of the workspace, as one program: `cargo xtask <command>`.
//!
//! A program and not a script, so that the only thing to install first is Rust: whatever else a
//! command needs it installs, or names in one line.

mod bench;
mod build;
mod files;
mod lint;
mod process;
mod serve;
mod test;
mod tools;
mod trials;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use crate::workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <command>

  build                       builds dist/site, dist/dabiao.html, dist/embed and dist/standards
  serve [port] [--no-build]   builds, then serves dist/site on this machine only
  test                        every check, with a table at the end
  trials [name …]             builds, then the long trials of tests/trials; all if none is named
  lint-standards [file …]     what is wrong with standard files (seeds/standards), and what to do
  lint-standards --explain <rule>
  bench [p1] [p2] [p3] [p4] [p7]   builds, then measures; everything if no part is named";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a command; `false` if it did its work and the answer is no.
fn run(arguments: &[String]) -> Result<bool> {
    let Some((command, options)) = arguments.split_first() else {
        eprintln!("{USAGE}");
        return Ok(false);
    };
    match (command.as_str(), options) {
        ("build", []) => build::run(&Workspace::find()?)?,
        ("serve", options) => serve::run(&Workspace::find()?, serve::Options::read(options)?)?,
        ("test", []) => return test::run(&Workspace::find()?),
        ("lint-standards", options) => return lint::run(&Workspace::find()?, lint::Options::read(options)?),
        ("trials", wanted) => trials::run(&Workspace::find()?, wanted)?,
        ("bench", parts) => bench::run(&Workspace::find()?, parts)?,
        ("help" | "--help" | "-h", []) => println!("{USAGE}"),
        _ => {
            eprintln!("unknown: {}\n\n{USAGE}", arguments.join(" "));
            return Ok(false);
        }
    }
    Ok(true)
}
