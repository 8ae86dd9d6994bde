//! Mailboxes (RFC 4155, mboxrd): mails behind each other, each begun by a line `From `, an article each.

use super::mail;
use crate::{Emit, Problem, RawDocument, ReadError};
use std::io::{BufRead, Read};

/// Reads every mail.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let limit = document.limits.max_bytes;
    let (mut number, mut begun) = (0, 0);
    let mut mail: Vec<u8> = Vec::new();
    let mut line = Vec::new();
    let (mut lines, mut blank, mut any) = (0_u64, true, false);
    loop {
        line.clear();
        let read = Read::take(&mut *input, limit + 1).read_until(b'\n', &mut line)?;
        lines += 1;
        let begins = line.starts_with(b"From ") && blank;
        if read == 0 || begins {
            if any {
                number += 1;
                let place = RawDocument { record: Some(number), ..*document };
                let article = if mail.len() as u64 > limit {
                    Err(ReadError::TooLarge { limit })
                } else {
                    mail::article(&place, &mail)
                };
                let problem = |reason| Problem { path: document.file.display(), line: Some(begun), reason };
                if emit(article.map_err(problem)).is_break() {
                    return Ok(());
                }
            }
            if read == 0 {
                return if number == 0 { Err(ReadError::Empty) } else { Ok(()) };
            }
            mail.clear();
            (any, begun) = (true, lines);
            continue;
        }
        blank = line.trim_ascii().is_empty();
        any |= !blank;
        // a line of the text that would begin a mail is written with a mark before it
        let quoted = line.starts_with(b">")
            && line.iter().find(|byte| **byte != b'>') == Some(&b'F')
            && unquoted(&line).starts_with(b"From ");
        if (mail.len() as u64) <= limit {
            mail.extend_from_slice(if quoted { line.get(1..).unwrap_or_default() } else { &line });
        }
    }
}

fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    line.get(marks..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing;

    #[test]
    fn every_mail_is_an_article() {
        let mbox = "From jt Mon Jan  6 10:00:00 1997\nSubject: Deich\nDate: Mon, 6 Jan 1997 10:00:00 +0100\n\nDer Deich am Vorwerk hält.\n\
            >From hier an geht es weiter.\n\nFrom jt Tue Jan  7 10:00:00 1997\nSubject: Markt\n\nDer Markt am Kai bleibt.\n";
        let found = testing::read("x.mbox", mbox.as_bytes(), read);
        assert_eq!(found[0], "Deich|1997-01-06T10:00:00+01:00|Der Deich am Vorwerk hält.|From hier an geht es weiter.");
        assert_eq!(found[1], "Markt||Der Markt am Kai bleibt.");
        assert_eq!(found.len(), 2);
        assert_eq!(testing::read("x.mbox", b"\n\n", read), [ReadError::Empty.to_string()]);
    }
}
