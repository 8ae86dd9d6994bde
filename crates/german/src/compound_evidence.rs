//! What shows that a word can be a part of compounds besides the lists of compounds: that news have it by itself, and how often.

use crate::declension::without_umlaut;
use crate::endings::strip_ending;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, frequency, noun_frequency};
use crate::verbs;

/// Bytes of the shortest part.
pub const MIN_PART: usize = 3;
/// Bytes from which a noun of the lexicon that no listed compound has as a part counts as a part with one partner.
pub const MIN_UNPAIRED_NOUN: usize = 5;
/// Endings of inflected nouns.
pub const ENDINGS: &[&str] = &["", "e", "n", "s", "en", "er", "es", "se", "ern", "nen", "sen", "ses"];
/// Bytes of the longest part that must also be used alone, unless it has so many partners, in steps.
const MAX_SHORT: usize = 7;
const SURE_PARTNERS: u64 = 4;
/// Frequency, in steps, that a part of three bytes must have by itself, one of up to seven, and one that makes a word a part which no
/// list of compounds has.
const MIN_SHORT_FREQUENCY: f32 = 5.0;
const MIN_LONGER_FREQUENCY: f32 = 1.0;
const MIN_FREQUENCY: f32 = 7.0;
/// Bytes from which an adjective is a first part however rare it is.
const MIN_SURE_ADJECTIVE: usize = 8;
/// Bytes of the shortest participle that is a first part (Studierenden|werk).
const MIN_PARTICIPLE: usize = 6;

/// Whether news have a short part as a noun by itself, in any inflection, or as the stem of a verb or adjective: Schi, Ger and Sen are
/// rare, Ski, Amt and Bau are not.
pub fn is_used_alone(part: &str, partners: u64) -> bool {
    let least = match part.len() {
        ..=MIN_PART => MIN_SHORT_FREQUENCY,
        4..=MAX_SHORT if partners < SURE_PARTNERS => MIN_LONGER_FREQUENCY,
        _ => return true,
    };
    let used = |word: &str| noun_frequency(word) >= least;
    let adjective = || frequency(part, Class::Adjective) >= least;
    let verb = || {
        let value = lexicon().value(part);
        value & flags::VERB != 0 && frequency(&infinitive(part, value), Class::Verb) >= least
    };
    let inflected = || {
        ENDINGS.iter().filter_map(|ending| strip_ending(part, ending)).any(|base| {
            base.len() >= MIN_PART && (used(base) || without_umlaut(base).is_some_and(|(plain, _)| used(&plain)))
        })
    };
    used(part) || used(&[part, "e"].concat()) || adjective() || verb() || inflected()
}

/// The infinitive of a verb's stem with these flags.
fn infinitive(stem: &str, value: u64) -> String {
    [stem, if value & flags::SHORT_INFINITIVE == 0 { "en" } else { "n" }].concat()
}

/// Whether a first part is a person in the plural: Lehrerinnen|verband, Abgeordneten|büro, Studierenden|werk.
pub fn is_person(part: &str) -> bool {
    if let Some(feminine) = part.strip_suffix("nen").filter(|base| base.ends_with("in")) {
        let mut known = false;
        lexicon().ends(feminine, |_, value| known |= value & flags::FEMININE != 0);
        return known;
    }
    let base = part.strip_suffix("en");
    base.is_some_and(|base| {
        lexicon().has(base, flags::NOMINAL) || (base.len() >= MIN_PARTICIPLE && verbs::is_participle(base))
    })
}

/// Whether news often have a first part as an adjective (Stark|regen), as the stem of a verb (Wackel|kandidat), or as a noun that no
/// list has (Tech|konzern).
pub fn is_often_used(part: &str) -> bool {
    let adjective = || {
        lexicon().has(part, flags::ADJECTIVE)
            && (part.len() >= MIN_SURE_ADJECTIVE || frequency(part, Class::Adjective) >= MIN_FREQUENCY)
    };
    let verb = || {
        let value = lexicon().value(part);
        value & flags::VERB != 0 && frequency(&infinitive(part, value), Class::Verb) >= MIN_FREQUENCY
    };
    adjective() || verb() || is_often_used_noun(part)
}

/// Whether news often have a noun that no list has, in this form.
fn is_often_used_noun(part: &str) -> bool {
    part.len() >= MIN_UNPAIRED_NOUN && noun_frequency(part) >= MIN_FREQUENCY
}
