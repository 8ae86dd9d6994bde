//! The adjectives that a form can belong to: größten → gross, dunkle → dunkel, tonnenschwere → tonnenschwer.
//!
//! A form is an adjective's stem, a degree (-er, -st) and an ending. The stem must be in the lexicon, or end in one that is, behind a
//! first part of compounds, or have a suffix that makes adjectives.

use crate::adjective_lists::{IRREGULAR, WITH_UMLAUT};
use crate::declension::without_umlaut;
use crate::lexicon::{lexicon, partners_of_first_part};
use crate::lexicon_flags as flags;
use crate::readings::{Class, Readings, frequency};

/// Endings of declined adjectives, with their costs.
const ENDINGS: &[(&str, f32)] = &[("", 1.5), ("e", 1.8), ("em", 4.5), ("en", 1.5), ("er", 3.3), ("es", 4.0)];
/// Suffixes of comparison.
const DEGREES: &[&str] = &["er", "st", "est", "t"];
/// Suffixes that make adjectives, and the fewest bytes before them.
const SUFFIXES: &[&str] = &[
    "isch", "lich", "bar", "sam", "haft", "los", "iv", "ell", "mässig", "artig", "förmig", "ig", "abel", "ibel", "är",
    "ös", "al",
];
const MIN_BEFORE_SUFFIX: usize = 3;
/// What stands before adjectives without being a first part of compounds.
const PREFIXES: &[&str] = &[
    "un", "ur", "erz", "hoch", "höchst", "tief", "über", "super", "hyper", "ultra", "nicht", "halb", "viel", "all",
    "alt", "neu", "früh", "spät", "selbst", "gleich", "sozial", "national", "links", "rechts", "anti", "pro", "inter",
    "post", "vor", "nach", "mit", "zwischen", "inner", "ausser", "ober", "unter", "gegen", "weit", "eng", "allzu",
];
/// Bytes of the shortest adjective that is recognised at the end of a longer one.
const MIN_END: usize = 3;

/// Weight of a word of the lexicon, of a compound of known parts, and of one that a suffix alone explains.
const KNOWN: f32 = 2.0;
const COMPOUND: f32 = 2.0;
const SUFFIXED: f32 = 1.0;
/// What a superlative without an ending costs.
const BARE_COST: f32 = 6.0;
/// What a degree costs besides the ending.
const DEGREE_COST: f32 = 3.0;

/// Adds the adjectives that a folded word can be a form of.
pub fn offer(word: &str, readings: &mut Readings) {
    for (ending, cost) in ENDINGS {
        let Some(base) = word.strip_suffix(ending).filter(|base| base.len() >= 2) else { continue };
        positive(base, !ending.is_empty(), *cost, readings);
        for degree in DEGREES {
            // a superlative has an ending, or is rare: ernst is none of ern
            let bare = if *degree != "er" && ending.is_empty() { BARE_COST } else { 0.0 };
            // größt: the s belongs to the stem
            let stem = base.strip_suffix(degree).filter(|stem| *degree != "t" || stem.ends_with("ss"));
            if let Some(stem) = stem.filter(|stem| stem.len() >= 2) {
                compared(stem, *cost + DEGREE_COST + bare, readings);
            }
        }
    }
}

/// Adds the adjective whose positive a stem is; `declined` if an ending follows.
fn positive(stem: &str, declined: bool, cost: f32, readings: &mut Readings) {
    if declined && stem == "hoh" {
        return readings.offer("hoch".to_owned(), Class::Adjective, KNOWN + frequency("hoch", Class::Adjective), cost);
    }
    let offered =
        known(stem, cost, readings) || (declined && full(stem).is_some_and(|full| known(&full, cost, readings)));
    if !offered && suffixed(stem) {
        readings.offer(stem.to_owned(), Class::Adjective, SUFFIXED, cost);
    }
}

