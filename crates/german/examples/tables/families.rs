//! Families of words: verbs with the nouns that are made of them (verhaften, Verhaftung), adjectives with theirs (sicher, Sicherheit).
//!
//! What may be of a family is told by the form, in the ways in which German makes nouns; what is of one, by how it is used: two words
//! of a family stand in the same passages several times as often as chance has it (Wahl and wählen, but not Zeit and zeitigen).

use crate::Result;
use crate::inventory::{INSEPARABLE, plain, strong};
use findbuch_german::{Analyzer, is_stop_word};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

/// Lines that make a passage, some two hundred words.
const PASSAGE: usize = 8;
/// Passages that must have both words.
const MIN_TOGETHER: u64 = 3;
/// Where chance alone would give fewer passages than this, the form decides for suffixes that have no other meaning.
const MIN_EXPECTED: f64 = 1.0;

/// How a noun is made, which says how much more than by chance it must stand beside its base.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    /// By a suffix that makes nouns of such words and nothing else (Verhaftung).
    Clearly,
    /// Of the stem as it is (Streik, Frage).
    OfStem,
    /// By a suffix that other words end in, too (Macht).
    Perhaps,
    /// With another vowel (Flug) or a t (Fahrt), as many words are that have nothing to do with each other.
    Changed,
}

impl Made {
    /// Times the passages with both are as many as chance gives.
    const fn lift(self) -> f64 {
        match self {
            Made::Clearly | Made::OfStem => 2.0,
            Made::Perhaps => 3.0,
            Made::Changed => 4.0,
        }
    }
}

/// A noun that may be of the family of a verb or adjective.
struct Candidate {
    base: String,
    noun: String,
    made: Made,
}

/// The families: verbs and adjectives in their basic form, each with its nouns.
pub fn families(
    verbs: &[(String, bool)],
    adjectives: &BTreeSet<String>,
    prefixes: &[String],
    nouns: &HashSet<String>,
    text: &str,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut candidates = Vec::new();
    let strong = strong();
    for (stem, short) in verbs {
        let base = format!("{stem}{}", if *short { "n" } else { "en" });
        of_verb(stem, *short, prefixes, &strong, &mut |noun, made| {
            candidates.push(Candidate { base: base.clone(), noun, made });
        });
    }
    for adjective in adjectives {
        of_adjective(adjective, &mut |noun, made| {
            candidates.push(Candidate { base: adjective.clone(), noun, made });
        });
    }
    // sein, haben and the like stand beside every noun
    let functional = |word: &str| is_stop_word(word) || word.strip_suffix("en").is_some_and(is_stop_word);
    candidates.retain(|candidate| {
        nouns.contains(&candidate.noun) && candidate.noun != candidate.base && !functional(&candidate.base)
    });
    let together = Together::of(&candidates, text);
    let mut families: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for candidate in candidates {
        let (both, expected) = together.of_pair(&candidate.base, &candidate.noun);
        let used = both >= MIN_TOGETHER && both as f64 >= candidate.made.lift() * expected;
        if used || candidate.made == Made::Clearly && expected < MIN_EXPECTED {
            families.entry(candidate.base).or_default().insert(candidate.noun);
        }
    }
    families
}

