//! Which words of an archive are near one that it does not have: by edits, and by sound.

use findbuch_german::phonetics::cologne;

/// Most words that are suggested for one.
pub const MAX_SUGGESTIONS: usize = 4;
/// Characters of the longest word that is compared.
pub const MAX_CHARS: usize = 40;
/// Most edits of a word that sounds the same.
pub const SOUND_EDITS: usize = 3;
/// Characters of the shortest word that may be near by sound although its letters differ too much.
const MIN_SOUND: usize = 5;

/// A word of the archive near another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Its folded form, or two with a space between.
    pub form: String,
    /// Articles that have it.
    pub articles: u64,
    /// Its distance from the word, in half edits.
    pub distance: usize,
}

/// Compares words with one.
pub struct Comparison {
    word: Vec<char>,
    letters: u64,
    code: String,
    most: usize,
}

impl Comparison {
    /// Prepares to compare words with a folded one.
    #[must_use]
    pub fn with(word: &str) -> Comparison {
        let chars: Vec<char> = word.chars().take(MAX_CHARS).collect();
        let most = match chars.len() {
            0..=3 => 1,
            4..=6 => 2.min(chars.len() / 3),
            _ => 2,
        };
        Comparison { letters: letters(word), code: cologne(word), word: chars, most }
    }

    /// The characters that are compared: the word, or its first [`MAX_CHARS`].
    #[must_use]
    pub fn chars(&self) -> &[char] {
        &self.word
    }

    /// Most edits of a near word that sounds different.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// The sound by which words are near that differ in more edits than [`most`](Self::most), if the word is long enough.
    #[must_use]
    pub fn sound(&self) -> Option<&str> {
        (self.code.len() > 1 && self.word.len() >= MIN_SOUND).then_some(&self.code)
    }

    /// The distance of another folded word in half edits, if it is near: an edit counts two, the same sound takes one off,
    /// another first letter adds one.
    #[must_use]
    pub fn distance(&self, other: &str) -> Option<usize> {
        let length = other.chars().count();
        if length.abs_diff(self.word.len()) > SOUND_EDITS || !(2..=MAX_CHARS).contains(&length) {
            return None;
        }
        // an edit changes two letters at most
        if (self.letters ^ letters(other)).count_ones() as usize > 2 * SOUND_EDITS {
            return None;
        }
        let other_chars: Vec<char> = other.chars().collect();
        let edits = edits(&self.word, &other_chars, SOUND_EDITS)?;
        let sounds =
            self.code.len() > 1 && (edits <= self.most || self.word.len() >= MIN_SOUND) && cologne(other) == self.code;
        if edits == 0 || (edits > self.most && !sounds) {
            return None;
        }
        let first = usize::from(self.word.first() != other_chars.first());
        Some(2 * edits + first - usize::from(sounds))
    }
}

/// Which letters a word has, a bit each.
#[must_use]
pub fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, char| letters | 1 << (u32::from(char) % 64))
}

