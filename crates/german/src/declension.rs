//! Which noun a word is a form of, by the endings of German declension: Raketen → rakete, Häuser → haus, Museen → museum.
//!
//! The noun must be in the lexicon, as a whole word or as the end of a longer one. The lexicon also has some plurals and many rare
//! nouns, and names end like nouns by chance; the lists here correct what that would get wrong.

use crate::endings::{ends_in, strip_ending};
use crate::lexicon::{lexicon, partners_of_first_part};
use crate::lexicon_flags as flags;
use crate::verbs::is_separable;

/// Endings of plurals and cases; where several fit, the first wins.
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
/// Nouns with a plural in umlaut and -er that the lexicon has as a noun too: Dörfer is taken for the plural of Dorf. Of nouns not
/// listed it is not: Käufer is no plural of Kauf.
const WITH_ER: &[&str] = &[
    "amt", "bad", "band", "blatt", "buch", "dach", "dorf", "fach", "fass", "glas", "gott", "grab", "gras", "gut",
    "haus", "holz", "horn", "huhn", "kalb", "kraut", "lamm", "loch", "mann", "maul", "mund", "rad", "rand", "schloss",
    "tal", "tuch", "volk", "wald", "wort", "wurm",
];
/// Nouns with such a plural that yields to the word itself where the lexicon has it as a noun: Ausländer is no plural of Ausland.
/// Further words with umlaut and -er are persons and names: Käufer, Faeser.
const OTHERS_WITH_ER: &[&str] = &["gehalt", "gemach", "gewand", "haupt", "land", "mal", "pfand", "spital", "tum"];
/// Nouns whose plural the lexicon has as a noun too: Filme is taken for the plural of Film. Of nouns not listed it is not: Westen is no
/// plural of Weste.
const PLURAL_TOO: &[&str] = &[
    "bitte", "blick", "effekt", "fest", "film", "gefahr", "heim", "import", "klage", "konkurrent", "kreis", "lampe",
    "messe", "platte", "rabatt", "roman", "schicht", "schlacht", "schranke", "sorte", "spiel", "tote", "tür", "typ",
    "vakzin", "werk", "wind", "zelt", "zweck",
];
/// The same for plurals with an umlaut: Räte, but not Raten, is the plural of Rat.
const UMLAUT_TOO: &[&str] = &["bruch", "plan", "rat", "sturz", "werkstatt", "zug"];
/// Nouns in -er with a plural in umlaut alone; other words in umlaut and -er may be names (Bühler).
const WITH_UMLAUT_ALONE: &[&str] =
    &["acker", "bruder", "hammer", "kloster", "mutter", "schwager", "tochter", "vater", "wasser"];
/// Nouns with a plural in -er and no umlaut; other words in -er are persons, or people of a place.
const WITH_PLAIN_ER: &[&str] = &[
    "bild", "brett", "ding", "ei", "feld", "geist", "geld", "gemüt", "geschlecht", "gesicht", "gespenst", "glied",
    "kind", "kleid", "leib", "licht", "lied", "nest", "reis", "rind", "schild", "schwert", "ski", "weib",
];
/// Ends of the names of places, and the fewest letters of a place whose people are traced back to it: Dortmunder is of Dortmund,
/// Steiner not of Stein.
const PLACES: &[&str] = &[
    "au", "bach", "berg", "born", "brunn", "burg", "bus", "dorf", "en", "feld", "furt", "gart", "hall", "haus", "heim",
    "hof", "itz", "kirch", "lenz", "mund", "ried", "rode", "stadt", "stein", "stock", "tal", "thal", "wald", "winkel",
];
const MIN_PLACE: usize = 6;
/// Bytes of the shortest noun of the lexicon that is recognised at the end of a longer word.
pub const MIN_END: usize = 4;
/// Fewest bytes before a noun at the end of a longer word.
pub const MIN_REST: usize = 2;
/// Bytes of the shortest noun of the lists here that is recognised at the end of a longer word.
const MIN_LISTED: usize = 3;
/// Bytes of the shortest known word that shows that what stands before a noun is a first part and the whole no name.
const MIN_FIRST: usize = 3;

/// The basic form of a word.
pub struct BasicForm {
    /// The basic form, whose end is a noun of the lexicon.
    pub noun: String,
    /// Whether all of it is a noun of the lexicon.
    pub whole: bool,
}

