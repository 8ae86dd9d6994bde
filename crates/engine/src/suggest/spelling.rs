//! How articles spell a word: with a capital letter or not, with umlaut and ß. What the index knows is the folded form alone.

use crate::lookup::names::may_begin;
use findbuch_article::Article;
use findbuch_german::{fold, words};
use std::collections::HashMap;

/// What an occurrence within a sentence counts; one at its beginning, where every word has a capital letter, counts 1.
const WITHIN: u64 = 100;

/// Spellings of words that begin in certain ways.
pub struct Spellings<'a> {
    beginnings: &'a [String],
    /// By the folded form.
    found: HashMap<String, HashMap<String, u64>>,
}

impl<'a> Spellings<'a> {
    /// Those of some articles.
    pub fn of(beginnings: &'a [String], articles: &[Article]) -> Spellings<'a> {
        let mut spellings = Spellings { beginnings, found: HashMap::new() };
        spellings.read(articles);
        spellings
    }

    /// Adds the spellings of articles.
    pub fn read(&mut self, articles: &[Article]) {
        for article in articles {
            for part in article.parts.iter().filter(|part| part.is_searched()) {
                for text in std::iter::once(&part.text).chain(&part.attribution) {
                    self.read_text(text);
                }
            }
        }
    }

    fn read_text(&mut self, text: &str) {
        for span in words(text) {
            let Some(word) = text.get(span.clone()).filter(|word| may_begin(word, self.beginnings)) else { continue };
            let form = fold(word);
            if !self.beginnings.iter().any(|beginning| form.starts_with(beginning.as_str())) {
                continue;
            }
            let before = text.get(..span.start).unwrap_or_default().trim_end();
            let within = before.ends_with(|char: char| char.is_alphanumeric() || matches!(char, ',' | ';' | ')' | '-'));
            let shouted = word.chars().nth(1).is_some_and(char::is_uppercase);
            let weight = if within && !shouted { WITHIN } else { 1 };
            *self.found.entry(form).or_default().entry(word.to_owned()).or_default() += weight;
        }
    }

    /// Whether a form stands within a sentence somewhere.
    pub fn is_sure(&self, form: &str) -> bool {
        self.found.get(form).is_some_and(|spellings| spellings.values().any(|weight| *weight >= WITHIN))
    }

    /// The most usual spelling of a form.
    pub fn of_form(&self, form: &str) -> Option<String> {
        let spellings = self.found.get(form)?;
        let most = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))?;
        Some(most.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::{Part, PartKind};

    #[test]
    fn words_are_spelled_as_within_sentences() {
        let texts = [
            "Mündlich erklärte die Stadt, das Öl sei teuer.",
            "Das wurde mündlich vereinbart. Mündlich! Mündlich?",
            "ÖLPREIS STEIGT",
            "Der Ölpreis steigt, die Straße ist frei.",
        ];
        let mut parts: Vec<Part> = texts.iter().map(|text| Part::new(PartKind::Paragraph, *text)).collect();
        parts.push(Part { attribution: Some("Pastor Storm".into()), ..Part::new(PartKind::PullQuote, "So war es") });
        let articles = [Article { parts, ..Article::default() }];
        let beginnings = ["m", "öl", "stra", "pasto"].map(str::to_owned);
        let spellings = Spellings::of(&beginnings, &articles);
        for (form, spelling) in [
            ("mündlich", Some("mündlich")),
            ("ölpreis", Some("Ölpreis")),
            ("strasse", Some("Straße")),
            ("pastor", Some("Pastor")),
            ("stadt", None),
        ] {
            assert_eq!(spellings.of_form(form).as_deref(), spelling, "{form}");
        }
        assert!(spellings.is_sure("ölpreis") && !spellings.is_sure("munter"));
    }
}
