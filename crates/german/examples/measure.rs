//! Measures the division of compounds and the stems on gold lists.
//!
//! ```text
//! cargo run --release -p findbuch-german --example measure -- FILE…
//! ```
//!
//! The lines of a file say what it measures:
//!
//! - a word, a tab and its parts with spaces between: compounds. Prints the share of words divided into as many parts as the list says,
//!   and of simple words that are divided; of words with two parts, the share divided exactly there, there and perhaps elsewhere too,
//!   and elsewhere only.
//! - a word: names, which should stay whole. Prints the share that is divided.
//! - several words: forms of one word. Prints pairwise precision, recall and F1 of the stems.
//!
//! With `SHOW` in the environment every difference is listed; with `LEARN=FILE` a vocabulary is first learnt from that text.

use findbuch_german::{Analyzer, Splitter, Vocabulary, VocabularyLearner, fold};
use std::collections::HashMap;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let learnt = Arc::new(learnt()?);
    let splitter = Splitter::with_vocabulary(&learnt);
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let lines = || text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let measured = if lines().any(|line| line.contains('\t')) {
            compounds(&splitter, lines())
        } else if lines().any(|line| line.trim().contains(' ')) {
            clusters(lines())
        } else {
            names(&splitter, lines())
        };
        println!("{path}: {measured}");
    }
    Ok(())
}

fn learnt() -> std::io::Result<Vocabulary> {
    let mut learner = VocabularyLearner::default();
    if let Some(path) = std::env::var_os("LEARN") {
        learner.read(&std::fs::read_to_string(path)?);
    }
    Ok(learner.learn())
}

fn show(line: impl FnOnce() -> String) {
    if std::env::var_os("SHOW").is_some() {
        println!("  {}", line());
    }
}

fn share(part: usize, of: usize) -> f64 {
    part as f64 / of.max(1) as f64
}

/// The parts of a word as a noun or else as an adjective, as the lists have no capitals.
fn divide(splitter: &Splitter, word: &str) -> Vec<String> {
    let folded = fold(word);
    let mut ranges = splitter.split(&folded, true);
    if ranges.is_empty() && word.starts_with(char::is_lowercase) {
        ranges = splitter.split(&folded, false);
    }
    let parts: Vec<String> = ranges.into_iter().map(|part| folded[part].to_owned()).collect();
    if parts.is_empty() { vec![folded] } else { parts }
}

fn cuts(parts: &[String]) -> Vec<usize> {
    let ends = parts.iter().scan(0, |at, part| {
        *at += part.len();
        Some(*at)
    });
    ends.take(parts.len().saturating_sub(1)).collect()
}

fn compounds<'a>(splitter: &Splitter, lines: impl Iterator<Item = &'a str>) -> String {
    let (mut words, mut as_many, mut simple, mut divided) = (0, 0, 0, 0);
    let (mut binary, mut exact, mut among, mut elsewhere) = (0, 0, 0, 0);
    for line in lines {
        let Some((word, gold)) = line.split_once('\t') else { continue };
        let found = divide(splitter, word);
        let gold: Vec<String> = gold.split_whitespace().map(fold).collect();
        words += 1;
        as_many += usize::from(found.len() == gold.len());
        simple += usize::from(gold.len() == 1);
        divided += usize::from(gold.len() == 1 && found.len() > 1);
        let (found_cuts, gold_cuts) = (cuts(&found), cuts(&gold));
        if let [cut] = gold_cuts.as_slice() {
            binary += 1;
            exact += usize::from(found_cuts == gold_cuts);
            among += usize::from(found_cuts.contains(cut));
            elsewhere += usize::from(!found_cuts.is_empty() && !found_cuts.contains(cut));
        }
        if found.len() != gold.len() || found_cuts != gold_cuts {
            show(|| format!("{}: {} instead of {}", fold(word), found.join("|"), gold.join("|")));
        }
    }
    format!(
        "{words} words, as many parts {:.3}, simple words divided {:.3} of {simple}; of {binary} with two parts exactly so \
         {:.3}, there {:.3}, divided elsewhere only {:.3}",
        share(as_many, words),
        share(divided, simple),
        share(exact, binary),
        share(among, binary),
        share(elsewhere, binary),
    )
}

fn names<'a>(splitter: &Splitter, lines: impl Iterator<Item = &'a str>) -> String {
    let (mut words, mut divided) = (0, 0);
    for line in lines {
        let found = divide(splitter, line.trim());
        words += 1;
        divided += usize::from(found.len() > 1);
        if found.len() > 1 {
            show(|| found.join("|"));
        }
    }
    format!("{words} names, divided {:.3}", share(divided, words))
}

fn clusters<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut analyzer = Analyzer::default();
    let mut groups: HashMap<String, HashMap<usize, usize>> = HashMap::new();
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let mut wanted = 0;
    for (cluster, line) in lines.enumerate() {
        let mut stems: Vec<&str> = Vec::new();
        for word in line.split_whitespace() {
            let stem = analyzer.entry(word).stem().to_owned();
            *groups.entry(stem).or_default().entry(cluster).or_default() += 1;
            stems.push(word);
        }
        wanted += pairs(stems.len());
        let mut forms: HashMap<String, Vec<&str>> = HashMap::new();
        for word in &stems {
            forms.entry(analyzer.entry(word).stem().to_owned()).or_default().push(word);
        }
        if forms.len() > 1 {
            show(|| format!("different stems: {forms:?}"));
        }
    }
    let (mut right, mut made) = (0, 0);
    for clusters in groups.values() {
        right += clusters.values().map(|count| pairs(*count)).sum::<usize>();
        made += pairs(clusters.values().sum());
    }
    let (precision, recall) = (share(right, made), share(right, wanted));
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    format!("{wanted} pairs, precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}")
}
