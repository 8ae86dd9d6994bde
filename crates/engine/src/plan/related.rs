//! Whether words of the same family are searched too (Verhaftung for verhaften).
//!
//! Few words are meant to the letter: who asks for *Wahl* does not want every article in which something is chosen. A sentence or a
//! question is meant by its sense, and its words rarely stand in the article as they stand in it.

use findbuch_german::is_stop_word;
use findbuch_query::{Node, Query};

/// Whether words of the same family are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Relatives {
    /// In questions and in queries of many words.
    #[default]
    InSentences,
    /// In every query.
    Always,
    /// In none.
    Never,
}

/// Words that count, function words aside, of a query that is a sentence.
const SENTENCE_WORDS: usize = 5;
/// What a question begins with.
const QUESTION_WORDS: &[&str] = &[
    "wer", "wen", "wem", "wessen", "was", "wann", "wo", "woher", "wohin", "wodurch", "womit", "worum", "wozu", "warum",
    "wieso", "weshalb", "wie", "welche", "welcher", "welches", "welchen", "welchem",
];

impl Relatives {
    /// Whether they are searched for a query.
    #[must_use]
    pub fn apply(self, query: &Query) -> bool {
        match self {
            Relatives::Always => true,
            Relatives::Never => false,
            Relatives::InSentences => is_sentence(query),
        }
    }
}

/// Whether a query is a question or has as many words as a sentence, and no operators.
fn is_sentence(query: &Query) -> bool {
    let Node::All(nodes) = &query.root else { return false };
    let words = nodes.iter().map(|node| match node {
        Node::Word(span) => Some(query.slice(span).to_lowercase()),
        _ => None,
    });
    let Some(words) = words.collect::<Option<Vec<String>>>() else { return false };
    let meant = words.iter().filter(|word| !is_stop_word(word)).count();
    let asks = words.first().is_some_and(|first| QUESTION_WORDS.contains(&first.as_str()));
    asks && meant > 0 || meant >= SENTENCE_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_and_sentences_are_meant_by_their_sense() {
        let today = jiff::civil::date(2026, 1, 1);
        for (text, sentence) in [
            ("Warum streiken die Lokführer?", true),
            ("Wann wurde Anna verhaftet", true),
            ("Lehrer streiken in Hamm für mehr Lohn und Urlaub", true),
            ("Wahl", false),
            ("Wahl Hamm Ergebnis", false),
            ("wer", false),
            ("\"Wahl in Hamm\"", false),
            ("wer UND Wahl", false),
        ] {
            let query = Query::parse(text, today).expect("a query");
            assert_eq!(Relatives::default().apply(&query), sentence, "{text}");
            assert!(Relatives::Always.apply(&query) && !Relatives::Never.apply(&query));
        }
    }
}
