//! The score of an article.
//!
//! BM25F (Robertson, Zaragoza, Taylor 2004): an occurrence in a kicker, headline, lead or crosshead counts as several in
//! the body before the frequency saturates, and one length normalises all. A word that occurs in the form typed gains a
//! share. Query words that follow each other in the query gain for each pair found close together in the text, most
//! when side by side and in order (after Büttcher, Clarke, Lushman 2006), so that a name outranks its scattered parts.

use super::compile::ScoredWord;
use super::schema::Fields;
use crate::engine::Ranking;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, Term};

/// What is the same in all segments.
pub struct Ranker<'a> {
    words: Vec<RankedWord<'a>>,
    pairs: Vec<Pair>,
    ranking: Ranking,
    average_length: f32,
}

struct RankedWord<'a> {
    word: &'a ScoredWord,
    idf: f32,
}

/// Two words that follow each other in the query.
struct Pair {
    left: usize,
    right: usize,
    /// Distance in the query.
    expected: u32,
    /// Greatest gain.
    weight: f32,
}

impl<'a> Ranker<'a> {
    /// Gathers the statistics of the words over the whole index.
    pub fn new(
        words: &'a [ScoredWord],
        searcher: &Searcher,
        fields: &Fields,
        ranking: Ranking,
    ) -> tantivy::Result<Self> {
        let articles = searcher.segment_readers().iter().map(|s| u64::from(s.max_doc())).sum::<u64>().max(1);
        let mut length = 0;
        for segment in searcher.segment_readers() {
            length += segment.inverted_index(fields.text)?.total_num_tokens();
        }
        let words: Vec<RankedWord<'a>> = words
            .iter()
            .map(|word| {
                let within = |field| searcher.doc_freq(&Term::from_field_text(field, &word.terms.stem));
                let frequency = within(fields.text)? + if ranking.part > 0.0 { within(fields.parts)? } else { 0 };
                Ok(RankedWord { word, idf: idf(frequency.min(articles), articles) })
            })
            .collect::<tantivy::Result<_>>()?;
        let pairs = (1..words.len())
            .map(|right| {
                let (l, r) = (&words[right - 1], &words[right]);
                let expected = r.word.position.saturating_sub(l.word.position).max(1);
                Pair { left: right - 1, right, expected, weight: ranking.proximity * (l.idf + r.idf) / 2.0 }
            })
            .filter(|pair| pair.expected <= ranking.window)
            .collect();
        Ok(Ranker { words, pairs, ranking, average_length: (length as f32 / articles as f32).max(1.0) })
    }

    /// Opens the words' postings in a segment.
    pub fn segment(&self, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<SegmentRanker<'_>> {
        let weighted = [
            (fields.kicker, self.ranking.kicker),
            (fields.headline, self.ranking.headline),
            (fields.subhead, self.ranking.lead),
            (fields.lead, self.ranking.lead),
            (fields.crosshead, self.ranking.crosshead),
        ];
        let cursors = self
            .words
            .iter()
            .map(|ranked| {
                let postings = |field: Field, term: &str, option| -> tantivy::Result<Option<SegmentPostings>> {
                    let index = segment.inverted_index(field)?;
                    Ok(index.read_postings(&Term::from_field_text(field, term), option)?)
                };
                let stem = &ranked.word.terms.stem;
                let positions = if self.pairs.is_empty() {
                    IndexRecordOption::WithFreqs
                } else {
                    IndexRecordOption::WithFreqsAndPositions
                };
                let mut parts = Vec::new();
                for (field, weight) in weighted {
                    if let Some(postings) = postings(field, stem, IndexRecordOption::WithFreqs)? {
                        parts.push((postings, weight - 1.0));
                    }
                }
                Ok(Cursor {
                    idf: ranked.idf,
                    text: postings(fields.text, stem, positions)?,
                    within: postings(fields.parts, stem, IndexRecordOption::WithFreqs)?
                        .filter(|_| self.ranking.part > 0.0),
                    parts,
                    exact: postings(fields.exact, &ranked.word.terms.exact, IndexRecordOption::Basic)?,
                    frequency: 0,
                    positions: Vec::new(),
                })
            })
            .collect::<tantivy::Result<_>>()?;
        let norms = segment.get_fieldnorms_reader(fields.text)?;
        let lengths = std::array::from_fn(|id| {
            let length = FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX)) as f32;
            self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * length / self.average_length)
        });
        Ok(SegmentRanker { ranker: self, cursors, norms, lengths })
    }
}

