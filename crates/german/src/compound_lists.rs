//! Word lists for dividing compounds: what cannot be a part, what is never divided, which adjectives compounds end in.
//!
//! All are folded, in the spelling before the reform of 1996 where three letters would meet.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Prefixes and particles, which are not first parts.
const NO_MODIFIERS: &[&str] = &[
    "ab", "an", "auf", "aus", "ausser", "bei", "dar", "durch", "ein", "empor", "ent", "fern", "fest", "fort", "frei",
    "gegen", "her", "hin", "hinter", "kon", "miss", "mit", "nach", "nieder", "ober", "trans", "über", "unter", "ver",
    "voll", "vor", "weg", "wider", "zer", "zu", "zurück",
];
/// Endings and ends of simple words, which are not last parts.
const NO_HEADS: &[&str] = &[
    "schaft", "schaften", "heit", "heiten", "keit", "keiten", "tum", "ling", "linge", "isch", "ender", "erweise",
    "reich", "reiche", "reichen", "zeuge", "zeugen", "ion", "ionen", "tion", "stag", "steller", "stellers", "haft",
    "hafte", "haften", "hafter", "haftes", "sende", "senden", "mal", "fachen", "burger", "burgern", "bar", "bare",
    "nahme", "nahmen", "sen", "kunft", "gierig", "nis", "kraten", "giere",
];

/// Words that are never divided, in any inflection: readers see one word in them, or their parts mislead.
const WHOLE: &[&str] = &[
    "ausland", "dänemark", "deutschland", "dienstag", "donnerstag", "england", "estland", "finnland", "freitag",
    "frühling", "frühstück", "griechenland", "fassbinder", "grundstück", "hagedorn", "hardware", "hochzeit", "inland",
    "irland", "jahrhundert", "jahrtausend", "jahrzehnt", "jemand", "kombination", "kontrolle", "lettland", "mittwoch",
    "montag", "morgenstern", "niederland", "niemand", "nordrhein", "österreich", "regensburg", "richtlinie",
    "ruhestand", "russland", "saarland", "samstag", "schottland", "software", "sonnabend", "sonntag", "thailand",
    "ungarn", "weissrussland", "westfalen", "zeitraum", "zugrunde",
];

/// Adjectives that compounds end in (munitionshungrig, koalitionsintern).
const ADJECTIVE_HEADS: &[&str] = &[
    "abhängig", "ähnlich", "amtlich", "anfällig", "arm", "artig", "bedingt", "bedürftig", "begeistert", "begleitend",
    "berechtigt", "bereit", "betont", "betrieben", "betroffen", "bewusst", "beständig", "bezogen", "breit", "deckend",
    "dicht", "diplomatisch", "durstig", "echt", "ehrlich", "eigen", "empfindlich", "extern", "fähig", "fällig",
    "feindlich", "fertig", "fest", "finanziert", "fördernd", "förmig", "fremd", "freudig", "freundlich", "froh",
    "gebunden", "geführt", "gefährdend", "gefährdet", "gefährlich", "geleitet", "gemäss", "genau", "gerecht",
    "geschädigt", "gestützt", "gesteuert", "gewandt", "gierig", "gläubig", "gross", "günstig", "haltig", "hart",
    "hemmend", "hoch", "hungrig", "intensiv", "intern", "klar", "kritisch", "krank", "kundig", "lang", "leer",
    "leitend", "lustig", "mässig", "militärisch", "müde", "nah", "neutral", "notwendig", "optimistisch", "orientiert",
    "pflichtig", "politisch", "rechtlich", "reif", "relevant", "rettend", "schädigend", "schädlich", "scheu",
    "schnell", "schonend", "schwach", "selig", "sicher", "spezifisch", "sparend", "stark", "stabil", "steigernd",
    "strategisch", "süchtig", "tauglich", "technisch", "tragend", "trächtig", "treu", "trunken", "tüchtig", "typisch",
    "unabhängig", "üblich", "untypisch", "verbunden", "verdächtig", "verletzt", "verseucht", "verträglich", "wert",
    "wichtig", "widrig", "willig", "wirksam", "wirtschaftlich", "wissenschaftlich", "würdig", "zerstörend",
    "zugewandt",
];

/// First parts of many compounds that are not nouns of the lexicon (Innenminister, Mindestlohn).
const OTHER_MODIFIERS: &[&str] = &[
    "agrar", "allein", "anti", "atom", "audio", "aussen", "bio", "biotech", "cyber", "digital", "einzel", "elektro",
    "gesamt", "geo", "global", "gross", "haupt", "hightech", "höchst", "hydro", "innen", "inlands", "kolonial",
    "kommunal", "krypto", "kurzzeit", "langzeit", "lokal", "makro", "maximal", "mega", "mikro", "mindest", "minimal",
    "mini", "multi", "nano", "national", "neben", "neuro", "nicht", "öko", "privat", "pseudo", "psycho", "quasi",
    "regional", "retro", "schwieger", "sonder", "sozial", "spezial", "stief", "tech", "thermo", "turbo", "ultra",
    "vize", "zentral", "zwangs", "zwischen",
];

