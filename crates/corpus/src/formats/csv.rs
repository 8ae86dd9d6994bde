//! CSV and TSV with a header, an article a row, under the keys of [`json`](super::json); quoting follows RFC 4180.
//!
//! UTF-8 is read row by row; a legacy character set is recognised from the whole file, within the limit for one article.

use super::unread::Unread;
use super::{json, mapping};
use crate::{Emit, Problem, RawDocument, ReadError, Settings, charset};
use csv::{ByteRecord, ReaderBuilder};
use findbuch_article::Article;
use serde_json::{Map, Value};
use std::io::{BufRead, Cursor, Error, ErrorKind, Read};

/// Bytes at the start of a file by which its character set and delimiter are recognised.
const SAMPLE: usize = 1 << 16;

/// Bytes that the CSV parser reads ahead.
const BUFFER: usize = 1 << 16;

/// What may separate fields, the likeliest first.
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Reads an article a row; a row that does not fit the header is reported with its line, and the rest goes on.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let mut sample = Vec::new();
    Read::take(&mut *input, SAMPLE as u64).read_to_end(&mut sample)?;
    if sample.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let sample = match sample.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => sample,
    };
    if is_utf8(&sample) {
        let start = sample.clone();
        return rows(document, &sample, &mut Cursor::new(start).chain(input), emit);
    }
    let bytes = charset::read_bytes(&mut Cursor::new(sample).chain(input), document.limits)?;
    let text = charset::text_of(document, &bytes, None)?.into_bytes();
    rows(document, &text[..text.len().min(SAMPLE)], &mut text.as_slice(), emit)
}

/// UTF-8 without zero bytes; a character cut off at the end counts.
fn is_utf8(bytes: &[u8]) -> bool {
    let whole = std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    whole && !bytes.contains(&0)
}

fn rows(document: &RawDocument<'_>, sample: &[u8], input: &mut dyn Read, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let declared = declared_delimiter(sample);
    let skipped = declared.map_or(0, |(_, line)| line);
    std::io::copy(&mut Read::take(&mut *input, skipped as u64), &mut std::io::sink())?;
    let start = sample.get(skipped..).unwrap_or_default();
    let mut reader = ReaderBuilder::new()
        .delimiter(declared.map_or_else(|| delimiter(start), |(delimiter, _)| delimiter))
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(BUFFER)
        .from_reader(Bounded { inner: input, left: 0 });
    let limit = document.limits.max_bytes;
    let mut record = ByteRecord::new();
    let mut keys: Option<Vec<String>> = None;
    let mut number = 0;
    let mut unread = Unread::default();
    loop {
        reader.get_mut().left = limit.saturating_add(BUFFER as u64);
        if !reader.read_byte_record(&mut record).map_err(|error| failure(error, limit))? {
            break;
        }
        let Some(keys) = &keys else {
            keys = Some(header(&record, document.file.settings.as_deref())?);
            continue;
        };
        number += 1;
        let line = record.position().map(|position| position.line() + u64::from(skipped > 0));
        let problem = |reason| Problem { path: document.file.display(), line, reason };
        let (article, missed) = match row(document, number, keys, &record, &mut unread) {
            Ok((article, missed)) => (Ok(article), missed),
            Err(reason) => (Err(reason), None),
        };
        if emit(article.map_err(problem)).is_break()
            || missed.is_some_and(|reason| emit(Err(problem(reason))).is_break())
        {
            return Ok(());
        }
    }
    if number == 0 { Err(ReadError::Empty) } else { Ok(()) }
}

/// The header's keys, if a text or a headline is among them.
fn header(record: &ByteRecord, settings: Option<&Settings>) -> Result<Vec<String>, ReadError> {
    let keys: Vec<String> =
        record.iter().map(|key| Ok(text(key)?.trim().to_owned())).collect::<Result<_, ReadError>>()?;
    let names = || keys.iter().map(String::as_str);
    let known = json::names_text(names()) || settings.is_some_and(|settings| mapping::names_text(names(), settings));
    if known { Ok(keys) } else { Err(ReadError::NoKnownKeys) }
}

fn row(
    document: &RawDocument<'_>,
    number: u64,
    keys: &[String],
    record: &ByteRecord,
    unread: &mut Unread,
) -> Result<(Article, Option<ReadError>), ReadError> {
    let filled = record.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
    if record.len() < keys.len() || filled > keys.len() {
        return Err(ReadError::RowLength { found: record.len(), expected: keys.len() });
    }
    let mut object = Map::new();
    for (key, field) in keys.iter().zip(record) {
        if !field.is_empty() {
            object.entry(key.clone()).or_insert(Value::String(text(field)?));
        }
    }
    let place = RawDocument { record: Some(number), ..*document };
    let settings = document.file.settings.as_deref();
    let draft = json::record(&object, settings);
    let missed = unread.first(&object, &draft, settings);
    Ok((draft.finish(&place)?, missed))
}

