//! Bytes to text: byte order marks, declared character sets, else recognition (UTF-8, Windows-1252 and kin).

use crate::{Limits, ReadError};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
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

/// Reads all of `input` as text.
pub fn read_text(input: &mut dyn BufRead, limits: &Limits) -> Result<String, ReadError> {
    decode(&read_bytes(input, limits)?, None)
}

/// Decodes bytes; `declared` is what the document says of itself, believed where the bytes allow it.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<String, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    if bytes.contains(&0) {
        return Err(ReadError::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    Ok(damaged_utf8(bytes).unwrap_or_else(|| recognise(bytes)).into_owned())
}

/// UTF-8 in which few bytes are broken, with U+FFFD in their place.
fn damaged_utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|&c| c == '\u{fffd}').count();
    let whole = text.chars().filter(|&c| !c.is_ascii()).count() - broken;
    (whole > 4 * broken).then_some(text)
}

/// The legacy character set whose reading looks most like German.
fn recognise(bytes: &[u8]) -> Cow<'_, str> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"de"), chardetng::Utf8Detection::Allow);
    let encoding = if guess == UTF_8 { WINDOWS_1252 } else { guess };
    encoding.decode_without_bom_handling(bytes).0
}

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
