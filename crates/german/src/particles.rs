//! Particles of separable verbs where they stand apart: *zurück* in *sie tritt zurück*, but not *mit* in *sie stellt ihn mit vor*.

use crate::endings::ends_in;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, frequency};
use crate::verbs::{self, separable_prefixes};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Prefixes that are rather adverbs where they stand apart (sie kommen wieder).
const ADVERBS: &[&str] = &["wieder", "weiter", "still", "da"];
/// Prefixes that are nothing else where they stand apart, besides those longer than *her* and *hin* that begin so (*heraus*).
const NOTHING_ELSE: &[&str] = &[
    "zusammen", "zurück", "zurecht", "empor", "entgegen", "aufrecht", "auseinander", "nieder", "preis", "fort", "wett",
    "fehl",
];
/// How much rarer than the verb alone a verb with a particle may be, as a logarithm to base 2, to be taken for it.
const MAX_RARER: f32 = 10.0;
/// Verbs that have another verb or a direction with them, not a particle (sie müssen durch).
const MODAL: &[&str] = &["müss", "könn", "soll", "woll", "dürf", "mög"];

static PARTICLES: LazyLock<HashSet<&'static str, foldhash::fast::FixedState>> =
    LazyLock::new(|| separable_prefixes().filter(|prefix| !ADVERBS.contains(prefix)).collect());

/// For each byte that a particle begins with, the bytes that such particles have, as bits.
static LENGTHS: LazyLock<[u32; 256]> = LazyLock::new(|| {
    let mut lengths = [0; 256];
    for particle in PARTICLES.iter() {
        lengths[usize::from(particle.as_bytes()[0])] |= 1 << particle.len();
    }
    lengths
});

/// Whether a word is written small and a particle that stands apart from its verb.
pub fn is_particle(word: &str) -> bool {
    let likely = |first: &u8| word.len() < 32 && LENGTHS[usize::from(*first)] >> word.len() & 1 == 1;
    word.as_bytes().first().is_some_and(likely) && PARTICLES.contains(word)
}

/// Whether a folded word by itself is a particle of verbs and no adjective (*zurecht*, no form of *rechen*).
pub fn is_only_particle(word: &str) -> bool {
    PARTICLES.contains(word) && !lexicon().has(word, flags::ADJECTIVE)
}

/// Whether a folded word is a finite form of a verb that the lexicon knows with this particle.
pub fn is_separated(particle: &str, form: &str) -> bool {
    verbs::with_particle(particle, form).iter().any(|reading| {
        let stem = reading.stem.strip_suffix("en").or_else(|| reading.stem.strip_suffix('n'));
        let known = stem.is_some_and(|stem| lexicon().has(stem, flags::VERB));
        let modal = stem.is_some_and(|stem| ends_in(stem, MODAL));
        let nothing_else = NOTHING_ELSE.contains(&particle)
            || particle.len() > "her".len() && (particle.starts_with("her") || particle.starts_with("hin"));
        // stellt … mit is hardly ever mitstellen, but teilt … mit is mitteilen
        let simple = reading.stem.strip_prefix(particle).unwrap_or_default();
        let often = nothing_else || frequency(&reading.stem, Class::Verb) + MAX_RARER >= frequency(simple, Class::Verb);
        known && !modal && often
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_are_joined_to_finite_forms_alone() {
        for (particle, form, expected) in [
            ("zurück", "tritt", true),
            ("zurück", "trat", true),
            ("an", "griff", true),
            ("an", "gegriffen", false),
            ("zurück", "haus", false),
            ("fest", "stellte", true),
        ] {
            assert_eq!(is_separated(particle, form), expected, "{particle} {form}");
        }
        assert!(is_particle("zurück") && is_particle("an") && !is_particle("haus") && !is_particle("An"));
    }
}
