//! Moving along the documents that have a term, in ascending order.

use tantivy::{DocId, DocSet};

/// Moves to `document` or the first one behind it.
pub fn ahead<D: DocSet + ?Sized>(documents: &mut D, document: DocId) -> DocId {
    if documents.doc() < document { documents.seek(document) } else { documents.doc() }
}
