//! What a search engine must do for findbuch, and what it is asked and answers: [`Store`] opens an index, [`Engine`] searches
//! it, [`Writer`] changes it. [`IndexDir`] chooses the engine.

pub mod alerts;
mod analysed;
mod analysis;
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
pub mod lookup;
#[cfg(test)]
mod memory;
mod numbers;
pub mod plan;
mod ranking;
pub mod score;
mod state;
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
pub use hits::{Fingerprint, Group, Hit, Hits, Relaxed, Snippet, Stream};
pub use index_dir::IndexDir;
pub use numbers::{Checked, Stats};
pub use plan::also::Also;
pub use plan::prepared::Prepared;
pub use plan::request::{Detail, ExpansionOptions, SearchRequest, Sort};
pub use ranking::Ranking;
pub use state::{FileState, KnownProblem, State};
pub use store::{Adder, Capabilities, Record, Store, WriteLock, Writer, WriterOptions};
pub use timeline::Days;
