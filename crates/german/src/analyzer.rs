//! From words to terms: the exact form, the stem and the parts of each word, and the words that hyphens imply.

mod together;
mod word;

use crate::compounds::Splitter;
use crate::context::Context;
use crate::prefixes::{Keys, prefix_key};
use crate::separated::SeparatedVerbs;
use crate::stem::{Stemmer, small_readings};
use crate::stopwords::is_stop_word;
use crate::surroundings::surroundings;
use crate::suspended::{self, ImpliedWord};
use crate::table::{CompoundPart, Entry, Place, Table};
use crate::tokens::words;
use crate::vocabulary::Vocabulary;
use crate::{adjectives, known, nouns, numbers};
use std::ops::Range;
use std::sync::Arc;
use word::{FIRST_MARK, analysis, analyze, word_of};

/// Most bytes of a word that are analysed; a longer one is cut there, at a character boundary.
pub const MAX_WORD_BYTES: usize = 120;

/// Fewest letters of a small word in -er that may name the people of a place which no list has (kirchlinteler).
const MIN_PLACE_ADJECTIVE: usize = 8;

/// The terms of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The form as written, folded as [`fold`](crate::fold) does.
    pub exact: Box<str>,
    /// What its inflected forms share.
    pub stem: Box<str>,
    /// Stems of the other words that the form can belong to, the likelier first: *wissen* of *weiß*, which may be *weiss* (white).
    pub others: Box<[Box<str>]>,
    /// Of a compound its two or more parts, followed by the runs of parts that are compounds themselves; of the adjective
    /// or people of a country (nordkoreanisch) the country, which then spans the whole word.
    pub parts: Box<[CompoundPart]>,
}

impl Terms {
    /// Those of a word that is not looked at.
    fn none() -> Terms {
        Terms { exact: "".into(), stem: "".into(), others: Box::default(), parts: Box::default() }
    }

    /// The stems of all words that the form can belong to, the likeliest first.
    pub fn stems(&self) -> impl Iterator<Item = &Box<str>> {
        std::iter::once(&self.stem).chain(&self.others)
    }
}

impl From<Entry<'_>> for Terms {
    fn from(entry: Entry<'_>) -> Terms {
        Terms {
            exact: entry.exact().into(),
            stem: entry.stem().into(),
            others: entry.others().into(),
            parts: entry.parts().into(),
        }
    }
}

/// One word of a text with its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the word in the text.
    pub span: Range<usize>,
    /// Its terms.
    pub terms: Terms,
    /// Terms of the words that the hyphens round it imply, each with the bytes of the text that show it.
    pub also: Vec<(Terms, Range<usize>)>,
}

impl Token {
    /// Its own terms, and those of the words that it implies.
    pub fn all_terms(&self) -> impl Iterator<Item = &Terms> {
        std::iter::once(&self.terms).chain(self.also.iter().map(|(terms, _)| terms))
    }
}

/// Turns words into terms, and keeps the words it has seen in a table of 600,000 at most.
///
/// ```
/// use findbuch_german::Analyzer;
///
/// let mut analyzer = Analyzer::default();
/// let entry = analyzer.entry("Munitionslieferungen");
/// assert_eq!((entry.exact(), entry.stem()), ("munitionslieferungen", "munitionslieferung"));
/// assert_eq!(entry.parts().iter().map(|part| &*part.stem).collect::<Vec<_>>(), ["munition", "lieferung"]);
/// ```
#[derive(Default)]
pub struct Analyzer {
    stemmer: Stemmer,
    splitter: Splitter,
    separated: SeparatedVerbs,
    table: Table,
    /// What stands in the table for a word that begins a sentence.
    key: String,
    keys: Keys,
}

impl Analyzer {
    /// An analyser that also divides compounds by the parts in `vocabulary`.
    #[must_use]
    pub fn with_vocabulary(vocabulary: &Arc<Vocabulary>) -> Analyzer {
        Analyzer { splitter: Splitter::with_vocabulary(vocabulary), ..Analyzer::default() }
    }

