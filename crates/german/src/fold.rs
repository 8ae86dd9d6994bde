//! Folding: spellings that make no difference get one form. Case, ä and ae, ß and ss, diacritics, ligatures, thousands separators.

use crate::byte_set::ByteSet;
use fst::Map;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC, without soft hyphens, zero-width characters, byte order marks and control characters, and with plain spaces for
/// no-break and other special ones. Line ends and tabs stay. Borrowed where nothing changes.
///
/// ```
/// assert_eq!(findbuch_german::normalize("Mu\u{308}n\u{ad}chen"), "München");
/// ```
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    if is_settled_text(text) {
        return Cow::Borrowed(text);
    }
    let plain = !text.chars().any(|c| replaced(c).is_some());
    if plain && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    text.chars().filter_map(|c| replaced(c).unwrap_or(Some(c))).nfc().collect::<String>().into()
}

/// The [normalised](normalize) text on one line: runs of white space become a space, and none is left at the ends.
///
/// ```
/// assert_eq!(findbuch_german::one_line(" Kim\u{a0}Jong\n Un "), "Kim Jong Un");
/// ```
#[must_use]
pub fn one_line(text: &str) -> String {
    if is_line(text) {
        return text.to_owned();
    }
    let text = normalize(text);
    let text = text.trim();
    let mut spaced = false;
    let single = text.bytes().all(|byte| {
        let again = spaced && byte == b' ';
        spaced = byte == b' ';
        !again && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0b | 0x0c | 0xe1)
    });
    if single { text.to_owned() } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// Bytes of characters that are surely settled, most punctuation beyond ASCII among them, which begins with E2 and is looked at closely:
/// letters with an umlaut and the like begin with bytes from C3 to CB.
const SETTLED: ByteSet = ByteSet::of(&[PUNCTUATION]).and(b' ', b'~').and(0x80, 0xbf).and(0xc3, 0xcb);
/// The same, and ends of lines.
const SETTLED_LINES: ByteSet = SETTLED.and(b'\t', b'\n').and(b'\r', b'\r');
const PUNCTUATION: u8 = 0xe2;
const PUNCTUATIONS: ByteSet = ByteSet::of(&[PUNCTUATION]);

/// Whether a text, whose bytes are settled but for punctuation, has settled punctuation.
fn has_settled_punctuation(text: &str) -> bool {
    PUNCTUATIONS.positions(text).all(|at| text[at..].starts_with(is_settled))
}

/// Whether a text is surely left alone by normalisation: a quick test before the tables of Unicode, true of most German text.
fn is_settled_text(text: &str) -> bool {
    SETTLED_LINES.covers(text) && has_settled_punctuation(text) || text.chars().all(is_settled)
}

/// Whether a text is surely on one line already: nothing of it is changed by normalisation, and white space is single spaces within.
/// Eight bytes are looked at at a time.
fn is_line(text: &str) -> bool {
    let (mut rest, mut punctuation) = (text.as_bytes(), false);
    let mut settled = |bytes: &[u8]| {
        punctuation |= bytes.contains(&PUNCTUATION);
        bytes.iter().fold(true, |all, byte| all & SETTLED.has(*byte))
    };
    while let Some(chunk) = rest.first_chunk() {
        let eight = u64::from_le_bytes(*chunk);
        if is_double_space_in(eight) || !is_printable(eight) && !settled(chunk) {
            return false;
        }
        // the last byte is the first of the next pair
        rest = &rest[7..];
    }
    settled(rest)
        && !rest.windows(2).any(|pair| pair == b"  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && (!punctuation || has_settled_punctuation(text))
}

/// Whether eight bytes are printable ASCII; where one is a control character, others may count as such.
fn is_printable(eight: u64) -> bool {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    (eight | eight.wrapping_sub(SPACES) | eight.wrapping_add(ONES)) & HIGH == 0
}

/// Whether of eight bytes two that follow each other are spaces.
fn is_double_space_in(eight: u64) -> bool {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    const LOW: u64 = u64::from_le_bytes([0x7f; 8]);
    let differs = eight ^ SPACES;
    // the highest bit of each byte that is a space
    let spaces = !(((differs & LOW) + LOW) | differs | LOW);
    spaces & (spaces >> 8) != 0
}

/// Whether a character is surely left alone by normalisation.
fn is_settled(char: char) -> bool {
    matches!(char, ' '..='~' | '\n' | '\r' | '\t' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}' | '€')
}

/// What normalisation puts in the place of a character: `Some(None)` is nothing, `None` the character itself.
fn replaced(char: char) -> Option<Option<char>> {
    match char {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => Some(None),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => Some(Some(' ')),
        '\n' | '\r' | '\t' => None,
        _ if char.is_control() => Some(None),
        _ => None,
    }
}

/// The folded form of one word, in which case, umlaut spelling, ß, diacritics and marks make no difference. Never empty for a word
/// that is not.
///
/// ```
/// use findbuch_german::fold;
///
/// assert_eq!(fold("MÜLLER"), fold("Mueller"));
/// assert_eq!(fold("Putin’s"), "putins");
/// assert_eq!(fold("15.000"), "15000");
/// assert_eq!(fold("Arbeiter:innen"), "arbeiterinnen");
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let folded = fold_keeping_digraphs(word);
    if has_digraph(&folded) { with_umlauts(&folded) } else { folded }
}

