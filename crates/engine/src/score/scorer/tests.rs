//! Scores worked out by hand, and what the bounds of scores promise.

use super::*;
use crate::plan::word::{Expansion, ExpansionKind};
use proptest::prelude::*;
use std::convert::Infallible;

/// Ten articles of a hundred words each.
struct Archive;

impl Statistics for Archive {
    type Error = Infallible;

    fn articles(&self) -> Result<u64, Infallible> {
        Ok(10)
    }

    fn words(&self) -> Result<u64, Infallible> {
        Ok(1_000)
    }

    fn with_stem(&self, stem: &str) -> Result<u64, Infallible> {
        Ok(stem.len() as u64)
    }

    fn with_form(&self, _: &str) -> Result<u64, Infallible> {
        Ok(5)
    }
}

/// What an article has of each word, and where.
struct Article {
    length: f32,
    has: Vec<Occurrences>,
    positions: Vec<Vec<u32>>,
    read: Vec<usize>,
}

impl ArticleWords for Article {
    fn occurrences(&mut self, word: usize) -> Occurrences {
        self.has[word]
    }

    fn part_frequency(&mut self, _: usize, _: usize) -> f32 {
        2.0
    }

    fn length(&self) -> f32 {
        self.length
    }

    fn day(&self) -> Option<i64> {
        Some(100)
    }

    fn read_positions(&mut self, word: usize) {
        self.read.push(word);
    }

    fn positions(&self, word: usize) -> &[u32] {
        &self.positions[word]
    }
}

/// A word of a query, with the stems that it is searched as.
fn word(position: u32, stems: &[&str]) -> Word {
    let stems: Vec<Box<str>> = stems.iter().map(|stem| (*stem).into()).collect();
    Word {
        span: 0..0,
        typed: String::new(),
        forms: vec!["xx".into()],
        parts: Vec::new(),
        stems: vec![stems.clone()],
        position,
        field: None,
        members: None,
        negated: false,
        functional: false,
        phrase: false,
        placed: false,
        exact: false,
        compound_parts: Vec::new(),
        pattern: None,
        boost: 1.0,
        expansions: vec![Expansion::new(ExpansionKind::Word, "", vec![stems], true)],
        excluded_phrases: Vec::new(),
    }
}

/// A scorer of words that two of ten articles have, each far from the next in the query.
fn scorer(words: usize) -> Scorer {
    let words: Vec<Word> = (0..).take(words).map(|at| word(100 * at, &["xx"])).collect();
    of(&words, PLAIN)
}

fn of(words: &[Word], ranking: Ranking) -> Scorer {
    let Ok(scorer) = Scorer::new(words, &Archive, ranking);
    scorer
}

fn scored(scorer: &Scorer, has: &[Occurrences], threshold: f32) -> (Score, Article) {
    let positions = vec![vec![5], vec![6], vec![5], vec![], vec![5]];
    let length = scorer.length_norm(100.0);
    let mut article = Article { length, has: has.to_vec(), positions, read: Vec::new() };
    let mut seen = Vec::new();
    let score = scorer.score(&mut article, threshold, &mut seen);
    assert_eq!(seen, has);
    (score, article)
}

#[track_caller]
fn check(scorer: &Scorer, has: &[Occurrences], score: f32, weight: f32) {
    let (found, _) = scored(scorer, has, f32::MIN);
    let near = |a: f32, b: f32| (a - b).abs() <= 1e-4 * b.abs();
    assert!(near(found.score, score) && near(found.weight, weight), "{found:?} instead of {score} and {weight}");
}

/// Weights with which scores are easy to work out; the first position does not count.
const PLAIN: Ranking = Ranking {
    k1: 1.5,
    b: 0.9,
    headline: 2.0,
    lead: 2.0,
    in_headline: 2.0,
    headline_length: 0.3,
    opening: 0.0,
    opening_words: 10.0,
    part: 0.5,
    compound_parts: 0.5,
    decompounded: 0.35,
    name: 0.8,
    synonym: 0.6,
    related: 0.25,
    coverage: 2.0,
    exact: 0.15,
    proximity: 0.8,
    window: 8,
    around: 0.5,
    around_days: 30.0,
};

/// What a word of two stems' letters weighs: ln(1 + 8.5 / 2.5).
const WEIGHT: f32 = 1.481_605;

/// Once in the form typed.
const TYPED: Occurrences =
    Occurrences { found: true, itself: true, typed: true, pattern: false, weight: 1.0, in_headline: 0.0 };
