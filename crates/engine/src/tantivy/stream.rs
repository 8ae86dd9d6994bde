//! A whole result, its articles read one at a time: addresses are held in order, articles are not.

use super::best::{Columns, Scored};
use super::schema::Fields;
use super::search::{Nodes, article, find, missing};
use crate::plan::prepared::Prepared;
use crate::text::highlight::Highlighter;
use crate::text::snippets::snippets;
use crate::{Detail, EngineError, Hit, Stream};
use findbuch_article::Article;
use tantivy::{Searcher, TantivyError};

/// Every article that has all that is asked for.
pub fn stream<'a>(
    searcher: &Searcher,
    fields: Fields,
    prepared: &Prepared<'_>,
    failed: impl Fn(TantivyError) -> EngineError + 'a,
) -> tantivy::Result<Stream<'a>> {
    // articles that lack words are not looked for, not even where none has all
    let (whole, deadline) = (prepared.clone().whole(), prepared.deadline());
    let found = find(searcher, &fields, &whole, false, None)?;
    let mut hit_of = HitOf::new(searcher, &fields, &whole);
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
    /// Hits with as much as the request wants of them.
    pub fn new(searcher: &Searcher, fields: &Fields, prepared: &Prepared<'_>) -> HitOf {
        let highlighter = Highlighter::new(prepared.plan());
        HitOf { searcher: searcher.clone(), fields: *fields, detail: prepared.request().detail, highlighter }
    }

    /// The hit at a place, from 0, of the result.
    pub fn hit(
        &mut self,
        at: usize,
        scored: &Scored,
        nodes: Option<&Nodes>,
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
        let missing = match nodes {
            Some(nodes) if !scored.complete && self.detail != Detail::Id => {
                missing(&self.searcher, nodes, scored.address)?
            }
            _ => Vec::new(),
        };
        Ok(Hit { rank: at + 1, score: scored.score, article, snippets, missing, group: None, resemblance: None })
    }
}
