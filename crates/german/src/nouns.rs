//! The basic form of a noun: Raketen → rakete, Häuser → haus, Museen → museum, Politikerinnen → politiker.
//!
//! A noun of the lexicon, or one that ends in such a noun, is traced back to it by the endings of German declension; that
//! keeps Arbeiter from Arbeit and Planet from Plan, which look like inflections. Of other words written with a capital, most
//! of them names, only what can be nothing else is taken off.

use super::declension::{MIN_END, MIN_REST, known, without_umlaut};
use super::lexicon::{flags, lexicon};
use super::peoples;
use std::borrow::Cow;

/// Plurals that follow no rule, also at the end of compounds.
const IRREGULAR: &[(&str, &str)] = &[("säle", "saal"), ("sälen", "saal"), ("bauten", "bau")];
/// Names that look like inflections of other words.
const NAMES: &[&str] = &[
    "aachen",
    "adidas",
    "agnes",
    "airbus",
    "alba",
    "anders",
    "andreas",
    "angeles",
    "baden",
    "biden",
    "boris",
    "bremen",
    "carlos",
    "charles",
    "chris",
    "claus",
    "dennis",
    "doris",
    "elias",
    "franken",
    "gera",
    "giessen",
    "hagen",
    "halle",
    "hamm",
    "hannes",
    "hans",
    "hessen",
    "hollande",
    "indiana",
    "ines",
    "iris",
    "james",
    "jannis",
    "jena",
    "jens",
    "johannes",
    "jonas",
    "julian",
    "julius",
    "klaus",
    "lars",
    "leeds",
    "linus",
    "louis",
    "luis",
    "lukas",
    "maas",
    "magnus",
    "main",
    "marcus",
    "markus",
    "martens",
    "mathias",
    "matthias",
    "mercedes",
    "modi",
    "moers",
    "neuss",
    "nicolas",
    "niels",
    "niklas",
    "nikolaus",
    "nils",
    "paris",
    "peters",
    "pommern",
    "rasmus",
    "saale",
    "sachsen",
    "schwaben",
    "siegen",
    "siemens",
    "söder",
    "texas",
    "thomas",
    "tobias",
    "toni",
    "trier",
    "virginia",
    "vorpommern",
    "wesel",
    "wien",
    "worms",
];
/// What nouns end in from which -in makes the feminine, besides those that the lexicon knows.
const FEMININE: &[&str] = &["er", "or", "ist", "ant", "ent", "and", "eur", "at", "et", "im"];
/// Endings of adjectives, and suffixes of words that take them.
const ADJECTIVE_ENDINGS: &[&str] = &["e", "en", "er", "em", "es"];
const ADJECTIVE_SUFFIXES: &[&str] =
    &["isch", "lich", "ig", "bar", "sam", "los", "haft", "iv", "ell", "iert", "ierend", "weit", "frei", "reich"];
/// Those of them that no noun has before -er.
const SURE_SUFFIXES: &[&str] = &["isch", "lich", "sam", "haft", "iert", "ierend"];
/// Those that hardly any other word written small ends in.
const SMALL_SUFFIXES: &[&str] = &["isch", "lich", "sam", "haft", "los", "bar"];
/// Suffixes of plurals that are sure without a lexicon.
const SURE: &[(&str, &str)] = &[
    ("ungen", "ung"),
    ("heiten", "heit"),
    ("keiten", "keit"),
    ("schaften", "schaft"),
    ("ionen", "ion"),
    ("täten", "tät"),
    ("nissen", "nis"),
    ("nisses", "nis"),
    ("nisse", "nis"),
    ("leien", "lei"),
    ("reien", "rei"),
    ("ien", "ien"),
];
/// The same for a word that is written small.
const MIN_BASIC_END: usize = 6;

/// The basic form of a folded word that is written with a capital.
pub fn stem(word: &str) -> String {
    let name = word.strip_suffix('s').unwrap_or(word);
    if let Some(name) = [word, name].into_iter().find(|name| NAMES.contains(name) || peoples::is_name(name)) {
        return name.to_owned();
    }
    for (plural, singular) in IRREGULAR {
        if let Some(before) = word.strip_suffix(plural) {
            return [before, singular].concat();
        }
    }
    if let Some(masculine) = word.strip_suffix("innen").and_then(|base| masculine(&[base, "in"].concat())) {
        return masculine;
    }
    let Some(known) = known(word) else { return unknown(word) };
    if known.whole {
        return masculine(&known.noun).unwrap_or(known.noun);
    }
    adjective(word, SURE_SUFFIXES).or_else(|| masculine(&known.noun)).unwrap_or(known.noun)
}

/// Whether the word is a form of a noun of the lexicon or ends in one.
pub fn is_known(word: &str) -> bool {
    known(word).is_some_and(|known| known.whole || adjective(word, SURE_SUFFIXES).is_none())
}

