//! The stem of a word written with a capital, the basic form of a noun: Raketen → rakete, Häuser → haus, Politikerinnen → politiker.
//!
//! A noun of the lexicon, or a word that ends in one, is reduced to it by the endings of German declension, so that Arbeiter is not
//! taken for a form of Arbeit nor Planet for one of Plan. Other words with a capital are mostly names; they lose only what is surely an
//! ending.

use crate::declension::{BasicForm, MIN_END, MIN_REST, basic_form, without_umlaut};
use crate::endings::{ends_in, strip_ending};
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::readings::{Class, Reading, Readings, frequency, noun_frequency, uses};
use crate::{adjectives, historical, peoples, verbs};
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Irregular plurals, which compounds may end in.
const IRREGULAR: &[(&str, &str)] = &[("säle", "saal"), ("sälen", "saal"), ("bauten", "bau")];
/// Masculine nouns whose nominative ends in -e or in -en (Funke is a name too, Haufe and Same are rare).
const WITH_OR_WITHOUT_N: &[&str] = &["glauben", "willen", "frieden"];
/// Names that look like inflections of other words.
const NAMES: &[&str] = &[
    "aachen", "adidas", "agnes", "airbus", "alba", "anders", "andreas", "angeles", "baden", "biden", "boris", "bremen",
    "carlos", "charles", "chris", "claus", "dennis", "doris", "elias", "franken", "gera", "giessen", "hagen", "halle",
    "hamm", "hannes", "hans", "hessen", "hollande", "indiana", "ines", "iris", "james", "jannis", "jena", "jens",
    "johannes", "jonas", "julian", "julius", "klaus", "lars", "leeds", "linus", "louis", "luis", "lukas", "maas",
    "magnus", "main", "marcus", "markus", "martens", "mathias", "matthias", "mercedes", "modi", "moers", "neuss",
    "nicolas", "niels", "niklas", "nikolaus", "nils", "paris", "peters", "pommern", "rasmus", "saale", "sachsen",
    "schwaben", "siegen", "siemens", "söder", "texas", "thomas", "tobias", "toni", "trier", "virginia", "vorpommern",
    "wesel", "wien", "worms",
];
static IS_NAME: LazyLock<HashSet<&'static str, foldhash::fast::FixedState>> =
    LazyLock::new(|| NAMES.iter().copied().collect());
/// Ends of nouns whose feminine has -in, besides those that the lexicon marks.
const FEMININE: &[&str] = &["er", "or", "ist", "ant", "ent", "and", "eur", "at", "et", "im"];
/// Endings of declined adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &["e", "en", "er", "em", "es"];
/// Suffixes of adjectives.
const ADJECTIVE_SUFFIXES: &[&str] =
    &["isch", "lich", "ig", "bar", "sam", "los", "haft", "iv", "ell", "iert", "ierend", "weit", "frei", "reich"];
/// Suffixes of adjectives that no noun has before -er.
const SURE_SUFFIXES: &[&str] = &["isch", "lich", "sam", "haft", "iert", "ierend"];
/// Endings of plurals that are sure without the lexicon, and their singulars.
const SURE: &[(&str, &str)] = &[
    ("ungen", "ung"),
    ("heiten", "heit"),
    ("keiten", "keit"),
    ("schaften", "schaft"),
    ("ionen", "ion"),
    ("ismen", "ismus"),
    ("täten", "tät"),
    ("nissen", "nis"),
    ("nisses", "nis"),
    ("nisse", "nis"),
    ("leien", "lei"),
    ("reien", "rei"),
];
/// What a capital costs an adjective that is used as a noun or stands in a name (die Kranken, das Rote Kreuz).
const CAPITAL_COST: f32 = 5.0;
/// What it costs more where the form is a noun of the lexicon in -e (die Runde), as most adjectives that are used as nouns are none.
const NOUN_IN_E_COST: f32 = 2.0;
/// What each form of a noun costs, and a genitive that a noun in -es may have without its e.
const COST: f32 = 1.5;
const GENITIVE_COST: f32 = 6.0;
/// Weight of a noun of the lexicon.
const KNOWN: f32 = 2.0;
/// Bytes of the shortest noun of the lexicon that is recognised at the end of a longer small word.
const MIN_BASIC_END: usize = 6;

/// The stem of a folded word written with a capital.
#[cfg(test)]
fn stem(word: &str) -> String {
    stem_of(word, basic_form(word))
}

/// The name that a folded word is, or of which it is the genitive.
fn name(word: &str) -> Option<&str> {
    let name = word.strip_suffix('s').unwrap_or(word);
    [word, name].into_iter().find(|name| IS_NAME.contains(*name) || peoples::is_name(name))
}

