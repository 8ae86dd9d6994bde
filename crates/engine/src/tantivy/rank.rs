//! What documents have of a query's words, for the score: postings of each word in one segment.

use super::cursor::Cursor;
use super::schema::Fields;
use crate::deadline::Deadline;
use crate::plan::word::Word;
use crate::ranking::Ranking;
use crate::score::occurrences::Occurrences;
use crate::score::scorer::{ArticleWords, Cause, Score, Scorer};
use crate::score::weight::Statistics;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader, TERMINATED, Term};

/// Numbers about an index.
pub struct IndexStatistics<'a> {
    /// The commit.
    pub searcher: &'a Searcher,
    /// The index's fields.
    pub fields: &'a Fields,
}

impl IndexStatistics<'_> {
    fn with(&self, field: Field, term: &str) -> tantivy::Result<u64> {
        self.searcher.doc_freq(&Term::from_field_text(field, term))
    }
}

impl Statistics for IndexStatistics<'_> {
    type Error = tantivy::TantivyError;

    fn articles(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.segment_readers().iter().map(|segment| u64::from(segment.max_doc())).sum())
    }

    fn words(&self) -> tantivy::Result<u64> {
        let mut words = 0;
        for segment in self.searcher.segment_readers() {
            words += segment.inverted_index(self.fields.text)?.total_num_tokens();
        }
        Ok(words)
    }

    fn with_stem(&self, stem: &str) -> tantivy::Result<u64> {
        self.with(self.fields.text, stem)
    }

    fn with_form(&self, form: &str) -> tantivy::Result<u64> {
        self.with(self.fields.exact, form)
    }
}

/// What lengths are worth, by their code.
#[derive(Debug)]
pub struct Lengths {
    /// BM25's length normalisation of the text.
    texts: [f32; 256],
    /// The factor of a gain in the headline, of usual ones.
    headlines: [f32; USUAL_HEADLINES],
    ranking: Ranking,
}

/// Lengths of headlines, from 0 words on, whose factor is computed beforehand.
const USUAL_HEADLINES: usize = 32;

/// The words that a code of a length stands for.
fn length(code: u8) -> f32 {
    FieldNormReader::id_to_fieldnorm(code) as f32
}

impl Lengths {
    /// As a scorer has them.
    pub fn of(scorer: &Scorer) -> Arc<Lengths> {
        let ranking = scorer.ranking();
        let length = |code| length(u8::try_from(code).unwrap_or(u8::MAX));
        Arc::new(Lengths {
            texts: std::array::from_fn(|code| scorer.length_norm(length(code))),
            headlines: std::array::from_fn(|code| ranking.headline_factor(length(code))),
            ranking,
        })
    }

    fn of_headline(&self, code: u8) -> f32 {
        let usual = self.headlines.get(usize::from(code));
        usual.copied().unwrap_or_else(|| self.ranking.headline_factor(length(code)))
    }
}

/// The words' postings in one segment. Documents must be asked for in ascending order.
pub struct SegmentRanker<'a> {
    scorer: &'a Scorer,
    words: DocumentWords,
    seen: Vec<Occurrences>,
}

/// What one document has of the words.
struct DocumentWords {
    cursors: Vec<Cursor>,
    norms: FieldNormReader,
    headline_norms: FieldNormReader,
    lengths: Arc<Lengths>,
    /// The days of publication, where they matter.
    days: Option<Column<i64>>,
    document: DocId,
    /// What a gain in the document's headline is multiplied by.
    headline: f32,
}

impl<'a> SegmentRanker<'a> {
    /// Opens the words' postings in a segment.
    pub fn open(
        scorer: &'a Scorer,
        lengths: &Arc<Lengths>,
        words: &[Word],
        segment: &SegmentReader,
        fields: &Fields,
        deadline: &Deadline,
    ) -> tantivy::Result<SegmentRanker<'a>> {
        let ranking = scorer.ranking();
        let open = |word| Cursor::open(word, segment, fields, ranking, deadline);
        let words = DocumentWords {
            cursors: words.iter().map(open).collect::<tantivy::Result<_>>()?,
            norms: segment.get_fieldnorms_reader(fields.text)?,
            headline_norms: segment.get_fieldnorms_reader(fields.headline)?,
            lengths: Arc::clone(lengths),
            days: if scorer.needs_days() { segment.fast_fields().column_opt("day")? } else { None },
            document: 0,
            headline: 1.0,
        };
        Ok(SegmentRanker { scorer, words, seen: Vec::new() })
    }

    /// The first document from `target` on that has one of `words`.
    pub fn next(&mut self, target: DocId, words: &[usize]) -> DocId {
        let cursors = &mut self.words.cursors;
        words.iter().filter_map(|at| Some(cursors.get_mut(*at)?.next(target))).min().unwrap_or(TERMINATED)
    }

    /// The first document from `target` on that has any of the words in its headline.
    pub fn next_in_headline(&mut self, target: DocId) -> DocId {
        self.words.cursors.iter_mut().map(|cursor| cursor.next_in_headline(target)).min().unwrap_or(TERMINATED)
    }

    /// The score of a document if it can reach `threshold`, else a lower bound of it.
    pub fn score(&mut self, document: DocId, threshold: f32) -> Score {
        self.words.go_to(document);
        self.scorer.score(&mut self.words, threshold, &mut self.seen)
    }

    /// What each cause adds to the score of a document.
    pub fn terms(&mut self, document: DocId) -> Vec<(Cause, f32)> {
        self.words.go_to(document);
        self.scorer.terms(&mut self.words)
    }
}

impl DocumentWords {
    fn go_to(&mut self, document: DocId) {
        self.document = document;
        self.headline = self.lengths.of_headline(self.headline_norms.fieldnorm_id(document));
    }
}

impl ArticleWords for DocumentWords {
    fn occurrences(&mut self, word: usize) -> Occurrences {
        let (document, headline) = (self.document, self.headline);
        self.cursors.get_mut(word).map(|cursor| cursor.occurrences(document, headline)).unwrap_or_default()
    }

    fn part_frequency(&mut self, word: usize, part: usize) -> f32 {
        let document = self.document;
        self.cursors.get_mut(word).map_or(0.0, |cursor| cursor.part_frequency(document, part))
    }

    fn length(&self) -> f32 {
        self.lengths.texts[usize::from(self.norms.fieldnorm_id(self.document))]
    }

    fn day(&self) -> Option<i64> {
        self.days.as_ref()?.first(self.document)
    }

    fn read_positions(&mut self, word: usize) {
        if let Some(cursor) = self.cursors.get_mut(word) {
            cursor.read_positions(self.document);
        }
    }

    fn positions(&self, word: usize) -> &[u32] {
        self.cursors.get(word).map_or(&[], |cursor| &cursor.positions)
    }
}
