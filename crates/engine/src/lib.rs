//! What a search engine must do for findbuch, and what it is asked and answers: [`Store`] opens an index, [`Engine`] searches
//! it, [`Writer`] changes it. [`IndexDir`] chooses the engine.
//!
//! An update locks the index, adds articles and commits them together with what is known of their files; a search prepares a
//! request once, and all that is done with it uses that plan.
//!
//! ```
//! use findbuch_article::{Article, Part, PartKind};
//! use findbuch_engine::{FileState, IndexDir, Record, SearchRequest, State, WriterOptions};
//! use findbuch_query::Query;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let folder = tempfile::tempdir()?;
//! let index = IndexDir::new(folder.path());
//! let state = State { updates: 1, ..State::default() };
//! let writer = index.store().lock()?.writer(&WriterOptions::new(&state))?;
//! let mut adder = writer.adder();
//! let texts = [("Markt am Kai bleibt", "Die Händler dürfen bleiben."), ("Neue Kräne", "Drei Kräne kommen an.")];
//! for (number, (headline, text)) in (1..).zip(texts) {
//!     let file = FileState { path: format!("/archiv/{number}.txt"), ..FileState::default() };
//!     let parts = vec![Part::new(PartKind::Headline, headline), Part::new(PartKind::Paragraph, text)];
//!     let article = Article { id: format!("{number}.txt"), path: file.path.clone(), parts, ..Article::default() };
//!     adder.add(&Record { file: &file, folders: &["/archiv".to_owned()], article: &article, content: number })?;
//! }
//! drop(adder);
//! writer.commit(&state)?;
//!
//! let engine = index.open()?;
//! let query = Query::parse("Kran", jiff::civil::date(2026, 11, 24))?;
//! let hits = engine.search(&engine.prepare(&SearchRequest::new(&query))?)?;
//! let titles: Vec<String> = hits.hits.iter().map(|hit| hit.article.title()).collect();
//! assert_eq!((hits.total, titles), (1, vec!["Neue Kräne".to_owned()]));
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

pub mod alerts;
mod analysed;
pub mod analysis;
pub mod analyzers;
pub mod answer;
pub mod batch;
mod collation;
pub mod collections;
pub mod compare;
#[cfg(test)]
mod contract;
pub mod deadline;
mod engine;
mod error;
pub mod facets;
mod hits;
mod index_dir;
mod kept;
pub mod keyness;
pub mod lookup;
#[cfg(test)]
mod memory;
mod numbers;
mod opensearch;
pub mod plan;
mod ranking;
pub mod score;
mod sealed;
mod state;
mod store;
pub mod suggest;
pub mod surnames;
pub mod synonyms;
mod tantivy;
pub mod text;
pub mod timeline;
mod verify;
pub mod versions;

pub use engine::Engine;
pub use error::EngineError;
pub use facets::{Facet, FacetField};
pub use hits::{Fingerprint, Group, Hit, Hits, Relaxed, ScoreTerm, Snippet, Stream, TermKind, TitleMarks};
pub use index_dir::IndexDir;
pub use numbers::{Checked, Stats};
pub use opensearch::address::{Access, Address, AddressError, Credentials, SCHEME};
pub use plan::also::Also;
pub use plan::prepared::Prepared;
pub use plan::request::{Detail, ExpansionOptions, SearchRequest, Sort};
pub use ranking::file::RankingError;
pub use ranking::{Ranking, Weight, WeightError};
pub use state::{CopiedFrom, FileState, KnownProblem, State};
pub use store::{Adder, Capabilities, Record, Store, WriteLock, Writer, WriterOptions};
pub use timeline::Days;
