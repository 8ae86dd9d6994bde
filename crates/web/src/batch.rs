//! Many searches at once, for the page of a list and for the interface.

use crate::address::Address;
use crate::app::Lane;
use crate::ask::Question;
use crate::error::WebError;
use crate::expected::{BadParameter, Expected, SWITCH};
use crate::job::Job;
use findbuch_engine::batch::{Found, as_phrase, count, query_of};
use findbuch_engine::{EngineError, SearchRequest};
use findbuch_query::Query;
use findbuch_render::batch::Row;
use findbuch_render::errors;
use form_urlencoded::parse;

/// Most queries of a list.
pub const MAX_QUERIES: usize = 100;
/// Most first hits of each.
const MAX_HITS: usize = 10;
/// The parameters that only lists have.
pub const OTHERS: [&str; 4] = ["list", "phrases", "limit", "q"];

/// A list of queries with the choices that all of them share.
pub struct List {
    /// The other choices.
    pub question: Question,
    /// The list as it was typed, or its queries, a line each.
    pub text: String,
    /// Whether each line is a name or phrase.
    pub phrases: bool,
    /// Hits that are given of each query.
    hits: usize,
    /// The queries, with the number of their line.
    queries: Vec<(usize, String)>,
}

impl List {
    /// The list that a page's address has.
    #[must_use]
    pub fn lenient(job: &Job) -> List {
        let question = Question::lenient(&without_lists(job), &[], job.today, job.bounds);
        List::of(job, question, 1)
    }

    /// The list of the interface.
    ///
    /// # Errors
    /// When there is none, it is too long, or a parameter cannot be used. What is wrong with a query is told in its row.
    pub fn strict(job: &Job) -> Result<List, WebError> {
        let bad = |name: &str, expected| WebError::BadParameter(BadParameter::of(name, expected));
        let (address, faults) = Address::read(&without_lists(job), &[], job.today);
        if let Some(fault) = faults.into_iter().next() {
            return Err(WebError::BadParameter(fault));
        }
        let bounds = (job.today, job.bounds);
        let question = Question::lenient(&address.query(), &[], bounds.0, bounds.1);
        let switch = last(job, "phrases").is_none_or(|on| matches!(on.as_str(), "0" | "1"));
        if !switch {
            return Err(bad("phrases", SWITCH));
        }
        let hits = match last(job, "limit") {
            None => 1,
            Some(limit) => {
                let limit = limit.parse().ok().filter(|limit| *limit <= MAX_HITS);
                limit.ok_or_else(|| bad("limit", Expected::Number(0, MAX_HITS)))?
            }
        };
        let list = List::of(job, question, hits);
        match list.queries.len() {
            0 => Err(WebError::MissingQuery),
            1..=MAX_QUERIES => Ok(list),
            _ => Err(bad("q", Expected::Times(MAX_QUERIES))),
        }
    }

    fn of(job: &Job, question: Question, hits: usize) -> List {
        let values = parse(job.query().as_bytes()).filter(|(name, _)| matches!(&**name, "q" | "list"));
        let text = values.map(|(_, value)| value.into_owned()).filter(|value| !value.trim().is_empty());
        let text = text.collect::<Vec<_>>().join("\n");
        let numbered = (1..).zip(text.lines());
        let queries = numbered.filter_map(|(line, text)| Some((line, query_of(text)?.to_owned()))).collect();
        List { question, phrases: last(job, "phrases").is_some_and(|on| on == "1"), hits, queries, text }
    }

    /// How many queries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.queries.len()
    }

    /// The query that a line stands for.
    #[must_use]
    pub fn query_of(&self, typed: &str) -> String {
        if self.phrases { as_phrase(typed) } else { typed.to_owned() }
    }

    /// What the first queries find. All of them together may cost what one may.
    ///
    /// # Errors
    /// When the index cannot be read, or the time is up.
    pub fn rows(&self, job: &Job) -> Result<Vec<Row>, WebError> {
        let mut left = job.bounds.most_cost;
        let mut rows = Vec::new();
        for (line, typed) in self.queries.iter().take(MAX_QUERIES) {
            let found = self.found(job, &self.query_of(typed), left)?;
            left = left.saturating_sub(found.as_ref().map_or(0, |found| found.cost));
            rows.push(Row { line: *line, query: typed.clone(), found });
        }
        Ok(rows)
    }

    fn found(&self, job: &Job, text: &str, left: u64) -> Result<Result<Found, String>, WebError> {
        let query = match Query::parse(text, job.today) {
            Ok(query) => query,
            Err(error) => return Ok(Err(error.line(job.lang))),
        };
        let request = self.question.request(&job.snapshot);
        let request = SearchRequest { query: &query, most_cost: Some(left), ..request };
        match count(&*job.snapshot.engine, &request, self.hits) {
            Ok(found) => Ok(Ok(found)),
            // the list waits among the dear ones, where more is left
            Err(EngineError::TooDear { .. }) if job.lane == Lane::Usual => {
                Err(WebError::TooDear(Lane::Dear.most_cost()))
            }
            Err(error @ EngineError::TimedOut) => Err(error.into()),
            Err(error) => match errors::of_one(&error, &query, job.lang) {
                Some(fault) => Ok(Err(fault)),
                None => Err(error.into()),
            },
        }
    }
}

/// The address without its lists.
fn without_lists(job: &Job) -> String {
    let kept = parse(job.query().as_bytes()).filter(|(name, _)| !OTHERS.contains(&&**name));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
}

/// The last value of a parameter.
fn last(job: &Job, name: &str) -> Option<String> {
    crate::address::values(job.query(), name).pop()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::Reply;
    use crate::testing::TestArchive;

    fn rows(address: &str) -> Result<String, WebError> {
        let archive = TestArchive::new();
        let work = |job: Job| {
            let rows = List::strict(&job)?.rows(&job)?;
            let shown = rows.iter().map(|row| match &row.found {
                Ok(found) => format!("{} {}: {}/{}\n", row.line, row.query, found.total, found.hits.len()),
                Err(error) => format!("{} {}: {error}\n", row.line, row.query),
            });
            Ok(Reply::of("text/plain", shown.collect::<String>()))
        };
        archive.reply(address, work).map(|_| archive.text(address, work))
    }

    #[test]
    fn each_query_is_counted_to_the_letter() {
        let found =
            rows("/?q=Hafen&q=%23+nein&q=Hafen+Zzyzx&list=Der+Hafen%0AOrgel+(&phrases=0&limit=2").expect("rows");
        assert!(found.starts_with("1 Hafen: 2/2\n3 Hafen Zzyzx: 0/0\n4 Der Hafen: 2/2\n5 Orgel (: "), "{found}");
        let found = rows("/?q=Der+Hafen&q=%22Kran%22&phrases=1&source=Die+Warte&limit=0").expect("rows");
        assert_eq!(found, "1 Der Hafen: 1/0\n2 \"Kran\": 1/0\n");
    }

    #[test]
    fn a_list_that_cannot_be_used_is_refused() {
        let many = format!("/?{}", "q=a&".repeat(MAX_QUERIES + 1));
        for (address, name) in
            [(many.as_str(), "q"), ("/?q=a&phrases=ja", "phrases"), ("/?q=a&limit=11", "limit"), ("/?q=a&x=1", "x")]
        {
            assert!(matches!(rows(address), Err(WebError::BadParameter(bad)) if bad.name == name), "{address}");
        }
        assert!(matches!(rows("/?q=+&list=%23"), Err(WebError::MissingQuery)));
    }
}
