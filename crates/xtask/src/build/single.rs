//! The page as one file, `dist/dabiao.html`: it runs by double-click and asks for nothing.
//!
//! Made from the same parts as the site. All programs are one module here, because each of them carries
//! the core and the page's framework. What is large is compressed (LZMA, a sixth smaller than what
//! browsers unpack themselves, with its unpacker) and written in base64; its security
//! policy names the hash of every script and style, and nothing else may run.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use dabiao_catalog::builtin;
use dabiao_catalog::pack::{Language, pack_bundle};
use lzma_rust2::{LzmaOptions, LzmaWriter};
use serde_json::{Map, Value, json};

use super::site::{Values, fill_file, guarded, styles, tight_style, without_comments};
use crate::workspace::Workspace;
use crate::{files, process};

/// The scripts of the page besides the glue, in the order in which they need each other.
const SCRIPTS: [&str; 5] = ["store.js", "recovery.js", "serve.js", "office_job.js", "single.js"];

/// How far back the packer looks: over everything there is.
const DICTIONARY: u32 = 4 << 20;

/// Puts `dist/dabiao.html` together from `web/` and the output of wasm-bindgen for the one program.
pub(crate) fn assemble(workspace: &Workspace, glue: &Path, unpack: &Path) -> Result<()> {
    let web = workspace.root().join("web");
    let scratch = workspace.scratch().join("single");
    let values: Values = vec![("version", env!("CARGO_PKG_VERSION").to_owned())];

    let (standards, places) = all_standards()?;
    let encode = |how: &str, content: &[u8]| encode(workspace, &scratch, how, content);
    let program = encode("base64", &packed(&files::read(&glue.join("dabiao_single_bg.wasm"))?)?)?;
    let standards = encode("base64", &packed(&standards)?)?;
    let unpacker = encode("deflate", &files::read(&unpack.join("dabiao_unpack_bg.wasm"))?)?;

    let mut script = guarded(&files::read_text(&glue.join("dabiao_single.js"))?)?;
    script += &files::read_text(&unpack.join("dabiao_unpack.js"))?;
    for name in SCRIPTS {
        script += &fill_file(&web.join(name), &values)?;
    }
    // Nothing in a script may look like its end.
    let script = fewer_lines(&without_comments(&script)).replace("</", "<\\/");
    let style = tight_style(&(styles(&web.join("style"))? + &files::read_text(&web.join("style/workbench.css"))?));
    let old = without_comments(&files::read_text(&web.join("old.js"))?);
    let code = files::hash(format!("{script}\n{program}\n{standards}\n{unpacker}").as_bytes());

    let sources = |texts: &[&str]| -> Result<String> {
        let hashes = texts.iter().map(|text| Ok(format!("'sha256-{}'", encode("base64", &files::digest(text.as_bytes()))?)));
        Ok(hashes.collect::<Result<Vec<String>>>()?.join(" "))
    };
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data: blob:; worker-src blob:; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types dabiao-worker",
        sources(&[&script, &old])?,
        sources(&[&style])?,
    );
    let icon = encode("base64", &files::read(&web.join("static/icon.svg"))?)?;
    let head = format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">\n<style>{style}</style>\n<script>{old}</script>\n");
    let data = |id: &str, text: &str| format!("<script type=\"text/plain\" id=\"{id}\">{text}</script>\n");
    let tail = [
        data("program", &program),
        data("standards", &standards),
        data("places", &places),
        data("unpacker", &unpacker),
        format!("<script>{script}</script>\n"),
    ]
    .concat();

    let page = files::read_text(&web.join("index.html"))?;
    let page = between(&page, "<!-- files -->\n", "<!-- /files -->\n", &head)?;
    let page = between(&page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\">", &policy)?;
    ensure!(page.matches("</body>").count() == 1, "index.html has no end");
    let page = page.replace("</body>", &format!("{tail}</body>"));
    let dist = workspace.dist();
    files::write(&dist.join("dabiao.html"), &page)?;
    let sums = format!("{}  dabiao.html\n{code}  dabiao.html, code shown by the page\n", files::hash(page.as_bytes()));
    files::write(&dist.join("dabiao.html.sha256"), sums)?;
    println!("dist/dabiao.html: {} bytes", page.len());
    Ok(())
}

/// Every standard in both languages, one after the other, and where each begins and how long it is.
fn all_standards() -> Result<(Vec<u8>, String)> {
    let (mut all, mut places) = (Vec::new(), Map::<String, Value>::new());
    for (entry, bundle) in builtin::ENTRIES.iter().zip(builtin::bundles().context("the built-in standards")?) {
        for (name, language) in [(entry.file.zh, Language::Chinese), (entry.file.en, Language::English)] {
            let packed = pack_bundle(&bundle, language);
            places.insert(name.to_owned(), json!([all.len(), packed.len()]));
            all.extend(packed);
        }
    }
    Ok((all, Value::Object(places).to_string()))
}

/// A script without the line feeds that say nothing. Lines that may end in a comment keep theirs.
fn fewer_lines(script: &str) -> String {
    let mut fewer = String::new();
    for line in script.lines() {
        fewer.push_str(line);
        if !line.ends_with([';', '{', ',']) || line.contains("//") {
            fewer.push('\n');
        }
    }
    fewer
}

/// Content as an LZMA file.
fn packed(content: &[u8]) -> Result<Vec<u8>> {
    let mut options = LzmaOptions::with_preset(9);
    // Modules have no alignment to speak of; their bytes follow from those before.
    (options.lc, options.lp, options.pb, options.nice_len) = (4, 0, 0, 273);
    options.dict_size = DICTIONARY;
    let mut writer = LzmaWriter::new_use_header(Vec::new(), &options, Some(content.len().try_into()?))?;
    writer.write_all(content)?;
    Ok(writer.finish()?)
}

/// Content in base64, as it is or compressed as browsers know it. By Node, which is here anyway.
fn encode(workspace: &Workspace, scratch: &Path, how: &str, content: &[u8]) -> Result<String> {
    let file = scratch.join("content");
    files::write(&file, content)?;
    let mut node = Command::new("node");
    node.arg(workspace.node().join("encode.mjs")).arg(how).arg(&file);
    process::output(&mut node).context("encode.mjs")
}

/// A text with what stands between two marks replaced, the marks too where they are comments.
fn between(text: &str, start: &str, end: &str, content: &str) -> Result<String> {
    let (before, rest) = text.split_once(start).with_context(|| format!("`{start}` is missing"))?;
    let (_, after) = rest.split_once(end).with_context(|| format!("`{end}` is missing"))?;
    let marks = if start.starts_with("<!--") { ("", "") } else { (start, end) };
    Ok([before, marks.0, content, marks.1, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_where_nothing_ends_by_them() {
        assert_eq!(fewer_lines("f(a,\nb);\nif (x) {\ny(); // z;\n}\nlet c = 1\nd()\n"), "f(a,b);if (x) {y(); // z;\n}\nlet c = 1\nd()\n");
    }

    #[test]
    fn what_stands_between_marks_is_replaced() {
        assert_eq!(between("a<!-- x -->b<!-- y -->c", "<!-- x -->", "<!-- y -->", "d").unwrap(), "adc");
        assert_eq!(between("a content=\"b\">c", "content=\"", "\">", "d").unwrap(), "a content=\"d\">c");
        assert!(between("a", "b", "c", "d").is_err());
    }
}
