//! The screens.

mod about;
mod assess;
mod check;
mod departments;
mod fill;
mod home;
mod missing;
mod register;

pub use assess::{AssessPage, Example};
pub use check::CheckPage;
pub use home::HomePage;
pub use register::{RegisterPage, register_page};
