//! Tokens as annotated text has them: words with their hyphens and abbreviating full stops, and each sign by itself.

use crate::words::{Known, WordTable, hash};
use findbuch_german::{Splitter, fold, is_known};
use std::ops::Range;

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Begins with a capital letter, or has one within.
    Capital,
    /// Letters, none of them capital.
    Small,
    /// Begins with a digit.
    Number,
    /// Neither letters nor digits.
    Sign,
    /// A sign behind which a sentence begins, or the edge of a text.
    Edge,
}

/// A token with what features are made of; all that is asked of its letters is answered once.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// See [`Look`].
    pub look: Look,
    /// A hash of the whole word.
    pub word: u64,
    /// Of its first bytes: three and four.
    pub begins: [u64; 2],
    /// Of its last bytes: two, three, four and five.
    pub ends: [u64; 4],
    /// Of its pattern of capitals, small letters, digits and signs, repetitions as one.
    pub shape: u64,
    /// What is known of the word; of a genitive in -s, what is known of the word without it.
    pub known: Known,
    /// Whether that is so.
    pub genitive: bool,
    /// Of a word with hyphens: what is known of what stands before the first and behind the last.
    pub pieces: Option<[Known; 2]>,
    /// See [`Status`].
    pub status: Status,
}

/// What the tables and the dictionary say of a word with a capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has none.
    Small,
    /// News have it often.
    Frequent,
    /// A list of places or forenames has it.
    Listed,
    /// A form of a German word.
    Word,
    /// A compound of German words.
    Compound,
    /// None of these: mostly a name.
    Unknown,
}

impl Status {
    fn of(word: &str, known: Known) -> Status {
        thread_local! {
            // it keeps what it has found, for one thread
            static SPLITTER: Splitter = Splitter::default();
        }
        if known.fine() != 0 {
            return Status::Frequent;
        }
        if known.is_place() || known.is_inner() {
            return Status::Listed;
        }
        if is_known(word) {
            return Status::Word;
        }
        let compound = word.len() <= LONGEST && SPLITTER.with(|splitter| !splitter.split(&fold(word), true).is_empty());
        if compound { Status::Compound } else { Status::Unknown }
    }
}

/// Bytes of the longest word that is looked at as a compound.
const LONGEST: usize = 60;

impl Token {
    /// The token of a word that stands at `start`.
    #[must_use]
    pub fn new(word: &str, start: usize, table: &WordTable<'_>) -> Token {
        let bytes = word.as_bytes();
        let (mut shape, mut last, mut capital, mut letters) = (0_u64, 0, false, false);
        for letter in word.chars() {
            let class = match letter {
                'a'..='z' => 2,
                'A'..='Z' => 1,
                '0'..='9' => 3,
                '.' => 4,
                '-' => 5,
                _ if letter.is_ascii() => 6,
                _ if letter.is_uppercase() => 1,
                _ if letter.is_alphabetic() => 2,
                _ => 6,
            };
            capital |= class == 1;
            letters |= class <= 2;
            if class != last {
                shape = (shape << 3 | class) & 0xff_ffff;
                last = class;
            }
        }
        let look = match bytes.first() {
            Some(b'0'..=b'9') => Look::Number,
            Some(b'.' | b'!' | b'?' | b':' | b';') if bytes.len() == 1 => Look::Edge,
            _ if capital => Look::Capital,
            _ if letters => Look::Small,
            _ => Look::Sign,
        };
        let length = bytes.len();
        let begin = |most: usize| if length >= most { hash(&bytes[..most]) } else { 0 };
        let end = |most: usize| if length >= most { hash(&bytes[length - most..]) } else { 0 };
        // only what can be a name or say that its neighbour is one is looked at closely
        let (begins, ends) = match look {
            Look::Capital => ([begin(3), begin(4)], [end(2), end(3), end(4), end(5)]),
            Look::Small => ([0; 2], [0, end(3), end(4), 0]),
            _ => ([0; 2], [0; 4]),
        };
        let (word_text, word) = (word, hash(bytes));
        let capital = look == Look::Capital;
        let shape = shape | (length.min(4) as u64) << 24;
        let mut known = table.get(word);
        let mut genitive = false;
        if capital && length > 3 && bytes.ends_with(b"s") {
            let base = table.get(hash(&bytes[..length - 1]));
            let listed = base.listed();
            genitive = base.fine() != 0 || listed.0 != 0;
            known = if known.fine() == 0 && known.listed().0 == 0 { base } else { Known(known.0 | listed.0) };
        }
        let pieces = (capital && bytes.contains(&b'-')).then(|| {
            let first = bytes.split(|byte| *byte == b'-').next().unwrap_or_default();
            let last = bytes.rsplit(|byte| *byte == b'-').next().unwrap_or_default();
            [first, last].map(|piece| table.get(hash(piece)))
        });
        let status = if capital { Status::of(word_text, known) } else { Status::Small };
        Token { span: start..start + length, look, word, begins, ends, shape, known, genitive, pieces, status }
    }

