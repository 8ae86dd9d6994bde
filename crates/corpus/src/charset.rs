//! Bytes to text: byte order marks, declared character sets, else recognition (UTF-8, Windows-1252 and kin).

use crate::{Limits, RawDocument, ReadError};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use findbuch_article::{Certainty, CharacterSet, CharacterSetFrom};
use std::borrow::Cow;
use std::io::{BufRead, Read};

/// Reads all of `input` within the limits.
pub fn read_bytes(input: &mut dyn BufRead, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input.take(limits.max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ReadError::TooLarge { limit: limits.max_bytes });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    Ok(bytes)
}

/// Reads all of `input` as the text of a document.
pub fn read_text(input: &mut dyn BufRead, document: &RawDocument<'_>) -> Result<String, ReadError> {
    text_of(document, &read_bytes(input, document.limits)?, None)
}

/// The bytes of a document as text, see [`decode`]; the document keeps in which character set they were.
pub fn text_of(
    document: &RawDocument<'_>,
    bytes: &[u8],
    declared: Option<&'static Encoding>,
) -> Result<String, ReadError> {
    let (text, found) = decoded(bytes, declared)?;
    if let Some(kept) = document.charset {
        kept.replace(found);
    }
    Ok(text)
}

/// Decodes bytes; `declared` is what the document says of itself, believed where the bytes allow it.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, ReadError> {
    decoded(bytes, declared).map(|(text, _)| text)
}

/// The text, and the character set where it is none of UTF-8 as it should be.
fn decoded(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<(String, Option<CharacterSet>), ReadError> {
    let read = |encoding: &'static Encoding, bytes: &[u8], from: CharacterSetFrom| {
        let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
        let unusual = encoding != UTF_8;
        (text, unusual.then(|| CharacterSet::known(encoding.name(), from)))
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(read(encoding, &bytes[mark..], CharacterSetFrom::Mark));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
        return Ok((text, Some(CharacterSet::recognised(encoding.name(), Certainty::Certain))));
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    let twice = || Some(CharacterSet::known(UTF_8.name(), CharacterSetFrom::EncodedTwice));
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(mended(text).map_or_else(|| (text.to_owned(), None), |text| (text, twice())));
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return Ok(read(encoding, bytes, CharacterSetFrom::Declared));
    }
    // parts of a text may be in UTF-8 and others not
    let damaged = damaged_utf8(bytes).map(|text| (text, CharacterSet::recognised(UTF_8.name(), Certainty::Likely)));
    let (text, found) = damaged.unwrap_or_else(|| recognise(bytes));
    Ok(mended(&text).map_or_else(|| (text.into_owned(), Some(found)), |text| (text, twice())))
}

/// UTF-8 in which few bytes are broken, with U+FFFD in their place.
fn damaged_utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|&c| c == '\u{fffd}').count();
    let whole = text.chars().filter(|&c| !c.is_ascii()).count() - broken;
    (whole > 4 * broken).then_some(text)
}

/// The legacy character set whose reading looks most like German; what is not told by German is left to the library.
fn recognise(bytes: &[u8]) -> (Cow<'_, str>, CharacterSet) {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"de"), chardetng::Utf8Detection::Allow);
    let encoding = if guess == UTF_8 { WINDOWS_1252 } else { guess };
    let sample = bytes.get(..MAX_SAMPLE).unwrap_or(bytes);
    let of = |encoding: &'static Encoding| evidence(&encoding.decode_without_bom_handling(sample).0);
    // the first of those that read alike is taken
    let mut by_evidence =
        [(of(encoding), Some(encoding)), (evidence(&ibm(sample)), None), (of(MACINTOSH), Some(MACINTOSH))];
    by_evidence.sort_by_key(|(evidence, _)| std::cmp::Reverse(*evidence));
    let [(most, best), (next, _), _] = by_evidence;
    let certainty = match most - next {
        ..=0 => Certainty::Uncertain,
        ahead if ahead >= MIN_AHEAD && next <= 0 => Certainty::Certain,
        _ => Certainty::Likely,
    };
    let (text, name) = if let Some(encoding) = best {
        (encoding.decode_without_bom_handling(bytes).0, encoding.name())
    } else {
        let (text, name) = of_ibm(bytes);
        (Cow::Owned(text), name)
    };
    (text, CharacterSet::recognised(name, certainty))
}

