//! Agency messages as the wire carries them: IPTC 7901 and the older ANPA 1312, several a file.
//!
//! A message is a header (service and number, priority, category, words) and its text. Control characters frame the messages
//! (SOH begins one, STX its text, ETX ends it); where they were lost, the headers divide them.

mod ending;
mod message;

use crate::{Emit, Problem, RawDocument, ReadError, charset};
use std::io::BufRead;

/// Most lines of a message that are told apart; the last has the rest.
const MAX_LINES: usize = 20_000;

/// Start of a header, of a text, and its end.
const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';

/// Reads every message of a file.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    read_text(document, &charset::read_text(input, document)?, emit)
}

/// Reads every message of a text.
pub fn read_text(document: &RawDocument<'_>, text: &str, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let messages = messages(text);
    if messages.is_empty() {
        return Err(ReadError::NoMessage);
    }
    let several = messages.len() > 1;
    for (number, (line, message)) in (1..).zip(messages) {
        let record = RawDocument { record: several.then_some(number), ..*document };
        let article = message::draft(&message.header.category, &message.lines)
            .finish(&record)
            .map_err(|reason| Problem { path: document.file.display(), line: Some(line), reason });
        if emit(article).is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether a text begins with the header of a message, in the strict form that no article has by chance.
#[must_use]
pub fn is_wire(text: &str) -> bool {
    let first = text.lines().map(printable).find(|line| !line.trim().is_empty());
    let framed = text.trim_start_matches(['\u{16}', '\u{feff}', '\r', '\n', ' ']).starts_with(SOH);
    first.and_then(|line| Header::of(&line)).is_some_and(|header| framed || header.strict)
}

/// A header line, `bdt0123 4 pl 210  nda 0456`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    category: String,
    /// It counts the words, and its number has four digits: an agency's own header.
    strict: bool,
}

impl Header {
    fn of(line: &str) -> Option<Header> {
        let fields: Vec<&str> = line.split_whitespace().take(12).collect();
        let [service, priority, category, rest @ ..] = fields.as_slice() else { return None };
        let letters = service.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = service.bytes().skip(letters).take_while(u8::is_ascii_digit).count();
        let numbered = (1..=5).contains(&letters) && (3..=5).contains(&digits) && letters + digits == service.len();
        let short = |text: &str, most: usize| text.len() <= most && text.bytes().all(|b| b.is_ascii_alphanumeric());
        let prior = short(priority, 1);
        let categorised = short(category, 3) && category.bytes().all(|b| b.is_ascii_lowercase());
        let counted = rest.first().is_some_and(|words| words.len() <= 5 && words.bytes().all(|b| b.is_ascii_digit()));
        let numeral = priority.bytes().all(|b| b.is_ascii_digit());
        (numbered && prior && categorised && rest.len() < 9).then(|| Header {
            category: (*category).to_owned(),
            strict: counted && numeral && digits == 4 && letters >= 2,
        })
    }
}

/// A message's first line in the file, its header, and the lines of its text.
#[derive(Debug, Default)]
struct Message {
    header: Header,
    lines: Vec<String>,
}

/// The messages of a text with the line in which each begins.
fn messages(text: &str) -> Vec<(u64, Message)> {
    let framed = text.contains(SOH);
    let mut found: Vec<(u64, Message)> = Vec::new();
    let mut begins = false;
    for (number, raw) in (1..).zip(text.lines()) {
        begins |= raw.contains(SOH);
        let line = printable(raw);
        if let Some(header) = Header::of(&line).filter(|header| if framed { begins } else { header.strict }) {
            begins = false;
            found.push((number, Message { header, lines: Vec::new() }));
        } else if let Some((_, message)) = found.last_mut() {
            let full = message.lines.len() == MAX_LINES;
            if let Some(last) = message.lines.last_mut().filter(|_| full) {
                last.push(' ');
                last.push_str(&line);
            } else {
                message.lines.push(line);
            }
        }
    }
    found
}

/// A line without control characters; a tab stays, as the indent it is.
fn printable(line: &str) -> String {
    let text = line.rsplit(SOH).next().unwrap_or(line);
    let kept = |c: &char| !c.is_control() || *c == '\t';
    text.split([STX, ETX]).flat_map(str::chars).filter(kept).filter(|c| *c != '\u{feff}').collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;
    use proptest::prelude::*;

    fn check(text: &str) -> Vec<String> {
        testing::read("x.ipt", text.as_bytes(), |document, input, emit| read(document, input, emit))
    }

    const MESSAGES: &str = "\u{1}bdt0123 4 pl 210  nda 0456\r\n\u{2}Verkehr/Bahn/Lenztal/\r\n(Zusammenfassung 1430)\r\n\
        Bahn will Strecke im\r\nLenztal bis Mai sanieren =\r\n   Mehlau (nda) - Die Bahn saniert die Strecke\r\nim Lenztal. \
        Das sagte ein Sprecher am Dienstag.\r\n   Die Arbeiten dauern bis Mai.\r\nnda abc xx n1 kt\r\n\u{3}121530 Sep 23\r\n\u{4}\r\n\
        \u{1}bdt0124 5 wi 30\r\n\u{2}Hafen wächst\r\n\r\n   Warnsee (nda) - Der Hafen wächst weiter, hieß es dort.\r\n\u{3}\u{4}";

    #[test]
    fn messages_come_apart() {
        let expected = [
            "Bahn will Strecke im Lenztal bis Mai sanieren|2023-09-12T15:30:00|(Zusammenfassung 1430)|Die Bahn saniert die \
             Strecke im Lenztal. Das sagte ein Sprecher am Dienstag.|Die Arbeiten dauern bis Mai.",
            "Hafen wächst||Der Hafen wächst weiter, hieß es dort.",
        ];
        assert_eq!(check(MESSAGES), expected);
        let unframed: String = MESSAGES.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        assert_eq!(check(&unframed), expected);
    }

    #[test]
    fn anpa_lines_set_apart_are_head_and_text() {
        let message = "\u{16}\u{16}\u{1}a0456 u i bc-Hafen 09-12 0040\r\n\u{2}BC-Hafen-Warnsee,0040<\r\n^Hafen wächst weiter<\r\n\
            ^Von Jelka Thorn<\r\n   WARNSEE (nda) - Der Hafen wächst,<\r\nteilte er mit.<\r\n   Mehr war nicht zu erfahren.<\r\n\u{3}";
        assert_eq!(
            check(message),
            ["Hafen wächst weiter||Der Hafen wächst, teilte er mit.|Mehr war nicht zu erfahren."]
        );
    }

    #[test]
    fn headers_are_told_from_text() {
        for text in ["bdt0123 4 pl 210", "\u{1}lby012 4 vm\r\n", "\r\nbdt0123 4 pl 210  nda 0456\r\n\r\nText"] {
            assert!(is_wire(text), "{text}");
        }
        for text in ["", "Der Hafen wächst", "a123 4 bc", "B0123 4 Tage 20 Euro", "Halle0815 1 ja nein", "lby012 4 vm"]
        {
            assert!(!is_wire(text), "{text}");
        }
        assert_eq!(check("Der Hafen wächst"), ["has no header of an agency message; name it .txt if it is plain text"]);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), lines in "[a-z0-9 (/=^<\u{1}\u{2}\u{3}\r\n-]{0,200}") {
            let _ = is_wire(&text);
            check(&text);
            check(&format!("\u{1}bdt0123 4 pl 210\n{lines}"));
            check(&format!("\u{1}bdt0123 4 pl 210\n{text}"));
        }
    }
}
