//! Where the workbench touches the browser.

mod use_kept;
mod use_view;
mod use_visible;
mod use_width;

pub(crate) use use_kept::{Keeping, use_kept};
pub(crate) use use_view::use_view;
pub(crate) use use_visible::use_visible;
pub(crate) use use_width::use_width;
