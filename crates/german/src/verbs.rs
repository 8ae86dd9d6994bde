//! The stem of a word written small: the infinitive of a verb (lieferte → liefern, ging → gehen, ausgeliefert and auszuliefern alike) or
//! the basic form of an adjective (größten → gross).
//!
//! A form is reduced to a verb of the lexicon or of the list of strong verbs, with its prefix set aside. Words that neither explains are
//! cut where Snowball's German stemmer cuts them, with their umlauts, and then lose endings of comparison and tense that Snowball
//! leaves.

use crate::declension::without_umlaut;
use crate::lexicon::lexicon;
use crate::lexicon_flags as flags;
use crate::nouns;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Endings of the forms of weak verbs.
const VERB_ENDINGS: &[&str] = &[
    "", "n", "e", "en", "t", "et", "st", "est", "te", "ten", "test", "tet", "ete", "eten", "etest", "etet", "nd", "end",
];
/// Endings behind a stem of a strong verb.
const STRONG_ENDINGS: &[&str] = &["", "e", "en", "n", "t", "et", "st", "est", "te", "ten", "test", "tet", "end"];
/// Separable prefixes, which stand before ge and zu; the longest first.
const SEPARABLE: &[&str] = &[
    "gegenüber", "entgegen", "herunter", "hinunter", "zusammen", "entlang", "entzwei", "zurecht", "vorüber", "voraus",
    "weiter", "wieder", "zurück", "vorbei", "hinauf", "hinaus", "hinein", "hinter", "hinweg", "herauf", "heraus",
    "herbei", "herein", "hervor", "nieder", "gleich", "kennen", "empor", "davon", "durch", "heran", "herab", "herum",
    "hinab", "hinzu", "statt", "still", "umher", "unter", "voran", "fehl", "fern", "fest", "fort", "frei", "heim",
    "hoch", "nach", "teil", "über", "voll", "wahr", "auf", "aus", "bei", "dar", "ein", "her", "hin", "los", "mit",
    "tot", "vor", "weg", "ab", "an", "da", "um", "zu",
];
/// Inseparable prefixes, whose verbs have no ge.
const INSEPARABLE: &[&str] = &["emp", "ent", "ver", "zer", "miss", "be", "er", "ge"];
/// Adjectives whose comparison has an umlaut.
const WITH_UMLAUT: &[&str] = &[
    "alt", "arg", "arm", "blass", "dumm", "fromm", "gesund", "glatt", "grob", "gross", "hart", "jung", "kalt", "klug",
    "krank", "kurz", "lang", "nass", "rot", "scharf", "schmal", "schwach", "schwarz", "stark", "warm",
];
/// Adjectives that lose an e before an ending (dunkle, teurer).
const WITH_FLEETING_E: &[&str] = &[
    "akzeptabel", "bitter", "diskutabel", "dunkel", "edel", "eitel", "finster", "flexibel", "heikel", "integer",
    "kompatibel", "makaber", "miserabel", "nobel", "penibel", "plausibel", "profitabel", "rentabel", "respektabel",
    "sauer", "sensibel", "stabil", "teuer", "übel", "ungeheuer", "variabel",
];
/// Irregular stems of comparison, and the positive.
const IRREGULAR: &[(&str, &str)] = &[
    ("höh", "hoch"),
    ("höch", "hoch"),
    ("hoh", "hoch"),
    ("näh", "nah"),
    ("näch", "nah"),
    ("bess", "gut"),
    ("be", "gut"),
];
/// Endings of declined adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &["", "e", "em", "en", "er", "es"];
/// Suffixes of comparison.
const COMPARISON: &[&str] = &["er", "t", "st", "est"];

/// Fewest bytes of a participle that is recognised in a declined form.
const MIN_PARTICIPLE: usize = 4;

/// Infinitives, without -en, by all stems of their verbs.
static STRONG: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("data/strong_verbs.txt").lines().filter(|line| !line.starts_with('#'));
    let mut stems = HashMap::new();
    for mut words in lines.map(str::split_whitespace) {
        let Some(infinitive) = words.next() else { continue };
        stems.insert(infinitive, infinitive);
        for other in words {
            stems.entry(other).or_insert(infinitive);
        }
    }
    stems
});