/// Letters by which the best reading of a text must be ahead to be certain.
const MIN_AHEAD: i64 = 5;

/// Bytes that a character set is recognised by.
const MAX_SAMPLE: usize = 256 << 10;

/// Letters of German within words, without characters in words where German has none.
fn evidence(text: &str) -> i64 {
    let chars: Vec<char> = text.chars().collect();
    let at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
    let sum = chars.iter().enumerate().filter(|(_, char)| !char.is_ascii()).map(|(place, char)| {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let within = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        let beside = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
        match char {
            'ä' | 'ö' | 'ü' | 'ß' if beside => 1,
            'Ä' | 'Ö' | 'Ü' if !before.is_alphabetic() && after.is_ascii_lowercase() => 1,
            'é' | 'è' | 'ê' | 'á' | 'à' | 'â' | 'ç' | 'ñ' | 'ô' | 'ó' | 'í' | 'î' | 'ë' | 'ï' => 0,
            '\u{80}'..='\u{9f}' | '\u{fffd}' => -1,
            _ if within => -1,
            _ => 0,
        }
    });
    sum.sum()
}

/// Text of the old IBM PC: code page 850, and where a text has letters as 437 alone has them, that. Both agree on German.
pub fn ibm(bytes: &[u8]) -> String {
    of_ibm(bytes).0
}

/// The same with the code page's name.
fn of_ibm(bytes: &[u8]) -> (String, &'static str) {
    let read = |high: &str| -> String {
        let table: Vec<char> = high.chars().collect();
        let char = |byte: &u8| match byte {
            0x15 => '§',
            ..0x80 => char::from(*byte),
            _ => table.get(usize::from(*byte) - 0x80).copied().unwrap_or('\u{fffd}'),
        };
        bytes.iter().map(char).collect()
    };
    let (of_850, of_437) = (read(IBM_850), read(IBM_437));
    if evidence(&of_437) > evidence(&of_850) { (of_437, "IBM437") } else { (of_850, "IBM850") }
}

/// The upper halves of code pages 850 and 437 (RFC 1345).
const IBM_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
const IBM_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// UTF-8 that was taken for Windows-1252 and written as UTF-8 once more, put right: `Ã¤` is ä. Nothing where it is not so.
fn mended(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'â', 'Â']) {
        return None;
    }
    let byte = |char: char| -> Option<u8> {
        if let '\u{80}'..='\u{9f}' = char {
            return u8::try_from(u32::from(char)).ok();
        }
        let mut buffer = [0; 4];
        let (bytes, _, faulty) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
        match *bytes {
            [byte] if byte >= 0x80 && !faulty => Some(byte),
            _ => None,
        }
    };
    let (mut out, mut run, mut mends) = (String::with_capacity(text.len()), String::new(), 0_usize);
    let mut end = |run: &mut String, out: &mut String| {
        let bytes: Option<Vec<u8>> = run.chars().map(byte).collect();
        let whole = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|_| !run.is_empty());
        match whole {
            Some(whole) => {
                mends += 1;
                out.push_str(&whole);
            }
            None => out.push_str(run),
        }
        run.clear();
    };
    for char in text.chars() {
        if byte(char).is_some() {
            run.push(char);
        } else {
            end(&mut run, &mut out);
            out.push(char);
        }
    }
    end(&mut run, &mut out);
    (mends >= MIN_MENDS).then_some(out)
}

/// Fewest places at which a text is put right: one may be meant.
const MIN_MENDS: usize = 2;

