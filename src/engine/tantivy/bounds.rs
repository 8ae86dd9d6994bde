//! Where sentences, paragraphs and the kinds of parts begin: terms of the field `bounds`, at positions of the field `text`.
//!
//! Parts stand in `text` in the order of [`order`], so that the paragraphs of the body follow each other. The first word of a
//! part has the term of its kind, paragraphs and crossheads within the body excepted, which have [`PARAGRAPH`]; the first word of
//! every other sentence has [`SENTENCE`].

use super::cursor::ahead;
use crate::article::PartKind;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

/// Begins a sentence within a part.
pub const SENTENCE: &str = "s";
/// Begins a paragraph or crosshead of the body, the first excepted.
pub const PARAGRAPH: &str = "p";
/// The terms of all kinds.
const KINDS: [&str; 7] = ["k", "h", "u", "l", "b", "q", "c"];

/// The term of a kind of parts; of the body there is one.
pub const fn of_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Kicker => "k",
        PartKind::Headline => "h",
        PartKind::Subhead => "u",
        PartKind::Lead => "l",
        PartKind::Paragraph | PartKind::Crosshead | PartKind::Boilerplate => "b",
        PartKind::PullQuote => "q",
        PartKind::Caption => "c",
    }
}

/// The place of a kind among the others in `text`: the head, the body, quotes, captions.
pub fn order(kind: PartKind) -> u8 {
    match kind {
        PartKind::Kicker | PartKind::Headline | PartKind::Subhead | PartKind::Lead => 0,
        PartKind::Paragraph | PartKind::Crosshead | PartKind::Boilerplate => 1,
        PartKind::PullQuote => 2,
        PartKind::Caption => 3,
    }
}

/// The bounds of one article, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Where sentences begin.
    pub sentences: Vec<u32>,
    /// Where parts, and paragraphs of the body, begin.
    pub paragraphs: Vec<u32>,
    /// Where parts begin, the whole body being one, with the term of their kind.
    pub regions: Vec<(u32, &'static str)>,
}

impl Bounds {
    /// Words between two places, the first of which ends before the other begins; nothing if they are in different parts.
    pub fn between(&self, end: u32, start: u32) -> Option<u32> {
        let behind = |position: u32| self.regions.partition_point(|(begin, _)| *begin <= position);
        if behind(end) != behind(start) {
            return None;
        }
        // an unused position stands before each paragraph
        let gaps = number(&self.paragraphs, start) - number(&self.paragraphs, end);
        Some((start - end - 1).saturating_sub(u32::try_from(gaps).unwrap_or(u32::MAX)))
    }

    /// The kind of the part that a position is in.
    pub fn kind(&self, position: u32) -> Option<&'static str> {
        let behind = self.regions.partition_point(|(begin, _)| *begin <= position);
        self.regions.get(behind.checked_sub(1)?).map(|(_, kind)| *kind)
    }

    /// The number of the sentence that a position is in.
    pub fn sentence(&self, position: u32) -> usize {
        number(&self.sentences, position)
    }

    /// The number of the paragraph that a position is in.
    pub fn paragraph(&self, position: u32) -> usize {
        number(&self.paragraphs, position)
    }
}

/// How many bounds lie at or before a position.
fn number(bounds: &[u32], position: u32) -> usize {
    bounds.partition_point(|begin| *begin <= position)
}

/// Reads bounds in a segment.
pub struct BoundsReader {
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    kinds: Vec<(SegmentPostings, &'static str)>,
    bounds: Bounds,
    spare: Vec<u32>,
}

impl BoundsReader {
    pub fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<BoundsReader> {
        let index = segment.inverted_index(field)?;
        let postings =
            |term| index.read_postings(&Term::from_field_text(field, term), IndexRecordOption::WithFreqsAndPositions);
        let mut kinds = Vec::new();
        for kind in KINDS {
            kinds.extend(postings(kind)?.map(|postings| (postings, kind)));
        }
        Ok(BoundsReader {
            sentences: postings(SENTENCE)?,
            paragraphs: postings(PARAGRAPH)?,
            kinds,
            bounds: Bounds::default(),
            spare: Vec::new(),
        })
    }

    /// The bounds of a document; those of sentences only if they are wanted. Documents must be asked for in ascending order.
    pub fn read(&mut self, document: DocId, sentences: bool) -> &Bounds {
        let BoundsReader { sentences: postings, paragraphs, kinds, bounds, spare } = self;
        let Bounds { sentences: all, paragraphs: begins, regions } = bounds;
        all.clear();
        begins.clear();
        regions.clear();
        for (postings, kind) in kinds {
            if ahead(postings, document) == document {
                postings.positions(spare);
                regions.extend(spare.iter().map(|position| (*position, *kind)));
            }
        }
        regions.sort_unstable();
        if let Some(postings) = paragraphs
            && ahead(postings, document) == document
        {
            postings.positions(begins);
        }
        begins.extend(regions.iter().map(|(position, _)| *position));
        begins.sort_unstable();
        if sentences {
            if let Some(postings) = postings
                && ahead(postings, document) == document
            {
                postings.positions(all);
            }
            all.extend_from_slice(begins);
            all.sort_unstable();
        }
        bounds
    }
}
