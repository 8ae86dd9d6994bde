//! Compounds to their parts: Artilleriemunition → Artillerie + Munition.
//!
//! A word is cut only where Liang's hyphenation patterns (crate hypher) allow, into known first parts and a known head.
//! How many different partners a part has in a list of nouns tells how likely it is one; the best division is found by
//! dynamic programming. The tables are built by `examples/german_tables.rs` from Wikidata lexemes (CC0).

use super::compound_lists::LISTS;
use super::declension::{FOREIGN, without_umlaut};
use super::lexicon::{as_first_part, flags, lexicon};
use super::vocabulary::Vocabulary;
use hypher::Lang;
use std::ops::Range;
use std::sync::Arc;

/// Letters of the shortest word that is divided, and of the shortest part.
const MIN_WORD: usize = 7;
const MIN_PART: usize = 3;
/// Most letters of a word that is divided.
const MAX_WORD: usize = 60;
/// What a part costs, so that fewer parts win where both fit, and what a division must gain.
const PART_COST: f32 = 3.0;
const MIN_SCORE: f32 = 1.0;
/// How much more often the undivided word is itself a part for it to stay whole.
const WHOLE_BONUS: f32 = 1.0;

/// Endings of inflected nouns, the longest that fits last.
const ENDINGS: &[&str] = &["", "e", "n", "s", "en", "er", "es", "se", "ern", "nen", "sen", "ses"];
/// Endings of declined adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &["", "e", "em", "en", "er", "es"];
/// What an adjective at the end gains.
const ADJECTIVE_GAIN: f32 = 3.0;
/// Bytes of first parts that are too long for a name.
const SURE_MODIFIER: usize = 9;
/// Number of partners, as a power of two, that a listed first part is given.
const OTHER_PARTNERS: u64 = 5;
/// Bytes of the longest noun that is taken for a head though the list has no compound of it.
const MAX_RARE_NOUN: usize = 13;

/// Divides compounds by the tables in the program and what an archive taught.
pub struct Splitter {
    learnt: Arc<Vocabulary>,
}

impl Default for Splitter {
    fn default() -> Splitter {
        Splitter::with(&Arc::default())
    }
}

impl Splitter {
    /// A splitter that knows what an archive taught.
    #[must_use]
    pub fn with(learnt: &Arc<Vocabulary>) -> Splitter {
        Splitter { learnt: Arc::clone(learnt) }
    }

    /// Whether a folded word can be a first part.
    #[must_use]
    pub fn is_first(&self, folded: &str) -> bool {
        self.modifier(folded).is_some()
    }

    /// Whether a folded word can be a last part, or is divided into a first and a last one.
    #[must_use]
    pub fn is_last(&self, folded: &str) -> bool {
        self.head(folded, true).is_some() || !self.split(folded, true).is_empty()
    }

