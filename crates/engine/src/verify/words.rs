//! What an article has of a query's words: counted in the article, by the definitions of [`crate::score`].

use super::kept::Kept;
use crate::plan::position_expr::PositionExpr;
use crate::plan::word::{Expansion, ExpansionKind, WORDS_BETWEEN_PARTS, Word};
use crate::ranking::Ranking;
use crate::score::occurrences::Occurrences;
use crate::score::scorer::{ArticleWords, Scorer};

/// A length as an index keeps it in a byte: exact up to 40 words, then as 24 and a number of four binary digits.
pub fn rounded(words: u32) -> u32 {
    let over = words.saturating_sub(24);
    let lost = (u32::BITS - over.leading_zeros()).saturating_sub(4);
    if words < 24 { words } else { 24 + (over >> lost << lost) }
}

/// What one article has of the words.
pub struct KeptWords<'a> {
    kept: &'a Kept,
    words: &'a [Word],
    ranking: Ranking,
    length: f32,
    /// What a gain in the headline is multiplied by.
    headline: f32,
    positions: Vec<Vec<u32>>,
}

impl<'a> KeptWords<'a> {
    /// What an article has of scored words.
    pub fn new(kept: &'a Kept, words: &'a [Word], scorer: &Scorer) -> KeptWords<'a> {
        KeptWords {
            kept,
            words,
            ranking: scorer.ranking(),
            length: scorer.length_norm(rounded(kept.text.words) as f32),
            headline: scorer.ranking().headline_factor(rounded(kept.headline_words()) as f32),
            positions: vec![Vec::new(); words.len()],
        }
    }

    /// Whether the article has a word in a way that counts.
    pub fn has(&mut self, word: usize) -> bool {
        self.occurrences(word).found
    }
}

/// One of the things that a word is searched as.
struct Way<'a> {
    expansion: &'a Expansion,
    /// What an occurrence counts.
    weight: f32,
    slots: &'a [Vec<Box<str>>],
    between: Option<u32>,
}

impl Way<'_> {
    /// The stems of a single word.
    fn stems(&self) -> &[Box<str>] {
        if let [stems] = self.slots { stems } else { &[] }
    }
}

fn ways(word: &Word, ranking: Ranking) -> Vec<Way<'_>> {
    let all = word.expansions.iter().map(|expansion| Way {
        expansion,
        weight: ranking.of_kind(expansion.kind),
        slots: if expansion.kind == ExpansionKind::Form { &word.stems } else { &expansion.slots },
        between: (expansion.kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS),
    });
    all.collect()
}

/// Whether the word stands in the text of an article, and not only within compounds; what is excluded of it does not count.
fn in_text(kept: &Kept, word: &Word) -> bool {
    if !word.has_exclusions() {
        return true;
    }
    let mut itself = word.clone();
    itself.expansions.iter_mut().for_each(|expansion| expansion.within = false);
    kept.places(&PositionExpr::of_word(&itself)) > 0
}

impl ArticleWords for KeptWords<'_> {
    fn occurrences(&mut self, word: usize) -> Occurrences {
        let (kept, word, ranking) = (self.kept, &self.words[word], self.ranking);
        if word.pattern.is_some() {
            let found = word.forms.iter().any(|form| kept.forms.contains(form));
            return Occurrences {
                found,
                itself: found,
                typed: found,
                pattern: true,
                weight: 1.0,
                ..Occurrences::default()
            };
        }
        let typed = word.forms.iter().all(|form| kept.forms.contains(form));
        if word.exact && !typed {
            return Occurrences::default();
        }
        let (ways, in_text) = (ways(word, ranking), in_text(kept, word));
        let single = || ways.iter().flat_map(|way| way.stems().iter().map(move |stem| (way, stem)));
        let several = || ways.iter().filter(|way| way.slots.len() > 1);
        let mut weight = 0.0;
        for (way, stem) in single().filter(|_| in_text) {
            weight += way.weight * kept.text.count(stem);
        }
        let mut itself = weight > 0.0;
        for way in several() {
            let places = kept.text.together(way.slots, way.between).len();
            weight += way.weight * places as f32;
            itself |= places > 0 && way.between.is_none();
        }
        for (way, stem) in single().filter(|(way, _)| way.expansion.within) {
            weight += way.weight * ranking.part * kept.compounds.count(stem);
        }
        if word.has_exclusions() {
            let excluded = word.excluded_phrases.iter().filter(|slots| slots.len() == 1).flatten().flatten();
            let compounds: f32 = excluded.map(|stem| kept.text.count(stem)).sum();
            let remaining = (weight - ranking.part * compounds).max(ranking.part.max(f32::MIN_POSITIVE));
            weight = if kept.places(&PositionExpr::of_word(word)) > 0 { remaining } else { 0.0 };
        }
        if weight <= 0.0 {
            return Occurrences { typed, ..Occurrences::default() };
        }
        let mut there: f32 = 0.0;
        let mut add = |part: crate::score::occurrences::PartWeight, places: f32| {
            if places > 0.0 {
                weight += part.beyond * places;
                there = there.max(part.there);
            }
        };
        let parts = || ranking.parts().into_iter().filter_map(|(kind, part)| Some((kept.parts.get(&kind)?, part)));
        for (way, stem) in single().filter(|_| in_text) {
            parts().for_each(|(stems, part)| add(part.times(way.weight), stems.count(stem)));
        }
        for way in several() {
            parts().for_each(|(stems, part)| {
                add(part.times(way.weight), stems.together(way.slots, way.between).len() as f32);
            });
        }
        let in_headline = there * self.headline;
        Occurrences { found: true, itself, typed, pattern: false, weight, in_headline }
    }

    fn part_frequency(&mut self, word: usize, part: usize) -> f32 {
        let stem = self.words[word].compound_parts.iter().flatten().nth(part).map_or("", |stem| stem);
        self.kept.text.count(stem) + self.ranking.part * self.kept.compounds.count(stem)
    }

    fn length(&self) -> f32 {
        self.length
    }

    fn day(&self) -> Option<i64> {
        self.kept.day()
    }

    fn read_positions(&mut self, word: usize) {
        let (kept, of) = (self.kept, &self.words[word]);
        let ways = if of.pattern.is_some() { Vec::new() } else { ways(of, self.ranking) };
        let in_text = in_text(kept, of);
        let single = ways.iter().flat_map(Way::stems).filter(|_| in_text).flat_map(|stem| kept.text.of(stem));
        let mut positions: Vec<u32> = single.copied().collect();
        for way in ways.iter().filter(|way| way.slots.len() > 1) {
            positions.extend(kept.text.together(way.slots, way.between));
        }
        positions.sort_unstable();
        self.positions[word] = positions;
    }

    fn positions(&self, word: usize) -> &[u32] {
        &self.positions[word]
    }
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn lengths_are_kept_in_a_byte() {
        assert!((0..=40).all(|words| rounded(words) == words));
        let kept: Vec<u32> = [41, 42, 56, 59, 60, 87, 88, 95, 96, 1_000].map(rounded).into();
        assert_eq!(kept, [40, 42, 56, 56, 60, 84, 88, 88, 96, 984]);
    }
}