/// Whether a folded word is a name that looks like an inflection of another word, or a country, in any case.
pub fn is_name(word: &str) -> bool {
    name(word).is_some()
}

/// The stem of a word with this basic form.
fn stem_of(word: &str, form: Option<BasicForm>) -> String {
    if let Some(name) = name(word) {
        return name.to_owned();
    }
    for (plural, singular) in IRREGULAR {
        if let Some(before) = strip_ending(word, plural) {
            return [before, singular].concat();
        }
    }
    if let Some(masculine) = word.strip_suffix("innen").and_then(|base| masculine(&[base, "in"].concat())) {
        return masculine;
    }
    let Some(form) = form else { return historical(word, false).unwrap_or_else(|| unknown(word)) };
    if form.whole {
        return masculine(&form.noun).unwrap_or_else(|| nominative(form.noun));
    }
    // the lexicon has Theil, but Vortheil as Vorteil alone
    if let Some(stem) = historical(word, true) {
        return stem;
    }
    if let Some(singular) = sure(word) {
        return singular;
    }
    adjective(word, SURE_SUFFIXES).or_else(|| masculine(&form.noun)).unwrap_or_else(|| nominative(form.noun))
}

/// A noun without the n that its nominative may have or lack (der Glaube, der Glauben).
fn nominative(mut noun: String) -> String {
    if ends_in(&noun, WITH_OR_WITHOUT_N) {
        noun.pop();
    }
    noun
}

/// The stem of a noun in a spelling before 1901 that news do not have as a name; with `whole` of one that the lexicon has as a whole.
fn historical(word: &str, whole: bool) -> Option<String> {
    let modern = |modern: &str| {
        let form = basic_form(modern).filter(|form| form.whole || !whole)?;
        Some(stem_of(modern, Some(form)))
    };
    if frequency(&unknown(word), Class::Noun) > 0.0 { None } else { historical::modern(word, true, modern) }
}

/// The noun of which a folded word is the genitive, and how likely it is.
fn genitive(word: &str) -> Option<(String, f32)> {
    let noun =
        word.strip_suffix('s').filter(|noun| lexicon().has(noun, flags::NOUN) && !noun.ends_with(['s', 'x', 'z']))?;
    let stem = stem_of(noun, basic_form(noun));
    let stem = if lexicon().has(&stem, flags::ADJECTIVE) { return None } else { stem };
    let weight = KNOWN + frequency(&stem, Class::Noun) - GENITIVE_COST;
    Some((stem, weight))
}

/// The nouns and names that a folded word written with a capital is a form of, the likeliest first: at least one. A noun that is
/// written like the stem of an adjective has a stem with a capital: *Fest*, which is not *fest*; so has a name, *Lang*.
pub fn readings(word: &str) -> Vec<Reading> {
    let mut readings = Readings::default();
    let form = basic_form(word);
    let known = form.as_ref().is_some_and(|form| form.whole);
    let mut stem = stem_of(word, form);
    let mut declined = Readings::default();
    if ends_in(word, ADJECTIVE_ENDINGS) {
        adjectives::offer_known(word, &mut declined);
    }
    let nominal =
        |ending: &str| strip_ending(word, ending) == Some(stem.as_str()) && !lexicon().has(&stem, flags::NOUN);
    let language = stem.ends_with("isch") && stem != word;
    if lexicon().has(&stem, flags::ADJECTIVE) && !language && !ADJECTIVE_ENDINGS.iter().any(|ending| nominal(ending)) {
        stem = stem.chars().take(1).flat_map(char::to_uppercase).chain(stem.chars().skip(1)).collect();
    }
    let often = frequency(&stem, Class::Noun) + if known { KNOWN } else { 0.0 };
    if let Some((noun, weight)) = genitive(word).filter(|_| known).filter(|(_, weight)| *weight > often - COST) {
        // Buchs is a tree, but oftener of a book
        readings.offer(noun, Class::Noun, weight + GENITIVE_COST, GENITIVE_COST, uses::NOUN);
        readings.offer(stem, Class::Noun, weight - 1.0 + COST, COST, uses::NOUN);
        return readings.ranked();
    }
    // of the adjective's own form without an ending nothing is declined (ein Fest), and an adjective is rarer with a capital
    let capital_cost = if known && stem.ends_with('e') { CAPITAL_COST + NOUN_IN_E_COST } else { CAPITAL_COST };
    for adjective in declined.0.into_iter().filter(|adjective| adjective.stem != word && adjective.stem != stem) {
        let weight = adjective.weight + adjective.cost - capital_cost;
        readings.offer(adjective.stem, Class::Adjective, weight, adjective.cost, adjective.uses);
    }
    readings.offer(stem, Class::Noun, often, COST, uses::NOUN);
    readings.ranked()
}

