//! Text made safe for where it stands: a terminal, one line, XML.

use askama::filters::Escaper;
use std::fmt::{self, Write};
use std::io;

/// Text without control characters, which a terminal would obey.
///
/// ```
/// assert_eq!(findbuch_render::printable("Deich\u{1b}[31m"), "Deich\u{fffd}[31m");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || is_invisible(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether a terminal shows nothing for a character, or lets it turn the direction of what follows: marks and ends of direction
/// (Unicode's annex 9), blanks without width, fillers, tags. The joiners within emoji and some scripts are none of them.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{115f}' | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Text whose invisible characters are U+FFFD; lines stay.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().map(|c| if is_invisible(c) { '\u{fffd}' } else { c }).collect()
}

/// A writer that makes what is invisible visible as U+FFFD, whatever pieces the text comes in.
#[derive(Debug)]
pub struct Visible<W> {
    inner: W,
    /// The start of a character whose rest is still to come.
    begun: Vec<u8>,
}

impl<W: io::Write> Visible<W> {
    /// Writes to `inner`.
    pub fn new(inner: W) -> Visible<W> {
        Visible { inner, begun: Vec::new() }
    }
}

impl<W: io::Write> io::Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let pending = std::mem::take(&mut self.begun);
        let mut pieces = pending.utf8_chunks().peekable();
        while let Some(piece) = pieces.next() {
            self.inner.write_all(visible(piece.valid()).as_bytes())?;
            if pieces.peek().is_none() {
                self.begun = piece.invalid().to_vec();
            } else {
                self.inner.write_all(piece.invalid())?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Text on one line: control characters and runs of white space become one space.
pub(crate) fn single_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The escaper of templates in XML 1.0, for elements and attributes alike. Line breaks and tabs become spaces, since an
/// attribute would lose them; a character that XML does not allow at all, not even as a reference, becomes U+FFFD.
#[derive(Debug, Clone, Copy, Default)]
pub struct Xml;

impl Escaper for Xml {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let Some(replacement) = xml_replacement(c) else { continue };
            dest.write_str(text.get(plain..at).unwrap_or_default())?;
            dest.write_str(replacement)?;
            plain = at + c.len_utf8();
        }
        dest.write_str(text.get(plain..).unwrap_or_default())
    }
}

fn xml_replacement(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\t' | '\n' | '\r' => Some(" "),
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => Some("\u{fffd}"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_the_direction_is_shown_in_whatever_pieces_it_comes() {
        let text = "Rechnung\u{202e}fdp.exe\u{2028}\u{2066}ä\u{3164} \u{1f469}\u{200d}\u{1f4bb}";
        let shown = "Rechnung\u{fffd}fdp.exe\u{fffd}\u{fffd}ä\u{fffd} \u{1f469}\u{200d}\u{1f4bb}";
        assert_eq!((visible(text).as_str(), printable(text).as_str()), (shown, shown));
        for size in 1..9 {
            let mut out = Vec::new();
            let mut writer = Visible::new(&mut out);
            for piece in text.as_bytes().chunks(size) {
                io::Write::write_all(&mut writer, piece).expect("written");
            }
            assert_eq!(String::from_utf8(out).as_deref(), Ok(shown), "{size}");
        }
        let mut out = Vec::new();
        io::Write::write_all(&mut Visible::new(&mut out), b"a\xffb").expect("written");
        assert_eq!(out, b"a\xffb");
    }

    fn xml(text: &str) -> String {
        let mut out = String::new();
        Xml.write_escaped_str(&mut out, text).expect("written");
        out
    }

    #[test]
    fn text_cannot_leave_its_element() {
        for (text, expected) in [
            ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"),
            ("</text><script>", "&lt;/text&gt;&lt;script&gt;"),
            ("O'Hara\n\u{0}\u{ffff}", "O&#39;Hara \u{fffd}\u{fffd}"),
            ("Öl", "Öl"),
            ("", ""),
        ] {
            assert_eq!(xml(text), expected);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_back(text in "\\PC{0,40}|[<>&\"'\u{0}-\u{20}\u{fffe}\u{ffff}]{0,20}") {
            let document = format!("<a b=\"{0}\">{0}</a>", xml(&text));
            let read = roxmltree::Document::parse(&document);
            let read = read.map_err(|e| proptest::test_runner::TestCaseError::fail(format!("{e}\n{document}")))?;
            let root = read.root_element();
            proptest::prop_assert_eq!(root.text().unwrap_or_default(), root.attribute("b").unwrap_or_default());
            proptest::prop_assert_eq!(root.text().unwrap_or_default().chars().count(), text.chars().count());
        }

        #[test]
        fn a_single_line_is_one(text in ".{0,40}|[\u{0}-\u{20}a]{0,20}") {
            let line = single_line(&text);
            proptest::prop_assert!(!line.contains(char::is_control) && !line.contains("  "));
        }
    }
}
