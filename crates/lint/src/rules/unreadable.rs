//! A file that is not TOML, or not of a standard's shape. Reported before any rule runs.

use crate::pass::Pass;

/// Nothing is left to check once the file has been read.
pub(super) fn check(_: &Pass<'_>) {}
