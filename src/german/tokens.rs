//! Where words begin and end.
//!
//! Follows Unicode Standard Annex 29 (word boundaries) with three differences for German news: a hyphen always
//! separates (so "Jong-un" and "Jong Un" are the same two words), a full stop between letters separates ("Krieg.Die",
//! "z.B."), and an apostrophe joins only letters ("Putin’s"). Letters outside the Latin script are left to the library.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The byte ranges of the words of `text`, in order.
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, pending: Vec::new() }
}

/// Iterator over the words of a text; see [`words`].
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    /// Words of a run in another script, the next one last.
    pending: Vec<Range<usize>>,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            if let Some(word) = self.pending.pop() {
                return Some(word);
            }
            let start = self.skip_to_word()?;
            let (end, latin) = self.run_end(start);
            self.at = end;
            if latin {
                return Some(start..end);
            }
            self.pending = self.text[start..end]
                .unicode_word_indices()
                .map(|(offset, word)| start + offset..start + offset + word.len())
                .collect();
            self.pending.reverse();
        }
    }
}

impl Words<'_> {
    /// The start of the next word at or after the cursor.
    fn skip_to_word(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(&byte) = bytes.get(at) {
            if byte < 0x80 {
                if byte.is_ascii_alphanumeric() {
                    return Some(at);
                }
                at += 1;
            } else {
                let char = self.char_at(at)?;
                if char.is_alphanumeric() {
                    return Some(at);
                }
                at += char.len_utf8();
            }
        }
        None
    }

    /// The end of the word that starts at `start`, and whether all its letters are Latin.
    fn run_end(&self, start: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let mut at = start;
        let mut latin = true;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
            if byte < 0x80 {
                match self.joined_by(at, 1) {
                    Some(next) => at = next,
                    None => break,
                }
                continue;
            }
            let Some(char) = self.char_at(at) else { break };
            if char.is_alphanumeric() || is_mark(char) {
                latin &= is_latin(char);
                at += char.len_utf8();
            } else if let Some(next) = self.joined_by(at, char.len_utf8()) {
                at = next;
            } else {
                break;
            }
        }
        (at, latin)
    }

    /// Where the word goes on after a joining character of `width` bytes at `at`, if it joins.
    fn joined_by(&self, at: usize, width: usize) -> Option<usize> {
        let before = self.text[..at].chars().next_back()?;
        let after = self.char_at(at + width)?;
        let joins = match self.char_at(at)? {
            '.' | ',' => before.is_ascii_digit() && after.is_ascii_digit(),
            '\'' | '’' | 'ʼ' => before.is_alphabetic() && after.is_alphabetic(),
            '_' => before.is_alphanumeric() && after.is_alphanumeric(),
            _ => false,
        };
        joins.then_some(at + width)
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }
}

/// Combining marks that follow a Latin letter which has no composed form.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}')
}

/// Latin letters and what stands between them; the blocks up to Latin Extended-B and Latin Extended Additional.
fn is_latin(char: char) -> bool {
    matches!(char, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}') || is_mark(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_a_reader_would() {
        for (text, expected) in [
            ("Kim Jong Un", &["Kim", "Jong", "Un"][..]),
            ("152-mm-Artilleriegranaten", &["152", "mm", "Artilleriegranaten"]),
            ("15.000 Kilometer, 1,5 Milliarden.", &["15.000", "Kilometer", "1,5", "Milliarden"]),
            ("Putin’s und Scholz’ Rat", &["Putin’s", "und", "Scholz", "Rat"]),
            ("Ende.Anfang z.B. faz.net", &["Ende", "Anfang", "z", "B", "faz", "net"]),
            ("„Über“ G20 (EU) §218a", &["Über", "G20", "EU", "218a"]),
            ("12.9.2023", &["12.9.2023"]),
            ("Київ 東京", &["Київ", "東", "京"]),
            (" – … ", &[]),
        ] {
            let found: Vec<&str> = words(text).map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
