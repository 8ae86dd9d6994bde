//! Learns parts of compounds from an archive: words that no list has and that its writers join to nouns by hyphens, as in
//! Pegida-Kundgebung, Pegida-Szene, Pegida-Bewegung. They then divide closed compounds too. Learns abbreviations that its texts explain,
//! and names of two words that they write as one (TikTok).

use crate::abbreviations::abbreviations;
use crate::byte_set::ByteSet;
use crate::compounds::Splitter;
use crate::fold::{fold, one_line};
use crate::nouns;
use crate::stopwords::is_stop_word;
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Fewest nouns that a word must be joined to.
const MIN_PARTNERS: usize = 3;
/// Fewest letters of either word of a pair.
const MIN_LETTERS: usize = 4;
/// Fewest letters of either word of a name that is written as one.
const MIN_NAME_PART: usize = 3;
/// Bytes of a noun before a capital that is rather a word without the space behind it.
const MIN_GLUED: usize = 5;
/// Most bytes of either word of a pair, and of a name.
const MAX_BYTES: usize = 30;
/// Fewest texts that must explain an abbreviation alike.
const MIN_EXPLAINED: u32 = 2;
/// Most pairs that are kept while learning: about 20 MB.
const MAX_PAIRS: usize = 200_000;
/// Most words of each kind in a vocabulary; those with the most partners are kept.
const MAX_LEARNT: usize = 5000;

/// Collects the pairs of words that texts join by hyphens, and learns a [`Vocabulary`] from them.
///
/// ```
/// use findbuch_german::{Analyzer, VocabularyLearner};
///
/// let mut learner = VocabularyLearner::default();
/// learner.read("Pegida-Kundgebung, Pegida-Gruppe und Pegida-Bewegung");
/// let mut analyzer = Analyzer::with_vocabulary(&learner.learn().into());
/// assert_eq!(analyzer.entry("Pegidaanhänger").parts().len(), 2);
/// ```
#[derive(Debug, Default)]
pub struct VocabularyLearner {
    pairs: HashSet<(Box<str>, Box<str>), foldhash::fast::FixedState>,
    /// Words with a capital inside, each with its words apart, and how many texts have it.
    joined: HashMap<(Box<str>, Box<str>), u32, foldhash::fast::FixedState>,
    /// Abbreviations with what they stand for, and how many texts say so.
    abbreviations: HashMap<(Box<str>, Box<str>), u32, foldhash::fast::FixedState>,
}

impl VocabularyLearner {
    /// Collects the pairs and abbreviations in a text.
    pub fn read(&mut self, text: &str) {
        for (short, long) in abbreviations(text) {
            let known = self.abbreviations.len() < MAX_PAIRS;
            let pair = (short.into(), one_line(long).into());
            if known || self.abbreviations.contains_key(&pair) {
                *self.abbreviations.entry(pair).or_default() += 1;
            }
        }
        for word in with_capital_inside(text) {
            if let Some(apart) = apart(word) {
                let pair = (fold(word).into(), apart.into());
                if self.joined.len() < MAX_PAIRS || self.joined.contains_key(&pair) {
                    *self.joined.entry(pair).or_default() += 1;
                }
            }
        }
        for at in HYPHENS.positions(text) {
            if !text[at..].starts_with(['-', '\u{2010}', '\u{2011}']) {
                continue;
            }
            let rest = text[at..].trim_start_matches(['-', '\u{2010}', '\u{2011}']);
            let before: &str = {
                let start = text[..at]
                    .rfind(|char: char| !char.is_alphabetic())
                    .map_or(0, |last| last + text[last..].chars().next().map_or(1, char::len_utf8));
                &text[start..at]
            };
            let after = &rest[..rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len())];
            let joined_further = |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '-');
            let stands_alone = !joined_further(text[..at - before.len()].chars().next_back())
                && !joined_further(rest[after.len()..].chars().next());
            if stands_alone && is_noun_like(before) && is_noun_like(after) && self.pairs.len() < MAX_PAIRS {
                self.pairs.insert((fold(before).into(), fold(after).into()));
            }
        }
    }

    /// Adds what another learner has collected.
    pub fn join(&mut self, other: VocabularyLearner) {
        self.pairs.extend(other.pairs.into_iter().take(MAX_PAIRS.saturating_sub(self.pairs.len())));
        for (pair, texts) in other.abbreviations {
            *self.abbreviations.entry(pair).or_default() += texts;
        }
        for (pair, texts) in other.joined {
            *self.joined.entry(pair).or_default() += texts;
        }
    }

    /// The words that are joined to three nouns or more and are no known parts of compounds themselves, and the abbreviations that two
    /// texts explain alike, by what most explain them.
    #[must_use]
    pub fn learn(self) -> Vocabulary {
        let known = Splitter::default();
        let (mut first, mut last) = (HashMap::<&str, usize>::new(), HashMap::<&str, usize>::new());
        for (before, after) in &self.pairs {
            let (as_first, as_last) = (known.is_first(before), known.is_last(after));
            if as_last && !as_first {
                *first.entry(before).or_default() += 1;
            } else if as_first && !as_last {
                *last.entry(after).or_default() += 1;
            }
        }
        let abbreviations = most_explained(&self.abbreviations);
        let joined = most_explained(&self.joined);
        Vocabulary { first: most_joined(first), last: most_joined(last), abbreviations, joined }
    }
}

