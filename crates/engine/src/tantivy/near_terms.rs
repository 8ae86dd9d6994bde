//! Walks a dictionary to the words near a given one: branches without near words are not entered.

use crate::plan::nearest::{Comparison, MAX_CHARS, SOUND_EDITS};
use findbuch_german::phonetics::Coder;
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use std::sync::LazyLock;
use tantivy_fst::Automaton;

/// The tables behind all automata of one and of two edits; a table of three takes sixty times as long to make as one of two,
/// which is why words of the same sound are found by their sound.
static ONE_EDIT: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_EDITS: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

fn automata(edits: usize) -> &'static LevenshteinAutomatonBuilder {
    if edits == 1 { &ONE_EDIT } else { &TWO_EDITS }
}

/// Accepts every word that [`Comparison::distance`] has a distance for, or that is within some edits, and few others.
pub struct NearTerms {
    letters: DFA,
    /// Digits of the sound, if it counts, and most characters of a word that has it.
    sound: Option<(Box<[u8]>, usize)>,
}

impl NearTerms {
    /// The words near the one that a comparison is with.
    pub fn to(comparison: &Comparison) -> NearTerms {
        let word: String = comparison.chars().iter().collect();
        let most_chars = MAX_CHARS.min(comparison.chars().len() + SOUND_EDITS);
        NearTerms {
            letters: automata(comparison.most()).build_dfa(&word),
            sound: comparison.sound().map(|code| (code.as_bytes().into(), most_chars)),
        }
    }

    /// The words within one or two edits of a folded one.
    pub fn within(edits: usize, word: &str) -> NearTerms {
        NearTerms { letters: automata(edits).build_dfa(word), sound: None }
    }

    /// The sound after the next byte of a word; nothing if no word with this beginning has the sound.
    fn hear(&self, mut heard: Heard, byte: u8) -> Option<Heard> {
        let (code, most_chars) = self.sound.as_ref()?;
        // the second byte of a character
        heard.chars += usize::from(byte & 0b1100_0000 != 0b1000_0000);
        let char = match (heard.before, byte) {
            (_, 0..0x80) => Some(char::from(byte)),
            (0xC3, 0xA4) => Some('ä'),
            (0xC3, 0xB6) => Some('ö'),
            (0xC3, 0xBC) => Some('ü'),
            // no other character has a sound
            _ => None,
        };
        heard.before = byte;
        let mut same = true;
        if let Some(char) = char {
            heard.coder.push(char, |digit| same &= heard.matched.take_digit(code, digit));
        }
        (same && heard.chars <= *most_chars).then_some(heard)
    }

    fn has_sound(&self, heard: &Heard) -> bool {
        let Some((code, _)) = &self.sound else { return false };
        let (mut matched, mut same) = (heard.matched, true);
        heard.coder.finish(|digit| same &= matched.take_digit(code, digit));
        same && matched.0 == code.len()
    }
}

/// The state of a walk: that of the letters, and the sound so far while it can still become the one looked for.
#[derive(Clone, Copy)]
pub struct State {
    letters: u32,
    heard: Option<Heard>,
}

#[derive(Clone, Copy, Default)]
struct Heard {
    coder: Coder,
    matched: Matched,
    chars: usize,
    before: u8,
}

/// Number of digits of a code so far.
#[derive(Clone, Copy, Default)]
struct Matched(usize);

impl Matched {
    fn take_digit(&mut self, code: &[u8], digit: char) -> bool {
        let same = code.get(self.0).is_some_and(|next| char::from(*next) == digit);
        self.0 += 1;
        same
    }
}

impl Automaton for NearTerms {
    type State = State;

    fn start(&self) -> State {
        State { letters: self.letters.initial_state(), heard: self.sound.as_ref().map(|_| Heard::default()) }
    }

    fn is_match(&self, state: &State) -> bool {
        matches!(self.letters.distance(state.letters), Distance::Exact(_))
            || state.heard.as_ref().is_some_and(|heard| self.has_sound(heard))
    }

    fn can_match(&self, state: &State) -> bool {
        state.letters != SINK_STATE || state.heard.is_some()
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        State {
            letters: self.letters.transition(state.letters, byte),
            heard: state.heard.and_then(|heard| self.hear(heard, byte)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::nearest::edits;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use tantivy_fst::{IntoStreamer, Map, Streamer};

    /// The near words that a walk finds, and those that a look at every word finds.
    fn both_ways(word: &str, words: &BTreeSet<String>) -> (BTreeSet<String>, BTreeSet<String>) {
        let comparison = Comparison::with(word);
        let is_near = |word: &String| comparison.distance(word).is_some();
        let dictionary = Map::from_iter(words.iter().zip(0..)).expect("words in order");
        let mut terms = dictionary.search(NearTerms::to(&comparison)).into_stream();
        let mut walked = BTreeSet::new();
        while let Some((term, _)) = terms.next() {
            walked.insert(String::from_utf8(term.to_vec()).expect("UTF-8"));
        }
        walked.retain(is_near);
        (walked, words.iter().filter(|word| is_near(word)).cloned().collect())
    }

    #[test]
    fn a_walk_finds_words_by_their_letters_and_by_their_sound() {
        let words = ["baerbock", "bayern", "munition", "phillipp", "schmidt", "schröder", "schrott", "szymborska"];
        let words = words.map(str::to_owned).into();
        for (word, near) in [
            ("mnuition", "munition"),
            ("baehrbockh", "baerbock"),
            ("filip", "phillipp"),
            ("shmit", "schmidt"),
            ("shröta", "schröder"),
            ("schröter", "schröder"),
        ] {
            let (walked, looked_at) = both_ways(word, &words);
            assert_eq!(walked, looked_at, "{word}");
            assert_eq!(walked.contains(near), Comparison::with(word).distance(near).is_some(), "{word}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_walk_finds_all_within_edits(
            word in "[aäbc]{1,9}",
            words in prop::collection::btree_set("[aäbc]{0,9}", 0..200),
            most in 1_usize..3,
        ) {
            let dictionary = Map::from_iter(words.iter().zip(0..)).expect("words in order");
            let mut terms = dictionary.search(NearTerms::within(most, &word)).into_stream();
            let mut walked = BTreeSet::new();
            while let Some((term, _)) = terms.next() {
                walked.insert(String::from_utf8(term.to_vec()).expect("UTF-8"));
            }
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            let is_near = |other: &&String| edits(&chars(&word), &chars(other), most).is_some();
            prop_assert_eq!(walked, words.iter().filter(is_near).cloned().collect::<BTreeSet<String>>());
        }

        #[test]
        fn a_walk_finds_what_a_look_at_every_word_finds(
            word in "[aäehcksxzdtpfé]{1,9}",
            words in prop::collection::btree_set("[aäehcksxzdtpfé-]{0,11}", 0..200),
            edited in prop::collection::vec(("[aäehcksxzdtpfé]{0,2}", 0_usize..9, 0_usize..3), 0..40),
        ) {
            let mut words = words;
            // words near it, which are rare at random
            let chars: Vec<char> = word.chars().collect();
            for (put, at, left_out) in edited {
                let at = at.min(chars.len());
                let rest = chars.iter().skip(at + left_out);
                words.insert(chars[..at].iter().copied().chain(put.chars()).chain(rest.copied()).collect());
            }
            let (walked, looked_at) = both_ways(&word, &words);
            prop_assert_eq!(walked, looked_at);
        }
    }
}
