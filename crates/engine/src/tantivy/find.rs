//! Runs a plan: all articles that match are counted, the best are kept.

use super::best::{Best, Scored};
use super::columns::Columns;
use super::lower::Lowering;
use super::matched::Matched;
use super::rank::{IndexStatistics, SegmentRanker};
use super::schema::Fields;
use super::stories::Stories;
use crate::plan::prepared::Prepared;
use crate::score::lacking::{Lacking, lacking};
use crate::score::scorer::Scorer;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED};

/// Counts what matches and keeps the first `offset + limit`; with `lacking`, articles that lack words too.
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

/// The first articles of a result.
pub struct Found {
    /// All that the total counts.
    pub matched: Matched,
    pub best: Vec<Scored>,
    pub columns: Vec<Columns>,
    /// Whether none has all that is asked for.
    pub relaxed: bool,
    /// What they were scored by.
    pub scorer: Scorer,
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
    fn run(self, too: bool) -> tantivy::Result<Found> {
        let mut best = Best::new(self.searcher, self.prepared.request(), self.stories)?;
        let mut complete = Matched::new(self.searcher);
        self.complete(&mut best, &mut complete)?;
        let Some(wanted) = lacking(self.prepared, complete.total).filter(|_| too) else {
            let (best, columns) = best.into_sorted();
            return Ok(Found { matched: complete, best, columns, relaxed: false, scorer: self.scorer });
        };
        best.tighten();
        let mut some = Matched::new(self.searcher);
        self.lacking(&wanted, &mut best, &complete, &mut some)?;
        let (best, columns) = best.into_sorted();
        let relaxed = wanted.instead;
        let matched = if relaxed { some } else { complete };
        Ok(Found { matched, best, columns, relaxed, scorer: self.scorer })
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
