//! The boundaries of [`crate::analysis::segments`] in the index: terms of the field `bounds`, at positions of the field `text`.

use super::docset::ahead;
use crate::analysis::segments::{Boundary, SegmentKind, Segments};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

/// Reads boundaries in a segment of the index.
pub struct SegmentsReader {
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    kinds: Vec<(SegmentPostings, SegmentKind)>,
    bounds: Segments,
    spare: Vec<u32>,
}

impl SegmentsReader {
    pub fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<SegmentsReader> {
        let index = segment.inverted_index(field)?;
        let postings = |boundary: Boundary| {
            let term = Term::from_field_text(field, boundary.term());
            index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)
        };
        let mut kinds = Vec::new();
        for kind in SegmentKind::ALL {
            kinds.extend(postings(Boundary::Segment(kind))?.map(|postings| (postings, kind)));
        }
        Ok(SegmentsReader {
            sentences: postings(Boundary::Sentence)?,
            paragraphs: postings(Boundary::Paragraph)?,
            kinds,
            bounds: Segments::default(),
            spare: Vec::new(),
        })
    }

    /// The boundaries of a document; those of sentences only if they are wanted. Documents must be asked for in ascending order.
    pub fn read(&mut self, document: DocId, sentences: bool) -> &Segments {
        let SegmentsReader { sentences: postings, paragraphs, kinds, bounds, spare } = self;
        let Segments { sentences: all, paragraphs: begins, segments } = bounds;
        all.clear();
        begins.clear();
        segments.clear();
        for (postings, kind) in kinds {
            if ahead(postings, document) == document {
                postings.positions(spare);
                segments.extend(spare.iter().map(|position| (*position, *kind)));
            }
        }
        segments.sort_unstable();
        if let Some(postings) = paragraphs
            && ahead(postings, document) == document
        {
            postings.positions(begins);
        }
        begins.extend(segments.iter().map(|(position, _)| *position));
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
