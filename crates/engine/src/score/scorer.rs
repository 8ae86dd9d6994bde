//! The score of an article.
//!
//! BM25F (Robertson, Zaragoza, Taylor 2004): an occurrence in a headline, lead or kicker counts as several in the body before the
//! frequency saturates, and one length normalises all. On top of that a word gains for standing in the headline, for standing in
//! the form typed, and the nearer the beginning of the article it first stands; query words that follow each other gain for
//! standing close together; for a compound that an article lacks, its parts count as words of their own. An article that lacks
//! words keeps a share of its score by what the words it has weigh, the smaller the fewer words are asked for; one that is near the day
//! asked for gains a share.
//!
//! Each of these is a [`Cause`], and [`Scorer::terms`] gives what each adds: they sum to the score.

use crate::plan::prepared::Prepared;
use crate::plan::request::Sort;
use crate::plan::word::Word;
use crate::ranking::Ranking;
use crate::score::closeness::closeness;
use crate::score::occurrences::Occurrences;
use crate::score::weight::{Statistics, idf, weight_of};
use findbuch_query::DateRange;
use jiff::civil;

/// How many times more the form typed counts where one word is asked for: it is all that is said.
const FORM_OF_ONE: f32 = 4.0;

/// Most words of a query that is meant to the letter if none is a function word: articles that have all come first.
const FEW_WORDS: usize = 4;
/// For such a query, how many times [`Ranking::coverage`] is the power to which the share is raised that the words weigh which an
/// article has: one that lacks a quarter keeps a tenth of its score. From 2 to 12 no set moves by more than .001.
const POWER_OF_FEW: f32 = 8.0;

/// What an article has of the words of a query.
pub trait ArticleWords {
    /// What it has of a word, by its number.
    fn occurrences(&mut self, word: usize) -> Occurrences;

    /// How often it has a part of the compound that a word is, one within compounds counting as [`Ranking::part`].
    fn part_frequency(&mut self, word: usize, part: usize) -> f32;

    /// Its length in BM25's normalisation, see [`Scorer::length_norm`].
    fn length(&self) -> f32;

    /// The day of its publication since 1970; asked for only where the request has a day.
    fn day(&self) -> Option<i64>;

    /// Finds where it has a word, for [`ArticleWords::positions`].
    fn read_positions(&mut self, word: usize);

    /// Where it has a word, in order.
    fn positions(&self, word: usize) -> &[u32];
}

/// Scores articles for a query.
#[derive(Debug, Clone)]
pub struct Scorer {
    /// For each word what it weighs.
    weights: Vec<f32>,
    /// For each word that is a compound what its parts weigh, and the most that they can gain.
    parts: Vec<(Vec<f32>, f32)>,
    pairs: Vec<Pair>,
    ranking: Ranking,
    average_length: f32,
    /// What all words weigh.
    weight: f32,
    /// The power of [`Scorer::share`].
    coverage: f32,
    /// The first and last of the days near which articles gain.
    around: Option<(i64, i64)>,
}

/// Two words that follow each other in the query.
#[derive(Debug, Clone)]
struct Pair {
    left: usize,
    right: usize,
    /// Distance in the query.
    expected: u32,
    /// Greatest gain.
    weight: f32,
}

/// The score of an article, and what it has of the words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// The score.
    pub score: f32,
    /// The share that the words weigh which it has.
    pub weight: f32,
}

/// What all articles have in common in a bound of their scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreBounds {
    /// Words of an article on average.
    pub average_length: f32,
    /// The most that closeness brings.
    pub pairs: f32,
    /// The power to which the share is raised that the words weigh which an article has.
    pub coverage: f32,
    /// What the score of an article is multiplied by at most for its day.
    pub near: f32,
}

/// Why an article gains or loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It has a word, so and so often for its length.
    Frequency(usize),
    /// A word stands in a headline.
    Headline(usize),
    /// A word stands there in the form typed.
    Form(usize),
    /// A word first stands near the beginning.
    Opening(usize),
    /// It has parts of a compound that it lacks.
    Parts(usize),
    /// Two words stand close together.
    Pair(usize, usize),
    /// It lacks words.
    Lacking,
    /// It was published near the day asked for.
    Near,
}