/// [`fold`] for text in which ae, oe, ue never stand for umlauts.
///
/// ```
/// use findbuch_german::{fold, fold_keeping_digraphs};
///
/// assert_eq!((fold("Goetz").as_str(), fold_keeping_digraphs("Goetz").as_str()), ("götz", "goetz"));
/// ```
#[must_use]
pub fn fold_keeping_digraphs(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 4);
    if word.is_ascii() {
        let number = word.as_bytes().first().is_some_and(u8::is_ascii_digit);
        for byte in word.bytes().filter(|&b| b.is_ascii_alphanumeric() || (number && matches!(b, b'.' | b','))) {
            folded.push(byte.to_ascii_lowercase() as char);
        }
    } else {
        for char in word.nfc().flat_map(char::to_lowercase) {
            fold_char(char, &mut folded);
        }
    }
    if folded.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        remove_thousands_separators(&mut folded);
        remove_leading_zeros(&mut folded);
    }
    if folded.is_empty() { word.to_owned() } else { folded }
}

/// Appends the folded spelling of a lower-case character.
fn fold_char(char: char, folded: &mut String) {
    match char {
        'ä' | 'ö' | 'ü' => folded.push(char),
        'æ' => folded.push('ä'),
        'œ' | 'ø' => folded.push('ö'),
        'ß' => folded.push_str("ss"),
        'ſ' => folded.push('s'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'þ' => folded.push_str("th"),
        '\'' | '’' | 'ʼ' | ':' | '*' | '/' | '-' | '_' | '(' | ')' | '·' | ' ' => {}
        _ if char.is_ascii() => folded.push(char),
        _ => folded.extend(std::iter::once(char).nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}'))),
    }
}

fn has_digraph(folded: &str) -> bool {
    folded.as_bytes().windows(2).any(|two| two[1] == b'e' && matches!(two[0], b'a' | b'o' | b'u'))
}

static LITERAL: LazyLock<Option<Map<&'static [u8]>>> =
    LazyLock::new(|| Map::new(include_bytes!("data/literal.fst").as_slice()).ok());

/// The word with umlauts for ae, oe, ue where they can stand for one: not ue after a vowel or q (neue, Feuer, Quelle), not -ael and
/// -uel at the end (Israel, Michael, Samuel), and not in surroundings where German words have the two letters only (Poet, aktuell).
fn with_umlauts(folded: &str) -> String {
    let chars: Vec<char> = std::iter::once('^').chain(folded.chars()).chain(['$', ' ']).collect();
    let mut text = String::with_capacity(folded.len());
    let mut at = 1;
    while at < chars.len() - 2 {
        let umlaut = match (chars[at], chars[at + 1]) {
            ('a', 'e') => Some('ä'),
            ('o', 'e') => Some('ö'),
            ('u', 'e') => Some('ü'),
            _ => None,
        };
        let umlaut = umlaut.filter(|_| !is_literal(&chars, at));
        text.push(umlaut.unwrap_or(chars[at]));
        at += if umlaut.is_some() { 2 } else { 1 };
    }
    text
}

/// Whether the digraph at `at` is two letters and no umlaut. `chars` has `^` before the word and `$` after it.
fn is_literal(chars: &[char], at: usize) -> bool {
    let (before, after) = (chars[at - 1], &chars[at + 2..]);
    if chars[at] == 'u' && matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q' | 'ä') {
        return true;
    }
    if chars[at] != 'o' && after[0] == 'l' && matches!(after.get(1), Some('$' | 's' | 'i')) && before != '^' {
        return true;
    }
    let Some(literal) = LITERAL.as_ref() else { return false };
    let end = chars.len() - 1;
    let context: String = chars[at.saturating_sub(2)..(at + 4).min(end)].iter().collect();
    literal.contains_key(context)
}

