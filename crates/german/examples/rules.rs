//! Counts which rule gives the stem of each word of a text.
//!
//! ```text
//! cargo run --release -p findbuch-german --example rules -- TEXT
//! ```

use findbuch_german::{Analyzer, Class, fold, form_readings, is_known, is_stop_word, words};
use std::collections::{BTreeMap, HashSet};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a text")?;
    let text = std::fs::read_to_string(path)?;
    let mut analyzer = Analyzer::default();
    let mut counts: BTreeMap<&str, (u64, HashSet<String>)> = BTreeMap::new();
    let mut all = 0;
    for line in text.lines() {
        for span in words(line) {
            let word = &line[span];
            let (number, forms) = counts.entry(rule(word, &mut analyzer)).or_default();
            (*number, all) = (*number + 1, all + 1);
            forms.insert(word.to_owned());
        }
    }
    for (rule, (number, forms)) in counts {
        println!("{rule:<40} {:>5.1} % of words, {} forms", 100.0 * number as f64 / f64::from(all.max(1)), forms.len());
    }
    Ok(())
}

/// The rule that decides.
fn rule(word: &str, analyzer: &mut Analyzer) -> &'static str {
    let form = fold(word);
    let capital = word.starts_with(char::is_uppercase);
    if word.starts_with(|char: char| char.is_ascii_digit()) {
        return "number";
    }
    if is_stop_word(&form) {
        return "function word";
    }
    let several = !analyzer.entry(word).others().is_empty();
    match form_readings(&form, capital).first().map(|reading| reading.class) {
        Some(Class::Noun) if is_known(word) => "noun of the lexicon",
        Some(Class::Noun) if !analyzer.entry(word).parts().is_empty() => "noun by its last part",
        Some(Class::Noun) => "name, or noun that no table has",
        Some(Class::Adjective) if several => "adjective, and another word",
        Some(Class::Adjective) => "adjective",
        Some(Class::Verb) if several => "verb, and another word",
        Some(Class::Verb) => "verb",
        Some(Class::Particle) => "word without inflection",
        None => "written small and in no table (Snowball)",
    }
}
