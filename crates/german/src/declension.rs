//! A word traced back to the noun that it is a form of, by the endings of German declension: Raketen → rakete, Häuser → haus,
//! Museen → museum.
//!
//! The nouns are those of the lexicon, whole or at a word's end. The lexicon has some plurals and many rare nouns as well, and names
//! end like nouns by chance; the lists here say where that misleads.

use super::lexicon::{as_first_part, flags, lexicon};

/// Endings of plurals and cases; where several fit, the first is meant.
const ENDINGS: &[&str] = &["", "s", "n", "en", "e", "es", "er", "ern", "se", "sen", "ses", "nen", "ens", "ns"];
/// Plurals of Latin, Greek and Italian words, and the endings of their singulars.
pub const FOREIGN: &[(&str, &[&str])] = &[
    ("en", &["um", "a", "us", "on", "is", "o"]),
    ("a", &["um", "on"]),
    ("i", &["us", "o"]),
    ("ien", &["", "ium"]),
    ("ata", &["a"]),
    ("ina", &["en"]),
    ("izes", &["ex", "ix"]),
    ("izien", &["ex"]),
    ("anten", &["as"]),
];
/// Nouns whose plural has an umlaut and -er: Dörfer, which lists have as a noun too, are rather more than one Dorf, while
/// Käufer are no plural of Kauf.
const WITH_ER: &[&str] = &[
    "amt", "bad", "band", "blatt", "buch", "dach", "dorf", "fach", "fass", "glas", "gott", "grab", "gras", "gut",
    "haus", "holz", "horn", "huhn", "kalb", "kraut", "lamm", "loch", "mann", "maul", "mund", "rad", "rand", "schloss",
    "tal", "tuch", "volk", "wald", "wort", "wurm",
];
/// Others with such a plural; Ausländer come from no Ausland. Further words with umlaut and -er are persons and names: Käufer, Faeser.
const OTHERS_WITH_ER: &[&str] = &["gehalt", "gemach", "gewand", "haupt", "land", "mal", "pfand", "spital", "tum"];
/// Nouns whose plural the lists have as a noun too: Filme are rather more than one Film, while Westen lies elsewhere than a Weste.
const PLURAL_TOO: &[&str] = &[
    "bitte",
    "blick",
    "effekt",
    "fest",
    "film",
    "gefahr",
    "heim",
    "import",
    "klage",
    "konkurrent",
    "kreis",
    "lampe",
    "messe",
    "platte",
    "rabatt",
    "roman",
    "schicht",
    "schlacht",
    "schranke",
    "sorte",
    "spiel",
    "tote",
    "tür",
    "typ",
    "vakzin",
    "werk",
    "wind",
    "zelt",
    "zweck",
];
/// The same with an umlaut; Raten are no Räte.
const UMLAUT_TOO: &[&str] = &["bruch", "plan", "rat", "sturz", "werkstatt", "zug"];
/// Nouns in -er whose plural has an umlaut and no ending, unlike the name Bühler.
const WITH_UMLAUT_ALONE: &[&str] =
    &["acker", "bruder", "hammer", "kloster", "mutter", "schwager", "tochter", "vater", "wasser"];
/// Nouns whose plural has -er and no umlaut; other words in -er name persons or come from places.
const WITH_PLAIN_ER: &[&str] = &[
    "bild",
    "brett",
    "ding",
    "ei",
    "feld",
    "geist",
    "geld",
    "gemüt",
    "geschlecht",
    "gesicht",
    "gespenst",
    "glied",
    "kind",
    "kleid",
    "leib",
    "licht",
    "lied",
    "nest",
    "reis",
    "rind",
    "schild",
    "schwert",
    "ski",
    "weib",
];
/// What places end in that their people are traced back to, and the fewest letters of such: a Dortmunder comes from Dortmund, a
/// Steiner from no Stein.
const PLACES: &[&str] = &[
    "au", "bach", "berg", "born", "brunn", "burg", "bus", "dorf", "en", "feld", "furt", "gart", "hall", "haus", "heim",
    "hof", "itz", "kirch", "lenz", "mund", "ried", "rode", "stadt", "stein", "stock", "tal", "thal", "wald", "winkel",
];
const MIN_PLACE: usize = 6;
/// Shortest known noun, in bytes, that a longer word is traced back to, and the shortest rest before it.
pub const MIN_END: usize = 4;
pub const MIN_REST: usize = 2;
/// Shortest noun of the lists here that a longer word is traced back to, in bytes.
const MIN_LISTED: usize = 3;
/// Shortest first part, in bytes, that tells a compound from a name.
const MIN_FIRST: usize = 3;