/// The singular of a plural that no rule leads back to it.
pub fn irregular(plural: &str) -> Option<&'static str> {
    IRREGULAR.iter().find(|(known, _)| *known == plural).map(|(_, singular)| *singular)
}

/// Whether a folded word is a form of a noun of the lexicon, or ends in one and is no adjective.
pub fn is_known(word: &str) -> bool {
    basic_form(word).is_some_and(|form| form.whole || adjective(word, SURE_SUFFIXES).is_none())
}

/// Whether the whole of a folded word is a form of a noun of the lexicon.
pub fn is_whole(word: &str) -> bool {
    basic_form(word).is_some_and(|form| form.whole)
}

/// Whether a folded word has a suffix that adjectives alone have (thematisch).
pub fn is_suffixed_adjective(word: &str) -> bool {
    ends_in(word, SURE_SUFFIXES) || adjective(word, SURE_SUFFIXES).is_some()
}

/// Whether a folded word is, or ends in, a noun of the lexicon in its basic form.
pub fn is_basic(word: &str) -> bool {
    let mut found = false;
    lexicon().ends(word, |start, value| {
        let end = start >= MIN_REST && word.len() - start >= MIN_BASIC_END;
        found |= value & flags::NOUN != 0 && (start == 0 || end);
    });
    found
}

/// A first part of a compound with the final e that its noun loses there: schul → schule, hilfs → hilfe.
pub fn of_first_part(part: &str) -> Cow<'_, str> {
    let base = part.strip_suffix('s').unwrap_or(part);
    if base.ends_with(['e', 's', 'n']) || [part, base].iter().any(|word| lexicon().has(word, flags::NOUN)) {
        return Cow::Borrowed(part);
    }
    // Hilfs|lieferung has a link, Brems|assistent is of Bremse
    let nouns = [part, base].map(|base| [base, "e"].concat()).into_iter();
    let known = nouns.filter(|noun| lexicon().has(noun, flags::NOUN));
    known.max_by(|a, b| noun_frequency(a).total_cmp(&noun_frequency(b))).map_or(Cow::Borrowed(part), Cow::Owned)
}

/// The base of a word declined like an adjective (Abgeordneter, Deutschen), if the lexicon has it or it ends in one of `suffixes`.
fn adjective(word: &str, suffixes: &[&str]) -> Option<String> {
    ADJECTIVE_ENDINGS.iter().find_map(|ending| {
        let base = strip_ending(word, ending)?;
        let listed = || {
            // Scheuer, Neuer: a name, or an adjective as others are
            if *ending == "er" && !lexicon().has(base, flags::NOMINAL) {
                return false;
            }
            let mut found = false;
            lexicon().ends(base, |start, value| {
                found |= value & flags::NOMINAL != 0 && (start == 0 || base.len() - start > MIN_END)
                    || value & flags::ADJECTIVE != 0 && start == 0;
            });
            found
        };
        let ends_so = suffixes.iter().any(|suffix| base.len() >= suffix.len() + 3 && base.ends_with(suffix));
        (ends_so || listed()).then(|| base.to_owned())
    })
}

/// A folded word without its feminine ending, which is no part of a compound: Bürger|innen.
pub fn without_feminine(word: &str) -> &str {
    let base = ["innen", "in"].iter().find_map(|ending| strip_ending(word, ending));
    base.filter(|_| basic_form(word).is_some_and(|form| masculine(&form.noun).is_some())).unwrap_or(word)
}

/// The masculine of a feminine noun: Politikerin, Ärztin, Kollegin → politiker, arzt, kollege. None for other nouns.
fn masculine(noun: &str) -> Option<String> {
    let base = noun.strip_suffix("in").filter(|base| base.len() >= 4)?;
    let named = ends_in(base, FEMININE) && lexicon().has(base, flags::NOUN);
    let mut feminine = named || base.ends_with("olog");
    lexicon().ends(noun, |_, value| feminine |= value & flags::FEMININE != 0);
    if !feminine {
        return None;
    }
    let with_e = |base: &str| [base, "e"].concat();
    let plain = without_umlaut(base).map_or_else(|| base.to_owned(), |(plain, _)| plain);
    // the candidate with the longest known noun at its end wins, of several the first: Kollege before Kolleg
    let candidates = [with_e(base), with_e(&plain), base.to_owned(), plain];
    let known = |candidate: &str| {
        let mut longest = None;
        lexicon().ends(candidate, |start, value| {
            let end = start == 0 || candidate.len() - start >= MIN_END;
            if value & (flags::NOUN | flags::ADJECTIVE | flags::NOMINAL) != 0 && end {
                longest = Some(start);
            }
        });
        longest
    };
    let known = candidates.into_iter().filter_map(|candidate| Some((known(&candidate)?, candidate)));
    known.min_by_key(|(start, _)| *start).map(|(_, candidate)| candidate)
}

