//! A whole result, its articles read one at a time: addresses are held in order, articles are not.

use super::columns::Columns;
use super::find::find;
use super::hit::HitOf;
use super::schema::Fields;
use crate::plan::prepared::Prepared;
use crate::{EngineError, Stream};
use std::sync::Arc;
use tantivy::{Searcher, TantivyError};

/// Every article that has all that is asked for.
pub fn stream<'a>(
    searcher: &Searcher,
    fields: &Fields,
    columns: &Arc<Vec<Columns>>,
    prepared: &Prepared<'_>,
    failed: impl Fn(TantivyError) -> EngineError + 'a,
) -> tantivy::Result<Stream<'a>> {
    // articles that lack words are not looked for, not even where none has all
    let (whole, deadline) = (prepared.clone().whole(), prepared.deadline());
    let found = find(searcher, fields, columns, &whole, false, None)?;
    let mut hit_of = HitOf::new(searcher, fields, &whole);
    let columns = Arc::clone(columns);
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
