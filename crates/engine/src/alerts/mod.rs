//! Saved searches, and what of their results has been seen.

pub mod news;
pub mod saved;
pub mod seen;
