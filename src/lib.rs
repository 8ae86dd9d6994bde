//! findbuch: full-text search for folders of German news articles.
//!
//! Two paths run through the program. In: a path becomes a `RawDocument`, an [`findbuch_article::Article`], terms, an index
//! ([`findbuch_corpus`], [`findbuch_german`], [`findbuch_engine`], tied together by [`update`]). Out: a text becomes a
//! [`findbuch_query::Query`], an engine's query, [`findbuch_engine::Hits`], and what [`findbuch_render`] makes of them. [`cli`]
//! is the door to both, `findbuch_web` (with the feature `serve`) another to the way out; [`copy`] takes an index to another place, [`evaluate`] measures.
//!
//! ARCHITECTURE.md says which question each crate answers and which others it may name.

pub mod cli;
pub mod copy;
pub mod evaluate;
pub mod update;
