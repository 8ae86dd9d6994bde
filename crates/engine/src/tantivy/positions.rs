//! Words side by side or close together, each with any of several stems, which tantivy's phrase query does not support.
//!
//! Positions are compared exactly; every stem of a slot counts as the same word.

use crate::analysis::closeness::{in_order, together};
use crate::deadline::{Deadline, Watch};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// Words that must stand together.
#[derive(Debug, Clone)]
pub struct Positions {
    /// Where they are looked for.
    pub field: Field,
    /// For each word the terms that match it.
    pub slots: Vec<Vec<Term>>,
    /// Nothing: side by side in this order. A number: in any order, with at most as many other words among them.
    pub between: Option<u32>,
    /// When the search must have ended.
    pub deadline: Deadline,
}

impl Positions {
    /// Opens the postings in a segment; nothing if a word is in none of its documents. No document is looked at yet.
    pub fn open(&self, segment: &SegmentReader) -> tantivy::Result<Option<Together>> {
        let index = segment.inverted_index(self.field)?;
        let mut slots = Vec::with_capacity(self.slots.len());
        for terms in &self.slots {
            let mut postings = Vec::new();
            for term in terms {
                postings.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            if postings.is_empty() {
                return Ok(None);
            }
            slots.push(Slot { postings, positions: Vec::new() });
        }
        Ok(Some(Together {
            slots,
            between: self.between,
            watch: self.deadline.watch(),
            document: None,
            starts: Vec::new(),
            ends: Vec::new(),
            spare: Vec::new(),
        }))
    }
}

impl Query for Positions {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PositionsWeight(self.clone())))
    }
}

struct PositionsWeight(Positions);

impl Weight for PositionsWeight {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        match self.0.open(segment)? {
            Some(together) => Ok(Box::new(PositionsScorer::of(together))),
            None => Ok(Box::new(tantivy::query::EmptyScorer)),
        }
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}

/// A word: the postings of the terms that match it.
struct Slot {
    postings: Vec<SegmentPostings>,
    positions: Vec<u32>,
}

impl Slot {
    /// The first document from `document` on.
    fn seek(&mut self, document: DocId) -> DocId {
        let ahead = |postings: &mut SegmentPostings| {
            if postings.doc() < document { postings.seek(document) } else { postings.doc() }
        };
        self.postings.iter_mut().map(ahead).min().unwrap_or(TERMINATED)
    }

    /// Reads the positions in a document, in order.
    fn read(&mut self, document: DocId, spare: &mut Vec<u32>) {
        self.positions.clear();
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == document) {
            postings.positions(spare);
            self.positions.append(spare);
        }
        if self.postings.len() > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
    }
}

/// The documents that have the words together, which are asked for in ascending order.
pub struct Together {
    slots: Vec<Slot>,
    between: Option<u32>,
    watch: Watch,
    /// The last document that was found.
    document: Option<DocId>,
    /// Where the words begin in the current document.
    starts: Vec<u32>,
    /// Where each of them ends, if other words may stand among them.
    ends: Vec<u32>,
    spare: Vec<u32>,
}

impl Together {
    /// Whether other words may stand among them.
    pub fn is_apart(&self) -> bool {
        self.between.is_some()
    }

    /// Where the words begin in the current document, in order; not empty.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Where the words begin and end in the current document.
    pub fn stretches(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let length = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        (0..).zip(&self.starts).map(move |(at, start)| {
            let side_by_side = start.saturating_add(length.saturating_sub(1));
            (*start, self.ends.get::<usize>(at).copied().unwrap_or(side_by_side))
        })
    }

    /// Whether a document is the one that was found last.
    pub fn stands_at(&self, document: DocId) -> bool {
        self.document == Some(document)
    }

    /// How many documents there are at most.
    pub fn size_hint(&self) -> u32 {
        let sizes = self.slots.iter().map(|slot| slot.postings.iter().map(DocSet::size_hint).sum());
        sizes.min().unwrap_or(0)
    }

    /// Moves to `target` or the first matching document behind it.
    pub fn ahead(&mut self, target: DocId) -> DocId {
        match self.document {
            Some(document) if document >= target => document,
            _ => {
                let document = if target == TERMINATED { TERMINATED } else { self.next_from(target) };
                *self.document.insert(document)
            }
        }
    }

    /// Whether a document matches; those before it that were not asked for are passed over unseen.
    pub fn is_at(&mut self, document: DocId) -> bool {
        if let Some(found) = self.document.filter(|found| *found >= document) {
            return found == document;
        }
        if self.watch.one() || !self.slots.iter_mut().all(|slot| slot.seek(document) == document) {
            return false;
        }
        let matches = self.stand_together(document);
        if matches {
            self.document = Some(document);
        }
        matches
    }

    /// The first matching document from `document` on; none when the time is over.
    fn next_from(&mut self, mut document: DocId) -> DocId {
        while !self.watch.one() {
            let mut agreed = document;
            for slot in &mut self.slots {
                agreed = slot.seek(agreed).max(agreed);
                if agreed == TERMINATED {
                    return TERMINATED;
                }
            }
            let all = self.slots.iter_mut().all(|slot| slot.seek(agreed) == agreed);
            if all && self.stand_together(agreed) {
                return agreed;
            }
            document = if all { agreed + 1 } else { agreed };
        }
        TERMINATED
    }

    fn stand_together(&mut self, document: DocId) -> bool {
        for slot in &mut self.slots {
            slot.read(document, &mut self.spare);
        }
        self.starts.clear();
        self.ends.clear();
        let words: Vec<&[u32]> = self.slots.iter().map(|slot| slot.positions.as_slice()).collect();
        match self.between {
            None => in_order(&words, &mut self.starts),
            Some(between) => together(&words, between, &mut self.starts, &mut self.ends),
        }
        !self.starts.is_empty()
    }
}

/// The documents that have the words together, as tantivy walks through them.
pub struct PositionsScorer {
    together: Together,
    document: DocId,
}

impl PositionsScorer {
    /// At the first document.
    pub fn of(mut together: Together) -> PositionsScorer {
        let document = together.ahead(0);
        PositionsScorer { together, document }
    }

    /// Where the words begin in the current document, in order; not empty.
    pub fn starts(&self) -> &[u32] {
        self.together.starts()
    }
}

impl DocSet for PositionsScorer {
    fn advance(&mut self) -> DocId {
        if self.document != TERMINATED {
            self.document = self.together.ahead(self.document + 1);
        }
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.document = self.together.ahead(target);
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.together.size_hint()
    }
}

impl Scorer for PositionsScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}
