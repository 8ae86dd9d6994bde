//! The archives that came before WARC (ARC 1.0, Internet Archive): a line of address, IP, moment, type and length before each answer.

use super::warc::body;
use super::{Member, Take};
use crate::{Origin, Problem, RawDocument, ReadError};
use std::io::{BufRead, Read};

/// Longest line before an answer.
const MAX_LINE: u64 = 64 << 10;

/// Hands on every page.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, take: &mut Take<'_>) -> Result<(), ReadError> {
    let limits = document.limits;
    let own = document.own_allowance();
    let left = document.left.unwrap_or(&own);
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        if input.take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            return if number == 0 { Err(ReadError::Empty) } else { Ok(()) };
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        number += 1;
        let fields: Vec<&str> = text.split(' ').collect();
        let (Some(url), Some(moment), Some(length)) =
            (fields.first(), fields.get(2), fields.last().and_then(|length| length.parse::<u64>().ok()))
        else {
            return Err(ReadError::Container("there is no ARC record where one should begin".into()));
        };
        let problem = |reason| Problem { path: document.file.display(), line: None, reason };
        if length > limits.max_bytes {
            if take(Member::Fault(problem(ReadError::TooLarge { limit: limits.max_bytes }))).is_break() {
                return Ok(());
            }
            std::io::copy(&mut input.take(length), &mut std::io::sink())?;
            continue;
        }
        let mut block = Vec::new();
        input.take(length).read_to_end(&mut block)?;
        if (block.len() as u64) < length {
            return Err(ReadError::Container(format!("record {number} ends before its length")));
        }
        if !block.starts_with(b"HTTP/") {
            continue;
        }
        let Some(body) = body(&block, limits.max_bytes, left) else { continue };
        let origin = Origin { url: Some((*url).to_owned()), captured: captured(moment) };
        if take(Member::Page { number, origin, body }).is_break() {
            return Ok(());
        }
    }
}

/// `20140216050221` as RFC 3339.
fn captured(moment: &str) -> Option<String> {
    let part =
        |from: usize, to: usize| moment.get(from..to).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(8, 10)?,
        part(10, 12)?,
        part(12, 14)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;
    use std::ops::ControlFlow;

    fn addresses(archive: &[u8]) -> Vec<String> {
        let found = std::cell::RefCell::new(Vec::new());
        let outcome = testing::articles(
            1 << 20,
            "x.arc",
            archive,
            |document, input, _| {
                read(document, input, &mut |member| {
                    if let Member::Page { origin, body, .. } = member {
                        found.borrow_mut().push(format!(
                            "{} {} {}",
                            origin.url.unwrap_or_default(),
                            origin.captured.unwrap_or_default(),
                            body.map_or(0, |b| b.len())
                        ));
                    }
                    ControlFlow::Continue(())
                })
            },
            &mut |_| {},
        );
        let mut found = found.into_inner();
        found.extend(outcome.err().map(|error| error.to_string()));
        found
    }

    #[test]
    fn pages_are_read() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Markt</p>";
        let other = "HTTP/1.1 200\r\nContent-Type: image/png\r\n\r\nx";
        let archive = format!(
            "filedesc://a.arc 0.0.0.0 20140216050221 text/plain 4\n1 0 \n\nhttp://bote.example/ 1.2.3.4 20140216050222 text/html {}\n{answer}\n\
             http://bote.example/x.png 1.2.3.4 20140216050222 image/png {}\n{other}\n",
            answer.len(),
            other.len()
        );
        assert_eq!(addresses(archive.as_bytes()), ["http://bote.example/ 2014-02-16T05:02:22Z 12"]);
        let cut = &archive.as_bytes()[..archive.len() - 8];
        assert!(addresses(cut)[1].contains("ends before its length"), "{:?}", addresses(cut));
        assert!(addresses(b"kein Archiv")[0].contains("no ARC record"));
    }
}
