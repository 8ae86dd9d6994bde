//! Web archives (WARC 1.0 and 1.1, ISO 28500:2017): responses and resources that are pages, each an article.
//!
//! The date of the capture is no date of publication and is kept by itself; the record's number locates the page. Skipped are
//! revisit records, which repeat a page of another record, requests, metadata, pictures and responses other than 200. Bodies may be chunked and compressed (RFC 9112, gzip, deflate, br, zstd).

use super::{Member, Take};
use crate::{Origin, Problem, RawDocument, ReadError, compression};
use std::cell::Cell;
use std::io::{BufRead, Read};

/// Longest line of a record's head, and most lines.
const MAX_LINE: u64 = 64 << 10;
const MAX_HEADERS: usize = 256;
/// Header lines of an HTTP answer that are read.
const MAX_HTTP_HEADERS: usize = 128;
/// Bytes of which a broken archive is searched for its next record.
const MAX_SKIPPED: usize = 1 << 20;

/// What the head of a record says.
#[derive(Debug, Default)]
struct Head {
    kind: String,
    url: Option<String>,
    date: Option<String>,
    content_type: String,
    length: u64,
    /// Whether something stood before it that is no record.
    after_fault: bool,
}

/// Hands on every page.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, take: &mut Take<'_>) -> Result<(), ReadError> {
    let limits = document.limits;
    let own = document.own_allowance();
    let left = document.left.unwrap_or(&own);
    for number in 1.. {
        let Some(head) = head(input)? else { return if number == 1 { Err(ReadError::Empty) } else { Ok(()) } };
        let page = matches!(head.kind.as_str(), "response" | "resource");
        let problem = |reason| Problem { path: document.file.display(), line: None, reason };
        if head.after_fault {
            let fault =
                ReadError::Container(format!("the record before number {number} has not the length that it says"));
            if take(Member::Fault(problem(fault))).is_break() {
                return Ok(());
            }
        }
        if !page || head.length > limits.max_bytes {
            if page && take(Member::Fault(problem(ReadError::TooLarge { limit: limits.max_bytes }))).is_break() {
                return Ok(());
            }
            skip(input, head.length)?;
            continue;
        }
        let mut block = Vec::new();
        input.take(head.length).read_to_end(&mut block)?;
        if (block.len() as u64) < head.length {
            return Err(ReadError::Container(format!("record {number} ends before its length")));
        }
        let Some(body) = (match head.kind.as_str() {
            "response" => body(&block, limits.max_bytes, left),
            _ => is_page(&head.content_type).then_some(Ok(block)),
        }) else {
            continue;
        };
        let origin = Origin { url: head.url, captured: head.date };
        if take(Member::Page { number, origin, body }).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// The head of the next record; nothing at the end.
fn head(input: &mut dyn BufRead) -> Result<Option<Head>, ReadError> {
    let mut line = Vec::new();
    let (mut skipped, mut after_fault) = (0, false);
    loop {
        let fault = || ReadError::Container("there is no WARC record where one should begin".into());
        if !read_line(input, &mut line)? {
            return if after_fault { Err(fault()) } else { Ok(None) };
        }
        if line.starts_with(b"WARC/") {
            break;
        }
        skipped += line.len();
        after_fault |= !line.iter().all(u8::is_ascii_whitespace);
        if skipped > MAX_SKIPPED {
            return Err(fault());
        }
    }
    let mut head = Head { after_fault, ..Head::default() };
    for _ in 0..MAX_HEADERS {
        if !read_line(input, &mut line)? {
            return Err(ReadError::Container("the head of a record is cut off".into()));
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            return Ok(Some(head));
        }
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => head.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => head.date = Some(value.to_owned()),
            "content-type" => head.content_type = value.to_ascii_lowercase(),
            "content-length" => {
                head.length = value.parse().map_err(|_| {
                    ReadError::Container(format!("a record has the length \"{}\"", value.escape_default()))
                })?;
            }
            _ => {}
        }
    }
    Err(ReadError::Container("the head of a record does not end".into()))
}

