//! The places where components touch the browser.

mod use_fetched;
mod use_keeper;
mod use_route;
mod use_shelf;
mod use_workbench;

pub use use_fetched::use_fetched;
pub use use_keeper::use_keeper;
pub use use_route::use_route;
pub use use_shelf::{Shelf, use_shelf};
pub use use_workbench::use_workbench;
