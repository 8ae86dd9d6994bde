//! Kölner Phonetik (H. J. Postel, 1969): words that sound alike in German have the same code.

/// The code of a [folded](crate::fold) word: digits from 0 to 8, none twice in a row, 0 only at the start.
///
/// ```
/// use findbuch_german::phonetics::cologne;
///
/// assert_eq!(cologne("meier"), cologne("mayr"));
/// assert_eq!(cologne("wikipedia"), "3412");
/// ```
#[must_use]
pub fn cologne(word: &str) -> String {
    let letters: Vec<char> = word
        .chars()
        .map(|char| match char {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            other => other.to_ascii_lowercase(),
        })
        .filter(char::is_ascii_alphabetic)
        .collect();
    let mut code = String::new();
    let mut last = None;
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1).copied();
        for digit in digits(letter, before, after).chars() {
            if last != Some(digit) && (digit != '0' || code.is_empty()) {
                code.push(digit);
            }
            last = Some(digit);
        }
    }
    code
}

/// The digits of a letter by its neighbours; none for h.
fn digits(letter: char, before: Option<char>, after: Option<char>) -> &'static str {
    let is = |char: Option<char>, of: &str| char.is_some_and(|char| of.contains(char));
    match letter {
        'a' | 'e' | 'i' | 'j' | 'o' | 'u' | 'y' => "0",
        'p' if is(after, "h") => "3",
        'b' | 'p' => "1",
        'd' | 't' if is(after, "csz") => "8",
        'd' | 't' => "2",
        'f' | 'v' | 'w' => "3",
        'g' | 'k' | 'q' => "4",
        'c' if before.is_none() => {
            if is(after, "ahkloqrux") {
                "4"
            } else {
                "8"
            }
        }
        'c' if is(before, "sz") => "8",
        'c' => {
            if is(after, "ahkoqux") {
                "4"
            } else {
                "8"
            }
        }
        'x' if is(before, "ckq") => "8",
        'x' => "48",
        'l' => "5",
        'm' | 'n' => "6",
        'r' => "7",
        's' | 'z' => "8",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_sound_alike_agree() {
        for (word, code) in [
            ("wikipedia", "3412"),
            ("müller", "657"),
            ("lüdenscheidt", "52682"),
            ("breschnew", "17863"),
            ("phillip", "351"),
            ("max", "648"),
        ] {
            assert_eq!(cologne(word), code, "{word}");
        }
        for (left, right) in [("meier", "mayr"), ("schmidt", "schmitt"), ("philipp", "filip")] {
            assert_eq!(cologne(left), cologne(right), "{left} and {right}");
        }
    }
}
