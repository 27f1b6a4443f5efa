//! What must be on the machine: found, or installed, or named in one line.

pub(crate) mod chromium;
pub(crate) mod node;
pub(crate) mod rust;
