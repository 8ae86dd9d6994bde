//! A whole result, its articles read one at a time: addresses are held in order, articles are not.

use super::best::{Columns, Scored};
use super::compile::{Compiled, Partial, compile};
use super::schema::Fields;
use super::search::{article, find, missing};
use crate::deadline::Deadline;
use crate::plan::words::Word;
use crate::text::highlight::Highlighter;
use crate::text::snippets::snippets;
use crate::{Detail, EngineError, Hit, SearchRequest, Stream};
use findbuch_article::Article;
use findbuch_german::Analyzer;
use tantivy::{Searcher, TantivyError};

/// Every article that has all that is asked for.
pub fn stream<'a>(
    searcher: &Searcher,
    fields: Fields,
    request: &SearchRequest<'_>,
    words: &[Word],
    mut analyzer: Analyzer,
    deadline: &Deadline,
    failed: impl Fn(TantivyError) -> EngineError + 'a,
) -> tantivy::Result<Stream<'a>> {
    let whole = SearchRequest { offset: 0, limit: usize::MAX, fill: false, ..request.clone() };
    // articles that lack words are not looked for, not even where none has all
    let compiled = Compiled { partial: None, ..compile(&whole, &fields, words, deadline) };
    let found = find(searcher, &fields, &whole, &compiled, &mut analyzer, None)?;
    let mut hit_of = HitOf::new(searcher, &fields, &whole, analyzer);
    let columns = found.columns;
    let (within, mut ended) = (deadline.clone(), false);
    let hits = (0..).zip(found.best).map_while(move |(at, scored)| {
        if ended {
            return None;
        }
        ended = within.is_over();
        Some(if ended { Err(EngineError::TimedOut) } else { hit_of.hit(at, &scored, None, &columns).map_err(&failed) })
    });
    Ok(Stream { total: found.matched.total, hits: Box::new(hits), deadline: deadline.clone() })
}

/// Makes hits of what was found.
pub struct HitOf {
    searcher: Searcher,
    fields: Fields,
    detail: Detail,
    highlighter: Highlighter,
}

impl HitOf {
    /// Takes up what the request wants to be told of a hit.
    pub fn new(searcher: &Searcher, fields: &Fields, request: &SearchRequest<'_>, analyzer: Analyzer) -> HitOf {
        let highlighter = Highlighter::new(request.query, request.expansion, analyzer);
        HitOf { searcher: searcher.clone(), fields: *fields, detail: request.detail, highlighter }
    }

    /// The hit at a place, from 0, of the result.
    pub fn hit(
        &mut self,
        at: usize,
        scored: &Scored,
        partial: Option<&Partial>,
        columns: &[Columns],
    ) -> tantivy::Result<Hit> {
        let article = match self.detail {
            Detail::Id => {
                let columns = columns.get(scored.address.segment_ord as usize);
                let id = columns.map(|columns| columns.id(scored.address.doc_id)).unwrap_or_default();
                Article { id, ..Article::default() }
            }
            _ => article(&self.searcher, &self.fields, scored.address)?,
        };
        let snippets = match self.detail {
            Detail::Snippets => snippets(&article, &mut self.highlighter),
            _ => Vec::new(),
        };
        let missing = match partial {
            Some(partial) if !scored.complete && self.detail != Detail::Id => {
                missing(&self.searcher, partial, scored.address)?
            }
            _ => Vec::new(),
        };
        Ok(Hit { rank: at + 1, score: scored.score, article, snippets, missing, group: None, resemblance: None })
    }
}