    /// The terms of one word, as [`words`] cuts it out of a text. Whether it is written with a capital decides if it is taken for a
    /// noun.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let mut analyzer = Analyzer::default();
    /// assert_eq!(analyzer.entry("Häuser").stem(), "haus");
    /// assert_eq!(analyzer.entry("ging").stem(), "gehen");
    /// ```
    pub fn entry(&mut self, word: &str) -> Entry<'_> {
        let (stemmer, splitter) = (&self.stemmer, &self.splitter);
        self.table.entry(cut(word), |key| analysis(key, stemmer, splitter))
    }

    /// The terms of the word that stands at `span` in `text`. The capital that begins a sentence does not make a word a noun,
    /// and of the words that a form can belong to the neighbours leave those that can stand there.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let mut analyzer = Analyzer::default();
    /// let text = "Macht euch bereit. Die Macht ist mit uns.";
    /// assert_eq!(analyzer.entry_at(text, 0..5).stem(), "machen");
    /// assert_eq!(analyzer.entry_at(text, 23..28).stem(), "macht");
    /// ```
    pub fn entry_at(&mut self, text: &str, span: Range<usize>) -> Entry<'_> {
        let place = self.place_at(text, span);
        self.table.read(place)
    }

    /// Where the terms of the word at `span` stand in the table; their key is the last one then.
    fn place_at(&mut self, text: &str, span: Range<usize>) -> Place {
        let word = cut(&text[span.clone()]);
        let first = word.starts_with(char::is_uppercase) && begins_sentence(&text[..span.start]);
        self.key.clear();
        self.key.extend(first.then_some(FIRST_MARK));
        self.key.push_str(word);
        let (stemmer, splitter) = (&self.stemmer, &self.splitter);
        let place = self.table.place(&self.key, |key| analysis(key, stemmer, splitter));
        let kinds = self.table.kinds(place);
        let context = if kinds == 0 { None } else { Context::of(text, &span, kinds) };
        let Some(context) = context else { return place };
        self.key.insert(0, context.mark());
        self.table.place(&self.key, |key| analysis(key, stemmer, splitter))
    }

    /// What stands in the table for the word at `span` in `text`: the word, and in what stands round it, where that tells.
    #[doc(hidden)]
    pub fn keys(&mut self, text: &str, span: Range<usize>) -> Vec<String> {
        self.place_at(text, span);
        let alone = self.key.trim_start_matches(|char| Context::marked(char).is_some());
        let mut keys = vec![alone.to_owned(), self.key.clone()];
        keys.dedup();
        keys
    }

    /// The recipe that makes the analysis of what stands in the table for a word, to be [known](crate::known) beforehand.
    #[doc(hidden)]
    #[must_use]
    pub fn recipe(&self, key: &str) -> Option<Vec<u8>> {
        let (word, case, context) = word_of(key);
        known::recipe(word, &analyze(word, case, context, &self.stemmer, &self.splitter))
    }

    /// The terms of a word whose capital may mean nothing: queries are typed in small letters, and sentences begin with a capital.
    /// One reading if the capital is surely meant or makes no difference, or else as a noun and as another word, the likelier first.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let mut analyzer = Analyzer::default();
    /// let stems: Vec<_> = analyzer.readings("Gehen").into_iter().map(|terms| terms.stem).collect();
    /// assert_eq!(stems.iter().map(|stem| &**stem).collect::<Vec<_>>(), ["gehen"]);
    /// ```
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
        // a capital is kept unless the small word is surely one: Wiener is no form of wie, nor Ardern one of the ARD
        let of_place = || small.exact.ends_with("er") && small.exact.chars().count() >= MIN_PLACE_ADJECTIVE;
        let likely = || is_likely(&small.exact) || is_stop_word(&small.exact) || of_place();
        if capital && (noun || !likely()) {
            return vec![large];
        }
        // a word typed small that can be a noun is rather that noun (modernen, vierzehn), unless the lexicon knows it as a verb or adjective
        let noun_first = capital || (noun && small_readings(&small.exact).is_empty());
        let mut readings = if noun_first { vec![large, small] } else { vec![small, large] };
        readings.dedup();
        readings
    }

    /// The words that hyphens, gender marks, separated verbs and dates in `text` imply besides those written, whose bytes are `spans`.
    ///
    /// ```
    /// # use findbuch_german::{Analyzer, words};
    /// let text = "Waffen- und Munitionslieferungen";
    /// let spans: Vec<_> = words(text).collect();
    /// let implied = Analyzer::default().implied_words(text, &spans);
    /// assert_eq!((implied[0].at, &*implied[0].word), (0, "Waffenlieferungen"));
    /// ```
    #[must_use]
    pub fn implied_words(&mut self, text: &str, spans: &[Range<usize>]) -> Vec<ImpliedWord> {
        self.implied_words_where(text, spans, &|_| true)
    }

    /// The same, of separated verbs those alone whose particle is `wanted`.
    fn implied_words_where(
        &mut self,
        text: &str,
        spans: &[Range<usize>],
        wanted: &dyn Fn(&str) -> bool,
    ) -> Vec<ImpliedWord> {
        let mut implied = self.separated.find(text, spans, wanted);
        if text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'.') {
            implied.extend(numbers::implied_numbers(text, spans));
        }
        if suspended::has_marks(text) {
            implied.extend(suspended::implied_words(text, spans, &self.splitter));
        }
        implied.sort_by_key(|implied| implied.at);
        implied
    }

    /// Every word of `text` with its terms.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let tokens = Analyzer::default().tokens("Die Raketen flogen.");
    /// assert_eq!(tokens.iter().map(|token| &*token.terms.stem).collect::<Vec<_>>(), ["die", "rakete", "fliegen"]);
    /// ```
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        self.tokens_where(text, |_| true)
    }

    /// Every word of `text`, whose bytes are `spans`, analysed only where `wanted` accepts its number; the terms of the others are empty.
    pub fn tokens_at(&mut self, text: &str, spans: &[Range<usize>], wanted: impl Fn(usize) -> bool) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(spans.len());
        for (at, span) in spans.iter().enumerate() {
            let terms = if wanted(at) { self.entry_at(text, span.clone()).into() } else { Terms::none() };
            tokens.push(Token { terms, span: span.clone(), also: Vec::new() });
        }
        for near in surroundings(text, spans, &wanted) {
            for implied in self.implied_words(text, &spans[near.clone()]) {
                let at = near.start + implied.at;
                if wanted(at) {
                    let terms = self.entry(&implied.word).into();
                    tokens[at].also.push((terms, implied.span));
                }
            }
        }
        tokens
    }

    /// Every word of `text`, analysed only where `wanted` accepts its [`prefix_key`]; the terms of the others are empty. With
    /// the [`stem_prefixes`](crate::stem_prefixes) of the stems looked for, this finds them without analysing every word.
    pub fn tokens_where(&mut self, text: &str, wanted: impl Fn(&str) -> bool) -> Vec<Token> {
        let spans: Vec<Range<usize>> = words(text).collect();
        let (mut tokens, mut any) = (Vec::with_capacity(spans.len()), false);
        for span in &spans {
            let wanted = wanted(self.keys.key(&text[span.clone()]));
            any |= wanted;
            let terms = if wanted { self.entry_at(text, span.clone()).into() } else { Terms::none() };
            tokens.push(Token { terms, span: span.clone(), also: Vec::new() });
        }
        // what is implied without a mark or a figure is made of words of the text
        if !any && !suspended::has_marks(text) && !text.bytes().any(|byte| byte.is_ascii_digit() || byte == b'.') {
            return tokens;
        }
        // a separated verb begins as its particle does
        for implied in self.implied_words_where(text, &spans, &|particle| wanted(&prefix_key(particle))) {
            if wanted(self.keys.key(&implied.word)) {
                let terms = self.entry(&implied.word).into();
                tokens[implied.at].also.push((terms, implied.span));
            }
        }
        tokens
    }
}

