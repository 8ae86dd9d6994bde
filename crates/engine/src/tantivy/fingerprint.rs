//! The fingerprint of an index: a digest over its articles that does not depend on their order.

use super::schema::FORMAT;
use crate::{EngineError, Fingerprint, State};
use findbuch_german::FINGERPRINT;
use tantivy::{Searcher, TantivyError};
use xxhash_rust::xxh3::xxh3_64;

/// Reads one column of the index. `failed` makes our errors of tantivy's.
pub fn fingerprint(
    searcher: &Searcher,
    state: &State,
    failed: impl Fn(&TantivyError) -> EngineError,
) -> Result<Fingerprint, EngineError> {
    let encode = |source| EngineError::Encode { what: "the vocabulary".into(), source };
    let vocabulary = serde_json::to_string(&state.vocabulary).map_err(encode)?;
    let (articles, sum) = sum(searcher).map_err(|error| failed(&error))?;
    let all = format!("{FORMAT}\n{FINGERPRINT}\n{articles}\n{sum}\n{vocabulary}");
    Ok(Fingerprint {
        digest: format!("{:016x}", xxh3_64(all.as_bytes())),
        format: FORMAT,
        analyzer: FINGERPRINT.to_owned(),
        articles,
        updated: state.updated.clone(),
    })
}

/// The number of articles, and a sum over their contents in which their order does not matter.
fn sum(searcher: &Searcher) -> tantivy::Result<(u64, u64)> {
    let (mut articles, mut sum) = (0u64, 0u64);
    for segment in searcher.segment_readers() {
        let contents = segment.fast_fields().u64("content")?;
        for document in segment.doc_ids_alive() {
            articles += 1;
            // content numbers are hashes; hashed again, so that numbers next to each other do not cancel out
            let content = contents.first(document).unwrap_or_default();
            sum = sum.wrapping_add(xxh3_64(&content.to_le_bytes()));
        }
    }
    Ok((articles, sum))
}
