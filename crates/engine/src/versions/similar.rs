//! Articles alike in subject: the words that characterise an article, as a query.
//!
//! A word weighs more the more often the article has it and the fewer others do (tf·idf: Spärck Jones 1972), the occurrences
//! saturating as in BM25; headline, kicker and lead count for more, and so do names.

use crate::plan::prepared::Prepared;
use crate::{Detail, Engine, EngineError, Hits, SearchRequest};
use findbuch_article::{Article, PartKind};
use findbuch_german::{is_known, is_stop_word};
use findbuch_query::Query;
use std::collections::HashMap;

/// Most words that are searched.
const MAX_WORDS: usize = 20;
/// What an occurrence counts in the headline, and in kicker, subhead and lead.
const IN_HEADLINE: f64 = 3.0;
const IN_LEAD: f64 = 2.0;
/// What a name counts against another word.
const NAME: f64 = 1.5;
/// Occurrences at which a word has half of what it can reach.
const SATURATION: f64 = 1.5;
/// Least share of the words' weight that a similar article has.
const LEAST_WEIGHT: f32 = 0.1;
/// Most words of an article that are looked at.
const MAX_READ: usize = 20_000;

/// What an article has of a stem.
#[derive(Default)]
struct TermStats {
    /// Its occurrences, weighted by part.
    weight: f64,
    /// Whether it is a name.
    name: bool,
    /// The forms it is written in, with their number.
    written: HashMap<String, u32>,
}

/// The words that characterise an article, by descending weight, each in the form that the article has most often.
///
/// # Errors
/// When the index cannot be read.
pub fn telling_words(engine: &dyn Engine, article: &Article) -> Result<Vec<String>, EngineError> {
    let mut analyzer = engine.analyzer();
    let mut terms: HashMap<Box<str>, TermStats> = HashMap::new();
    let mut read = 0;
    for part in article.parts.iter().filter(|part| part.is_searched()) {
        let weight = match part.kind {
            PartKind::Headline => IN_HEADLINE,
            PartKind::Kicker | PartKind::Subhead | PartKind::Lead => IN_LEAD,
            _ => 1.0,
        };
        for token in analyzer.tokens(&part.text) {
            read += 1;
            let written = part.text.get(token.span.clone()).unwrap_or_default();
            let letters = written.chars().filter(|c| c.is_alphabetic()).count();
            if read > MAX_READ || letters < 2 || is_stop_word(&token.terms.exact) {
                continue;
            }
            let term = terms.entry(token.terms.stem.clone()).or_default();
            term.weight += weight;
            term.name |= written.starts_with(char::is_uppercase) && !is_known(written);
            *term.written.entry(written.to_owned()).or_default() += 1;
        }
    }
    let articles = engine.days()?.total().max(1) as f64;
    let mut words = Vec::new();
    for (stem, term) in terms {
        let with = engine.articles_with_stem(&stem)?;
        // a word of this article alone leads to no other
        if with < 2 {
            continue;
        }
        let rare = (articles / with as f64).ln().max(0.0);
        let often = term.weight / (term.weight + SATURATION);
        let score = often * rare * if term.name { NAME } else { 1.0 };
        let form = term.written.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        words.extend(form.filter(|_| score > 0.0).map(|(form, _)| (score, form)));
    }
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    words.truncate(MAX_WORDS);
    Ok(words.into_iter().map(|(_, form)| form).collect())
}

/// Other articles alike in subject, the most alike first, from the offset that is asked for on; those that are nearly identical with it
/// have their resemblance. The total is the number of articles up to the last that is given. The query should be the
/// article's telling words.
///
/// # Errors
/// When the index cannot be read.
pub fn similar(engine: &dyn Engine, article: &Article, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
    let SearchRequest { offset, limit, .. } = *prepared.request();
    let from_the_first = prepared.clone().adjusted(|request| {
        request.offset = 0;
        request.limit = offset + limit + 1;
        request.least_weight = LEAST_WEIGHT;
        if request.detail == Detail::Id {
            request.detail = Detail::Article;
        }
    });
    let mut hits = engine.search(&from_the_first)?;
    let itself =
        |other: &Article| (&other.path, other.record, &other.id) == (&article.path, article.record, &article.id);
    hits.hits.retain(|hit| !itself(&hit.article));
    hits.hits.truncate(offset + limit);
    hits.total = hits.hits.len() as u64;
    hits.relaxed = None;
    hits.hits.drain(..offset.min(hits.hits.len()));
    let versions = engine.versions(article)?;
    for (hit, rank) in hits.hits.iter_mut().zip(offset + 1..) {
        hit.rank = rank;
        hit.missing.clear();
        let version = versions.iter().find(|(_, version)| {
            (&version.path, version.record, &version.id) == (&hit.article.path, hit.article.record, &hit.article.id)
        });
        hit.resemblance = version.map(|(resemblance, _)| *resemblance);
    }
    Ok(hits)
}

/// The query that the telling words make.
#[must_use]
pub fn query(words: &[String]) -> Query {
    Query::from_plain_text(&words.join(" "))
}
