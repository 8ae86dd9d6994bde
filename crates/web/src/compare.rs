//! Several queries through time, for the page of trends and for the interface.

use crate::address::values;
use crate::ask::Question;
use crate::error::WebError;
use crate::expected::{BadParameter, Expected};
use crate::job::Job;
use findbuch_engine::timeline::{MAX_QUERIES, Trend};
use findbuch_engine::{Days, SearchRequest};
use findbuch_query::Query;

/// Several queries with the other choices of their address.
pub struct Comparison {
    /// The other choices.
    pub question: Question,
    /// The queries as typed.
    pub queries: Vec<String>,
    /// Whether hits are counted per thousand articles.
    pub relative: bool,
    /// What was ignored, in the reader's language.
    pub notices: Vec<String>,
    /// The counts of each query.
    pub trend: Trend,
}

/// Counts each query of an address through time.
///
/// # Errors
/// When the index cannot be read, when the time is up, or, if `strict`, when a query or a parameter has an error.
pub fn compare(job: &Job, strict: bool) -> Result<Comparison, WebError> {
    let others = ["relative", "narrow"];
    let lang = job.lang;
    let question = if strict {
        // this checks the last of the queries with the rest of the address; the others are checked below
        Question::strict(job.query(), &others, job.today, job.bounds)?
    } else {
        Question::lenient(job.query(), &others, job.today, job.bounds)
    };
    let mut queries: Vec<String> = values(job.query(), "q").into_iter().filter(|q| !q.trim().is_empty()).collect();
    let mut notices = Vec::new();
    if queries.len() > MAX_QUERIES {
        if strict {
            return Err(WebError::BadParameter(BadParameter::of("q", Expected::Times(MAX_QUERIES))));
        }
        queries.truncate(MAX_QUERIES);
        notices.push(lang.pick(
            format!("Mehr als {MAX_QUERIES} Verläufe lassen sich nicht unterscheiden; gezeigt werden die ersten."),
            format!("More than {MAX_QUERIES} lines cannot be told apart; the first are shown."),
        ));
    }
    let ignored = lang.pick("Übergangen:", "Passed over:");
    let mut found: Vec<(String, Days)> = Vec::new();
    for text in &queries {
        let query = if strict {
            Query::parse(text, job.today).map_err(WebError::BadQuery)?
        } else {
            let (query, faults) = Query::lenient(text, job.today);
            notices.extend(faults.iter().map(|fault| format!("{ignored} {}", fault.message(&query, lang))));
            query
        };
        let request = SearchRequest {
            days: true,
            furniture: false,
            query: &query,
            ..question.request(&job.snapshot).without_hits()
        };
        let hits = match job.snapshot.search(&request).map_err(|error| WebError::of_query(error, &query)) {
            Err(WebError::BadQuery(error)) if !strict => {
                notices.push(format!("{ignored} {}", error.line(lang)));
                continue;
            }
            found => found?,
        };
        // partial matches are not counted
        found.push((text.clone(), hits.days.filter(|_| hits.relaxed.is_none()).unwrap_or_default()));
    }
    let all = job.snapshot.days_within(&question.request(&job.snapshot)).map_err(|error| question.web_error(error))?;
    let trend = Trend::of(found, &all, question.address.by);
    let relative = values(job.query(), "relative").last().is_some_and(|on| on == "1");
    Ok(Comparison { question, queries, relative, notices, trend })
}
