//! Documents of Word 6 to 2003 (MS-DOC) and mails of Outlook (MS-OXMSG): both are compound files (MS-CFB), opened by the library cfb.

use super::mail;
use super::office::{self, Paragraph, Properties};
use crate::draft::Draft;
use crate::{RawDocument, ReadError, charset, markup};
use cfb::CompoundFile;
use findbuch_article::Article;
use std::io::{BufRead, Cursor, Read};

type File = CompoundFile<Cursor<Vec<u8>>>;

/// Most pieces of a text.
const MAX_PIECES: usize = 200_000;
/// Seconds from 1601 to 1970, and ticks of a second.
const EPOCH: u64 = 11_644_473_600;
const TICKS: u64 = 10_000_000;

fn open(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<File, ReadError> {
    let mut bytes = charset::read_bytes(input, document.limits)?;
    fill_up(&mut bytes);
    CompoundFile::open(Cursor::new(bytes)).map_err(|error| ReadError::Office(error.to_string()))
}

/// Adds the sectors that the table of sectors has beyond the end of a file: some programs write it longer than the file, which the
/// library takes for damage. At most what one sector of the table describes is added.
fn fill_up(bytes: &mut Vec<u8>) {
    let shift = u16_at(bytes, 0x1e).filter(|shift| (9..=12).contains(shift));
    let (Some(shift), Some(tables)) = (shift, u32_at(bytes, 0x2c)) else { return };
    let sector = 1_usize << shift;
    let entries = tables.saturating_mul(sector / 4);
    let whole = entries.saturating_add(1).saturating_mul(sector);
    if whole > bytes.len() && whole - bytes.len() <= sector / 4 * sector {
        bytes.resize(whole, 0);
    }
}

fn stream(file: &mut File, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.open_stream(name).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let value = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(value).ok()
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0)).collect();
    String::from_utf16_lossy(&units)
}

fn latin(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// Reads the one article of a document of Word.
pub fn read_doc(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let start = input.fill_buf()?;
    if start.starts_with(b"{\\rtf") {
        return super::rtf::read(document, input);
    }
    if start.starts_with(b"PK\x03\x04") {
        return super::docx::read(document, input);
    }
    let mut file = open(document, input)?;
    let most = document.limits.max_bytes;
    let fault = |what: &str| ReadError::Office(what.to_owned());
    let main = stream(&mut file, "WordDocument", most).ok_or_else(|| fault("it has no text of Word"))?;
    let flags = u16_at(&main, 0x0a).ok_or_else(|| fault("its head is cut off"))?;
    if flags & 0x0100 != 0 {
        return Err(ReadError::Password);
    }
    let version = u16_at(&main, 2).unwrap_or(0);
    let text = if version < 193 {
        of_word_6(&main)
    } else {
        let table = if flags & 0x0200 != 0 { "1Table" } else { "0Table" };
        let table = stream(&mut file, table, most).ok_or_else(|| fault("its table is missing"))?;
        of_pieces(&main, &table)
    };
    let text = text.ok_or_else(|| fault("the places of its text are damaged"))?;
    let properties =
        stream(&mut file, "\u{5}SummaryInformation", 1 << 20).map(|set| properties(&set)).unwrap_or_default();
    office::draft(paragraphs(&text), properties).finish(document)
}

/// Word 6 and 95 keep the text in one piece.
fn of_word_6(main: &[u8]) -> Option<String> {
    let (from, to) = (u32_at(main, 0x18)?, u32_at(main, 0x1c)?);
    let length = u32_at(main, 0x34)?.min(to.checked_sub(from)?);
    main.get(from..from.checked_add(length)?).map(latin)
}

/// The text, whose pieces a table names (`PlcPcd` of the `Clx`).
fn of_pieces(main: &[u8], table: &[u8]) -> Option<String> {
    let characters = u32_at(main, 0x4c)?;
    let (at, length) = (u32_at(main, 0x1a2)?, u32_at(main, 0x1a6)?);
    let mut clx = table.get(at..at.checked_add(length)?)?;
    while clx.first() == Some(&1) {
        let skipped = usize::from(u16_at(clx, 1)?) + 3;
        clx = clx.get(skipped..)?;
    }
    let length = u32_at(clx, 1).filter(|_| clx.first() == Some(&2))?;
    let pieces = clx.get(5..5_usize.checked_add(length)?)?;
    let count = pieces.len().checked_sub(4)? / 12;
    let mut text = String::new();
    for piece in 0..count.min(MAX_PIECES) {
        let (from, to) = (u32_at(pieces, 4 * piece)?, u32_at(pieces, 4 * piece + 4)?.min(characters));
        let length = to.saturating_sub(from);
        let place = u32_at(pieces, 4 * (count + 1) + 8 * piece + 2)?;
        if length == 0 {
            continue;
        }
        if place & 0x4000_0000 == 0 {
            text.push_str(&utf16(main.get(place..place.checked_add(length.checked_mul(2)?)?)?));
        } else {
            let place = (place & 0x3fff_ffff) / 2;
            text.push_str(&latin(main.get(place..place.checked_add(length)?)?));
        }
        // no text is longer than its file
        if text.len() > main.len() * 3 {
            return None;
        }
    }
    Some(text)
}

/// Ends of paragraphs and cells, and what fields show without their instructions.
fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut found = Vec::new();
    let mut open = String::new();
    // for each open field whether its instruction is being read
    let mut fields: Vec<bool> = Vec::new();
    for char in text.chars() {
        match char {
            '\u{13}' => fields.push(true),
            '\u{14}' => {
                if let Some(instruction) = fields.last_mut() {
                    *instruction = false;
                }
            }
            '\u{15}' => {
                fields.pop();
            }
            _ if fields.contains(&true) => {}
            '\r' | '\u{7}' | '\u{c}' | '\u{e}' => {
                found.push(Paragraph { text: std::mem::take(&mut open), ..Paragraph::default() });
            }
            '\u{b}' => open.push('\n'),
            '\t' => open.push(' '),
            '\u{1e}' => open.push('-'),
            '\0'..='\u{1f}' => {}
            _ => open.push(char),
        }
    }
    found.push(Paragraph { text: open, ..Paragraph::default() });
    found
}

