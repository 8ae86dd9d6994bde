//! The articles that a query matches, as one bit each.

use tantivy::{DocAddress, DocId, Searcher};

/// Articles of an index.
pub struct Matched {
    /// Their number.
    pub total: u64,
    segments: Vec<Vec<u64>>,
}

impl Matched {
    /// None yet.
    pub fn new(searcher: &Searcher) -> Matched {
        Matched { total: 0, segments: vec![Vec::new(); searcher.segment_readers().len()] }
    }

    /// Adds one that was not there.
    pub fn add(&mut self, address: DocAddress) {
        self.total += 1;
        let bits = &mut self.segments[address.segment_ord as usize];
        let at = address.doc_id as usize / 64;
        if bits.len() <= at {
            bits.resize(at + 1, 0);
        }
        bits[at] |= 1 << (address.doc_id % 64);
    }

    /// Whether it is among them.
    pub fn has(&self, address: DocAddress) -> bool {
        let bits = self.segments.get(address.segment_ord as usize);
        let word = bits.and_then(|bits| bits.get(address.doc_id as usize / 64));
        word.is_some_and(|word| word & (1 << (address.doc_id % 64)) != 0)
    }

    /// The first of a segment from `target` on.
    pub fn next(&self, ordinal: u32, target: DocId) -> Option<DocId> {
        let words = self.segments.get(ordinal as usize)?;
        let mut at = target as usize / 64;
        let mut word = *words.get(at)? & (u64::MAX << (target % 64));
        while word == 0 {
            at += 1;
            word = *words.get(at)?;
        }
        DocId::try_from(at * 64 + word.trailing_zeros() as usize).ok()
    }

    /// Those of a segment, in the order of their numbers.
    pub fn of_segment(&self, ordinal: usize) -> impl Iterator<Item = DocId> + '_ {
        let words = self.segments.get(ordinal).map(Vec::as_slice).unwrap_or_default();
        (0..).zip(words).flat_map(|(at, word): (DocId, &u64)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}
