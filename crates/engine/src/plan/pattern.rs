//! What a word of the query with wildcards, or within a number of edits, matches: folded forms.

use crate::plan::nearest::{edits, letters};
use findbuch_german::{fold, fold_keeping_digraphs, is_stop_word};

/// Most letters of a word whose near spellings must have its first letter: that is seldom wrong, and a third of such a word.
pub const MAX_SHORT: usize = 4;

/// Which folded forms match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Any of these, folded, with `*` and `?` in them.
    Wildcard(Vec<Glob>),
    /// Within so many edits (Damerau and Levenshtein: a swap of neighbours is one) of the folded word. A short word keeps its
    /// first letter, and function words are near no other.
    Fuzzy(Folded, usize),
}

/// Where in a dictionary all forms are that a pattern means, and others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternPlace<'a> {
    /// They begin with any of these letters, perhaps none.
    Behind(Vec<&'a str>),
    /// They are within so many edits of the word.
    Near(&'a str, usize),
}

/// A folded word with `*` and `?` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    text: String,
    /// The longest letters in it without a wildcard.
    longest: String,
}

impl Glob {
    fn new(text: String) -> Glob {
        let longest = text.split(['*', '?']).max_by_key(|piece| piece.len()).unwrap_or_default().to_owned();
        Glob { text, longest }
    }

    /// Whether a text has the longest letters, where it must end so at its end.
    fn may_fit(&self, text: &[u8]) -> bool {
        let longest = self.longest.as_bytes();
        if self.text.ends_with(&self.longest) {
            return text.ends_with(longest);
        }
        let Some((first, _)) = longest.split_first() else { return true };
        (0..(text.len() + 1).saturating_sub(longest.len()))
            .any(|at| text.get(at) == Some(first) && text.get(at..).is_some_and(|rest| rest.starts_with(longest)))
    }
}

/// A folded word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    chars: Vec<char>,
    letters: u64,
    /// What its near spellings begin with.
    beginnings: Vec<String>,
}

impl Folded {
    fn new(text: String) -> Folded {
        let chars: Vec<char> = text.chars().collect();
        let first = chars.first().filter(|_| chars.len() <= MAX_SHORT);
        let beginnings = first.map_or_else(|| vec![String::new()], |first| with_umlaut(*first));
        Folded { letters: letters(&text), text, chars, beginnings }
    }

    fn begins_like(&self, form: &str) -> bool {
        self.beginnings.iter().any(|beginning| form.starts_with(beginning.as_str()))
    }
}

/// A letter, and the same with or without its two points.
fn with_umlaut(letter: char) -> Vec<String> {
    let pairs = [('a', 'ä'), ('o', 'ö'), ('u', 'ü')];
    let other = pairs.iter().find_map(|(plain, umlaut)| match letter {
        _ if letter == *plain => Some(*umlaut),
        _ if letter == *umlaut => Some(*plain),
        _ => None,
    });
    std::iter::once(letter).chain(other).map(String::from).collect()
}

impl Pattern {
    /// Parses a word with `*` and `?`; what stands between them is folded. The letters ae, oe, ue may be umlauts or not.
    #[must_use]
    pub fn wildcard(typed: &str) -> Pattern {
        let folded = |fold: fn(&str) -> String| -> String {
            let pieces = typed.split_inclusive(['*', '?']).map(|piece| {
                let literal = piece.trim_end_matches(['*', '?']);
                let text = if literal.is_empty() { String::new() } else { fold(literal) };
                text + &piece[literal.len()..]
            });
            pieces.collect()
        };
        let mut globs = vec![Glob::new(folded(fold)), Glob::new(folded(fold_keeping_digraphs))];
        globs.dedup();
        Pattern::Wildcard(globs)
    }

    /// A folded word and the edits that are allowed.
    #[must_use]
    pub fn fuzzy(typed: &str, edits: u8) -> Pattern {
        Pattern::Fuzzy(Folded::new(fold(typed)), usize::from(edits))
    }

    /// Whether a folded form matches.
    #[must_use]
    pub fn matches(&self, form: &str) -> bool {
        match self {
            Pattern::Wildcard(globs) => globs.iter().any(|glob| fits(&glob.text, form)),
            Pattern::Fuzzy(word, most) => {
                let Folded { text, chars, letters: own, .. } = word;
                // an edit changes two letters at most
                let far = (own ^ letters(form)).count_ones() as usize > 2 * most;
                !far && word.begins_like(form)
                    && edits(chars, &form.chars().collect::<Vec<char>>(), *most).is_some()
                    && (form == text || !is_stop_word(form))
            }
        }
    }

