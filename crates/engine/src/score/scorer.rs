//! The score of an article.
//!
//! BM25F (Robertson, Zaragoza, Taylor 2004): an occurrence in a kicker, headline, lead or crosshead counts as several in
//! the body before the frequency saturates, and one length normalises all. A word that occurs in the form typed gains a
//! share; as a part of a compound, or as another spelling, it counts for less. Query words that follow each other in the
//! query gain for each pair found close together in the text, most when side by side and in order (after Büttcher, Clarke,
//! Lushman 2006), so that a name outranks its scattered parts. An article that lacks words keeps a share of its score by what
//! the words it has weigh.

use crate::plan::prepared::Prepared;
use crate::plan::request::Sort;
use crate::plan::word::Word;
use crate::ranking::Ranking;
use crate::score::occurrences::Occurrences;

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

/// Numbers about an archive that words are weighed by.
pub trait Statistics {
    /// Why they cannot be had.
    type Error;

    /// Articles.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn articles(&self) -> Result<u64, Self::Error>;

    /// Words of all texts.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn words(&self) -> Result<u64, Self::Error>;

    /// Articles with a stem in their text.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_stem(&self, stem: &str) -> Result<u64, Self::Error>;

    /// Articles with a compound in their text that has a part with this stem.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_part(&self, stem: &str) -> Result<u64, Self::Error>;

    /// Articles with a form in their text.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_form(&self, form: &str) -> Result<u64, Self::Error>;
}

/// What an article has of the words of a query.
pub trait ArticleWords {
    /// What it has of a word, by its number.
    fn occurrences(&mut self, word: usize) -> Occurrences;

    /// Its length in BM25's normalisation, see [`Scorer::length_norm`].
    fn length(&self) -> f32;

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
    pairs: Vec<Pair>,
    ranking: Ranking,
    average_length: f32,
    /// What all words weigh.
    weight: f32,
    /// Whether some article has all the words.
    pub some_complete: bool,
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

impl Scorer {
    /// Gathers what the scored words of a request weigh in an archive. Ordered by date its hits need no places of words.
    ///
    /// # Errors
    /// Those of the statistics.
    pub fn of<S: Statistics>(prepared: &Prepared<'_>, statistics: &S) -> Result<Scorer, S::Error> {
        let request = prepared.request();
        let ranking = match request.sort {
            Sort::Relevance => request.ranking,
            Sort::Newest | Sort::Oldest => Ranking { proximity: 0.0, ..request.ranking },
        };
        Scorer::new(&prepared.plan().scored, statistics, ranking)
    }

    /// Gathers what words weigh in an archive.
    ///
    /// # Errors
    /// Those of the statistics.
    pub fn new<S: Statistics>(words: &[Word], statistics: &S, ranking: Ranking) -> Result<Scorer, S::Error> {
        let articles = statistics.articles()?.max(1);
        let length = statistics.words()?;
        let weights = words.iter().map(|word| Ok(weight_of(word, statistics, ranking, articles)? * word.boost));
        let weights: Vec<f32> = weights.collect::<Result<_, S::Error>>()?;
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
        Ok(Scorer { weights, pairs, ranking, average_length, weight, some_complete: false })
    }