/// Once in another form.
const OTHER: Occurrences = Occurrences { typed: false, ..TYPED };
/// Once within a compound.
const WITHIN: Occurrences = Occurrences { typed: false, itself: false, ..TYPED };
const NONE: Occurrences = Occurrences { found: false, itself: false, typed: false, ..TYPED };

#[test]
fn one_word_scores_by_how_the_article_has_it() {
    let scorer = scorer(1);
    let check = |has: Occurrences, weights: f32, share: f32| check(&scorer, &[has], weights * WEIGHT, share);
    check(TYPED, 1.6, 1.0);
    check(OTHER, 1.0, 1.0);
    check(WITHIN, 1.0, 1.0);
    check(Occurrences { typed: true, ..WITHIN }, 1.6, 1.0);
    check(Occurrences { pattern: true, ..TYPED }, 1.0, 1.0);
    // three occurrences, and the headline
    check(Occurrences { weight: 3.0, in_headline: 0.5, ..TYPED }, 1.6 * (3.0 * 2.5 / 4.5 + 0.5), 1.0);
    check(NONE, 0.0, 0.0);
}

#[test]
fn several_words_add_up() {
    let check = |words: &[Occurrences], weights: f32| check(&scorer(words.len()), words, weights * WEIGHT, 1.0);
    check(&[TYPED; 2], 2.3);
    check(&[TYPED, OTHER], 2.15);
    check(&[TYPED, TYPED, TYPED, WITHIN], 4.45);
    check(&[TYPED; 5], 5.75);
}

#[test]
fn articles_that_lack_words_keep_a_share_by_the_number_of_words() {
    let has = |words: usize| {
        let mut has = vec![TYPED; words];
        has[words - 1] = NONE;
        has
    };
    for words in 2..8_u8 {
        let (all, left) = (f32::from(words), f32::from(words - 1));
        let power = 2.0 * (2.0 / all) * (2.0 / all);
        let kept = (left / all).powf(power);
        check(&scorer(usize::from(words)), &has(usize::from(words)), left * 1.15 * WEIGHT * kept, left / all);
    }
}

#[test]
fn parts_of_a_compound_count_in_articles_without_it() {
    let compound = || Word { compound_parts: vec![vec!["a".into(), "bb".into()]], ..word(0, &["xx"]) };
    let scorer = of(&[compound()], PLAIN);
    // ln(1 + 9.5 / 1.5) of one letter; each part stands there twice
    let parts = 0.5 * (1.992_43 + WEIGHT) * 2.0 * 2.5 / 3.5;
    let (found, _) = scored(&scorer, &[NONE], f32::MIN);
    assert!(found.score.abs() < 1e-6, "an article with nothing keeps nothing: {found:?}");
    check(&scorer, &[WITHIN], WEIGHT + parts, 1.0);
    check(&scorer, &[TYPED], 1.6 * WEIGHT, 1.0);
    let boosted = of(&[Word { boost: 2.0, ..compound() }], PLAIN);
    check(&boosted, &[WITHIN], 2.0 * (WEIGHT + parts), 1.0);
}

#[test]
fn words_gain_for_their_first_position() {
    let opening = of(&[word(0, &["xx"])], Ranking { opening: 2.0, ..PLAIN });
    // at the sixth word of the text
    check(&opening, &[TYPED], WEIGHT * (1.6 + 2.0 / 1.5), 1.0);
    check(&opening, &[WITHIN], WEIGHT, 1.0);
}

#[test]
fn articles_near_the_day_gain() {
    let until = (i64::MIN, 40);
    for (around, factor) in [
        ((90, 110), 1.5),
        ((10, 70), 1.25),
        ((130, 130), 1.25),
        ((-300, -200), 1.0 + 0.5 / 11.0),
        (until, 1.0 + 0.5 / 3.0),
    ] {
        let scorer = Scorer { around: Some(around), ..scorer(1) };
        assert!(scorer.needs_days());
        check(&scorer, &[TYPED], factor * 1.6 * WEIGHT, 1.0);
    }
}