impl Scorer {
    /// Gathers what the scored words of a request weigh in an archive. Ordered by date its hits need no positions of words.
    ///
    /// # Errors
    /// Those of the statistics.
    pub fn of<S: Statistics>(prepared: &Prepared<'_>, statistics: &S) -> Result<Scorer, S::Error> {
        let request = prepared.request();
        let ranking = match request.sort {
            Sort::Relevance => request.ranking,
            Sort::Newest | Sort::Oldest => Ranking { proximity: 0.0, opening: 0.0, ..request.ranking },
        };
        let scorer = Scorer::new(&prepared.plan().scored, statistics, ranking)?;
        let around = request.around.or_else(|| prepared.plan().year_asked_for());
        let (plan, asked) = (prepared.plan(), prepared.plan().words.len());
        let few = asked <= FEW_WORDS && plan.scored.len() == asked;
        let coverage = if few { scorer.ranking.coverage * POWER_OF_FEW } else { scorer.coverage };
        Ok(Scorer { around: around.map(bounds), coverage, ..scorer })
    }

    /// Gathers what words weigh in an archive.
    ///
    /// # Errors
    /// Those of the statistics.
    pub fn new<S: Statistics>(words: &[Word], statistics: &S, ranking: Ranking) -> Result<Scorer, S::Error> {
        let articles = statistics.articles()?.max(1);
        let length = statistics.words()?;
        let weights = words.iter().map(|word| Ok(weight_of(word, statistics, articles)? * word.boost));
        let weights: Vec<f32> = weights.collect::<Result<_, S::Error>>()?;
        let mut parts = Vec::with_capacity(words.len());
        for word in words {
            let each = ranking.compound_parts * word.boost;
            let of_word = word.compound_parts.iter().flatten();
            let of_word = of_word.map(|stem| Ok(each * idf(statistics.with_stem(stem)?, articles)));
            let of_word: Vec<f32> = of_word.collect::<Result<_, S::Error>>()?;
            let most = of_word.iter().sum::<f32>() * (ranking.k1 + 1.0);
            parts.push((of_word, most));
        }
        let exact = ranking.exact * if words.len() == 1 { FORM_OF_ONE } else { 1.0 };
        let ranking = Ranking { exact, ..ranking };
        let pairs = (1..words.len())
            .map(|right| {
                let (l, r) = (&words[right - 1], &words[right]);
                let expected = r.position.saturating_sub(l.position).max(1);
                let weight = ranking.proximity * (weights[right - 1] + weights[right]) / 2.0;
                Pair { left: right - 1, right, expected, weight }
            })
            .filter(|pair| pair.expected <= ranking.window && pair.weight > 0.0)
            .collect();
        let weight = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let average_length = (length as f32 / articles as f32).max(1.0);
        let coverage = ranking.coverage * (2.0 / words.len().max(1) as f32).powi(2);
        Ok(Scorer { weights, parts, pairs, ranking, average_length, weight, coverage, around: None })
    }