    /// The weights of the ranking.
    #[must_use]
    pub fn ranking(&self) -> Ranking {
        self.ranking
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

    /// What a gain in a headline of so many words is multiplied by.
    #[must_use]
    pub fn headline_factor(&self, words: f32) -> f32 {
        (USUAL_HEADLINE / words.max(1.0)).powf(self.ranking.headline_length)
    }

    /// The greatest score of an article that has none but these words.
    pub fn bound(&self, has: impl Fn(usize) -> bool) -> f32 {
        let words = || self.weights.iter().enumerate().filter(|(at, _)| has(*at)).map(|(_, weight)| *weight);
        let pairs = self.pairs.iter().filter(|pair| has(pair.left) && has(pair.right)).map(|pair| pair.weight);
        let in_headline = self.ranking.in_headline * self.headline_factor(1.0);
        let most = self.ranking.k1 + 1.0 + in_headline.max(self.ranking.in_kicker).max(self.ranking.in_lead);
        let without = (self.weight - words().sum::<f32>()) * self.ranking.scattered;
        let gain = words().sum::<f32>() * most * (1.0 + self.ranking.exact) + pairs.sum::<f32>() + without;
        gain * self.share(words().sum()) * (1.0 + self.ranking.all_typed)
    }

    /// The words of which an article must have one to reach `threshold` (after MaxScore: Turtle and Flood 1995).
    #[must_use]
    pub fn essential(&self, optional: &[usize], threshold: f32) -> Vec<usize> {
        let mut rising: Vec<usize> = optional.to_vec();
        rising.sort_by(|a, b| self.weight_of(*a).total_cmp(&self.weight_of(*b)));
        // what is demanded anyway is taken to be there
        let demanded = |word: usize| !optional.contains(&word);
        let common = (0..rising.len())
            .take_while(|count| {
                let few = &rising[..=*count];
                self.bound(|word| demanded(word) || few.contains(&word)) < threshold
            })
            .count();
        rising.split_off(common)
    }

    /// What remains of a score for the weight of the words that an article has.
    fn share(&self, weight: f32) -> f32 {
        let strict = self.weights.len() <= FEW_WORDS && self.some_complete;
        let power = if strict { STRICT_COVERAGE } else { self.ranking.coverage };
        (weight / self.weight).min(1.0).powf(power)
    }

    /// The score of an article if it can reach `threshold`, else a lower bound of it; `seen` takes what it has of each word.
    pub fn score(&self, article: &mut impl ArticleWords, threshold: f32, seen: &mut Vec<Occurrences>) -> Score {
        let length = article.length();
        let few = self.weights.len() <= FEW_WORDS;
        let other_form = match self.weights.len() {
            1 => OTHER_FORM_OF_ONE,
            2..=FEW_WORDS => OTHER_FORM_OF_FEW,
            _ => 1.0,
        };
        seen.clear();
        let (mut score, mut weight, mut complete, mut typed, mut alone) = (0.0, 0.0, true, true, 1.0);
        for (word, own) in self.weights.iter().enumerate() {
            let found = article.occurrences(word);
            seen.push(found);
            score += self.gain(*own, &found, length, other_form);
            weight += if found.found { *own } else { 0.0 };
            complete &= found.found;
            typed &= found.typed;
            if few && found.found && !found.itself {
                alone *= ALONE_OF_FEW;
            }
        }
        let all_typed = if typed && !few { 1.0 + self.ranking.all_typed } else { 1.0 };
        let share = if complete { all_typed } else { self.share(weight) } * alone;
        let reachable = (score + self.greatest_proximity(seen)) * share >= threshold;
        let score = (if reachable { score + self.proximity(article, seen) } else { score }) * share;
        Score { score, weight: weight / self.weight }
    }

    /// What a word that weighs `weight` gains in an article; `length` is the article's in BM25's normalisation, `other_form` what
    /// remains where the form typed is not there.
    fn gain(&self, weight: f32, found: &Occurrences, length: f32, other_form: f32) -> f32 {
        let Ranking { k1, exact, part_alone, scattered, .. } = self.ranking;
        if !found.found {
            return weight * scattered * found.scattered;
        }
        let gain = weight * (found.weight * (k1 + 1.0) / (found.weight + length) + found.in_part);
        match (found.pattern, found.typed, found.itself) {
            (true, ..) => gain,
            (_, true, _) => gain * (1.0 + exact),
            (_, false, true) => gain * other_form,
            (_, false, false) => gain * other_form * part_alone,
        }
    }

    fn greatest_proximity(&self, seen: &[Occurrences]) -> f32 {
        let both = |pair: &&Pair| seen[pair.left].itself && seen[pair.right].itself;
        self.pairs.iter().filter(both).map(|pair| pair.weight).sum()
    }

    fn proximity(&self, article: &mut impl ArticleWords, seen: &[Occurrences]) -> f32 {
        let mut gain = 0.0;
        let mut read = usize::MAX;
        for pair in &self.pairs {
            if !seen[pair.left].itself || !seen[pair.right].itself {
                continue;
            }
            if read != pair.left {
                article.read_positions(pair.left);
            }
            article.read_positions(pair.right);
            read = pair.right;
            let (left, right) = (article.positions(pair.left), article.positions(pair.right));
            let close = closeness(left, right, pair.expected, self.ranking.window);
            gain += pair.weight * close / (close + 1.0);
        }
        gain
    }
}

/// Robertson and Spärck Jones, never negative.
fn idf(frequency: u64, articles: u64) -> f32 {
    let (n, df) = (articles as f32, frequency.min(articles) as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

/// The weight of a word: by the number of articles that have it in any of its spellings, within compounds included. A phrase weighs
/// as much as its words together.
fn weight_of<S: Statistics>(word: &Word, statistics: &S, ranking: Ranking, articles: u64) -> Result<f32, S::Error> {
    let sum = |terms: &[Box<str>], with: &dyn Fn(&str) -> Result<u64, S::Error>| -> Result<u64, S::Error> {
        terms.iter().map(|term| with(term)).sum()
    };
    if word.stems.len() > 1 {
        let mut weight = 0.0;
        for stems in &word.stems {
            weight += idf(sum(stems, &|stem| statistics.with_stem(stem))?, articles);
        }
        return Ok(weight);
    }
    if word.exact {
        return Ok(idf(sum(&word.forms, &|form| statistics.with_form(form))?, articles));
    }
    let mut total = 0;
    for expansion in &word.expansions {
        if let Some(stems) = expansion.single() {
            total += sum(stems, &|stem| statistics.with_stem(stem))?;
            if expansion.within && ranking.part > 0.0 {
                total += sum(stems, &|stem| statistics.with_part(stem))?;
            }
        }
    }
    Ok(idf(total, articles))
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
mod tests;