/// A field's text; one in another character set than the file's start is recognised by itself.
fn text(field: &[u8]) -> Result<String, ReadError> {
    match std::str::from_utf8(field) {
        Ok(text) if !field.contains(&0) => Ok(text.to_owned()),
        _ => charset::decode(field, None),
    }
}

/// The delimiter of a first line `sep=;`, as spreadsheets write it, and that line's bytes.
fn declared_delimiter(sample: &[u8]) -> Option<(u8, usize)> {
    let line = sample.iter().position(|&b| b == b'\n')? + 1;
    let declared = sample.get(..line)?.trim_ascii_end().strip_prefix(b"sep=");
    match declared {
        Some([delimiter]) => Some((*delimiter, line)),
        // the line sep= with a tab, of which trimming left nothing
        Some([]) => Some((b'\t', line)),
        _ => None,
    }
}

/// The delimiter by which the header has the most known keys, else the most fields.
fn delimiter(sample: &[u8]) -> u8 {
    let fields = |delimiter: u8| {
        let mut record = ByteRecord::new();
        let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(sample);
        let read = reader.read_byte_record(&mut record).is_ok();
        let known = record.iter().filter_map(|key| std::str::from_utf8(key).ok()).filter(|key| json::is_known(key));
        if read { (known.count(), record.len()) } else { (0, 0) }
    };
    // of equals the last is the greatest, so the likeliest comes last
    DELIMITERS.into_iter().rev().max_by_key(|&delimiter| fields(delimiter)).unwrap_or(b',')
}

fn failure(error: csv::Error, limit: u64) -> ReadError {
    let message = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == ErrorKind::FileTooLarge => ReadError::TooLarge { limit },
        csv::ErrorKind::Io(error) => ReadError::Io(error),
        _ => ReadError::Io(Error::other(message)),
    }
}

/// A reader that ends with an error when more is asked of it than one row may have: a quote that nobody closes would
/// take in all that follows.
struct Bounded<'a> {
    inner: &'a mut dyn Read,
    left: u64,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;
    use encoding_rs::WINDOWS_1252;
    use proptest::prelude::*;

    /// Headline and text of each row, or what is wrong with it.
    fn check(bytes: &[u8]) -> Vec<String> {
        testing::read("x.csv", bytes, |document, input, emit| read(document, input, emit))
    }

    #[test]
    fn every_delimiter_and_character_set_gives_the_same_rows() {
        let table =
            "titel,datum,text\nDeich,2020-05-01,\"Erster Satz, mit „Komma“.\nZweite Zeile.\"\nMöwen,,Über See.\n";
        let expected = ["Deich|2020-05-01|Erster Satz, mit „Komma“.|Zweite Zeile.", "Möwen||Über See."];
        let semicolons = "sep=;\r\nTitel;Datum;Text\r\nDeich;1.5.2020;\"Erster Satz, mit „Komma“.\r\nZweite Zeile.\"\r\nMöwen;;Über See.;\r\n";
        for bytes in [
            table.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", table.as_bytes()].concat(),
            WINDOWS_1252.encode(table).0.into_owned(),
            table.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            table.replace(',', "\t").replace("Satz\t", "Satz,").into_bytes(),
            semicolons.as_bytes().to_vec(),
        ] {
            assert_eq!(check(&bytes), expected, "{}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn rows_that_do_not_fit_are_named_with_their_line() {
        let table = "headline|body\nDeich|\"Ein\nSatz.\"\nzu|viel|hier\nwenig\nHafen|Noch ein Satz.\n|\n";
        assert_eq!(
            check(table.as_bytes()),
            [
                "Deich||Ein|Satz.",
                "4: has 3 fields where the header has 2; quote fields that hold the delimiter, or mend the row",
                "5: has 1 field where the header has 2; quote fields that hold the delimiter, or mend the row",
                "Hafen||Noch ein Satz.",
                "7: has no text that reads as an article",
            ]
        );
        let none = "has neither a headline nor a text under a known key; docs/FORMATS.md lists the keys, and \
                    findbuch.toml can name others";
        assert_eq!(check(b"a,b\n1,2\n"), [none]);
        assert_eq!(check(b"titel,text\n"), ["is empty; there is no article in it"]);
    }

    #[test]
    fn a_quote_that_nobody_closes_is_bounded() {
        let table = format!("titel,text\nDeich,\"{}", "x".repeat(300_000));
        let found = testing::read_within(100_000, "x.csv", table.as_bytes(), |d, i, e| read(d, i, e));
        assert!(found[0].starts_with("is larger than"), "{found:?}");
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), rows in "[a-z,;|\"\n\t]{0,200}") {
            check(&bytes);
            check(format!("titel,text\n{rows}").as_bytes());
            check(format!("titel;text;{rows}").as_bytes());
        }
    }
}