    /// The weights of the ranking.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        self.ranking
    }

    /// Whether the days of articles matter.
    #[must_use]
    pub fn needs_days(&self) -> bool {
        self.around.is_some()
    }

    /// What a word weighs.
    #[must_use]
    pub fn weight_of(&self, word: usize) -> f32 {
        self.weights.get(word).copied().unwrap_or_default()
    }

    /// The length of a text of so many words in BM25's normalisation.
    #[must_use]
    pub fn length_norm(&self, words: f32) -> f32 {
        self.ranking.k1 * (1.0 - self.ranking.b + self.ranking.b * words / self.average_length)
    }

    /// What the parts of the compound that a word is weigh, one by one.
    #[must_use]
    pub fn parts_of(&self, word: usize) -> &[f32] {
        self.parts.get(word).map_or(&[], |(parts, _)| parts)
    }

    /// What an engine must know that computes a bound of an article's score from frequencies alone.
    #[must_use]
    pub fn bounds(&self) -> ScoreBounds {
        ScoreBounds {
            average_length: self.average_length,
            pairs: self.pairs.iter().map(|pair| pair.weight).sum(),
            coverage: self.coverage,
            near: if self.around.is_some() { 1.0 + self.ranking.around } else { 1.0 },
        }
    }

    /// The greatest score of an article that has none but these words, in its headline or not.
    pub fn bound(&self, in_headline: bool, has: impl Fn(usize) -> bool) -> f32 {
        let Ranking { k1, exact, opening, .. } = self.ranking;
        let own: f32 = self.weights.iter().enumerate().filter(|(at, _)| has(*at)).map(|(_, weight)| *weight).sum();
        let pairs = self.pairs.iter().filter(|pair| has(pair.left) && has(pair.right)).map(|pair| pair.weight);
        // a word is there itself and may open the article, or else its parts count
        let more = self.weights.iter().zip(&self.parts).enumerate();
        let more = more.map(|(at, (own, (_, most)))| if has(at) { most.max(own * opening) } else { *most });
        let headline = if in_headline { self.ranking.in_headline * self.ranking.headline_factor(1.0) } else { 0.0 };
        let most = (k1 + 1.0 + headline) * (1.0 + exact);
        let near = if self.around.is_some() { 1.0 + self.ranking.around } else { 1.0 };
        (own * most + more.sum::<f32>() + pairs.sum::<f32>()) * self.share(own) * near
    }

    /// The words of which an article must have one to reach `threshold` (after MaxScore: Turtle and Flood 1995), whether any of its words
    /// is in the headline or none.
    #[must_use]
    pub fn essential(&self, optional: &[usize], in_headline: bool, threshold: f32) -> Vec<usize> {
        let mut rising: Vec<usize> = optional.to_vec();
        rising.sort_by(|a, b| self.weight_of(*a).total_cmp(&self.weight_of(*b)));
        // what is demanded anyway is taken to be there
        let demanded = |word: usize| !optional.contains(&word);
        let common = (0..rising.len())
            .take_while(|count| {
                let few = &rising[..=*count];
                self.bound(in_headline, |word| demanded(word) || few.contains(&word)) < threshold
            })
            .count();
        rising.split_off(common)
    }

    /// What remains of a score for the weight of the words that an article has.
    fn share(&self, weight: f32) -> f32 {
        if weight >= self.weight { 1.0 } else { (weight / self.weight).powf(self.coverage) }
    }

    /// What a score is multiplied by for the article's day.
    fn nearness(&self, article: &impl ArticleWords) -> f32 {
        let Some((first, last)) = self.around else { return 1.0 };
        let Some(day) = article.day() else { return 1.0 };
        let days = first.saturating_sub(day).max(day.saturating_sub(last)).max(0) as f32;
        1.0 + self.ranking.around / (1.0 + days / self.ranking.around_days.max(1.0))
    }

    /// The score of an article if it can reach `threshold`, else a lower bound of it; `seen` takes what it has of each word.
    pub fn score(&self, article: &mut impl ArticleWords, threshold: f32, seen: &mut Vec<Occurrences>) -> Score {
        let length = article.length();
        seen.clear();
        let (mut score, mut weight, mut more) = (0.0, 0.0, 0.0);
        for (word, (own, (_, most))) in self.weights.iter().zip(&self.parts).enumerate() {
            let found = article.occurrences(word);
            seen.push(found);
            if found.found {
                score += self.frequency(*own, &found, length) + *own * found.in_headline;
                score += self.form(*own, &found, length);
                weight += *own;
            }
            more += if found.itself { *own * self.ranking.opening } else { *most };
        }
        let factor = self.share(weight) * self.nearness(article);
        let weight = weight / self.weight;
        if (score + more + self.greatest_proximity(seen)) * factor < threshold {
            return Score { score: score * factor, weight };
        }
        for (word, found) in seen.iter().enumerate() {
            score += if found.itself { self.opening(word, article) } else { self.of_parts(word, article, length) };
        }
        score += self.pairs.iter().map(|pair| self.proximity(pair, article, seen)).sum::<f32>();
        Score { score: score * factor, weight }
    }

    /// What each cause adds to the score of an article; they sum to it.
    pub fn terms(&self, article: &mut impl ArticleWords) -> Vec<(Cause, f32)> {
        let length = article.length();
        let (mut terms, mut seen, mut weight) = (Vec::new(), Vec::new(), 0.0);
        for (word, own) in self.weights.iter().enumerate() {
            let found = article.occurrences(word);
            if found.found {
                weight += *own;
                terms.push((Cause::Frequency(word), self.frequency(*own, &found, length)));
                terms.push((Cause::Headline(word), *own * found.in_headline));
                terms.push((Cause::Form(word), self.form(*own, &found, length)));
            }
            terms.push(if found.itself {
                (Cause::Opening(word), self.opening(word, article))
            } else {
                (Cause::Parts(word), self.of_parts(word, article, length))
            });
            seen.push(found);
        }
        for pair in &self.pairs {
            terms.push((Cause::Pair(pair.left, pair.right), self.proximity(pair, article, &seen)));
        }
        let all: f32 = terms.iter().map(|(_, value)| value).sum();
        let (share, near) = (self.share(weight), self.nearness(article));
        terms.push((Cause::Lacking, all * (share - 1.0)));
        terms.push((Cause::Near, all * share * (near - 1.0)));
        terms.retain(|(_, value)| *value != 0.0);
        terms
    }

    /// What a word that weighs `own` gains for how often it is there; `length` is the article's in BM25's normalisation.
    fn frequency(&self, own: f32, found: &Occurrences, length: f32) -> f32 {
        own * found.weight * (self.ranking.k1 + 1.0) / (found.weight + length)
    }

    fn form(&self, own: f32, found: &Occurrences, length: f32) -> f32 {
        if !found.typed || found.pattern {
            return 0.0;
        }
        self.ranking.exact * (self.frequency(own, found, length) + own * found.in_headline)
    }

    /// What a word gains for its first position, which is read for this and for [`Scorer::proximity`].
    fn opening(&self, word: usize, article: &mut impl ArticleWords) -> f32 {
        let Ranking { opening, opening_words, .. } = self.ranking;
        if opening == 0.0 && self.pairs.is_empty() {
            return 0.0;
        }
        article.read_positions(word);
        let first = article.positions(word).first();
        first.map_or(0.0, |first| self.weights[word] * opening / (1.0 + *first as f32 / opening_words.max(1.0)))
    }

    /// What the parts of a compound gain in an article that lacks it.
    fn of_parts(&self, word: usize, article: &mut impl ArticleWords, length: f32) -> f32 {
        let (parts, _) = &self.parts[word];
        let each = parts.iter().enumerate().map(|(part, own)| {
            let frequency = article.part_frequency(word, part);
            own * frequency * (self.ranking.k1 + 1.0) / (frequency + length)
        });
        each.sum()
    }

    fn greatest_proximity(&self, seen: &[Occurrences]) -> f32 {
        let both = |pair: &&Pair| seen[pair.left].itself && seen[pair.right].itself;
        self.pairs.iter().filter(both).map(|pair| pair.weight).sum()
    }

    /// What a pair gains whose positions have been read.
    fn proximity(&self, pair: &Pair, article: &impl ArticleWords, seen: &[Occurrences]) -> f32 {
        if !seen[pair.left].itself || !seen[pair.right].itself {
            return 0.0;
        }
        let (left, right) = (article.positions(pair.left), article.positions(pair.right));
        let close = closeness(left, right, pair.expected, self.ranking.window);
        pair.weight * close / (close + 1.0)
    }
}

/// The bounds of days, counted from 1970.
fn bounds(range: DateRange) -> (i64, i64) {
    let days = |day: civil::Date| i64::from(day.since(civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()));
    (range.from.map_or(i64::MIN, days), range.until.map_or(i64::MAX, days))
}

#[cfg(test)]
mod tests;
