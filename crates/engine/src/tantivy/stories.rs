//! Which articles of the whole index tell one story, by [`stories`], as numbers of documents.
//!
//! Computed once a commit and kept as a file in the generation's folder. The file names its commit and has a checksum; where it is
//! missing, damaged or of another commit, the stories are computed again in memory, so that nothing depends on it.

use super::sketches::Sketches;
use crate::versions::stories::{Candidate, stories};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tantivy::{DocAddress, DocId, Searcher};
use xxhash_rust::xxh3::xxh3_64;

/// The file's name, and its first bytes, which name the form of the rest.
const FILE: &str = "stories";
const MAGIC: &[u8; 8] = b"stories1";
/// Bytes before the pairs: magic, commit, checksum.
const HEAD: usize = 24;

/// The stories that have more than one article.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// Number of the first article of each segment, when those of all are numbered through.
    starts: Vec<u64>,
    /// Articles by their number, each with the number of its story's first; ascending.
    pairs: Vec<(u32, u32)>,
}

impl Stories {
    /// Those of a commit, from its file if that fits; else they are computed, and written where that is allowed.
    pub fn of(searcher: &Searcher, generation: &Path) -> tantivy::Result<Stories> {
        let starts = starts(searcher);
        let commit = commit(searcher);
        let read = fs::read(generation.join(FILE)).ok().and_then(|bytes| decode(&bytes, commit));
        if let Some(pairs) = read {
            return Ok(Stories { starts, pairs });
        }
        let stories = Stories { pairs: compute(searcher, &starts)?, starts };
        stories.write(generation, commit);
        Ok(stories)
    }

    /// The story of an article; nothing if it is alone.
    pub fn story(&self, address: DocAddress) -> Option<u32> {
        if self.pairs.is_empty() {
            return None;
        }
        let start = self.starts.get(address.segment_ord as usize)?;
        let number = u32::try_from(start + u64::from(address.doc_id)).ok()?;
        let at = self.pairs.binary_search_by_key(&number, |pair| pair.0).ok()?;
        self.pairs.get(at).map(|pair| pair.1)
    }

    /// Best effort: a reader may not be allowed to write, a disk may be full.
    fn write(&self, generation: &Path, commit: u64) {
        let _ = findbuch_files::write(&generation.join(FILE), &encode(&self.pairs, commit));
    }
}

/// Removes what killed processes left.
pub fn tidy(generation: &Path) {
    findbuch_files::remove_unfinished(&generation.join(FILE));
}

fn starts(searcher: &Searcher) -> Vec<u64> {
    let sizes = searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc()));
    sizes.scan(0, |sum, size| Some(std::mem::replace(sum, *sum + size))).collect()
}

/// Identifies a commit by its segments in their order and what is deleted in each.
fn commit(searcher: &Searcher) -> u64 {
    let mut text = String::new();
    for segment in searcher.segment_readers() {
        let (id, opstamp) = (segment.segment_id().uuid_string(), segment.delete_opstamp());
        // writing to a string does not fail
        let _ = write!(text, "{id} {} {} {opstamp:?};", segment.max_doc(), segment.num_deleted_docs());
    }
    xxh3_64(text.as_bytes())
}

/// The stories of the articles that are not deleted, by their numbers. The number an article was added with comes first in its
/// key, since that does not depend on segments.
fn compute(searcher: &Searcher, starts: &[u64]) -> tantivy::Result<Vec<(u32, u32)>> {
    let mut candidates = Vec::new();
    for (segment, start) in searcher.segment_readers().iter().zip(starts) {
        let (seconds, contents) =
            (segment.fast_fields().column_opt::<i64>("seconds")?, segment.fast_fields().u64("content")?);
        let sketches = Sketches::open(segment)?;
        for document in segment.doc_ids_alive() {
            let number = start + u64::from(document);
            let (Some(sketch), Ok(number)) = (sketches.get(document), u32::try_from(number)) else { continue };
            let seconds = seconds.as_ref().and_then(|column| column.first(document));
            let key = (contents.first(document).unwrap_or_default(), number);
            candidates.push(Candidate { seconds, sketch, key });
        }
    }
    let mut pairs: Vec<(u32, u32)> =
        stories(candidates).into_iter().map(|((_, number), (_, story))| (number, story)).collect();
    pairs.sort_unstable();
    Ok(pairs)
}

fn encode(pairs: &[(u32, u32)], commit: u64) -> Vec<u8> {
    let mut body = Vec::with_capacity(pairs.len() * 8);
    for (number, story) in pairs {
        body.extend_from_slice(&number.to_le_bytes());
        body.extend_from_slice(&story.to_le_bytes());
    }
    let mut bytes = Vec::with_capacity(HEAD + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&commit.to_le_bytes());
    bytes.extend_from_slice(&checksum(&body, commit).to_le_bytes());
    bytes.append(&mut body);
    bytes
}

fn checksum(body: &[u8], commit: u64) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(body, commit)
}

/// The pairs of a file, if it is of this commit, whole, and ascending.
fn decode(bytes: &[u8], commit: u64) -> Option<Vec<(u32, u32)>> {
    let (head, body) = bytes.split_at_checked(HEAD)?;
    let (magic, rest) = head.split_first_chunk::<8>()?;
    let (of, rest) = rest.split_first_chunk::<8>()?;
    let (sum, _) = rest.split_first_chunk::<8>()?;
    let fits = magic == MAGIC
        && u64::from_le_bytes(*of) == commit
        && u64::from_le_bytes(*sum) == checksum(body, commit)
        && body.len() % 8 == 0;
    if !fits {
        return None;
    }
    let pairs: Vec<(u32, u32)> = body
        .chunks_exact(8)
        .filter_map(|pair| {
            let (number, story) = (pair.first_chunk::<4>()?, pair.last_chunk::<4>()?);
            Some((u32::from_le_bytes(*number), u32::from_le_bytes(*story)))
        })
        .collect();
    pairs.is_sorted_by(|a: &(DocId, u32), b| a.0 < b.0).then_some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_file_is_read_as_it_was_written(numbers in proptest::collection::btree_map(any::<u32>(), any::<u32>(), 0..50)) {
            let pairs: Vec<(u32, u32)> = numbers.into_iter().collect();
            let bytes = encode(&pairs, 7);
            prop_assert_eq!(decode(&bytes, 7), Some(pairs));
            prop_assert_eq!(decode(&bytes, 8), None, "another commit");
        }

        #[test]
        fn a_damaged_file_is_none(at in 0usize..40, change in 1u8..=255) {
            let mut bytes = encode(&[(1, 1), (5, 1)], 7);
            bytes[at] ^= change;
            prop_assert_eq!(decode(&bytes, 7), None);
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode(&bytes, 7), None);
        }
    }

    #[test]
    fn a_file_out_of_order_is_none() {
        assert_eq!(decode(&encode(&[(5, 1), (1, 1)], 7), 7), None);
        let whole = encode(&[(1, 1), (5, 1)], 7);
        assert_eq!(decode(&whole[..whole.len() - 1], 7), None);
    }
}