/// Adds the adjective of which a stem is the comparative or superlative.
fn compared(stem: &str, cost: f32, readings: &mut Readings) {
    if let Some((_, positive)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == stem) {
        let weight = KNOWN + frequency(positive, Class::Adjective);
        return readings.offer((*positive).to_owned(), Class::Adjective, weight, cost);
    }
    let umlaut =
        without_umlaut(stem).filter(|(plain, _)| WITH_UMLAUT.iter().any(|adjective| plain.ends_with(adjective)));
    let _ = umlaut.is_some_and(|(plain, _)| known(&plain, cost, readings))
        || known(stem, cost, readings)
        || full(stem).is_some_and(|full| known(&full, cost, readings))
        || (suffixed(stem) && {
            readings.offer(stem.to_owned(), Class::Adjective, SUFFIXED, cost);
            true
        });
}

/// Adds a stem that the lexicon has, or a compound that ends in one; whether it is either.
fn known(stem: &str, cost: f32, readings: &mut Readings) -> bool {
    let weight = if lexicon().has(stem, flags::ADJECTIVE) {
        KNOWN + frequency(stem, Class::Adjective)
    } else if is_compound(stem) {
        COMPOUND
    } else {
        return false;
    };
    readings.offer(stem.to_owned(), Class::Adjective, weight, cost);
    true
}

/// Whether a stem is a compound of a known first part and an adjective of the lexicon (bundesweit, unwichtig).
fn is_compound(stem: &str) -> bool {
    let mut compound = false;
    lexicon().ends(stem, |start, value| {
        compound |= value & flags::ADJECTIVE != 0
            && start >= 2
            && stem.len() - start >= MIN_END
            && (PREFIXES.contains(&&stem[..start]) || partners_of_first_part(&stem[..start]).is_some());
    });
    compound
}

/// The stem with the e that it loses before an ending: dunkl → dunkel, teur → teuer, trockn → trocken.
fn full(stem: &str) -> Option<String> {
    let last = stem.chars().last().filter(|last| matches!(last, 'l' | 'r' | 'n'))?;
    Some(format!("{}e{last}", &stem[..stem.len() - 1]))
}

/// Whether a stem has a suffix that makes adjectives.
pub fn suffixed(stem: &str) -> bool {
    SUFFIXES.iter().any(|suffix| stem.strip_suffix(suffix).is_some_and(|before| before.len() >= MIN_BEFORE_SUFFIX))
}

/// All stems of an adjective with irregular comparison; none of others.
pub fn irregular_stems(stem: &str) -> impl Iterator<Item = &'static str> {
    IRREGULAR.iter().filter(move |(_, positive)| *positive == stem).flat_map(|(other, positive)| [*other, *positive])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(forms: &str, stem: &str) {
        for form in forms.split(' ') {
            let mut readings = Readings::default();
            offer(form, &mut readings);
            let first = readings.ranked().into_iter().next().map(|reading| reading.stem);
            assert_eq!(first.as_deref(), Some(stem), "{form}");
        }
    }

    #[test]
    fn degrees_and_endings_lead_to_the_positive() {
        check("gross grosse grossen grosser grosses grösser grösseren grösste grössten", "gross");
        check("hoch hohe hohen höher höhere höchsten", "hoch");
        check("gut gute guten besser bessere besten", "gut");
        check("dunkel dunkle dunklen dunkler dunkelsten", "dunkel");
        check("teuer teure teurer teureren teuersten", "teuer");
        check("kalt kalte kälter kältesten", "kalt");
        check("international internationale internationalen internationaler", "international");
        check("rechtsextrem rechtsextreme rechtsextremen", "rechtsextrem");
        check("leise leisen leiser leiseste", "leis");
    }

    #[test]
    fn compounds_and_suffixes_are_adjectives_that_no_list_has() {
        check("tonnenschwer tonnenschwere tonnenschweren", "tonnenschwer");
        check("unwichtig unwichtige unwichtigsten", "unwichtig");
        check("kanzlerisch kanzlerische kanzlerischen", "kanzlerisch");
        check("antriebsärmste antriebsarmen", "antriebsarm");
    }

    #[test]
    fn other_words_are_none() {
        for word in ["ernst", "sicherlich", "raketen", "sich", "leckern", "xyl", ""] {
            let mut readings = Readings::default();
            offer(word, &mut readings);
            let stems: Vec<_> = readings.0.into_iter().map(|reading| reading.stem).collect();
            assert!(
                stems.iter().all(|stem| word.starts_with(stem.as_str()) && stem.len() + 2 >= word.len()),
                "{word}: {stems:?}"
            );
        }
    }
}
