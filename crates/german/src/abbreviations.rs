//! Abbreviations that a text explains, as in *Europäische Zentralbank (EZB)*, by the algorithm of Schwartz and Hearst (2003): the letters
//! of the abbreviation are looked for from its end to its beginning in the words before the parenthesis, and the first of them must begin
//! a word.

/// Fewest and most letters of an abbreviation.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;
/// Fewest capitals among them.
const MIN_CAPITALS: usize = 2;
/// Words before the parenthesis that are looked at besides one for each letter.
const MORE_WORDS: usize = 5;

/// The abbreviations in a text, each with what it stands for.
pub fn abbreviations(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices('(').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let short = &rest[..rest.find(')')?];
        let letters = short.chars().count();
        let capitals = short.chars().filter(|char| char.is_uppercase()).count();
        if !LETTERS.contains(&letters) || capitals < MIN_CAPITALS || !short.chars().all(char::is_alphanumeric) {
            return None;
        }
        let before = text[..at].trim_end();
        let sentence = before
            .rfind(['.', '!', '?', ';', ':', '\n', '(', ')', '„', '“', '"'])
            .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
        let words = (letters + MORE_WORDS).min(letters * 2);
        let start =
            before[sentence..].rmatch_indices([' ', '-']).nth(words - 1).map_or(sentence, |(at, _)| sentence + at + 1);
        Some((short, long_form(short, before.get(start..)?)?))
    })
}

/// The end of `before` that an abbreviation stands for.
fn long_form<'a>(short: &str, before: &'a str) -> Option<&'a str> {
    let letters: Vec<(usize, char)> = before.char_indices().collect();
    let same = |one: char, other: char| one.to_lowercase().eq(other.to_lowercase());
    let mut end = letters.len();
    let abbreviated: Vec<char> = short.chars().collect();
    for (number, wanted) in abbreviated.iter().enumerate().rev() {
        let begins = |at: usize| at == 0 || !letters[at - 1].1.is_alphanumeric();
        end = (0..end).rev().find(|at| same(letters[*at].1, *wanted) && (number > 0 || begins(*at)))?;
    }
    let long = &before[letters[end].0..];
    let words = long.split([' ', '-']).count();
    let fits = long.starts_with(char::is_uppercase)
        && long.chars().count() > abbreviated.len() + 1
        && words <= abbreviated.len() + MORE_WORDS
        && !long.split([' ', '-']).any(|word| word == short);
    fits.then_some(long)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        assert_eq!(abbreviations(text).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn abbreviations_are_found_with_what_they_stand_for() {
        check("Die Europäische Zentralbank (EZB) wartet.", &[("EZB", "Europäische Zentralbank")]);
        check("Das Technische Hilfswerk (THW) half.", &[("THW", "Technische Hilfswerk")]);
        check("beim Bund für Umwelt- und Deichschutz (BUD)", &[("BUD", "Bund für Umwelt- und Deichschutz")]);
        check(
            "das Landeskriminalamt (LKA) und der Deichverband (DV)",
            &[("LKA", "Landeskriminalamt"), ("DV", "Deichverband")],
        );
    }

    #[test]
    fn other_parentheses_are_none() {
        for text in [
            "Anna Moor (SPD) sprach.",
            "der Deich (2024)",
            "der Müller (siehe oben)",
            "(EZB)",
            "Es hielt. (ES)",
            "",
            "Wirt (",
        ] {
            check(text, &[]);
        }
    }
}
