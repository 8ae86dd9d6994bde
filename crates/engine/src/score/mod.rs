//! How well an article answers a query: by what it has of the query's words, independent of the engine.

pub mod closeness;
pub mod lacking;
pub mod occurrences;
pub mod order;
pub mod scorer;
pub mod terms;
pub mod weight;
