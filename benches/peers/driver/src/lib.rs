//! What the measured programs share: the queries, and the timing of them.

use serde::Deserialize;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// What may go wrong is shown and ends the program.
pub type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Passes over all queries, of which the fastest counts for each.
const PASSES: usize = 3;
/// After so long no further pass begins.
const LONG: Duration = Duration::from_mins(1);

/// A line of the file of queries.
#[derive(Debug, Deserialize)]
pub struct Query {
    /// What is searched: these words in this relation.
    pub kind: Kind,
    /// One word, or as many as the relation takes.
    pub words: Vec<String>,
}

/// How the words of a query belong together.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One word.
    Word,
    /// All words.
    And,
    /// At least one.
    Or,
    /// The words one after the other.
    Phrase,
    /// Words that begin so.
    Prefix,
    /// Two words with at most five between.
    Near,
}

/// Prints how many microseconds each query took and how many hits it has, without and with snippets.
///
/// # Errors
/// When the queries cannot be read, or one fails.
pub fn measure(queries: &Path, mut search: impl FnMut(&Query, bool) -> Result<usize>) -> Result<()> {
    let queries: Vec<Query> =
        fs::read_to_string(queries)?.lines().map(serde_json::from_str).collect::<serde_json::Result<_>>()?;
    for (mode, snippets) in [("ids", false), ("snippets", true)] {
        let started = Instant::now();
        let mut best = vec![(f64::INFINITY, 0); queries.len()];
        for _ in 0..PASSES {
            for (query, (micros, hits)) in queries.iter().zip(&mut best) {
                let before = Instant::now();
                *hits = search(query, snippets)?;
                *micros = micros.min(before.elapsed().as_secs_f64() * 1e6);
            }
            if started.elapsed() > LONG {
                break;
            }
        }
        for (query, (micros, hits)) in best.into_iter().enumerate() {
            println!("{}", serde_json::json!({ "query": query, "mode": mode, "micros": micros, "hits": hits }));
        }
    }
    Ok(())
}
