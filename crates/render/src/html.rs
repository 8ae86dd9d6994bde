//! Text for HTML: escaped once, with the words found marked.

use crate::escape::printable;
use crate::marks::pieces;
use askama::filters::HtmlSafe;
use std::fmt::{self, Display};
use std::ops::Range;

/// Escaped text with elements that only this module adds, so that a template can insert it as it is.
///
/// ```
/// use findbuch_render::html::Html;
///
/// let html = Html::marked("Öl & Gas", &[[0, 2]]);
/// assert_eq!(html.to_string(), "<mark>Öl</mark> &amp; Gas");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl HtmlSafe for Html {}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Html {
    /// The text without marks.
    #[must_use]
    pub fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len());
        push(&mut html, text);
        Html(html)
    }

    /// The text with its marks as `<mark>`; marks as `[from, to)` in characters.
    #[must_use]
    pub fn marked(text: &str, marks: &[[usize; 2]]) -> Html {
        Html::emphasised(text, marks, "mark")
    }

    /// The text with its marks as elements of this name; marks as `[from, to)` in characters.
    #[must_use]
    pub fn emphasised(text: &str, marks: &[[usize; 2]], element: &'static str) -> Html {
        let pieces = pieces(text, marks).into_iter();
        Html::sequence(pieces.map(|(is_marked, piece)| (is_marked.then_some(element), piece)))
    }

    /// The text with its marks in bytes numbered from `first` on: `<mark id="t7">`. A mark that does not slice the text is
    /// left out.
    #[must_use]
    pub fn numbered(text: &str, marks: &[Range<usize>], first: usize) -> Html {
        let (mut html, mut at) = (String::with_capacity(text.len() + 64), 0);
        for (number, mark) in (first..).zip(marks) {
            let (Some(before), Some(word)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
            push(&mut html, before);
            html.extend(["<mark id=\"t", &number.to_string(), "\">"]);
            push(&mut html, word);
            html.push_str("</mark>");
            at = mark.end;
        }
        push(&mut html, text.get(at..).unwrap_or_default());
        Html(html)
    }

    /// The texts one after the other, each in its element if it has one.
    #[must_use]
    pub fn sequence<'a>(pieces: impl IntoIterator<Item = (Option<&'static str>, &'a str)>) -> Html {
        let mut html = String::new();
        for (element, text) in pieces {
            if let Some(element) = element {
                html.extend(["<", element, ">"]);
                push(&mut html, text);
                html.extend(["</", element, ">"]);
            } else {
                push(&mut html, text);
            }
        }
        Html(html)
    }
}

fn push(html: &mut String, text: &str) {
    for c in printable(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_and_special_characters_escaped() {
        for (text, marks, expected) in [
            ("Öl & <Gas>", &[[0, 2], [5, 10]][..], "<mark>Öl</mark> &amp; <mark>&lt;Gas&gt;</mark>"),
            ("\"'\u{1}", &[], "&quot;&#39;\u{fffd}"),
            ("kurz", &[[2, 9]], "ku<mark>rz</mark>"),
        ] {
            assert_eq!(Html::marked(text, marks).to_string(), expected);
        }
        assert_eq!(
            Html::numbered("a b", &[0..1, 2..3], 4).to_string(),
            "<mark id=\"t4\">a</mark> <mark id=\"t5\">b</mark>"
        );
        assert_eq!(Html::sequence([(None, "a<"), (Some("ins"), "b&")]).to_string(), "a&lt;<ins>b&amp;</ins>");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_an_element(text in "\\PC{0,30}", marks in proptest::collection::vec([0usize..30, 0..30], 0..4)) {
            let html = Html::marked(&text, &marks).to_string().replace("<mark>", "").replace("</mark>", "");
            proptest::prop_assert!(!html.contains(['<', '>', '"', '\'']));
        }
    }
}
