//! Runs a compiled query: all matching articles are counted, the best are kept.

use super::compile::{Compiled, RelaxedQuery, compile};
use super::rank::Ranker;
use super::schema::Fields;
use crate::article::Article;
use crate::engine::highlight::Highlighter;
use crate::engine::snippets::snippets;
use crate::engine::{Hit, Hits, Ranking, Relaxed, SearchRequest, Sort};
use crate::german::Analyzer;
use std::cmp::Ordering;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyDocument};

/// Answers a request.
pub fn search(searcher: &Searcher, fields: &Fields, request: &SearchRequest<'_>) -> tantivy::Result<Hits> {
    let compiled = compile(request, fields, &mut Analyzer::default());
    let (total, found) = run(searcher, fields, &*compiled.matching, &compiled, request)?;
    let mut relaxed_by = None;
    let (total, found) = match &compiled.relaxed {
        Some(relaxed) if total == 0 => {
            relaxed_by = Some(relaxed);
            // an article that has a word in a compound must not rank below one that lacks it
            let ranking = Ranking { part_alone: 1.0, ..request.ranking };
            let request = SearchRequest { ranking, ..request.clone() };
            run(searcher, fields, &*relaxed.matching, &compiled, &request)?
        }
        _ => (total, found),
    };
    let mut highlighter = Highlighter::new(request.query);
    let mut hits = Vec::with_capacity(found.len());
    for (at, scored) in found.into_iter().enumerate().skip(request.offset) {
        let article = article(searcher, fields, scored.address)?;
        hits.push(Hit {
            rank: at + 1,
            score: scored.score,
            snippets: if request.snippets { snippets(&article, &mut highlighter) } else { Vec::new() },
            missing: relaxed_by.map_or(Ok(Vec::new()), |relaxed| missing(searcher, relaxed, scored.address))?,
            article,
        });
    }
    let relaxed = relaxed_by
        .filter(|_| total > 0)
        .map(|_| Relaxed { missing: hits.first().map(|h| h.missing.clone()).unwrap_or_default() });
    Ok(Hits { total, relaxed, hits })
}

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    let document: TantivyDocument = searcher.doc(address)?;
    let bytes = document.get_first(fields.article).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(bytes).map_err(|e| tantivy::TantivyError::InternalError(format!("stored article: {e}")))
}

/// Which optional words an article lacks.
fn missing(searcher: &Searcher, relaxed: &RelaxedQuery, address: DocAddress) -> tantivy::Result<Vec<String>> {
    let segment = searcher.segment_reader(address.segment_ord);
    let mut missing = Vec::new();
    for (typed, query) in &relaxed.optional {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() < address.doc_id {
            documents.seek(address.doc_id);
        }
        if documents.doc() != address.doc_id {
            missing.push(typed.clone());
        }
    }
    Ok(missing)
}

/// An article on its way into the result.
#[derive(Clone)]
struct Scored {
    score: f32,
    seconds: Option<i64>,
    address: DocAddress,
}

/// Number of matches, and the first `offset + limit` of them in order.
fn run(
    searcher: &Searcher,
    fields: &Fields,
    matching: &dyn TantivyQuery,
    compiled: &Compiled,
    request: &SearchRequest<'_>,
) -> tantivy::Result<(u64, Vec<Scored>)> {
    let weight = matching.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let ranking = match request.sort {
        Sort::Relevance => request.ranking,
        Sort::Newest | Sort::Oldest => Ranking { proximity: 0.0, ..request.ranking },
    };
    let ranker = Ranker::new(&compiled.words, searcher, fields, ranking)?;
    let mut best = Best::new(searcher, request)?;
    let mut total = 0;
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() == TERMINATED {
            continue;
        }
        let mut scores = ranker.segment(segment, fields)?;
        let mut document = documents.doc();
        while document != TERMINATED {
            if !segment.is_deleted(document) {
                total += 1;
                let score = scores.score(document, best.threshold);
                best.offer(score, DocAddress::new(ordinal, document));
            }
            document = documents.advance();
        }
    }
    Ok((total, best.into_sorted()))
}

/// The columns by which hits are ordered.
struct Columns {
    seconds: Option<Column<i64>>,
    ids: Option<StrColumn>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        Ok(Columns { seconds: segment.fast_fields().column_opt("seconds")?, ids: segment.fast_fields().str("id")? })
    }

    fn seconds(&self, document: DocId) -> Option<i64> {
        self.seconds.as_ref()?.first(document)
    }

    fn id(&self, document: DocId) -> String {
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
struct Best {
    columns: Vec<Columns>,
    sort: Sort,
    keep: usize,
    kept: Vec<Scored>,
    /// Score below which an article need not be offered.
    threshold: f32,
}

impl Best {
    fn new(searcher: &Searcher, request: &SearchRequest<'_>) -> tantivy::Result<Best> {
        let columns = searcher.segment_readers().iter().map(Columns::open).collect::<tantivy::Result<_>>()?;
        let keep = request.offset.saturating_add(request.limit.max(1));
        Ok(Best { columns, sort: request.sort, keep, kept: Vec::new(), threshold: f32::MIN })
    }

    fn offer(&mut self, score: f32, address: DocAddress) {
        if score < self.threshold {
            return;
        }
        let seconds = self.columns[address.segment_ord as usize].seconds(address.doc_id);
        self.kept.push(Scored { score, seconds, address });
        if self.kept.len() >= self.keep.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        if self.kept.len() <= self.keep {
            return;
        }
        let Best { columns, sort, kept, .. } = self;
        kept.select_nth_unstable_by(self.keep - 1, |a, b| order(columns, *sort, a, b));
        kept.truncate(self.keep);
        if self.sort == Sort::Relevance {
            self.threshold = kept.iter().map(|s| s.score).fold(f32::MAX, f32::min);
        }
    }

    fn into_sorted(mut self) -> Vec<Scored> {
        self.shrink();
        let Best { columns, sort, mut kept, .. } = self;
        kept.sort_unstable_by(|a, b| order(&columns, sort, a, b));
        kept
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
