//! Runs a compiled query: all matching articles are counted, the best are kept.

use super::best::{Best, Columns, Scored};
use super::facets;
use super::grouping::{self, Grouping};
use super::lower::Lowering;
use super::matched::Matched;
use super::rank::{IndexStatistics, SegmentRanker};
use super::schema::Fields;
use super::stories::Stories;
use super::stream::HitOf;
use crate::deadline::Deadline;
use crate::plan::also::also;
use crate::plan::prepared::Prepared;
use crate::score::lacking::{Lacking, lacking};
use crate::score::scorer::Scorer;
use crate::{Hit, Hits, Relaxed};
use findbuch_article::Article;
use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Searcher, SegmentReader, TERMINATED, TantivyDocument, Term};

/// Answers a request; when the time is over, what was found until then is no answer.
pub fn search(
    searcher: &Searcher,
    fields: &Fields,
    prepared: &Prepared<'_>,
    stories: Option<&Stories>,
) -> tantivy::Result<Hits> {
    let (request, deadline) = (prepared.request(), prepared.deadline());
    let found = find(searcher, fields, prepared, true, stories)?;
    let nodes = Nodes::of(prepared, fields);
    let grouping = stories.map(|stories| Grouping::of(stories, searcher, &found.matched));
    let mut hit_of = HitOf::new(searcher, fields, prepared);
    let mut hits = Vec::with_capacity(found.best.len().saturating_sub(request.offset));
    for (at, mut scored) in found.best.into_iter().enumerate().skip(request.offset) {
        if deadline.is_over() {
            break;
        }
        let members = grouping.as_ref().and_then(|grouping| grouping.group(scored.address, &found.columns));
        if let Some(first) = members.as_ref().and_then(|members| members.first()) {
            // whatever is in the result besides those that lack words has all, or none has
            (scored.address, scored.complete) = (*first, !found.relaxed);
        }
        let group = members.map(|members| grouping::folded(searcher, &members, &found.columns)).transpose()?;
        let hit = hit_of.hit(at, &scored, nodes.as_ref(), &found.columns)?;
        hits.push(Hit { group: group.filter(|group| group.others > 0), ..hit });
    }
    let total = found.matched.total;
    let relaxed = (found.relaxed && total > 0)
        .then(|| Relaxed { missing: hits.first().map(|hit| hit.missing.clone()).unwrap_or_default() });
    let with_stem = |stem: &str| searcher.doc_freq(&Term::from_field_text(fields.text, stem));
    let also = also(&prepared.plan().scored, with_stem)?;
    let facets = facets::count(searcher, &found.matched, request.facets, deadline)?;
    let days = request.days.then(|| facets::days(searcher, &found.matched, deadline)).transpose()?;
    let stories = grouping.map(|grouping| grouping.count);
    Ok(Hits { total, relaxed, hits, also, facets, days, stories })
}

/// Counts what matches and keeps the first `offset + limit`; with `lacking`, articles that lack words as well.
pub fn find(
    searcher: &Searcher,
    fields: &Fields,
    prepared: &Prepared<'_>,
    lacking: bool,
    stories: Option<&Stories>,
) -> tantivy::Result<Found> {
    let scorer = Scorer::of(prepared, &IndexStatistics { searcher, fields })?;
    Run { searcher, fields, scorer, prepared, stories }.run(lacking)
}

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    stored(&searcher.doc(address)?, fields.article)
}

/// The article of a document that was read.
pub fn stored(document: &TantivyDocument, field: Field) -> tantivy::Result<Article> {
    let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(bytes).map_err(|e| tantivy::TantivyError::InternalError(format!("stored article: {e}")))
}

/// Which of the plain words and phrases an article lacks, as typed.
pub fn missing(searcher: &Searcher, nodes: &Nodes, address: DocAddress) -> tantivy::Result<Vec<String>> {
    let segment = searcher.segment_reader(address.segment_ord);
    let mut missing = Vec::new();
    for (typed, query) in &nodes.0 {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        let mut documents = weight.scorer(segment, 1.0)?;
        if documents.doc() < address.doc_id {
            documents.seek(address.doc_id);
        }
        if documents.doc() != address.doc_id {
            missing.push(typed.clone());
        }
    }
    Ok(missing)
}

/// The plain words and phrases of a query as typed, with what they match.
pub struct Nodes(Vec<(String, Box<dyn TantivyQuery>)>);

impl Nodes {
    /// Those of a plan whose result has articles that lack some.
    fn of(prepared: &Prepared<'_>, fields: &Fields) -> Option<Nodes> {
        let partial = prepared.plan().matching.partial.as_ref()?;
        let lowering = Lowering { fields, analyzers: &prepared.plan().analyzers, deadline: prepared.deadline() };
        Some(Nodes(partial.nodes.iter().map(|(typed, found)| (typed.clone(), lowering.query(found))).collect()))
    }
}

