//! Runs a plan: all articles that match are counted, the best are kept.

use super::best::{Best, Scored};
use super::columns::Columns;
use super::lower::Lowering;
use super::matched::Matched;
use super::rank::{IndexStatistics, Lengths, SegmentRanker};
use super::schema::Fields;
use super::stories::Stories;
use crate::facets::FacetField;
use crate::plan::matching::Match;
use crate::plan::prepared::Prepared;
use crate::plan::request::Sort;
use crate::score::lacking::{Lacking, lacking};
use crate::score::scorer::Scorer;
use std::sync::Arc;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED};

/// Counts what matches and keeps the first `offset + limit`; with `lacking`, articles that lack words too.
pub fn find(
    searcher: &Searcher,
    fields: &Fields,
    columns: &Arc<Vec<Columns>>,
    prepared: &Prepared<'_>,
    lacking: bool,
    stories: Option<&Stories>,
) -> tantivy::Result<Found> {
    let scorer = Scorer::of(prepared, &IndexStatistics { searcher, fields })?;
    let lengths = Lengths::of(&scorer);
    Run { searcher, fields, columns, scorer, lengths, prepared, stories }.run(lacking)
}

/// The first articles of a result.
pub struct Found {
    /// All that the total counts.
    pub matched: Matched,
    /// What facets count whose values limit the result.
    pub own: Vec<(FacetField, Matched)>,
    pub best: Vec<Scored>,
    /// Whether none has all that is asked for.
    pub relaxed: bool,
    /// What they were scored by.
    pub scorer: Scorer,
}

struct Run<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    columns: &'a Arc<Vec<Columns>>,
    scorer: Scorer,
    lengths: Arc<Lengths>,
    prepared: &'a Prepared<'a>,
    stories: Option<&'a Stories>,
}

