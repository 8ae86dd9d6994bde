//! What a search engine must do for findbuch, and what it is asked and answers: [`Store`] opens an index, [`Engine`] searches
//! it, [`Writer`] changes it. [`IndexDir`] chooses the engine.

pub mod alerts;
pub mod analyzers;
pub mod answer;
#[cfg(test)]
mod contract;
pub mod deadline;
mod engine;
mod error;
pub mod facets;
mod hits;
mod index_dir;
#[cfg(test)]
mod memory;
mod numbers;
pub mod plan;
pub mod score;
mod store;
pub mod suggest;
pub mod synonyms;
mod tantivy;
pub mod text;
pub mod timeline;
pub mod versions;

pub use engine::Engine;
pub use error::EngineError;
pub use facets::{Facet, FacetField};
pub use hits::{Also, Fingerprint, Group, Hit, Hits, Relaxed, Stream};
pub use index_dir::IndexDir;
pub use numbers::{Checked, Stats};
pub use plan::prepared::Prepared;
pub use plan::request::{Detail, ExpansionOptions, SearchRequest, Sort};
pub use score::ranking::Ranking;
pub use store::{Adder, Capabilities, FileState, KnownProblem, Record, State, Store, WriteLock, Writer, WriterOptions};
pub use text::snippets::Snippet;
pub use timeline::Days;
