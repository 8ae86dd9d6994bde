//! How often running text has each form, written small and with a capital.

use crate::spelling;
use findbuch_german::words;
use std::collections::HashMap;

/// How often running text has each form.
pub struct Counts {
    /// Written small.
    pub small: HashMap<String, u64>,
    /// Written with a capital where small letters would have been possible: not at the start of a sentence.
    pub capital: HashMap<String, u64>,
    /// Those of the former that are written with ß, as they are written.
    pub with_eszett: HashMap<String, u64>,
    /// All words.
    pub words: u64,
}

impl Counts {
    pub fn of(text: &str) -> Counts {
        let mut counts =
            Counts { small: HashMap::new(), capital: HashMap::new(), with_eszett: HashMap::new(), words: 0 };
        for line in text.lines() {
            let mut end = 0;
            for span in words(line) {
                let between = &line[end..span.start];
                let inside = end > 0 && between.chars().all(|char| matches!(char, ' ' | ',' | ';' | '-'));
                end = span.end;
                counts.words += 1;
                let word = &line[span];
                if !word.chars().all(char::is_alphabetic) || word.chars().skip(1).any(char::is_uppercase) {
                    continue;
                }
                let form = spelling::current(&findbuch_german::fold(word)).into_owned();
                if word.starts_with(char::is_lowercase) {
                    if word.contains('ß') {
                        *counts.with_eszett.entry(word.to_owned()).or_default() += 1;
                    }
                    *counts.small.entry(form).or_default() += 1;
                } else if inside {
                    *counts.capital.entry(form).or_default() += 1;
                }
            }
        }
        counts
    }

    /// How often a form is written with a capital.
    pub fn capital(&self, form: &str) -> u64 {
        self.capital.get(form).copied().unwrap_or(0)
    }

    /// How often a form is written small.
    pub fn small(&self, form: &str) -> u64 {
        self.small.get(form).copied().unwrap_or(0)
    }
}
