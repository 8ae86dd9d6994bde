//! E-mail (RFC 5322, MIME).
//!
//! A mail's subject is the headline and its sender the author; the sender of a list or newsletter is the publication. The
//! parser is the library mail-parser, which keeps nested messages in each other: how many there may be is bounded here.

use crate::draft::Draft;
use crate::structure::{self, Block};
use crate::{RawDocument, ReadError, charset, markup};
use findbuch_article::{Article, PartKind};
use mail_parser::{Message, MessageParser, PartType};
use std::io::BufRead;

/// Most multiparts and nested messages of a file.
const MAX_PARTS: usize = 200;
/// Most lines of its head, and most lines below it that begin as boundaries of parts do.
const MAX_HEADERS: usize = 5_000;
const MAX_RULES: usize = 10_000;

/// Longest first line of a newsletter that names its publication and no story, in bytes.
const MAX_MASTHEAD: usize = 80;

/// What replies and forwarded mails set before the subject.
const PREFIXES: [&str; 7] = ["re:", "aw:", "fwd:", "fw:", "wg:", "antwort:", "newsletter:"];

/// Reads the one article of a mail.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    article(document, &charset::read_bytes(input, document.limits)?)
}

/// The article of a mail.
pub fn article(document: &RawDocument<'_>, bytes: &[u8]) -> Result<Article, ReadError> {
    let message = parse(bytes)?;
    let mut draft = headers(&message);
    draft.body = body(&message, draft.headline.as_deref());
    if let (Some(source), Some(first)) = (&draft.source, draft.body.first_mut())
        && matches!(first.lines.as_slice(), [line] if line.starts_with(source) && line.len() <= MAX_MASTHEAD)
    {
        first.kind = Some(PartKind::Boilerplate);
    }
    draft.finish(document)
}

/// Parses a mail, within bounds.
pub fn parse(bytes: &[u8]) -> Result<Message<'_>, ReadError> {
    let count = |name: &[u8]| bytes.windows(name.len()).filter(|window| window.eq_ignore_ascii_case(name)).count();
    // each line is taken for a part or a header when it looks like one
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let headers = lines.by_ref().take_while(|line| !line.trim_ascii().is_empty()).take(MAX_HEADERS + 1).count();
    if headers > MAX_HEADERS || lines.filter(|line| line.starts_with(b"--")).take(MAX_RULES + 1).count() > MAX_RULES {
        return Err(ReadError::Mail);
    }
    // in a digest a part without a type is a message
    if ["boundary", "message/", "/digest"].iter().any(|name| count(name.as_bytes()) > MAX_PARTS) {
        return Err(ReadError::Mail);
    }
    MessageParser::default().parse(bytes).filter(|message| !message.parts.is_empty()).ok_or(ReadError::Mail)
}

/// A header as text.
pub fn text(message: &Message<'_>, name: &'static str) -> Option<String> {
    message.header(name)?.as_text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn headers(message: &Message<'_>) -> Draft {
    let sender = message.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| sender.name.as_deref().or(sender.address.as_deref())).map(str::to_owned);
    let listed = ["List-Id", "List-Unsubscribe"].iter().any(|name| message.header(*name).is_some());
    let organisation = text(message, "Organization");
    Draft {
        id: message.message_id().map(str::to_owned),
        url: text(message, "Archived-At").map(|address| address.trim_matches(['<', '>']).to_owned()),
        headline: message.subject().map(|subject| without_prefixes(subject).to_owned()),
        source: if listed { name.clone().or(organisation) } else { organisation },
        authors: name.filter(|_| !listed).into_iter().collect(),
        dates: message
            .date()
            .filter(|date| date.is_valid())
            .map(mail_parser::DateTime::to_rfc3339)
            .into_iter()
            .collect(),
        tags: text(message, "Keywords").iter().flat_map(|tags| tags.split([',', ';'])).map(str::to_owned).collect(),
        language: text(message, "Content-Language"),
        ..Draft::default()
    }
}

