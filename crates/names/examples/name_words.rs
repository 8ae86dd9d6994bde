//! Makes the table of words (`src/data/words.bin`) from articles, JSON Lines with `title` and `body` on standard input.
//!
//!     cat *.jsonl | cargo run --release --example name_words -- [--places LIST] [--forenames LIST] [--annotated FILE]… [--habits [--model MODEL TABLE]] [--blocks 10] --write FILE
//!
//! Words that have the same neighbours get the same class: vectors by skip-grams that know the neighbour's place (Mikolov et al. 2013;
//! Ling et al. 2015), then k-means. `--vectors FILE` keeps the classes from one run to the next. `--places` has a gazetteer's names, one
//! a line; `--annotated` files tell which small words stand within names; `--habits` says what the tagger, as it is, takes words for.
//! The same input gives the same bytes.

#![allow(clippy::cast_sign_loss, reason = "no count is negative")]

#[path = "shared/annotated.rs"]
#[allow(dead_code, reason = "measuring is for others")]
mod annotated;

use findbuch_names::Tagger;
use findbuch_names::model::{Kind, Model, OTHER, begins, kind_of};
use findbuch_names::tokens::{Look, Token, divide};
use findbuch_names::words::{Known, WordTable};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::io::BufRead;
use std::path::PathBuf;

const DIMENSIONS: usize = 48;
const NEIGHBOURS: [isize; 4] = [-2, -1, 1, 2];
const NEGATIVES: usize = 5;
const ROUNDS: usize = 2;
const FINE: usize = 1000;
const COARSE: usize = 62;
/// Fewest occurrences of a word that gets a class, and of one that has a habit.
const FEWEST: u64 = 6;
/// Most words of the table: four fifths of its slots.
const MOST: usize = 205_000;

type Vector = [f32; DIMENSIONS];

fn main() -> std::io::Result<()> {
    let (mut places, mut forenames, mut annotated_files, mut habits, mut write, mut vectors) =
        (None, None, Vec::new(), false, None, None);
    let (mut blocks, mut tagger) = (10, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || PathBuf::from(arguments.next().unwrap_or_default());
        match argument.as_str() {
            "--places" => places = Some(value()),
            "--forenames" => forenames = Some(value()),
            "--annotated" => annotated_files.push(value()),
            "--habits" => habits = true,
            "--blocks" => blocks = value().to_string_lossy().parse().unwrap_or(blocks),
            "--model" => tagger = Some((value(), value())),
            "--vectors" => vectors = Some(value()),
            _ => write = Some(value()),
        }
    }
    let texts = read()?;
    let mut counts: HashMap<&str, u64> = HashMap::new();
    let (mut tokens, none) = (Vec::new(), WordTable::new(&[]));
    for text in &texts {
        divide(text, &none, &mut tokens);
        for token in &tokens {
            *counts.entry(&text[token.span.clone()]).or_default() += 1;
        }
    }
    let mut frequent: Vec<(&str, u64)> =
        counts.iter().filter(|(_, count)| **count >= FEWEST).map(|(word, count)| (*word, *count)).collect();
    frequent.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    eprintln!("{} texts, {} words, {} frequent", texts.len(), counts.len(), frequent.len());
    let mut known: BTreeMap<String, u32> = BTreeMap::new();
    let classes = match &vectors {
        Some(path) if path.exists() => std::fs::read_to_string(path)?,
        _ => {
            let classes = classes(&texts, &frequent);
            if let Some(path) = &vectors {
                std::fs::write(path, &classes)?;
            }
            classes
        }
    };
    for line in classes.lines() {
        let mut cells = line.split('\t');
        let (Some(word), Some(class)) = (cells.next(), cells.next().and_then(|class| class.parse::<u32>().ok())) else {
            continue;
        };
        known.insert(word.to_owned(), class);
    }
    if let Some(path) = places {
        for name in std::fs::read_to_string(path)?.lines().filter(|name| !name.contains(' ')) {
            *known.entry(name.to_owned()).or_default() |= Known::PLACE;
        }
    }
    if let Some(path) = forenames {
        for name in
            std::fs::read_to_string(path)?.lines().filter(|name| Token::new(name, 0, &none).look == Look::Capital)
        {
            *known.entry(name.to_owned()).or_default() |= Known::FORENAME;
        }
    }
    let mut inner: HashMap<String, usize> = HashMap::new();
    for (file, path) in annotated_files.iter().enumerate() {
        for sentence in annotated::read(path, file)?.iter().filter(|sentence| sentence.block % 10 < blocks) {
            for (word, label) in sentence.words.iter().zip(&sentence.labels) {
                if *label != 0 && Token::new(word, 0, &none).look != Look::Capital {
                    *inner.entry(word.clone()).or_default() += 1;
                }
            }
        }
    }
    for word in inner.into_iter().filter(|(_, count)| *count >= 2).map(|(word, _)| word) {
        *known.entry(word).or_default() |= Known::INNER;
    }
    if habits {
        for (word, habit) in self::habits(&texts, tagger)? {
            let often = |word: &str| counts.get(word).copied().unwrap_or(0);
            let base = word.strip_suffix('s').map_or(0, often);
            let genitive = base >= 20 && base > 4 * often(&word) && !matches!(habit, 1..=5);
            *known.entry(word).or_default() |= habit << Known::HABIT_AT | if genitive { Known::GENITIVE } else { 0 };
        }
    }
    // the most frequent stay
    let mut entries: Vec<(u64, String, Known)> = known
        .into_iter()
        .map(|(word, known)| (counts.get(word.as_str()).copied().unwrap_or(0), word, Known(known)))
        .filter(|(_, _, known)| known.0 != 0)
        .collect();
    entries.sort_by(|a, b| (b.2.is_inner(), b.0).cmp(&(a.2.is_inner(), a.0)).then_with(|| a.1.cmp(&b.1)));
    eprintln!("{} entries", entries.len());
    entries.truncate(MOST);
    let entries: Vec<(String, Known)> = entries.into_iter().map(|(_, word, known)| (word, known)).collect();
    std::fs::write(write.unwrap_or_else(|| "crates/names/src/data/words.bin".into()), WordTable::build(&entries))
}