    /// A cheap filter on the bytes of a form: false only if it does not match.
    #[must_use]
    pub fn may_match(&self, form: &[u8]) -> bool {
        match self {
            Pattern::Wildcard(globs) => globs.iter().any(|glob| glob.may_fit(form)),
            Pattern::Fuzzy(..) => true,
        }
    }

    /// Where in a dictionary the forms meant are.
    #[must_use]
    pub fn place(&self) -> PatternPlace<'_> {
        match self {
            Pattern::Wildcard(globs) => PatternPlace::Behind(
                globs.iter().map(|glob| glob.text.split(['*', '?']).next().unwrap_or("")).collect(),
            ),
            Pattern::Fuzzy(word, most) => PatternPlace::Near(&word.text, *most),
        }
    }
}

/// Whether a text fits a pattern: `*` stands for any letters or none, `?` for one. Linear in practice: after a star only the
/// last one is tried again.
fn fits(glob: &str, text: &str) -> bool {
    let (mut glob, mut text) = (glob.chars(), text.chars());
    let mut again = None;
    loop {
        let mut ahead = glob.clone();
        match ahead.next() {
            Some('*') => {
                glob = ahead;
                again = Some((glob.clone(), text.clone()));
                if glob.as_str().is_empty() {
                    return true;
                }
                continue;
            }
            None if text.as_str().is_empty() => return true,
            Some(wanted) => {
                let mut rest = text.clone();
                match rest.next() {
                    Some(char) if wanted == '?' || wanted == char => {
                        (glob, text) = (ahead, rest);
                        continue;
                    }
                    None => return false,
                    Some(_) => {}
                }
            }
            None => {}
        }
        let Some((after_star, from)) = &mut again else { return false };
        if from.next().is_none() {
            return false;
        }
        (glob, text) = (after_star.clone(), from.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, by trying all.
    fn fits_by_trying(glob: &[char], text: &[char]) -> bool {
        match glob.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|from| fits_by_trying(rest, &text[from..])),
            Some((wanted, rest)) => text
                .split_first()
                .is_some_and(|(char, text)| (*wanted == '?' || wanted == char) && fits_by_trying(rest, text)),
        }
    }

    #[test]
    fn forms_are_folded_like_words() {
        for (typed, form, fits) in [
            ("Rak*", "raketen", true),
            ("*munition", "artilleriemunition", true),
            ("*munition*", "munitionslager", true),
            ("Waffen*deal", "waffendeal", true),
            ("M?ller", "müller", true),
            ("M?ller", "muller", true),
            ("M?ller", "mueller", false),
            ("Mueller*", "müllers", true),
            ("Poet*", "poetisch", true),
            ("Stra?e", "strasse", false),
            ("*straße", "hauptstrasse", true),
        ] {
            assert_eq!(Pattern::wildcard(typed).matches(form), fits, "{typed} {form}");
        }
        for (typed, edits, form, near) in [
            ("Selenski", 1, "selenskij", true),
            ("Selenski", 1, "selenskyj", false),
            ("Selenski", 2, "selenskyj", true),
            ("Müller", 1, "muller", true),
            ("Mnuition", 1, "munition", true),
            ("Müller", 1, "müllerin", false),
            ("Kim", 1, "kims", true),
            ("Kim", 1, "kam", true),
            ("Kim", 1, "im", false),
            ("Hund", 1, "hunde", true),
            ("Hund", 1, "bund", false),
            ("Öfen", 1, "ofen", true),
            ("Ofen", 1, "öfen", true),
            ("Preis", 1, "kreis", true),
            ("Zug", 1, "zog", true),
            ("Zug", 1, "zum", false),
            ("zum", 1, "zum", true),
            ("Diesel", 1, "dieser", false),
        ] {
            assert_eq!(Pattern::fuzzy(typed, edits).matches(form), near, "{typed}~{edits} {form}");
        }
    }

    proptest! {
        #[test]
        fn a_pattern_fits_as_by_trying_all(glob in "[ab*?]{0,7}", text in "[abü]{0,7}") {
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            prop_assert_eq!(fits(&glob, &text), fits_by_trying(&chars(&glob), &chars(&text)));
        }

        #[test]
        fn what_fits_begins_so(glob in "[ab]{0,3}[*?][ab*]{0,3}", text in "[ab]{0,5}") {
            let pattern = Pattern::wildcard(&glob);
            if pattern.matches(&text) {
                prop_assert!(pattern.may_match(text.as_bytes()));
                let PatternPlace::Behind(beginnings) = pattern.place() else { panic!("a wildcard") };
                prop_assert!(beginnings.iter().any(|beginning| text.starts_with(beginning)));
            }
        }
    }
}
