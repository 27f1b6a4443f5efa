//! Given a standard and figures, says what each clause is worth and why.
//!
//! This crate is pure: it knows no browser, clock, storage or language for people, and no
//! floating-point number takes part in a verdict. It reads top-down in the order below.
//!
//! - [`number`]: exact numbers, [`unit`]: what they measure, [`entry`]: how typed text becomes one.
//! - [`figure`] and [`formula`]: what a person fills in and what follows from it.
//! - [`standard`] and [`rule`]: what is asked. [`situation`]: what is known.
//! - [`score`]: the judging. [`assessment`]: typed text in, report out. [`report`] and [`outcome`]: the answer and its reasons.

#![warn(clippy::arithmetic_side_effects)]

pub mod assessment;
pub mod entry;
pub mod figure;
pub mod formula;
pub mod number;
pub mod outcome;
pub mod report;
pub mod rule;
pub mod score;
pub mod situation;
pub mod standard;
pub mod unit;

pub use assessment::Assessment;
pub use entry::{EntryError, parse_entry};
pub use figure::{Figure, FigureIndex, FigureKind, Period, Range, Scope, Value};
pub use formula::Formula;
pub use number::{ArithmeticError, Exact};
pub use outcome::{Operator, Reason, Truth, Verdict};
pub use report::{ClauseResult, FigureState, Origin, Report, Tally};
pub use rule::Rule;
pub use score::{score, update};
pub use situation::Situation;
pub use standard::{Clause, ClauseIndex, DepartmentIndex, GroupIndex, Standard};
pub use unit::Unit;
