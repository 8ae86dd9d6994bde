//! The score of an article.
//!
//! BM25F (Robertson, Zaragoza, Taylor 2004): an occurrence in a kicker, headline, lead or crosshead counts as several in
//! the body before the frequency saturates, and one length normalises all. A word that occurs in the form typed gains a
//! share; as a part of a compound, or as another spelling, it counts for less. Query words that follow each other in the
//! query gain for each pair found close together in the text, most when side by side and in order (after Büttcher, Clarke,
//! Lushman 2006), so that a name outranks its scattered parts. An article that lacks words keeps a share of its score by what
//! the words it has weigh.

use super::cursor::Cursor;
use super::schema::Fields;
use crate::Ranking;
use crate::deadline::Deadline;
use crate::plan::words::Word;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;
use tantivy::{DocId, Searcher, SegmentReader, TERMINATED, Term};

/// Words of a usual headline.
const USUAL_HEADLINE: f32 = 8.0;

/// Most words of a query that is meant to the letter: articles that lack one of them come after those that have all.
const FEW_WORDS: usize = 4;
const STRICT_COVERAGE: f32 = 24.0;
/// What remains then of an article's score for each word that it has within compounds alone: the word itself comes first.
const ALONE_OF_FEW: f32 = 0.25;

/// What remains of a word's score in an article that has other forms of it alone: the form typed comes first.
const OTHER_FORM_OF_ONE: f32 = 0.1;
const OTHER_FORM_OF_FEW: f32 = 0.9;

/// What is the same in all segments.
pub struct Ranker<'a> {
    words: Vec<RankedWord<'a>>,
    pairs: Vec<Pair>,
    ranking: Ranking,
    deadline: Deadline,
    average_length: f32,
    idf: f32,
    /// Whether some article has all the words.
    pub some_complete: bool,
}

struct RankedWord<'a> {
    word: &'a Word,
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
        words: &'a [Word],
        searcher: &Searcher,
        fields: &Fields,
        ranking: Ranking,
        deadline: &Deadline,
    ) -> tantivy::Result<Self> {
        let articles = searcher.segment_readers().iter().map(|s| u64::from(s.max_doc())).sum::<u64>().max(1);
        let mut length = 0;
        for segment in searcher.segment_readers() {
            length += segment.inverted_index(fields.text)?.total_num_tokens();
        }
        let words: Vec<RankedWord<'a>> = words
            .iter()
            .map(|word| {
                let idf = weight_of(word, searcher, fields, ranking, articles)? * word.boost;
                Ok(RankedWord { word, idf })
            })
            .collect::<tantivy::Result<_>>()?;
        let pairs = (1..words.len())
            .map(|right| {
                let (l, r) = (&words[right - 1], &words[right]);
                let expected = r.word.position.saturating_sub(l.word.position).max(1);
                Pair { left: right - 1, right, expected, weight: ranking.proximity * (l.idf + r.idf) / 2.0 }
            })
            .filter(|pair| pair.expected <= ranking.window && pair.weight > 0.0)
            .collect();
        let idf = words.iter().map(|word| word.idf).sum::<f32>().max(f32::MIN_POSITIVE);
        Ok(Ranker {
            words,
            pairs,
            ranking,
            deadline: deadline.clone(),
            average_length: (length as f32 / articles as f32).max(1.0),
            idf,
            some_complete: false,
        })
    }

    /// The greatest score of an article that has none but these words.
    pub fn bound(&self, has: impl Fn(usize) -> bool) -> f32 {
        let words = || self.words.iter().enumerate().filter(|(at, _)| has(*at)).map(|(_, word)| word.idf);
        let pairs = self.pairs.iter().filter(|pair| has(pair.left) && has(pair.right)).map(|pair| pair.weight);
        let in_headline = self.ranking.in_headline * headline_factor(1.0, self.ranking.headline_length);
        let most = self.ranking.k1 + 1.0 + in_headline.max(self.ranking.in_kicker).max(self.ranking.in_lead);
        let without = (self.idf - words().sum::<f32>()) * self.ranking.scattered;
        let gain = words().sum::<f32>() * most * (1.0 + self.ranking.exact) + pairs.sum::<f32>() + without;
        gain * self.share(words().sum()) * (1.0 + self.ranking.all_typed)
    }

    /// What remains of a score for the weight of the words that an article has.
    fn share(&self, idf: f32) -> f32 {
        let strict = self.words.len() <= FEW_WORDS && self.some_complete;
        let power = if strict { STRICT_COVERAGE } else { self.ranking.coverage };
        (idf / self.idf).min(1.0).powf(power)
    }

    /// The weights of the words.
    pub fn weights(&self) -> Vec<f32> {
        self.words.iter().map(|word| word.idf).collect()
    }

    /// Opens the words' postings in a segment.
    pub fn segment(&self, segment: &SegmentReader, fields: &Fields) -> tantivy::Result<SegmentRanker<'_>> {
        let cursors = self
            .words
            .iter()
            .map(|ranked| Cursor::open(ranked.word, ranked.idf, segment, fields, self.ranking, &self.deadline))
            .collect::<tantivy::Result<_>>()?;
        let norms = segment.get_fieldnorms_reader(fields.text)?;
        let headline_norms = segment.get_fieldnorms_reader(fields.headline)?;
        let length = |id| FieldNormReader::id_to_fieldnorm(u8::try_from(id).unwrap_or(u8::MAX)) as f32;
        let lengths = std::array::from_fn(|id| {
            self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * length(id) / self.average_length)
        });
        let headlines = std::array::from_fn(|id| headline_factor(length(id), self.ranking.headline_length));
        Ok(SegmentRanker { ranker: self, cursors, norms, headline_norms, lengths, headlines })
    }
}

