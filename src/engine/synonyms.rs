//! The user's synonyms in Solr's format: `Bahn, Zug, DB` are equal, `Kanzler => Bundeskanzler, Scholz` goes one way.

use crate::german::{Analyzer, words};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Most bytes of a list.
const MAX_BYTES: u64 = 4 << 20;

/// A list of synonyms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synonyms {
    by_stems: HashMap<Vec<Box<str>>, Vec<String>>,
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
    /// A line says nothing.
    #[error("{path}, line {line}: {fault}; write \"Bahn, Zug\" or \"Kanzler => Bundeskanzler, Regierungschef\"")]
    Line {
        /// The list.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// What is wrong.
        fault: &'static str,
    },
    /// It is too large.
    #[error("{path} has more than {MAX_BYTES} bytes; keep the list of synonyms shorter")]
    TooLong {
        /// The list.
        path: PathBuf,
    },
}

/// Name of the list in the index's folder.
pub const FILE: &str = "synonyms.txt";

impl Synonyms {
    /// The list of an index, if it has one.
    ///
    /// # Errors
    /// When it cannot be read, or a line cannot be understood.
    pub fn of_index(index: &Path) -> Result<Option<Synonyms>, SynonymsError> {
        let path = index.join(FILE);
        if path.exists() { Synonyms::read(&path).map(Some) } else { Ok(None) }
    }

    /// Reads a list.
    ///
    /// # Errors
    /// When it cannot be read, or a line cannot be understood.
    pub fn read(path: &Path) -> Result<Synonyms, SynonymsError> {
        let io = |source| SynonymsError::Io { path: path.to_path_buf(), source };
        if std::fs::metadata(path).map_err(io)?.len() > MAX_BYTES {
            return Err(SynonymsError::TooLong { path: path.to_path_buf() });
        }
        let text = std::fs::read_to_string(path).map_err(io)?;
        Synonyms::parse(&text).map_err(|(line, fault)| SynonymsError::Line { path: path.to_path_buf(), line, fault })
    }

    /// Parses a list; an error names the line from 1.
    ///
    /// # Errors
    /// A line without two words.
    pub fn parse(text: &str) -> Result<Synonyms, (usize, &'static str)> {
        let mut analyzer = Analyzer::default();
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
            if from.is_empty() || to.is_empty() {
                return Err((number + 1, "one side has no word"));
            }
            if !line.contains("=>") && from.len() < 2 {
                return Err((number + 1, "a word alone has no synonym"));
            }
            for word in &from {
                for stems in keys(word, &mut analyzer) {
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
        Ok(synonyms)
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
        Synonyms::parse(list).expect("a list").of(&[stem])
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
    fn a_faulty_line_is_named() {
        assert_eq!(Synonyms::parse("Bahn, Zug\nallein\n"), Err((2, "a word alone has no synonym")));
        assert_eq!(Synonyms::parse("x =>\n"), Err((1, "one side has no word")));
    }
}
