//! German text analysis for search: words, folded forms, stems, parts of compounds, and spellings of names.
//!
//! An [`Analyzer`] turns each word into [`Terms`]: the exact form, in which case, umlaut spelling and ß make no difference; the stem,
//! which its inflected forms share; and the stems of its parts, if it is a compound. Text and what is looked for in it go through the
//! same analysis, so that they meet where they mean the same:
//!
//! ```
//! use findbuch_german::Analyzer;
//!
//! let mut analyzer = Analyzer::default();
//! let stem = |analyzer: &mut Analyzer, word: &str| analyzer.entry(word).stem().to_owned();
//! assert_eq!(stem(&mut analyzer, "Häuser"), stem(&mut analyzer, "Haus"));
//! assert_eq!(stem(&mut analyzer, "Mueller"), stem(&mut analyzer, "Müller"));
//! assert_ne!(stem(&mut analyzer, "Müller"), stem(&mut analyzer, "Müll"));
//!
//! let text = "Die Bürger:innen lehnen Waffen- und Munitionslieferungen ab.";
//! let tokens = analyzer.tokens(text);
//! let munition = stem(&mut analyzer, "Munition");
//! let found = tokens.iter().find(|token| token.terms.parts.iter().any(|part| *part.stem == *munition));
//! assert_eq!(found.map(|token| &text[token.span.clone()]), Some("Munitionslieferungen"));
//! // a suspended compound counts as if it were written out
//! assert_eq!(&*tokens[3].also[0].0.stem, "waffenlieferung");
//! ```
//!
//! Stored terms hold as long as the analysis does: [`FINGERPRINT`] changes with every change of it.

#![deny(missing_docs)]

mod abbreviations;
mod adjective_lists;
mod adjectives;
mod analyzer;
mod byte_set;
mod compound_doubts;
mod compound_evidence;
mod compound_heads;
mod compound_lists;
mod compounds;
mod context;
mod declension;
mod endings;
mod families;
mod fold;
mod hashed;
mod historical;
mod known;
mod learner;
mod learnt_parts;
mod lexicon;
mod lexicon_flags;
pub mod names;
mod nouns;
mod numbers;
mod numerals;
mod particles;
mod peoples;
pub mod phonetics;
mod prefixes;
mod readings;
mod sentences;
mod separated;
mod spelling;
mod stem;
mod stopwords;
mod surroundings;
mod suspended;
mod table;
mod tokens;
mod verbs;
mod vocabulary;

pub use analyzer::{Analyzer, MAX_WORD_BYTES, Terms, Token};
pub use compounds::Splitter;
pub use families::relatives;
pub use fold::{fold, fold_keeping_digraphs, normalize, one_line};
pub use learner::VocabularyLearner;
pub use peoples::is_country;
pub use prefixes::{prefix_key, stem_prefixes};
pub use readings::{Class, Reading};
pub use sentences::sentences;
pub use stem::{form_readings, is_known};
pub use stopwords::{is_stop_word, is_surely_german};
pub use suspended::{ImpliedWord, is_number};
pub use table::{CompoundPart, Entry};
pub use tokens::{Words, words};
pub use verbs::separable_prefixes;
pub use vocabulary::Vocabulary;

/// Names the analysis: stored terms of another fingerprint may differ from those that this version makes. It changes with any change
/// of words, folded forms, stems or parts.
pub const FINGERPRINT: &str = "german-11: words, umlauts from digraphs, paradigms with frequencies and neighbours, rust-stemmers, compounds divided (wikidata-3)";

/// The README's examples, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
