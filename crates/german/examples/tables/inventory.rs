//! The verbs and adjectives that the forms of a list and of running text show.

use crate::adjective_lists;
use crate::counts::Counts;
use findbuch_german::is_stop_word;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Bytes of the longest stem of a verb.
const MAX_VERB: usize = 20;
/// How often news must have a form that no list has.
const MIN_COUNT: u64 = 3;
/// How many times as often as the other forms of its verb a participle may stand that still belongs to it, and how many times as often
/// as a separable verb in one word it stands in two.
const PARTICIPLE_SHARE: u64 = 100;
const SEPARATED: u64 = 4;
/// Inseparable prefixes.
pub const INSEPARABLE: [&str; 14] =
    ["emp", "ent", "ver", "zer", "miss", "be", "er", "ge", "hinter", "wider", "über", "unter", "um", "durch"];

/// Participles that have become words of their own, which readers do not take for forms of a verb (bekannt, not bekennen).
pub const WORDS_OF_THEIR_OWN: &[&str] = &[
    "abgelegen", "abwesend", "angemessen", "angesehen", "anwesend", "ausgezeichnet", "bedeutend", "befugt", "begabt",
    "bekannt", "beliebt", "bescheiden", "besonnen", "besorgt", "bewusst", "dringend", "entlegen", "entschieden",
    "erfahren", "erhaben", "gediegen", "geeignet", "gelassen", "gelegen", "gerecht", "gesamt", "gescheit", "geschickt",
    "gespannt", "gewandt", "gewiss", "gewohnt", "hervorragend", "renommiert", "überlegen", "unbekannt", "unbewusst",
    "ungeeignet", "ungewiss", "ungewohnt", "unverschämt", "vergangen", "verlegen", "verrückt", "verschieden",
    "verwandt", "vollkommen", "wütend", "zufrieden",
];

/// The verbs and adjectives that the forms of the list and of the news show.
pub struct Inventory<'a> {
    pub words: &'a HashSet<String>,
    pub counts: &'a Counts,
    /// Separable prefixes.
    pub prefixes: Vec<String>,
    pub nouns: &'a HashSet<String>,
}