/// Robertson and Spärck Jones, never negative.
fn idf(frequency: u64, articles: u64) -> f32 {
    let (n, df) = (articles as f32, frequency as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

/// The words' postings in one segment. Documents must be asked for in ascending order.
pub struct SegmentRanker<'a> {
    ranker: &'a Ranker<'a>,
    cursors: Vec<Cursor>,
    norms: FieldNormReader,
    lengths: [f32; 256],
}

struct Cursor {
    idf: f32,
    text: Option<SegmentPostings>,
    /// Postings as a part of compounds.
    within: Option<SegmentPostings>,
    /// Postings of weighted parts, with what an occurrence there counts beyond its 1 in the text.
    parts: Vec<(SegmentPostings, f32)>,
    exact: Option<SegmentPostings>,
    /// Frequency in the document scored last.
    frequency: u32,
    positions: Vec<u32>,
}

/// Moves to `document`; whether it is there.
fn stands_at(postings: &mut SegmentPostings, document: DocId) -> bool {
    if postings.doc() < document {
        postings.seek(document);
    }
    postings.doc() == document
}

impl SegmentRanker<'_> {
    /// The score of a document if it can reach `threshold`, else a lower bound of it.
    pub fn score(&mut self, document: DocId, threshold: f32) -> f32 {
        let length = self.lengths[usize::from(self.norms.fieldnorm_id(document))];
        let ranking = self.ranker.ranking;
        let (mut score, mut alone) = (0.0, 0);
        for cursor in &mut self.cursors {
            let text = cursor.text.as_mut();
            cursor.frequency = text.map_or(0, |text| if stands_at(text, document) { text.term_freq() } else { 0 });
            let within = cursor.within.as_mut();
            let within =
                within.map_or(0, |postings| if stands_at(postings, document) { postings.term_freq() } else { 0 });
            let mut weight = cursor.frequency as f32 + ranking.part * within as f32;
            if weight <= 0.0 {
                continue;
            }
            for (postings, beyond) in &mut cursor.parts {
                if stands_at(postings, document) {
                    weight += *beyond * postings.term_freq() as f32;
                }
            }
            let mut gain = cursor.idf * weight * (ranking.k1 + 1.0) / (weight + length);
            alone += i32::from(cursor.frequency == 0);
            if cursor.exact.as_mut().is_some_and(|exact| stands_at(exact, document)) {
                gain *= 1.0 + ranking.exact;
            }
            score += gain;
        }
        let share = ranking.part_alone.powi(alone);
        let reachable = (score + self.greatest_proximity()) * share >= threshold;
        (if reachable { score + self.proximity() } else { score }) * share
    }

    fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.ranker.pairs.iter().filter(|p| self.cursors[p.left].frequency > 0 && self.cursors[p.right].frequency > 0)
    }

    fn greatest_proximity(&self) -> f32 {
        self.pairs().map(|pair| pair.weight).sum()
    }

    fn proximity(&mut self) -> f32 {
        let ranker = self.ranker;
        let mut gain = 0.0;
        let mut read = 0u64;
        for pair in &ranker.pairs {
            if self.cursors[pair.left].frequency == 0 || self.cursors[pair.right].frequency == 0 {
                continue;
            }
            for at in [pair.left, pair.right] {
                if at < 64 && read & (1 << at) != 0 {
                    continue;
                }
                read |= if at < 64 { 1 << at } else { 0 };
                let cursor = &mut self.cursors[at];
                if let Some(text) = &mut cursor.text {
                    text.positions(&mut cursor.positions);
                }
            }
            let close = closeness(
                &self.cursors[pair.left].positions,
                &self.cursors[pair.right].positions,
                pair.expected,
                ranker.ranking.window,
            );
            gain += pair.weight * close / (close + 1.0);
        }
        gain
    }
}

/// Sum over the occurrences of `left` of 1 for a `right` at the expected distance, 1/d² for one d words off it, half as
/// much where `right` stands before `left`; the nearest counts, beyond `window` none does.
fn closeness(left: &[u32], right: &[u32], expected: u32, window: u32) -> f32 {
    let mut sum = 0.0;
    let mut next = 0;
    for &position in left {
        while next < right.len() && right[next] <= position {
            next += 1;
        }
        let after = right.get(next).map(|r| r - position).filter(|d| *d <= window);
        let before = next.checked_sub(1).map(|at| position - right[at]).filter(|d| (1..=window).contains(d));
        let forward = after.map_or(0.0, |d| part(d.abs_diff(expected)));
        let backward = before.map_or(0.0, |d| part(d.abs_diff(expected)) / 2.0);
        sum += f32::max(forward, backward);
    }
    sum
}

fn part(off: u32) -> f32 {
    let distance = off as f32 + 1.0;
    1.0 / (distance * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closeness_prefers_the_order_and_distance_of_the_query() {
        let near = |left: &[u32], right: &[u32]| closeness(left, right, 1, 8);
        assert!((near(&[5], &[6]) - 1.0).abs() < 1e-6);
        assert!(near(&[5], &[6]) > near(&[5], &[7]));
        assert!(near(&[5], &[6]) > near(&[6], &[5]));
        assert!(near(&[6], &[5]) > 0.0);
        assert!(near(&[5], &[14]).abs() < 1e-6);
        assert!((near(&[5, 50], &[6, 51]) - 2.0).abs() < 1e-6);
        assert!((closeness(&[5], &[7], 2, 8) - 1.0).abs() < 1e-6);
        assert!(near(&[], &[1]).abs() < 1e-6 && near(&[1], &[]).abs() < 1e-6);
    }
}
