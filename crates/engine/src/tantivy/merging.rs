//! Which index segments are merged: those whose files have the checksums that they were written with. A merge writes new
//! checksums, so it would pass damage on as if it were whole.

use super::check::damaged_files;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::index::SegmentId;
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{Index, SegmentMeta};

/// Damaged segments: articles of each, and its damaged files.
pub type Damaged = BTreeMap<SegmentId, (u32, Vec<String>)>;

/// Chooses as tantivy does, among the segments that are whole.
#[derive(Debug)]
pub struct WholeSegments {
    index: Index,
    choice: LogMergePolicy,
    examined: Mutex<HashSet<(SegmentId, Option<u64>)>>,
    damaged: Arc<Mutex<Damaged>>,
}

impl WholeSegments {
    /// Examines files of `index`; what is damaged comes to `damaged`.
    pub fn new(index: Index, damaged: Arc<Mutex<Damaged>>) -> WholeSegments {
        WholeSegments { index, choice: LogMergePolicy::default(), examined: Mutex::default(), damaged }
    }

    /// Whether a segment's files have their checksums; computed once for each state of the segment.
    fn is_whole(&self, segment: &SegmentMeta) -> bool {
        if !lock(&self.examined).insert((segment.id(), segment.delete_opstamp())) {
            return !lock(&self.damaged).contains_key(&segment.id());
        }
        let files = damaged_files(&self.index, segment);
        let whole = files.is_empty();
        if !whole {
            lock(&self.damaged).insert(segment.id(), (segment.num_docs(), files));
        }
        whole
    }
}

impl MergePolicy for WholeSegments {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut left: Vec<SegmentMeta> = segments.to_vec();
        left.retain(|segment| !lock(&self.damaged).contains_key(&segment.id()));
        loop {
            let candidates = self.choice.compute_merge_candidates(&left);
            let chosen: HashSet<SegmentId> = candidates.iter().flat_map(|candidate| candidate.0.clone()).collect();
            let before = left.len();
            left.retain(|segment| !chosen.contains(&segment.id()) || self.is_whole(segment));
            if left.len() == before {
                return candidates;
            }
        }
    }
}

/// What is shared, even after a thread that had it panicked: each change of it is whole.
pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