/// Reads a line to `line`; false at the end.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> Result<bool, ReadError> {
    line.clear();
    let read = input.take(MAX_LINE).read_until(b'\n', line)?;
    if read as u64 == MAX_LINE {
        return Err(ReadError::Container("the head of a record has a line that does not end".into()));
    }
    Ok(read > 0)
}

fn skip(input: &mut dyn BufRead, length: u64) -> Result<(), ReadError> {
    std::io::copy(&mut input.take(length), &mut std::io::sink())?;
    Ok(())
}

/// The body of an answer that is a page; nothing for another answer.
pub fn body(block: &[u8], most: u64, left: &Cell<u64>) -> Option<Result<Vec<u8>, ReadError>> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HTTP_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let mut lenient = httparse::ParserConfig::default();
    lenient.ignore_invalid_headers_in_responses(true).allow_spaces_after_header_name_in_responses(true);
    let mended = with_reason(block);
    let block = mended.as_deref().unwrap_or(block);
    let parsed = lenient.parse_response(&mut response, block);
    let Ok(httparse::Status::Complete(start)) = parsed else {
        return Some(Err(ReadError::Container("it has no HTTP answer".into())));
    };
    let value = |name: &str| {
        let header = response.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        header.map(|header| String::from_utf8_lossy(header.value).trim().to_ascii_lowercase()).unwrap_or_default()
    };
    if response.code != Some(200) || !is_page(&value("content-type")) {
        return None;
    }
    let body = block.get(start..).unwrap_or_default();
    // archives often keep the header of a transfer whose coding they have undone
    let whole = if value("transfer-encoding").contains("chunked") { unchunked(body) } else { None };
    Some(decoded(whole.as_deref().unwrap_or(body), &value("content-encoding"), most, left))
}

/// An answer whose first line lacks the words behind its number, with some.
fn with_reason(block: &[u8]) -> Option<Vec<u8>> {
    let end = block.iter().position(|byte| *byte == b'\n')?;
    let line = block.get(..end)?.trim_ascii_end();
    let lacks =
        line.starts_with(b"HTTP/") && line.split(|byte| *byte == b' ').filter(|word| !word.is_empty()).count() == 2;
    lacks.then(|| [line, b" -", block.get(line.len()..).unwrap_or_default()].concat())
}

fn is_page(content_type: &str) -> bool {
    content_type.starts_with("text/html") || content_type.starts_with("application/xhtml")
}

/// The bytes of a chunked body; nothing if it is none.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(body) else {
            // the last chunk may be missing
            return (!whole.is_empty() && body.is_empty()).then_some(whole);
        };
        if size == 0 {
            return Some(whole);
        }
        let chunk = body.get(start..)?;
        let size = usize::try_from(size).ok()?.min(chunk.len());
        whole.extend_from_slice(&chunk[..size]);
        body = chunk[size..].strip_prefix(b"\r\n").unwrap_or(&chunk[size..]);
    }
}