/// Bytes that hyphens begin with, and capitals: of those beyond ASCII, many are small letters.
const HYPHENS: ByteSet = ByteSet::of(b"-").and(0xe2, 0xe2);
const CAPITALS: ByteSet = ByteSet::of(&[]).and(b'A', b'Z').and(0xc3, 0xc5);

/// The words of a text that have a capital behind a small letter.
fn with_capital_inside(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut behind = 0;
    CAPITALS.positions(text).filter_map(move |at| {
        let before = *bytes.get(at.checked_sub(1)?)?;
        let small = before.is_ascii_lowercase() || !before.is_ascii();
        let capital = bytes[at] != 0xc3 || bytes.get(at + 1).is_some_and(|next| *next < 0x9f);
        if !(small && capital) || at < behind {
            return None;
        }
        let no_letter = |char: char| !char.is_alphabetic();
        let before = &text[..at];
        let start =
            before.rfind(no_letter).map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
        behind = text[at..].find(no_letter).map_or(text.len(), |length| at + length);
        Some(&text[start..behind])
    })
}

/// The words of a name that is written as one with a capital inside: Tik Tok of TikTok, but not Arbeiter Innen of ArbeiterInnen, nor
/// words that lack the space between them (MinisterinAnna).
fn apart(word: &str) -> Option<String> {
    let mut capitals = word.char_indices().skip(1).filter(|(_, char)| char.is_uppercase());
    let (at, _) = capitals.next().filter(|_| capitals.next().is_none())?;
    let (before, after) = word.split_at(at);
    let long = |part: &str| part.chars().count() >= MIN_NAME_PART && part.chars().skip(1).all(char::is_lowercase);
    let named = word.len() <= MAX_BYTES && word.starts_with(char::is_uppercase) && long(before) && long(after);
    let glued = before.len() >= MIN_GLUED && nouns::is_known(&fold(before));
    (named && !glued && !matches!(after, "In" | "Innen")).then(|| format!("{before} {after}"))
}

/// The abbreviations that enough texts explain, folded, each with its commonest explanation; names that are written as one alike.
fn most_explained(
    explained: &HashMap<(Box<str>, Box<str>), u32, foldhash::fast::FixedState>,
) -> BTreeMap<String, String> {
    let mut best: BTreeMap<String, (u32, &str)> = BTreeMap::new();
    for ((short, long), texts) in explained.iter().filter(|(_, texts)| **texts >= MIN_EXPLAINED) {
        let known = best.entry(fold(short)).or_insert((*texts, long));
        // of several the commoner, and of equals the first by the alphabet
        if (*texts, std::cmp::Reverse(&**long)) > (known.0, std::cmp::Reverse(known.1)) {
            *known = (*texts, long);
        }
    }
    let mut words: Vec<(String, (u32, &str))> = best.into_iter().collect();
    words.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
    words.into_iter().take(MAX_LEARNT).map(|(short, (_, long))| (short, long.to_owned())).collect()
}

