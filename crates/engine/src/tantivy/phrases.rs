//! Articles with phrases of forms: candidates are found in the index, which has no places of forms, and each is read.

use super::schema::Fields;
use super::stored::stored;
use crate::analyzers::{AnalyzerPool, PooledAnalyzer};
use crate::deadline::{Deadline, Watch};
use crate::plan::form_phrase::FormPhrase;
use std::sync::Arc;
use tantivy::fastfield::AliveBitSet;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::store::StoreReader;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError};

/// Cost of reading one article, in skipped postings, so that a conjunction reads articles last.
const COST_OF_ARTICLE: u64 = 1 << 12;
/// Blocks of stored articles that are kept for the next one.
const CACHED_BLOCKS: usize = 2;

/// The articles that have a phrase of forms.
#[derive(Debug, Clone)]
pub struct FormPhrases {
    /// The articles that may have it.
    pub candidates: Arc<dyn Query>,
    pub phrase: FormPhrase,
    pub fields: Fields,
    pub analyzers: Arc<AnalyzerPool>,
    /// When the search must have ended.
    pub deadline: Deadline,
}

impl Query for FormPhrases {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(FormPhrasesWeight { candidates: self.candidates.weight(scoring)?, query: self.clone() }))
    }
}

struct FormPhrasesWeight {
    candidates: Box<dyn Weight>,
    query: FormPhrases,
}

impl Weight for FormPhrasesWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let FormPhrases { phrase, fields, analyzers, deadline, .. } = &self.query;
        let mut scorer = FormPhrasesScorer {
            candidates: self.candidates.scorer(segment, boost)?,
            alive: segment.alive_bitset().cloned(),
            store: segment.get_store_reader(CACHED_BLOCKS)?,
            phrase: phrase.clone(),
            fields: fields.clone(),
            analyzer: analyzers.take(),
            watch: deadline.watch(),
        };
        scorer.advance_to_match();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("document {document} is not explained")))
    }
}

struct FormPhrasesScorer {
    candidates: Box<dyn Scorer>,
    alive: Option<AliveBitSet>,
    store: StoreReader,
    phrase: FormPhrase,
    fields: Fields,
    analyzer: PooledAnalyzer,
    watch: Watch,
}

impl FormPhrasesScorer {
    /// Whether a candidate has the phrase. An article that cannot be read counts as one that has it: reading the hit then reports why.
    fn has_phrase(&mut self, document: DocId) -> bool {
        if self.alive.as_ref().is_some_and(|alive| alive.is_deleted(document)) {
            return false;
        }
        stored(&self.store, &self.fields, document)
            .map_or(true, |article| self.phrase.stands_in(&article, self.analyzer.get()))
    }

    /// Moves to the first candidate from the current one on that has the phrase; to the end when the time is over.
    fn advance_to_match(&mut self) -> DocId {
        let mut document = self.candidates.doc();
        while document != TERMINATED {
            if self.watch.look() {
                return self.candidates.seek(TERMINATED);
            }
            if self.has_phrase(document) {
                break;
            }
            document = self.candidates.advance();
        }
        document
    }
}

impl DocSet for FormPhrasesScorer {
    fn advance(&mut self) -> DocId {
        self.candidates.advance();
        self.advance_to_match()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        self.candidates.seek(target);
        self.advance_to_match()
    }

    /// Reads the article asked for and no other, as in a conjunction with rarer words most candidates need not be read.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        match self.candidates.seek_danger(target) {
            SeekDangerResult::Found if self.watch.look() => SeekDangerResult::SeekLowerBound(TERMINATED),
            SeekDangerResult::Found if !self.has_phrase(target) => SeekDangerResult::SeekLowerBound(target + 1),
            found => found,
        }
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint()
    }

    fn cost(&self) -> u64 {
        self.candidates.cost().saturating_mul(COST_OF_ARTICLE)
    }
}

impl Scorer for FormPhrasesScorer {
    fn score(&mut self) -> Score {
        1.0
    }
}
