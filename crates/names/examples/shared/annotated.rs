//! Annotated files: a token and its tag a line, separated by a tab or a blank; an empty line between sentences, where there is one.
//!
//! People, places and organisations are the kinds. Names of other kinds (OTH, MISC), words derived from names (-deriv) and words
//! of which a name is a part (-part) are no names of a kind: a tagger that takes them for one is wrong.

use findbuch_names::model::{Kind, OTHER, begins, kind_of};
use std::path::Path;

/// Tokens with their labels.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// The words as they stand.
    pub words: Vec<String>,
    /// Their labels.
    pub labels: Vec<usize>,
    /// The file, from 0, and the block of forty sentences within it.
    pub file: usize,
    /// See `file`.
    pub block: usize,
}

/// Sentences of a block, which is as a whole learnt from or measured by.
const BLOCK: usize = 40;
/// The same where sentences are cut by their length.
const LONG_BLOCK: usize = 8;
/// Most words of a sentence where no empty lines say where it ends.
const LONG: usize = 200;

/// The sentences of a file.
pub fn read(path: &Path, file: usize) -> std::io::Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path)?;
    let has_breaks = text.contains("\n\n");
    let (mut sentences, mut sentence) = (Vec::new(), Sentence::default());
    let mut before = "";
    for line in text.lines() {
        let (word, tag) = line.split_once(['\t', ' ']).unwrap_or((line, "O"));
        if !word.is_empty() {
            let label = label(tag, before);
            before = tag;
            sentence.words.push(word.to_owned());
            sentence.labels.push(label);
        }
        let ends = !has_breaks && (word == "." || sentence.words.len() >= LONG) && tag == "O";
        if word.is_empty() || ends {
            before = "";
            sentences.push(std::mem::take(&mut sentence));
        }
    }
    sentences.push(sentence);
    sentences.retain(|sentence| !sentence.words.is_empty());
    for (at, sentence) in sentences.iter_mut().enumerate() {
        (sentence.file, sentence.block) = (file, at / if has_breaks { BLOCK } else { LONG_BLOCK });
    }
    Ok(sentences)
}

fn label(tag: &str, before: &str) -> usize {
    let Some((place, kind)) = tag.split_once('-') else { return 0 };
    let kind_before = before.split_once('-').map(|(_, kind)| kind);
    let start = match kind {
        "PER" => begins(Kind::Person),
        "LOC" => begins(Kind::Place),
        "ORG" => begins(Kind::Organisation),
        "OTH" => return OTHER,
        _ => return 0,
    };
    if place == "I" && kind_before == Some(kind) { start + 1 } else { start }
}

/// The names of labels: kind, first token, behind the last.
pub fn names(labels: &[usize]) -> Vec<(Kind, usize, usize)> {
    let mut names: Vec<(Kind, usize, usize)> = Vec::new();
    let mut open = false;
    for (at, &label) in labels.iter().enumerate() {
        match (kind_of(label), names.last_mut()) {
            (Some((kind, false)), Some(last)) if open && last.0 == kind => last.2 = at + 1,
            (Some((kind, _)), _) => {
                names.push((kind, at, at + 1));
                open = true;
            }
            (None, _) => open = false,
        }
    }
    names
}

/// Names right, found and there, by kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    right: usize,
    found: usize,
    there: usize,
}

/// Adds a sentence to the counts.
pub fn count(counts: &mut [Counts; 3], found: &[(Kind, usize, usize)], there: &[(Kind, usize, usize)]) {
    for name in found {
        counts[name.0 as usize].found += 1;
        counts[name.0 as usize].right += usize::from(there.contains(name));
    }
    for name in there {
        counts[name.0 as usize].there += 1;
    }
}

/// A line for each kind.
pub fn print(counts: &[Counts; 3]) {
    for (kind, counts) in ["PER", "LOC", "ORG"].iter().zip(counts) {
        let Counts { right, found, there } = *counts;
        let (precision, recall) = (right as f64 / found.max(1) as f64, right as f64 / there.max(1) as f64);
        let f1 = 2.0 * right as f64 / (found + there).max(1) as f64;
        println!(
            "  {kind}  precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}  ({right} right, {found} found, {there} there)"
        );
    }
}
