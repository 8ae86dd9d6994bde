//! The fingerprint of an index: a digest over its articles that does not depend on their order.

use tantivy::Searcher;

/// The numbers of all articles; reads one column of the index.
pub fn contents(searcher: &Searcher) -> tantivy::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for segment in searcher.segment_readers() {
        let contents = segment.fast_fields().u64("content")?;
        numbers.extend(segment.doc_ids_alive().map(|document| contents.first(document).unwrap_or_default()));
    }
    Ok(numbers)
}