    /// What stands before and behind a text.
    #[must_use]
    pub fn edge() -> Token {
        let (word, shape, known) = (1, 7, Known::default());
        let (genitive, pieces, status) = (false, None, Status::Small);
        Token {
            span: 0..0,
            look: Look::Edge,
            word,
            begins: [0; 2],
            ends: [0; 4],
            shape,
            known,
            genitive,
            pieces,
            status,
        }
    }
}

/// Divides a text into `tokens`, which are cleared before.
pub fn divide(text: &str, table: &WordTable<'_>, tokens: &mut Vec<Token>) {
    divide_with(text, &mut |word, start| Token::new(word, start, table), tokens);
}

/// Logarithm of the number of words that are kept: most words of a text are among these.
const KEPT: u32 = 14;

/// Divides texts; keeps the tokens of words from one to the next.
#[derive(Debug, Clone, Default)]
pub struct Divider {
    /// At the place that their hashes say.
    kept: Vec<Option<Token>>,
}

impl Divider {
    /// Divides a text into `tokens`, which are cleared before. All texts are divided with one table.
    pub fn divide(&mut self, text: &str, table: &WordTable<'_>, tokens: &mut Vec<Token>) {
        self.kept.resize(1 << KEPT, None);
        let kept = &mut self.kept;
        let mut token = |word: &str, start: usize| {
            let hash = hash(word.as_bytes());
            let Some(slot) = kept.get_mut((hash >> (64 - KEPT)) as usize) else {
                return Token::new(word, start, table);
            };
            match slot {
                Some(token) if token.word == hash && token.span.len() == word.len() => {
                    Token { span: start..start + word.len(), ..token.clone() }
                }
                _ => slot.insert(Token::new(word, start, table)).clone(),
            }
        };
        divide_with(text, &mut token, tokens);
    }
}

fn divide_with(text: &str, make: &mut impl FnMut(&str, usize) -> Token, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut from = 0;
    // most words are of ASCII letters between blanks
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let until = |end: fn(&u8) -> bool| rest.bytes().position(|byte| end(&byte)).unwrap_or(rest.len());
        let (letters, length) = (until(|byte| !byte.is_ascii_alphanumeric()), until(u8::is_ascii_whitespace));
        match rest.get(..length) {
            Some(word) if letters == length && !word.is_empty() => tokens.push(make(word, from)),
            Some(piece) => divide_spaced(piece, from, make, tokens),
            None => {}
        }
        from += length + 1;
    }
}