/// Title, author and day of a property set (MS-OLEPS).
fn properties(set: &[u8]) -> Properties {
    let value = |wanted: usize| {
        let section = u32_at(set, 44)?;
        let count = u32_at(set, section.checked_add(4)?)?.min(1000);
        let at = (0..count).find_map(|at| {
            let entry = section.checked_add(8 + 8 * at)?;
            (u32_at(set, entry)? == wanted).then(|| u32_at(set, entry + 4))?
        })?;
        set.get(section.checked_add(at)?..)
    };
    let text = |wanted| {
        let value: &[u8] = value(wanted)?;
        let bytes = value.get(8..8_usize.checked_add(u32_at(value, 4)?)?)?;
        let text = latin(bytes).trim_end_matches('\0').trim().to_owned();
        (u16_at(value, 0) == Some(30) && !text.is_empty()).then_some(text)
    };
    let created = value(12).and_then(|value: &[u8]| moment(value.get(4..12)?));
    Properties { title: text(2), creator: text(4), created, ..Properties::default() }
}

/// A moment in ticks since 1601 as seconds since 1970.
fn moment(bytes: &[u8]) -> Option<String> {
    let ticks = u64::from_le_bytes(bytes.try_into().ok()?);
    (ticks / TICKS).checked_sub(EPOCH).map(|seconds| seconds.to_string())
}

