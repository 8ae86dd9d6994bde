//! Numbers in words and in figures: *Sieben-Tage-Inzidenz* is *7-Tage-Inzidenz*, *Hartz IV* is *Hartz 4*, and `4` finds *vier*.

/// Numbers that are written in words, from two.
const WORDS: &[&str] = &["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];
/// Roman numbers from two; with one alone a name is mistaken for an abbreviation.
const ROMAN: &[&str] = &[
    "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII",
    "XIX", "XX", "XXI", "XXII", "XXIII",
];
/// The first number of both.
const FIRST: usize = 2;

/// What a word, or a name of several, is with its number written otherwise.
pub fn variants(typed: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Some((number, rest)) = typed.split_once('-') {
        found.extend(
            in_words(number).map(str::to_owned).or_else(|| in_figures(number)).map(|number| format!("{number}-{rest}")),
        );
    } else if let Some((name, number)) = typed.rsplit_once(' ') {
        let named =
            name.starts_with(char::is_uppercase) && name.chars().count() > 1 && name.ends_with(char::is_alphabetic);
        found.extend(
            roman(number).or_else(|| from_roman(number)).filter(|_| named).map(|number| format!("{name} {number}")),
        );
    } else {
        found.extend(in_words(typed).map(str::to_lowercase));
    }
    found
}

/// A number of figures in words.
fn in_words(number: &str) -> Option<&'static str> {
    WORDS.get(value(number)?).copied()
}

/// A number of figures in Roman ones.
fn roman(number: &str) -> Option<String> {
    ROMAN.get(value(number)?).map(|roman| (*roman).to_owned())
}

/// The place of a number of figures in the tables.
fn value(number: &str) -> Option<usize> {
    let digits = number.bytes().all(|byte| byte.is_ascii_digit()) && number.len() <= 2;
    digits.then(|| number.parse::<usize>().ok()).flatten()?.checked_sub(FIRST)
}

fn in_figures(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    WORDS.iter().position(|known| *known == word).map(|at| (at + FIRST).to_string())
}

fn from_roman(number: &str) -> Option<String> {
    ROMAN.iter().position(|known| *known == number).map(|at| (at + FIRST).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_otherwise() {
        for (typed, expected) in [
            ("7-Tage-Inzidenz", &["sieben-Tage-Inzidenz"][..]),
            ("Sieben-Tage-Inzidenz", &["7-Tage-Inzidenz"]),
            ("Hartz 4", &["Hartz IV"]),
            ("Hartz IV", &["Hartz 4"]),
            ("Johannes XXIII", &["Johannes 23"]),
            ("4", &["vier"]),
            ("vier", &[]),
            ("13", &[]),
            ("1", &[]),
            ("2024-25", &[]),
            ("um 4", &[]),
            ("G 20", &[]),
            ("Tote 40", &[]),
            ("Acht", &[]),
        ] {
            assert_eq!(variants(typed), expected, "{typed}");
        }
    }
}
