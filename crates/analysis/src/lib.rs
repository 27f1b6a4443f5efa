//! Asks the core many times. Pure, like the core: no browser, clock, storage or words for people.
//!
//! - [`trajectory`]: the way from a baseline to a target over time.
//! - [`scenario`]: figures changed for a trial, and what that does.
//! - [`goal_seek`]: which value of one figure reaches a goal, on [`function`]s of that figure.
//! - [`sensitivity`]: which figure moves the result, and how far the next verdict is.
//! - [`plan`]: the cheapest measures that reach a goal.

pub mod function;
pub mod goal_seek;
pub mod plan;
pub mod scenario;
pub mod sensitivity;
pub mod trajectory;