/// Whether what stands before a word ends a sentence, or nothing does. Quotation marks and brackets may stand between.
fn begins_sentence(before: &str) -> bool {
    let between = |char: char| {
        char == ' '
            || matches!(char, '„' | '“' | '”' | '"' | '»' | '«' | '‚' | '‘' | '(' | '[' | '–' | '—' | '-' | '\u{a0}')
    };
    let before = before.trim_end_matches(between);
    let mut chars = before.chars().rev();
    match chars.next() {
        None | Some('!' | '?' | ':' | '…' | '\n' | '\t' | '•' | '*' | '|') => true,
        // a full stop behind a figure is that of an ordinal, and behind a single letter that of an abbreviation
        Some('.') => {
            let letters = chars.clone().take_while(|char| char.is_alphabetic()).count();
            letters > 1 || chars.next().is_some_and(|char| !char.is_alphanumeric())
        }
        Some(_) => false,
    }
}

/// Whether a folded word is a form of a known verb or adjective, or has a suffix of adjectives.
fn is_likely(word: &str) -> bool {
    !small_readings(word).is_empty() || adjectives::suffixed(word)
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
    fn first_parts_have_the_stems_of_their_nouns() {
        for (word, first) in [
            ("Hilfslieferung", "hilfe"),
            ("Gebirgsbach", "gebirge"),
            ("Schulbuch", "schule"),
            ("Kriegsende", "krieg"),
            ("Medienbericht", "medium"),
            ("Waffenlieferung", "waffe"),
        ] {
            let mut analyzer = Analyzer::default();
            let parts = analyzer.entry(word).parts();
            assert_eq!(parts.first().map(|part| &*part.stem), Some(first), "{word}");
        }
    }

    #[test]
    fn what_is_known_beforehand_is_what_the_rules_say() {
        let (stemmer, splitter) = (Stemmer::default(), Splitter::default());
        let families = include_str!("data/families.txt").lines();
        let words = families.flat_map(|line| line.split([':', ' ', ',', ';'])).filter(|word| !word.is_empty());
        let mut known = 0;
        let mut check = |key: &str| {
            let (word, case, context) = word_of(key);
            let found = known::analysis(word, key)?;
            let analysed = analyze(word, case, context, &stemmer, &splitter);
            assert_eq!(found, analysed, "{key}: run the example known, see data/README.md");
            known += 1;
            Some(found.kinds)
        };
        for word in words {
            for key in [word.to_owned(), [FIRST_MARK.to_string().as_str(), word].concat()] {
                // what may be of several words stands there with its neighbours too
                if check(&key).is_some_and(|kinds| kinds != 0) {
                    for mark in ('\u{e000}'..='\u{f8ff}').take_while(|mark| Context::marked(*mark).is_some()) {
                        check(&[mark.to_string().as_str(), &key].concat());
                    }
                }
            }
        }
        assert!(known > 5000, "{known} words of the families are known");
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        let word = "ü".repeat(MAX_WORD_BYTES);
        assert_eq!(Analyzer::default().entry(&word).exact(), "ü".repeat(MAX_WORD_BYTES / 2));
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
        fn a_word_has_its_form_and_a_stem_wherever_no_sentence_begins(text in "[a-zA-ZäöüÄÖÜßéğ0-9.,’'\\- ]{0,40}") {
            let mut analyzer = Analyzer::default();
            for token in analyzer.tokens(&text) {
                let word = &text[token.span.clone()];
                prop_assert_eq!(analyzer.tokens(word).len(), 1);
                if !begins_sentence(&text[..token.span.start]) || !word.starts_with(char::is_uppercase) {
                    let alone = Terms::from(analyzer.entry(word));
                    prop_assert_eq!(&alone.exact, &token.terms.exact, "{}", word);
                    prop_assert!(alone.stems().any(|stem| token.terms.stems().any(|other| other == stem)), "{}", word);
                }
            }
        }
    }
}
