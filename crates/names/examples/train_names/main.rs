//! Learns the weights of the tagger from annotated files.
//!
//!     cargo run --release --example train_names -- FILE… [--old 0.2] [--blocks 8] [--write MODEL [--whole]] [--words TABLE]
//!
//! Of every ten blocks of forty sentences the first `--blocks` are learnt from and the next two measured by: 6 to choose by, 8 to
//! report. `--whole` learns what is written from all ten. The same files give the same bytes.

#[path = "../shared/annotated.rs"]
mod annotated;
mod learn;

use annotated::{Counts, Sentence};
use findbuch_names::model::Model;
use findbuch_names::tokens::Token;
use findbuch_names::words::WordTable;
use learn::{Options, learn};
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut options = Options::default();
    let (mut files, mut write, mut words, mut blocks, mut whole) =
        (Vec::new(), None, PathBuf::from("crates/names/src/data/words.bin"), 8, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--log" => options.log = value().parse().unwrap_or(options.log),
            "--rounds" => options.rounds = value().parse().unwrap_or(options.rounds),
            "--decay" => options.decay = value().parse().unwrap_or(options.decay),
            "--fewest" => options.fewest = value().parse().unwrap_or(options.fewest),
            "--bias" => options.bias = value().parse().unwrap_or(options.bias),
            "--drop" => options.drop = value().parse().unwrap_or(options.drop),
            "--old" => options.old = value().parse().unwrap_or(options.old),
            "--words" => words = value().into(),
            "--write" => write = Some(PathBuf::from(value())),
            "--blocks" => blocks = value().parse().unwrap_or(blocks),
            "--whole" => whole = true,
            _ => files.push(PathBuf::from(argument)),
        }
    }
    let known = std::fs::read(words)?;
    let table = WordTable::new(&known);
    let mut sentences = Vec::new();
    for (file, path) in files.iter().enumerate() {
        sentences.extend(annotated::read(path, file)?);
    }
    let part = |wanted: std::ops::Range<usize>| -> Vec<Sentence> {
        sentences.iter().filter(|sentence| wanted.contains(&(sentence.block % 10))).cloned().collect()
    };
    let weights = learn(&part(0..blocks), &table, &options);
    let model = Model::new(&weights, table.clone());
    for (file, path) in files.iter().enumerate() {
        println!("{}: blocks {blocks} and {} of ten", path.display(), blocks + 1);
        let held: Vec<Sentence> =
            part(blocks..blocks + 2).into_iter().filter(|sentence| sentence.file == file).collect();
        annotated::print(&measure(&model, &held));
    }
    if let Some(path) = write {
        std::fs::write(path, if whole { learn(&sentences, &table, &options) } else { weights.clone() })?;
    }
    Ok(())
}

fn measure(model: &Model<'_>, sentences: &[Sentence]) -> [Counts; 3] {
    let mut counts = [Counts::default(); 3];
    for sentence in sentences {
        let tokens: Vec<Token> = sentence.words.iter().map(|word| Token::new(word, 0, &model.words)).collect();
        let found = model.mentions(&tokens);
        let found: Vec<_> = found.into_iter().map(|name| (name.kind, name.tokens.start, name.tokens.end)).collect();
        annotated::count(&mut counts, &found, &annotated::names(&sentence.labels));
    }
    counts
}
