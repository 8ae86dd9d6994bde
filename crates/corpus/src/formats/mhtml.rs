//! Web pages with their pictures, as browsers save them: MHTML (RFC 2557), a mail whose page is one of its parts.

use super::{html, mail};
use crate::{RawDocument, ReadError, charset};
use findbuch_article::Article;
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use std::io::BufRead;

/// Reads the page of a file.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead) -> Result<Article, ReadError> {
    let bytes = charset::read_bytes(input, document.limits)?;
    let message = mail::parse(&bytes)?;
    let part = message.parts.iter().find(|part| matches!(part.body, PartType::Html(_))).ok_or(ReadError::NoText)?;
    let address = mail::text(&message, "Snapshot-Content-Location")
        .or_else(|| part.content_location().map(str::to_owned))
        .filter(|address| address.starts_with("http"));
    html::read_page(document, &page_text(document, &message, part), address)
}

/// The page's text. A part that names no character set may be in one that only the page itself declares.
fn page_text(document: &RawDocument<'_>, message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let parsed = part.text_contents().unwrap_or_default();
    if !parsed.contains('\u{fffd}') {
        return parsed.to_owned();
    }
    let range = part.offset_body as usize..part.offset_end as usize;
    let raw = message.raw_message.get(range).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
        Encoding::None => Some(raw.to_vec()),
    };
    bytes.and_then(|bytes| html::decode(document, &bytes).ok()).unwrap_or_else(|| parsed.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::only;
    use crate::formats::testing;
    use proptest::prelude::*;

    fn check(page: &[u8]) -> Vec<String> {
        testing::read("x.mhtml", page, |document, input, emit| {
            only(read(document, input)?, emit);
            Ok(())
        })
    }

    #[test]
    fn pages_are_read_in_their_own_character_set() {
        let head =
            "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n";
        let page = "<html><head><meta charset=3Diso-8859-1><title>M=F6wen</title></head><body><article><h1>M=F6wen</h1>\
                    <p>Die M=F6wen sind zur=FCck am Hafen, sagt der Vogelwart.</p></article></body></html>";
        let part = "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
        let found = check(format!("{head}{part}{page}\r\n--x--\r\n").as_bytes());
        assert!(found[0].starts_with("Möwen||") && found[0].contains("zurück am Hafen"), "{found:?}");
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "[a-zA-Z:;=<>\"?\r\n /-]{0,200}") {
            check(&bytes);
            for head in ["Subject: ", "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"] {
                check(format!("{head}{text}").as_bytes());
            }
        }
    }
}