/// The singular of a word with a plural ending that is sure without the lexicon.
fn sure(word: &str) -> Option<String> {
    SURE.iter().find_map(|(plural, singular)| Some([strip_ending(word, plural)?, singular].concat()))
}

/// The participle that a word is a declined form of (Streikender, Geflüchteten).
fn participle(word: &str) -> Option<&str> {
    let bases = ADJECTIVE_ENDINGS.iter().filter_map(|ending| strip_ending(word, ending));
    bases
        .into_iter()
        .find(|base| base.ends_with("end") || base.ends_with('t') || base.ends_with("en"))
        .filter(|base| verbs::is_participle(base))
}

/// The stem of a word that no noun explains: a name, a rare word, an adjective at the start of a sentence.
fn unknown(word: &str) -> String {
    if let Some(base) = adjective(word, ADJECTIVE_SUFFIXES) {
        return base;
    }
    if let Some(singular) = sure(word) {
        return singular;
    }
    if let Some(base) = participle(word) {
        return base.to_owned();
    }
    if word.ends_with("ien") {
        return word.to_owned();
    }
    if let Some(base) = word.strip_suffix("innen").filter(|base| base.len() >= 4 && !base.ends_with('w')) {
        return base.to_owned();
    }
    if let Some(base) = word
        .strip_suffix("in")
        .filter(|base| base.len() >= 7 && ends_in(base, &["er", "ist", "ent", "ant", "eur", "tor", "log"]))
    {
        return base.to_owned();
    }
    // the s of a genitive is taken off; -en and -e may belong to a name (Biden, Merkle) and stay
    if let Some(base) = word.strip_suffix('s').filter(|base| base.len() >= 3 && !base.ends_with('s')) {
        return base.to_owned();
    }
    let dative = ends_in(word, &["ern", "eln"]) && word.len() > 5;
    if dative { word[..word.len() - 1].to_owned() } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_their_basic_form() {
        for (word, expected) in [
            ("raketen", "rakete"),
            ("saeulensäle", "saeulensaal"),
            ("neubauten", "neubau"),
            ("politikerinnen", "politiker"),
            ("politikerin", "politiker"),
            ("ärztinnen", "arzt"),
            ("kollegin", "kollege"),
            ("französin", "franzose"),
            ("anwältin", "anwalt"),
            ("politologin", "politologe"),
            // no feminine of a noun
            ("rosine", "rosine"),
            ("benzin", "benzin"),
            ("medizin", "medizin"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn names_lose_only_a_genitive() {
        for (word, expected) in [
            ("hessen", "hessen"),
            ("hessens", "hessen"),
            ("hans", "hans"),
            ("polens", "polen"),
            ("putins", "putin"),
            ("bidens", "biden"),
            ("biden", "biden"),
            ("merkle", "merkle"),
            ("grass", "grass"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn words_without_a_noun_lose_sure_endings() {
        for (word, expected) in [
            ("brokhusenschaften", "brokhusenschaft"),
            ("xylungen", "xylung"),
            ("xylionen", "xylion"),
            ("xylerinnen", "xyler"),
            ("kiwinnen", "kiwinnen"),
            ("xylatoren", "xylatoren"),
            ("xylologin", "xylolog"),
            ("xylern", "xyler"),
            ("xylischen", "xylisch"),
            ("xyls", "xyl"),
            ("xyss", "xyss"),
        ] {
            assert_eq!(unknown(word), expected, "{word}");
        }
    }

    #[test]
    fn nouns_are_told_from_adjectives() {
        for (word, known, whole, basic) in [
            ("rakete", true, true, true),
            ("raketen", true, true, false),
            ("mittelstreckenrakete", true, false, true),
            ("russischer", false, false, false),
            ("selenskyj", false, false, false),
        ] {
            assert_eq!((is_known(word), is_whole(word), is_basic(word)), (known, whole, basic), "{word}");
        }
    }

    #[test]
    fn first_parts_get_their_e_back() {
        for (part, noun) in [
            ("schul", "schule"),
            ("grenz", "grenze"),
            ("haus", "haus"),
            ("waffen", "waffen"),
            ("kriegs", "kriegs"),
            ("hilfs", "hilfe"),
            ("brems", "bremse"),
        ] {
            assert_eq!(of_first_part(part), noun, "{part}");
        }
    }

    #[test]
    fn feminine_endings_are_taken_off() {
        for (word, expected) in [
            ("bürgerinnen", "bürger"),
            ("bürgerin", "bürger"),
            ("innen", "innen"),
            ("benzin", "benzin"),
            ("berlin", "berlin"),
        ] {
            assert_eq!(without_feminine(word), expected, "{word}");
        }
    }
}
