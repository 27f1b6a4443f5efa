//! The screens that every visit needs; the others are the workbench's.

mod assess;
mod fill;
mod home;
mod missing;

pub use assess::{AssessPage, Example};
pub use home::HomePage;