/// The stem of a folded word written small; `snowball` is the stemmer for words that our tables do not know.
pub fn stem(word: &str, snowball: impl Fn(&str) -> String) -> String {
    if let Some(adjective) = adjective(word) {
        return verb(word).or_else(|| verb(&adjective)).map_or(adjective, |stem| infinitive(&stem));
    }
    if let Some(stem) = verb(word) {
        return infinitive(&stem);
    }
    if let Some(base) = nouns::adjective_base(word) {
        return base;
    }
    let declined = ["em", "en", "er", "es", "e"].iter().find_map(|ending| word.strip_suffix(ending));
    if let Some(stem) = declined.filter(|base| base.len() >= 4).and_then(verb) {
        return infinitive(&stem);
    }
    if nouns::is_basic(word) {
        return nouns::stem(word);
    }
    let cut = snowball(word).chars().count();
    let end = word.char_indices().nth(cut).map_or(word.len(), |(at, _)| at);
    without_endings(&word[..end.max(word.len().min(3))]).to_owned()
}

/// The infinitive of a verb's stem, which differs from a noun of the same stem (Reich, reichen).
fn infinitive(stem: &str) -> String {
    let short = ["el", "er"].iter().any(|ending| stem.ends_with(ending)) && lexicon().has(stem, flags::VERB);
    [stem, if short { "n" } else { "en" }].concat()
}

/// All stems of a strong verb, given as its infinitive, without the ge of participles, or of an adjective with irregular comparison;
/// none of other words.
pub fn irregular_stems(stem: &str) -> impl Iterator<Item = &'static str> {
    let base = stem.strip_suffix("en").or_else(|| stem.strip_suffix('n'));
    let strong = STRONG.iter().filter(move |(_, infinitive)| Some(**infinitive) == base).map(|(other, _)| *other);
    let compared = IRREGULAR.iter().filter(move |(_, positive)| *positive == stem);
    strong.chain(compared.flat_map(|(other, positive)| [*other, *positive]))
}

/// Whether a folded word is a form of a known verb or adjective.
pub fn is_known(word: &str) -> bool {
    adjective(word).is_some() || verb(word).is_some()
}

/// Whether a folded word is a form of a known verb or adjective, a declined participle, or has a suffix of adjectives.
pub fn is_likely(word: &str) -> bool {
    let declined = || ["em", "en", "er", "es", "e"].iter().filter_map(|ending| word.strip_suffix(ending));
    let participle =
        |base: &str| base.len() >= MIN_PARTICIPLE && base.ends_with(['t', 'd', 'n']) && verb(base).is_some();
    is_known(word) || nouns::adjective_base(word).is_some() || declined().any(participle)
}

/// The word without endings that Snowball leaves: comparison, present participle, the t of the third person.
fn without_endings(mut word: &str) -> &str {
    loop {
        let long = word.len() > 5;
        let next = ["em", "er", "nd"].iter().find_map(|ending| word.strip_suffix(ending)).filter(|_| long);
        let next = next.or_else(|| word.strip_suffix(['e', 's', 'n', 't']));
        match next {
            Some(shorter) if word.len() > 3 && shorter.is_char_boundary(shorter.len()) => word = shorter,
            _ => return word,
        }
    }
}

