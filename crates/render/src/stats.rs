//! Numbers about an index, as JSON.

use findbuch_engine::{CopiedFrom, State, Stats};
use serde::Serialize;
use std::io::{Result, Write};
use std::path::PathBuf;

const SCHEMA: &str = "findbuch.stats/1";

#[derive(Serialize)]
struct StatsOut<'a, V: Serialize> {
    schema: &'static str,
    #[serde(serialize_with = "findbuch_files::paths::as_texts::serialize")]
    folders: &'a [PathBuf],
    updated: &'a str,
    unreadable: usize,
    learnt: V,
    repeated_lines: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    copied: Option<&'a CopiedFrom>,
    #[serde(flatten)]
    stats: &'a Stats,
}

/// Writes the numbers and what is known of the index's state as one object.
///
/// # Errors
/// When the output cannot be written.
pub fn write_json(out: &mut dyn Write, stats: &Stats, known: &State) -> Result<()> {
    let value = StatsOut {
        schema: SCHEMA,
        folders: &known.folders,
        updated: &known.updated,
        unreadable: known.problems.len(),
        learnt: &*known.vocabulary,
        repeated_lines: known.boilerplate.len(),
        copied: known.copied.as_ref(),
        stats,
    };
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}
