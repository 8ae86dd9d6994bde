//! Many searches at once: the queries of a list, a line each, and what each finds, to the letter.

use crate::answer::{Suggestion, to_the_letter};
use crate::{Detail, Engine, EngineError, Hit, SearchRequest};

/// Marks of quotations that a name in a list may stand in.
const QUOTES: [char; 6] = ['"', '„', '“', '”', '»', '«'];

/// The query of a line; none of a blank line and of a comment, which begins with `#`.
///
/// ```
/// use findbuch_engine::batch::query_of;
///
/// assert_eq!(query_of(" Kim Jong Un \r"), Some("Kim Jong Un"));
/// assert_eq!((query_of("# people"), query_of("\t")), (None, None));
/// ```
#[must_use]
pub fn query_of(line: &str) -> Option<&str> {
    // the mark of UTF-8 that some editors put first is no character of the list
    let query = line.trim_start_matches('\u{feff}').trim();
    (!query.is_empty() && !query.starts_with('#')).then_some(query)
}

/// A name as a query that finds it word by word, in whatever quotation marks it stands.
///
/// ```
/// assert_eq!(findbuch_engine::batch::as_phrase("„Kim“ Jong Un"), "\"Kim Jong Un\"");
/// ```
#[must_use]
pub fn as_phrase(name: &str) -> String {
    let words: String = name.chars().map(|c| if QUOTES.contains(&c) { ' ' } else { c }).collect();
    format!("\"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What a query of a list finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Articles that have all that is asked for.
    pub total: u64,
    /// The first of them.
    pub hits: Vec<Hit>,
    /// What may be meant by words that no article has.
    pub suggestions: Vec<Suggestion>,
    /// What the query cost, where the request bounds that.
    pub cost: u64,
}

/// Counts what a request finds to the letter, and gives its first `most` hits: articles that lack words are none, and a phrase is not
/// searched as its words.
///
/// # Errors
/// When a pattern means too many words, the plan costs too much, the index cannot be read, or the deadline passes first.
pub fn count(engine: &dyn Engine, request: &SearchRequest<'_>, most: usize) -> Result<Found, EngineError> {
    let (limit, detail) = (most.max(1), if most > 0 { Detail::Article } else { Detail::Id });
    let request = SearchRequest { offset: 0, limit, detail, fill: false, loose_phrases: false, ..request.clone() };
    let prepared = engine.prepare(&request)?;
    let answer = to_the_letter(engine, &prepared)?;
    let (suggestions, cost) = (answer.suggestions, prepared.plan().cost);
    if answer.hits.relaxed.is_some() {
        return Ok(Found { suggestions, cost, ..Found::default() });
    }
    let hits = if most > 0 { answer.hits.hits } else { Vec::new() };
    Ok(Found { total: answer.hits.total, hits, suggestions, cost })
}
