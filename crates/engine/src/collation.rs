//! The order of words in a German index (DIN 5007-1): capitals and marks count only between words that are else the same.

use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word by its letters and digits, as a German index orders them.
pub fn key(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            c if c.is_alphanumeric() || c == ' ' => out.push(c),
            _ => {}
        }
    }
    out
}

/// Compares two words as a German index orders them.
#[must_use]
pub fn collate(a: &str, b: &str) -> Ordering {
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_ordered_as_a_german_index_has_them() {
        let mut words = vec!["Zug", "Äpfel", "apfel", "Straße", "Strassen", "Über", "Uber", "Öl", "Oma"];
        words.sort_by(|a, b| collate(a, b));
        assert_eq!(words, ["apfel", "Äpfel", "Öl", "Oma", "Straße", "Strassen", "Uber", "Über", "Zug"]);
    }
}
