//! What tells a state of the index from any other: a digest over its articles that does not depend on their order.

use super::schema::FORMAT;
use crate::{Fingerprint, State};
use findbuch_german::FINGERPRINT;
use tantivy::Searcher;
use xxhash_rust::xxh3::xxh3_64;

/// Reads one column of the index.
pub fn fingerprint(searcher: &Searcher, state: &State) -> tantivy::Result<Fingerprint> {
    let (mut articles, mut sum) = (0u64, 0u64);
    for segment in searcher.segment_readers() {
        let contents = segment.fast_fields().u64("content")?;
        for document in segment.doc_ids_alive() {
            articles += 1;
            // numbers of articles are hashes; hashed again, so that near numbers do not cancel out
            let content = contents.first(document).unwrap_or_default();
            sum = sum.wrapping_add(xxh3_64(&content.to_le_bytes()));
        }
    }
    let vocabulary = serde_json::to_string(&state.vocabulary).unwrap_or_default();
    let all = format!("{FORMAT}\n{FINGERPRINT}\n{articles}\n{sum}\n{vocabulary}");
    Ok(Fingerprint {
        digest: format!("{:016x}", xxh3_64(all.as_bytes())),
        format: FORMAT,
        analyzer: FINGERPRINT.to_owned(),
        articles,
        updated: state.updated.clone(),
    })
}
