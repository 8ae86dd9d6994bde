//! Removes the articles that have a term from the segments that were there when it was asked for.
//!
//! Tantivy applies a deletion to every segment that is given to it before the commit, even to those that are given to it later. So each
//! deletion and each segment has its place in one order, and a deletion spares the segments behind it.

use super::merging::lock;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tantivy::index::SegmentId;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, TantivyError, Term};

/// The order of what a writer does.
#[derive(Debug, Default)]
pub struct Order(Mutex<(u64, HashMap<SegmentId, u64>)>);

impl Order {
    /// A segment comes next.
    pub fn add(&self, segment: SegmentId) {
        let (next, segments) = &mut *lock(&self.0);
        segments.insert(segment, *next);
        *next += 1;
    }

    /// A removal comes next.
    pub fn removal(self: &Arc<Order>, term: Term) -> Removal {
        let (next, _) = &mut *lock(&self.0);
        *next += 1;
        Removal { term, place: *next - 1, order: Arc::clone(self) }
    }

    /// Whether a segment came behind a place. Those that were there before the writer, and those that are merged of others, have none; what is
    /// merged has been rid of all that was removed before.
    fn is_behind(&self, segment: SegmentId, place: u64) -> bool {
        lock(&self.0).1.get(&segment).is_some_and(|at| *at > place)
    }
}

/// A removal, as the query whose articles tantivy deletes.
#[derive(Debug, Clone)]
pub struct Removal {
    term: Term,
    place: u64,
    order: Arc<Order>,
}

impl Query for Removal {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(RemovalWeight(self.clone())))
    }
}

struct RemovalWeight(Removal);

impl Weight for RemovalWeight {
    fn scorer(&self, segment: &SegmentReader, score: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Removal { term, place, order } = &self.0;
        if order.is_behind(segment.segment_id(), *place) {
            return Ok(Box::new(EmptyScorer));
        }
        let postings = segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?;
        Ok(match postings {
            Some(postings) => Box::new(ConstScorer::new(postings, score)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}
