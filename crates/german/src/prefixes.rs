//! Which words can have a stem, judged by how they begin: a test far cheaper than their analysis.

use crate::fold::fold;
use crate::{adjectives, historical, spelling, verbs};
use std::collections::HashMap;

/// Letters that the regular forms of a stem share with it at their start: all but the last two, from two to five; of what may be a verb
/// three, since another word may stand before *ge* and *zu* (handgemalt); two alone of one whose forms do not begin steadily.
const PREFIX_LETTERS: usize = 2;
const MAX_LETTERS: usize = 5;
const CHANGING: usize = 2;
/// Keys that are remembered.
const MAX_REMEMBERED: usize = 100_000;

/// The word as [`stem_prefixes`] compares it: folded, in its current spelling, umlauts undone.
///
/// ```
/// assert_eq!(findbuch_german::prefix_key("Bücher"), "bucher");
/// ```
#[must_use]
pub fn prefix_key(word: &str) -> String {
    key_of_form(&fold(word))
}

/// The key of a word that is folded.
fn key_of_form(form: &str) -> String {
    let current = spelling::current(form);
    if current.is_ascii() { current.into_owned() } else { key_without_umlauts(&current) }
}

fn key_without_umlauts(form: &str) -> String {
    let plain = |char| match char {
        'ä' => 'a',
        'ö' => 'o',
        'ü' => 'u',
        other => other,
    };
    form.chars().map(plain).collect()
}

/// Makes the [`prefix_key`]s of words, and remembers those that take long.
#[derive(Debug, Default)]
pub struct Keys {
    known: HashMap<Box<str>, Box<str>, foldhash::fast::RandomState>,
    key: String,
}

impl Keys {
    /// The [`prefix_key`] of a word.
    pub fn key(&mut self, word: &str) -> &str {
        if plain_key(word, &mut self.key) {
            return &self.key;
        }
        if self.known.len() >= MAX_REMEMBERED {
            self.known.clear();
        }
        // most words are known, and only an unknown one is copied
        if !self.known.contains_key(word) {
            self.known.insert(word.into(), prefix_key(word).into());
        }
        self.known.get(word).map_or("", |key| key)
    }
}

/// Makes the key of a word of German letters that has one spelling; false for others.
fn plain_key(word: &str, key: &mut String) -> bool {
    key.clear();
    let mut umlauts = false;
    let mut before = ' ';
    for char in word.chars() {
        let char = match char {
            'a'..='z' => char,
            'A'..='Z' => char.to_ascii_lowercase(),
            'ä' | 'Ä' => 'ä',
            'ö' | 'Ö' => 'ö',
            'ü' | 'Ü' => 'ü',
            _ => return false,
        };
        if char == 'e' && matches!(before, 'a' | 'o' | 'u') {
            return false;
        }
        umlauts |= !char.is_ascii();
        key.push(char);
        before = char;
    }
    if !spelling::is_settled(key) {
        return false;
    }
    if umlauts {
        *key = key_without_umlauts(key);
    }
    true
}

/// Prefixes one of which the [`prefix_key`] of every word with this stem begins with: two to five letters of the stem or, of strong verbs
/// and irregular comparatives, three of each of their stems (ging, besser), all with the ge of participles too. The adjectives and
/// people of a country have its stem as a part and may begin otherwise.
///
/// ```
/// use findbuch_german::{prefix_key, stem_prefixes};
///
/// let prefixes = stem_prefixes("gehen");
/// assert!(prefixes.iter().any(|prefix| prefix_key("ging").starts_with(prefix)));
/// assert!(!prefixes.iter().any(|prefix| prefix_key("laufen").starts_with(prefix)));
/// ```
#[must_use]
pub fn stem_prefixes(stem: &str) -> Vec<String> {
    let prefix = |word: &str, letters| key_of_form(&word.to_lowercase()).chars().take(letters).collect::<String>();
    let irregular: Vec<&str> = verbs::irregular_stems(stem).chain(adjectives::irregular_stems(stem)).collect();
    let mut prefixes: Vec<String> = irregular.iter().map(|word| prefix(word, PREFIX_LETTERS + 1)).collect();
    if irregular.is_empty() {
        let verb = ["en", "ln", "rn", "tun", "sein"].iter().any(|ending| stem.ends_with(ending));
        // the e of adeln changes too
        let elided = usize::from(stem.ends_with("ln") || stem.ends_with("rn"));
        let steady = stem.chars().count().saturating_sub(CHANGING + elided);
        let most = match verb {
            false => MAX_LETTERS,
            true if verbs::begins_steadily(stem) => PREFIX_LETTERS + 1,
            true => PREFIX_LETTERS,
        };
        prefixes.push(prefix(stem, steady.clamp(PREFIX_LETTERS, most)));
    }
    if stem.ends_with('n') {
        let participles: Vec<String> = prefixes.iter().map(|prefix| ["ge", prefix].concat()).collect();
        prefixes.extend(participles);
    }
    let historical: Vec<String> = prefixes.iter().flat_map(|prefix| historical::beginnings(prefix)).collect();
    prefixes.extend(historical);
    prefixes.sort_unstable();
    prefixes.dedup();
    prefixes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_the_same_however_it_is_made(word in "[a-zA-ZäöüÄÖÜßé0-9]{1,4}(photo|ae|Rauh|tip|sss|)[a-zäöü]{0,4}") {
            let mut keys = Keys::default();
            prop_assert_eq!(keys.key(&word), prefix_key(&word));
        }
    }

    #[test]
    fn words_begin_as_the_prefixes_of_their_stem_say() {
        let mut analyzer = Analyzer::default();
        let mut check = |word: &str| {
            let stem = analyzer.entry(word).stem().to_owned();
            let begins = stem_prefixes(&stem).iter().any(|prefix| prefix_key(word).starts_with(prefix.as_str()));
            assert!(begins, "{word} has the stem {stem}, with the prefixes {:?}", stem_prefixes(&stem));
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
            "Photos", "Äpfel", "Über", "besser", "besten", "höher", "gelieferte", "auszuliefern", "Chancen",
            "gegoogelt", "thun", "ächten", "giebt", "fieng", "civilisiren", "Vortheil", "Centralisation", "Theilung",
        ] {
            check(word);
        }
    }
}
