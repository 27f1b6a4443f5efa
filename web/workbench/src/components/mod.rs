//! The pieces of the workbench's pages.

mod chart_frame;
mod document_facts;

pub(crate) use chart_frame::ChartFrame;
pub(crate) use document_facts::document_facts;
