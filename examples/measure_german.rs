//! Measures compound splitting on gold lists, `word ⇥ parts with a space between` a line.
//!
//! ```text
//! cargo run --release --example measure_german -- FILE…
//! ```
//!
//! Prints for each list: the share of words divided exactly as the gold says (number of parts), the precision and recall
//! of cuts where the gold gives surface parts, and the share of undivided words that are divided.

use findbuch::german::{Splitter, fold};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let splitter = Splitter::default();
    let show = std::env::var_os("SHOW").is_some();
    for path in std::env::args().skip(1) {
        let (mut words, mut exact, mut simple, mut divided) = (0, 0, 0, 0);
        let (mut right, mut made, mut wanted) = (0, 0, 0);
        for line in std::fs::read_to_string(&path)?.lines() {
            let Some((word, gold)) = line.split_once('\t') else { continue };
            let folded = fold(word);
            let capitalised: String =
                word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
            let found = splitter.split(&capitalised, &folded);
            let gold: Vec<String> = gold.split_whitespace().map(fold).collect();
            words += 1;
            exact += usize::from(found.len().max(1) == gold.len());
            simple += usize::from(gold.len() == 1);
            divided += usize::from(gold.len() == 1 && !found.is_empty());
            let cuts: Vec<usize> = found.iter().skip(1).map(|part| part.start).collect();
            let mut at = 0;
            let gold_cuts: Vec<usize> = gold[..gold.len() - 1]
                .iter()
                .map(|part| {
                    at += part.len();
                    at
                })
                .collect();
            right += cuts.iter().filter(|cut| gold_cuts.contains(cut)).count();
            made += cuts.len();
            wanted += gold_cuts.len();
            if show && found.len().max(1) != gold.len() {
                let parts: Vec<&str> = found.iter().map(|part| &folded[part.clone()]).collect();
                println!("  {folded}: {} instead of {}", parts.join("|"), gold.join("|"));
            }
        }
        let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
        println!(
            "{path}: {words} words, as many parts {:.3}, cuts precision {:.3} recall {:.3}, simple words divided {:.3} of {simple}",
            share(exact, words),
            share(right, made),
            share(right, wanted),
            share(divided, simple)
        );
    }
    Ok(())
}