/// `12.09.2023` → `12.9.2023`: days and months of dates lose leading zeros.
fn remove_leading_zeros(word: &mut String) {
    let mut parts = word.split('.');
    let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return;
    };
    let digits =
        |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits(day, &[1, 2]) && digits(month, &[1, 2]) && digits(year, &[2, 4]) {
        *word = format!("{}.{}.{year}", day.trim_start_matches('0'), month.trim_start_matches('0'));
    }
}

/// `15.000` → `15000`, `1.234.567,5` → `1234567,5`; dates and versions (`12.9.2023`, `3.5`) stay.
fn remove_thousands_separators(word: &mut String) {
    let (whole, fraction) = word.split_once(',').unwrap_or((word, ""));
    let mut groups = whole.split('.');
    let first = groups.next().unwrap_or("");
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let separated = first.len() <= 3
        && whole.contains('.')
        && digits(first)
        && digits(fraction)
        && groups.all(|group| group.len() == 3 && digits(group));
    if separated {
        word.retain(|c| c != '.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_fold_together() {
        for (word, folded) in [
            ("MÜLLER", "müller"),
            ("Mueller", "müller"),
            ("Fuehrerschein", "führerschein"),
            ("Poet", "poet"),
            ("Michael", "michael"),
            ("Israels", "israels"),
            ("Israelis", "israelis"),
            ("Steuer", "steuer"),
            ("Quelle", "quelle"),
            ("neue", "neue"),
            ("aktuelle", "aktuelle"),
            ("zuerst", "zuerst"),
            ("Oel", "öl"),
            ("Haeuser", "häuser"),
            ("Arbeiter:innen", "arbeiterinnen"),
            ("12.09.2023", "12.9.2023"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Mu\u{308}ller", "müller"),
            ("Putin’s", "putins"),
            ("Erdoğan", "erdogan"),
            ("Čapek", "capek"),
            ("Wałęsa", "walesa"),
            ("Waſſer", "wasser"),
            ("ﬁnanz", "finanz"),
            ("İstanbul", "istanbul"),
            ("15.000", "15000"),
            ("1.234.567,50", "1234567,50"),
            ("12.9.2023", "12.9.2023"),
            ("12.345.67", "12.345.67"),
            ("3.5", "3.5"),
        ] {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn kept_text_is_composed_and_free_of_invisible_characters() {
        assert_eq!(normalize("Mu\u{308}n\u{ad}chen\u{a0}\u{200b}heute\u{1b}\n"), "München heute\n");
        assert!(matches!(normalize("schon gut\n"), Cow::Borrowed(_)));
        assert_eq!(one_line(" ein  Wort\tund\u{2028}noch eins\n"), "ein Wort und noch eins");
        let words = "ein Wort ! „und“ noch eins";
        for at in (0..words.len()).filter(|at| words.is_char_boundary(*at)) {
            let doubled = words[at..].starts_with(' ');
            let text = [&words[..at], if doubled { " " } else { "" }, &words[at..]].concat();
            assert_eq!((is_line(&text), one_line(&text).as_str()), (!doubled, words), "{text}");
        }
    }

    #[test]
    fn settled_characters_are_normal_and_kept() {
        for char in ('\0'..='\u{ffff}').filter(|c| is_settled(*c)) {
            assert!(replaced(char).is_none() && is_nfc_quick(std::iter::once(char)) == IsNormalized::Yes, "{char:?}");
        }
    }
}
