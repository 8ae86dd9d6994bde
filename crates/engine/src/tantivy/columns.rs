//! The columns by which hits and the articles of a story are ordered.

use crate::versions::stories::StoryOrder;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Mutex;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, TantivyError};

/// Most names of a column for each article: an author is one of 100, a tag of 200.
const MAX_NAMES: usize = 1000;

/// Zeros for each name of a column. A damaged column may claim to have any number of names.
pub fn for_each_name<T: Default + Clone>(names: &StrColumn, segment: &SegmentReader) -> tantivy::Result<Vec<T>> {
    let most = (segment.max_doc() as usize + 1).saturating_mul(MAX_NAMES);
    if names.num_terms() > most {
        let message = format!("a column of {} articles has {} names", segment.max_doc(), names.num_terms());
        return Err(TantivyError::InternalError(message));
    }
    Ok(vec![T::default(); names.num_terms()])
}

/// The columns by which hits are ordered.
pub struct Columns {
    seconds: Option<Column<i64>>,
    ids: Option<StrColumn>,
    /// Ids that were read, since each takes a look through a block of them.
    known: Mutex<HashMap<DocId, Box<str>>>,
}

/// Ids of a segment that are remembered.
const MAX_REMEMBERED: usize = 10_000;

impl Columns {
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let (seconds, ids) = (segment.fast_fields().column_opt("seconds")?, segment.fast_fields().str("id")?);
        Ok(Columns { seconds, ids, known: Mutex::default() })
    }

    /// Those of all segments.
    pub fn of(searcher: &Searcher) -> tantivy::Result<Vec<Columns>> {
        searcher.segment_readers().iter().map(Columns::open).collect()
    }

    pub fn seconds(&self, document: DocId) -> Option<i64> {
        self.seconds.as_ref()?.first(document)
    }

    pub fn id(&self, document: DocId) -> String {
        if let Some(id) = self.known.lock().ok().and_then(|known| known.get(&document).cloned()) {
            return id.into();
        }
        let id = self.read_id(document);
        if let Ok(mut known) = self.known.lock() {
            if known.len() >= MAX_REMEMBERED {
                known.clear();
            }
            known.insert(document, id.as_str().into());
        }
        id
    }

    fn id_number(&self, document: DocId) -> Option<u64> {
        self.ids.as_ref()?.term_ords(document).next()
    }

    fn read_id(&self, document: DocId) -> String {
        let mut id = String::new();
        if let Some(ids) = &self.ids
            && let Some(number) = self.id_number(document)
        {
            // an id that cannot be read sorts first
            let _ = ids.ord_to_str(number, &mut id);
        }
        id
    }
}

/// The place of an article among those of its story.
pub fn story_order(address: DocAddress, columns: &[Columns]) -> (StoryOrder, DocAddress) {
    let columns = columns.get(address.segment_ord as usize);
    let seconds = columns.and_then(|columns| columns.seconds(address.doc_id));
    let id = columns.map(|columns| columns.id(address.doc_id)).unwrap_or_default();
    (StoryOrder { seconds, id }, address)
}

/// Which of two articles is the earlier one: as their [`story_order`], without reading ids that do not matter.
pub fn earlier(a: DocAddress, b: DocAddress, columns: &[Columns]) -> Ordering {
    let seconds = |at: DocAddress| {
        let seconds = columns.get(at.segment_ord as usize).and_then(|columns| columns.seconds(at.doc_id));
        StoryOrder { seconds, id: String::new() }
    };
    seconds(a).cmp(&seconds(b)).then_with(|| by_id(a, b, columns)).then(a.cmp(&b))
}

/// The order of two articles by their ids.
pub fn by_id(a: DocAddress, b: DocAddress, columns: &[Columns]) -> Ordering {
    let of = |at: DocAddress| columns.get(at.segment_ord as usize);
    if a.segment_ord == b.segment_ord {
        // the ids of a segment are numbered in their order
        let number = |at: DocAddress| of(at).and_then(|columns| columns.id_number(at.doc_id));
        return number(a).cmp(&number(b));
    }
    let id = |at: DocAddress| of(at).map(|columns| columns.id(at.doc_id)).unwrap_or_default();
    id(a).cmp(&id(b))
}
