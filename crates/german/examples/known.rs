//! Analyses beforehand the words that a text often has: writes `known.bin` and `recipes.bin` (`src/known.rs`).
//!
//! ```text
//! cargo run --release -p findbuch-german --example known -- news.txt crates/german/src/data
//! ```
//!
//! After any change of the analysis, and after `examples/tables`: the words that are known are looked up while these are counted, which
//! changes nothing that is written.

#[path = "../src/hashed.rs"]
#[allow(dead_code)]
mod hashed;

use findbuch_german::{Analyzer, words};
use std::collections::HashMap;
use std::path::Path;

/// Words that are known: what fills two thirds of the slots of a map of 3.1 MB.
const MAX_WORDS: usize = (1 << 19) * 2 / 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [news, folder] = arguments.as_slice() else { return Err("name a text, and the folder for the tables".into()) };
    let text = std::fs::read_to_string(news)?;
    let mut analyzer = Analyzer::default();
    let mut counts: HashMap<String, u64> = HashMap::new();
    for line in text.lines() {
        for span in words(line) {
            for key in analyzer.keys(line, span) {
                *counts.entry(key).or_default() += 1;
            }
        }
    }
    let mut words: Vec<(String, u64)> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MAX_WORDS);
    let mut numbers: HashMap<Vec<u8>, u16> = HashMap::new();
    let (mut recipes, mut known, mut without) = (Vec::new(), Vec::new(), 0);
    for (word, _) in words {
        let mut number_of = |recipe: Vec<u8>| {
            if let Some(number) = numbers.get(&recipe) {
                return Some(*number);
            }
            let number = u16::try_from(numbers.len()).ok()?;
            recipes.push(u8::try_from(recipe.len()).ok()?);
            recipes.extend(&recipe);
            numbers.insert(recipe, number);
            Some(number)
        };
        let number = analyzer.recipe(&word).and_then(&mut number_of);
        match number {
            Some(number) => known.push((word, number)),
            None => without += 1,
        }
    }
    println!("{} words by {} recipes of {} bytes; {without} without", known.len(), numbers.len(), recipes.len());
    let folder = Path::new(folder);
    std::fs::write(folder.join("known.bin"), hashed::build(&known)?)?;
    std::fs::write(folder.join("recipes.bin"), recipes)?;
    Ok(())
}
