//! What tells a state of the index from any other: a digest over its articles that does not depend on their order.

use super::schema::FORMAT;
use crate::{Fingerprint, State};
use tantivy::Searcher;

/// Reads one column of the index.
pub fn fingerprint(searcher: &Searcher, state: &State) -> tantivy::Result<Fingerprint> {
    let mut numbers = Vec::new();
    for segment in searcher.segment_readers() {
        let contents = segment.fast_fields().u64("content")?;
        numbers.extend(segment.doc_ids_alive().map(|document| contents.first(document).unwrap_or_default()));
    }
    Ok(Fingerprint::of(FORMAT, state, numbers))
}