/// The first articles of a result.
pub struct Found {
    /// All that the total counts.
    pub matched: Matched,
    pub best: Vec<Scored>,
    pub columns: Vec<Columns>,
    /// Whether none has all that is asked for.
    pub relaxed: bool,
}

struct Run<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    scorer: Scorer,
    prepared: &'a Prepared<'a>,
    stories: Option<&'a Stories>,
}

impl Run<'_> {
    /// Counts the articles that have all, and keeps the first `offset + limit` of those and, with `too`, of the ones that lack words.
    fn run(mut self, too: bool) -> tantivy::Result<Found> {
        let mut best = Best::new(self.searcher, self.prepared.request(), self.stories)?;
        let mut complete = Matched::new(self.searcher);
        self.complete(&mut best, &mut complete)?;
        self.scorer.some_complete = complete.total > 0;
        let Some(wanted) = lacking(self.prepared, complete.total).filter(|_| too) else {
            let (best, columns) = best.into_sorted();
            return Ok(Found { matched: complete, best, columns, relaxed: false });
        };
        best.tighten();
        let mut some = Matched::new(self.searcher);
        self.lacking(&wanted, &mut best, &complete, &mut some)?;
        let (best, columns) = best.into_sorted();
        let relaxed = wanted.instead;
        Ok(Found { matched: if relaxed { some } else { complete }, best, columns, relaxed })
    }

    fn lowering(&self) -> Lowering<'_> {
        let analyzers = &self.prepared.plan().analyzers;
        Lowering { fields: self.fields, analyzers, deadline: self.prepared.deadline() }
    }

    fn ranker(&self, segment: &SegmentReader) -> tantivy::Result<SegmentRanker<'_>> {
        let words = &self.prepared.plan().scored;
        SegmentRanker::open(&self.scorer, words, segment, self.fields, self.prepared.deadline())
    }

    /// Offers the articles that have all that is asked for.
    fn complete(&self, best: &mut Best, complete: &mut Matched) -> tantivy::Result<()> {
        let mut watch = self.prepared.deadline().watch();
        let lowering = self.lowering();
        let matching = lowering.query(&self.prepared.plan().matching.matching);
        let weight = matching.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut documents = weight.scorer(segment, 1.0)?;
            if documents.doc() == TERMINATED {
                continue;
            }
            let mut scores = self.ranker(segment)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                if watch.one() {
                    return Ok(());
                }
                let address = DocAddress::new(ordinal, document);
                if !segment.is_deleted(document) {
                    complete.add(address);
                    best.offer(scores.score(document, best.threshold).score, address, true);
                }
                document = documents.advance();
            }
        }
        Ok(())
    }

    /// Offers the articles that lack some of the words; where none has all, they are `some`.
    fn lacking(
        &self,
        wanted: &Lacking<'_>,
        best: &mut Best,
        complete: &Matched,
        some: &mut Matched,
    ) -> tantivy::Result<()> {
        let Lacking { optional, least_weight, instead: count_all, .. } = *wanted;
        let lowering = self.lowering();
        let required = wanted.required.map(|required| lowering.query(required));
        let mut watch = self.prepared.deadline().watch();
        let weight =
            required.map(|query| query.weight(EnableScoring::disabled_from_searcher(self.searcher))).transpose()?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut scores = self.ranker(segment)?;
            let mut filter = weight.as_ref().map(|weight| weight.scorer(segment, 1.0)).transpose()?;
            let mut threshold = best.threshold;
            let mut essential = self.scorer.essential(optional, threshold);
            let mut document = scores.next(0, if count_all { optional } else { &essential });
            while document != TERMINATED {
                if watch.one() {
                    return Ok(());
                }
                let address = DocAddress::new(ordinal, document);
                let admitted = filter.as_mut().is_none_or(|filter| {
                    if filter.doc() < document { filter.seek(document) == document } else { filter.doc() == document }
                });
                if admitted && !segment.is_deleted(document) && !complete.has(address) {
                    if count_all {
                        some.add(address);
                    }
                    if !count_all || scores.next(document, &essential) == document {
                        let score = scores.score(document, best.threshold);
                        if count_all || score.weight >= least_weight {
                            best.offer(score.score, address, false);
                        }
                    }
                }
                if best.threshold > threshold {
                    threshold = best.threshold;
                    essential = self.scorer.essential(optional, threshold);
                }
                document = scores.next(document + 1, if count_all { optional } else { &essential });
            }
        }
        Ok(())
    }
}

/// Number of articles that match.
pub fn count(searcher: &Searcher, query: &dyn TantivyQuery, deadline: &Deadline) -> tantivy::Result<u64> {
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
