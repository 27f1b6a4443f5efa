//! Asks the core many times. Pure, like the core: no browser, clock, storage or words for people.

pub mod trajectory;