/// The body with its coding undone: at most `most` bytes, which are taken from `left`.
fn decoded(body: &[u8], coding: &str, most: u64, left: &Cell<u64>) -> Result<Vec<u8>, ReadError> {
    let decoder: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => Box::new(flate2::read::MultiGzDecoder::new(body)),
        "deflate" if body.first().is_some_and(|first| first & 15 == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(body))
        }
        "deflate" => Box::new(flate2::read::DeflateDecoder::new(body)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            let mut decoder = zstd::stream::read::Decoder::new(body)?;
            decoder.window_log_max(27)?;
            Box::new(decoder)
        }
        _ => return Ok(body.to_vec()),
    };
    let mut whole = Vec::new();
    match compression::bounded(compression::bounded(decoder, left), &Cell::new(most)).read_to_end(&mut whole) {
        Ok(_) => Ok(whole),
        // undone already, though the header still says so
        Err(_) if coding == "br" && whole.is_empty() => Ok(body.to_vec()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_as;
    use crate::{FileRef, Format, Limits};
    use findbuch_article::Article;
    use proptest::prelude::*;
    use std::io::Write;

    fn record(kind: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://warte.example/a\r\nWARC-Date: 2021-05-04T10:00:00Z\r\n\
             Content-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(headers: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n");
        record("response", "application/http;msgtype=response", &[head.as_bytes(), body].concat())
    }

    const PAGE: &str = "<html><head><title>Der Deich hält</title></head><body><article><h1>Der Deich hält</h1>\
        <p>Der Deich am Vorwerk hat die Nacht überstanden, teilte der Kreis am Montag in Norderfehn mit.</p>\
        <p>Die Helfer räumten am Nachmittag die Sandsäcke fort und fuhren nach Hause.</p></article></body></html>";

    fn articles(archive: &[u8]) -> Vec<Result<Article, String>> {
        let file = FileRef {
            path: "/a/x.warc".into(),
            id: "a/x.warc".into(),
            size: 1000,
            mtime: 0,
            changed: 0,
            settings: None,
        };
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        let mut found = Vec::new();
        let document = RawDocument::new(&file, &limits);
        let outcome = read_as(Format::Warc, &document, &mut &*archive, &mut |article| {
            found.push(article.map_err(|problem| problem.to_string()));
            std::ops::ControlFlow::Continue(())
        });
        found.extend(outcome.err().map(|error| Err(error.to_string())));
        found
    }

    #[test]
    fn pages_are_read_however_they_were_sent() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let (left, right) = PAGE.as_bytes().split_at(100);
        let chunked =
            [b"64\r\n", left, format!("\r\n{:x}\r\n", right.len()).as_bytes(), right, b"\r\n0\r\n\r\n"].concat();
        for (what, record) in [
            ("plain", response("", PAGE.as_bytes())),
            ("gzip", response("Content-Encoding: gzip\r\n", &gzip)),
            ("gzip undone", response("Content-Encoding: gzip\r\n", PAGE.as_bytes())),
            ("chunked", response("Transfer-Encoding: chunked\r\n", &chunked)),
            ("chunked undone", response("Transfer-Encoding: chunked\r\n", PAGE.as_bytes())),
            ("resource", record("resource", "text/html", PAGE.as_bytes())),
        ] {
            let found = articles(&record);
            let [Ok(article)] = found.as_slice() else { panic!("{what}: {found:?}") };
            assert_eq!(article.title(), "Der Deich hält", "{what}");
            assert_eq!(article.url.as_deref(), Some("https://warte.example/a"), "{what}");
            assert_eq!(article.captured.as_deref(), Some("2021-05-04T10:00:00Z"), "{what}");
            assert_eq!(article.date, None, "{what}: a capture is no publication");
        }
    }

    #[test]
    fn only_pages_are_read() {
        let archive = [
            record("warcinfo", "application/warc-fields", b"software: nda\r\n"),
            record("request", "application/http;msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            record("revisit", "application/http;msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n"),
            record("response", "application/http", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nfehlt"),
            record("response", "application/http", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
            response("", PAGE.as_bytes()),
        ]
        .concat();
        let found = articles(&archive);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].as_ref().map(|article| article.record), Ok(Some(6)));
    }

    #[test]
    fn broken_archives_are_told() {
        for archive in [
            b"GIF89a".as_slice(),
            b"WARC/1.0\r\nContent-Length: x\r\n\r\n",
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\nHTT",
        ] {
            assert!(articles(archive).iter().any(Result::is_err));
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), cut in 0usize..600) {
            articles(&bytes);
            let whole = response("Transfer-Encoding: chunked\r\n", &bytes);
            articles(&whole[..cut.min(whole.len())]);
        }
    }
}