/// A basic form that a word may have.
struct Candidate<'a> {
    base: &'a str,
    /// Where an umlaut was undone or an ending exchanged: the noun at the end must begin at or before it.
    changed: usize,
    /// Whether an earlier candidate wins whose noun begins at the same byte, however many partners this one has.
    yields: bool,
    /// Whether its noun is in a list of this file; such a noun is also recognised with three bytes at the end of a compound.
    listed: bool,
    /// Whether a noun at its end counts only behind a known word, as the rest may end so by chance (Erdogans is no goose).
    doubtful: bool,
}

impl<'a> Candidate<'a> {
    fn new(base: &'a str) -> Candidate<'a> {
        Candidate { base, changed: base.len(), yields: true, listed: false, doubtful: false }
    }
}

/// The best candidate so far: the one with the longest known noun at its end. Where that begins, its partners, and the basic form.
struct BestCandidate {
    best: Option<(usize, u64, String)>,
    /// Whether only whole nouns count: these are looked up in a fraction of the time of an end.
    whole: bool,
}

impl BestCandidate {
    fn consider(&mut self, candidate: &Candidate<'_>) {
        let base = candidate.base;
        let mut first = None;
        if self.whole {
            let value = lexicon().value(base);
            first = (value & flags::NOUN != 0).then_some((0, value & flags::PARTNERS));
        } else {
            lexicon().ends(base, |start, value| {
                let end = start >= MIN_REST && base.len() - start >= MIN_END;
                let short = candidate.listed && base.len() - start >= MIN_LISTED && may_begin(&base[..start]);
                let end = (end || short) && (!candidate.doubtful || may_begin(&base[..start]));
                if value & flags::NOUN != 0 && (start == 0 || end) && start <= candidate.changed {
                    first = Some((start, value & flags::PARTNERS));
                }
            });
        }
        let Some((start, partners)) = first else { return };
        let better = |(so_far, known, _): &(usize, u64, String)| {
            start < *so_far || (start == *so_far && !candidate.yields && (partners > *known || candidate.listed))
        };
        if self.best.as_ref().is_none_or(better) {
            self.best = Some((start, partners, base.to_owned()));
        }
    }
}

/// Whether a compound may begin so: with a known first part, a particle (Vor|züge), or with a word whose end is known, and a link.
fn may_begin(rest: &str) -> bool {
    if partners_of_first_part(rest).is_some() || is_separable(rest) {
        return true;
    }
    let any = flags::NOUN | flags::VERB | flags::ADJECTIVE | flags::NOMINAL;
    ["", "s", "es", "n", "en", "e", "er"].iter().filter_map(|joint| strip_ending(rest, joint)).any(|part| {
        let mut known = false;
        lexicon().ends(part, |start, value| {
            let length = part.len() - start;
            known |= value & any != 0 && length >= if start == 0 { MIN_FIRST } else { MIN_END };
        });
        known
    })
}

/// The basic form of a folded word, if a noun of the lexicon explains its end.
pub fn basic_form(word: &str) -> Option<BasicForm> {
    find(word, true).or_else(|| find(word, false))
}

/// The basic form of a folded word, a `whole` noun of the lexicon or one whose end is.
fn find(word: &str, whole: bool) -> Option<BasicForm> {
    let mut best = BestCandidate { best: None, whole };
    let is_noun = |word: &str| lexicon().has(word, flags::NOUN);
    // Studien is the plural of Studie, Kriterien of Kriterium
    let singular = word.strip_suffix('n').filter(|base| base.ends_with("ie"));
    let is_in_ie = singular.is_some_and(|base| known_end(base).is_some());
    if let Some(base) = word.strip_suffix("en").filter(|base| base.ends_with('i') && !is_in_ie) {
        for singular in ["on", "us", "um"] {
            // Medien is no plural of Medius
            if singular == "us" && base.ends_with("medi") {
                continue;
            }
            let base = [base, singular].concat();
            best.consider(&Candidate { changed: base.len() - 3, doubtful: true, ..Candidate::new(&base) });
        }
    }
    for ending in ENDINGS {
        let Some(base) = strip_ending(word, ending).filter(|base| base.len() >= 2) else { continue };
        // Grass is no genitive of Gras, and Museen no plural of Muse
        let genitive = *ending == "s";
        if ending.starts_with('s') && (base.ends_with(['x', 'z']) || base.ends_with('s') == genitive) {
            continue;
        }
        if (ending.starts_with('e') && base.ends_with('e')) || (*ending == "n" && !base.ends_with(['e', 'r', 'l'])) {
            continue;
        }
        let listed = |nouns: &[&str]| ends_in(base, nouns);
        let possible = !whole || is_noun(base);
        let plural = matches!(*ending, "n" | "e" | "en");
        let takes_umlaut = matches!(*ending, "e" | "en" | "er" | "ern");
        if possible && (!matches!(*ending, "er" | "ern") || listed(WITH_PLAIN_ER)) {
            // Busse is taken for the plural of Bus, but Gasse not for one of Gas
            let bus = matches!(*ending, "se" | "sen" | "ses") && base.ends_with("bus");
            let genitive = *ending == "es";
            // Falles is taken for the genitive of Fall, not of Falle
            let listed = ((plural || genitive) && listed(PLURAL_TOO)) || (genitive && listed(UMLAUT_TOO));
            let usual = bus || genitive || listed;
            let doubtful = ending.is_empty() && may_be_genitive(base);
            best.consider(&Candidate { yields: !usual, listed, doubtful, ..Candidate::new(base) });
        }
        if takes_umlaut
            && let Some((plain, umlaut)) = without_umlaut(base)
            && (!whole || is_noun(&plain))
        {
            let ends = |nouns: &[&str]| ends_in(&plain, nouns);
            let listed = ends(if plural { UMLAUT_TOO } else { WITH_ER });
            if plural || listed || ends(OTHERS_WITH_ER) {
                best.consider(&Candidate { changed: umlaut, yields: !listed, listed, ..Candidate::new(&plain) });
            }
        }
    }
    // an umlaut alone (Mütter, Äpfel, Gärten) wins where its noun has more partners than that of an ending, unless the word itself is a
    // noun; Küchen is the plural of Küche
    let whole_is_noun = is_noun(word);
    for base in [word, word.strip_suffix('n').unwrap_or(word)] {
        if ends_in(base, &["er", "el", "en"])
            && !base.strip_suffix('n').is_some_and(is_noun)
            && let Some((plain, umlaut)) = without_umlaut(base)
            && (!base.ends_with("er") || ends_in(&plain, WITH_UMLAUT_ALONE))
        {
            best.consider(&Candidate { changed: umlaut, yields: whole_is_noun, ..Candidate::new(&plain) });
        }
    }
    for (ending, singulars) in FOREIGN.iter().filter(|(ending, _)| *ending != "ien" || !is_in_ie) {
        let Some(base) = strip_ending(word, ending).filter(|base| base.len() >= 3) else { continue };
        // Toten is of the adjective tot, and India a name
        if (*ending == "en" && lexicon().has(base, flags::ADJECTIVE | flags::NOMINAL))
            || (*ending == "a" && base.ends_with('i'))
        {
            continue;
        }
        // Parteien is no plural of Parte
        for singular in singulars.iter().filter(|singular| !singular.is_empty() || !base.ends_with('e')) {
            // Kopenhagen is no plural of Agon
            let whole = [base, singular].concat();
            best.consider(&Candidate {
                changed: base.len().saturating_sub(3),
                doubtful: true,
                ..Candidate::new(&whole)
            });
        }
    }
    let ends_so_by_chance = |best: &(usize, u64, String)| best.0 > 0 && !may_begin(&word[..best.0]);
    if !whole && let Some(place) = place(word).filter(|_| best.best.as_ref().is_none_or(ends_so_by_chance)) {
        return Some(BasicForm { noun: place.to_owned(), whole: true });
    }
    best.best.map(|(start, _, noun)| BasicForm { noun, whole: start == 0 })
}

/// Whether a word may be the genitive of a name that ends like a noun by chance: Hannovers does not end in Vers.
fn may_be_genitive(word: &str) -> bool {
    let ends = |ends: &[&str]| ends_in(word, ends);
    ends(&["ns", "rs", "skis"]) && !ends(&["kurs", "sens"])
}

/// The place that a word names the people of (Dortmunder), recognised by its end.
fn place(word: &str) -> Option<&str> {
    let place = ["er", "ern", "ers"].iter().find_map(|ending| strip_ending(word, ending))?;
    let long = place.chars().count() >= MIN_PLACE;
    (long && ends_in(place, PLACES)).then_some(place)
}

/// Where the longest noun of the lexicon at the end of a word begins.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, noun: Option<&str>) {
        assert_eq!(basic_form(word).map(|form| form.noun).as_deref(), noun, "{word}");
    }

    #[test]
    fn endings_lead_to_nouns_of_the_lexicon() {
        for (word, noun) in [
            ("raketen", "rakete"),
            ("lehrern", "lehrer"),
            ("hauses", "haus"),
            ("hause", "haus"),
            ("schlosses", "schloss"),
            ("kenntnisse", "kenntnis"),
            ("kenntnissen", "kenntnis"),
            ("kenntnisses", "kenntnis"),
            ("busse", "bus"),
            ("freundinnen", "freundin"),
            ("herzens", "herz"),
            ("namens", "name"),
            ("regeln", "regel"),
            ("zwecks", "zweck"),
        ] {
            check(word, Some(noun));
        }
    }

    #[test]
    fn umlauts_are_undone_where_the_plural_has_them() {
        for (word, noun) in [
            ("häuser", "haus"),
            ("häusern", "haus"),
            ("dörfer", "dorf"),
            ("länder", "land"),
            ("räte", "rat"),
            ("räten", "rat"),
            ("pläne", "plan"),
            ("mütter", "mutter"),
            ("brüdern", "bruder"),
            ("äpfel", "apfel"),
            ("gärten", "garten"),
            ("küchen", "küche"),
            ("kinder", "kind"),
            ("kindern", "kind"),
            // no plurals of Kauf, Ausland, Rat, Kuchen
            ("käufer", "käufer"),
            ("ausländer", "ausländer"),
            ("raten", "rate"),
            ("kuchen", "kuchen"),
        ] {
            check(word, Some(noun));
        }
    }

    #[test]
    fn foreign_plurals_lead_to_their_singulars() {
        for (word, noun) in [
            ("museen", "museum"),
            ("themen", "thema"),
            ("radien", "radius"),
            ("stadien", "stadion"),
            ("kriterien", "kriterium"),
            ("medien", "medium"),
            ("studien", "studie"),
            ("prinzipien", "prinzip"),
            ("konten", "konto"),
            ("krisen", "krise"),
            ("praxen", "praxis"),
            ("lexika", "lexikon"),
            ("kommata", "komma"),
            ("appendizes", "appendix"),
        ] {
            check(word, Some(noun));
        }
    }

    #[test]
    fn the_longest_noun_at_the_end_counts() {
        for (word, noun, whole) in [
            ("raketen", "rakete", true),
            ("mittelstreckenraketen", "mittelstreckenrakete", false),
            ("betriebsräte", "betriebsrat", true),
            ("impfstudien", "impfstudie", false),
            ("regierungsparteien", "regierungspartei", false),
        ] {
            let form = basic_form(word).map(|form| (form.noun, form.whole));
            assert_eq!(form, Some((noun.to_owned(), whole)), "{word}");
        }
    }

    #[test]
    fn people_of_places_lead_to_the_place() {
        for (word, place) in [
            ("dortmunder", Some("dortmund")),
            ("dortmundern", Some("dortmund")),
            ("dortmunders", Some("dortmund")),
            ("oberlenzer", Some("oberlenz")),
            // too short for a place
            ("steiner", None),
        ] {
            let found = super::place(word);
            assert_eq!(found, place, "{word}");
        }
    }

    #[test]
    fn names_and_unknown_words_have_no_noun() {
        for word in ["selenskyj", "kopenhagen", "hannovers", "erdogans", "x", ""] {
            check(word, None);
        }
    }

    #[test]
    fn the_last_umlaut_is_undone() {
        assert_eq!(without_umlaut("bäume"), Some(("baume".to_owned(), 1)));
        assert_eq!(without_umlaut("küstenländer"), Some(("küstenlander".to_owned(), 8)));
        assert_eq!(without_umlaut("söhne"), Some(("sohne".to_owned(), 1)));
        assert_eq!(without_umlaut("baum"), None);
    }

    #[test]
    fn listed_nouns_are_folded() {
        let lists = [WITH_ER, OTHERS_WITH_ER, PLURAL_TOO, UMLAUT_TOO, WITH_UMLAUT_ALONE, WITH_PLAIN_ER];
        for noun in lists.into_iter().flatten() {
            assert_eq!(crate::fold(noun), *noun);
        }
    }
}