fn read() -> std::io::Result<Vec<String>> {
    let (mut texts, mut seen) = (Vec::new(), HashSet::new());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let article: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        let text = format!(
            "{}\n{}",
            article["title"].as_str().unwrap_or_default(),
            article["body"].as_str().unwrap_or_default()
        );
        if seen.insert(text.clone()) {
            texts.push(text);
        }
    }
    Ok(texts)
}

/// Frequent words with their classes, a line each.
fn classes(texts: &[String], frequent: &[(&str, u64)]) -> String {
    let numbers: HashMap<&str, u32> = frequent.iter().enumerate().map(|(at, (word, _))| (*word, at as u32)).collect();
    let (mut tokens, none) = (Vec::new(), WordTable::new(&[]));
    let texts: Vec<Vec<u32>> = texts
        .iter()
        .map(|text| {
            divide(text, &none, &mut tokens);
            tokens.iter().map(|token| numbers.get(&text[token.span.clone()]).copied().unwrap_or(u32::MAX)).collect()
        })
        .collect();
    let vectors = vectors(&texts, frequent);
    let (fine, centres) = means(&vectors, FINE, 50_000);
    let (coarse, _) = means(&centres, COARSE, FINE);
    let mut lines = String::new();
    for ((word, _), class) in frequent.iter().zip(fine) {
        let class = (class as u32 + 1) | (coarse[class] as u32 + 1) << Known::COARSE_AT;
        let _ = writeln!(lines, "{word}\t{class}");
    }
    lines
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

fn vectors(texts: &[Vec<u32>], frequent: &[(&str, u64)]) -> Vec<Vector> {
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut words: Vec<Vector> =
        frequent.iter().map(|_| std::array::from_fn(|_| (random.unit() - 0.5) / DIMENSIONS as f32)).collect();
    let mut contexts: Vec<Vector> = vec![[0.0; DIMENSIONS]; frequent.len() * NEIGHBOURS.len()];
    let all: u64 = frequent.iter().map(|(_, count)| count).sum();
    let keep: Vec<f32> = frequent.iter().map(|(_, count)| (1e-3 * all as f32 / *count as f32).sqrt()).collect();
    let mut drawn = Vec::new();
    for (at, (_, count)) in frequent.iter().enumerate() {
        let share = (*count as f64).powf(0.75).abs() as u64 / 4 + 1;
        drawn.extend((0..share).map(|_| at as u32));
    }
    let steps = ROUNDS * texts.len();
    for step in 0..steps {
        let text = &texts[step % texts.len()];
        let rate = 0.05 * (1.0 - step as f32 / steps as f32).max(0.002);
        for at in 0..text.len() {
            let word = text[at] as usize;
            if word >= words.len() || random.unit() > keep[word] {
                continue;
            }
            let mut change = [0.0; DIMENSIONS];
            for (slot, offset) in NEIGHBOURS.iter().enumerate() {
                let Some(&other) = at.checked_add_signed(*offset).and_then(|at| text.get(at)) else { continue };
                if other == u32::MAX {
                    continue;
                }
                for negative in 0..=NEGATIVES {
                    let (target, wanted) = if negative == 0 {
                        (other, 1.0)
                    } else {
                        (drawn[(random.next() % drawn.len() as u64) as usize], 0.0)
                    };
                    let context = &mut contexts[target as usize * NEIGHBOURS.len() + slot];
                    let vector = &words[word];
                    let product = product(vector, context);
                    let gradient = (wanted - 1.0 / (1.0 + (-product).exp())) * rate;
                    for ((change, context), vector) in change.iter_mut().zip(context.iter_mut()).zip(vector) {
                        *change += gradient * *context;
                        *context += gradient * vector;
                    }
                }
            }
            for (value, change) in words[word].iter_mut().zip(change) {
                *value += change;
            }
        }
        if step % 10_000 == 0 {
            eprintln!("{step} of {steps}");
        }
    }
    for vector in &mut words {
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-6);
        for value in vector.iter_mut() {
            *value /= length;
        }
    }
    words
}

