//! Public data.
