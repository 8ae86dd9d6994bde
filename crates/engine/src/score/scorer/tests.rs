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

    fn with_part(&self, stem: &str) -> Result<u64, Infallible> {
        Ok(u64::from(stem == "xx"))
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

    fn length(&self) -> f32 {
        self.length
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
        negated: false,
        functional: false,
        phrase: false,
        exact: false,
        scattered: Vec::new(),
        pattern: None,
        boost: 1.0,
        expansions: vec![Expansion::new(ExpansionKind::Word, "", vec![stems], true)],
        excluded_phrases: Vec::new(),
    }
}

/// A scorer of words that three of ten articles have, each far from the next in the query.
fn scorer(words: usize) -> Scorer {
    let words: Vec<Word> = (0..).take(words).map(|at| word(100 * at, &["xx"])).collect();
    of(&words, Ranking::default())
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

/// Once in the form typed.
const TYPED: Occurrences =
    Occurrences { found: true, itself: true, typed: true, pattern: false, weight: 1.0, in_part: 0.0, scattered: 0.0 };
/// Once in another form.
const OTHER: Occurrences = Occurrences { typed: false, ..TYPED };
/// Once within a compound.
const WITHIN: Occurrences = Occurrences { typed: false, itself: false, ..TYPED };
const NONE: Occurrences = Occurrences { found: false, itself: false, typed: false, ..TYPED };

#[test]
fn one_word_scores_by_how_the_article_has_it() {
    // ln(1 + 7.5 / 3.5) for a word of three articles among ten
    let scorer = scorer(1);
    check(&scorer, &[TYPED], 1.316_902, 1.0);
    check(&scorer, &[OTHER], 0.114_513, 1.0);
    check(&scorer, &[WITHIN], 0.020_040, 1.0);
    check(&scorer, &[Occurrences { typed: true, ..WITHIN }], 0.329_226, 1.0);
    check(&scorer, &[Occurrences { pattern: true, ..TYPED }], 1.145_132, 1.0);
    check(&scorer, &[Occurrences { weight: 3.0, in_part: 0.5, ..TYPED }], 2.853_288, 1.0);
    check(&scorer, &[NONE], 0.0, 0.0);
}

#[test]
fn several_words_add_up() {
    let check = |words: &[Occurrences], score: f32| check(&scorer(words.len()), words, score, 1.0);
    check(&[TYPED; 2], 2.633_804);
    check(&[TYPED, OTHER], 2.347_521);
    check(&[TYPED, TYPED, TYPED, OTHER], 4.981_326);
    // of more than four words the form matters less, and all typed forms together more
    check(&[TYPED, TYPED, TYPED, TYPED, OTHER], 6.412_741);
    check(&[TYPED; 5], 7.111_272);
    check(&[TYPED, WITHIN], 0.509_584);
    check(&[TYPED, TYPED, TYPED, TYPED, WITHIN], 6.069_201);
}

#[test]
fn articles_that_lack_words_keep_a_share() {
    let scattered = Occurrences { scattered: 0.5, ..NONE };
    check(&scorer(5), &[TYPED, TYPED, TYPED, TYPED, NONE], 5.151_367, 0.8);
    check(&scorer(5), &[TYPED, TYPED, TYPED, TYPED, scattered], 5.431_333, 0.8);
    check(&scorer(4), &[TYPED, TYPED, TYPED, NONE], 3.838_671, 0.75);
    let strict = Scorer { some_complete: true, ..scorer(4) };
    check(&strict, &[TYPED, TYPED, TYPED, NONE], 0.003_964_1, 0.75);
    let many = Scorer { some_complete: true, ..scorer(5) };
    check(&many, &[TYPED, TYPED, TYPED, TYPED, NONE], 5.151_367, 0.8);
}

#[test]
fn neighbours_of_the_query_gain_where_they_are_neighbours_in_the_text() {
    let neighbours = |distance: u32, ranking| of(&[word(7, &["xx"]), word(7 + distance, &["xx"])], ranking);
    let usual = Ranking::default();
    check(&neighbours(1, usual), &[TYPED; 2], 3.091_857, 1.0);
    // words at one place of the query count as neighbours, and two at the edge of the window still do
    check(&neighbours(0, usual), &[TYPED; 2], 3.091_857, 1.0);
    check(&neighbours(8, usual), &[TYPED; 2], 2.633_804 + 0.916_106 * (1.0 / 64.0) / (1.0 + 1.0 / 64.0), 1.0);
    check(&neighbours(9, usual), &[TYPED; 2], 2.633_804, 1.0);
    check(&neighbours(1, Ranking { proximity: 0.0, ..usual }), &[TYPED; 2], 2.633_804, 1.0);
    check(&neighbours(1, Ranking { window: 0, ..usual }), &[TYPED; 2], 2.633_804, 1.0);
    check(&neighbours(1, usual), &[TYPED, Occurrences { itself: false, ..TYPED }], 2.633_804 * 0.25, 1.0);
    check(&neighbours(1, usual), &[Occurrences { itself: false, ..TYPED }, TYPED], 2.633_804 * 0.25, 1.0);
}

#[test]
fn places_are_read_once_and_only_where_they_can_matter() {
    let words: Vec<Word> = (0..3).map(|at| word(at, &["xx"])).collect();
    let scorer = of(&words, Ranking::default());
    let read = |has: &[Occurrences], threshold| scored(&scorer, has, threshold).1.read;
    assert_eq!(read(&[TYPED; 3], f32::MIN), [0, 1, 2]);
    assert_eq!(read(&[WITHIN, TYPED, TYPED], f32::MIN), [1, 2]);
    assert_eq!(read(&[TYPED, WITHIN, TYPED], f32::MIN), [0; 0]);
    // three words at 1.3169, two pairs at 0.9161 at most
    assert_eq!(read(&[TYPED; 3], 5.782), [0, 1, 2]);
    assert_eq!(read(&[TYPED; 3], 5.784), [0; 0]);
}

#[test]
fn rare_words_weigh_more() {
    let weight = |word: Word, ranking| of(&[word], ranking).weight_of(0);
    let check = |word: Word, ranking, expected: f32| {
        let found = weight(word, ranking);
        assert!((found - expected).abs() < 1e-4, "{found} instead of {expected}");
    };
    let usual = Ranking::default();
    let several = |stems: Vec<Vec<Box<str>>>| Word { stems, ..word(0, &["xx"]) };
    check(word(0, &["xx"]), usual, 1.145_132);
    check(word(0, &["xx"]), Ranking { part: 0.0, ..usual }, 1.481_605);
    check(word(0, &["x"]), usual, 1.992_43);
    check(word(0, &["x", "xxx"]), usual, 0.893_818);
    check(word(0, &["xxxxxxxxxxxxxxx"]), usual, 0.046_52);
    check(Word { boost: 2.0, ..word(0, &["xx"]) }, usual, 2.290_264);
    check(Word { exact: true, ..word(0, &["xx"]) }, usual, 2.0_f32.ln());
    check(Word { expansions: Vec::new(), ..word(0, &["xx"]) }, usual, 3.091_043);
    check(several(vec![vec!["x".into()], vec!["xx".into()]]), usual, 1.992_43 + 1.481_605);
}

#[test]
fn lengths_are_measured_by_the_average() {
    let scorer = scorer(1);
    let near = |a: f32, b: f32| assert!((a - b).abs() < 1e-5, "{a} instead of {b}");
    near(scorer.length_norm(100.0), 1.5);
    near(scorer.length_norm(0.0), 0.15);
    near(scorer.length_norm(200.0), 2.85);
    near(scorer.headline_factor(8.0), 1.0);
    near(scorer.headline_factor(4.0), 1.231_144);
    near(scorer.headline_factor(1.0), 1.866_066);
    near(scorer.headline_factor(0.0), 1.866_066);
    assert_eq!(scorer.ranking(), Ranking::default());
    assert!(scorer.weight_of(1).abs() < f32::EPSILON, "there is one word alone");
}

#[test]
fn bounds_are_what_the_best_article_could_have() {
    let near = |found: f32, expected: f32| assert!((found - expected).abs() < 1e-3, "{found} instead of {expected}");
    near(scorer(1).bound(|_| true), 8.863_676);
    near(scorer(1).bound(|_| false), 0.0);
    near(scorer(2).bound(|word| word == 0), 8.847_062);
    let neighbours = of(&[word(0, &["xx"]), word(1, &["xx"])], Ranking::default());
    near(neighbours.bound(|_| true), 18.716_746);
    near(neighbours.bound(|word| word == 1), 8.847_062);
    let kicker = Ranking { in_kicker: 9.0, ..Ranking::default() };
    near(of(&[word(0, &["xx"])], kicker).bound(|_| true), 1.145_132 * 11.5 * 1.15 * 1.08);
    let lead = Ranking { in_lead: 9.0, ..Ranking::default() };
    near(of(&[word(0, &["xx"])], lead).bound(|_| true), 1.145_132 * 11.5 * 1.15 * 1.08);
}

#[test]
fn closeness_prefers_the_order_and_distance_of_the_query() {
    let near = |left: &[u32], right: &[u32]| closeness(left, right, 1, 8);
    assert!((near(&[5], &[6]) - 1.0).abs() < 1e-6);
    assert!((near(&[5], &[7]) - 0.25).abs() < 1e-6);
    assert!((near(&[6], &[5]) - 0.5).abs() < 1e-6);
    assert!((near(&[5], &[13]) - 1.0 / 64.0).abs() < 1e-6);
    assert!((near(&[13], &[5]) - 1.0 / 128.0).abs() < 1e-6);
    assert!(near(&[5], &[14]).abs() < 1e-6 && near(&[14], &[5]).abs() < 1e-6);
    assert!(near(&[5], &[5]).abs() < 1e-6, "one word is not near itself");
    // the nearer of the two neighbours counts, and each occurrence by itself
    assert!((near(&[5], &[4, 9]) - 0.5).abs() < 1e-6);
    assert!((near(&[5], &[1, 7]) - 0.25).abs() < 1e-6);
    assert!((near(&[5, 50], &[6, 51]) - 2.0).abs() < 1e-6);
    assert!((closeness(&[5], &[7], 2, 8) - 1.0).abs() < 1e-6);
    assert!((closeness(&[5], &[6], 2, 8) - 0.25).abs() < 1e-6);
    assert!(near(&[], &[1]).abs() < 1e-6 && near(&[1], &[]).abs() < 1e-6);
}

/// What an article may have of a word.
fn occurrences() -> impl Strategy<Value = Occurrences> {
    let Ranking { in_headline, .. } = Ranking::default();
    let most = in_headline * scorer(1).headline_factor(1.0);
    let flags = proptest::array::uniform4(any::<bool>());
    (flags, 0.01f32..1e6, 0.0..=most, 0.0f32..=1.0).prop_map(
        |([found, itself, typed, pattern], weight, in_part, scattered)| Occurrences {
            found,
            itself: itself && found,
            typed: typed && found,
            pattern: pattern && itself && typed,
            weight,
            in_part,
            scattered,
        },
    )
}

proptest! {
    #[test]
    fn no_article_scores_above_the_bound_of_what_it_has(
        has in proptest::collection::vec(occurrences(), 1..7),
        boosts in proptest::array::uniform6(0.1f32..10.0),
        length in 1.0f32..1_000.0,
        some_complete in any::<bool>(),
    ) {
        let words: Vec<Word> = (0..).zip(&boosts).take(has.len()).map(|(at, boost)| Word { boost: *boost, ..word(at, &["xx"]) }).collect();
        let scorer = Scorer { some_complete, ..of(&words, Ranking::default()) };
        let positions = (0..).take(has.len()).map(|at| (0..9).map(|start| 100 * start + at).collect()).collect();
        let mut article = Article { length: scorer.length_norm(length), has: has.clone(), positions, read: Vec::new() };
        let Score { score, .. } = scorer.score(&mut article, f32::MIN, &mut Vec::new());
        prop_assert!(score <= scorer.bound(|word| has[word].found) * 1.001, "{} {:?}", score, has);
        // the bound is no idle one
        prop_assert!(scorer.bound(|word| has[word].found) <= 1e4);
    }

    #[test]
    fn whoever_lacks_the_essential_words_stays_below(
        boosts in proptest::array::uniform6(0.1f32..10.0),
        threshold in 0.0f32..60.0,
        optional in proptest::sample::subsequence(vec![0usize, 1, 2, 3, 4, 5], 1..=6),
    ) {
        let words: Vec<Word> = (0..).zip(&boosts).map(|(at, boost)| Word { boost: *boost, ..word(at, &["xx"]) }).collect();
        let scorer = of(&words, Ranking::default());
        let essential = scorer.essential(&optional, threshold);
        let bound = |left_out: &[usize]| scorer.bound(|word| !left_out.contains(&word));
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