#[test]
fn neighbours_of_the_query_gain_where_they_are_neighbours_in_the_text() {
    let neighbours = |distance: u32, ranking| of(&[word(7, &["xx"]), word(7 + distance, &["xx"])], ranking);
    let check = |scorer: Scorer, has: [Occurrences; 2], weights: f32| check(&scorer, &has, weights * WEIGHT, 1.0);
    check(neighbours(1, PLAIN), [TYPED; 2], 2.3 + 0.4);
    // words at one place of the query count as neighbours, and two at the edge of the window still do
    check(neighbours(0, PLAIN), [TYPED; 2], 2.3 + 0.4);
    check(neighbours(8, PLAIN), [TYPED; 2], 2.3 + 0.8 * (1.0 / 64.0) / (1.0 + 1.0 / 64.0));
    check(neighbours(9, PLAIN), [TYPED; 2], 2.3);
    check(neighbours(1, Ranking { proximity: 0.0, ..PLAIN }), [TYPED; 2], 2.3);
    check(neighbours(1, Ranking { window: 0, ..PLAIN }), [TYPED; 2], 2.3);
    check(neighbours(1, PLAIN), [TYPED, WITHIN], 2.15);
    check(neighbours(1, PLAIN), [WITHIN, TYPED], 2.15);
}

#[test]
fn positions_are_read_once_and_only_where_they_can_matter() {
    let words: Vec<Word> = (0..3).map(|at| word(at, &["xx"])).collect();
    let read = |ranking, has: &[Occurrences], threshold| scored(&of(&words, ranking), has, threshold).1.read;
    assert_eq!(read(PLAIN, &[TYPED; 3], f32::MIN), [0, 1, 2]);
    assert_eq!(read(PLAIN, &[WITHIN, TYPED, TYPED], f32::MIN), [1, 2]);
    // three words and two pairs at most
    assert_eq!(read(PLAIN, &[TYPED; 3], 5.04 * WEIGHT), [0, 1, 2]);
    assert_eq!(read(PLAIN, &[TYPED; 3], 5.06 * WEIGHT), [0; 0]);
    let alone = Ranking { proximity: 0.0, ..PLAIN };
    assert_eq!(read(alone, &[TYPED; 3], f32::MIN), [0; 0]);
    assert_eq!(read(Ranking { opening: 1.0, ..alone }, &[TYPED; 3], 6.44 * WEIGHT), [0, 1, 2]);
    assert_eq!(read(Ranking { opening: 1.0, ..alone }, &[TYPED; 3], 6.46 * WEIGHT), [0; 0]);
}

#[test]
fn rare_words_weigh_more() {
    let check = |word: Word, expected: f32| {
        let found = of(&[word], PLAIN).weight_of(0);
        assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
    };
    let several = |stems: Vec<Vec<Box<str>>>| Word { stems, ..word(0, &["xx"]) };
    check(word(0, &["xx"]), WEIGHT);
    check(word(0, &["x"]), 1.992_43);
    check(word(0, &["x", "xxx"]), 0.893_818);
    check(word(0, &["xxxxxxxxxxxxxxx"]), 0.046_52);
    check(Word { boost: 2.0, ..word(0, &["xx"]) }, 2.0 * WEIGHT);
    check(Word { exact: true, ..word(0, &["xx"]) }, 2.0_f32.ln());
    check(Word { expansions: Vec::new(), ..word(0, &["xx"]) }, 3.091_043);
    check(several(vec![vec!["x".into()], vec!["xx".into()]]), 1.992_43 + WEIGHT);
}

#[test]
fn lengths_are_measured_by_the_average() {
    let scorer = scorer(1);
    let near = |a: f32, b: f32| assert!((a - b).abs() < 1e-5, "{a} instead of {b}");
    near(scorer.length_norm(100.0), 1.5);
    near(scorer.length_norm(0.0), 0.15);
    near(scorer.length_norm(200.0), 2.85);
    near(scorer.ranking().headline_factor(8.0), 1.0);
    near(scorer.ranking().headline_factor(4.0), 1.231_144);
    near(scorer.ranking().headline_factor(1.0), 1.866_066);
    near(scorer.ranking().headline_factor(0.0), 1.866_066);
    assert_eq!(scorer.ranking(), Ranking { exact: 0.6, ..PLAIN });
    assert!(scorer.weight_of(1).abs() < f32::EPSILON, "there is one word alone");
}

