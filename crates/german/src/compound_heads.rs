//! Last parts of compounds: which nouns, adjectives and participles they can be, and where such a noun begins.

use crate::compound_evidence::{ENDINGS, MIN_PART, MIN_UNPAIRED_NOUN};
use crate::compound_lists::LISTS;
use crate::declension::{FOREIGN, basic_form, without_umlaut};
use crate::endings::{ends_in, strip_ending};
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, frequency};
use crate::{nouns, verbs};

/// Bytes of the longest such noun at the end; longer ones are compounds themselves.
const MAX_UNPAIRED_HEAD: usize = 13;
/// Bytes of the shortest noun at the end before which a word is divided where hyphenation allows no break.
const MIN_MISSED_HEAD: usize = 7;
/// Endings of declined adjectives.
pub const ADJECTIVE_ENDINGS: &[&str] = &["", "e", "em", "en", "er", "es"];

/// Where nouns of the lexicon begin that end a word, in any inflection.
pub fn noun_ends(word: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for base in ["", "n", "en", "e", "s", "es"].iter().filter_map(|ending| strip_ending(word, ending)) {
        lexicon().ends(base, |start, value| {
            let long = start >= MIN_UNPAIRED_NOUN && base.len() - start >= MIN_MISSED_HEAD;
            if value & flags::NOUN != 0 && long && !found.contains(&start) {
                found.push(start);
            }
        });
    }
    found
}

/// Whether a last part is one of the listed adjectives, declined or not.
pub fn is_adjective(part: &str) -> bool {
    ADJECTIVE_ENDINGS
        .iter()
        .any(|ending| strip_ending(part, ending).is_some_and(|base| LISTS.ends_in_adjective(base, true)))
}

/// Whether a word is an adjective of the lexicon and no noun of it, declined or not.
pub fn is_listed_adjective(word: &str) -> bool {
    let mut bases = ADJECTIVE_ENDINGS.iter().filter_map(|ending| strip_ending(word, ending));
    !lexicon().has(word, flags::NOUN) && bases.any(|base| lexicon().has(base, flags::ADJECTIVE))
}

/// Whether a last part is an adjective or participle, or a noun that is declined as one (Vereins|vorsitzende).
pub fn is_declined_adjective(part: &str) -> bool {
    let mut bases = ADJECTIVE_ENDINGS.iter().filter_map(|ending| strip_ending(part, ending));
    is_nominal_participle(part) || bases.any(|base| lexicon().value(base) & (flags::ADJECTIVE | flags::NOMINAL) != 0)
}

/// Whether a word ends in one of the listed adjectives, declined or not.
pub fn ends_in_adjective(word: &str) -> bool {
    ADJECTIVE_ENDINGS.iter().any(|ending| {
        let base = strip_ending(word, ending);
        base.is_some_and(|base| LISTS.ends_in_adjective(base, false))
    })
}

/// Frequency, in steps, of a verb whose infinitive is a last part.
const MIN_INFINITIVE_FREQUENCY: f32 = 8.0;
/// Bytes of the shortest participle or infinitive that is a last part.
const MIN_PARTICIPLE: usize = 6;

/// Most partners, in steps, among the nouns that the part can be a form of; none if it can be a form of none.
pub fn partners_of_head(part: &str) -> Option<u64> {
    let mut most = None;
    // any verb of the lexicon has a noun in -ung
    let action = part.strip_suffix("en").unwrap_or(part).strip_suffix("ung").filter(|base| base.len() > MIN_PART);
    // and any adjective one in -heit or -keit
    let quality = ["igkeit", "heit", "keit"]
        .iter()
        .find_map(|suffix| part.strip_suffix("en").unwrap_or(part).strip_suffix(suffix));
    if action.is_some_and(|base| lexicon().has(base, flags::VERB))
        || quality.is_some_and(|base| base.len() > MIN_PART && lexicon().has(base, flags::ADJECTIVE))
    {
        most = Some(1);
    }
    for ending in ADJECTIVE_ENDINGS {
        let Some(base) = strip_ending(part, ending).filter(|base| base.len() > MIN_PART) else { continue };
        let value = lexicon().value(base);
        if value & (flags::ADJECTIVE | flags::NOMINAL) != 0 {
            most = most.max(Some(value & flags::PARTNERS));
        }
    }
    let mut offer = |word: &str| {
        let value = lexicon().value(word);
        if value & flags::NOUN != 0 && (word.len() <= MAX_UNPAIRED_HEAD || value & flags::PARTNERS > 0) {
            most = most.max(Some(value & flags::PARTNERS));
        }
    };
    for ending in ENDINGS {
        let Some(base) = strip_ending(part, ending).filter(|base| base.len() >= MIN_PART) else { continue };
        offer(base);
        if matches!(*ending, "e" | "en" | "er" | "ern")
            && let Some((singular, _)) = without_umlaut(base)
        {
            offer(&singular);
        }
    }
    if most.is_some() {
        return most;
    }
    let mut offer = |word: &str| {
        let value = lexicon().value(word);
        if value & flags::NOUN != 0 {
            most = most.max(Some(value & flags::PARTNERS));
        }
    };
    // plurals with an umlaut alone: Flughäfen, Briefkästen, Großväter
    let umlaut = [part, part.strip_suffix('n').unwrap_or(part)].into_iter().filter(|base| base.len() > MIN_PART);
    for base in umlaut.filter(|base| ends_in(base, &["er", "el", "en"])) {
        if let Some((singular, _)) = without_umlaut(base) {
            offer(&singular);
        }
    }
    for (ending, singulars) in FOREIGN.iter().filter(|(ending, _)| ending.len() > 1) {
        // Facharztpraxen, Landesmuseen
        if let Some(base) = strip_ending(part, ending).filter(|base| base.len() > MIN_PART) {
            singulars.iter().for_each(|singular| offer(&[base, singular].concat()));
        }
    }
    if most.is_none() {
        // Konzert|säle, Amateur|ligen
        let singular = || basic_form(part).map(|form| form.noun).filter(|noun| lexicon().has(noun, flags::NOUN));
        let singular = nouns::irregular(part).map(str::to_owned).or_else(singular);
        most = singular.map(|noun| lexicon().value(&noun) & flags::PARTNERS);
    }
    let of_verb = || is_nominal_participle(part) || is_nominal_infinitive(part);
    if most.is_none() && of_verb() { Some(1) } else { most }
}

/// Whether a last part is the infinitive of a verb that news often have, as a noun (Faschings|treiben).
fn is_nominal_infinitive(part: &str) -> bool {
    let infinitive = part.strip_suffix('s').unwrap_or(part);
    infinitive.len() >= MIN_PARTICIPLE
        && ["en", "n"].iter().filter_map(|ending| infinitive.strip_suffix(ending)).any(|stem| {
            lexicon().has(stem, flags::VERB) && frequency(infinitive, Class::Verb) >= MIN_INFINITIVE_FREQUENCY
        })
}

/// Whether a last part is the participle of a verb, declined as a noun (Gewerbe|treibende, Krebs|erkrankte).
pub fn is_nominal_participle(part: &str) -> bool {
    let mut bases = ADJECTIVE_ENDINGS[1..].iter().filter_map(|ending| strip_ending(part, ending));
    bases.any(|base| {
        base.len() >= MIN_PARTICIPLE
            && (base.ends_with("end") || base.ends_with('t') || base.ends_with("en"))
            && verbs::is_participle(base)
    })
}