/// Whether the whole word is a form of a noun of the lexicon.
pub fn is_whole(word: &str) -> bool {
    known(word).is_some_and(|known| known.whole)
}

/// Whether the word is, or ends in, a noun of the lexicon in its basic form.
pub fn is_basic(word: &str) -> bool {
    let mut found = false;
    lexicon().ends(word, |start, value| {
        let end = start >= MIN_REST && word.len() - start >= MIN_BASIC_END;
        found |= value & flags::NOUN != 0 && (start == 0 || end);
    });
    found
}

/// A first part of a compound as the noun that lost its e in it: schul → schule, grenz → grenze.
pub fn of_first_part(part: &str) -> Cow<'_, str> {
    if part.ends_with(['e', 's', 'n']) || lexicon().has(part, flags::NOUN) {
        return Cow::Borrowed(part);
    }
    let noun = [part, "e"].concat();
    if lexicon().has(&noun, flags::NOUN) { Cow::Owned(noun) } else { Cow::Borrowed(part) }
}

/// The basic form of a word that ends as adjectives do, declined or not.
pub fn adjective_base(word: &str) -> Option<String> {
    let suffixed = SMALL_SUFFIXES.iter().any(|suffix| word.len() >= suffix.len() + 3 && word.ends_with(suffix));
    if suffixed { Some(word.to_owned()) } else { adjective(word, SMALL_SUFFIXES) }
}

/// The base of a noun that is declined like an adjective: Abgeordneter, Deutschen.
fn adjective(word: &str, suffixes: &[&str]) -> Option<String> {
    ADJECTIVE_ENDINGS.iter().find_map(|ending| {
        let base = word.strip_suffix(ending)?;
        let listed = || {
            let mut found = false;
            lexicon().ends(base, |start, value| {
                found |= value & flags::ADJECTIVE != 0 && (start == 0 || base.len() - start > MIN_END);
            });
            found
        };
        let ends_so = suffixes.iter().any(|suffix| base.len() >= suffix.len() + 3 && base.ends_with(suffix));
        (ends_so || listed()).then(|| base.to_owned())
    })
}

/// The word up to its feminine ending, which is no part of a compound: Bürger|innen.
pub fn without_feminine(word: &str) -> &str {
    let base = ["innen", "in"].iter().find_map(|ending| word.strip_suffix(ending));
    base.filter(|_| known(word).is_some_and(|known| masculine(&known.noun).is_some())).unwrap_or(word)
}

/// Politikerin, Ärztin, Kollegin → politiker, arzt, kollege.
fn masculine(noun: &str) -> Option<String> {
    let base = noun.strip_suffix("in").filter(|base| base.len() >= 4)?;
    let named = FEMININE.iter().any(|suffix| base.ends_with(suffix)) && lexicon().has(base, flags::NOUN);
    let mut feminine = named || base.ends_with("olog");
    lexicon().ends(noun, |_, value| feminine |= value & flags::FEMININE != 0);
    if !feminine {
        return None;
    }
    let with_e = |base: &str| [base, "e"].concat();
    let plain = without_umlaut(base).map_or_else(|| base.to_owned(), |(plain, _)| plain);
    // the one that ends in the longest known noun; Kollege before Kolleg
    let candidates = [with_e(base), with_e(&plain), base.to_owned(), plain];
    let known = |candidate: &str| {
        let mut longest = None;
        lexicon().ends(candidate, |start, value| {
            let end = start == 0 || candidate.len() - start >= MIN_END;
            if value & (flags::NOUN | flags::ADJECTIVE) != 0 && end {
                longest = Some(start);
            }
        });
        longest
    };
    let known = candidates.into_iter().filter_map(|candidate| Some((known(&candidate)?, candidate)));
    known.min_by_key(|(start, _)| *start).map(|(_, candidate)| candidate)
}

/// A word that no noun explains: a name, a rare word, an adjective at the start of a sentence.
fn unknown(word: &str) -> String {
    if let Some(base) = adjective(word, ADJECTIVE_SUFFIXES) {
        return base;
    }
    for (plural, singular) in SURE {
        if let Some(base) = word.strip_suffix(plural) {
            return [base, singular].concat();
        }
    }
    if let Some(base) = word.strip_suffix("innen").filter(|base| base.len() >= 4 && !base.ends_with('w')) {
        return base.to_owned();
    }
    if let Some(base) = word.strip_suffix("in").filter(|base| {
        base.len() >= 7 && ["er", "ist", "ent", "ant", "eur", "tor", "log"].iter().any(|suffix| base.ends_with(suffix))
    }) {
        return base.to_owned();
    }
    // a genitive; what ends in -en or -e may as well be a name (Biden, Merkle), and keeps it
    if let Some(base) = word.strip_suffix('s').filter(|base| base.len() >= 3 && !base.ends_with('s')) {
        return base.to_owned();
    }
    let dative = ["ern", "eln"].iter().any(|ending| word.ends_with(ending)) && word.len() > 5;
    if dative { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}
