//! The bounds of [`crate::text::segments`] in the index: terms of the field `bounds`, at positions of the field `text`.

use super::cursor::ahead;
use crate::text::segments::{KINDS, PARAGRAPH, SENTENCE, Segments};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

/// Reads bounds in a segment.
pub struct SegmentsReader {
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    kinds: Vec<(SegmentPostings, &'static str)>,
    bounds: Segments,
    spare: Vec<u32>,
}

impl SegmentsReader {
    pub fn open(segment: &SegmentReader, field: Field) -> tantivy::Result<SegmentsReader> {
        let index = segment.inverted_index(field)?;
        let postings =
            |term| index.read_postings(&Term::from_field_text(field, term), IndexRecordOption::WithFreqsAndPositions);
        let mut kinds = Vec::new();
        for kind in KINDS {
            kinds.extend(postings(kind)?.map(|postings| (postings, kind)));
        }
        Ok(SegmentsReader {
            sentences: postings(SENTENCE)?,
            paragraphs: postings(PARAGRAPH)?,
            kinds,
            bounds: Segments::default(),
            spare: Vec::new(),
        })
    }

    /// The bounds of a document; those of sentences only if they are wanted. Documents must be asked for in ascending order.
    pub fn read(&mut self, document: DocId, sentences: bool) -> &Segments {
        let SegmentsReader { sentences: postings, paragraphs, kinds, bounds, spare } = self;
        let Segments { sentences: all, paragraphs: begins, regions } = bounds;
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
