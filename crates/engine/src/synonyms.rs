//! The user's synonyms in Solr's format: `Bahn, Zug, DB` are equal, `Kanzler => Bundeskanzler, Scholz` goes one way.

use findbuch_german::{Analyzer, words};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Most bytes of a list.
const MAX_BYTES: u64 = 4 << 20;

/// Name of the list that an index is searched with; [`crate::IndexDir::synonyms_path`] says where it is.
pub const FILE: &str = "synonyms.txt";

/// A list of synonyms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    by_stems: HashMap<Vec<Box<str>>, Vec<String>>,
    /// Lines that were skipped.
    pub faults: Vec<FaultyLine>,
}

/// Why a list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SynonymsError {
    /// It cannot be read.
    #[error("{path}: {source}")]
    Io {
        /// The list.
        path: PathBuf,
        /// The system's answer.
        source: std::io::Error,
    },
    /// It is too large.
    #[error("{path} has more than {MAX_BYTES} bytes; keep the list of synonyms shorter")]
    TooLong {
        /// The list.
        path: PathBuf,
    },
}

/// What is wrong with a skipped line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// One side of `=>` has no word.
    EmptySide,
    /// The line has one word only.
    Alone,
}

/// A skipped line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultyLine {
    /// From 1.
    pub line: usize,
    /// What is wrong.
    pub fault: LineFault,
}

impl Synonyms {
    /// Reads a list.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(path: &Path, analyzer: &mut Analyzer) -> Result<Synonyms, SynonymsError> {
        let io = |source| SynonymsError::Io { path: path.to_path_buf(), source };
        if std::fs::metadata(path).map_err(io)?.len() > MAX_BYTES {
            return Err(SynonymsError::TooLong { path: path.to_path_buf() });
        }
        let text = std::fs::read_to_string(path).map_err(io)?;
        Ok(Synonyms::parse(&text, analyzer))
    }

    /// Parses a list; lines that cannot be understood are skipped.
    #[must_use]
    pub fn parse(text: &str, analyzer: &mut Analyzer) -> Synonyms {
        let mut synonyms = Synonyms::default();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (from, to) = match line.split_once("=>") {
                Some((from, to)) => (list(from), list(to)),
                None => (list(line), list(line)),
            };
            let fault = if from.is_empty() || to.is_empty() {
                Some(LineFault::EmptySide)
            } else {
                (!line.contains("=>") && from.len() < 2).then_some(LineFault::Alone)
            };
            if let Some(fault) = fault {
                synonyms.faults.push(FaultyLine { line: number + 1, fault });
                continue;
            }
            for word in &from {
                for stems in keys(word, analyzer) {
                    let others = to.iter().filter(|other| *other != word).cloned();
                    let known = synonyms.by_stems.entry(stems).or_default();
                    for other in others {
                        if !known.contains(&other) {
                            known.push(other);
                        }
                    }
                }
            }
        }
        synonyms
    }

    /// The synonyms of a word by its stems.
    #[must_use]
    pub fn of(&self, stems: &[Box<str>]) -> Vec<String> {
        self.by_stems.get(stems).cloned().unwrap_or_default()
    }
}

/// The words of a side; `\,` is a comma within one.
fn list(side: &str) -> Vec<String> {
    let side = side.replace("\\,", "\u{0}");
    let words = side.split(',').map(|word| word.replace('\u{0}', ",").trim().to_owned());
    words.filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}

/// The stems of a word or several, as typed and, for one word, in its other reading.
fn keys(text: &str, analyzer: &mut Analyzer) -> Vec<Vec<Box<str>>> {
    let spans: Vec<_> = words(text).collect();
    let readings: Vec<Vec<Box<str>>> = spans
        .iter()
        .map(|span| analyzer.readings(&text[span.clone()]).into_iter().map(|terms| terms.stem).collect())
        .collect();
    match readings.as_slice() {
        [stems] => stems.iter().map(|stem| vec![stem.clone()]).collect(),
        several => vec![several.iter().filter_map(|stems| stems.first().cloned()).collect()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &str, word: &str) -> Vec<String> {
        let stem = Analyzer::default().readings(word)[0].stem.clone();
        Synonyms::parse(list, &mut Analyzer::default()).of(&[stem])
    }

    #[test]
    fn solrs_forms_are_understood() {
        let list = "# Verkehr\nBahn, Zug, Deutsche Bahn\nKanzler => Bundeskanzler, Regierungschef\n\nA\\,B, C\n";
        assert_eq!(of(list, "Bahnen"), ["Zug", "Deutsche Bahn"]);
        assert_eq!(of(list, "Kanzler"), ["Bundeskanzler", "Regierungschef"]);
        assert!(of(list, "Bundeskanzler").is_empty());
        assert_eq!(of(list, "C"), ["A,B"]);
    }

    #[test]
    fn a_faulty_line_is_named_and_skipped() {
        let list = Synonyms::parse("allein\nx =>\nBahn, Zug\n", &mut Analyzer::default());
        let faults: Vec<(usize, LineFault)> = list.faults.iter().map(|faulty| (faulty.line, faulty.fault)).collect();
        assert_eq!(faults, [(1, LineFault::Alone), (2, LineFault::EmptySide)]);
        assert_eq!(of("allein\nBahn, Zug\n", "Bahn"), ["Zug"]);
    }
}