/// UTF-16 without a mark: of Latin text every other byte is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 16 || sample.iter().all(|&b| b == 0) {
        return None;
    }
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    if odd * 10 > half * 8 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 8 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Die Fähre „Möwe“ läuft über den Fluß – für 3 €.";

    #[test]
    fn german_is_read_from_every_usual_character_set() {
        let utf16 = |big: bool| -> Vec<u8> {
            TEXT.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for (name, bytes) in [
            ("utf-8", TEXT.as_bytes().to_vec()),
            ("utf-8 with mark", marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec())),
            ("utf-16le", utf16(false)),
            ("utf-16le with mark", marked(b"\xff\xfe", utf16(false))),
            ("utf-16be with mark", marked(b"\xfe\xff", utf16(true))),
            ("windows-1252", WINDOWS_1252.encode(TEXT).0.into_owned()),
        ] {
            assert_eq!(decode(&bytes, None).ok().as_deref(), Some(TEXT), "{name}");
        }
        let latin1 = "Stra\u{df}e, M\u{fc}ller, \u{dc}bung";
        let bytes: Vec<u8> = latin1.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(decode(&bytes, None).ok().as_deref(), Some(latin1));
    }

    #[test]
    fn german_tells_the_character_sets_of_old_machines() {
        let text = "Die Fähre läuft über den Fluß. Am Übersetzplatz wartet der Fährmann, größer als die Möwe, und prüft das Öl.";
        let old: Vec<u8> = text
            .chars()
            .map(|c| {
                if c.is_ascii() {
                    c as u8
                } else {
                    0x80 + IBM_850.chars().position(|other| other == c).expect("a letter") as u8
                }
            })
            .collect();
        assert_eq!(decode(&old, None).ok().as_deref(), Some(text));
        assert_eq!(decode(&MACINTOSH.encode(text).0, None).ok().as_deref(), Some(text));
        let latin = WINDOWS_1252.encode(text).0;
        assert_eq!(decode(&latin, None).ok().as_deref(), Some(text));
        let framed = "\u{2554}\u{2550}\u{2557} F\u{e4}hre und M\u{f6}we";
        let bytes: Vec<u8> = framed
            .chars()
            .map(|c| {
                if c.is_ascii() {
                    c as u8
                } else {
                    0x80 + IBM_437.chars().position(|other| other == c).expect("there") as u8
                }
            })
            .collect();
        assert_eq!(decode(&bytes, None).ok().as_deref(), Some(framed));
    }

    #[test]
    fn it_is_told_how_sure_the_character_set_is() {
        let check = |bytes: &[u8], declared, expected: Option<(&str, CharacterSetFrom, Option<Certainty>)>| {
            let (_, found) = decoded(bytes, declared).expect("text");
            let found = found.as_ref().map(|set| (set.name.as_str(), set.from, set.certainty));
            assert_eq!(found, expected, "{bytes:?}");
        };
        let recognised = |name, certainty| Some((name, CharacterSetFrom::Recognised, Some(certainty)));
        let long = "Die Fähre läuft über den Fluß. Am Übersetzplatz wartet der Fährmann, größer als die Möwe.";
        check(long.as_bytes(), None, None);
        check(&[b"\xef\xbb\xbf", long.as_bytes()].concat(), None, None);
        check(b"\xff\xfeM\0\xf6\0", None, Some(("UTF-16LE", CharacterSetFrom::Mark, None)));
        let latin = WINDOWS_1252.encode(long).0;
        check(&latin, None, recognised("windows-1252", Certainty::Certain));
        check(&latin, Some(WINDOWS_1252), Some(("windows-1252", CharacterSetFrom::Declared, None)));
        check(&MACINTOSH.encode(long).0, None, recognised("macintosh", Certainty::Certain));
        check(b"Die F\x84hre l\x84uft.", None, recognised("IBM850", Certainty::Likely));
        check(b"Preis: 3 \xa4", None, recognised("windows-1252", Certainty::Uncertain));
        let twice = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
        check(twice.as_bytes(), None, Some(("UTF-8", CharacterSetFrom::EncodedTwice, None)));
    }

    #[test]
    fn what_was_encoded_twice_is_put_right() {
        let twice = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
        assert_ne!(twice, TEXT);
        assert_eq!(decode(twice.as_bytes(), None).ok().as_deref(), Some(TEXT));
        let meant = "Das Zeichen Ã¤ steht für ein falsch gelesenes ä.";
        assert_eq!(decode(meant.as_bytes(), None).ok().as_deref(), Some(meant));
    }

    #[test]
    fn a_broken_byte_does_not_spoil_the_rest() {
        let bytes = [TEXT.as_bytes(), b"\xff"].concat();
        assert_eq!(decode(&bytes, None).ok(), Some(format!("{TEXT}\u{fffd}")));
    }

    #[test]
    fn zeros_are_not_text() {
        assert!(matches!(decode(&[0; 64], None), Err(ReadError::Binary)));
        assert!(matches!(decode(b"GIF89a\0\x01\0\x02", None), Err(ReadError::Binary)));
    }
}