impl Inventory<'_> {
    /// Whether a form is in the list, or often enough in the news.
    pub fn has(&self, form: &str) -> bool {
        self.words.contains(form) || self.counts.small(form) >= MIN_COUNT
    }

    /// Stems of verbs, and whether the infinitive ends in -n alone. A verb has an infinitive and a present participle in the list,
    /// or three of its other forms.
    pub fn verbs(&self) -> Vec<(String, bool)> {
        let mut found = BTreeSet::new();
        let forms =
            self.words.iter().chain(self.counts.small.iter().filter(|(_, n)| **n >= MIN_COUNT).map(|(form, _)| form));
        for form in forms {
            let long = form.strip_suffix("en").map(|stem| (stem, false));
            let short = form.strip_suffix('n').filter(|stem| stem.ends_with("el") || stem.ends_with("er"));
            for (stem, short) in long.into_iter().chain(short.map(|stem| (stem, true))) {
                if !(2..=MAX_VERB).contains(&stem.len())
                    || !stem.contains(['a', 'e', 'i', 'o', 'u', 'ä', 'ö', 'ü', 'y'])
                {
                    continue;
                }
                let with = |ending: &str| self.has(&format!("{stem}{ending}"));
                let participle = self.words.contains(&format!("{form}d"));
                // of a separable verb the finite forms are two words: its participle with ge within shows it
                let within =
                    self.prefixes.iter().filter_map(|prefix| Some((prefix, stem.strip_prefix(prefix.as_str())?))).any(
                        |(prefix, rest)| {
                            rest.len() >= 3
                                && ["t", "et", "en"].iter().any(|ending| self.has(&format!("{prefix}ge{rest}{ending}")))
                        },
                    );
                // gemeint is of meinen, gemeinen and gemeines of an adjective: no verb
                let declined = ["er", "es"].iter().all(|ending| with(ending));
                let of_another = stem.strip_prefix("ge").is_some_and(|rest| self.has(&format!("{rest}t")));
                if declined && of_another {
                    continue;
                }
                let kinds = [
                    with("t") || with("et"),
                    with("te") || with("ete"),
                    with("ten") || with("eten"),
                    with("st") || with("est"),
                    with("end") || with("nd"),
                    self.has(&format!("ge{stem}t")) || self.has(&format!("ge{stem}et")),
                ];
                let shown = kinds.iter().filter(|kind| **kind).count();
                // meinen is a verb beside mein
                if is_stop_word(form) && !(kinds[0] && kinds[1] && kinds[5]) {
                    continue;
                }
                // of a verb that the list has without all its forms: infinitive, present and preterite
                let used = kinds[0] && kinds[1] && shown >= 3 && self.has(form);
                if participle && (shown >= 2 || self.words.contains(form)) || shown >= 4 || used || within {
                    found.insert((stem.to_owned(), short));
                }
            }
        }
        // strong verbs with a prefix, whose infinitive is in the list
        for stem in strong().keys() {
            let prefixes = INSEPARABLE.into_iter().chain(self.prefixes.iter().map(String::as_str)).chain([""]);
            let whole = prefixes.map(|prefix| format!("{prefix}{stem}"));
            found.extend(whole.filter(|whole| self.has(&format!("{whole}en"))).map(|whole| (whole, false)));
        }
        // of sichern and sicheren, which no list has, the first is the verb
        let listed = |stem: &str, ending: &str| self.words.contains(&format!("{stem}{ending}"));
        let short: HashSet<String> = found.iter().filter(|(_, short)| *short).map(|(stem, _)| stem.clone()).collect();
        let is_short = |stem: &str| short.contains(stem) && (listed(stem, "n") || !listed(stem, "en"));
        // auszuliefern is an infinitive of ausliefern
        let all: HashSet<&str> = found.iter().map(|(stem, _)| stem.as_str()).collect();
        let with_zu = |stem: &str| {
            let divided = self
                .prefixes
                .iter()
                .filter_map(|prefix| Some((prefix, stem.strip_prefix(prefix.as_str())?.strip_prefix("zu")?)));
            divided
                .into_iter()
                .any(|(prefix, rest)| all.contains(format!("{prefix}{rest}").as_str()) || all.contains(rest))
        };
        found.iter().filter(|(stem, short)| *short == is_short(stem) && !with_zu(stem)).cloned().collect()
    }

    /// Participles of the verbs, each with how often news have other forms of its verb.
    pub fn participles(&self, verbs: &[(String, bool)], is_adjective: &dyn Fn(&str) -> bool) -> HashMap<String, u64> {
        let strong = strong();
        let mut participles: HashMap<String, u64> = HashMap::new();
        let listed = verbs.iter().map(|(stem, short)| (stem.clone(), *short));
        let prefixes = || INSEPARABLE.into_iter().chain(self.prefixes.iter().map(String::as_str)).chain([""]);
        let strong_verbs =
            strong.keys().flat_map(|stem| prefixes().map(move |prefix| (format!("{prefix}{stem}"), false)));
        for (stem, short) in listed.chain(strong_verbs) {
            let stem = stem.as_str();
            let infinitive = format!("{stem}{}", if short { "n" } else { "en" });
            // separable prefix, what stands behind it, inseparable prefix
            let mut divisions = vec![("", stem)];
            divisions.extend(
                self.prefixes.iter().filter_map(|prefix| Some((prefix.as_str(), stem.strip_prefix(prefix.as_str())?))),
            );
            for (prefix, rest) in divisions {
                let inseparable = INSEPARABLE
                    .iter()
                    .find_map(|inner| Some((*inner, rest.strip_prefix(inner).filter(|rest| rest.len() >= 2)?)));
                let weak = |ending: &str| format!("{prefix}{rest}{ending}");
                let mut finite = vec![
                    infinitive.clone(),
                    weak("t"),
                    weak("et"),
                    weak("te"),
                    weak("ten"),
                    weak("ete"),
                    weak("eten"),
                    format!("{prefix}zu{rest}en"),
                    format!("{prefix}zu{rest}n"),
                ];
                let mut past = vec![format!("{prefix}ge{rest}t"), format!("{prefix}ge{rest}et")];
                if inseparable.is_some() || rest.ends_with("ier") {
                    past.extend([weak("t"), weak("et")]);
                }
                for (inner, base) in [("", rest)].into_iter().chain(inseparable) {
                    for other in strong.get(base).into_iter().flatten() {
                        finite.extend([
                            format!("{prefix}{inner}{other}"),
                            format!("{prefix}{inner}{other}en"),
                            format!("{prefix}{inner}{other}t"),
                        ]);
                    }
                    for other in
                        strong.get(base).into_iter().flatten().chain(strong.contains_key(base).then_some(&base))
                    {
                        let own = inner.is_empty()
                            && !INSEPARABLE
                                .iter()
                                .any(|prefix| rest.strip_prefix(prefix).is_some_and(|rest| rest.len() > 3));
                        let ge = if own { "ge" } else { "" };
                        past.push(format!("{prefix}{ge}{inner}{other}en"));
                        if other.ends_with('t') {
                            past.push(format!("{prefix}{ge}{inner}{other}"));
                        }
                    }
                }
                let present = [format!("{stem}end"), format!("{stem}nd")];
                for participle in past.into_iter().chain(present) {
                    let own = |form: &&String| {
                        !form.starts_with(participle.as_str()) && (**form == infinitive || !is_adjective(form))
                    };
                    let others: u64 = finite.iter().filter(own).map(|form| self.counts.small(form)).sum();
                    // the finite forms of separable verbs are two words
                    let others = if prefix.is_empty() { others } else { others * SEPARATED };
                    let most = participles.entry(participle).or_default();
                    *most = others.max(*most);
                }
            }
        }
        participles
    }

    /// Stems of adjectives: words of which four declined forms are found, or a superlative.
    pub fn adjectives(&self, verbs: &[(String, bool)]) -> BTreeSet<String> {
        const ENDINGS: [&str; 5] = ["e", "en", "er", "es", "em"];
        let forms = self.words.iter().chain(self.counts.small.keys());
        let cut = forms.flat_map(|form| ENDINGS.iter().filter_map(|ending| form.strip_suffix(ending)));
        let bases: BTreeSet<String> = cut
            .filter(|base| base.chars().count() >= 2)
            .flat_map(|base| [Some(base.to_owned()), full(base)])
            .flatten()
            .collect();
        let shown = |base: &str| {
            let short = shortened(base);
            // the list has the forms of nouns in small letters too
            let with = |ending: &&str| {
                self.has(&format!("{base}{ending}"))
                    || short.as_ref().is_some_and(|short| self.has(&format!("{short}{ending}")))
            };
            let declined = ENDINGS.iter().filter(|ending| with(ending)).count();
            let superlative = ["sten", "esten"].iter().any(with);
            let written = self.has(base);
            let sure = with(&"em") || with(&"es");
            let noun = self.nouns.contains(base);
            let small = |ending: &str| self.counts.small(&format!("{base}{ending}")) >= MIN_COUNT;
            let kinds = ENDINGS.iter().filter(|ending| small(ending)).count();
            let long = base.chars().count() > 3;
            // reif, beside Reif and reifen: no verb and no noun has most of these endings
            let spoken = || {
                let often = |ending: &str| self.counts.small(&format!("{base}{ending}"));
                let sure = ["er", "es", "em"].map(often);
                let compared = base.strip_suffix("er").is_some_and(|stem| {
                    ["e", "en"].iter().all(|ending| self.counts.small(&format!("{stem}{ending}")) > 0)
                });
                often("") >= MIN_COUNT
                    && sure.iter().filter(|often| **often > 0).count() >= 2
                    && sure.iter().sum::<u64>() >= MIN_COUNT
                    && ["e", "en"].iter().all(|ending| often(ending) > 0)
                    && !compared
            };
            // nouns in -er, -el and -en take none of these endings
            let consonant =
                |end: &str| base.strip_suffix(end).is_some_and(|before| !before.ends_with(['a', 'e', 'i', 'o', 'u']));
            let stressless = ["er", "el", "en"].into_iter().any(consonant);
            if !long {
                return written && (kinds == 5 || kinds == 4 && superlative);
            }
            if spoken() {
                return true;
            }
            if !written {
                // müde, leise: the word ends in e
                let with_e = !noun && declined >= 4 && sure && with(&"e") && !with(&"t");
                return with_e || declined == 5 && !is_stop_word(base);
            }
            if noun {
                let used = kinds >= 4 || kinds >= 3 && small("em");
                let listed = stressless && declined >= 3 && with(&"e") && (with(&"er") || with(&"em"));
                return used || listed || superlative && self.words.contains(&format!("{base}sten"));
            }
            superlative && declined >= 1 || declined >= 4 || declined >= 3 && sure
        };
        let found: BTreeSet<String> = bases.into_iter().filter(|base| shown(base)).collect();
        let often =
            |base: &str| ENDINGS.iter().map(|ending| self.counts.small(&format!("{base}{ending}"))).sum::<u64>();
        let compared = |base: &String| {
            let degree = |suffix: &str| {
                base.strip_suffix(suffix).is_some_and(|positive| {
                    // leck is one, but lecker none of its forms
                    let own_forms = ["es", "em"]
                        .iter()
                        .any(|ending| self.counts.small(&format!("{positive}{ending}")) >= MIN_COUNT);
                    let known = found.contains(positive) && own_forms;
                    let changed = |stem: &str| {
                        let plain = plain(stem).filter(|plain| adjective_lists::WITH_UMLAUT.contains(&plain.as_str()));
                        plain.is_some() || adjective_lists::IRREGULAR.iter().any(|(irregular, _)| *irregular == stem)
                    };
                    known || changed(positive) || full(positive).is_some_and(|full| found.contains(&full))
                })
            };
            let own = self.has(&format!("{base}sten")) || self.has(&format!("{base}esten"));
            degree("er") && !own || degree("st") || degree("est") || base.ends_with("grösst")
        };
        // dunkl is dunkel, hoh is hoch, stärk is stark
        let changed = |base: &String| {
            let plain = plain(base).filter(|plain| adjective_lists::WITH_UMLAUT.contains(&plain.as_str()));
            let irregular = adjective_lists::IRREGULAR.iter().any(|(stem, _)| stem == base);
            base == "hoh" || irregular || plain.is_some() || full(base).is_some_and(|full| self.has(&full))
        };
        // a participle belongs to its verb, unless it is much commoner than the verb's other forms: verschieden is none of verscheiden
        let participles = self.participles(verbs, &|form| {
            ENDINGS.iter().chain(&[""]).filter_map(|ending| form.strip_suffix(ending)).any(|base| found.contains(base))
        });
        let of_verb = |base: &String| {
            !WORDS_OF_THEIR_OWN.contains(&base.as_str())
                && participles
                    .get(base)
                    .is_some_and(|others| others * PARTICIPLE_SHARE >= often(base) + self.counts.small(base))
        };
        // chemische is chemisch with an ending, unlike leise
        let ends_in_e = |base: &String| base.strip_suffix('e').is_some_and(|shorter| found.contains(shorter));
        let kept = |base: &&String| {
            !compared(base) && !changed(base) && !of_verb(base) && !ends_in_e(base) && !is_stop_word(base)
        };
        let irregular = adjective_lists::IRREGULAR.iter().map(|(_, positive)| (*positive).to_owned());
        found.iter().filter(kept).cloned().chain(irregular).collect()
    }
}

