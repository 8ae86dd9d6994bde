//! The engine on OpenSearch, reached over HTTP. Reading, German, ranking, marks and snippets are ours as with every engine: OpenSearch is
//! sent the terms of articles and asked for those that have them. No other module names its interface.

pub mod address;
mod answer;
mod client;
mod dictionary;
mod document;
mod engine;
mod find;
mod folding;
mod index;
mod lock;
mod lower;
mod rank;
mod schema;
mod searcher;
mod store;
mod stories;
mod writer;

pub use store::OpenSearchStore;
