//! Compounds to their parts: Artilleriemunition → Artillerie + Munition.
//!
//! A word is cut only where Liang's hyphenation patterns (crate hypher) allow, into known first parts and a known head.
//! How many different partners a part has in a list of nouns tells how likely it is one; the best division is found by
//! dynamic programming. The tables are built by `examples/compound_tables.rs` from Wikidata lexemes (CC0).

use fst::Map;
use hypher::Lang;
use std::ops::Range;

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

/// Prefixes and particles, which are no first parts, and endings, which are no heads.
const NO_MODIFIERS: &[&str] = &[
    "ab", "an", "auf", "aus", "ausser", "bei", "dar", "durch", "ein", "empor", "ent", "fern", "fest", "fort", "frei",
    "gegen", "her", "hin", "hinter", "miss", "mit", "nach", "nicht", "nieder", "ober", "ueber", "unter", "ver", "voll",
    "vor", "weg", "wider", "zer", "zu", "zurueck", "zwischen",
];
const NO_HEADS: &[&str] = &[
    "schaft", "schaften", "heit", "heiten", "keit", "keiten", "tum", "ling", "linge", "isch", "ende", "enden", "endes",
    "ender", "weise", "erweise", "reich", "reiche", "reichen", "zeuge", "zeugen", "ion", "ionen", "tion", "stag",
    "steller", "stellers", "haft", "hafte", "haften", "hafter", "haftes", "sende", "senden", "mal", "fachen", "burger",
    "burgern", "bar", "bare",
];

/// Words that look divisible and are one word to a reader, or whose parts would mislead; with any ending.
const WHOLE: &[&str] = &[
    "ausland",
    "daenemark",
    "deutschland",
    "dienstag",
    "donnerstag",
    "england",
    "estland",
    "finnland",
    "freitag",
    "fruehling",
    "fruehstueck",
    "griechenland",
    "grundstueck",
    "hardware",
    "hochzeit",
    "inland",
    "irland",
    "jahrhundert",
    "jahrtausend",
    "jahrzehnt",
    "jemand",
    "kombination",
    "kontrolle",
    "lettland",
    "mittwoch",
    "montag",
    "niederland",
    "niemand",
    "nordrhein",
    "oesterreich",
    "regensburg",
    "richtlinie",
    "ruhestand",
    "russland",
    "saarland",
    "samstag",
    "schottland",
    "software",
    "sonnabend",
    "sonntag",
    "thailand",
    "ungarn",
    "weissrussland",
    "westfalen",
    "zeitraum",
    "zugrunde",
];

/// Endings of inflected nouns, the longest that fits last.
const ENDINGS: &[&str] = &["", "e", "n", "s", "en", "er", "es", "se", "ern", "nen", "sen", "ses"];
/// Umlauts in plurals and their singular, folded.
const UMLAUTS: &[(&str, &str)] = &[("aeu", "au"), ("ae", "a"), ("oe", "o"), ("ue", "u")];

/// Divides compounds by the tables in the program.
pub struct Splitter {
    modifiers: Option<Map<&'static [u8]>>,
    heads: Option<Map<&'static [u8]>>,
}

impl Default for Splitter {
    fn default() -> Splitter {
        Splitter {
            modifiers: Map::new(include_bytes!("data/modifiers.fst").as_slice()).ok(),
            heads: Map::new(include_bytes!("data/heads.fst").as_slice()).ok(),
        }
    }
}

impl Splitter {
    /// The parts of a folded word as byte ranges, two or more; nothing for a word that is no compound or is written small,
    /// since heads are nouns. `word` is the word as written, which the hyphenation knows by its umlauts; both must have the same length in bytes.
    #[must_use]
    pub fn split(&self, word: &str, folded: &str) -> Vec<Range<usize>> {
        let size = folded.len();
        if !word.starts_with(char::is_uppercase) {
            return Vec::new();
        }
        if !(MIN_WORD..=MAX_WORD).contains(&size)
            || word.len() != size
            || !folded.bytes().all(|b| b.is_ascii_lowercase())
        {
            return Vec::new();
        }
        if WHOLE.iter().any(|whole| folded.strip_prefix(whole).is_some_and(|ending| ENDINGS.contains(&ending))) {
            return Vec::new();
        }
        let mut points = vec![0];
        let mut at = 0;
        for syllable in hypher::hyphenate(&word.to_lowercase(), Lang::German) {
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
            .filter_map(|start| Some((best[start]?.0 + self.head(&folded[points[start]..])?, start)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let Some((score, head)) = division.filter(|(score, _)| *score >= MIN_SCORE) else { return Vec::new() };
        if self.whole(folded) > score + WHOLE_BONUS {
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
        let partners = self.modifiers.as_ref()?.get(part).unwrap_or(0);
        let known = partners == 0 && part.len() >= 5 && self.is_noun_with_link(part);
        let partners = if known { 1 } else { partners };
        (!NO_MODIFIERS.contains(&part) && enough(part, partners)).then(|| gain(part, partners))
    }

    /// The score of a head in any inflection, or nothing if it can be none.
    fn head(&self, part: &str) -> Option<f32> {
        if NO_HEADS.contains(&part) {
            return None;
        }
        let partners = self.partners_of_head(part)?;
        let partners = if partners == 0 && part.len() >= 5 { 1 } else { partners };
        enough(part, partners).then(|| gain(part, partners))
    }

    /// Greatest number of partners, as a power of two, among the nouns that the part can be a form of.
    fn partners_of_head(&self, part: &str) -> Option<u64> {
        let heads = self.heads.as_ref()?;
        let mut most = None;
        for ending in ENDINGS {
            let Some(base) = part.strip_suffix(ending).filter(|base| base.len() >= MIN_PART) else { continue };
            most = most.max(heads.get(base));
            if matches!(*ending, "e" | "en" | "er" | "ern") {
                for (umlaut, plain) in UMLAUTS {
                    if let Some(at) = base.rfind(umlaut) {
                        let singular = [&base[..at], plain, &base[at + umlaut.len()..]].concat();
                        most = most.max(heads.get(singular));
                    }
                }
            }
        }
        most
    }

    fn is_noun_with_link(&self, part: &str) -> bool {
        let Some(heads) = &self.heads else { return false };
        ["", "s", "es", "n", "en"]
            .iter()
            .any(|link| part.strip_suffix(link).is_some_and(|base| base.len() >= 5 && heads.contains_key(base)))
    }

    /// How well the whole word is itself known as a part of compounds.
    fn whole(&self, folded: &str) -> f32 {
        let as_modifier = self.modifiers.as_ref().and_then(|map| map.get(folded)).unwrap_or(0);
        as_modifier.max(self.partners_of_head(folded).unwrap_or(0)) as f32
    }
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
    use crate::german::fold;
    use proptest::prelude::*;

    #[track_caller]
    fn check(word: &str, expected: &str) {
        let folded = fold(word);
        let parts: Vec<&str> =
            Splitter::default().split(word, &folded).into_iter().map(|range| &folded[range]).collect();
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
            ("Bundesländer", "bundes|laender"),
            ("Wärmepumpen", "waerme|pumpen"),
            ("Weltkriegsmunition", "welt|kriegs|munition"),
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
            let parts = Splitter::default().split(&word, &folded);
            let mut end = 0;
            for part in &parts {
                prop_assert_eq!(part.start, end);
                end = part.end;
            }
            prop_assert!(parts.is_empty() || (parts.len() > 1 && end == folded.len()));
        }
    }
}
