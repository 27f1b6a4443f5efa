//! A browser for the tests, and Chinese letters for it to draw.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process;

const VARIABLE: &str = "DABIAO_CHROMIUM";
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
const PACKAGE: &str = "chromium";
const FONTS: &str = "fonts-noto-cjk";

/// Finds or installs Chromium.
pub(crate) fn ensure_chromium() -> Result<PathBuf> {
    if let Some(path) = env::var_os(VARIABLE) {
        let path = PathBuf::from(path);
        let version = version(&path).with_context(|| format!("{VARIABLE} is {}, which does not start", path.display()))?;
        return Ok(found("found", &version, path));
    }
    if let Some((path, version)) = on_path() {
        return Ok(found("found", &version, path));
    }
    let packages: &[&str] = if has_fonts() { &[PACKAGE] } else { &[PACKAGE, FONTS] };
    install(packages).with_context(|| format!("Chromium is missing and cannot be installed; install it or set {VARIABLE}"))?;
    let (path, version) = on_path().with_context(|| format!("the package {PACKAGE} holds no Chromium that starts; set {VARIABLE}"))?;
    Ok(found("installed", &version, path))
}

/// Finds or installs a font with Chinese letters: without one, every letter is the same box.
pub(crate) fn ensure_fonts() -> Result<()> {
    if has_fonts() {
        println!("found: Chinese fonts");
        return Ok(());
    }
    install(&[FONTS]).context("Chinese fonts are missing and cannot be installed")?;
    println!("installed: Chinese fonts");
    Ok(())
}

fn found(how: &str, version: &str, path: PathBuf) -> PathBuf {
    println!("{how}: {version}, {}", path.display());
    path
}

/// The first that starts: Ubuntu ships a `chromium-browser` that only asks for snap.
fn on_path() -> Option<(PathBuf, String)> {
    NAMES.iter().find_map(|name| {
        let path = process::find(name)?;
        let version = version(&path).ok()?;
        Some((path, version))
    })
}

fn version(path: &Path) -> Result<String> {
    process::output(Command::new(path).arg("--version"))
}

fn has_fonts() -> bool {
    process::find("fc-list")
        .is_some_and(|fc_list| process::output(Command::new(fc_list).arg(":lang=zh")).is_ok_and(|fonts| !fonts.is_empty()))
}

fn install(packages: &[&str]) -> Result<()> {
    let Some(apt) = process::find("apt-get") else {
        bail!("there is no apt-get");
    };
    let (runner, options) = root_runner()?;
    let apt_get = |arguments: &[&str]| {
        let mut command = Command::new(runner);
        command.args(options).arg("DEBIAN_FRONTEND=noninteractive").arg(&apt);
        process::run(command.args(arguments))
    };
    println!("installing {} with apt-get", packages.join(" "));
    apt_get(&["update"])?;
    apt_get(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

/// `env`, with the rights to install: as root, or through a sudo that asks for no password.
fn root_runner() -> Result<(&'static str, &'static [&'static str])> {
    let is_root = process::output(Command::new("id").arg("-u")).is_ok_and(|user| user == "0");
    if is_root {
        return Ok(("env", &[]));
    }
    if process::succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Ok(("sudo", &["-n", "env"]));
    }
    bail!("apt-get needs root, or sudo without a password");
}
