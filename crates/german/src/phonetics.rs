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
    let (mut code, mut coder) = (String::new(), Coder::default());
    for char in word.chars() {
        coder.push(char, |digit| code.push(digit));
    }
    coder.finish(|digit| code.push(digit));
    code
}

/// Makes the code of a word while its characters come, for walks through dictionaries that share beginnings.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coder {
    before: Option<char>,
    // its digits depend on the letter that follows
    letter: Option<char>,
    last: Option<char>,
    begun: bool,
}

impl Coder {
    /// Takes the next character of a folded word, and hands on the digits that it settles: those of the letter before.
    pub fn push(&mut self, char: char, digit: impl FnMut(char)) {
        let letter = match char {
            'ä' => 'a',
            'ö' => 'o',
            'ü' => 'u',
            other => other.to_ascii_lowercase(),
        };
        if letter.is_ascii_alphabetic() {
            self.settle(Some(letter), digit);
        }
    }

    /// Hands on the digits of the last letter.
    pub fn finish(mut self, digit: impl FnMut(char)) {
        self.settle(None, digit);
    }

    fn settle(&mut self, after: Option<char>, mut push: impl FnMut(char)) {
        let settled = self.letter.map_or("", |letter| digits(letter, self.before, after));
        for digit in settled.chars() {
            if self.last != Some(digit) && (digit != '0' || !self.begun) {
                push(digit);
                self.begun = true;
            }
            self.last = Some(digit);
        }
        (self.before, self.letter) = (self.letter, after);
    }
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
