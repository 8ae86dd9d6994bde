//! Answers a request: its first hits with what is shown of them, and what is counted of the whole result.

use super::find::{Counted, Found, Scored, Search};
use super::folding::{Folding, folded};
use super::index::{Stored, lacking, with_terms};
use super::schema::counted;
use super::searcher::OpenSearchEngine;
use crate::facets::FacetField;
use crate::plan::also::also;
use crate::plan::matching::Match;
use crate::plan::prepared::Prepared;
use crate::score::terms::named;
use crate::score::weight::Statistics;
use crate::text::highlight::Highlighter;
use crate::text::shown::{Shown, shown};
use crate::verify::words::KeptWords;
use crate::{Days, Detail, EngineError, Facet, Hit, Hits, Relaxed, Stream};
use findbuch_article::Article;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Hits of a stream that are read at once.
const AT_ONCE: usize = 100;

/// Answers a request.
///
/// # Errors
/// When it asks for what is not offered, the index cannot be read, or the deadline passes first.
pub fn answer(engine: &OpenSearchEngine, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
    let request = prepared.request();
    prepared.deadline().check()?;
    let search = Search::new(engine, prepared)?;
    let Found { total, best, relaxed, counted, folding } = search.run(true)?;
    let mut earliest = earliest(engine, prepared, best.get(request.offset..).unwrap_or_default(), folding.as_ref())?;
    let mut highlighter = Highlighter::new(prepared.plan());
    let mut hits = Vec::new();
    for (at, mut scored) in best.into_iter().enumerate().skip(request.offset) {
        prepared.deadline().check()?;
        let mut kept = engine.kept(&scored.stored);
        let words = &prepared.plan().scored;
        let terms = if request.terms {
            named(search.scorer.terms(&mut KeptWords::new(&kept, words, &search.scorer)), words)
        } else {
            Vec::new()
        };
        let members = folding.as_ref().map(|folding| folding.group(&scored.stored.key)).unwrap_or_default();
        let group = folded(engine, &members, prepared.deadline())?;
        if let Some((_, key)) = members.first()
            && let Some(stored) = earliest.remove(*key)
        {
            // whatever is in the result besides those that lack words has all, or none has
            scored = Scored { stored, complete: !relaxed, ..scored };
            kept = engine.kept(&scored.stored);
        }
        let lacks = |found: &Match| !kept.matches(found, &engine.analyzers);
        let shown = !scored.complete && request.detail != Detail::Id;
        let nodes = prepared.plan().matching.partial.iter().filter(|_| shown).flat_map(|partial| &partial.nodes);
        let missing = nodes.filter(|(_, found)| lacks(found)).map(|(typed, _)| typed.clone()).collect();
        let Scored { stored, score, .. } = scored;
        hits.push(Hit { missing, group, terms, ..hit(at, score, stored, request.detail, &mut highlighter) });
    }
    let missing = || hits.first().map(|hit| hit.missing.clone()).unwrap_or_default();
    let by_time = request.days || request.facets.iter().any(|field| field.unit().is_some());
    let by_time = if by_time { Some(days(engine, prepared, &counted)?) } else { None };
    let mut facets = Vec::new();
    for field in request.facets {
        let own = prepared.plan().matching.facets.iter().find(|(own, _)| own == field && !relaxed);
        let own = own.map(|(_, found)| search.counted(found)).transpose()?;
        facets.push(match (field.unit(), &own, &by_time) {
            (Some(unit), Some(own), _) => Facet::of_days(*field, unit, &days(engine, prepared, own)?),
            (Some(unit), None, Some(days)) => Facet::of_days(*field, unit, days),
            _ => facet(engine, prepared, *field, own.as_ref().unwrap_or(&counted))?,
        });
    }
    Ok(Hits {
        total,
        relaxed: (relaxed && total > 0).then(|| Relaxed { missing: missing() }),
        also: also(&prepared.plan().scored, |stem| engine.with_stem(stem))?,
        facets,
        days: by_time.filter(|_| request.days),
        stories: folding.map(|folding| total - folding.folded().min(total)),
        hits,
    })
}

