//! German text to terms: words with their spans, folded exact forms, stems, parts of compounds.
//!
//! The same code serves the index and the query, so that both always agree. What a term looks like is part of the
//! index's format: whoever changes it changes [`FINGERPRINT`] with it, and an index of another fingerprint is refused.

mod compound_lists;
mod compounds;
mod declension;
mod fold;
mod lexicon;
pub mod names;
mod nouns;
mod peoples;
pub mod phonetics;
mod sentences;
mod spelling;
mod stem;
mod stopwords;
mod suspended;
mod table;
mod tokens;
mod verbs;
mod vocabulary;

use std::ops::Range;
use std::sync::Arc;

pub use compounds::Splitter;
pub use fold::{fold, fold_keeping_digraphs, normalize, one_line};
pub use lexicon::flags as lexicon_flags;
pub use peoples::is_country;
pub use sentences::sentences;
pub use stopwords::{is_stop_word, is_surely_german};
pub use suspended::Meant;
pub use table::{Entry, Part};
pub use tokens::words;
pub use vocabulary::{Learner, Vocabulary};

/// Names the analysis that an index was made with. Change it with any change of [`fold`], of the stems or of the
/// word boundaries.
pub const FINGERPRINT: &str =
    "german-5: words, umlauts from digraphs, lexicon and rust-stemmers, compounds divided (wikidata-2)";

/// Most bytes of a word that are analysed; a longer one is cut there, at a character boundary.
pub const MAX_WORD_BYTES: usize = 120;

/// Most parts of a compound whose runs are terms too.
const MAX_RUN_PARTS: usize = 4;

/// The terms of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The form as written, folded: case, umlaut, ß and diacritics do not tell words apart.
    pub exact: Box<str>,
    /// What its inflected forms share.
    pub stem: Box<str>,
    /// The parts of a compound, two or more, and then their runs; or the countries that the word is about, each the whole word.
    pub parts: Box<[Part]>,
}

/// One word of a text with its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the word in the text.
    pub span: Range<usize>,
    /// Its terms.
    pub terms: Terms,
    /// Words that it stands for besides, by the hyphens round it, with the bytes that show them.
    pub also: Vec<(Terms, Range<usize>)>,
}

impl Token {
    /// Its terms, and those of the words that it stands for besides.
    pub fn all_terms(&self) -> impl Iterator<Item = &Terms> {
        std::iter::once(&self.terms).chain(self.also.iter().map(|(terms, _)| terms))
    }
}

/// Turns words into terms, and remembers those it has seen.
#[derive(Default)]
pub struct Analyzer {
    stemmer: stem::Stemmer,
    splitter: Splitter,
    table: table::Table,
}

impl Analyzer {
    /// An analyser that knows what an archive taught.
    #[must_use]
    pub fn with(learnt: &Arc<Vocabulary>) -> Analyzer {
        Analyzer { splitter: Splitter::with(learnt), ..Analyzer::default() }
    }