/// The nouns that can be made of a verb, given by its stem.
fn of_verb(
    stem: &str,
    short: bool,
    prefixes: &[String],
    strong: &HashMap<&str, Vec<&str>>,
    offer: &mut dyn FnMut(String, Made),
) {
    // sammeln, Sammlung
    let base = if short {
        stem.strip_suffix("el").map_or(stem.to_owned(), |rest| format!("{rest}l"))
    } else {
        stem.to_owned()
    };
    offer(format!("{base}ung"), Made::Clearly);
    if short && base != stem {
        offer(format!("{stem}ung"), Made::Clearly);
    }
    offer(format!("{stem}nis"), Made::Clearly);
    offer(stem.to_owned(), Made::OfStem);
    offer(format!("{stem}e"), Made::OfStem);
    offer(format!("{stem}t"), Made::Changed);
    // wählen, Wahl; angreifen, Angriff; fliegen, Flug
    let mut stems: BTreeMap<String, Made> = plain(stem).into_iter().map(|stem| (stem, Made::Perhaps)).collect();
    for prefix in prefixes.iter().map(String::as_str).chain(INSEPARABLE).chain([""]) {
        let Some(rest) = stem.strip_prefix(prefix) else { continue };
        let within = INSEPARABLE.iter().filter_map(|inner| Some((*inner, rest.strip_prefix(inner)?)));
        for (inner, rest) in within.chain([("", rest)]) {
            let Some(others) = strong.get(rest) else { continue };
            for other in others.iter().filter(|other| !other.starts_with("ge") || rest.starts_with("ge")) {
                stems.insert(format!("{prefix}{inner}{other}"), Made::Perhaps);
            }
            for vowel in
                others.iter().filter(|other| !other.starts_with("ge")).chain([&rest]).flat_map(|other| vowels(other))
            {
                stems.entry(format!("{prefix}{inner}{vowel}")).or_insert(Made::Changed);
            }
        }
    }
    for (stem, made) in &stems {
        offer(stem.clone(), *made);
        offer(format!("{stem}e"), *made);
        offer(format!("{stem}t"), Made::Changed);
    }
    if let Some(root) = stem.strip_suffix("ier") {
        for ending in ["ation", "ition", "ion", "ant", "ent", "ik", "ie", "", "e", "ur", "anz", "enz", "or", "ator"] {
            offer(format!("{root}{ending}"), if ending == "ation" { Made::Clearly } else { Made::Perhaps });
        }
        for (end, endings) in [
            ("z", "ktion"),
            ("t", "ssion"),
            ("d", "sion"),
            ("g", "ktion"),
            ("g", "ktur"),
            ("t", "tion"),
            ("d", "ssion"),
        ] {
            if let Some(root) = root.strip_suffix(end) {
                offer(format!("{root}{endings}"), Made::Perhaps);
            }
        }
    }
}

/// The nouns that can be made of an adjective, or that it can be made of.
fn of_adjective(adjective: &str, offer: &mut dyn FnMut(String, Made)) {
    let changed = |word: &str| -> Vec<String> {
        let with_umlaut =
            word.char_indices().rev().find(|(_, char)| matches!(char, 'a' | 'o' | 'u')).map(|(at, char)| {
                let umlaut = match char {
                    'a' => "ä",
                    'o' => "ö",
                    _ => "ü",
                };
                [&word[..at], umlaut, &word[at + 1..]].concat()
            });
        [Some(word.to_owned()), with_umlaut, plain(word)].into_iter().flatten().collect()
    };
    for suffix in ["heit", "keit", "igkeit"] {
        offer(format!("{adjective}{suffix}"), Made::Clearly);
    }
    offer(format!("{}e", adjective.strip_suffix('e').unwrap_or(adjective)), Made::Perhaps);
    for stem in changed(adjective) {
        for ending in ["e", "te"] {
            offer(format!("{stem}{ending}"), Made::Perhaps);
        }
    }
    for suffix in ["lich", "ig", "isch", "haft", "al", "ell", "iell", "ös", "iv", "ent", "ant"] {
        let Some(root) = adjective.strip_suffix(suffix).filter(|root| root.len() >= 3) else { continue };
        for root in changed(root) {
            for ending in ["", "e", "en", "ie", "ik", "ion", "enz", "anz", "ung", "ität"] {
                offer(format!("{root}{ending}"), Made::Perhaps);
            }
        }
    }
    for ending in ["ität", "ismus", "ie", "ik"] {
        offer(format!("{adjective}{ending}"), Made::Perhaps);
    }
}

