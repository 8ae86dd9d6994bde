//! The adjectives that a form can belong to: größten → gross, dunkle → dunkel, tonnenschwere → tonnenschwer.
//!
//! A form is an adjective's stem, a degree (-er, -st) and an ending. The stem must be in the lexicon, or end in one that is, behind a
//! first part of compounds, or have a suffix that makes adjectives.

use crate::adjective_lists::{IRREGULAR, WITH_UMLAUT};
use crate::declension::without_umlaut;
use crate::endings::{ends_in, strip_ending};
use crate::lexicon::{lexicon, partners_of_first_part};
use crate::lexicon_flags as flags;
use crate::readings::{Class, Readings, frequency, uses};

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
pub const COMPOUND: f32 = 2.0;
const SUFFIXED: f32 = 1.0;
/// What a superlative without an ending costs.
const BARE_COST: f32 = 6.0;
/// What a degree costs besides the ending.
const DEGREE_COST: f32 = 3.0;

/// Adds the adjectives that a folded word can be a form of: those of the lexicon, or else what suffix or parts make one.
pub fn offer(word: &str, readings: &mut Readings) {
    let before = readings.0.len();
    offer_known(word, readings);
    if readings.0.len() == before {
        each_stem(word, |stem, shape, cost| {
            if is_compound(stem) {
                readings.offer(stem.to_owned(), Class::Adjective, COMPOUND, cost, shape.uses());
            } else if suffixed(stem) {
                readings.offer(stem.to_owned(), Class::Adjective, SUFFIXED, cost, shape.uses());
            }
        });
    }
}

/// Adds the adjectives of the lexicon that a folded word can be a form of.
pub fn offer_known(word: &str, readings: &mut Readings) {
    each_stem(word, |stem, shape, cost| {
        let known = lexicon().has(stem, flags::ADJECTIVE);
        // dunkl, teur
        let changed = || {
            if shape == Shape::Bare { None } else { full(stem).filter(|stem| lexicon().has(stem, flags::ADJECTIVE)) }
        };
        let adjective = if known { Some(stem.to_owned()) } else { changed() };
        if let Some(adjective) = adjective {
            let often = KNOWN + frequency(&adjective, Class::Adjective);
            readings.offer(adjective, Class::Adjective, often, cost, shape.uses());
        }
    });
}

/// What stands behind a stem.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Nothing.
    Bare,
    /// An ending.
    Declined,
    /// A suffix of comparison.
    Compared,
    /// One with an ending behind it.
    ComparedAndDeclined,
}

impl Shape {
    /// Where an adjective of this shape can stand.
    const fn uses(self) -> u8 {
        match self {
            Shape::Bare | Shape::Compared => uses::BARE,
            Shape::Declined | Shape::ComparedAndDeclined => uses::DECLINED,
        }
    }
}

/// Calls `found` with each stem that an adjective with this form can have, what stands behind it, and the cost of such a form.
fn each_stem(word: &str, mut found: impl FnMut(&str, Shape, f32)) {
    let umlaut = word.contains(['ä', 'ö', 'ü']);
    for (ending, cost) in ENDINGS {
        let Some(base) = strip_ending(word, ending).filter(|base| base.len() >= 2) else { continue };
        match base {
            "hoh" if !ending.is_empty() => found("hoch", Shape::Declined, *cost),
            _ => found(base, if ending.is_empty() { Shape::Bare } else { Shape::Declined }, *cost),
        }
        for degree in DEGREES {
            // a superlative has an ending, or is rare: ernst is none of ern
            let without = if *degree != "er" && ending.is_empty() { BARE_COST } else { 0.0 };
            // größt: the s belongs to the stem
            let stem = strip_ending(base, degree).filter(|stem| *degree != "t" || stem.ends_with("ss"));
            let Some(stem) = stem.filter(|stem| stem.len() >= 2) else { continue };
            let cost = *cost + DEGREE_COST + without;
            let compared = if ending.is_empty() { Shape::Compared } else { Shape::ComparedAndDeclined };
            if let Some((_, positive)) = IRREGULAR.iter().find(|(irregular, _)| *irregular == stem) {
                found(positive, compared, cost);
                continue;
            }
            let plain = if umlaut { without_umlaut(stem) } else { None };
            match plain.filter(|(plain, _)| ends_in(plain, WITH_UMLAUT)) {
                Some((plain, _)) => found(&plain, compared, cost),
                None => found(stem, compared, cost),
            }
        }
    }
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
    SUFFIXES.iter().any(|suffix| strip_ending(stem, suffix).is_some_and(|before| before.len() >= MIN_BEFORE_SUFFIX))
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
        check("wärmste warmen", "warm");
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