    /// The parts of a folded word as byte ranges, two or more; nothing for a word that is no compound. The last part of a
    /// word with a capital is a noun, of another one of the adjectives that are listed.
    #[must_use]
    pub fn split(&self, folded: &str, capital: bool) -> Vec<Range<usize>> {
        let size = folded.len();
        if !(MIN_WORD..=MAX_WORD).contains(&size)
            || !folded.chars().all(|c| c.is_ascii_lowercase() || matches!(c, 'ä' | 'ö' | 'ü'))
            || (!capital && !ends_in_adjective(folded))
        {
            return Vec::new();
        }
        if LISTS.whole(folded).any(|whole| ENDINGS.contains(&&folded[whole.len()..])) {
            return Vec::new();
        }
        let mut points = vec![0];
        let mut at = 0;
        for syllable in hypher::hyphenate(folded, Lang::German) {
            at += syllable.len();
            points.push(at);
        }
        if at != size || points.len() < 3 {
            return Vec::new();
        }
        // best score of the word up to each point, divided into first parts, and where the last of them begins
        let mut best: Vec<Option<(f32, usize)>> = vec![None; points.len()];
        best[0] = Some((0.0, 0));
        for end in 1..points.len() - 1 {
            for start in 0..end {
                let Some((before, _)) = best[start] else { continue };
                let Some(score) = self.modifier(&folded[points[start]..points[end]]) else { continue };
                if best[end].is_none_or(|(so_far, _)| before + score > so_far) {
                    best[end] = Some((before + score, start));
                }
            }
        }
        let division = (1..points.len() - 1)
            .filter_map(|start| Some((best[start]?.0 + self.head(&folded[points[start]..], capital)?, start)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((score, head)) = division.filter(|(score, _)| *score >= MIN_SCORE) else { return Vec::new() };
        let last_modifier = best[head].map_or(0, |(_, start)| points[head] - points[start]);
        if capital && is_name(folded, points[head], last_modifier) {
            return Vec::new();
        }
        if capital && as_part(folded) > score + WHOLE_BONUS {
            return Vec::new();
        }
        let mut parts = Vec::new();
        parts.push(points[head]..size);
        let mut end = head;
        while end > 0 {
            let start = best[end].map_or(0, |(_, start)| start);
            parts.push(points[start]..points[end]);
            end = start;
        }
        parts.reverse();
        parts
    }

    /// The score of a first part, or nothing if it can be none.
    fn modifier(&self, part: &str) -> Option<f32> {
        let partners = as_first_part(part).unwrap_or(0);
        let known = partners == 0 && part.len() >= 5 && is_noun_with_link(part);
        let partners = if known { 1 } else { partners };
        let partners = if LISTS.is_other_modifier(part) { partners.max(OTHER_PARTNERS) } else { partners };
        let partners = partners.max(self.learnt.first.get(part).map_or(0, |partners| (*partners).into()));
        (!LISTS.is_no_modifier(part) && enough(part, partners)).then(|| gain(part, partners))
    }

    /// The score of a last part in any inflection, or nothing if it can be none.
    fn head(&self, part: &str, noun: bool) -> Option<f32> {
        if !noun {
            return is_adjective(part).then_some(ADJECTIVE_GAIN);
        }
        if LISTS.is_no_head(part) {
            return None;
        }
        let partners = partners_of_head(part);
        let partners = partners.map(|partners| if partners == 0 && part.len() >= 5 { 1 } else { partners });
        let partners = partners.max(self.partners_of_learnt(part))?;
        enough(part, partners).then(|| gain(part, partners))
    }

    /// Number of partners, as a power of two, of a last part that the archive taught, in any inflection.
    fn partners_of_learnt(&self, part: &str) -> Option<u64> {
        if self.learnt.last.is_empty() {
            return None;
        }
        let bases = ENDINGS.iter().filter_map(|ending| part.strip_suffix(ending));
        bases.filter_map(|base| self.learnt.last.get(base)).map(|partners| (*partners).into()).max()
    }
}

/// How well a whole word is itself known as a part of compounds.
fn as_part(folded: &str) -> f32 {
    let as_modifier = as_first_part(folded).unwrap_or(0);
    as_modifier.max(partners_of_head(folded).unwrap_or(0)) as f32
}

/// Whether a word looks like a name: its last part ends names, the first ones are short, and no noun explains it.
fn is_name(word: &str, head: usize, last_modifier: usize) -> bool {
    let endings = ["", "s", "es", "er", "ern", "ers", "e", "n"];
    let (modifiers, head) = word.split_at(head);
    let Some(name) =
        endings.iter().find_map(|ending| head.strip_suffix(ending).filter(|base| LISTS.is_name_head(base)))
    else {
        return false;
    };
    let long = modifiers.len() >= SURE_MODIFIER && last_modifier >= MIN_WORD - 2 && !modifiers.ends_with("en");
    let known = || {
        let mut bases = ["", "s", "es", "e", "n"].iter().filter_map(|ending| word.strip_suffix(ending));
        name != "mann" && bases.any(|base| lexicon().has(base, flags::NOUN))
    };
    !long && !known()
}

fn is_adjective(part: &str) -> bool {
    ADJECTIVE_ENDINGS
        .iter()
        .any(|ending| part.strip_suffix(ending).is_some_and(|base| LISTS.ends_in_adjective(base, true)))
}

fn ends_in_adjective(word: &str) -> bool {
    ADJECTIVE_ENDINGS.iter().any(|ending| {
        let base = word.strip_suffix(ending);
        base.is_some_and(|base| LISTS.ends_in_adjective(base, false))
    })
}

/// Greatest number of partners, as a power of two, among the nouns that the part can be a form of.
fn partners_of_head(part: &str) -> Option<u64> {
    let mut most = None;
    let action = part.strip_suffix("en").unwrap_or(part).strip_suffix("ung").filter(|base| base.len() > MIN_PART);
    if action.is_some_and(|base| lexicon().has(base, flags::VERB)) {
        most = Some(1);
    }
    for ending in ADJECTIVE_ENDINGS {
        let Some(base) = part.strip_suffix(ending).filter(|base| base.len() > MIN_PART) else { continue };
        let value = lexicon().value(base);
        if value & flags::ADJECTIVE != 0 {
            most = most.max(Some(value & flags::PARTNERS));
        }
    }
    let mut offer = |word: &str| {
        let value = lexicon().value(word);
        if value & flags::NOUN != 0 && (word.len() <= MAX_RARE_NOUN || value & flags::PARTNERS > 0) {
            most = most.max(Some(value & flags::PARTNERS));
        }
    };
    for ending in ENDINGS {
        let Some(base) = part.strip_suffix(ending).filter(|base| base.len() >= MIN_PART) else { continue };
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
    // Flughäfen, Briefkästen, Großväter
    let umlaut = [part, part.strip_suffix('n').unwrap_or(part)].into_iter().filter(|base| base.len() > MIN_PART);
    for base in umlaut.filter(|base| ["er", "el", "en"].iter().any(|end| base.ends_with(end))) {
        if let Some((singular, _)) = without_umlaut(base) {
            offer(&singular);
        }
    }
    for (ending, singulars) in FOREIGN.iter().filter(|(ending, _)| ending.len() > 1) {
        // Facharztpraxen, Landesmuseen
        if let Some(base) = part.strip_suffix(ending).filter(|base| base.len() > MIN_PART) {
            singulars.iter().for_each(|singular| offer(&[base, singular].concat()));
        }
    }
    most
}

fn is_noun_with_link(part: &str) -> bool {
    ["", "s", "es", "n", "en"].iter().any(|link| {
        let base = part.strip_suffix(link);
        base.is_some_and(|base| base.len() >= 5 && lexicon().has(base, flags::NOUN))
    }) || ["e", "er"].iter().any(|plural| {
        // Städtebau, Ärztekammer
        let singular = part.strip_suffix(plural).and_then(without_umlaut);
        singular.is_some_and(|(noun, _)| noun.len() >= 4 && lexicon().has(&noun, flags::NOUN))
    })
}

/// Short parts need more partners: three letters 16, four 4, longer ones 2 or, as known nouns, one.
fn enough(part: &str, partners: u64) -> bool {
    match part.len() {
        0..MIN_PART => false,
        3 => partners >= 5,
        4 => partners >= 3,
        _ => partners >= 1,
    }
}

/// Partners as a power of two, and length up to ten letters.
fn gain(part: &str, partners: u64) -> f32 {
    partners as f32 + 0.35 * part.len().min(10) as f32 - PART_COST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;
    use proptest::prelude::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let folded = fold(word);
        let capital = word.starts_with(char::is_uppercase);
        let parts: Vec<&str> =
            Splitter::default().split(&folded, capital).into_iter().map(|range| &folded[range]).collect();
        let found = if parts.is_empty() { folded.clone() } else { parts.join("|") };
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn compounds_come_apart() {
        for (word, parts) in [
            ("Artilleriemunition", "artillerie|munition"),
            ("Munitionslieferungen", "munitions|lieferungen"),
            ("Waffenlieferung", "waffen|lieferung"),
            ("Raketenwerfer", "raketen|werfer"),
            ("Verkehrsministerium", "verkehrs|ministerium"),
            ("Krankenhausschließung", "kranken|haus|schliessung"),
            ("Feiertage", "feier|tage"),
            ("Bundesländer", "bundes|länder"),
            ("Wärmepumpen", "wärme|pumpen"),
            ("Weltkriegsmunition", "welt|kriegs|munition"),
            ("munitionshungrig", "munitions|hungrig"),
            ("Fuehrerschein", "führer|schein"),
            ("Facharztpraxen", "fach|arzt|praxen"),
            ("Flughafen", "flug|hafen"),
            ("Flughäfen", "flug|häfen"),
            ("Briefkästen", "brief|kästen"),
        ] {
            check(word, parts);
        }
    }

    #[test]
    fn simple_words_and_names_stay_whole() {
        for word in [
            "Gesellschaft",
            "Kontrolle",
            "Deutschland",
            "Donnerstag",
            "Frühstück",
            "Kandidaten",
            "Wirtschaft",
            "Erwartung",
            "Landschaft",
            "Norderfehn",
            "Schoigu",
            "Selenskyj",
            "Beziehungen",
            "Mannschaft",
            "zugrunde",
            "Persönlichkeit",
        ] {
            check(word, &fold(word));
        }
    }

    proptest! {
        #[test]
        fn parts_cover_the_word(word in "[A-ZÄÖÜ][a-zäöüß]{1,40}") {
            let folded = fold(&word);
            let parts = Splitter::default().split(&folded, true);
            let mut end = 0;
            for part in &parts {
                prop_assert_eq!(part.start, end);
                end = part.end;
            }
            prop_assert!(parts.is_empty() || (parts.len() > 1 && end == folded.len()));
        }
    }
}