/// A stem with each of the vowels that nouns of strong verbs have in place of its last (flieg, Flug).
fn vowels(stem: &str) -> impl Iterator<Item = String> + use<> {
    let vowel = |char: char| matches!(char, 'a' | 'e' | 'i' | 'o' | 'u' | 'ä' | 'ö' | 'ü');
    let end = stem.rfind(vowel).map(|at| at + stem[at..].chars().next().map_or(0, char::len_utf8));
    let start = end.map_or(0, |end| stem[..end].trim_end_matches(vowel).len());
    let (before, after) = end.map_or(("", ""), |end| (&stem[..start], &stem[end..]));
    let (before, after) = (before.to_owned(), after.to_owned());
    let found = end.is_some();
    ["a", "i", "o", "u", "ie"].into_iter().filter(move |_| found).map(move |vowel| format!("{before}{vowel}{after}"))
}

/// In how many passages words stand, alone and two together.
struct Together {
    passages: u64,
    alone: HashMap<String, u64>,
    pairs: HashMap<(String, String), u64>,
}

impl Together {
    fn of(candidates: &[Candidate], text: &str) -> Together {
        let mut partners: HashMap<&str, Vec<&str>> = HashMap::new();
        let wanted: HashSet<&str> =
            candidates.iter().flat_map(|pair| [pair.base.as_str(), pair.noun.as_str()]).collect();
        for pair in candidates {
            partners.entry(&pair.base).or_default().push(&pair.noun);
        }
        let mut together = Together { passages: 0, alone: HashMap::new(), pairs: HashMap::new() };
        let mut analyzer = Analyzer::default();
        let lines: Vec<&str> = text.lines().collect();
        for passage in lines.chunks(PASSAGE) {
            together.passages += 1;
            let tokens = analyzer.tokens(&passage.join("\n"));
            let stems: HashSet<&str> = tokens
                .iter()
                .flat_map(|token| token.all_terms())
                .filter_map(|terms| wanted.get(&*terms.stem).copied())
                .collect();
            for stem in &stems {
                *together.alone.entry((*stem).to_owned()).or_default() += 1;
                for noun in partners.get(stem).into_iter().flatten().filter(|noun| stems.contains(*noun)) {
                    *together.pairs.entry(((*stem).to_owned(), (*noun).to_owned())).or_default() += 1;
                }
            }
        }
        together
    }

    /// How many passages have both, and how many would by chance.
    fn of_pair(&self, base: &str, noun: &str) -> (u64, f64) {
        let alone = |word: &str| self.alone.get(word).copied().unwrap_or(0) as f64;
        let both = self.pairs.get(&(base.to_owned(), noun.to_owned())).copied().unwrap_or(0);
        (both, alone(base) * alone(noun) / self.passages.max(1) as f64)
    }
}

/// Writes each word of a family, folded, with its relatives as they are spelled in the lists, in the order of bytes.
pub fn write_families(
    folder: &Path,
    families: &BTreeMap<String, BTreeSet<String>>,
    spelled: &HashMap<String, String>,
) -> Result<()> {
    let path = folder.join("families.txt");
    let spelled = |word: &String| spelled.get(word).unwrap_or(word).clone();
    let noun = |word: &String| {
        let word = spelled(word);
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    let mut relatives: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (base, nouns) in families {
        for made in nouns {
            relatives.entry(base).or_default().insert(noun(made));
            relatives.entry(made).or_default().insert(spelled(base).to_lowercase());
        }
    }
    let line = |(word, relatives): (&&str, &BTreeSet<String>)| {
        format!("{word}: {}\n", relatives.iter().map(String::as_str).collect::<Vec<_>>().join(", "))
    };
    let text: String = relatives.iter().map(line).collect();
    std::fs::write(&path, &text)?;
    println!("{}: {} words, {} bytes", path.display(), relatives.len(), text.len());
    Ok(())
}