/// The subject without what replies set before it: `Hafen wächst` of `WG: AW: Hafen wächst`
pub fn without_prefixes(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(prefix) =
        PREFIXES.iter().find(|prefix| rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)))
    {
        rest = rest.get(prefix.len()..).unwrap_or("").trim_start();
    }
    rest
}

/// The plain text, or the HTML where that says more than twice as much; attachments are left.
fn body(message: &Message<'_>, headline: Option<&str>) -> Vec<Block> {
    let plain: Vec<Block> = message
        .text_bodies()
        .filter_map(|part| if let PartType::Text(text) = &part.body { Some(text) } else { None })
        .flat_map(|text| plain_blocks(text))
        .collect();
    let html: Vec<Block> = message
        .html_bodies()
        .filter_map(|part| if let PartType::Html(html) = &part.body { Some(html) } else { None })
        .flat_map(|html| markup::blocks(html))
        .collect();
    let mut blocks = if words(&plain) * 2 >= words(&html) { plain } else { html };
    blocks.retain(|block| headline.is_none_or(|headline| block.lines.join(" ") != headline));
    blocks
}

fn words(blocks: &[Block]) -> usize {
    blocks.iter().flat_map(|block| &block.lines).map(|line| line.split_whitespace().count()).sum()
}

/// The paragraphs of a text; what it quotes, and the signature below the line `-- `, are kept aside.
pub fn plain_blocks(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n");
    // quoted-printable loses the space of the line "-- "
    let marks = ["\n-- \n", "\n--\n"];
    let (text, signature) = marks.iter().find_map(|mark| text.split_once(mark)).unwrap_or((&text, ""));
    let aside = |line: &str| Block::marked(PartKind::Boilerplate, line.trim_start_matches(['>', ' ']).to_owned());
    let mut blocks: Vec<Block> = structure::blocks(text)
        .into_iter()
        .flat_map(|block| {
            let quoted = block.lines.first().is_some_and(|line| line.starts_with('>'));
            if quoted { block.lines.iter().map(|line| aside(line)).collect() } else { vec![block] }
        })
        .collect();
    blocks.extend(signature.lines().filter(|line| !line.trim().is_empty()).map(aside));
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;

    fn check(mail: &[u8]) -> Vec<String> {
        testing::read("x.eml", mail, |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    #[test]
    fn subject_sender_and_text_are_taken() {
        let head = "From: Jelka Thorn <jt@bote.example>\r\nSubject: WG: =?utf-8?q?M=C3=B6wen_am_Hafen?=\r\n\
                    Date: Tue, 12 Sep 2023 15:30:00 +0200\r\nMIME-Version: 1.0\r\n";
        let plain = "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                     Die M=F6wen sind zur=FCck, sagt der Vogelwart.\r\n\r\n-- \r\nMehlauer Tageblatt\r\n";
        let html = "Content-Type: text/html; charset=utf-8\r\n\r\n<h1>Möwen am Hafen</h1><p>Die Möwen sind zurück, \
                    sagt der Vogelwart.</p>\r\n";
        let expected = "Möwen am Hafen|2023-09-12T15:30:00+02:00|Die Möwen sind zurück, sagt der Vogelwart.";
        let signed = format!("{expected}|Mehlauer Tageblatt");
        let both = format!(
            "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n{plain}\r\n--x\r\n{html}\r\n--x--\r\n"
        );
        for (body, expected) in [(plain, signed.as_str()), (html, expected), (both.as_str(), &signed)] {
            assert_eq!(check(format!("{head}{body}").as_bytes()), [expected], "{body}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(20_000);
        assert_eq!(check(nested.as_bytes()), [ReadError::Mail.to_string()]);
        assert!(check("Content-Type: message/rfc822\r\n\r\n".repeat(MAX_PARTS).as_bytes()).len() == 1);
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a-zA-Z:;=<>\"?\r\n /-]{0,200}") {
            check(&bytes);
            for head in ["Subject: ", "Date: ", "From: ", "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"] {
                check(format!("{head}{text}").as_bytes());
            }
        }
    }
}
