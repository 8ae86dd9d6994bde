//! Two searches side by side, for the page and for the interface.

use crate::address::{Address, values};
use crate::ask::Question;
use crate::error::WebError;
use crate::expected::BadParameter;
use crate::job::Job;
use findbuch_engine::SearchRequest;
use findbuch_engine::compare::{Asked, Comparison, Failed, SAMPLE, both, compare};
use findbuch_query::Query;

/// The parameters that only a comparison has.
pub const OTHERS: [&str; 3] = ["a", "b", "q"];

/// What is asked.
pub struct Pair {
    /// The choices that both searches share.
    pub question: Question,
    /// The two queries as typed.
    pub typed: [String; 2],
}

impl Pair {
    /// The two queries of an address; on the page `q` stands in for the first.
    #[must_use]
    pub fn read(job: &Job) -> (Pair, Vec<BadParameter>) {
        let last = |name: &str| values(job.query(), name).pop().unwrap_or_default();
        let (address, bad) = Address::read(job.query(), &OTHERS, job.today);
        let address = Address { q: String::new(), ..address };
        let question = Question::lenient(&address.query(), &[], job.today, job.bounds);
        let (a, b, q) = (last("a"), last("b"), last("q"));
        (Pair { question, typed: [if a.is_empty() { q } else { a }, b] }, bad)
    }

    /// Compares them; none where one of the queries is missing.
    ///
    /// # Errors
    /// When a query has an error or costs too much, the index cannot be read, or the time is up.
    pub fn compare(&self, job: &Job) -> Result<Option<Comparison>, WebError> {
        if self.typed.iter().any(|typed| typed.trim().is_empty()) {
            return Ok(None);
        }
        let read = |text: &str| Query::parse(text, job.today).map_err(WebError::BadQuery);
        let queries = [read(&self.typed[0])?, read(&self.typed[1])?];
        let together = both(&queries[0], &queries[1]);
        let request = |query| SearchRequest { query, ..self.question.request(&job.snapshot) };
        let asked = Asked {
            requests: [request(&queries[0]), request(&queries[1])],
            both: together.as_ref().map(request),
            sample: SAMPLE,
            by: self.question.address.by,
        };
        let compared = compare(&*job.snapshot.engine, &asked);
        compared.map(Some).map_err(|Failed { set, error }| WebError::of_query(error, &queries[set.min(1)]))
    }
}