/// The earliest articles of the stories that hits stand for, by their keys.
fn earliest(
    engine: &OpenSearchEngine,
    prepared: &Prepared<'_>,
    shown: &[Scored],
    folding: Option<&Folding<'_>>,
) -> Result<HashMap<String, Stored>, EngineError> {
    let Some(folding) = folding else { return Ok(HashMap::new()) };
    let of = |scored: &Scored| folding.group(&scored.stored.key).first().map(|(_, key)| *key);
    let keys: Vec<&str> = shown.iter().filter_map(of).collect();
    articles(engine, &keys, prepared.deadline())
}

fn hit(at: usize, score: f32, stored: Stored, detail: Detail, highlighter: &mut Highlighter) -> Hit {
    let Shown { title, snippets } = shown(&stored.article, detail, None, highlighter);
    let article = match detail {
        Detail::Id => Article { id: stored.article.id, ..Article::default() },
        Detail::Article | Detail::Snippets => stored.article,
    };
    Hit { rank: at + 1, score, title, snippets, ..Hit::of(article) }
}

fn days(engine: &OpenSearchEngine, prepared: &Prepared<'_>, counted: &Counted) -> Result<Days, EngineError> {
    let mut days = engine.index.days(&counted.query, prepared.deadline())?;
    days.extend(&counted.examined.days);
    Ok(days)
}

fn facet(
    engine: &OpenSearchEngine,
    prepared: &Prepared<'_>,
    field: FacetField,
    found: &Counted,
) -> Result<Facet, EngineError> {
    let (mut counts, mut without) = found.examined.names.get(&field).cloned().unwrap_or_default();
    let column = counted(field);
    engine.index.values(&found.query, &column, "", prepared.deadline(), &mut |name, articles| {
        *counts.entry(name.as_str().unwrap_or_default().to_owned()).or_default() += articles;
        ControlFlow::Continue(())
    })?;
    without += engine.index.count(&lacking(&found.query, &column), prepared.deadline())?;
    Ok(Facet::of(field, counts, without))
}

/// The whole result of a request, one hit at a time.
///
/// # Errors
/// As [`answer`] has them.
pub fn stream<'a>(engine: &'a OpenSearchEngine, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError> {
    prepared.deadline().check()?;
    let whole = prepared.clone().whole();
    let all = Search::new(engine, &whole)?.whole()?;
    let (total, detail, deadline) = (all.len() as u64, whole.request().detail, prepared.deadline().clone());
    let mut highlighter = Highlighter::new(whole.plan());
    let (mut read, mut failed, within) = (HashMap::new(), false, deadline.clone());
    let hits = (0..all.len()).map_while(move |at| {
        if failed {
            return None;
        }
        let (key, score) = all.get(at)?;
        if !read.contains_key(key) {
            let page = all.iter().skip(at).take(AT_ONCE).map(|(key, _)| key.as_str()).collect::<Vec<_>>();
            match articles(engine, &page, &within) {
                Ok(page) => read = page,
                Err(error) => {
                    failed = true;
                    return Some(Err(error));
                }
            }
        }
        let stored = read.remove(key);
        failed = stored.is_none();
        Some(stored.ok_or_else(|| engine.index.gone()).map(|stored| hit(at, *score, stored, detail, &mut highlighter)))
    });
    Ok(Stream { total, hits: Box::new(hits), deadline })
}

fn articles(
    engine: &OpenSearchEngine,
    keys: &[&str],
    deadline: &crate::deadline::Deadline,
) -> Result<HashMap<String, Stored>, EngineError> {
    let mut found = HashMap::new();
    engine.index.read(&with_terms("key", keys), deadline, &mut |stored| {
        found.insert(stored.key.clone(), stored);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
