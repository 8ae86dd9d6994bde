//! Words of the same family as another: *Verhaftung* of *verhaften*, *Sicherheit* of *sicher*, *Frankreich* of *Franzose*. They mean
//! other things and have stems of their own; whoever asks for one may want articles with another too.
//!
//! `examples/tables` builds `data/families.txt`: which nouns German can make of a verb or an adjective, kept where news have both in
//! the same passages more often than by chance.

use crate::peoples;

/// A word a line, folded, in the order of bytes, with the words of its family.
const FAMILIES: &str = include_str!("data/families.txt");

/// The words of the same family as the one with this stem.
///
/// ```
/// use findbuch_german::relatives;
///
/// assert_eq!(relatives("verhaftung"), ["verhaften"]);
/// assert_eq!(relatives("wählen"), ["Wahl"]);
/// assert_eq!(relatives("franzose"), ["französisch", "Frankreich"]);
/// assert!(relatives("deich").is_empty());
/// ```
#[must_use]
pub fn relatives(stem: &str) -> Vec<String> {
    let listed = line_of(stem).into_iter().flat_map(|words| words.split(", ")).map(str::to_owned);
    let capital = |name: String| {
        let mut letters = name.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    let countries = peoples::countries(stem).into_iter().map(capital);
    listed.chain(countries).collect()
}

/// What stands behind a word in the table.
fn line_of(word: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, FAMILIES.len());
    while low < high {
        let middle = FAMILIES.floor_char_boundary(low.midpoint(high));
        let start = FAMILIES[..middle].rfind('\n').map_or(0, |end| end + 1).max(low);
        let end = FAMILIES[start..].find('\n').map_or(FAMILIES.len(), |length| start + length);
        let (known, words) = FAMILIES[start..end].split_once(": ")?;
        match word.cmp(known) {
            std::cmp::Ordering::Less => high = start,
            std::cmp::Ordering::Equal => return Some(words),
            std::cmp::Ordering::Greater => low = (end + 1).min(high),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_table_is_found() {
        for line in FAMILIES.lines() {
            let (word, words) = line.split_once(": ").expect("a word and its family");
            assert_eq!(line_of(word), Some(words), "{word}");
        }
        for word in ["", "a", "zzz", "verhaftunga", "ß"] {
            assert_eq!(line_of(word), None, "{word}");
        }
    }

    #[test]
    fn words_have_those_of_their_family() {
        for (one, other) in [
            ("streik", "streiken"),
            ("festnahme", "festnehmen"),
            ("angriff", "angreifen"),
            ("verhaften", "Verhaftung"),
            ("sicher", "Sicherheit"),
            ("demonstrieren", "Demonstration"),
            ("gefährlich", "Gefahr"),
        ] {
            assert!(relatives(one).iter().any(|word| word == other), "{one}: {:?}", relatives(one));
        }
        for word in ["haben", "munition", "zeit", "essen"] {
            assert!(relatives(word).is_empty(), "{word}: {:?}", relatives(word));
        }
    }
}
