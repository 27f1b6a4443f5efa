//! From the sources to `dist/`, the folders that are published.

mod bindgen;
mod compile;
mod optimize;
mod single;
mod site;
mod sizes;
mod standards;

use std::path::{Path, PathBuf};

use anyhow::Result;

use compile::Goal;

use crate::files;
use crate::tools::{node, rust};
use crate::workspace::Workspace;

/// The package of the web app.
pub(crate) const WEB: &str = "dabiao-web";

/// The package that checks standard files; the page fetches it when somebody does.
const LINT: &str = "dabiao-lint";

/// The half of the page that is fetched when it is first needed.
pub(crate) const WORKBENCH: &str = "dabiao-workbench";

/// Spreadsheets, CSV and Word; the workbench fetches it on first use.
const OFFICE: &str = "dabiao-office";

/// All of these in one, for the page that is one file.
const SINGLE: &str = "dabiao-single";

/// Unpacks that file's content in the browser.
const UNPACK: &str = "dabiao-unpack";

/// The package for other people's pages and programs.
const EMBED: &str = "dabiao-embed";

/// Gets the tools, then builds everything.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    rust::ensure_wasm_target(workspace)?;
    node::ensure_node_modules(workspace)?;
    make(workspace)
}

/// Builds everything with the tools that are there.
pub(crate) fn make(workspace: &Workspace) -> Result<()> {
    build_site(workspace)?;
    build_single(workspace)?;
    build_embed(workspace)?;
    standards::write(&workspace.dist().join("standards"))?;
    sizes::print(workspace)
}

fn build_site(workspace: &Workspace) -> Result<()> {
    let wasm = compile::compile(workspace, WEB, compile::Kind::Program, Goal::Size)?;
    let glue = workspace.scratch().join("glue");
    bindgen::bind(&wasm, "dabiao", &glue, bindgen::Host::Page)?;
    optimize::optimize(workspace, "site", &glue.join("dabiao_bg.wasm"), Goal::Size)?;
    let lint = build_part(workspace, LINT, "dabiao_lint", "lint")?;
    let workbench = build_part(workspace, WORKBENCH, "dabiao_workbench", "workbench")?;
    let office = build_part(workspace, OFFICE, "dabiao_office", "office")?;
    site::assemble(workspace, &site::Parts { app: glue, lint, workbench, office })
}

/// The page that is one file.
fn build_single(workspace: &Workspace) -> Result<()> {
    let program = compile::compile(workspace, SINGLE, compile::Kind::Program, Goal::Size)?;
    let program = bind_single(workspace, &program, "dabiao_single", "wasm_bindgen")?;
    let unpack = compile::compile(workspace, UNPACK, compile::Kind::Library, Goal::Size)?;
    let unpack = bind_single(workspace, &unpack, "dabiao_unpack", "dabiaoUnpack")?;
    single::assemble(workspace, &program, &unpack)
}

/// A module of the one file, known to its scripts under a global name; the folder with its glue.
fn bind_single(workspace: &Workspace, wasm: &Path, name: &str, global: &'static str) -> Result<PathBuf> {
    let folder = workspace.scratch().join(format!("{name}-glue"));
    bindgen::bind(wasm, name, &folder, bindgen::Host::OneFile(global))?;
    optimize::optimize(workspace, name, &folder.join(format!("{name}_bg.wasm")), Goal::Size)?;
    Ok(folder)
}

/// A part of the program that the page fetches when it is needed; the folder with its glue and module.
fn build_part(workspace: &Workspace, package: &str, name: &str, label: &str) -> Result<PathBuf> {
    let wasm = compile::compile(workspace, package, compile::Kind::Library, Goal::Size)?;
    let folder = workspace.scratch().join(format!("{label}-glue"));
    bindgen::bind(&wasm, name, &folder, bindgen::Host::Page)?;
    optimize::optimize(workspace, label, &folder.join(format!("{name}_bg.wasm")), Goal::Size)?;
    Ok(folder)
}

/// The same module twice, because Node and a page load one in different ways.
fn build_embed(workspace: &Workspace) -> Result<()> {
    let wasm = compile::compile(workspace, EMBED, compile::Kind::Library, Goal::Speed)?;
    let embed = workspace.dist().join("embed");
    files::empty_folder(&embed)?;
    for (name, host) in [("node", bindgen::Host::Node), ("web", bindgen::Host::Library)] {
        let folder = embed.join(name);
        bindgen::bind(&wasm, "dabiao_embed", &folder, host)?;
        optimize::optimize(workspace, "embed", &folder.join("dabiao_embed_bg.wasm"), Goal::Speed)?;
    }
    Ok(())
}