impl Run<'_> {
    /// Counts the articles that have all, and keeps the first `offset + limit` of those and, with `too`, of the ones that lack words.
    fn run(self, too: bool) -> tantivy::Result<Found> {
        let complete = self.complete()?;
        let mut best = Best::new(self.columns, self.prepared.request(), self.stories);
        if self.prepared.request().sort == Sort::Relevance && !self.prepared.plan().scored.is_empty() {
            let seen = self.with_headlines(&mut best, &complete)?;
            self.others(&mut best, &complete, &seen)?;
        } else {
            self.unranked(&mut best, &complete);
        }
        let Some(wanted) = lacking(self.prepared, complete.total).filter(|_| too) else {
            let best = self.scored(best.into_sorted())?;
            return Ok(Found { matched: complete, own: self.own()?, best, relaxed: false, scorer: self.scorer });
        };
        best.tighten();
        let mut some = Matched::new(self.searcher);
        self.lacking(&wanted, &mut best, &complete, &mut some)?;
        let best = self.scored(best.into_sorted())?;
        let relaxed = wanted.instead;
        // of articles that lack words it is not asked which there are beside
        let (matched, own) = if relaxed { (some, Vec::new()) } else { (complete, self.own()?) };
        Ok(Found { matched, own, best, relaxed, scorer: self.scorer })
    }

    fn lowering(&self) -> Lowering<'_> {
        let analyzers = &self.prepared.plan().analyzers;
        Lowering { fields: self.fields, analyzers, deadline: self.prepared.deadline() }
    }

    fn ranker(&self, segment: &SegmentReader) -> tantivy::Result<SegmentRanker<'_>> {
        let words = &self.prepared.plan().scored;
        SegmentRanker::open(&self.scorer, &self.lengths, words, segment, self.fields, self.prepared.deadline())
    }

    /// The articles that have all that is asked for.
    fn complete(&self) -> tantivy::Result<Matched> {
        self.matched(&self.prepared.plan().matching.matching)
    }

    /// What facets count whose values limit the result, where they are asked for.
    fn own(&self) -> tantivy::Result<Vec<(FacetField, Matched)>> {
        let own = self.prepared.plan().matching.facets.iter();
        let asked = own.filter(|(field, _)| self.prepared.request().facets.contains(field));
        asked.map(|(field, found)| Ok((*field, self.matched(found)?))).collect()
    }

    /// The articles of a tree.
    fn matched(&self, found: &Match) -> tantivy::Result<Matched> {
        let mut complete = Matched::new(self.searcher);
        let mut watch = self.prepared.deadline().watch();
        let lowering = self.lowering();
        let matching = lowering.query(found);
        let weight = matching.weight(EnableScoring::disabled_from_searcher(self.searcher))?;
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut documents = weight.scorer(segment, 1.0)?;
            let mut document = documents.doc();
            while document != TERMINATED {
                if watch.one() {
                    return Ok(complete);
                }
                if !segment.is_deleted(document) {
                    complete.add(DocAddress::new(ordinal, document));
                }
                document = documents.advance();
            }
        }
        Ok(complete)
    }

    /// Offers those that have a word in the headline, and gives them: few of many, and most of the best.
    fn with_headlines(&self, best: &mut Best, complete: &Matched) -> tantivy::Result<Matched> {
        let mut seen = Matched::new(self.searcher);
        let mut watch = self.prepared.deadline().watch();
        for (ordinal, segment) in (0_u32..).zip(self.searcher.segment_readers()) {
            let Some(first) = complete.next(ordinal, 0) else { continue };
            let mut scores = self.ranker(segment)?;
            let mut document = scores.next_in_headline(first);
            while document != TERMINATED && !watch.one() {
                let address = DocAddress::new(ordinal, document);
                if complete.has(address) {
                    seen.add(address);
                    best.offer(scores.score(document, best.threshold).score, address, true);
                }
                document = scores.next_in_headline(document + 1);
            }
        }
        best.tighten();
        Ok(seen)
    }

    /// Offers the others: once enough are kept, those alone that have words by which they can come before one of these.
    fn others(&self, best: &mut Best, complete: &Matched, seen: &Matched) -> tantivy::Result<()> {
        let words: Vec<usize> = (0..self.prepared.plan().scored.len()).collect();
        let mut watch = self.prepared.deadline().watch();
        let mut threshold = best.threshold;
        let mut essential = self.scorer.essential(&words, false, threshold);
        for (ordinal, segment) in (0_u32..).zip(self.searcher.segment_readers()) {
            let Some(first) = complete.next(ordinal, 0) else { continue };
            if threshold > 0.0 && essential.is_empty() {
                break;
            }
            let mut scores = self.ranker(segment)?;
            let mut document = first;
            loop {
                // one that has none of the words is among the first only where these are few
                if threshold > 0.0 {
                    document = scores.next(document, &essential);
                }
                let Some(next) = complete.next(ordinal, document).filter(|_| document != TERMINATED) else { break };
                if watch.one() {
                    return Ok(());
                }
                if next > document && threshold > 0.0 {
                    document = next;
                    continue;
                }
                let address = DocAddress::new(ordinal, next);
                if !seen.has(address) {
                    best.offer(scores.score(next, best.threshold).score, address, true);
                }
                if best.threshold > threshold {
                    threshold = best.threshold;
                    essential = self.scorer.essential(&words, false, threshold);
                }
                document = next + 1;
            }
        }
        Ok(())
    }

    /// Offers all, where no score decides which come first.
    fn unranked(&self, best: &mut Best, complete: &Matched) {
        let mut watch = self.prepared.deadline().watch();
        for (at, ordinal) in (0..self.searcher.segment_readers().len()).zip(0..) {
            for document in complete.of_segment(at) {
                if watch.one() {
                    return;
                }
                best.offer(0.0, DocAddress::new(ordinal, document), true);
            }
        }
    }

    /// The articles kept with their scores, which [`Run::unranked`] does not give them.
    fn scored(&self, mut best: Vec<Scored>) -> tantivy::Result<Vec<Scored>> {
        if self.prepared.request().sort == Sort::Relevance || self.prepared.plan().scored.is_empty() {
            return Ok(best);
        }
        for (ordinal, segment) in (0..).zip(self.searcher.segment_readers()) {
            let mut here: Vec<&mut Scored> =
                best.iter_mut().filter(|scored| scored.complete && scored.address.segment_ord == ordinal).collect();
            if here.is_empty() {
                continue;
            }
            here.sort_by_key(|scored| scored.address.doc_id);
            let mut scores = self.ranker(segment)?;
            for scored in here {
                scored.score = scores.score(scored.address.doc_id, f32::MIN).score;
            }
        }
        Ok(best)
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
            let mut essential = self.scorer.essential(optional, true, threshold);
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
                    essential = self.scorer.essential(optional, true, threshold);
                }
                document = scores.next(document + 1, if count_all { optional } else { &essential });
            }
        }
        Ok(())
    }
}
