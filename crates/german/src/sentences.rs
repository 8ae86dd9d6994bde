//! Where sentences end in German text: not after ordinals (am 12. September), abbreviations (z. B., Dr.) and initials.

use crate::byte_set::ByteSet;
use std::ops::Range;

/// Abbreviations after which a sentence goes on, in lower case, without the full stop.
const ABBREVIATIONS: &[&str] = &[
    "abs", "art", "bd", "bzw", "ca", "co", "d", "dr", "dipl", "ing", "etc", "evtl", "frl", "gegr", "geb", "ggf", "hl",
    "hr", "fr", "inkl", "jh", "jr", "kap", "max", "mind", "min", "mio", "mrd", "nr", "prof", "rd", "s", "sen", "sog",
    "st", "std", "str", "tel", "u", "usw", "vgl", "z", "zzgl", "jan", "feb", "apr", "aug", "sept", "okt", "nov", "dez",
    "v", "chr", "i", "o", "a", "b", "h", "p", "m", "gest", "verh", "bspw", "allg", "österr", "schweiz", "dt", "engl",
    "frz", "hrsg",
];

/// Bytes that the signs at the end of a sentence begin with.
const SIGNS: ByteSet = ByteSet::of(b".!?").and(0xe2, 0xe2);
/// Bytes of the longest abbreviation.
const LONGEST: usize = 8;

/// The sentences of a paragraph as byte ranges, without the white space between them.
///
/// ```
/// let text = "Am 12. September kam er an. Dann fuhr er weiter.";
/// let sentences: Vec<&str> = findbuch_german::sentences(text).into_iter().map(|range| &text[range]).collect();
/// assert_eq!(sentences, ["Am 12. September kam er an.", "Dann fuhr er weiter."]);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in SIGNS.positions(text) {
        let Some(char) = text[at..].chars().next().filter(|char| matches!(char, '.' | '!' | '?' | '…')) else {
            continue;
        };
        let mut end = at + char.len_utf8();
        if let Some(next) = text[end..].chars().next()
            && matches!(next, '“' | '”' | '"' | '«' | '»' | ')' | '’')
        {
            end += next.len_utf8();
        }
        let rest = &text[end..];
        let Some(following) = rest.trim_start().chars().next() else { continue };
        let separated = rest.starts_with(char::is_whitespace);
        let opens = following.is_uppercase()
            || following.is_ascii_digit()
            || matches!(following, '„' | '»' | '"' | '(' | '–' | '«');
        let ends = |char| char != '.' || !goes_on(&text[start..at]);
        if separated && opens && end > start && ends(char) {
            found.push(start..end);
            start = end + (rest.len() - rest.trim_start().len());
        }
    }
    let end = text.trim_end().len();
    if start < end {
        found.push(start..end);
    }
    found
}

/// Whether a full stop after `before` belongs to its last word, so that the sentence goes on.
fn goes_on(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '„' | '"' | '.' | '/' | '-'))
        .next()
        .unwrap_or("");
    if word.is_empty() {
        return false;
    }
    let ordinal = word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit());
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    ordinal || initial || word.len() <= LONGEST && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        for (text, expected) in [
            (
                "Am 12. September kam er an. Dann fuhr er weiter.",
                &["Am 12. September kam er an.", "Dann fuhr er weiter."][..],
            ),
            ("Das sagt Dr. Enna Folkerts, z. B. am Montag.", &["Das sagt Dr. Enna Folkerts, z. B. am Montag."]),
            ("„Es reicht!“ Der Rat ging. Wer bleibt?", &["„Es reicht!“", "Der Rat ging.", "Wer bleibt?"]),
            ("Rund 3,5 Mio. Euro. 2023 kam mehr.", &["Rund 3,5 Mio. Euro.", "2023 kam mehr."]),
            ("Ohne Punkt am Ende", &["Ohne Punkt am Ende"]),
            ("Im Jahr 2023. Danach nichts.", &["Im Jahr 2023.", "Danach nichts."]),
            ("", &[]),
        ] {
            let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