    /// The terms of one word, as [`words`] cuts it.
    pub fn entry(&mut self, word: &str) -> Entry<'_> {
        let (stemmer, splitter) = (&self.stemmer, &self.splitter);
        self.table.entry(cut(word), |word| {
            let form = fold(word);
            let capital = word.starts_with(char::is_uppercase);
            let stem = stemmer.stem(&form, capital);
            let country = |name: String| Part { span: 0..word.len(), stem: stemmer.stem(&name, true).into() };
            let parts: Vec<Part> = peoples::countries(&stem).into_iter().map(country).collect();
            if !parts.is_empty() {
                return table::Analysis { form, stem, parts: parts.into() };
            }
            let mut ranges = splitter.split(nouns::without_feminine(&form), capital);
            if let Some(last) = ranges.last_mut() {
                last.end = form.len();
            }
            let last = ranges.len().saturating_sub(1);
            let part = |(at, span): (usize, Range<usize>)| Part {
                stem: if at < last && span.len() < form.len() {
                    stemmer.stem(&nouns::of_first_part(&form[span.clone()]), true).into()
                } else {
                    stemmer.stem(&form[span.clone()], capital).into()
                },
                span: in_word(word, &form, span),
            };
            let mut parts: Vec<Part> = ranges.iter().cloned().enumerate().map(part).collect();
            parts.extend(runs(&ranges).into_iter().map(|run| part((usize::from(run.end == form.len()) * last, run))));
            let parts = parts.into();
            table::Analysis { form, stem, parts }
        })
    }

    /// The terms of a word of a query, as typed and, where that can be meant, as written with a small or a capital letter:
    /// queries are typed in small letters, and sentences begin with a capital. Not empty.
    pub fn readings(&mut self, word: &str) -> Vec<Terms> {
        let typed: Terms = self.entry(word).into();
        let Some(first) = word.chars().next().filter(|first| first.is_alphabetic()) else { return vec![typed] };
        let rest = &word[first.len_utf8()..];
        let capital = first.is_uppercase();
        let other: String = if capital {
            first.to_lowercase().chain(rest.chars().flat_map(char::to_lowercase)).collect()
        } else {
            first.to_uppercase().chain(rest.chars()).collect()
        };
        let other: Terms = self.entry(&other).into();
        let noun = nouns::is_known(&typed.exact);
        let (small, large) = if capital { (other, typed) } else { (typed, other) };
        // what is written small is no guess: Wiener are not of wie, nor Ardern of the ARD; but Kirchlinteler are of a place
        let of_place = || small.exact.ends_with("er") && small.exact.chars().count() >= MIN_OF_PLACE;
        let likely = || verbs::is_likely(&small.exact) || is_stop_word(&small.exact) || of_place();
        if capital && (noun || !likely()) {
            return vec![large];
        }
        // in small letters nouns are typed, and adjectives whose form is a noun as well: modernen, vierzehn
        let noun_first = capital || (noun && !verbs::is_known(&small.exact));
        let mut readings = if noun_first { vec![large, small] } else { vec![small, large] };
        readings.dedup();
        readings
    }

    /// What the words at `spans` of `text` stand for besides themselves: for each such word its place in `spans`, the word
    /// that is meant, and the bytes of the text that show it.
    #[must_use]
    pub fn meant(&self, text: &str, spans: &[Range<usize>]) -> Vec<Meant> {
        if text.contains(['-', '\u{2010}', '\u{2011}', ':', '*', '_', '·']) {
            suspended::meant(text, spans, &self.splitter)
        } else {
            Vec::new()
        }
    }

    /// Every word of `text` with its terms.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        self.tokens_where(text, |_| true)
    }

    /// Every word of `text`, with its terms where `wanted` says so of its [`skeleton`]; empty terms elsewhere.
    pub fn tokens_where(&mut self, text: &str, wanted: impl Fn(&str) -> bool) -> Vec<Token> {
        let nothing = || Terms { exact: "".into(), stem: "".into(), parts: Box::default() };
        let spans: Vec<Range<usize>> = words(text).collect();
        let terms = |analyzer: &mut Analyzer, word: &str| {
            if wanted(&skeleton(word)) { analyzer.entry(word).into() } else { nothing() }
        };
        let mut tokens: Vec<Token> = spans
            .iter()
            .map(|span| Token { terms: terms(self, &text[span.clone()]), span: span.clone(), also: Vec::new() })
            .collect();
        for meant in self.meant(text, &spans) {
            let terms = self.entry(&meant.word).into();
            tokens[meant.at].also.push((terms, meant.span));
        }
        tokens
    }
}

impl From<Entry<'_>> for Terms {
    fn from(entry: Entry<'_>) -> Terms {
        Terms { exact: entry.exact.into(), stem: entry.stem.into(), parts: entry.parts.into() }
    }
}

/// The folded word in its current spelling with umlauts undone, of which [`beginnings`] tells. Far cheaper than an analysis.
#[must_use]
pub fn skeleton(word: &str) -> String {
    let form = fold(word);
    let plain = |char| match char {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    };
    spelling::current(&form).chars().map(plain).collect()
}

/// What the [`skeleton`] of every word begins with that has this stem: two letters of the stem or, of strong verbs and irregular
/// comparatives, three of their other forms (ging, besser); the same behind the ge of participles. A country is also told of by words
/// that begin otherwise.
#[must_use]
pub fn beginnings(stem: &str) -> Vec<String> {
    let beginning = |word: &str, letters| skeleton(word).chars().take(letters).collect::<String>();
    let irregular: Vec<&str> = verbs::irregular_stems(stem).collect();
    let mut beginnings: Vec<String> = irregular.iter().map(|word| beginning(word, BEGINNING + 1)).collect();
    if irregular.is_empty() {
        beginnings.push(beginning(stem, BEGINNING));
    }
    if stem.ends_with('n') {
        let participles: Vec<String> = beginnings.iter().map(|word| ["ge", word].concat()).collect();
        beginnings.extend(participles);
    }
    beginnings.sort_unstable();
    beginnings.dedup();
    beginnings
}

/// Fewest letters of a word in -er that may tell of a place which no list has.
const MIN_OF_PLACE: usize = 8;
/// Letters that the words of one stem begin with.
const BEGINNING: usize = 2;

