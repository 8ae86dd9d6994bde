//! How well an article answers a query: by what it has of the query's words, independent of the engine.

pub mod lacking;
pub mod occurrences;
pub mod order;
pub mod scorer;
