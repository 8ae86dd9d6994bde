//! Where words begin and end.
//!
//! Follows Unicode Standard Annex 29 (word boundaries) with three differences for German news: a hyphen always separates ("Jong-un"
//! and "Jong Un" are the same two words), a full stop between letters separates ("Krieg.Die", "z.B."), and an apostrophe joins only
//! letters ("Putin’s"). Runs with letters outside the Latin script are left to the crate unicode-segmentation.
//!
//! Gendered forms (Arbeiter:innen, Kolleg*in, Arbeiter/-innen, Arbeiter(innen)), numbers with spaces between their thousands (15 000)
//! and letter-spaced words (S p e r r u n g) are one word. A number and the unit behind it are two (152mm).

use crate::byte_set::ByteSet;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Units that may follow a number without a space and are words of their own.
const UNITS: &[&str] = &[
    "mm", "cm", "dm", "m", "km", "kg", "g", "t", "mg", "l", "ml", "ha", "qm", "km²", "m²", "m³", "kW", "kWh", "MW",
    "MWh", "GW", "GWh", "TWh", "Hz", "kHz", "MHz", "GHz", "kB", "MB", "GB", "TB", "km/h", "kmh", "Prozent", "Euro",
    "Uhr", "Grad",
];
/// What separates thousands, in print and in Switzerland, besides the full stop.
const BETWEEN_THOUSANDS: &[&str] = &[" ", "\u{a0}", "\u{202f}", "’", "'"];
/// What stands between a word and its feminine ending.
const GENDER_MARKS: &[&str] = &[":", "*", "·", "/-", "/", "("];
/// ASCII letters and figures, and what of ASCII may join what stands round it.
const LETTERS: ByteSet = ByteSet::of(b"").and(b'0', b'9').and(b'A', b'Z').and(b'a', b'z');
const JOINING: ByteSet = ByteSet::of(b".,'_");
/// Fewest letters of a letter-spaced word.
const MIN_SPACED_LETTERS: usize = 4;

/// The byte ranges of the words of `text`, in order.
///
/// ```
/// let text = "Kim Jong-un traf Arbeiter:innen; 15 000 kamen.";
/// let words: Vec<&str> = findbuch_german::words(text).map(|span| &text[span]).collect();
/// assert_eq!(words, ["Kim", "Jong", "un", "traf", "Arbeiter:innen", "15 000", "kamen"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, pending: Vec::new() }
}

/// Iterator over the words of a text, made by [`words`].
pub struct Words<'a> {
    text: &'a str,
    at: usize,
    /// Words of a run with other scripts, the next one last.
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
                let end = self.german_end(start, end);
                self.at = end;
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
            if LETTERS.has(byte) {
                return Some(at);
            }
            if byte < 0x80 {
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
            if LETTERS.has(byte) {
                at += 1;
                continue;
            }
            if byte < 0x80 {
                match JOINING.has(byte).then(|| self.joined_by(at, 1)).flatten() {
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

    /// The end of a word by the rules for gender marks, thousands, units and letter-spacing.
    fn german_end(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        if bytes[start].is_ascii_digit() {
            return self.number_end(start, end);
        }
        match bytes.get(end) {
            Some(b':' | b'*' | b'/' | b'(' | 0xc2) => self.gender_end(start, end).unwrap_or(end),
            Some(b' ') if end - start == 1 => self.spaced_end(start, end).unwrap_or(end),
            _ => end,
        }
    }

    /// The end of a number: `15 000` goes on over the space, `152mm` ends before its unit.
    fn number_end(&self, start: usize, end: usize) -> usize {
        let run = &self.text[start..end];
        let digits = run.bytes().take_while(u8::is_ascii_digit).count();
        if digits < run.len() {
            return if UNITS.contains(&&run[digits..]) { start + digits } else { end };
        }
        let group = |at: usize| {
            let rest = self.text.get(at..)?;
            let separator = BETWEEN_THOUSANDS.iter().find(|separator| rest.starts_with(**separator))?;
            let rest = &rest.as_bytes()[separator.len()..];
            let ends = rest.get(3).is_none_or(|next| !next.is_ascii_alphanumeric() && (*next < 0x80 || *next == 0xe2));
            (rest.get(..3)?.iter().all(u8::is_ascii_digit) && ends).then_some(at + separator.len() + 3)
        };
        let mut end = end;
        while let Some(next) = group(end).filter(|_| digits <= 3 && !run.starts_with('0')) {
            end = next;
        }
        end
    }

    /// The end of the feminine ending behind a gender mark.
    fn gender_end(&self, start: usize, end: usize) -> Option<usize> {
        let before = self.text[start..end].chars().next_back()?;
        if end - start < 3 || !before.is_lowercase() {
            return None;
        }
        let rest = &self.text[end..];
        let mark = GENDER_MARKS.iter().find(|mark| rest.starts_with(**mark))?;
        let feminine = ["innen", "in"].iter().find(|ending| rest[mark.len()..].starts_with(**ending))?;
        let mut length = mark.len() + feminine.len();
        if *mark == "(" {
            length += rest[length..].strip_prefix(')').map(|_| 1)?;
        }
        // Leser:innenbriefe goes on
        if *feminine == "innen" && matches!(*mark, ":" | "*" | "·") {
            length += rest[length..].chars().take_while(|char| char.is_lowercase()).map(char::len_utf8).sum::<usize>();
        }
        let ends = rest[length..].chars().next().is_none_or(|next| !next.is_alphanumeric());
        ends.then_some(end + length)
    }

    /// The end of a letter-spaced word: a capital and at least three small letters, each by itself.
    fn spaced_end(&self, start: usize, end: usize) -> Option<usize> {
        if !self.char_at(start)?.is_uppercase() {
            return None;
        }
        let (mut at, mut letters) = (end, 1);
        while let Some(letter) = self.text[at..].strip_prefix(' ').and_then(|rest| rest.chars().next()) {
            let next = at + 1 + letter.len_utf8();
            let alone = self.char_at(next).is_none_or(|char| !char.is_alphanumeric());
            if !letter.is_lowercase() || !alone {
                break;
            }
            (at, letters) = (next, letters + 1);
        }
        (letters >= MIN_SPACED_LETTERS).then_some(at)
    }

    /// Where the word goes on behind the character of `width` bytes at `at`, if that joins what stands round it.
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

/// Latin letters and what may stand between them: the blocks up to Latin Extended-B, Latin Extended Additional, Latin ligatures.
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
            ("Arbeiter:innen, Kolleg*in und Leser/-innen", &["Arbeiter:innen", "Kolleg*in", "und", "Leser/-innen"]),
            ("Lehrer(innen) (in Köln) Arbeiter_innen", &["Lehrer(innen)", "in", "Köln", "Arbeiter_innen"]),
            ("Leser:innenbriefe und", &["Leser:innenbriefe", "und"]),
            ("ArbeiterInnen Haus/innen Bremen:inmitten", &["ArbeiterInnen", "Haus/innen", "Bremen", "inmitten"]),
            ("15 000 Euro, 1 234 567, 2023 100", &["15 000", "Euro", "1 234 567", "2023", "100"]),
            ("152mm, 5G, 90er, 3 m", &["152", "mm", "5G", "90er", "3", "m"]),
            ("die S p e r r u n g der A B C", &["die", "S p e r r u n g", "der", "A", "B", "C"]),
        ] {
            let found: Vec<&str> = words(text).map(|span| &text[span]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
