//! The pieces of the workbench's pages.

mod chart_frame;
mod document_facts;
mod file_chooser;

pub(crate) use chart_frame::ChartFrame;
pub(crate) use document_facts::document_facts;
pub(crate) use file_chooser::FileChooser;