/// Reads the one article of a mail of Outlook.
pub fn read_msg(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let mut file = open(document, input)?;
    let most = document.limits.max_bytes;
    let mut property = |tag: &str| {
        let wide = stream(&mut file, &format!("__substg1.0_{tag}001F"), most).map(|bytes| utf16(&bytes));
        let text = wide.or_else(|| {
            let bytes = stream(&mut file, &format!("__substg1.0_{tag}001E"), most)?;
            charset::decode(&bytes, None).ok()
        });
        text.map(|text| text.trim_matches('\0').trim().to_owned()).filter(|text| !text.is_empty())
    };
    let (subject, sender, id) = (property("0037"), property("0C1A"), property("1035"));
    let body = property("1000");
    let mut blocks = body.map(|text| mail::plain_blocks(&text)).unwrap_or_default();
    if blocks.is_empty() {
        let html = stream(&mut file, "__substg1.0_10130102", most).and_then(|bytes| charset::decode(&bytes, None).ok());
        blocks = html.map(|html| markup::blocks(&html)).unwrap_or_default();
    }
    let set = stream(&mut file, "__properties_version1.0", 1 << 20).unwrap_or_default();
    let moment_under = |tag: usize| {
        let entries = set.get(32..).unwrap_or_default().chunks_exact(16);
        entries.filter(|entry| u32_at(entry, 0) == Some(tag)).find_map(|entry| moment(entry.get(8..)?))
    };
    let draft = Draft {
        id: id.map(|id| id.trim_matches(['<', '>']).to_owned()),
        headline: subject.map(|subject| mail::without_prefixes(&subject).to_owned()),
        authors: sender.into_iter().collect(),
        dates: [0x0039_0040, 0x0e06_0040].into_iter().filter_map(moment_under).collect(),
        body: blocks,
        ..Draft::default()
    };
    draft.finish(document)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;
    use std::io::Write;

    fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("in memory");
        for (name, bytes) in streams {
            file.create_stream(name).expect("a stream").write_all(bytes).expect("written");
        }
        file.into_inner().into_inner()
    }

    /// A document of Word 97 whose text is in two pieces, one in Windows-1252 and one in UTF-16.
    fn doc(first: &str, second: &str) -> Vec<u8> {
        let first = encoding_rs::WINDOWS_1252.encode(first).0.into_owned();
        let wide: Vec<u8> = second.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (one, two) = (first.len() as u32, (wide.len() / 2) as u32);
        let mut main = vec![0; 0x400];
        let mut put = |at: usize, bytes: &[u8]| main[at..at + bytes.len()].copy_from_slice(bytes);
        put(2, &193_u16.to_le_bytes());
        put(0x4c, &(one + two).to_le_bytes());
        let mut clx = vec![2];
        clx.extend(28_u32.to_le_bytes());
        for cp in [0, one, one + two] {
            clx.extend(cp.to_le_bytes());
        }
        for place in [(0x400 * 2) | 0x4000_0000, 0x400 + one] {
            clx.extend([0, 0]);
            clx.extend(u32::to_le_bytes(place));
            clx.extend([0, 0]);
        }
        put(0x1a6, &(clx.len() as u32).to_le_bytes());
        main.extend(first);
        main.extend(wide);
        compound(&[("WordDocument", main), ("0Table", clx)])
    }

    fn msg(subject: &str, body: &str) -> Vec<u8> {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let mut set = vec![0; 32];
        set.extend(0x0039_0040_u32.to_le_bytes());
        set.extend([0; 4]);
        // 7 January 1997, 10:00
        set.extend(((852_631_200 + EPOCH) * TICKS).to_le_bytes());
        compound(&[
            ("__substg1.0_0037001F", wide(subject)),
            ("__substg1.0_1000001F", wide(body)),
            ("__substg1.0_0C1A001F", wide("Jelka Thorn")),
            ("__properties_version1.0", set),
        ])
    }

    const HEADLINE: &str =
        "Glockengießer findet Nachfolgerin\r\rIn der Werkstatt am Anger brennt der Ofen wieder, sagt Meister Ocken.\r";
    const TEXT: &str =
        "\u{13} HYPERLINK x \u{14}Die Lehre\u{15} dauert „drei Jahre“, dann folgt die erste eigene Glocke.\r";

    fn check(name: &str, bytes: &[u8]) -> Vec<String> {
        testing::read(name, bytes, |document, input, emit| {
            only(if name.ends_with("doc") { read_doc(document, input)? } else { read_msg(document, input)? }, emit);
            Ok(())
        })
    }

    #[test]
    fn documents_and_mails_are_read() {
        let expected = "Glockengießer findet Nachfolgerin||In der Werkstatt am Anger brennt der Ofen wieder, sagt Meister Ocken.|\
            Die Lehre dauert „drei Jahre“, dann folgt die erste eigene Glocke.";
        assert_eq!(check("x.doc", &doc(HEADLINE, TEXT)), [expected]);
        assert_eq!(
            check("x.doc", b"{\\rtf1 Der Markt am Kai bleibt bis zum Herbst.}"),
            ["Der Markt am Kai bleibt bis zum Herbst.|"]
        );
        let mail = msg("WG: Deichschau", "Die Deichschau beginnt am Montag um acht am Siel.");
        assert_eq!(
            check("x.msg", &mail),
            ["Deichschau|1997-01-07T10:00:00Z|Die Deichschau beginnt am Montag um acht am Siel."]
        );
        assert!(check("x.doc", b"kein Dokument")[0].starts_with("is no document that can be opened"));
    }

    #[test]
    fn a_table_of_sectors_may_be_longer_than_the_file() {
        let mut bytes = doc(HEADLINE, TEXT);
        let sector = 1_usize << u16_at(&bytes, 0x1e).expect("a shift");
        let table = (u32_at(&bytes, 0x4c).expect("a table") + 1) * sector;
        bytes[table + sector - 4..table + sector].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
        assert!(CompoundFile::open(Cursor::new(bytes.clone())).is_err());
        assert!(check("x.doc", &bytes)[0].starts_with("Glockengießer findet Nachfolgerin"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nothing_panics(changes in proptest::collection::vec((0..4000_usize, any::<u8>()), 0..40)) {
            for (name, mut bytes) in [("x.doc", doc(HEADLINE, TEXT)), ("x.msg", msg("Deich", "Der Deich hält."))] {
                for (at, byte) in &changes {
                    let length = bytes.len();
                    bytes[at % length] = *byte;
                }
                check(name, &bytes);
            }
        }
    }
}
