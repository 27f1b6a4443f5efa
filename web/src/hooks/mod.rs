//! The places where components touch the browser.

mod use_fetched;
mod use_route;
mod use_saved;
mod use_workbench;

pub use use_fetched::{exists, use_fetched};
pub use use_route::use_route;
pub use use_saved::{SaveStatus, use_saved};
pub use use_workbench::use_workbench;
