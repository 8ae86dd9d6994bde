//! Answers a request: its first hits with what is shown of them, and what is counted of the whole result.

use super::best::Scored;
use super::columns::Columns;
use super::facets;
use super::find::find;
use super::grouping::{self, Grouping};
use super::hit::{HitOf, Nodes};
use super::rank::{Lengths, SegmentRanker};
use super::schema::Fields;
use super::stories::Stories;
use crate::deadline::Deadline;
use crate::plan::also::also;
use crate::plan::prepared::Prepared;
use crate::score::scorer::Scorer;
use crate::score::terms::named;
use crate::{Hit, Hits, Relaxed, ScoreTerm};
use std::sync::Arc;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Answers a request; when the time is over, what was found until then is no answer.
pub fn search(
    searcher: &Searcher,
    fields: &Fields,
    columns: &Arc<Vec<Columns>>,
    prepared: &Prepared<'_>,
    stories: Option<&Stories>,
) -> tantivy::Result<Hits> {
    let (request, deadline) = (prepared.request(), prepared.deadline());
    let found = find(searcher, fields, columns, prepared, true, stories)?;
    let nodes = Nodes::of(prepared, fields);
    let grouping = stories.map(|stories| Grouping::of(stories, searcher, &found.matched));
    let mut hit_of = HitOf::new(searcher, fields, prepared);
    let mut shown = Vec::with_capacity(found.best.len().saturating_sub(request.offset));
    for (at, mut scored) in found.best.into_iter().enumerate().skip(request.offset) {
        let terms = if request.terms { terms(searcher, fields, prepared, &found.scorer, &scored)? } else { Vec::new() };
        let members = grouping.as_ref().and_then(|grouping| grouping.group(scored.address, columns));
        if let Some(first) = members.as_ref().and_then(|members| members.first()) {
            // whatever is in the result besides those that lack words has all, or none has
            (scored.address, scored.complete) = (*first, !found.relaxed);
        }
        shown.push((at, scored, terms, members));
    }
    hit_of.look_for_marks(prepared, shown.iter().map(|(_, scored, ..)| scored.address).collect())?;
    let mut hits = Vec::with_capacity(shown.len());
    for (at, scored, terms, members) in shown {
        if deadline.is_over() {
            break;
        }
        let group = members.map(|members| grouping::folded(searcher, &members, columns)).transpose()?;
        let hit = hit_of.hit(at, &scored, nodes.as_ref(), columns)?;
        hits.push(Hit { group: group.filter(|group| group.others > 0), terms, ..hit });
    }
    let total = found.matched.total;
    let relaxed = (found.relaxed && total > 0)
        .then(|| Relaxed { missing: hits.first().map(|hit| hit.missing.clone()).unwrap_or_default() });
    let with_stem = |stem: &str| searcher.doc_freq(&Term::from_field_text(fields.text, stem));
    let also = also(&prepared.plan().scored, with_stem)?;
    let facets = facets::count(searcher, &found.matched, &found.own, request.facets, deadline)?;
    let days = request.days.then(|| facets::days(searcher, &found.matched, deadline)).transpose()?;
    let stories = grouping.map(|grouping| grouping.count);
    Ok(Hits { total, relaxed, hits, also, facets, days, stories })
}

/// What each cause adds to the score of an article.
fn terms(
    searcher: &Searcher,
    fields: &Fields,
    prepared: &Prepared<'_>,
    scorer: &Scorer,
    hit: &Scored,
) -> tantivy::Result<Vec<ScoreTerm>> {
    let (words, segment) = (&prepared.plan().scored, searcher.segment_reader(hit.address.segment_ord));
    let mut ranker = SegmentRanker::open(scorer, &Lengths::of(scorer), words, segment, fields, prepared.deadline())?;
    Ok(named(ranker.terms(hit.address.doc_id), words))
}

/// Number of articles that match.
pub fn count(searcher: &Searcher, query: &dyn Query, deadline: &Deadline) -> tantivy::Result<u64> {
    let mut watch = deadline.watch();
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let mut documents = weight.scorer(segment, 1.0)?;
        while documents.doc() != TERMINATED && !watch.one() {
            count += u64::from(!segment.is_deleted(documents.doc()));
            documents.advance();
        }
    }
    Ok(count)
}