/// What stands between white space of ASCII, with other white space in it.
fn divide_spaced(text: &str, start: usize, make: &mut impl FnMut(&str, usize) -> Token, tokens: &mut Vec<Token>) {
    let mut from = 0;
    for piece in text.split(char::is_whitespace) {
        if !piece.is_empty() {
            divide_piece(piece, start + from, make, tokens);
        }
        from += piece.len();
        // the white space itself, of one character
        from += text.get(from..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
}

/// Whether a character belongs to a word.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || (!letter.is_ascii() && letter.is_alphanumeric())
}

/// What stands between white space: signs before a word, the word, signs behind it.
fn divide_piece(piece: &str, from: usize, make: &mut impl FnMut(&str, usize) -> Token, tokens: &mut Vec<Token>) {
    let begin = piece.find(is_letter).unwrap_or(piece.len());
    let end =
        piece.rfind(is_letter).map_or(begin, |last| last + piece[last..].chars().next().map_or(0, char::len_utf8));
    signs(piece, 0..begin, from, make, tokens);
    let mut start = begin;
    // a word may have within it what is not its own: »Berlin/Bonn«, »Merkel(CDU«, »Trump“-Wähler« stay in pieces
    for (at, sign) in piece.get(begin..end).unwrap_or_default().char_indices() {
        let at = begin + at;
        if is_letter(sign) || matches!(sign, '-' | '.' | '\'' | '’' | '&' | '@' | '_' | '‐' | '‑' | '*' | ',') {
            continue;
        }
        if at > start {
            tokens.push(make(&piece[start..at], from + start));
        }
        let behind = at + sign.len_utf8();
        tokens.push(make(&piece[at..behind], from + at));
        start = behind;
    }
    let mut behind = end;
    if start < end {
        // the full stop of »Dr.«, »A.«, »1.«, but not of a sentence
        if piece[end..].starts_with('.') && abbreviates(&piece[start..end]) {
            behind += 1;
        }
        tokens.push(make(&piece[start..behind], from + start));
    }
    signs(piece, behind..piece.len(), from, make, tokens);
}

/// Each sign by itself.
fn signs(
    piece: &str,
    range: Range<usize>,
    from: usize,
    make: &mut impl FnMut(&str, usize) -> Token,
    tokens: &mut Vec<Token>,
) {
    let begin = range.start;
    for (at, sign) in piece.get(range).unwrap_or_default().char_indices() {
        let at = begin + at;
        tokens.push(make(&piece[at..at + sign.len_utf8()], from + at));
    }
}

/// Whether a full stop behind a word is the word's: initials, titles, ordinals of two figures.
fn abbreviates(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(only), None, _) => only.is_alphanumeric(),
        (Some(a), Some(b), None) => {
            (a.is_ascii_digit() && b.is_ascii_digit()) || matches!(word, "Dr" | "St" | "Hl" | "hl" | "Nr")
        }
        _ => {
            word.contains('.')
                || matches!(
                    word,
                    "Prof" | "Dipl" | "Ing" | "bzw" | "geb" | "Abs" | "Art" | "Med" | "med" | "jur" | "phil"
                )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn divided(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        divide(text, &WordTable::new(&[]), &mut tokens);
        tokens.into_iter().map(|token| &text[token.span]).collect()
    }

    #[test]
    fn signs_stand_alone_and_full_stops_belong_to_abbreviations() {
        for (text, tokens) in [
            ("»Das ist neu«, sagte Dr. Krahn.", "»|Das|ist|neu|«|,|sagte|Dr.|Krahn|."),
            ("Am 1. Mai in Baden-Württemberg", "Am|1.|Mai|in|Baden-Württemberg"),
            ("Berlin/Bonn (dpa) – 2020.", "Berlin|/|Bonn|(|dpa|)|–|2020|."),
            ("J. R. Ewings Öl", "J.|R.|Ewings|Öl"),
            ("Putin’s Rede…", "Putin’s|Rede|…"),
            ("  ", ""),
        ] {
            assert_eq!(divided(text).join("|"), tokens, "{text}");
        }
    }

    #[test]
    fn a_word_is_told_by_its_look() {
        let look = |word: &str| Token::new(word, 0, &WordTable::new(&[])).look;
        assert_eq!(
            (look("Öl"), look("iPhone"), look("taz"), look("3.")),
            (Look::Capital, Look::Capital, Look::Small, Look::Number)
        );
        assert_eq!((look("."), look("–"), look("№")), (Look::Edge, Look::Sign, Look::Sign));
    }

    proptest! {
        #[test]
        fn tokens_follow_each_other_in_any_text(text in "\\PC{0,60}") {
            let mut tokens = Vec::new();
            divide(&text, &WordTable::new(&[]), &mut tokens);
            let mut behind = 0;
            for token in tokens {
                prop_assert!(token.span.start >= behind && !token.span.is_empty());
                prop_assert!(text[behind..token.span.start].trim().is_empty());
                behind = token.span.end;
            }
            prop_assert!(text[behind..].trim().is_empty());
        }
    }
}
