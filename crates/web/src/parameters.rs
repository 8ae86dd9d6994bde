//! Which parameters an operation of the interface has, as `openapi.json` names them. Any other is refused, since a program that
//! sends it would expect another answer.

use crate::error::WebError;
use crate::expected::BadParameter;
use form_urlencoded::{Serializer, parse};

/// The parameters of an operation.
#[derive(Debug, Clone, Copy)]
pub struct Parameters(&'static [&'static [&'static str]]);

/// What a search is limited to.
const NARROWED: &[&str] = &[
    "source",
    "section",
    "author",
    "agency",
    "tag",
    "person",
    "organisation",
    "place",
    "year",
    "month",
    "not",
    "from",
    "to",
];
/// What counts as the same word, and the language of messages.
const WORDS: &[&str] = &["exact", "compounds", "variants", "related", "furniture", "without", "lang"];
/// What a result is counted by.
const COUNTED: &[&str] = &["facets", "facet_limit", "timeline", "group", "correct"];

/// Of `search`.
pub const SEARCH: Parameters =
    Parameters(&[&["q", "sort", "around", "offset", "limit", "explain", "cite", "format"], NARROWED, WORDS, COUNTED]);
/// Of `facets`.
pub const FACETS: Parameters = Parameters(&[&["q"], NARROWED, WORDS, COUNTED]);
/// Of `articles`.
pub const ARTICLE: Parameters = Parameters(&[&["copy"]]);
/// Of `similar`.
pub const SIMILAR: Parameters = Parameters(&[&["copy", "offset", "limit"]]);
/// Of `suggest`.
pub const SUGGEST: Parameters = Parameters(&[&["q", "limit", "lang", "form"]]);
/// Of `trend`.
pub const TREND: Parameters = Parameters(&[&["q", "by"], NARROWED, WORDS]);
/// Of `batch`.
pub const BATCH: Parameters = Parameters(&[&["q", "phrases", "sort", "limit"], NARROWED, WORDS]);
/// Of `compare`.
pub const COMPARE: Parameters = Parameters(&[&["a", "b", "by"], NARROWED, WORDS]);
/// Of operations that have none.
pub const NONE: Parameters = Parameters(&[]);

impl Parameters {
    fn has(self, name: &str) -> bool {
        self.0.iter().any(|names| names.contains(&name))
    }

    /// Refuses an address that has others.
    ///
    /// # Errors
    /// The first parameter that the operation does not have.
    pub fn check(self, query: &str) -> Result<(), WebError> {
        match parse(query.as_bytes()).find(|(name, _)| !self.has(name)) {
            Some((name, _)) => Err(WebError::BadParameter(BadParameter { name: name.into_owned(), expected: None })),
            None => Ok(()),
        }
    }

    /// The path of the operation with those parameters of a page's query that it has.
    #[must_use]
    pub fn at(self, path: &str, query: &str) -> String {
        let mut kept = Serializer::new(String::new());
        kept.extend_pairs(parse(query.as_bytes()).filter(|(name, _)| self.has(name)));
        let query = kept.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_refused_and_left_out_of_links() {
        for (query, refused, kept) in [
            ("q=a&by=day", None, "/t?q=a&by=day"),
            ("q=a%26b&relative=1&q=c", Some("relative"), "/t?q=a%26b&q=c"),
            ("utm=", Some("utm"), "/t"),
            ("", None, "/t"),
        ] {
            let name = match TREND.check(query) {
                Err(WebError::BadParameter(bad)) => Some(bad.name),
                _ => None,
            };
            assert_eq!(name.as_deref(), refused, "{query}");
            assert_eq!(TREND.at("/t", query), kept, "{query}");
        }
    }
}