/// Insertions, deletions, substitutions and swaps of neighbours (Damerau), if at most `most`.
#[must_use]
pub fn edits(left: &[char], right: &[char], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let width = right.len() + 1;
    let mut rows = vec![vec![0; width]; 3];
    rows[1] = (0..width).collect();
    for (i, l) in left.iter().enumerate() {
        rows.rotate_left(1);
        // rows[0] is the row before, rows[2] the one before that until it is written
        let [before, row, before_last] = rows.as_mut_slice() else { return None };
        row[0] = i + 1;
        let mut least = row[0];
        for (j, r) in right.iter().enumerate() {
            let mut cost = (before[j] + usize::from(l != r)).min(before[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *l == right[j - 1] && left[i - 1] == *r {
                cost = cost.min(before_last[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = least.min(cost);
        }
        if least > most {
            return None;
        }
    }
    Some(rows[1][right.len()]).filter(|edits| *edits <= most)
}

/// Cost of a division into two words, in half edits, and the fewest characters of each.
const DIVIDED: usize = 3;
const MIN_DIVIDED: usize = 3;

/// The division of a word into two of the archive whose rarer word is the most frequent; `articles_with` counts the articles with a
/// form.
///
/// # Errors
/// Those of the count.
pub fn divided<E>(form: &str, articles_with: impl Fn(&str) -> Result<u64, E>) -> Result<Option<Near>, E> {
    let mut best: Option<Near> = None;
    for (at, _) in form.char_indices().skip(MIN_DIVIDED) {
        let (left, right) = form.split_at(at);
        if right.chars().count() < MIN_DIVIDED {
            break;
        }
        let articles = articles_with(left)?.min(articles_with(right)?);
        if articles > 0 && best.as_ref().is_none_or(|best| articles > best.articles) {
            best = Some(Near { form: format!("{left} {right}"), articles, distance: DIVIDED });
        }
    }
    Ok(best)
}

/// The nearest and most frequent of some words, the first first.
#[must_use]
pub fn first_of(mut near: Vec<Near>) -> Vec<Near> {
    near.sort_by(|a, b| {
        a.distance.cmp(&b.distance).then(b.articles.cmp(&a.articles)).then_with(|| a.form.cmp(&b.form))
    });
    near.truncate(2 * MAX_SUGGESTIONS);
    near
}

/// Whether the first of the suggestions, in order, is clearly the word that is meant.
#[must_use]
pub fn is_clear(suggestions: &[Near]) -> bool {
    let Some(first) = suggestions.first() else { return false };
    let rivals = suggestions[1..].iter().filter(|other| other.distance <= first.distance + 1);
    first.distance <= 3
        && rivals.into_iter().all(|other| {
            let often = if other.distance > first.distance { first.articles * 2 } else { first.articles };
            often >= 3 * other.articles
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn count(left: &str, right: &str) -> Option<usize> {
        let chars = |text: &str| text.chars().collect::<Vec<char>>();
        edits(&chars(left), &chars(right), 9)
    }

    #[test]
    fn edits_are_counted() {
        for (left, right, edits) in [
            ("munition", "munition", 0),
            ("muniton", "munition", 1),
            ("mnuition", "munition", 1),
            ("selenski", "selenskyj", 2),
            ("", "abc", 3),
        ] {
            assert_eq!(count(left, right), Some(edits), "{left} {right}");
        }
    }

    #[test]
    fn near_words_are_near_by_letters_or_sound() {
        let of = |word: &str, other: &str| Comparison::with(word).distance(other);
        assert!(of("muniton", "munition").is_some());
        assert!(of("baehrbock", "baerbock").is_some());
        assert!(of("schmitt", "schmidt") < of("schmitt", "schritt"));
        assert!(of("kim", "artillerie").is_none() && of("munition", "munition").is_none());
    }

    #[test]
    fn words_are_divided_where_the_rarer_is_most_frequent() {
        let articles = |form: &str| match form {
            "bahn" | "hof" => 5,
            "bahnhof" => 3,
            "vor" | "platz" => 9,
            "vorplatz" => 4,
            _ => 0,
        };
        let check = |form: &str, divided_as: Option<(&str, u64)>| {
            let found = divided(form, |form| Ok::<u64, ()>(articles(form))).expect("counted");
            assert_eq!(found.as_ref().map(|near| (near.form.as_str(), near.articles)), divided_as, "{form}");
        };
        check("bahnhofvorplatz", Some(("bahnhof vorplatz", 3)));
        check("bahnhof", Some(("bahn hof", 5)));
        check("vorbahn", Some(("vor bahn", 5)));
        check("hof", None);
        check("bahnxy", None);
    }

    #[test]
    fn the_nearest_come_first_then_the_most_frequent() {
        let near = |form: &str, articles, distance| Near { form: form.to_owned(), articles, distance };
        let mut words = vec![near("c", 1, 2), near("b", 1, 2), near("d", 9, 3), near("a", 7, 2)];
        words.extend((0..9).map(|at| near(&at.to_string(), 1, 4)));
        let forms: Vec<String> = first_of(words).into_iter().map(|near| near.form).collect();
        assert_eq!(forms, ["a", "b", "c", "d", "0", "1", "2", "3"]);
    }

    proptest! {
        #[test]
        fn edits_are_the_same_both_ways(left in "[abcü]{0,7}", right in "[abcü]{0,7}") {
            prop_assert_eq!(count(&left, &right), count(&right, &left));
            prop_assert_eq!(count(&left, &right) == Some(0), left == right);
        }
    }
}
