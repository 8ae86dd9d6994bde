//! Which nouns, verbs and adjectives there are, and which of them form compounds.

use crate::counts::Counts;
use crate::inventory::{WORDS_OF_THEIR_OWN, plain};
use crate::write::steps;
use crate::{adjective_lists, flags};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Bytes of the shortest part.
const MIN_PART: usize = 3;
/// Bytes of the longest noun that is kept though it is in no compound.
const MAX_NOUN: usize = 13;
/// Of a noun that is declined like an adjective, how many times the endings -e and -en are as frequent as -er, -es and -em at most.
const NOMINAL_SHARE: u64 = 20;

/// Bytes of the shortest first part, and of the shortest noun behind it, that are counted in running text.
const MIN_TEXT_MODIFIER: usize = 4;
const MIN_TEXT_HEAD: usize = 6;
/// Fewest such nouns of a first part that only running text has.
const MIN_TEXT_PARTNERS: usize = 4;
/// Words among which a noun stands once that is often used.
const PER_OFTEN_USED: u64 = 140_000;
/// Prefixes of verbs that are never separated.
const INSEPARABLE: &[&str] = &["be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "über", "unter", "hinter", "un"];

/// How many different partners first parts, and heads, have in the list of nouns: a noun that is a known word and a known noun side by
/// side counts for both.
pub fn partners(nouns: &HashSet<String>, words: &HashSet<String>) -> (HashMap<String, u64>, HashMap<String, u64>) {
    let mut modifiers: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut heads: HashMap<&str, HashSet<&str>> = HashMap::new();
    for noun in nouns {
        for at in (MIN_PART..noun.len().saturating_sub(MIN_PART - 1)).filter(|at| noun.is_char_boundary(*at)) {
            let (modifier, head) = noun.split_at(at);
            if nouns.contains(head) && is_known(modifier, nouns, words) {
                modifiers.entry(modifier).or_default().insert(head);
                heads.entry(head).or_default().insert(modifier);
            }
        }
    }
    let counts = |map: HashMap<&str, HashSet<&str>>| -> HashMap<String, u64> {
        map.into_iter().map(|(word, partners)| (word.to_owned(), partners.len() as u64)).collect()
    };
    (counts(modifiers), counts(heads))
}

/// First parts that running text joins to nouns that it often has, with how many of these; a first part that begins or ends like a verb
/// with prefixes (Vorbe|merkung, Heraus|forderung) is none.
pub fn partners_in_text(counts: &Counts, nouns: &HashSet<String>, prefixes: &[String]) -> HashMap<String, u64> {
    let least = counts.words / PER_OFTEN_USED;
    let heads: HashSet<&str> = nouns
        .iter()
        .map(String::as_str)
        .filter(|noun| noun.len() >= MIN_TEXT_HEAD && counts.capital(noun) >= least)
        .collect();
    let is_prefix = |word: &str| INSEPARABLE.contains(&word) || prefixes.iter().any(|prefix| prefix == word);
    let ends_in_prefix = |modifier: &str| {
        (1..modifier.len()).filter(|at| modifier.is_char_boundary(*at)).any(|at| {
            let (before, behind) = modifier.split_at(at);
            is_prefix(before) && is_prefix(behind)
        })
    };
    let mut partners: HashMap<&str, HashSet<&str>> = HashMap::new();
    for word in counts.capital.keys() {
        for ending in ["", "n", "en", "s", "es", "e", "er", "ern"] {
            let Some(base) = word.strip_suffix(ending) else { continue };
            for at in (MIN_TEXT_MODIFIER..base.len()).filter(|at| base.is_char_boundary(*at)) {
                let (modifier, head) = base.split_at(at);
                if let Some(head) = heads.get(head) {
                    partners.entry(modifier).or_default().insert(head);
                }
            }
        }
    }
    let enough = partners.into_iter().filter(|(_, heads)| heads.len() >= MIN_TEXT_PARTNERS);
    enough
        .filter(|(modifier, _)| !is_prefix(modifier) && !ends_in_prefix(modifier))
        .map(|(modifier, heads)| (modifier.to_owned(), heads.len() as u64))
        .collect()
}

/// Whether a first part is a noun with or without a link, a noun without its final e or in a foreign plural, the stem of a verb, or an adjective.
pub fn is_known(modifier: &str, nouns: &HashSet<String>, words: &HashSet<String>) -> bool {
    let links = ["", "s", "es", "n", "en", "ens", "ns", "er", "e"];
    let base =
        |link: &&str| modifier.strip_suffix(*link).is_some_and(|base| base.len() >= MIN_PART && nouns.contains(base));
    let verb = words.contains(&format!("{modifier}en"))
        // werbe of werben
        || modifier.ends_with('e') && words.contains(&format!("{modifier}n"));
    // solar, nuklear
    let adjective =
        modifier.len() > MIN_PART && ["em", "es"].iter().all(|ending| words.contains(&format!("{modifier}{ending}")));
    // hilfs of Hilfe, gebirgs of Gebirge
    let without_e = modifier.strip_suffix('s').is_some_and(|base| nouns.contains(&format!("{base}e")));
    // medien of Medium, firmen of Firma
    let foreign = modifier.strip_suffix("en").is_some_and(|base| {
        base.len() >= MIN_PART
            && ["um", "a", "us", "on"].iter().any(|singular| nouns.contains(&format!("{base}{singular}")))
    });
    links.iter().any(base) || without_e || foreign || nouns.contains(&format!("{modifier}e")) || verb || adjective
}

/// Nouns, stems of verbs and of adjectives, with their flags.
pub fn lexicon(
    nouns: &HashSet<String>,
    words: &HashSet<String>,
    counts: &Counts,
    heads: &HashMap<String, u64>,
    verbs: &[(String, bool)],
    adjectives: &BTreeSet<String>,
) -> BTreeMap<String, u64> {
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    let has = |stem: &str, endings: &[&str]| endings.iter().any(|ending| words.contains(&format!("{stem}{ending}")));
    for noun in nouns {
        let nominal = ["e", "er"].iter().find_map(|ending| {
            let base = noun.strip_suffix(ending)?;
            let noun_in = |ending: &str| nouns.contains(&format!("{base}{ending}"));
            let declined = has(base, &["em"]) && (noun_in("e") || noun_in("er")) && has(base, &["en"]);
            // Manie and Manier are two nouns
            let both = noun_in("e") && noun_in("er") && !has(base, &["ern", "ers", "eren"]);
            // written with a capital, its other endings are those of an adjective too
            let often =
                |endings: &[&str]| endings.iter().map(|ending| counts.capital(&format!("{base}{ending}"))).sum::<u64>();
            // Scheuer is a name
            let used = adjectives.contains(base)
                && often(&["er", "es", "em"]) * NOMINAL_SHARE >= often(&["e", "en"]).max(1)
                && often(&["e", "en"]) >= often(&["er"]);
            let compared = ["st", "est", "t"].iter().filter_map(|degree| base.strip_suffix(degree)).any(|stem| {
                let known = |stem: &str| {
                    adjectives.contains(stem)
                        || adjective_lists::IRREGULAR.iter().any(|(irregular, _)| *irregular == stem)
                };
                stem.len() >= 2
                    && (known(stem) && !base.ends_with("rst")
                        || plain(stem).is_some_and(|plain| adjective_lists::WITH_UMLAUT.contains(&plain.as_str())))
            });
            (base.len() >= 3 && (declined || both || used) && !compared && !has(base, &["ers"])).then_some(base)
        });
        let partners = heads.get(noun).copied().unwrap_or(0);
        if let Some(base) = nominal {
            let entry = entries.entry(base.to_owned()).or_default();
            *entry = (*entry & !flags::PARTNERS) | flags::NOMINAL | (*entry & flags::PARTNERS).max(steps(partners));
            continue;
        }
        let feminine = noun.ends_with("in") && words.contains(&format!("{noun}nen"));
        if noun.len() <= MAX_NOUN || partners > 0 {
            let feminine = if feminine { flags::FEMININE } else { 0 };
            let entry = entries.entry(noun.clone()).or_default();
            *entry =
                (*entry & !flags::PARTNERS) | flags::NOUN | feminine | (*entry & flags::PARTNERS).max(steps(partners));
        }
    }
    for (stem, short) in verbs {
        let short = if *short { flags::SHORT_INFINITIVE } else { 0 };
        *entries.entry(stem.clone()).or_default() |= flags::VERB | short;
    }
    for stem in adjectives {
        let own = WORDS_OF_THEIR_OWN.contains(&stem.as_str());
        *entries.entry(stem.clone()).or_default() |= flags::ADJECTIVE | if own { flags::OWN_WORD } else { 0 };
    }
    entries
}
