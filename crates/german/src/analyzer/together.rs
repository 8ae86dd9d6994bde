//! What words mean beside themselves, and what they are together: abbreviations, other names, numbers with their units.

use super::Analyzer;
use crate::fold::fold;
use crate::tokens::words;
use crate::{names, numerals};
use std::ops::Range;

/// Letters at the start of two words that must be alike for these to be looked at as forms of one.
const ALIKE: usize = 2;

impl Analyzer {
    /// Words and names that mean the same as `typed`, whose words are [folded](crate::fold) in `key` with a space between: abbreviations
    /// that the archive explains, what they stand for, and the groups of `data/same_meaning.txt`. An abbreviation must be typed as one,
    /// with its capitals: the *un* of a name is no United Nations.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let analyzer = Analyzer::default();
    /// assert_eq!(analyzer.same_meaning("samstag", "samstag"), ["Sonnabend"]);
    /// assert_eq!(analyzer.same_meaning("EU", "eu"), ["Europäische Union"]);
    /// assert!(analyzer.same_meaning("Eu", "eu").is_empty());
    /// ```
    #[must_use]
    pub fn same_meaning(&self, typed: &str, key: &str) -> Vec<String> {
        let abbreviation = |word: &str| word.chars().filter(|char| char.is_uppercase()).count() >= 2;
        let group = names::same_meaning(key).unwrap_or_default();
        let own = group.iter().find(|word| names::key(word) == key);
        let meant = abbreviation(typed) || own.is_some_and(|own| !abbreviation(own) || own.contains([' ', '-']));
        let others = group.iter().filter(|word| meant && names::key(word) != key);
        let mut found: Vec<String> = others.map(|word| (*word).to_owned()).collect();
        let learnt = self.splitter.vocabulary().abbreviations.get(key).filter(|_| abbreviation(typed));
        found.extend(self.splitter.vocabulary().joined.get(key).cloned());
        found.extend(numerals::variants(typed));
        found.extend(learnt.filter(|long| !group.iter().any(|known| names::key(known) == names::key(long))).cloned());
        found
    }

    /// What words that stand side by side are together: the abbreviation or the other name of a name that they are, in any inflection; the
    /// one word that the archive also writes it as; the number or initials with what belongs to them. Each with the words that it is.
    ///
    /// ```
    /// # use findbuch_german::Analyzer;
    /// let mut analyzer = Analyzer::default();
    /// assert_eq!(analyzer.together(&["der", "Europäischen", "Union"]), [(1..3, "EU".to_owned())]);
    /// assert_eq!(analyzer.together(&["15.000", "Euro"]), [(0..2, "15000euro".to_owned())]);
    /// assert_eq!(analyzer.together(&["Hartz", "4"]), [(0..2, "Hartz IV".to_owned())]);
    /// assert!(analyzer.together(&["Europäische", "Wahl"]).is_empty());
    /// ```
    pub fn together(&mut self, typed: &[&str]) -> Vec<(Range<usize>, String)> {
        let mut found = self.named_together(typed);
        let text = typed.join(" ");
        let spans: Vec<_> = words(&text).collect();
        let mut ends = Vec::with_capacity(typed.len());
        for word in typed {
            ends.push(ends.last().map_or(0, |end| end + 1) + word.len());
        }
        let begins = |at: usize| if at == 0 { 0 } else { ends[at - 1] + 1 };
        for implied in self.implied_words(&text, &spans) {
            let start = (0..typed.len()).find(|at| begins(*at) == implied.span.start);
            let end = ends.iter().position(|end| *end == implied.span.end);
            if let (Some(start), Some(end)) = (start, end.filter(|end| start.is_some_and(|start| *end > start))) {
                found.push((start..end + 1, implied.word));
            }
        }
        for (at, pair) in typed.windows(2).enumerate() {
            found.extend(numerals::variants(&pair.join(" ")).into_iter().map(|variant| (at..at + 2, variant)));
            let joined = pair.concat();
            let known = self.splitter.vocabulary().joined.get(&fold(&joined));
            found.extend(
                known.filter(|apart| names::key(apart) == names::key(&pair.join(" "))).map(|_| (at..at + 2, joined)),
            );
        }
        found
    }

    /// Abbreviations and other names of the names that words are.
    fn named_together(&mut self, typed: &[&str]) -> Vec<(Range<usize>, String)> {
        let begins = |name: &str| typed.iter().any(|typed| begin_alike(name, typed));
        let mut groups: Vec<Vec<String>> = Vec::new();
        for group in names::groups_with_long_forms().filter(|group| group.iter().any(|name| begins(name))) {
            groups.push(group.into_iter().map(str::to_owned).collect());
        }
        let learnt = self.splitter.vocabulary().abbreviations.iter().filter(|(_, long)| begins(long));
        groups.extend(learnt.map(|(short, long)| vec![short.to_uppercase(), long.clone()]));
        let mut found: Vec<(Range<usize>, String)> = Vec::new();
        for group in groups {
            for own in &group {
                let Some(place) = self.place_of(own, typed) else { continue };
                for other in group.iter().filter(|other| *other != own) {
                    if !found.iter().any(|(known, name)| *known == place && fold(name) == fold(other)) {
                        found.push((place.clone(), other.clone()));
                    }
                }
            }
        }
        found
    }

    /// Which of the words, which may be inflected, are a name of two words or more.
    fn place_of(&mut self, name: &str, typed: &[&str]) -> Option<Range<usize>> {
        let words: Vec<&str> = words(name).map(|span| &name[span]).collect();
        if words.len() < 2 {
            return None;
        }
        let alike = |run: &[&str]| words.iter().zip(run).all(|(word, typed)| begin_alike(word, typed));
        let at = typed.windows(words.len()).position(alike)?;
        let same = words.iter().zip(&typed[at..]).all(|(word, typed)| {
            let stem = self.entry(word).stem().to_owned();
            self.readings(typed).iter().any(|terms| terms.stem.eq_ignore_ascii_case(&stem))
        });
        same.then_some(at..at + words.len())
    }
}

/// Whether two words begin with the same letters, in either case.
fn begin_alike(one: &str, other: &str) -> bool {
    let same = |one: char, other: char| {
        one == other
            || one.eq_ignore_ascii_case(&other)
            || !one.is_ascii() && one.to_lowercase().eq(other.to_lowercase())
    };
    one.chars().zip(other.chars()).take(ALIKE).all(|(a, b)| same(a, b))
}