/// What a word is traced back to.
pub struct Known {
    /// Its basic form.
    pub noun: String,
    /// Whether that is a noun of the lexicon, and does not only end in one.
    pub whole: bool,
}

/// A basic form that a word may have.
struct Offer<'a> {
    base: &'a str,
    /// Where an umlaut was undone; known nouns begin before it.
    umlaut: usize,
    /// Whether it yields to one that was offered before, however usual its noun is.
    yields: bool,
    /// Whether it is of the lists here, which also have shorter nouns at the end of compounds.
    listed: bool,
    /// Whether a noun at its end counts only behind words that are known: others may end so by chance (Erdogans, no goose).
    doubtful: bool,
}

impl<'a> Offer<'a> {
    fn new(base: &'a str) -> Offer<'a> {
        Offer { base, umlaut: base.len(), yields: true, listed: false, doubtful: false }
    }
}

/// The basic forms offered so far: the longest known noun at the end is meant.
#[derive(Default)]
struct Best(Option<(usize, u64, String)>);

impl Best {
    fn offer(&mut self, offer: &Offer<'_>) {
        let base = offer.base;
        let mut first = None;
        lexicon().ends(base, |start, value| {
            let end = start >= MIN_REST && base.len() - start >= MIN_END;
            let short = offer.listed && base.len() - start >= MIN_LISTED && may_begin(&base[..start]);
            let end = (end || short) && (!offer.doubtful || may_begin(&base[..start]));
            if value & flags::NOUN != 0 && (start == 0 || end) && start <= offer.umlaut {
                first = Some((start, value & flags::PARTNERS));
            }
        });
        let Some((start, partners)) = first else { return };
        let better = |(so_far, known, _): &(usize, u64, String)| {
            start < *so_far
                || (start == *so_far && !offer.yields && (partners > *known || (offer.listed && partners == *known)))
        };
        if self.0.as_ref().is_none_or(better) {
            self.0 = Some((start, partners, base.to_owned()));
        }
    }
}

/// Whether a compound may begin so: with a known word, or what ends in one, and what joins it.
fn may_begin(rest: &str) -> bool {
    if as_first_part(rest).is_some() {
        return true;
    }
    let any = flags::NOUN | flags::VERB | flags::ADJECTIVE;
    ["", "s", "es", "n", "en", "e", "er"].iter().filter_map(|joint| rest.strip_suffix(joint)).any(|part| {
        let mut known = false;
        lexicon().ends(part, |start, value| {
            let length = part.len() - start;
            known |= value & any != 0 && length >= if start == 0 { MIN_FIRST } else { MIN_END };
        });
        known
    })
}

/// The word traced back to the longest known noun at its end.
pub fn known(word: &str) -> Option<Known> {
    let mut best = Best::default();
    let is_noun = |word: &str| lexicon().has(word, flags::NOUN);
    // Studien are more than one Studie, Kriterien more than one Kriterium
    let singular = word.strip_suffix('n').filter(|base| base.ends_with("ie"));
    let is_in_ie = singular.is_some_and(|base| known_end(base).is_some());
    if let Some(base) = word.strip_suffix("en").filter(|base| base.ends_with('i') && !is_in_ie) {
        for singular in ["on", "us", "um"] {
            // Medien are no kind of Medius
            if singular == "us" && base.ends_with("medi") {
                continue;
            }
            let base = [base, singular].concat();
            best.offer(&Offer { umlaut: base.len() - 3, doubtful: true, ..Offer::new(&base) });
        }
    }
    for ending in ENDINGS {
        let Some(base) = word.strip_suffix(ending).filter(|base| base.len() >= 2) else { continue };
        // Gras has no genitive Grass, and Muse no plural Museen
        let genitive = *ending == "s";
        if ending.starts_with('s') && (base.ends_with(['x', 'z']) || base.ends_with('s') == genitive) {
            continue;
        }
        if (ending.starts_with('e') && base.ends_with('e')) || (*ending == "n" && !base.ends_with(['e', 'r', 'l'])) {
            continue;
        }
        let listed = |nouns: &[&str]| nouns.iter().any(|noun| base.ends_with(noun));
        let plural = matches!(*ending, "n" | "e" | "en");
        let takes_umlaut = matches!(*ending, "e" | "en" | "er" | "ern");
        if !matches!(*ending, "er" | "ern") || listed(WITH_PLAIN_ER) {
            // Busse is rather more than one Bus, but Gasse is not more than one Gas
            let bus = matches!(*ending, "se" | "sen" | "ses") && base.ends_with("bus");
            let genitive = *ending == "es";
            // Falles is rather of Fall than of a Falle
            let listed = ((plural || genitive) && listed(PLURAL_TOO)) || (genitive && listed(UMLAUT_TOO));
            let usual = bus || genitive || listed;
            let doubtful = ending.is_empty() && may_be_genitive(base);
            best.offer(&Offer { yields: !usual, listed, doubtful, ..Offer::new(base) });
        }
        if let Some((plain, umlaut)) = without_umlaut(base).filter(|_| takes_umlaut) {
            let ends = |nouns: &[&str]| nouns.iter().any(|noun| plain.ends_with(noun));
            let listed = ends(if plural { UMLAUT_TOO } else { WITH_ER });
            if plural || listed || ends(OTHERS_WITH_ER) {
                best.offer(&Offer { umlaut, yields: !listed, listed, ..Offer::new(&plain) });
            }
        }
    }
    // Mütter, Äpfel, Gärten: rather than an ending where the singular is the more usual noun; but Küchen are more than one Küche
    let whole_is_noun = is_noun(word);
    for base in [word, word.strip_suffix('n').unwrap_or(word)] {
        if ["er", "el", "en"].iter().any(|end| base.ends_with(end))
            && !base.strip_suffix('n').is_some_and(is_noun)
            && let Some((plain, umlaut)) = without_umlaut(base)
            && (!base.ends_with("er") || WITH_UMLAUT_ALONE.iter().any(|noun| plain.ends_with(noun)))
        {
            best.offer(&Offer { umlaut, yields: whole_is_noun, ..Offer::new(&plain) });
        }
    }
    for (ending, singulars) in FOREIGN.iter().filter(|(ending, _)| *ending != "ien" || !is_in_ie) {
        let Some(base) = word.strip_suffix(ending).filter(|base| base.len() >= 3) else { continue };
        // the adjectives tot and digital, and names: India
        if (*ending == "en" && lexicon().has(base, flags::ADJECTIVE)) || (*ending == "a" && base.ends_with('i')) {
            continue;
        }
        // not Partei|en from Parte
        for singular in singulars.iter().filter(|singular| !singular.is_empty() || !base.ends_with('e')) {
            // not Kopenhag|en from Agon
            let whole = [base, singular].concat();
            best.offer(&Offer { umlaut: base.len().saturating_sub(3), doubtful: true, ..Offer::new(&whole) });
        }
    }
    let ends_so_by_chance = |best: &(usize, u64, String)| best.0 > 0 && !may_begin(&word[..best.0]);
    if let Some(place) = place(word).filter(|_| best.0.as_ref().is_none_or(ends_so_by_chance)) {
        return Some(Known { noun: place.to_owned(), whole: true });
    }
    best.0.map(|(start, _, noun)| Known { noun, whole: start == 0 })
}

/// Whether a word may be the genitive of a name that ends like a noun by chance: Hannovers, and no verse.
fn may_be_genitive(word: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    ends(&["ns", "rs", "skis"]) && !ends(&["kurs", "sens"])
}

/// The place that a word says someone or something comes from, by what places end in.
fn place(word: &str) -> Option<&str> {
    let place = ["er", "ern", "ers"].iter().find_map(|ending| word.strip_suffix(ending))?;
    let long = place.chars().count() >= MIN_PLACE;
    (long && PLACES.iter().any(|end| place.ends_with(end))).then_some(place)
}

/// Where the longest noun at the end of a word begins, if there is one.
fn known_end(word: &str) -> Option<usize> {
    let mut first = None;
    lexicon().ends(word, |start, value| {
        let end = start >= MIN_REST && word.len() - start >= MIN_END;
        if value & flags::NOUN != 0 && (start == 0 || end) {
            first = Some(start);
        }
    });
    first
}

/// The word with its last umlaut undone, and where that stands.
pub fn without_umlaut(word: &str) -> Option<(String, usize)> {
    let (at, umlaut) = word.char_indices().rev().find(|(_, char)| matches!(char, 'ä' | 'ö' | 'ü'))?;
    let plain = match umlaut {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    };
    Some(([&word[..at], plain, &word[at + umlaut.len_utf8()..]].concat(), at))
}
