//! The words by which two sets of articles differ: log-likelihood keyness (Rayson and Garside, "Comparing Corpora using Frequency
//! Profiling", 2000).
//!
//! Of a word that the first texts have *a* times among *c* words and the second *b* times among *d*, *c·(a+b)/(c+d)* and *d·(a+b)/(c+d)*
//! are expected, and G² is twice the sum of *a·ln(a/expected)* and *b·ln(b/expected)*. Words are counted by their stems.

use crate::EngineError;
use crate::deadline::Deadline;
use findbuch_article::Article;
use findbuch_german::{Analyzer, is_number, is_stop_word};
use std::collections::HashMap;

/// Least G² of a word that is given: the critical value of χ² with one degree of freedom at p < 0.01.
pub const LEAST: f64 = 6.63;
/// Fewest articles that have a word which is given: what one article says over and over tells its subject, not that of the set.
const LEAST_ARTICLES: u32 = 2;
/// Most words of an article that are counted.
const MAX_WORDS: usize = 20_000;

/// What two sets of articles have of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyWord {
    /// The form that the articles have most often.
    pub word: String,
    /// Its G².
    pub g2: f64,
    /// How often each set has it.
    pub count: [u64; 2],
    /// How many articles of each set have it.
    pub articles: [u32; 2],
}

#[derive(Debug, Default)]
struct Counts {
    count: [u64; 2],
    articles: [u32; 2],
    /// The number of the article that was counted last.
    last: u64,
    forms: HashMap<String, u32>,
}

/// The words of two sets of articles, counted one article after the other. Takes some hundred bytes for each different word.
#[derive(Debug, Default)]
pub struct Profile {
    words: HashMap<Box<str>, Counts>,
    total: [u64; 2],
    read: u64,
}

impl Profile {
    /// Counts the words of an article of the first set (0) or the second (1).
    ///
    /// # Errors
    /// When the deadline has passed.
    pub fn add(
        &mut self,
        set: usize,
        article: &Article,
        analyzer: &mut Analyzer,
        deadline: &Deadline,
    ) -> Result<(), EngineError> {
        deadline.check()?;
        self.read += 1;
        let mut left = MAX_WORDS;
        for part in article.parts.iter().filter(|part| part.is_searched()) {
            for token in analyzer.tokens(&part.text) {
                if left == 0 {
                    return Ok(());
                }
                left -= 1;
                if let Some(total) = self.total.get_mut(set) {
                    *total += 1;
                }
                let written = part.text.get(token.span.clone()).unwrap_or_default();
                let letters = written.chars().filter(|c| c.is_alphabetic()).count();
                if letters < 2 || is_stop_word(&token.terms.exact) || is_number(&token.terms.exact) {
                    continue;
                }
                let counts = self.words.entry(token.terms.stem.clone()).or_default();
                if let (Some(count), Some(articles)) = (counts.count.get_mut(set), counts.articles.get_mut(set)) {
                    *count += 1;
                    *articles += u32::from(counts.last != self.read);
                    counts.last = self.read;
                }
                match counts.forms.get_mut(written) {
                    Some(forms) => *forms += 1,
                    None => drop(counts.forms.insert(written.to_owned(), 1)),
                }
            }
        }
        Ok(())
    }

    /// Words of each set that were counted.
    #[must_use]
    pub fn total(&self) -> [u64; 2] {
        self.total
    }

    /// The words that each set has more often than the other, the most telling first.
    #[must_use]
    pub fn key_words(&self, most: usize) -> [Vec<KeyWord>; 2] {
        let mut key: [Vec<KeyWord>; 2] = Default::default();
        for counts in self.words.values() {
            let g2 = log_likelihood(counts.count, self.total);
            let set = usize::from(share(counts.count[1], self.total[1]) > share(counts.count[0], self.total[0]));
            if g2 < LEAST || counts.articles[set] < LEAST_ARTICLES {
                continue;
            }
            let form = counts.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            let word = form.map(|(form, _)| form.clone()).unwrap_or_default();
            key[set].push(KeyWord { word, g2, count: counts.count, articles: counts.articles });
        }
        for words in &mut key {
            words.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.word.cmp(&b.word)));
            words.truncate(most);
        }
        key
    }
}

fn share(count: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { count as f64 / total as f64 }
}

/// G² of a word that two texts have so often, among so many words each.
///
/// ```
/// use findbuch_engine::keyness::log_likelihood;
///
/// // 2 (100 ln(100/60) + 20 ln(20/60)), with 60 expected in each
/// assert!((log_likelihood([100, 20], [10_000, 10_000]) - 58.220).abs() < 0.001);
/// assert!(log_likelihood([7, 7], [100, 100]).abs() < 1e-9);
/// ```
#[must_use]
pub fn log_likelihood(count: [u64; 2], total: [u64; 2]) -> f64 {
    let [a, b] = count.map(|count| count as f64);
    let [c, d] = total.map(|total| total as f64);
    let all = c + d;
    if all == 0.0 || a + b == 0.0 {
        return 0.0;
    }
    let term = |seen: f64, expected: f64| if seen > 0.0 { seen * (seen / expected).ln() } else { 0.0 };
    2.0 * (term(a, c * (a + b) / all) + term(b, d * (a + b) / all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::{Part, PartKind};

    fn profile(first: &[&str], second: &[&str]) -> Profile {
        let mut profile = Profile::default();
        let mut analyzer = Analyzer::default();
        for (set, texts) in [first, second].into_iter().enumerate() {
            for text in texts {
                let article = Article { parts: vec![Part::new(PartKind::Paragraph, *text)], ..Article::default() };
                profile.add(set, &article, &mut analyzer, &Deadline::default()).expect("in time");
            }
        }
        profile
    }

    #[test]
    fn words_tell_the_sets_apart_by_their_stems() {
        let first = [
            "Die Orgel klingt, die Orgeln klingen. Orgel 1912, Orgel an Orgel.",
            "Der Orgel fehlt ein Ton, sagt der Kantor.",
        ];
        let second = [
            "Der Kran hebt. Kräne heben Lasten, Kran um Kran.",
            "Ein Kran am Kai, sagt der Meister, und ein Kran im Hafen. Kran an Kran.",
        ];
        let profile = profile(&first, &second);
        let words = |set: &[KeyWord]| set.iter().map(|word| word.word.clone()).collect::<Vec<_>>();
        let [of_first, of_second] = profile.key_words(10).map(|set| words(&set));
        assert_eq!(of_first.first().map(String::as_str), Some("Orgel"));
        assert_eq!(of_second.first().map(String::as_str), Some("Kran"));
        assert!(!of_first.contains(&"sagt".to_owned()) && !of_first.contains(&"Ton".to_owned()), "{of_first:?}");
        let orgel = &profile.key_words(1)[0][0];
        assert_eq!((orgel.count, orgel.articles), ([6, 0], [2, 0]));
    }

    #[test]
    fn nothing_is_told_of_nothing() {
        assert_eq!(profile(&[], &[]).key_words(9), [vec![], vec![]]);
        assert_eq!(profile(&["Orgel Orgel"], &[]).key_words(9), [vec![], vec![]]);
        assert!(log_likelihood([0, 0], [9, 9]).abs() < 1e-9);
    }

    proptest::proptest! {
        #[test]
        fn no_counts_make_less_than_nothing(a in 0u64..1000, b in 0u64..1000, c in 1u64..100_000, d in 1u64..100_000) {
            let g2 = log_likelihood([a.min(c), b.min(d)], [c, d]);
            proptest::prop_assert!(g2.is_finite() && g2 > -1e-6);
        }
    }
}
