//! The integration tests: one binary, a module a feature.

mod archive;
mod batch;
mod bench;
mod bombs;
#[cfg(feature = "serve")]
mod browser;
mod bulk;
mod cluster;
mod collections;
mod commands;
mod compare;
mod containers;
mod contract;
mod copies;
mod corrections;
mod counting;
mod damage;
mod deadlines;
mod documents;
mod engines;
mod exports;
mod failures;
#[path = "../../examples/articles/generator.rs"]
mod generator;
mod german;
mod grouping;
mod hostile;
mod layers;
mod names;
mod news;
mod operators;
mod overview;
mod parts;
mod pdf;
mod press;
#[cfg(feature = "html")]
mod readme;
mod recipes;
mod relevance;
mod reliability;
mod required;
mod results;
mod sample;
#[cfg(feature = "html")]
mod saved_pages;
mod settings;
mod suggestions;
mod trend;
#[cfg(feature = "serve")]
mod web;
#[cfg(not(feature = "html"))]
mod without_html;

use bench::{Bench, Output};
use std::path::Path;

/// The project's folder.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
