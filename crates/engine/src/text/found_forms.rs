//! The words of hits in which a query's words were found, other than those typed: each can be excluded alone.

use crate::hits::Hit;
use crate::plan::explain::Explained;
use crate::text::highlight::Highlighter;
use std::collections::{BTreeMap, BTreeSet};

/// A word as it stands in hits: an inflection of a query's word, a compound with it in any inflection, or words with hyphens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// In its most frequent spelling; [`crate::ExpansionOptions::excluded`] takes it.
    pub label: String,
    /// Its marked places in the headlines and passages of the hits.
    pub places: usize,
}

/// The forms in the headlines and passages of hits that are none of those typed, the most frequent first.
#[must_use]
pub fn forms(hits: &[Hit], explained: &[Explained], highlighter: &mut Highlighter) -> Vec<Form> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    // the matches of a pattern are excluded form by form
    let hyphens = explained.iter().all(|explained| explained.word.pattern.is_none());
    let mut count = |text: &str, from: usize, to: usize| {
        if let Some(word) = whole_word(text, (from, to), hyphens) {
            *found.entry(word.to_owned()).or_default() += 1;
        }
    };
    for hit in hits {
        let title = (&hit.article.title(), &hit.title.headline);
        for (text, marks) in hit.snippets.iter().map(|snippet| (&snippet.text, &snippet.marks)).chain([title]) {
            let place = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
            for &[from, to] in marks {
                count(text, place(from), place(to));
            }
        }
    }
    let typed = explained.iter().flat_map(|explained| explained.word.parts.iter().chain([&explained.word.typed]));
    let typed: BTreeSet<String> = typed.map(|word| word.to_lowercase()).collect();
    let is_typed = |word: &str| {
        let word = word.to_lowercase();
        typed.contains(&word) || word.split(['-', '\u{2011}']).all(|part| typed.contains(part))
    };
    // the spellings of one form, the most frequent first
    let mut families: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for (word, places) in found.into_iter().filter(|(word, _)| !is_typed(word)) {
        if let Some(family) = highlighter.exclusion_key(&word) {
            families.entry(family).or_default().push((places, word));
        }
    }
    let mut forms: Vec<Form> = families
        .into_values()
        .filter_map(|mut spellings| {
            spellings.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            let places = spellings.iter().map(|(places, _)| places).sum();
            Some(Form { label: spellings.into_iter().next()?.1, places })
        })
        .collect();
    forms.sort_by(|a, b| b.places.cmp(&a.places).then_with(|| a.label.cmp(&b.label)));
    forms
}

/// The word, with what `hyphens` join to it, that a mark stands in.
fn whole_word(text: &str, (from, to): (usize, usize), hyphens: bool) -> Option<&str> {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '’' | '\'') || (hyphens && matches!(c, '-' | '\u{2011}'));
    let start = text.get(..from)?.trim_end_matches(letter).len();
    let end = text.len() - text.get(to..)?.trim_start_matches(letter).len();
    let word = text.get(start..end)?.trim_matches(|c: char| !c.is_alphanumeric());
    Some(word).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_widen_to_whole_words() {
        let text = "die „Artillerie-Munition“, Waffen- und Putin’s";
        let check = |part: &str, whole: &str| {
            let at = text.find(part).expect("in the text");
            assert_eq!(whole_word(text, (at, at + part.len()), true), Some(whole), "{part}");
        };
        check("Munition", "Artillerie-Munition");
        check("tillerie", "Artillerie-Munition");
        check("Waffen", "Waffen");
        check("Putin", "Putin’s");
        assert_eq!(whole_word(text, (3, 900), true), None);
        assert_eq!(whole_word("ein Corona-Impfstoff", (11, 20), false), Some("Impfstoff"));
    }
}
