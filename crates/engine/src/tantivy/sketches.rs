//! The sketches of articles, by which near-identical ones are known, as a column.

use crate::versions::sketch::Sketch;
use tantivy::{DocId, SegmentReader};

/// The sketches of a segment.
pub struct Sketches(Option<tantivy::columnar::BytesColumn>);

impl Sketches {
    /// Opens them.
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Sketches> {
        Ok(Sketches(segment.fast_fields().bytes("sketch")?))
    }

    /// The sketch of an article; nothing for a short one.
    pub fn get(&self, document: DocId) -> Option<Sketch> {
        let column = self.0.as_ref()?;
        let ordinal = column.term_ords(document).next()?;
        let mut bytes = Vec::new();
        column.ord_to_bytes(ordinal, &mut bytes).ok()?;
        Sketch::from_bytes(&bytes)
    }
}
