//! findbuch: full-text search for folders of German news articles.
//!
//! Two paths run through the crate. In: a path becomes a `RawDocument`, an [`article::Article`], terms, an index
//! ([`corpus`], [`german`], [`engine`], tied together by [`update`]). Out: a text becomes a [`query::Query`], an engine's
//! query, [`engine::Hits`], and what [`render`] makes of them. [`cli`] is the door to both, [`web`] another to the way out; [`evaluate`]
//! measures.
//!
//! ARCHITECTURE.md says which question each module answers and which others it may name.

pub mod article;
pub mod cli;
pub mod corpus;
pub mod engine;
pub mod evaluate;
pub mod german;
pub mod lang;
pub mod query;
pub mod render;
pub mod update;
pub mod web;
