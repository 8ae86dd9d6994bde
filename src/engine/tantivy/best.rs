//! Keeps the first articles of a result: by the sort asked for, ties by date, the later first, then by id.

use crate::engine::{SearchRequest, Sort};
use std::cmp::Ordering;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

/// An article on its way into the result.
#[derive(Clone)]
pub struct Scored {
    pub score: f32,
    pub seconds: Option<i64>,
    pub address: DocAddress,
    /// Whether it has all that is asked for.
    pub complete: bool,
}

/// The columns by which hits are ordered.
pub struct Columns {
    seconds: Option<Column<i64>>,
    ids: Option<StrColumn>,
}

impl Columns {
    pub fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        Ok(Columns { seconds: segment.fast_fields().column_opt("seconds")?, ids: segment.fast_fields().str("id")? })
    }

    pub fn seconds(&self, document: DocId) -> Option<i64> {
        self.seconds.as_ref()?.first(document)
    }

    pub fn id(&self, document: DocId) -> String {
        let mut id = String::new();
        if let Some(ids) = &self.ids
            && let Some(ordinal) = ids.term_ords(document).next()
        {
            // an id that cannot be read sorts first
            let _ = ids.ord_to_str(ordinal, &mut id);
        }
        id
    }
}

/// Keeps the first `keep` articles of those offered.
pub struct Best {
    columns: Vec<Columns>,
    sort: Sort,
    keep: usize,
    kept: Vec<Scored>,
    /// Score below which an article need not be offered.
    pub threshold: f32,
}

impl Best {
    pub fn new(searcher: &Searcher, request: &SearchRequest<'_>) -> tantivy::Result<Best> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<_>>()?;
        let keep = request.offset.saturating_add(request.limit.max(1));
        Ok(Best { columns, sort: request.sort, keep, kept: Vec::new(), threshold: f32::MIN })
    }

    pub fn offer(&mut self, score: f32, address: DocAddress, complete: bool) {
        if score < self.threshold {
            return;
        }
        let seconds = self.columns[address.segment_ord as usize].seconds(address.doc_id);
        self.kept.push(Scored { score, seconds, address, complete });
        if self.kept.len() >= self.keep.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() > self.keep {
            let Best { columns, sort, kept, .. } = self;
            kept.select_nth_unstable_by(self.keep - 1, |a, b| order(columns, *sort, a, b));
            kept.truncate(self.keep);
        }
        self.tighten();
    }

    /// Takes up the least score that is kept as the threshold, if no more articles can be kept.
    pub fn tighten(&mut self) {
        if self.kept.len() > self.keep {
            self.shrink();
        } else if self.kept.len() == self.keep && self.sort == Sort::Relevance {
            self.threshold = self.kept.iter().map(|s| s.score).fold(f32::MAX, f32::min);
        }
    }

    pub fn into_sorted(mut self) -> (Vec<Scored>, Vec<Columns>) {
        self.shrink();
        let Best { columns, sort, mut kept, .. } = self;
        kept.sort_unstable_by(|a, b| order(&columns, sort, a, b));
        (kept, columns)
    }
}

/// Which of two articles comes first: by the sort asked for, then the later, then by id.
fn order(columns: &[Columns], sort: Sort, a: &Scored, b: &Scored) -> Ordering {
    let newest = || match (a.seconds, b.seconds) {
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let first = match sort {
        Sort::Relevance => b.score.total_cmp(&a.score).then_with(newest),
        Sort::Newest => newest(),
        Sort::Oldest => match (a.seconds, b.seconds) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => newest(),
        },
    };
    let id = |scored: &Scored| columns[scored.address.segment_ord as usize].id(scored.address.doc_id);
    first
        .then_with(|| if a.address == b.address { Ordering::Equal } else { id(a).cmp(&id(b)) })
        .then(a.address.cmp(&b.address))
}