/// The basic form of a known adjective, in any degree.
fn adjective(word: &str) -> Option<String> {
    let known = |base: &str| {
        if WITH_UMLAUT.contains(&base) || WITH_FLEETING_E.contains(&base) {
            return Some(base.to_owned());
        }
        // dunkle, teure
        let last = base.chars().last().filter(|last| matches!(last, 'l' | 'r'));
        let full = last.map(|last| format!("{}e{last}", &base[..base.len() - 1]));
        let full =
            full.filter(|full| WITH_FLEETING_E.contains(&full.as_str()) || lexicon().has(full, flags::ADJECTIVE));
        if full.is_some() {
            return full;
        }
        lexicon().has(base, flags::ADJECTIVE).then(|| base.to_owned())
    };
    for degree in COMPARISON {
        for ending in ADJECTIVE_ENDINGS {
            let base = word.strip_suffix(ending).and_then(|base| base.strip_suffix(degree));
            // a bare t is that of größte alone, whose s belongs to the stem
            let base = base.filter(|base| *degree != "t" || base.ends_with("ss"));
            let Some(base) = base.filter(|base| base.len() >= 2) else { continue };
            if let Some((_, positive)) = IRREGULAR.iter().find(|(stem, _)| *stem == base) {
                return Some((*positive).to_owned());
            }
            if let Some((plain, _)) = without_umlaut(base).filter(|(plain, _)| WITH_UMLAUT.contains(&plain.as_str())) {
                return Some(plain);
            }
        }
    }
    for ending in ADJECTIVE_ENDINGS {
        let base = word.strip_suffix(ending).filter(|base| base.len() >= 2);
        if let Some(found) = base.and_then(known) {
            return Some(found);
        }
    }
    for degree in COMPARISON {
        for ending in ADJECTIVE_ENDINGS {
            let base = word.strip_suffix(ending).and_then(|base| base.strip_suffix(degree));
            if let Some(found) = base.filter(|base| base.len() >= 3).and_then(known) {
                return Some(found);
            }
        }
    }
    let base = ADJECTIVE_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|base| *base == "hoh"));
    base.map(|_| "hoch".to_owned())
}

/// The stem of the infinitive of a verb form, prefixes included.
fn verb(word: &str) -> Option<String> {
    if let Some(stem) = inner(word, true) {
        return Some(stem);
    }
    let first = word.as_bytes().first();
    for prefix in SEPARABLE.iter().filter(|prefix| prefix.as_bytes().first() == first) {
        let Some(rest) = word.strip_prefix(prefix).filter(|rest| rest.len() >= 3) else { continue };
        if let Some(stem) = rest.strip_prefix("zu").and_then(|rest| inner(rest, true)) {
            return Some([prefix, stem.as_str()].concat());
        }
        if let Some(stem) = inner(rest, true) {
            return Some([prefix, stem.as_str()].concat());
        }
        let joined = rest.strip_prefix("zu").filter(|rest| rest.len() >= 5 && rest.ends_with('n'));
        let joined = joined.or_else(|| rest.strip_prefix("ge").filter(|rest| rest.len() >= 4 && rest.ends_with('t')));
        if let Some(rest) = joined {
            return Some([prefix, without_endings(rest)].concat());
        }
    }
    None
}

/// The stem of a form without a separable prefix; it may have inseparable ones if it is the `outermost`.
fn inner(word: &str, outermost: bool) -> Option<String> {
    if let Some(stem) = simple(word) {
        return Some(stem);
    }
    if word.len() >= 6
        && (word.ends_with('t') || word.ends_with("en"))
        && let Some(stem) = word.strip_prefix("ge").and_then(simple)
    {
        return Some(stem);
    }
    if !outermost {
        return None;
    }
    INSEPARABLE.iter().find_map(|prefix| {
        let rest = word.strip_prefix(prefix).filter(|rest| rest.len() >= 3)?;
        Some([prefix, inner(rest, false)?.as_str()].concat())
    })
}

/// The stem of a form without any prefix.
fn simple(word: &str) -> Option<String> {
    for ending in STRONG_ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 2) else { continue };
        if let Some(infinitive) = STRONG.get(stem) {
            // gelegen is of liegen, gelegt is not
            let participle = stem.starts_with("ge") && !infinitive.starts_with("ge");
            // lastet is of lasten, not of lesen (las)
            let longer = || weak(word).is_some_and(|weak| weak.len() > stem.len());
            if (!participle || *ending == "en") && !longer() {
                return Some((*infinitive).to_owned());
            }
        }
    }
    weak(word).map(str::to_owned)
}

