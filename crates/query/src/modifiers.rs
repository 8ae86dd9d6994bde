//! What modifies a word: the wildcards `*` and `?` in it, `~1` and `^2` behind it. The star of gendered forms and the mark at the end of
//! a question are text.

use crate::error::Fault;
use crate::limits::{MAX_BOOST, MIN_BOOST, MIN_FUZZY_LETTERS, MIN_PATTERN_LETTERS};
use std::ops::Range;

/// What a run of characters without white space is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunKind {
    /// A word.
    Word,
    /// A word with wildcards: its bytes in the run, without punctuation round it.
    Pattern(Range<usize>),
    /// A word meant with those within so many edits: its bytes in the run.
    Fuzzy(Range<usize>, u8),
}

/// The boost behind a run: the bytes before `^2`, and the number in hundredths.
pub fn boost(run: &str) -> Result<Option<(usize, u16)>, Fault> {
    let Some((before, number)) = run.rsplit_once('^') else { return Ok(None) };
    let numeric = number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if !before.chars().any(char::is_alphanumeric) || !numeric {
        return Ok(None);
    }
    hundredths(number).map(|boost| Some((before.len(), boost)))
}

/// A number from 0.1 to 100 in hundredths.
pub fn hundredths(number: &str) -> Result<u16, Fault> {
    let number = number.trim_end_matches(['.', ',']);
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let fraction = fraction.get(..2).map_or_else(|| format!("{fraction:0<2}"), str::to_owned);
    let (whole, fraction) = (if whole.is_empty() { "0" } else { whole }, fraction);
    let value = whole.parse::<u16>().ok().zip(fraction.parse::<u16>().ok());
    let hundredths = value.and_then(|(whole, fraction)| whole.checked_mul(100)?.checked_add(fraction));
    hundredths.filter(|value| !number.is_empty() && (MIN_BOOST..=MAX_BOOST).contains(value)).ok_or(Fault::BadBoost)
}

/// What a run without its boost is.
pub fn run_kind(run: &str) -> Result<RunKind, Fault> {
    if let Some((word, number)) = run.rsplit_once('~')
        && word.chars().any(char::is_alphanumeric)
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        let edits = match number.trim_end_matches(['.', ',']) {
            "1" => 1,
            "2" => 2,
            _ => return Err(Fault::BadFuzzy),
        };
        let range = trimmed(word);
        if has_wildcard(word) || !word[range.clone()].chars().all(is_of_word) {
            return Err(Fault::PatternSign);
        }
        if letters(word) < MIN_FUZZY_LETTERS[usize::from(edits == 2)] {
            return Err(Fault::ShortFuzzy);
        }
        return Ok(RunKind::Fuzzy(range, edits));
    }
    if !has_wildcard(run) {
        return Ok(RunKind::Word);
    }
    let mut range = trimmed(run);
    // without the question marks at the end, and what punctuation stands before them
    while run[range.clone()].ends_with(|c: char| !c.is_alphanumeric() && c != '*') {
        range.end -= run[range.clone()].chars().next_back().map_or(0, char::len_utf8);
    }
    let pattern = &run[range.clone()];
    if !pattern.chars().all(|c| is_of_word(c) || is_wildcard(c)) {
        return Err(Fault::PatternSign);
    }
    if letters(pattern) < MIN_PATTERN_LETTERS {
        return Err(Fault::ShortPattern);
    }
    Ok(RunKind::Pattern(range))
}

/// Whether a run has a `*` or `?` that is a wildcard.
pub fn has_wildcard(run: &str) -> bool {
    run.match_indices(['*', '?']).any(|(at, mark)| {
        let after = &run[at + 1..];
        match mark {
            "*" => !(is_gendered(after) && run[..at].ends_with(char::is_lowercase)),
            _ => at == 0 || after.contains(|c: char| c.is_alphanumeric() || c == '*'),
        }
    })
}

/// Whether a gendered ending follows a star: Leser*in, Leser*innenbriefe, jede*r.
fn is_gendered(after: &str) -> bool {
    let ending: String = after.chars().take_while(|c| c.is_lowercase()).collect();
    matches!(ending.as_str(), "in" | "r" | "n" | "m" | "s") || ending.starts_with("innen")
}

/// Whether a character is a wildcard.
pub fn is_wildcard(char: char) -> bool {
    matches!(char, '*' | '?')
}

/// Whether a word with wildcards or `~` may have a character: letters, digits, apostrophes, combining marks.
fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '\'' | '’') || matches!(char, '\u{300}'..='\u{36f}')
}

/// How many letters and digits a run has.
fn letters(run: &str) -> usize {
    run.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The bytes from the first to the last letter, digit or wildcard.
fn trimmed(run: &str) -> Range<usize> {
    let counts = |c: char| c.is_alphanumeric() || is_wildcard(c);
    let start = run.find(counts).unwrap_or(0);
    let end = run.char_indices().rfind(|(_, c)| counts(*c)).map_or(run.len(), |(at, c)| at + c.len_utf8());
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_of_gender_and_marks_of_questions_are_text() {
        for text in ["Arbeiter*innen", "Leser*innenbriefe", "jede*r", "Kolleg*in,", "zahlt?", "zahlt?!", "Munition"] {
            assert_eq!(run_kind(text), Ok(RunKind::Word), "{text}");
        }
        for (text, pattern) in [
            ("Rak*", "Rak*"),
            ("*munition", "*munition"),
            ("M?ller", "M?ller"),
            ("?ller", "?ller"),
            ("Waffen*deal,", "Waffen*deal"),
            ("*innen", "*innen"),
            ("Rak*?", "Rak*"),
            ("M?ller’?,", "M?ller"),
            ("‚Rak*‘", "Rak*"),
        ] {
            let range = match run_kind(text) {
                Ok(RunKind::Pattern(range)) => range,
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(&text[range], pattern, "{text}");
        }
    }

    #[test]
    fn numbers_are_read() {
        assert_eq!(run_kind("Selenski~1"), Ok(RunKind::Fuzzy(0..8, 1)));
        assert_eq!(run_kind("Kim~1"), Ok(RunKind::Fuzzy(0..3, 1)));
        assert_eq!(run_kind("Putin~2"), Ok(RunKind::Fuzzy(0..5, 2)));
        assert_eq!(boost("Kim^2"), Ok(Some((3, 200))));
        assert_eq!(boost("Kim^0,5"), Ok(Some((3, 50))));
        assert_eq!(boost("Kim^100."), Ok(Some((3, 10_000))));
        for text in ["Kim^", "Kim^0", "Kim^101", "Kim^1.2.3", "Kim^0.09"] {
            assert_eq!(boost(text), Err(Fault::BadBoost), "{text}");
        }
        assert_eq!(boost("a^b"), Ok(None));
        for (text, fault) in [
            ("Kim~", Fault::BadFuzzy),
            ("Kim~3", Fault::BadFuzzy),
            ("Ki~1", Fault::ShortFuzzy),
            ("Kims~2", Fault::ShortFuzzy),
            ("Jong-un~1", Fault::PatternSign),
            ("Jong-u*", Fault::PatternSign),
            ("EU*", Fault::ShortPattern),
        ] {
            assert_eq!(run_kind(text), Err(fault), "{text}");
        }
    }
}
