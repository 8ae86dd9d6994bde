//! How well an article answers a query: by what it has of the query's words, whatever engine found that.

pub mod lacking;
pub mod occurrences;
pub mod order;
pub mod scorer;