/// Whether a word has one capital, at its start, and the length of a part.
fn is_noun_like(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    capital
        && word.len() <= MAX_BYTES
        && letters.clone().count() + 1 >= MIN_LETTERS
        && letters.all(char::is_lowercase)
        && !is_stop_word(&word.to_lowercase())
}

/// The words with the most partners, and those as a power of two.
fn most_joined(partners: HashMap<&str, usize>) -> BTreeMap<String, u8> {
    let mut words: Vec<(&str, usize)> = partners.into_iter().filter(|(_, count)| *count >= MIN_PARTNERS).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    words.truncate(MAX_LEARNT);
    words.into_iter().map(|(word, count)| (word.to_owned(), u8::try_from(count.ilog2()).unwrap_or(u8::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Analyzer;
    use std::sync::Arc;

    const TEXT: &str = "Die Pegida-Kundgebung, eine Pegida-Gruppe und die Pegida\u{2011}Bewegung. \
                        Ein Noch-Minister, ein Noch-Trainer, eine Noch-Leitung. Die Rhein-Main-Pegida-Straße.";

    fn learnt(text: &str) -> Vocabulary {
        let mut learner = VocabularyLearner::default();
        learner.read(text);
        learner.learn()
    }

    #[test]
    fn abbreviations_that_two_texts_explain_are_learnt() {
        let mut learner = VocabularyLearner::default();
        learner.read("Das Technische Hilfswerk (THW) half. Der Deichverband (DV) schwieg.");
        let mut other = VocabularyLearner::default();
        other.read("das Technische Hilfswerk (THW)");
        learner.join(other);
        let learnt = learner.learn().abbreviations;
        assert_eq!(learnt.into_iter().collect::<Vec<_>>(), [("thw".to_owned(), "Technische Hilfswerk".to_owned())]);
    }

    #[test]
    fn names_with_a_capital_inside_are_learnt() {
        let learnt = learnt(
            "DeepSeek und TikTok, LeserInnen, McDonald, iPhone. TikTok! DeepSeek. LeserInnen MinisterinAnna MinisterinAnna",
        );
        let names: Vec<_> = learnt.joined.iter().map(|(word, apart)| (word.as_str(), apart.as_str())).collect();
        assert_eq!(names, [("deepseek", "Deep Seek"), ("tiktok", "Tik Tok")]);
    }

    #[test]
    fn a_word_joined_to_three_nouns_is_learnt() {
        let vocabulary = learnt(TEXT);
        assert_eq!(vocabulary.first.keys().collect::<Vec<_>>(), ["pegida"]);
        assert!(learnt("Pegida-Kundgebung, Pegida-Gruppe, Pegida-Kundgebung").is_empty(), "two nouns are too few");
    }

    #[test]
    fn what_is_learnt_divides_closed_compounds() {
        let parts = |analyzer: &mut Analyzer| -> Vec<String> {
            analyzer.entry("Pegidaanhänger").parts().iter().map(|part| part.stem.to_string()).collect()
        };
        assert!(parts(&mut Analyzer::default()).is_empty());
        let expected: Vec<String> =
            ["Pegida", "Anhänger"].map(|word| Analyzer::default().entry(word).stem().to_owned()).into();
        assert_eq!(parts(&mut Analyzer::with_vocabulary(&Arc::new(learnt(TEXT)))), expected);
    }

    #[test]
    fn any_text_can_be_read() {
        for text in ["-", "A-", "-Ä", "--", "Über\u{2011}", "Abcd-Efgh-", "ß-ẞ", "\u{2010}\u{2010}Wort"] {
            assert!(learnt(text).is_empty());
        }
    }
}
