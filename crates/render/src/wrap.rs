//! Lines broken at spaces to the width of their view.

/// Breaks at spaces; escape sequences of colours have no width. Words longer than a line are left whole, so that they can be
/// copied.
///
/// ```
/// use findbuch_render::wrap::wrap;
///
/// assert_eq!(wrap("Die Deiche hielten auf ganzer Länge.", 24, "- ", "  "), "- Die Deiche hielten auf\n  ganzer Länge.");
/// ```
#[must_use]
pub fn wrap(text: &str, width: usize, first: &str, following: &str) -> String {
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(first)
        .subsequent_indent(following)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false);
    textwrap::fill(text, options)
}

/// A message for a terminal of so many columns. Lines that begin with spaces are not wrapped: they show a query with carets
/// below.
#[must_use]
pub fn wrapped_message(message: &str, width: usize) -> String {
    let fitted = |line: &str| if line.starts_with("  ") { line.to_owned() } else { wrap(line, width, "", "") };
    message.split('\n').map(fitted).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_wrapped_and_queries_stand_as_they_are() {
        let check = |message: &str, width: usize, wrapped: &str| {
            assert_eq!(wrapped_message(message, width), wrapped, "{width}");
        };
        let message = "findbuch: Ein Feld „hafn“ gibt es nicht.\n  hafn:Kai und ein langer Rest der Suche\n  ^^^^^\nMeinten Sie hafen:?";
        check(message, 100, message);
        check(
            message,
            24,
            "findbuch: Ein Feld\n„hafn“ gibt es nicht.\n  hafn:Kai und ein langer Rest der Suche\n  ^^^^^\nMeinten Sie hafen:?",
        );
        check("https://die-warte.example/lang/und/laenger x", 20, "https://die-warte.example/lang/und/laenger\nx");
        check("", 20, "");
    }
}