#[test]
fn bounds_are_what_the_best_article_could_have() {
    let near = |found: f32, weights: f32| {
        assert!((found - weights * WEIGHT).abs() < 1e-3, "{found} instead of {weights} weights of a word");
    };
    let (best, alone) = (1.15 * (2.5 + 2.0 * 1.866_066), 1.6 * (2.5 + 2.0 * 1.866_066));
    near(scorer(1).bound(true, |_| true), alone);
    near(scorer(1).bound(true, |_| false), 0.0);
    near(scorer(1).bound(false, |_| true), 1.6 * 2.5);
    near(scorer(2).bound(true, |word| word == 0), best / 4.0);
    let neighbours = of(&[word(0, &["xx"]), word(1, &["xx"])], PLAIN);
    near(neighbours.bound(true, |_| true), 2.0 * best + 0.8);
    near(neighbours.bound(true, |word| word == 1), best / 4.0);
    near(of(&[word(0, &["xx"])], Ranking { opening: 2.0, ..PLAIN }).bound(true, |_| true), alone + 2.0);
    near(Scorer { around: Some((3, 3)), ..scorer(1) }.bound(true, |_| true), 1.5 * alone);
}

/// What an article may have of a word.
fn occurrences() -> impl Strategy<Value = Occurrences> {
    let most = PLAIN.in_headline * scorer(1).ranking().headline_factor(1.0);
    let flags = proptest::array::uniform4(any::<bool>());
    (flags, 0.01f32..1e6, 0.0..=most).prop_map(|([found, itself, typed, pattern], weight, in_headline)| Occurrences {
        found,
        itself: itself && found,
        typed: typed && found,
        pattern: pattern && itself && typed,
        weight,
        in_headline,
    })
}

/// Words of these boosts next to each other, each a compound.
fn compounds(boosts: &[f32]) -> Vec<Word> {
    let compound = |(at, boost): (u32, &f32)| Word {
        boost: *boost,
        compound_parts: vec![vec!["x".into(), "xxx".into()]],
        ..word(at, &["xx"])
    };
    (0..).zip(boosts).map(compound).collect()
}

proptest! {
    #[test]
    fn terms_sum_to_a_score_within_the_bound_of_what_an_article_has(
        mut has in proptest::collection::vec(occurrences(), 1..7),
        in_headline in any::<bool>(),
        boosts in proptest::array::uniform6(0.1f32..10.0),
        length in 1.0f32..1_000.0,
        around in proptest::option::of(0i64..1_000),
    ) {
        if !in_headline {
            for has in &mut has {
                has.in_headline = 0.0;
            }
        }
        let ranking = Ranking { opening: 0.7, ..PLAIN };
        let around = around.map(|day| (day, day + 9));
        let scorer = Scorer { around, ..of(&compounds(&boosts[..has.len()]), ranking) };
        let positions = (0..).take(has.len()).map(|at| (0..9).map(|start| 100 * start + at).collect()).collect();
        let mut article = Article { length: scorer.length_norm(length), has: has.clone(), positions, read: Vec::new() };
        let Score { score, .. } = scorer.score(&mut article, f32::MIN, &mut Vec::new());
        let terms = scorer.terms(&mut article);
        let sum: f32 = terms.iter().map(|(_, value)| value).sum();
        prop_assert!((sum - score).abs() <= 1e-3 * score.max(1.0), "{score} {terms:?}");
        let bound = scorer.bound(true, |word| has[word].found);
        prop_assert!(score <= bound * 1.001, "{score} {has:?}");
        if has.iter().all(|has| has.in_headline == 0.0) {
            let bound = scorer.bound(false, |word| has[word].found);
            prop_assert!(score <= bound * 1.001, "{score} {has:?} in no headline");
        }
        // below its score nothing is left out, and the bound is no idle one
        prop_assert!((scorer.score(&mut article, score * 0.999, &mut Vec::new()).score - score).abs() <= 1e-3 * score.max(1.0));
        prop_assert!(bound <= 1e4);
    }

    #[test]
    fn whoever_lacks_the_essential_words_stays_below(
        boosts in proptest::array::uniform6(0.1f32..10.0),
        threshold in 0.0f32..60.0,
        in_headline in any::<bool>(),
        optional in proptest::sample::subsequence(vec![0usize, 1, 2, 3, 4, 5], 1..=6),
    ) {
        let words: Vec<Word> = (0..).zip(&boosts).map(|(at, boost)| Word { boost: *boost, ..word(at, &["xx"]) }).collect();
        let scorer = of(&words, PLAIN);
        let essential = scorer.essential(&optional, in_headline, threshold);
        let bound = |left_out: &[usize]| scorer.bound(in_headline, |word| !left_out.contains(&word));
        prop_assert!(essential.iter().all(|word| optional.contains(word)));
        if essential.len() < optional.len() {
            prop_assert!(bound(&essential) < threshold);
        }
        // one fewer would not do: the heaviest words are kept
        if let Some((_, fewer)) = essential.split_first() {
            prop_assert!(bound(fewer) >= threshold);
        }
    }
}