/// The other stems of strong verbs, by the stem of the infinitive.
pub fn strong() -> HashMap<&'static str, Vec<&'static str>> {
    include_str!("../../src/data/strong_verbs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut stems = line.split_whitespace().map(|stem| stem.trim_start_matches('+'));
            Some((stems.next()?, stems.collect()))
        })
        .collect()
}

/// The adjective of a stem that loses its e before an ending: dunkl, dunkel.
pub fn full(stem: &str) -> Option<String> {
    let last = stem.chars().last().filter(|last| matches!(last, 'l' | 'r' | 'n'))?;
    let before = &stem[..stem.len() - 1];
    let consonant = !before.ends_with(['a', 'e', 'i', 'o', 'ä', 'ö', 'ü', 'l', 'r', 'n', 'h']) && !before.is_empty();
    consonant.then(|| format!("{before}e{last}"))
}

/// The stem of an adjective without the e that it loses before an ending: dunkel, dunkl.
pub fn shortened(adjective: &str) -> Option<String> {
    let last = adjective.chars().last().filter(|last| matches!(last, 'l' | 'r' | 'n'))?;
    let before = adjective[..adjective.len() - 1].strip_suffix('e').filter(|before| before.len() >= 2)?;
    Some(format!("{before}{last}"))
}

/// A word with its last umlaut undone.
pub fn plain(word: &str) -> Option<String> {
    let (at, umlaut) = word.char_indices().rev().find(|(_, char)| matches!(char, 'ä' | 'ö' | 'ü'))?;
    let plain = match umlaut {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    };
    Some([&word[..at], plain, &word[at + umlaut.len_utf8()..]].concat())
}
