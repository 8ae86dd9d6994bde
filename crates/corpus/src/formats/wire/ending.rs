//! The end of an agency message: the notes to editors, the sign-off (`nda abc xx n1 kt`) and the time of sending
//! (`121530 Sep 23`), which IPTC 7901 gives as day, hour, minute, month and year.

use crate::dates;
use crate::structure;

/// Lines at the end of a message among which sign-off and time stand.
const LINES: usize = 8;

/// What follows the text of a message.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct End {
    /// The agency that signs.
    pub agency: Option<String>,
    /// When it was sent, in ISO 8601.
    pub sent: Option<String>,
    /// Lines for editors, not for print.
    pub notes: Vec<String>,
}

/// Parts the lines of a message into its text and what follows.
#[must_use]
pub fn split(lines: &[String]) -> (&[String], End) {
    let mut end = End::default();
    let mut length = lines.len();
    for (at, line) in lines.iter().enumerate().rev().take(LINES) {
        let line = line.trim().trim_end_matches('<').trim();
        if let Some(time) = sent(line) {
            end.sent.get_or_insert(time);
        } else if let Some(agency) = sign_off(line) {
            end.agency.get_or_insert(agency);
        } else if line.is_empty() || is_trailer(line) {
            // the frame's
        } else {
            break;
        }
        length = at;
    }
    let rest = lines.get(..length).unwrap_or_default();
    let text = rest.iter().position(|line| begins_notes(line)).unwrap_or(rest.len());
    let (text, notes) = rest.split_at(text);
    end.notes = notes.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    (text, end)
}

/// `121530 Sep 23`, `121530 sep 2023`
fn sent(line: &str) -> Option<String> {
    let fields: Vec<&str> = line.split_whitespace().take(5).collect();
    let (clock, month, year) = match fields.as_slice() {
        [clock, month, year] => (*clock, *month, *year),
        [clock, zone, month, year] if zone.bytes().all(|b| b.is_ascii_alphabetic()) => (*clock, *month, *year),
        _ => return None,
    };
    let clock = clock.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if clock.len() != 6 || !clock.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (day, hour, minute) = (clock.get(..2)?, clock.get(2..4)?, clock.get(4..)?);
    let month = dates::month(month)?;
    let year: u16 = year.parse().ok()?;
    let year = match year {
        0..70 => 2000 + year,
        70..100 => 1900 + year,
        _ => year,
    };
    Some(format!("{year:04}-{month:02}-{day}T{hour}:{minute}"))
}

/// The agency of `nda abc xx n1 kt`: its sign and the marks of those who wrote and edited.
fn sign_off(line: &str) -> Option<String> {
    let line = line.strip_prefix('(').and_then(|line| line.strip_suffix(')')).unwrap_or(line);
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let agency = first.split(['/', '-']).find(|sign| structure::is_agency(sign))?;
    let mark =
        |word: &str| word.len() <= 5 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'/');
    let marks = words.take(9).collect::<Vec<_>>();
    (marks.len() < 9 && marks.iter().all(|word| mark(word))).then(|| agency.to_owned())
}

/// What ANPA closes with (`AP-NY-09-12-23 1530EDT`), and lines of signs alone.
fn is_trailer(line: &str) -> bool {
    let dashes = line.matches('-').count() >= 4 && line.split_whitespace().count() <= 2;
    let signs = !line.chars().any(char::is_alphanumeric);
    signs || dashes && line.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// `# nda-Notizblock`, `* * * *`: from here on it is for editors.
fn begins_notes(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("# ") || line.starts_with("## ") || line.starts_with("* * *") || line.starts_with("--- Notiz")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_sending_are_read() {
        for (line, time) in [
            ("121530 Sep 23", Some("2023-09-12T15:30")),
            ("012359 MEZ Mrz 98", Some("1998-03-01T23:59")),
            ("121530 Sep", None),
            ("12153 Sep 23", None),
            ("121530 Aal 23", None),
        ] {
            assert_eq!(sent(line).as_deref(), time, "{line}");
        }
    }

    #[test]
    fn sign_offs_name_the_agency() {
        for (line, agency) in [
            ("nda abc xx n1 kt", Some("nda")),
            ("(nda)", Some("nda")),
            ("nda/lno tr yyn hb", Some("nda")),
            ("nda meldet den Hafen als voll", None),
            ("abc xx", None),
        ] {
            assert_eq!(sign_off(line).as_deref(), agency, "{line}");
        }
    }

    #[test]
    fn notes_are_no_text() {
        let lines =
            ["Text.", "", "# nda-Notizblock", "- Rathaus", "nda abc xx", "121530 Sep 23", ""].map(str::to_owned);
        let (text, end) = split(&lines);
        assert_eq!(text.len(), 2);
        assert_eq!(end.notes, ["# nda-Notizblock", "- Rathaus"]);
        assert_eq!((end.agency.as_deref(), end.sent.as_deref()), (Some("nda"), Some("2023-09-12T15:30")));
    }
}
