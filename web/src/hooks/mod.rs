//! The places where components touch the browser.

mod use_fetched;
mod use_planner;
mod use_route;
mod use_saved;
mod use_visible;
mod use_width;

pub use use_fetched::{exists, use_fetched};
pub use use_planner::use_planner;
pub use use_route::use_route;
pub use use_saved::{SaveStatus, use_saved};
pub use use_visible::use_visible;
pub use use_width::use_width;
