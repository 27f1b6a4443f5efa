//! The pieces of the pages. One component, one file; each takes props and computes nothing that the
//! core or the view could.

mod aside;
mod chart_frame;
mod clause_detail;
mod clause_row;
mod figure_field;
mod filters;
mod summary_bar;
mod table;
mod top_bar;
mod verdict_chip;
mod yes_no_field;

pub use aside::Aside;
pub use chart_frame::ChartFrame;
pub use clause_detail::ClauseDetail;
pub use clause_row::{ClauseRow, Current};
pub use figure_field::FigureField;
pub use filters::{Current as DocumentRef, Filter, Filters};
pub use summary_bar::SummaryBar;
pub use table::FigureTable;
pub use top_bar::TopBar;
pub use verdict_chip::verdict_chip;
pub use yes_no_field::YesNoField;
