//! Text made safe for where it stands: a terminal, one line, XML.

use askama::filters::Escaper;
use std::fmt::{self, Write};

/// Text without control characters, which a terminal would obey.
///
/// ```
/// assert_eq!(findbuch_render::printable("Deich\u{1b}[31m"), "Deich\u{fffd}[31m");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
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
