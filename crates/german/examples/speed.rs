//! Analyses a text some times over, to be timed from outside.
//!
//! ```text
//! time cargo run --release -p findbuch-german --example speed -- TEXT TIMES
//! ```
//!
//! The first time finds the table of words empty; what a further time takes is analysis with the table that an index is made with.

use findbuch_german::{Analyzer, words};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, times] = arguments.as_slice() else { return Err("name a text, and how often it is analysed".into()) };
    let (text, times) = (std::fs::read_to_string(path)?, times.parse::<u32>()?);
    let (mut analyzer, mut stems) = (Analyzer::default(), 0);
    for _ in 0..times {
        for line in text.lines() {
            for span in words(line) {
                stems += analyzer.entry_at(line, span).stem().len();
            }
        }
    }
    println!("{} MB, {times} times, {stems} bytes of stems", text.len() / 1_000_000);
    Ok(())
}