/// The inner product, summed in eight lanes.
fn product(a: &Vector, b: &Vector) -> f32 {
    let mut lanes = [0.0; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += a * b;
        }
    }
    lanes.iter().sum()
}

/// The class of each vector and the centres, learnt from the first vectors.
fn means(vectors: &[Vector], classes: usize, first: usize) -> (Vec<usize>, Vec<Vector>) {
    let first = &vectors[..vectors.len().min(first)];
    let mut centres: Vec<Vector> = (0..classes).map(|at| first[at * first.len() / classes]).collect();
    let nearest = |centres: &[Vector], vector: &Vector| {
        let mut best = (f32::MIN, 0);
        for (at, centre) in centres.iter().enumerate() {
            let product = product(vector, centre);
            if product > best.0 {
                best = (product, at);
            }
        }
        best.1
    };
    for round in 0..8 {
        let mut sums = vec![([0.0; DIMENSIONS], 0_u32); classes];
        for vector in first {
            let class = nearest(&centres, vector);
            sums[class].1 += 1;
            sums[class].0.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        }
        for (at, (centre, (sum, count))) in centres.iter_mut().zip(sums).enumerate() {
            let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
            *centre = if count == 0 || length < 1e-6 {
                first[(at * 7919 + round * 104_729) % first.len()]
            } else {
                sum.map(|value| value / length)
            };
        }
    }
    (vectors.iter().map(|vector| nearest(&centres, vector)).collect(), centres)
}

/// What the tagger takes words for in articles: 1 to 30, by what it mostly is and how certainly.
fn habits(texts: &[String], tagger: Option<(PathBuf, PathBuf)>) -> std::io::Result<Vec<(String, u32)>> {
    let (model, words) = match tagger {
        Some((model, words)) => (std::fs::read(model)?, std::fs::read(words)?),
        None => (Vec::new(), Vec::new()),
    };
    let tagger =
        if model.is_empty() { Tagger::default().model().clone() } else { Model::new(&model, WordTable::new(&words)) };
    let mut uses: HashMap<&str, [u32; 6]> = HashMap::new();
    let mut tokens = Vec::new();
    for text in texts {
        for paragraph in text.split('\n') {
            divide(paragraph, &tagger.words, &mut tokens);
            let mut labels = vec![0_usize; tokens.len()];
            for name in tagger.mentions(&tokens) {
                for at in name.tokens.clone() {
                    labels[at] = begins(name.kind) + usize::from(at != name.tokens.start);
                }
            }
            for (token, label) in tokens.iter().zip(labels) {
                let at = match kind_of(label) {
                    Some((Kind::Person, true)) => 1,
                    Some((Kind::Person, false)) => 2,
                    Some((Kind::Place, _)) => 3,
                    Some((Kind::Organisation, _)) => 4,
                    None => 5 * usize::from(label == OTHER),
                };
                if token.look == Look::Capital {
                    uses.entry(&paragraph[token.span.clone()]).or_default()[at] += 1;
                }
            }
        }
    }
    let mut found: Vec<(String, u32)> = Vec::new();
    for (word, counts) in uses {
        let all: u32 = counts.iter().sum();
        if all < 5 {
            continue;
        }
        let (at, most) = counts.iter().enumerate().max_by_key(|(at, count)| (**count, 6 - at)).unwrap_or((0, &0));
        let share = f64::from(*most) / f64::from(all);
        let degree = [0.55, 0.75, 0.9, 0.97].iter().filter(|bound| share > **bound).count() as u32;
        found.push((word.to_owned(), 1 + at as u32 * 5 + degree));
    }
    found.sort();
    Ok(found)
}
