//! German text to terms: words with their spans, folded exact forms, stems, parts of compounds.
//!
//! The same code serves the index and the query, so that both always agree. What a term looks like is part of the
//! index's format: whoever changes it changes [`FINGERPRINT`] with it, and an index of another fingerprint is refused.

mod compounds;
mod fold;
mod sentences;
mod stem;
mod stopwords;
mod table;
mod tokens;

use std::ops::Range;

pub use compounds::Splitter;
pub use fold::{fold, normalize, one_line};
pub use sentences::sentences;
pub use stopwords::{is_stop_word, is_surely_german};
pub use table::{Entry, Part};
pub use tokens::words;

/// Names the analysis that an index was made with. Change it with any change of [`fold`], of the stems or of the
/// word boundaries.
pub const FINGERPRINT: &str =
    "german-2: words, fold(ä=ae,ß=ss,marks), rust-stemmers German, nouns divided (wikidata-1)";

/// Most bytes of a word that are analysed; a longer one is cut there, at a character boundary.
pub const MAX_WORD_BYTES: usize = 120;

/// The terms of one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The form as written, folded: case, umlaut, ß and diacritics do not tell words apart.
    pub exact: Box<str>,
    /// What its inflected forms share.
    pub stem: Box<str>,
    /// The parts of a compound, two or more.
    pub parts: Box<[Part]>,
}

/// One word of a text with its terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the word in the text.
    pub span: Range<usize>,
    /// Its terms.
    pub terms: Terms,
}

/// Turns words into terms, and remembers those it has seen.
#[derive(Default)]
pub struct Analyzer {
    stemmer: stem::Stemmer,
    splitter: Splitter,
    table: table::Table,
}

impl Analyzer {
    /// The terms of one word, as [`words`] cuts it.
    pub fn entry(&mut self, word: &str) -> Entry<'_> {
        let (stemmer, splitter) = (&self.stemmer, &self.splitter);
        self.table.entry(cut(word), |word| {
            let form = fold(word);
            let stem = stemmer.stem(&form);
            let part = |span: Range<usize>| Part { stem: stemmer.stem(&form[span.clone()]).into(), span };
            let parts = splitter.split(word, &form).into_iter().map(part).collect();
            table::Analysis { form, stem, parts }
        })
    }

    /// The terms of a word typed in small letters as those of the noun it may be meant as: queries are typed so.
    pub fn as_noun(&mut self, word: &str) -> Option<Terms> {
        let first = word.chars().next().filter(|first| first.is_lowercase())?;
        let noun: String = first.to_uppercase().chain(word.chars().skip(1)).collect();
        let entry = self.entry(&noun);
        Some(Terms { exact: entry.exact.into(), stem: entry.stem.into(), parts: entry.parts.into() })
    }

    /// Every word of `text` with its terms.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        words(text)
            .map(|span| {
                let entry = self.entry(&text[span.clone()]);
                Token {
                    terms: Terms { exact: entry.exact.into(), stem: entry.stem.into(), parts: entry.parts.into() },
                    span,
                }
            })
            .collect()
    }
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
    fn long_words_are_cut_at_a_character() {
        let word = "ü".repeat(MAX_WORD_BYTES);
        assert_eq!(Analyzer::default().entry(&word).exact, "ue".repeat(MAX_WORD_BYTES / 2));
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
                prop_assert_eq!(&alone[0].terms, &token.terms);
            }
        }
    }
}
