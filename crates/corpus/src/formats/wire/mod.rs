//! Agency messages as the wire carries them: IPTC 7901 and the older ANPA 1312, several a file.
//!
//! A message is a header (service and number, priority, category, words), keywords, notes in brackets, the headline, and
//! paragraphs that begin indented; the sign-off and the time of sending end it. Control characters frame the messages (SOH
//! begins one, STX its text, ETX ends it); where they were lost, the headers part the messages.

use super::wire_end;
use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::{Emit, Problem, RawDocument, ReadError, charset};
use findbuch_article::PartKind;
use std::io::BufRead;

/// Start of a header, of a text, and its end.
const SOH: char = '\u{1}';
const STX: char = '\u{2}';
const ETX: char = '\u{3}';

/// Most lines that a headline is wrapped over.
const MAX_HEADLINE_LINES: usize = 4;

/// Categories of German wires and their departments.
const CATEGORIES: [(&str, &str); 8] = [
    ("pl", "Politik"),
    ("wi", "Wirtschaft"),
    ("ku", "Kultur"),
    ("sp", "Sport"),
    ("vm", "Vermischtes"),
    ("ws", "Wissenschaft"),
    ("wt", "Wetter"),
    ("lb", "Regionales"),
];

/// Reads every message of a file.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    read_text(document, &charset::read_text(input, document.limits)?, emit)
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
        let article = draft(&message).finish(&record).map_err(|reason| Problem {
            path: document.file.display(),
            line: Some(line),
            reason,
        });
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
            message.lines.push(line);
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

fn draft(message: &Message) -> Draft {
    let (text, end) = wire_end::split(&message.lines);
    let mut draft = Draft {
        section: CATEGORIES
            .iter()
            .find(|(code, _)| *code == message.header.category)
            .map(|(_, name)| (*name).to_owned()),
        agency: end.agency,
        dates: end.sent.into_iter().collect(),
        ..Draft::default()
    };
    let body = head(text, &mut draft);
    draft.body.extend(paragraphs(text.get(body..).unwrap_or_default()));
    draft.body.extend(end.notes.into_iter().map(|note| Block::marked(PartKind::Boilerplate, note)));
    draft
}

/// Takes keywords, notes, headline and byline, and tells how many lines they are.
fn head(lines: &[String], draft: &mut Draft) -> usize {
    let mut headline: Vec<&str> = Vec::new();
    let mut ended = false;
    for (at, line) in lines.iter().enumerate() {
        let (mark, text) = unmarked(line);
        if text.is_empty() {
            ended |= !headline.is_empty();
        } else if structure::authors(text.trim_end_matches([' ', '='])).is_some() && !headline.is_empty() {
            draft.body.push(Block::plain(vec![text.trim_end_matches([' ', '=']).to_owned()]));
            ended = true;
        } else if text.starts_with('(') && text.ends_with(')') {
            draft.body.push(Block::marked(PartKind::Boilerplate, text.to_owned()));
        } else if headline.is_empty() && draft.tags.is_empty() && is_keywords(text) {
            let keywords = text.trim_start_matches("BC-").split(['/', ',']).map(str::trim);
            draft.tags = keywords.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect();
        } else if ended || begins_paragraph(line) && !mark && (!headline.is_empty() || opens_text(text)) {
            draft.headline = joined(&headline);
            return at;
        } else {
            headline.push(text.trim_end_matches(['=', ' ']));
            ended = mark || text.ends_with('=') || headline.len() >= MAX_HEADLINE_LINES;
        }
    }
    draft.headline = joined(&headline);
    lines.len()
}

fn joined(lines: &[&str]) -> Option<String> {
    (!lines.is_empty()).then(|| structure::join_lines(lines.iter().copied()))
}

/// `Verkehr/Bahn/Lenztal/`, and ANPA's `BC-Verkehr-Bahn,0210`.
fn is_keywords(text: &str) -> bool {
    let slashes = text.matches('/').count();
    let words = text.split_whitespace().count();
    text.starts_with("BC-") && words <= 4
        || (slashes >= 2 || slashes == 1 && text.ends_with('/')) && words <= slashes + 2 && !text.ends_with(['.', '='])
}

/// A line without ANPA's marks for a line set apart (`^…<`), and whether it had the first.
fn unmarked(line: &str) -> (bool, &str) {
    let text = line.trim();
    let set_apart = text.strip_prefix('^');
    (set_apart.is_some(), set_apart.unwrap_or(text).trim_end_matches('<').trim())
}

/// An indented line, or one that has the dateline.
fn begins_paragraph(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t') || opens_text(line)
}

/// `Mehlau (nda) - Der …`
fn opens_text(line: &str) -> bool {
    structure::dateline(line.trim()).is_some_and(|dateline| dateline.agency.is_some())
}

/// The paragraphs: each begins indented or after a blank line.
fn paragraphs(lines: &[String]) -> Vec<Block> {
    let mut found: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines {
        let (apart, text) = unmarked(line);
        if text.is_empty() || apart || begins_paragraph(line) {
            found.push(Vec::new());
        }
        if let (Some(open), false) = (found.last_mut(), text.is_empty()) {
            open.push(text);
        }
    }
    found.retain(|lines| !lines.is_empty());
    found.into_iter().map(|lines| Block::plain(vec![structure::join_lines(lines.into_iter())])).collect()
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
