//! The pieces of the pages. One component, one file; each takes props and computes nothing that the
//! core or the view could. What needs no hook is a plain function: a component costs the download eight
//! kilobytes and buys nothing where it would be drawn again anyway.

mod aside;
mod clause_detail;
mod clause_row;
mod contradiction;
mod figure_field;
mod filters;
mod known_values;
mod stacked_bar;
mod summary_bar;
mod table;
mod top_bar;
mod verdict_chip;
mod yes_no_field;

pub use aside::{Aside, aside};
pub use clause_detail::{ClauseDetail, clause_detail};
pub use clause_row::{ClauseRow, Current};
pub use contradiction::{contradiction_article, contradiction_body};
pub use figure_field::FigureField;
pub use filters::{Filter, Filters, filters};
pub use known_values::{KnownValues, known_values};
pub use stacked_bar::stacked_bar;
pub use summary_bar::{Summary, summary_bar};
pub use table::FigureTable;
pub use top_bar::{TopBar, top_bar};
pub use verdict_chip::verdict_chip;
pub use yes_no_field::{YesNoField, yes_no_field};
