//! Two searches side by side: how many articles, when, where, who is named in them, and by which words they differ.

use crate::answer::days_within;
use crate::deadline::Deadline;
use crate::keyness::{KeyWord, Profile};
use crate::timeline::{Trend, Unit};
use crate::{Days, Detail, Engine, EngineError, Facet, FacetField, SearchRequest, Sort};
use findbuch_query::Query;

/// Articles of each search whose words are counted, where nothing else is said.
pub const SAMPLE: usize = 200;
/// Most articles of each.
pub const MAX_SAMPLE: usize = 5_000;
/// Words of each that are given.
const KEY_WORDS: usize = 20;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked<'a> {
    /// The two searches; their hits and counts are chosen here.
    pub requests: [SearchRequest<'a>; 2],
    /// What both of them find, if that is a query.
    pub both: Option<SearchRequest<'a>>,
    /// The best articles of each that are read for their words.
    pub sample: usize,
    /// Unit of the time; none: what suits it.
    pub by: Option<Unit>,
}

/// Why two searches cannot be compared.
#[derive(Debug)]
pub struct Failed {
    /// The search that fails, the first (0) or the second (1): an error may be about a word of it.
    pub set: usize,
    /// Why.
    pub error: EngineError,
}

/// One of two searches.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// The query as typed.
    pub query: String,
    /// Articles that have all that is asked for.
    pub total: u64,
    /// Articles that were read for their words.
    pub read: u64,
    /// Words of these.
    pub words: u64,
    /// Words that it has more often than the other, the most telling first.
    pub key_words: Vec<KeyWord>,
}

/// A value of a facet with its articles in both searches.
pub type Paired = (String, [u64; 2]);

/// Two searches side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The searches.
    pub sides: [Side; 2],
    /// Articles that both find.
    pub both: Option<u64>,
    /// Through time.
    pub trend: Trend,
    /// Their sources, and who and what is named where the index has names: each value with its articles in both.
    pub facets: Vec<(FacetField, Vec<Paired>)>,
}

/// The query of what two queries find together; none where that would be too long.
#[must_use]
pub fn both(first: &Query, second: &Query) -> Option<Query> {
    let text = format!("({}) UND ({})", first.text, second.text);
    Query::parse(&text, first.today).ok()
}

/// Compares two searches, to the letter. Costs two searches with counts, a third for what they share, and an analysis of each article
/// of the samples: about a millisecond each.
///
/// # Errors
/// When a query cannot be searched, the index cannot be read, or the deadline passes first.
pub fn compare(engine: &dyn Engine, asked: &Asked<'_>) -> Result<Comparison, Failed> {
    let fields: &[FacetField] = if engine.state().names {
        &[FacetField::Source, FacetField::Person, FacetField::Organisation, FacetField::Place]
    } else {
        &[FacetField::Source]
    };
    let (mut profile, mut analyzer) = (Profile::default(), engine.analyzer());
    let mut one = |set: usize, request: &SearchRequest<'_>| -> Result<(Side, Days, Vec<Facet>), EngineError> {
        let request = SearchRequest {
            offset: 0,
            limit: asked.sample.clamp(1, MAX_SAMPLE),
            sort: Sort::Relevance,
            detail: Detail::Article,
            fill: false,
            loose_phrases: false,
            furniture: false,
            facets: fields,
            days: true,
            group: false,
            ..request.clone()
        };
        let query = request.query.text.clone();
        let hits = engine.search(&engine.prepare(&request)?)?;
        if hits.relaxed.is_some() {
            let side = Side { query, total: 0, read: 0, words: 0, key_words: Vec::new() };
            return Ok((side, Days::default(), Vec::new()));
        }
        let deadline = Deadline::of(request.deadline);
        for hit in &hits.hits {
            profile.add(set, &hit.article, &mut analyzer, &deadline)?;
        }
        let side = Side { query, total: hits.total, read: hits.hits.len() as u64, words: 0, key_words: Vec::new() };
        Ok((side, hits.days.unwrap_or_default(), hits.facets))
    };
    let [first, second] = &asked.requests;
    let first = one(0, first).map_err(|error| Failed { set: 0, error })?;
    let second = one(1, second).map_err(|error| Failed { set: 1, error })?;
    let of_both = |error| Failed { set: 0, error };
    let both = asked.both.as_ref().map(|request| counted(engine, request)).transpose().map_err(of_both)?;
    let all: Days = days_within(engine, &asked.requests[0]).map_err(of_both)?;
    let [of_first, of_second] = profile.key_words(KEY_WORDS);
    let [words, more_words] = profile.total();
    let facets = [first.2, second.2];
    let days = vec![(first.0.query.clone(), first.1), (second.0.query.clone(), second.1)];
    let sides =
        [Side { words, key_words: of_first, ..first.0 }, Side { words: more_words, key_words: of_second, ..second.0 }];
    let paired = |field: &FacetField| (*field, pairs(*field, &facets));
    Ok(Comparison { sides, both, trend: Trend::of(days, &all, asked.by), facets: fields.iter().map(paired).collect() })
}

/// The number of articles that have all that is asked for.
fn counted(engine: &dyn Engine, request: &SearchRequest<'_>) -> Result<u64, EngineError> {
    let request = SearchRequest { loose_phrases: false, furniture: false, ..request.without_hits() };
    let hits = engine.search(&engine.prepare(&request)?)?;
    Ok(if hits.relaxed.is_some() { 0 } else { hits.total })
}

/// The values of a facet with their articles in two results, the most frequent of both together first.
fn pairs(field: FacetField, of: &[Vec<Facet>]) -> Vec<Paired> {
    let mut values: std::collections::BTreeMap<&str, [u64; 2]> = std::collections::BTreeMap::new();
    for (set, facets) in of.iter().enumerate() {
        for (value, articles) in facets.iter().filter(|facet| facet.field == field).flat_map(|facet| &facet.values) {
            if let Some(count) = values.entry(value).or_default().get_mut(set) {
                *count += articles;
            }
        }
    }
    let mut values: Vec<Paired> = values.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    values.sort_by_key(|(_, [a, b])| std::cmp::Reverse(a + b));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_side_by_side() {
        let facet = |values: &[(&str, u64)]| {
            let values = values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
            vec![Facet { field: FacetField::Source, values, without: 0 }]
        };
        let found = pairs(FacetField::Source, &[facet(&[("A", 3), ("B", 1)]), facet(&[("B", 4), ("C", 1)])]);
        let expected = [("B", [1, 4]), ("A", [3, 0]), ("C", [0, 1])].map(|(value, count)| (value.to_owned(), count));
        assert_eq!(found, expected);
        assert!(pairs(FacetField::Person, &[facet(&[("A", 3)]), Vec::new()]).is_empty());
    }

    #[test]
    fn what_both_find_is_a_query() {
        let query = |text: &str| Query::parse(text, jiff::civil::date(2026, 11, 25)).expect("a query");
        let found = both(&query("Kran ODER Orgel"), &query("-Hafen Kai")).expect("a query");
        assert_eq!(found.text, "(Kran ODER Orgel) UND (-Hafen Kai)");
        let long = "Kran ".repeat(300);
        assert_eq!(both(&query(&long), &query(&long)), None);
    }
}
