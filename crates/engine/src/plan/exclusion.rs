//! Exclusions: words that a reader has switched off one by one. Their positions do not count for a word of the query.
//!
//! An excluded word that is an inflection of the query's word (*Räte* of *Rat*, *U-Bahnen* of *U-Bahn*) is excluded in that form
//! alone. Any other, a compound with the word in it, closed or with hyphens, is excluded in all its inflections, with everything that
//! it covers.
//! Forms have no positions in an index. So under operators of closeness a word with excluded forms has all positions of its stem in
//! articles that have one of the remaining forms.

use crate::plan::word::{ExcludedForms, ExcludedPhrase, Expansion, ExpansionKind, Word, stems};
use findbuch_german::{Analyzer, normalize};

/// A word that is excluded.
pub struct Exclusion {
    /// Its words, more than one where it has hyphens: each folded, with the stems that it may have.
    words: Vec<(Box<str>, Vec<Box<str>>)>,
    /// The same written as one: folded, and its stem.
    joined: Vec<(Box<str>, Box<str>)>,
}

impl Exclusion {
    fn phrase(&self) -> ExcludedPhrase {
        self.words.iter().map(|(_, stems)| stems.clone()).collect()
    }

    /// The forms of an expansion that it excludes as an inflection, by the number of their word; none where it is no inflection of it.
    fn inflects(&self, word: &Word, expansion: &Expansion) -> Vec<(usize, Box<str>)> {
        // a decompounded word is excluded as a whole, not in one form
        if expansion.kind == ExpansionKind::Decompounded && self.words.len() == 1 {
            return Vec::new();
        }
        if let (ExpansionKind::Pattern, [(form, _)]) = (expansion.kind, self.words.as_slice()) {
            return vec![(0, form.clone())];
        }
        if let Some(stems) = expansion.single()
            && let Some((form, _)) = self.joined.iter().find(|(_, stem)| stems.contains(stem))
        {
            return vec![(0, form.clone())];
        }
        let slots = &expansion.slots;
        let fits = |slot: &Vec<Box<str>>, stems: &[Box<str>]| slot.iter().any(|stem| stems.contains(stem));
        let begins = |at: &usize| {
            let here = slots.get(*at..*at + self.words.len()).unwrap_or_default();
            !here.is_empty() && here.iter().zip(&self.words).all(|(slot, (_, stems))| fits(slot, stems))
        };
        if self.words.len() == 1 {
            let all = (0..slots.len()).filter(begins);
            return all.filter_map(|at| Some((at, self.words.first()?.0.clone()))).collect();
        }
        // of several words, exclude those that differ from what was typed, or the last
        let Some(start) = (0..slots.len()).find(begins) else { return Vec::new() };
        let numbered = || (start..).zip(&self.words).map(|(at, (form, _))| (at, form.clone()));
        let differ: Vec<_> = numbered().filter(|(at, form)| word.forms.get(*at) != Some(form)).collect();
        if differ.is_empty() { numbered().last().into_iter().collect() } else { differ }
    }
}

/// Analyses the words that are excluded, written as they stand in articles.
pub fn read_exclusions(excluded: &[String], analyzer: &mut Analyzer) -> Vec<Exclusion> {
    let mut all = Vec::new();
    for label in excluded {
        let text = normalize(label).into_owned();
        let (mut words, mut joined) = (Vec::new(), Vec::new());
        for token in analyzer.tokens(&text) {
            let readings = analyzer.readings(&text[token.span]);
            joined.extend(token.also.into_iter().map(|(terms, _)| (terms.exact, terms.stem)));
            words.push((token.terms.exact, stems(&readings)));
        }
        if !words.is_empty() {
            all.push(Exclusion { words, joined });
        }
    }
    all
}

/// A key that words share which are excluded together: their form, if they are inflections of one of these words of a query, else their
/// stems. None if the label has no word or nothing would be excluded.
pub fn exclusion_key(label: &str, words: &[Word], analyzer: &mut Analyzer) -> Option<String> {
    let exclusion = read_exclusions(std::slice::from_ref(&label.to_owned()), analyzer).pop()?;
    if words.iter().all(|word| word.exact && word.pattern.is_none()) {
        return None;
    }
    let inflects =
        |word: &Word| word.expansions.iter().any(|expansion| !exclusion.inflects(word, expansion).is_empty());
    if words.iter().any(inflects) {
        let forms: Vec<&str> = exclusion.words.iter().map(|(form, _)| &**form).collect();
        return Some(format!("={}", forms.join(" ")));
    }
    Some(exclusion.words.iter().map(|(_, stems)| stems.join("/")).collect::<Vec<_>>().join(" "))
}

/// Applies exclusions to a word of the query.
pub fn exclude(word: &mut Word, exclusions: &[Exclusion]) {
    for exclusion in exclusions {
        let forms: Vec<_> = word.expansions.iter().map(|expansion| exclusion.inflects(word, expansion)).collect();
        let inflection = forms.iter().any(|forms| !forms.is_empty());
        for (expansion, forms) in word.expansions.iter_mut().zip(forms) {
            for (slot, form) in forms {
                match expansion.excluded_forms.iter_mut().find(|excluded| excluded.slot == slot) {
                    Some(excluded) => excluded.excluded.push(form),
                    None => expansion.excluded_forms.push(ExcludedForms {
                        rejected_alone: Vec::new(),
                        slot,
                        stems: expansion.slots.get(slot).cloned().unwrap_or_default(),
                        excluded: vec![form],
                        remaining: Vec::new(),
                    }),
                }
            }
        }
        if !inflection && word.pattern.is_none() && !word.excluded_phrases.contains(&exclusion.phrase()) {
            word.excluded_phrases.push(exclusion.phrase());
        }
    }
}
