//! What a search engine must do for findbuch, and what it is asked and answers. The engine behind it is
//! [`tantivy`].

pub mod alerts;
pub mod answer;
pub mod deadline;
mod engine;
mod error;
pub mod facets;
mod hits;
mod numbers;
pub mod plan;
mod store;
pub mod suggest;
pub mod synonyms;
pub mod tantivy;
pub mod text;
pub mod timeline;
pub mod versions;

pub use engine::Engine;
pub use error::EngineError;
pub use facets::{Facet, FacetField};
pub use hits::{Also, Fingerprint, Group, Hit, Hits, Relaxed, Stream};
pub use numbers::{Checked, Stats};
pub use plan::ranking::Ranking;
pub use plan::request::{Detail, SearchRequest, Sort};
pub use plan::words::ExpansionOptions;
pub use store::{Adder, FileState, KnownProblem, Record, State, Writer};
pub use text::snippets::Snippet;
pub use timeline::Days;
