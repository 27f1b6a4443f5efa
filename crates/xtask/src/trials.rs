//! The long trials of `tests/trials`: what happens to an assessment when browsers are killed, storage
//! fails, windows compete, and a tab is used for a long time.

use anyhow::Result;

use crate::tools::chromium;
use crate::workspace::Workspace;
use crate::{build, test};

/// Builds, then runs the named trials, or all, at their full length.
pub(crate) fn run(workspace: &Workspace, wanted: &[String]) -> Result<()> {
    let browser = chromium::ensure_chromium()?;
    chromium::ensure_fonts()?;
    build::run(workspace)?;
    test::in_browser(workspace, &browser, "tests/trials", wanted, test::Length::Full)
}