/// The longest stem of a verb of the lexicon that a form without any prefix may have.
fn weak(word: &str) -> Option<&str> {
    for ending in &VERB_ENDINGS[1..] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 3) else { continue };
        if lexicon().has(stem, flags::VERB) {
            return Some(stem);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a Snowball that cuts nothing, so that only our own tables are seen.
    fn stem_by_tables(word: &str) -> String {
        stem(word, str::to_owned)
    }

    #[track_caller]
    fn check(forms: &str, expected: &str) {
        for form in forms.split(' ') {
            assert_eq!(stem_by_tables(form), expected, "{form}");
        }
    }

    #[test]
    fn weak_verbs_have_their_infinitive() {
        check("liefern liefere lieferst liefert lieferte lieferten geliefert", "liefern");
        check("sagen sage sagst sagt sagte sagten sagtest sagtet gesagt sagend", "sagen");
        check("arbeiten arbeitet arbeitete arbeiteten gearbeitet", "arbeiten");
        check("fördern fördert förderte gefördert", "fördern");
    }

    #[test]
    fn strong_verbs_have_their_infinitive() {
        check("gehen gehe geht ging gingen gegangen", "gehen");
        check("sehen sieht sah sahen gesehen", "sehen");
        check("fahren fährt fuhr gefahren", "fahren");
        check("liegen lag gelegen", "liegen");
        check("legen legt legte gelegt", "legen");
        check("lasten lastet", "lasten");
    }

    #[test]
    fn prefixes_stay_and_ge_and_zu_go() {
        check("zurücktreten zurückgetreten zurücktrat zurückzutreten", "zurücktreten");
        check("stattfinden stattgefunden stattfand stattzufinden", "stattfinden");
        check("verkaufen verkauft verkaufte verkauften", "verkaufen");
        check("entsprechen entsprach entsprochen", "entsprechen");
        check("zerfallen zerfällt zerfiel", "zerfallen");
    }

    #[test]
    fn adjectives_have_their_positive() {
        check("gross grosse grossen grosser grosses grösser grösseren grösste grössten", "gross");
        check("hoch höher höhere", "hoch");
        check("nah näher nächste", "nah");
        check("besser besten beste", "gut");
        check("dunkel dunkle dunklen dunkler", "dunkel");
        check("teuer teure teurer teureren", "teuer");
        check("kalt kalte kälter kältesten", "kalt");
        check("russisch russischen russischer", "russisch");
    }

    #[test]
    fn small_words_that_are_nouns_have_the_stem_of_the_noun() {
        check("rakete", "rakete");
        check("mittelstreckenrakete", "mittelstreckenrakete");
    }

    #[test]
    fn other_words_are_cut_where_snowball_cuts_them() {
        assert_eq!(stem("xylöpten", |_| "xylopt".to_owned()), "xylöp");
        assert_eq!(stem("xyl", |_| String::new()), "xyl");
        assert_eq!(without_endings("xyloperer"), "xylop");
        assert_eq!(without_endings("xylend"), "xyl");
        assert_eq!(without_endings("xen"), "xen");
    }

    #[test]
    fn irregular_stems_are_those_of_the_lists() {
        let stems = |word: &str| {
            let mut stems: Vec<&str> = irregular_stems(word).collect();
            stems.sort_unstable();
            stems
        };
        assert_eq!(stems("gehen"), ["gang", "geh", "ging", "gäng"]);
        assert_eq!(stems("gut"), ["be", "bess", "gut", "gut"]);
        assert!(stems("sagen").is_empty() && stems("geh").is_empty());
    }

    #[test]
    fn known_words_and_likely_ones() {
        for (word, known, likely) in [
            ("gehen", true, true),
            ("grössten", true, true),
            ("gelieferten", true, true),
            ("freundlicher", false, true),
            ("raketen", false, false),
            ("xyl", false, false),
        ] {
            assert_eq!((is_known(word), is_likely(word)), (known, likely), "{word}");
        }
    }

    #[test]
    fn longer_prefixes_come_first() {
        let lengths: Vec<usize> = SEPARABLE.iter().map(|prefix| prefix.chars().count()).collect();
        assert!(lengths.is_sorted_by(|left, right| left >= right));
    }
}
