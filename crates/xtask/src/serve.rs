//! A server for looking at the site on this machine, as strict about types as a good host is.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow, bail, ensure};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

use crate::workspace::Workspace;
use crate::{build, files};

const FIRST_PORT: u16 = 8080;
const PORTS_TRIED: u16 = 100;

/// One slow reader must not hold up the others; a page opens at most six connections.
const THREADS: usize = 6;

/// What was asked for on the command line.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    port: Option<u16>,
    build: bool,
}

impl Options {
    /// Reads `[port] [--no-build]`.
    pub(crate) fn read(words: &[String]) -> Result<Self> {
        let mut options = Self { port: None, build: true };
        for word in words {
            if word == "--no-build" {
                options.build = false;
            } else if options.port.is_none() {
                options.port = Some(word.parse().with_context(|| format!("{word} is no port"))?);
            } else {
                bail!("serve takes one port, and not {word} too");
            }
        }
        Ok(options)
    }
}

/// Builds, then serves until it is stopped.
pub(crate) fn run(workspace: &Workspace, options: Options) -> Result<()> {
    if options.build {
        build::run(workspace)?;
    }
    let site = workspace.site();
    ensure!(site.join("index.html").is_file(), "there is nothing to serve yet: run `cargo xtask build`");
    let site = fs::canonicalize(&site).with_context(|| format!("cannot open {}", site.display()))?;
    let (server, port) = listen(options.port)?;
    println!("Dabiao: http://127.0.0.1:{port}/");
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| server.incoming_requests().for_each(|request| answer(&site, request)));
        }
    });
    Ok(())
}

/// Takes the given port and no other, or else the first free one.
fn listen(port: Option<u16>) -> Result<(Server, u16)> {
    let ports = port.map_or(FIRST_PORT..=FIRST_PORT + PORTS_TRIED, |port| port..=port);
    let mut problem = anyhow!("no port to try");
    for port in ports {
        match Server::http(("127.0.0.1", port)) {
            Ok(server) => {
                let port = server.server_addr().to_ip().map_or(port, |address| address.port());
                return Ok((server, port));
            }
            Err(error) => problem = anyhow!("cannot listen on port {port}: {error}"),
        }
    }
    Err(problem)
}

fn answer(site: &Path, request: Request) {
    let sent = match (request.method(), find(site, request.url())) {
        (Method::Get | Method::Head, Some(file)) => send(&file, request),
        (Method::Get | Method::Head, None) => request.respond(Response::from_string("not found\n").with_status_code(404)),
        _ => request.respond(Response::empty(405)),
    };
    // A page that is left hangs up: that is no fault of ours.
    if let Err(error) = sent
        && !matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted)
    {
        eprintln!("{error}");
    }
}

/// The file that an address names, if it is one of the site.
///
/// Only plain names are followed, and the file that is reached must still lie in the site, so that
/// neither `..` nor a link leads out of it.
fn find(site: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mut file = site.to_owned();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        let name = if name.is_empty() && names.peek().is_none() { "index.html" } else { name };
        if name.is_empty() || name.starts_with('.') || name.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(name);
    }
    let file = fs::canonicalize(file).ok()?;
    (file.is_file() && file.starts_with(site)).then_some(file)
}

fn send(path: &Path, request: Request) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let caching = if files::is_hashed_name(&name) { "max-age=31536000, immutable" } else { "no-store" };
    // In one piece: chunks would hide the length from a page that shows how far a download is.
    let mut response = Response::from_file(File::open(path)?).with_chunked_threshold(usize::MAX);
    for (field, value) in [("Content-Type", media_type(path)), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", caching)] {
        let header = Header::from_bytes(field, value).map_err(|()| io::Error::other(format!("bad header {field}")))?;
        response.add_header(header);
    }
    request.respond(response)
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().unwrap_or_default().to_str().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Option<Options> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        Options::read(&words).ok()
    }

    #[test]
    fn options_come_in_any_order() {
        assert_eq!(read(&[]), Some(Options { port: None, build: true }));
        let both = Some(Options { port: Some(9000), build: false });
        assert_eq!(read(&["9000", "--no-build"]), both);
        assert_eq!(read(&["--no-build", "9000"]), both);
        for wrong in [&["http"][..], &["70000"], &["1", "2"], &["--nobuild"]] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        let site = fs::canonicalize(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
        assert_eq!(find(&site, "/main.rs?x=/../y#z"), Some(site.join("main.rs")));
        assert_eq!(find(&site, "/tools/%6eode.rs"), Some(site.join("tools/node.rs")));
        for out in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/tools/../../Cargo.toml",
            "/..\\Cargo.toml",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/C:/main.rs",
            "/main.rs%00",
            "/main.rs/",
            "/tools",
            "/",
            "*",
            "",
            "http://127.0.0.1/main.rs",
            "/%ff",
        ] {
            assert_eq!(find(&site, out), None, "{out}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_site() {
        let folder = std::env::temp_dir().join(format!("dabiao-serve-{}", std::process::id()));
        let site = folder.join("site");
        files::empty_folder(&site).unwrap();
        files::write(&folder.join("secret.txt"), "secret").unwrap();
        std::os::unix::fs::symlink(folder.join("secret.txt"), site.join("link.txt")).unwrap();
        let answer = find(&fs::canonicalize(&site).unwrap(), "/link.txt");
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(answer, None);
    }
}
