//! From the page of a hit to the hits before and behind it.

use super::hits::{ArticleLink, link};
use crate::address::{Address, MAX_LIMIT, MAX_OFFSET};
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use findbuch_engine::{Detail, Prepared};

/// Where an article stands among the hits, and its neighbours there.
#[derive(Debug, Default)]
pub struct Turning {
    /// Its place among all hits, from 1.
    pub rank: Option<usize>,
    /// The hit before it.
    pub before: Option<ArticleLink>,
    /// The hit behind it.
    pub after: Option<ArticleLink>,
}

/// The neighbours of the article of an id on the page of hits that the address is of, and the hits beside that page; none where the
/// article is not on it.
///
/// # Errors
/// When the index cannot be read, or the time is up.
pub fn turning(job: &Job, question: &Question, prepared: &Prepared<'_>, id: &str) -> Result<Turning, WebError> {
    let (address, engine) = (&question.address, &*job.snapshot.engine);
    let first = address.offset.saturating_sub(1);
    let window = prepared.clone().adjusted(|request| {
        (request.offset, request.limit) = (first, address.limit + address.offset - first + 1);
        request.detail = Detail::Id;
        request.group = address.group.unwrap_or(job.snapshot.stories);
    });
    let hits = engine.search(&window).map_err(|error| question.web_error(error))?.hits;
    let Some(at) = hits.iter().position(|hit| hit.article.id == id) else { return Ok(Turning::default()) };
    let neighbour = |at: Option<usize>| -> Result<Option<ArticleLink>, WebError> {
        let Some((at, hit)) = at.and_then(|at| Some((at, hits.get(at)?))) else { return Ok(None) };
        let found = engine.articles(&hit.article.id)?;
        let page = page_of(address, first + at);
        Ok(found.first().filter(|_| page.offset <= MAX_OFFSET).map(|article| link(article, &page, &job.view())))
    };
    Ok(Turning { rank: Some(first + at + 1), before: neighbour(at.checked_sub(1))?, after: neighbour(Some(at + 1))? })
}

/// The page of hits that has a place, counted from 0.
fn page_of(address: &Address, place: usize) -> Address {
    let limit = address.limit.clamp(1, MAX_LIMIT);
    let offset = if place < address.offset {
        address.offset.saturating_sub(limit)
    } else if place >= address.offset + limit {
        address.offset + limit
    } else {
        address.offset
    };
    Address { offset, ..address.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hit_beside_a_page_is_of_the_next() {
        let address = Address { offset: 20, ..Address::default() };
        for (place, offset) in [(19, 10), (20, 20), (29, 20), (30, 30)] {
            assert_eq!(page_of(&address, place).offset, offset, "{place}");
        }
        let address = Address { offset: 3, limit: 5, ..Address::default() };
        assert_eq!((page_of(&address, 2).offset, page_of(&address, 8).offset), (0, 8));
    }
}
