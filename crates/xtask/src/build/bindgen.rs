//! The JavaScript around a module. As a library, because the wasm-bindgen program would have to be
//! installed in exactly the version of the `wasm-bindgen` crate; here, one lock file holds both.

use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::files;

/// Who loads the module.
pub(crate) enum Host {
    /// Our own page, which says itself where the module is.
    Page,
    /// A page that is one file, and its workers: a script that is no module and has a global name.
    OneFile(&'static str),
    /// Somebody's page: the module lies beside the JavaScript.
    Library,
    /// Node: likewise.
    Node,
}

/// Writes `<name>.js` and `<name>_bg.wasm` into an empty folder, for libraries with type declarations.
pub(crate) fn bind(module: &Path, name: &str, folder: &Path, host: Host) -> Result<()> {
    println!(
        "wasm-bindgen {name} for {}",
        match host {
            Host::Page => "the site",
            Host::OneFile(_) => "one file",
            Host::Library => "pages",
            Host::Node => "Node",
        }
    );
    files::empty_folder(folder)?;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(name).remove_name_section(true).remove_producers_section(true);
    match host {
        Host::Page => bindgen.web(true)?.typescript(false).omit_default_module_path(true),
        Host::OneFile(global) => bindgen.no_modules(true)?.no_modules_global(global)?.typescript(false).omit_default_module_path(true),
        Host::Library => bindgen.web(true)?.typescript(true).omit_default_module_path(false),
        Host::Node => bindgen.nodejs(true)?.typescript(true),
    };
    bindgen.generate(folder).with_context(|| format!("wasm-bindgen on {}", module.display()))
}
