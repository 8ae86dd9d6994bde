//! Words that look like compounds and are none: names, inhabitants, what is derived from Greek words, verbs and adjectives.

use crate::compound_evidence::MIN_UNPAIRED_NOUN;
use crate::compound_heads::ADJECTIVE_ENDINGS;
use crate::compound_lists::LISTS;
use crate::endings::strip_ending;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::nouns;
use crate::readings::{Class, frequency};

/// Bytes of the first parts, and of the last of these, from which a word that ends as names do is no name.
const MIN_SURE_FIRST_PARTS: usize = 9;
const MIN_SURE_LAST_FIRST_PART: usize = 5;
/// Bytes of the longest place whose people are known by it; longer ones are compounds.
const MAX_PLACE: usize = 11;
/// Frequency, in steps, of a place whose people are known by it.
const MIN_PLACE_FREQUENCY: f32 = 3.0;

/// Whether what stands at `start` is the end of a Greek word, whose first part ends in a vowel: Psycho|loge, Kata|loge, but Theater|loge.
pub fn is_greek(word: &str, start: usize) -> bool {
    let (before, end) = word.split_at(start);
    end.starts_with("log") && before.ends_with(['a', 'e', 'i', 'o', 'ä'])
}

/// Whether a word is a declined adjective by its suffix, and no noun (Südafrikanischen, which is no Nische).
pub fn is_suffixed_adjective(word: &str) -> bool {
    let mut bases = ADJECTIVE_ENDINGS.iter().filter_map(|ending| strip_ending(word, ending));
    bases.any(|base| {
        let suffixed = base.ends_with("isch") && !nouns::is_known(base);
        suffixed || (base.ends_with("sam") && lexicon().has(base, flags::ADJECTIVE))
    })
}

/// Whether what stands at `start` is the end of what is done by a verb in -ieren: Mode|ration, but Not|operation.
pub fn is_inside_action(word: &str, start: usize) -> bool {
    let is_action = |word: &str| {
        let base = ["ation", "ationen"].iter().find_map(|suffix| strip_ending(word, suffix));
        base.is_some_and(|base| lexicon().has(&[base, "ier"].concat(), flags::VERB))
    };
    is_action(word) && !is_action(&word[start..])
}

/// Whether a word names the people of a place that news know (Göttinger) and no list of nouns has.
pub fn is_inhabitant(word: &str) -> bool {
    let place = ["er", "ern", "ers", "erin", "erinnen"].iter().find_map(|ending| strip_ending(word, ending));
    place.is_some_and(|place| {
        let used =
            |place: &str| frequency(place, Class::Noun) >= MIN_PLACE_FREQUENCY && !lexicon().has(place, flags::NOUN);
        (MIN_UNPAIRED_NOUN..=MAX_PLACE).contains(&place.len())
            && !place.ends_with("end")
            && ["", "en", "e"].iter().any(|end| used(&[place, end].concat()))
    })
}

/// Whether a word looks like a name: its last part ends names, its first parts are short, and no noun of the lexicon explains it.
/// `head` is where the last part begins, `last_modifier` the bytes of the first part before it.
pub fn is_name(word: &str, head: usize, last_modifier: usize) -> bool {
    let endings = ["", "s", "es", "er", "ern", "ers", "e", "n"];
    let (modifiers, head) = word.split_at(head);
    let Some(name) =
        endings.iter().find_map(|ending| strip_ending(head, ending).filter(|base| LISTS.is_name_head(base)))
    else {
        return false;
    };
    let long = modifiers.len() >= MIN_SURE_FIRST_PARTS
        && last_modifier >= MIN_SURE_LAST_FIRST_PART
        && !modifiers.ends_with("en");
    let known = || {
        let mut bases = ["", "s", "es", "e", "n"].iter().filter_map(|ending| strip_ending(word, ending));
        name != "mann" && bases.any(|base| lexicon().has(base, flags::NOUN))
    };
    !long && !known()
}
