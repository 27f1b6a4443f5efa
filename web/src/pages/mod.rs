//! The screens.

mod about;
mod assess;
mod charts;
mod fill;
mod home;
mod missing;

pub use assess::{AssessPage, Example};
pub use home::HomePage;
