//! The web app as files for any web server, below any path.
//!
//! What changes from build to build has the hash of its content in its name, so that a host may let
//! browsers keep it for ever; `index.html` alone has to be asked for again.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use dabiao_catalog::builtin;
use dabiao_catalog::pack::{Language, pack_bundle};

use crate::files;
use crate::workspace::Workspace;

/// In the order in which later rules may refine earlier ones.
const STYLES: [&str; 5] = ["tokens", "base", "layout", "components", "print"];

/// Names of placeholders, `{{name}}` in the page, with what they stand for.
pub(super) type Values = Vec<(&'static str, String)>;

/// The folders with the output of wasm-bindgen for each program.
pub(crate) struct Parts {
    pub(crate) app: PathBuf,
    pub(crate) lint: PathBuf,
    pub(crate) workbench: PathBuf,
    pub(crate) office: PathBuf,
}

/// Puts `dist/site` together from `web/` and the programs.
pub(crate) fn assemble(workspace: &Workspace, parts: &Parts) -> Result<()> {
    let Parts { app: glue, lint, workbench, office } = parts;
    let web = workspace.root().join("web");
    let site = workspace.site();
    files::empty_folder(&site)?;
    files::copy_all(&web.join("static"), &site)?;
    for part in [glue, workbench] {
        files::copy_all(&part.join("snippets"), &site.join("snippets"))?;
    }

    for (entry, bundle) in builtin::ENTRIES.iter().zip(builtin::bundles().context("the built-in standards")?) {
        let folder = site.join("standards");
        files::write(&folder.join(entry.file.zh), pack_bundle(&bundle, Language::Chinese))?;
        files::write(&folder.join(entry.file.en), pack_bundle(&bundle, Language::English))?;
    }

    let add = |stem: &str, extension: &str, content: &[u8]| -> Result<String> {
        let name = files::hashed_name(stem, extension, content);
        files::write(&site.join(&name), content)?;
        Ok(format!("./{name}"))
    };
    let mut values: Values = vec![
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("style", add("style", "css", tight_style(&styles(&web.join("style"))?).as_bytes())?),
        ("workbench_style", add("workbench", "css", tight_style(&files::read_text(&web.join("style/workbench.css"))?).as_bytes())?),
        ("script", add("dabiao", "js", without_comments(&guarded(&files::read_text(&glue.join("dabiao.js"))?)?).as_bytes())?),
        ("wasm", add("dabiao_bg", "wasm", &files::read(&glue.join("dabiao_bg.wasm"))?)?),
    ];
    for (part, stem, script, wasm) in [
        (lint, "dabiao_lint", "lint", "lint_wasm"),
        (office, "dabiao_office", "office", "office_wasm"),
        (workbench, "dabiao_workbench", "workbench", "workbench_wasm"),
    ] {
        let glue = files::read_text(&part.join(stem).with_extension("js"))?;
        let module = format!("{stem}_bg");
        values.push((script, add(stem, "js", without_comments(&guarded(&glue)?).as_bytes())?));
        values.push((wasm, add(&module, "wasm", &files::read(&part.join(&module).with_extension("wasm"))?)?));
    }
    let script = |name: &str, values: &Values| Ok::<String, anyhow::Error>(without_comments(&fill_file(&web.join(name), values)?));
    let old = script("old.js", &values)?;
    values.push(("old", add("old", "js", old.as_bytes())?));
    let serve = script("serve.js", &values)?;
    let worker = serve.clone() + &script("worker.js", &values)?;
    values.push(("worker", add("worker", "js", worker.as_bytes())?));
    let office_worker = serve + &script("office.js", &values)?;
    values.push(("office_worker", add("office", "js", office_worker.as_bytes())?));
    let workbench_start = script("office_job.js", &values)? + &script("workbench.js", &values)?;
    values.push(("workbench_start", add("workbench", "js", workbench_start.as_bytes())?));
    // In one file: they are needed before anything else.
    let boot = [script("store.js", &values)?, script("recovery.js", &values)?, script("boot.js", &values)?].concat();
    values.push(("boot", add("boot", "js", boot.as_bytes())?));
    files::write(&site.join("index.html"), fill_file(&web.join("index.html"), &values)?)?;
    write_service(&web, &site, &mut values)
}

/// The script that keeps the site for when there is no network. It names every file, so it comes last.
fn write_service(web: &Path, site: &Path, values: &mut Values) -> Result<()> {
    let mut names = vec!["./".to_owned()];
    let mut content = Vec::new();
    for file in files::all_below(site)? {
        let name = file.strip_prefix(site)?.display().to_string();
        content.extend(name.as_bytes());
        content.extend(files::read(&file)?);
        if name != "index.html" {
            names.push(format!("./{name}"));
        }
    }
    values.push(("build", files::hash(&content).chars().take(10).collect()));
    values.push(("files", serde_json::to_string(&names)?));
    files::write(&site.join("service.js"), without_comments(&fill_file(&web.join("service.js"), values)?))
}

/// The glue of a program, its exports guarded by `recovery.js` where there is a page: after the first call
/// that fails no other is made.
pub(super) fn guarded(glue: &str) -> Result<String> {
    const EXPORTS: &str = "wasm = instance.exports;";
    ensure!(glue.matches(EXPORTS).count() == 1, "the glue does not say `{EXPORTS}` once: wasm-bindgen has changed");
    Ok(glue.replace(EXPORTS, "wasm = globalThis.dabiaoRecovery?.guard(instance.exports) ?? instance.exports;"))
}

pub(super) fn styles(folder: &Path) -> Result<String> {
    let mut all = String::new();
    for name in STYLES {
        let file = folder.join(name).with_extension("css");
        if file.is_file() {
            all.push_str(&files::read_text(&file)?);
        }
    }
    Ok(all)
}

/// Leaves out indentation and whole-line comments, which nobody downloads a page for. Works by line:
/// neither our style sheets nor the glue have a text that spans lines.
pub(super) fn without_comments(code: &str) -> String {
    let mut in_comment = false;
    let mut kept = String::new();
    for line in code.lines().map(str::trim) {
        in_comment |= line.starts_with("/*");
        let is_comment = in_comment || line.starts_with("//");
        if in_comment && line.ends_with("*/") {
            in_comment = false;
        }
        if !is_comment && !line.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A style sheet without comments and without the spaces that say nothing.
pub(super) fn tight_style(style: &str) -> String {
    let mut tight = without_comments(style).replace('\n', " ");
    for (loose, close) in
        [("  ", " "), (" {", "{"), ("{ ", "{"), (": ", ":"), (", ", ","), ("; ", ";"), (" }", "}"), ("} ", "}"), (";}", "}")]
    {
        tight = tight.replace(loose, close);
    }
    tight
}

pub(super) fn fill_file(file: &Path, values: &Values) -> Result<String> {
    fill(&files::read_text(file)?, values).with_context(|| file.display().to_string())
}

/// Replaces the placeholders; one that stands for nothing is an error and not an empty page.
fn fill(template: &str, values: &Values) -> Result<String> {
    let mut text = template.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{{{name}}}}}"), value);
    }
    for rest in text.split("{{").skip(1) {
        if let Some((name, _)) = rest.split_once("}}")
            && !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        {
            bail!("{{{{{name}}}}} stands for nothing");
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_left_out() {
        let code = "/* one */\n/**\n * two\n */\nlet a = 1; // stays\n\n    // three\n    b(a);\n";
        assert_eq!(without_comments(code), "let a = 1; // stays\nb(a);\n");
    }

    #[test]
    fn a_style_sheet_loses_its_spaces_and_nothing_else() {
        let style = "/* why */\na:hover, b { color: red; width: calc(1px + 2px); }\n@page x:left { @bottom-left { content: \"— \" counter(page); } }\n.a :is(b) { x: y }\n";
        let tight = "a:hover,b{color:red;width:calc(1px + 2px)}@page x:left{@bottom-left{content:\"— \" counter(page)}}.a :is(b){x:y}";
        assert_eq!(tight_style(style), tight);
    }

    #[test]
    fn placeholders_are_filled() {
        let values = vec![("style", "./style.css".to_owned()), ("script", "./a.js".to_owned())];
        let page = fill("<link href={{style}}><script src={{script}}>{{style}}", &values).unwrap();
        assert_eq!(page, "<link href=./style.css><script src=./a.js>./style.css");
    }

    #[test]
    fn an_unknown_placeholder_is_refused() {
        let error = fill("<link href={{styles}}>", &Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "{{styles}} stands for nothing");
    }

    #[test]
    fn other_braces_are_left_alone() {
        let script = "f({a:{b:{}}}); g`${{}}`; h({{ }})";
        assert_eq!(fill(script, &Vec::new()).unwrap(), script);
    }
}
