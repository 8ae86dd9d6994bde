//! An address to a search: the same query, request and engine as on the command line.

use super::address::{Address, BadParameter};
use super::archive::Snapshot;
use super::error::WebError;
use crate::engine::SearchRequest;
use crate::engine::answer::{Answer, answer, to_the_letter};
use crate::query::{DateRange, Ignored, Query};
use jiff::civil;
use std::time::Instant;

/// A search as it was asked for.
#[derive(Debug, Clone)]
pub struct Question {
    /// The reader's choices.
    pub address: Address,
    /// What is searched.
    pub query: Query,
    /// The days of the address.
    pub published: Option<DateRange>,
    /// What was passed over in the query.
    pub ignored: Vec<Ignored>,
    /// What was passed over in the address.
    pub bad: Vec<BadParameter>,
    /// Until when it must be answered.
    pub deadline: Instant,
}

impl Question {
    /// Takes what can be understood of a page's address; the rest is told.
    #[must_use]
    pub fn lenient(uri_query: &str, others: &[&str], today: civil::Date, deadline: Instant) -> Question {
        let (address, bad) = Address::read(uri_query, others, today);
        let (query, ignored) = if address.q.trim().is_empty() {
            (Query::everything(today), Vec::new())
        } else {
            Query::lenient(&address.q, today)
        };
        Question { published: address.dates(today), query, address, ignored, bad, deadline }
    }

    /// Takes the address of the interface at its word.
    ///
    /// # Errors
    /// The first fault in it; a query without words is one where no facet or date limits it.
    pub fn strict(
        uri_query: &str,
        others: &[&str],
        today: civil::Date,
        deadline: Instant,
    ) -> Result<Question, WebError> {
        let (address, bad) = Address::read(uri_query, others, today);
        if let Some(bad) = bad.into_iter().next() {
            return Err(WebError::BadParameter(bad));
        }
        let query = match address.q.trim() {
            "" if address.is_open() => return Err(WebError::MissingQuery),
            "" => Query::everything(today),
            _ => Query::parse(&address.q, today).map_err(WebError::BadQuery)?,
        };
        let published = address.dates(today);
        Ok(Question { published, query, address, ignored: Vec::new(), bad: Vec::new(), deadline })
    }

    /// The request without anything that is counted.
    #[must_use]
    pub fn request<'a>(&'a self, snapshot: &'a Snapshot) -> SearchRequest<'a> {
        let Address { only, offset, limit, sort, exact, variants, without, .. } = &self.address;
        SearchRequest {
            only,
            published: self.published,
            offset: *offset,
            limit: *limit,
            sort: *sort,
            expansion: snapshot.expansion(*exact, *variants, without),
            deadline: Some(self.deadline),
            ..SearchRequest::new(&self.query)
        }
    }

    /// Answers a request, corrected where that is wanted and `may_correct`: what counts is to the letter.
    ///
    /// # Errors
    /// When the index cannot be read or the time is up.
    pub fn answer(
        &self,
        snapshot: &Snapshot,
        request: &SearchRequest<'_>,
        may_correct: bool,
    ) -> Result<Answer, WebError> {
        let corrects = may_correct && self.address.correct;
        let answered =
            if corrects { answer(&snapshot.engine, request) } else { to_the_letter(&snapshot.engine, request) };
        answered.map_err(|error| self.told(error))
    }

    /// An error of the engine; one about a word of the query shows where it stands.
    #[must_use]
    pub fn told(&self, error: crate::engine::EngineError) -> WebError {
        WebError::of_query(error, &self.query)
    }
}