/// What a gain in a headline of this many words is multiplied by.
fn headline_factor(length: f32, power: f32) -> f32 {
    (USUAL_HEADLINE / length.max(1.0)).powf(power)
}

/// Robertson and Spärck Jones, never negative.
fn idf(frequency: u64, articles: u64) -> f32 {
    let (n, df) = (articles as f32, frequency.min(articles) as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

/// How much a word tells: by the number of articles that have it in any of its spellings, within compounds included; a phrase
/// tells as much as its words together.
fn weight_of(
    word: &Word,
    searcher: &Searcher,
    fields: &Fields,
    ranking: Ranking,
    articles: u64,
) -> tantivy::Result<f32> {
    let frequency = |field: Field, terms: &[Box<str>]| -> tantivy::Result<u64> {
        terms.iter().map(|term| searcher.doc_freq(&Term::from_field_text(field, term))).sum()
    };
    if word.stems.len() > 1 {
        let mut sum = 0.0;
        for stems in &word.stems {
            sum += idf(frequency(fields.text, stems)?, articles);
        }
        return Ok(sum);
    }
    if word.exact {
        return Ok(idf(frequency(fields.exact, &word.forms)?, articles));
    }
    let mut total = 0;
    for expansion in &word.expansions {
        if let Some(stems) = expansion.single() {
            total += frequency(fields.text, stems)?;
            if expansion.within && ranking.part > 0.0 {
                total += frequency(fields.parts, stems)?;
            }
        }
    }
    Ok(idf(total, articles))
}

/// The words' postings in one segment. Documents must be asked for in ascending order.
pub struct SegmentRanker<'a> {
    ranker: &'a Ranker<'a>,
    cursors: Vec<Cursor>,
    norms: FieldNormReader,
    headline_norms: FieldNormReader,
    /// By a length's code: the text's in BM25's normalisation, and what a gain in the headline is multiplied by.
    lengths: [f32; 256],
    headlines: [f32; 256],
}

impl SegmentRanker<'_> {
    /// The first document from `target` on that has one of `words`.
    pub fn next(&mut self, target: DocId, words: &[usize]) -> DocId {
        words.iter().filter_map(|at| Some(self.cursors.get_mut(*at)?.next(target))).min().unwrap_or(TERMINATED)
    }

    /// The score of a document if it can reach `threshold`, else a lower bound of it.
    pub fn score(&mut self, document: DocId, threshold: f32) -> f32 {
        let length = self.lengths[usize::from(self.norms.fieldnorm_id(document))];
        let ranking = self.ranker.ranking;
        let few = self.cursors.len() <= FEW_WORDS;
        let other_form = match self.cursors.len() {
            1 => OTHER_FORM_OF_ONE,
            2..=FEW_WORDS => OTHER_FORM_OF_FEW,
            _ => 1.0,
        };
        let headline = self.headlines[usize::from(self.headline_norms.fieldnorm_id(document))];
        let (mut score, mut idf, mut complete, mut typed, mut alone) = (0.0, 0.0, true, true, 1.0);
        for cursor in &mut self.cursors {
            score += cursor.gain(document, length, ranking, other_form, headline);
            idf += if cursor.found { cursor.idf } else { 0.0 };
            complete &= cursor.found;
            typed &= cursor.typed;
            if few && cursor.found && !cursor.itself {
                alone *= ALONE_OF_FEW;
            }
        }
        let all_typed = if typed && !few { 1.0 + ranking.all_typed } else { 1.0 };
        let share = if complete { all_typed } else { self.ranker.share(idf) } * alone;
        let reachable = (score + self.greatest_proximity()) * share >= threshold;
        (if reachable { score + self.proximity(document) } else { score }) * share
    }

    /// The share that the words weigh which the document scored last has.
    pub fn weight(&self) -> f32 {
        self.cursors.iter().filter(|cursor| cursor.found).map(|cursor| cursor.idf).sum::<f32>() / self.ranker.idf
    }

    fn greatest_proximity(&self) -> f32 {
        let both = |pair: &&Pair| self.cursors[pair.left].itself && self.cursors[pair.right].itself;
        self.ranker.pairs.iter().filter(both).map(|pair| pair.weight).sum()
    }

    fn proximity(&mut self, document: DocId) -> f32 {
        let ranker = self.ranker;
        let mut gain = 0.0;
        let mut read = usize::MAX;
        for pair in &ranker.pairs {
            if !self.cursors[pair.left].itself || !self.cursors[pair.right].itself {
                continue;
            }
            if read != pair.left {
                self.cursors[pair.left].read_positions(document);
            }
            self.cursors[pair.right].read_positions(document);
            read = pair.right;
            let (left, right) = (&self.cursors[pair.left].positions, &self.cursors[pair.right].positions);
            let close = closeness(left, right, pair.expected, ranker.ranking.window);
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