/// Whether a word is German as far as the lexicon tells, so that an archive without it need not mean another.
#[must_use]
pub fn is_known(word: &str) -> bool {
    let form = fold(word);
    nouns::is_whole(&form) || verbs::is_known(&form)
}

/// Parts side by side that are compounds themselves, of a compound of three or four: Krankenhaus and Hausschließung in
/// Krankenhausschließung.
fn runs(ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let count = if ranges.len() > MAX_RUN_PARTS { 0 } else { ranges.len() };
    let of_length = |length: usize| ranges.windows(length).map(move |run| run[0].start..run[length - 1].end);
    (2..count).rev().flat_map(of_length).collect()
}

/// The bytes of the word as written that a range of its folded form stands for. Both have the same bytes up to a mark of
/// gendered writing, which stands in the last part.
fn in_word(word: &str, form: &str, range: Range<usize>) -> Range<usize> {
    let end = if range.end == form.len() { word.len() } else { range.end };
    let start = (0..=range.start.min(word.len())).rev().find(|at| word.is_char_boundary(*at)).unwrap_or(0);
    start..(end..=word.len()).find(|at| word.is_char_boundary(*at)).unwrap_or(word.len())
}

/// The word up to [`MAX_WORD_BYTES`].
fn cut(word: &str) -> &str {
    if word.len() <= MAX_WORD_BYTES { word } else { &word[..word.floor_char_boundary(MAX_WORD_BYTES)] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stems(text: &str) -> Vec<String> {
        Analyzer::default().tokens(text).into_iter().map(|t| t.terms.stem.into()).collect()
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for (left, right) in [
            ("Putins", "Putin"),
            ("Waffen", "Waffe"),
            ("Müller", "Mueller"),
            ("Straße", "Strasse"),
            ("Häuser", "Haus"),
            ("Haeuser", "Haus"),
            ("15.000", "15000"),
            ("Jong-un", "Jong Un"),
            ("Jong\u{2011}un", "Jong Un"),
            ("Putin’s", "Putins"),
            ("Erdoğan", "Erdogan"),
        ] {
            assert_eq!(stems(left), stems(right), "{left} and {right}");
        }
        for (left, right) in [("Munition", "Ambition"), ("1,5", "15"), ("Jong", "Jung")] {
            assert_ne!(stems(left), stems(right), "{left} and {right}");
        }
    }

    #[test]
    fn words_of_a_stem_begin_as_is_told() {
        let mut analyzer = Analyzer::default();
        let mut check = |word: &str| {
            let stem = analyzer.entry(word).stem.to_owned();
            let begins = beginnings(&stem).iter().any(|beginning| skeleton(word).starts_with(beginning.as_str()));
            assert!(begins, "{word} has the stem {stem}, which begins with {:?}", beginnings(&stem));
        };
        for line in include_str!("data/strong_verbs.txt").lines().filter(|line| !line.starts_with('#')) {
            let stems = line.split(' ').flat_map(|stem| [stem.to_owned(), format!("ge{stem}"), format!("abge{stem}")]);
            for stem in stems {
                for ending in ["", "e", "en", "t", "te"] {
                    check(&format!("{stem}{ending}"));
                }
            }
        }
        for word in [
            "Photos",
            "Äpfel",
            "Über",
            "besser",
            "besten",
            "höher",
            "gelieferte",
            "auszuliefern",
            "Chancen",
            "gegoogelt",
        ] {
            check(word);
        }
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        let word = "ü".repeat(MAX_WORD_BYTES);
        assert_eq!(Analyzer::default().entry(&word).exact, "ü".repeat(MAX_WORD_BYTES / 2));
    }

    proptest! {
        #[test]
        fn spans_slice_the_text_in_order(text in "\\PC{0,60}") {
            let mut end = 0;
            for token in Analyzer::default().tokens(&text) {
                prop_assert!(token.span.start >= end && token.span.end > token.span.start);
                prop_assert!(text.get(token.span.clone()).is_some());
                prop_assert!(!token.terms.exact.is_empty() && !token.terms.stem.is_empty());
                end = token.span.end;
            }
        }

        #[test]
        fn a_word_alone_has_the_terms_it_has_in_a_text(text in "[a-zA-ZäöüÄÖÜßéğ0-9.,’'\\- ]{0,40}") {
            let mut analyzer = Analyzer::default();
            for token in analyzer.tokens(&text) {
                let alone = analyzer.tokens(&text[token.span.clone()]);
                prop_assert_eq!(alone.len(), 1);
                prop_assert_eq!(&alone[0].terms, &token.terms, "{}", &text[token.span.clone()]);
            }
        }
    }
}