/// Last parts of the names of places and people (Wolfsburg, Ackermann). A short first part before them makes a name, unless the
/// lexicon has the whole word as a noun.
const NAME_HEADS: &[&str] = &[
    "au", "bach", "bauer", "baum", "beck", "becken", "beil", "bein", "berg", "bergen", "berger", "binder", "bronn",
    "brück", "brücken", "brunn", "buch", "burg", "burger", "damm", "dorf", "dorn", "eck", "eisen", "feld", "felde",
    "felden", "felder", "fels", "felsen", "fischer", "furt", "gebirge", "gitter", "grün", "hafen", "hagen", "hain",
    "haus", "hausen", "heim", "hofer", "hofen", "höfer", "hof", "holz", "horst", "huber", "kamp", "kirch", "kirchen",
    "knecht", "korn", "land", "lautern", "leben", "linde", "loh", "maier", "mann", "mayer", "meier", "meister",
    "meyer", "müller", "münster", "reiter", "ried", "ringen", "rode", "schalk", "schläger", "scher", "schmidt",
    "schmied", "see", "sen", "stadt", "steig", "steiger", "stein", "stern", "tal", "thal", "vogel", "wald", "walde",
    "wasser", "weiler", "weg", "werth", "wiese", "winter", "zeller",
];

/// Words to look up.
type WordSet = HashSet<&'static str, foldhash::fast::FixedState>;
/// Words by their first or last [`KEY`] bytes.
type ByBytes = HashMap<[u8; KEY], Vec<&'static str>, foldhash::fast::FixedState>;

/// Bytes that words are looked up by; none of those listed is shorter.
const KEY: usize = 3;

/// The lists in the form in which they are looked up.
pub struct Lists {
    no_modifiers: WordSet,
    other_modifiers: WordSet,
    no_heads: WordSet,
    name_heads: WordSet,
    whole: ByBytes,
    adjectives: ByBytes,
}

/// The lists of this file.
pub static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let words = |list: &'static [&'static str]| list.iter().copied().collect::<WordSet>();
    let (mut whole, mut adjectives) = (ByBytes::default(), ByBytes::default());
    for word in WHOLE {
        whole.entry(word.as_bytes().first_chunk().copied().unwrap_or_default()).or_default().push(word);
    }
    for word in ADJECTIVE_HEADS {
        adjectives.entry(word.as_bytes().last_chunk().copied().unwrap_or_default()).or_default().push(word);
    }
    Lists {
        no_modifiers: words(NO_MODIFIERS),
        other_modifiers: words(OTHER_MODIFIERS),
        no_heads: words(NO_HEADS),
        name_heads: words(NAME_HEADS),
        whole,
        adjectives,
    }
});

impl Lists {
    /// Whether a part cannot be a first part.
    pub fn is_no_modifier(&self, part: &str) -> bool {
        self.no_modifiers.contains(part)
    }

    /// Whether a part is a first part of many compounds, though the lexicon does not say so.
    pub fn is_other_modifier(&self, part: &str) -> bool {
        self.other_modifiers.contains(part)
    }

    /// Whether a part cannot be a last part.
    pub fn is_no_head(&self, part: &str) -> bool {
        self.no_heads.contains(part)
    }

    /// Whether names end in a part.
    pub fn is_name_head(&self, part: &str) -> bool {
        self.name_heads.contains(part)
    }

    /// The words never divided that `word` begins with.
    pub fn whole<'a>(&self, word: &'a str) -> impl Iterator<Item = &'static str> + use<'_, 'a> {
        let key = word.as_bytes().first_chunk::<KEY>();
        key.and_then(|key| self.whole.get(key)).into_iter().flatten().copied().filter(|whole| word.starts_with(whole))
    }

    /// Whether `word` ends in an adjective that compounds end in or, if `alone`, is one.
    pub fn ends_in_adjective(&self, word: &str, alone: bool) -> bool {
        let heads = word.as_bytes().last_chunk::<KEY>().and_then(|key| self.adjectives.get(key));
        heads.is_some_and(|heads| heads.iter().any(|head| if alone { *head == word } else { word.ends_with(head) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_folded_once_and_long_enough_to_be_looked_up() {
        for list in [NO_MODIFIERS, NO_HEADS, WHOLE, ADJECTIVE_HEADS, OTHER_MODIFIERS, NAME_HEADS] {
            for word in list {
                assert_eq!(crate::fold(word), *word);
                assert_eq!(list.iter().filter(|other| *other == word).count(), 1, "{word}");
            }
        }
        assert!(WHOLE.iter().chain(ADJECTIVE_HEADS).all(|word| word.len() >= KEY));
    }

    #[test]
    fn words_are_found_in_their_lists() {
        assert!(LISTS.is_no_modifier("ver") && !LISTS.is_no_modifier("waffen"));
        assert!(LISTS.is_other_modifier("innen") && !LISTS.is_other_modifier("waffen"));
        assert!(LISTS.is_no_head("schaft") && !LISTS.is_no_head("lieferung"));
        assert!(LISTS.is_name_head("burg") && !LISTS.is_name_head("lieferung"));
        assert_eq!(LISTS.whole("deutschlands").collect::<Vec<_>>(), ["deutschland"]);
        assert_eq!(LISTS.whole("deutsch").count() + LISTS.whole("de").count(), 0);
        assert!(
            LISTS.ends_in_adjective("munitionshungrig", false) && !LISTS.ends_in_adjective("munitionshungrig", true)
        );
        assert!(LISTS.ends_in_adjective("hungrig", true) && !LISTS.ends_in_adjective("ig", false));
    }
}
