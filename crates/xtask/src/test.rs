//! Every check, one after the other, whatever the ones before it said.

use std::cell::Cell;
use std::env;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::tools::rust::TARGET;
use crate::tools::{chromium, node, rust};
use crate::workspace::Workspace;
use crate::{build, files, lint, process};

/// A check.
struct Step<'a> {
    name: &'a str,
    run: &'a dyn Fn() -> Result<()>,
}

/// How a check went.
struct Outcome<'a> {
    name: &'a str,
    passed: bool,
    time: Duration,
}

/// How long trials go on: a factor on the short run, or a number with `=` before it.
const TRIALS: &str = "DABIAO_TRIALS";
const TEN_TIMES: &str = "10";

/// How long tests that repeat themselves go on.
#[derive(Clone, Copy)]
pub(crate) enum Length {
    /// As long as every change can wait for.
    Short,
    /// As long as it takes to be surer: as `DABIAO_TRIALS` says, or ten times as long.
    Full,
}

/// Runs all checks; whether all passed.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    let wasm = available(rust::ensure_wasm_target(workspace));
    let packages = available(node::ensure_node_modules(workspace));
    let browser = available(chromium::ensure_chromium());
    let fonts = available(chromium::ensure_fonts());
    let (unit_tests, unit_test_arguments): (&str, &[&str]) = if rust::has_nextest() {
        ("cargo nextest run", &["nextest", "run", "--workspace"])
    } else {
        ("cargo test", &["test", "--workspace", "--all-targets"])
    };

    let cargo = |arguments: &[&str]| process::run(process::cargo().current_dir(workspace.root()).args(arguments));
    let built = Cell::new(false);
    let build = || {
        wasm.context("skipped: no wasm target")?;
        packages.context("skipped: no Node, or no npm packages")?;
        build::make(workspace)?;
        built.set(true);
        Ok(())
    };
    let browser_tests = || {
        ensure!(built.get(), "skipped: there is no site to test");
        fonts.context("skipped: no Chinese fonts")?;
        let browser = browser.as_deref().context("skipped: no Chromium")?;
        in_browser(workspace, browser, "tests/browser", &[], Length::Short)
    };
    let steps = [
        Step { name: "cargo fmt", run: &|| cargo(&["fmt", "--all", "--check"]) },
        Step { name: "cargo clippy", run: &|| cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]) },
        Step {
            name: "cargo clippy (wasm)",
            run: &|| cargo(&["clippy", "-p", build::WEB, "-p", build::WORKBENCH, "--target", TARGET, "--", "-D", "warnings"]),
        },
        Step { name: unit_tests, run: &|| cargo(unit_test_arguments) },
        Step { name: "cargo test --doc", run: &|| cargo(&["test", "--workspace", "--doc"]) },
        Step { name: "cargo xtask lint-standards", run: &|| lint_standards(workspace) },
        Step { name: "build", run: &build },
        Step { name: "browser tests", run: &browser_tests },
    ];
    let outcomes: Vec<Outcome> = steps.iter().map(run_step).collect();
    Ok(summarise(&outcomes))
}

fn lint_standards(workspace: &Workspace) -> Result<()> {
    ensure!(lint::run(workspace, lint::Options::Check(Vec::new()))?, "there are findings");
    Ok(())
}

/// Says what is missing and goes on: the checks that do without it still run.
fn available<T>(tool: Result<T>) -> Option<T> {
    tool.inspect_err(|error| println!("not ready: {error:#}")).ok()
}

#[expect(clippy::disallowed_methods, reason = "how long a check took is for people, and enters nothing")]
fn run_step<'a>(step: &Step<'a>) -> Outcome<'a> {
    println!("\n== {}", step.name);
    let start = Instant::now();
    let result = (step.run)();
    if let Err(error) = &result {
        println!("FAILED: {}: {error:#}", step.name);
    }
    Outcome { name: step.name, passed: result.is_ok(), time: start.elapsed() }
}

/// Prints the table and the closing line, which other programs read.
fn summarise(outcomes: &[Outcome]) -> bool {
    println!();
    for outcome in outcomes {
        let verdict = if outcome.passed { "ok" } else { "FAILED" };
        println!("{:<28}{verdict:<8}{:>7.1} s", outcome.name, outcome.time.as_secs_f64());
    }
    let passed = outcomes.iter().filter(|outcome| outcome.passed).count();
    let failed = outcomes.len() - passed;
    println!("\n{passed} passed, {failed} failed");
    failed == 0
}

/// Runs the tests of a folder, or those whose names begin so. Names every file to Node: what it makes of
/// a folder differs between its releases.
pub(crate) fn in_browser(workspace: &Workspace, browser: &Path, folder: &str, wanted: &[String], length: Length) -> Result<()> {
    let mut tests = files::all_below(&workspace.root().join(folder))?;
    tests.retain(|file| {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.ends_with(".test.mjs") && (wanted.is_empty() || wanted.iter().any(|wanted| name.starts_with(wanted.as_str())))
    });
    ensure!(!tests.is_empty(), "there is no such *.test.mjs in {folder}");
    let mut node = node::with_site(workspace, browser);
    if matches!(length, Length::Full) && env::var_os(TRIALS).is_none() {
        node.env(TRIALS, TEN_TIMES);
    }
    process::run(node.arg("--test").args(tests))
}
