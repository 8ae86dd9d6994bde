//! Text as it may stand in HTML: escaped once, its matching words marked.

use super::printable;
use askama::filters::HtmlSafe;
use std::fmt::{self, Display};
use std::ops::Range;

/// Escaped text with elements of ours alone; only this module makes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl HtmlSafe for Html {}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Html {
    /// The text, nothing marked.
    #[must_use]
    pub fn text(text: &str) -> Html {
        let mut html = String::with_capacity(text.len());
        push(&mut html, text);
        Html(html)
    }

    /// The text with marks as `[from, to)` in Unicode scalar values.
    #[must_use]
    pub fn marked(text: &str, marks: &[[usize; 2]]) -> Html {
        let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        starts.push(text.len());
        let bytes = marks.iter().filter_map(|[from, to]| Some(*starts.get(*from)?..*starts.get(*to)?));
        Html(marked(text, bytes, |_| "<mark>".into()))
    }

    /// The text with marks in bytes, the first of them numbered `number` and so on: `<mark id="t7">`.
    #[must_use]
    pub fn numbered(text: &str, marks: &[Range<usize>], number: usize) -> Html {
        Html(marked(text, marks.iter().cloned(), |at| format!("<mark id=\"t{}\">", number + at)))
    }

    /// The texts one after the other, each within its element if it has one.
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

fn marked(text: &str, marks: impl Iterator<Item = Range<usize>>, open: impl Fn(usize) -> String) -> String {
    let (mut html, mut at) = (String::with_capacity(text.len() + 64), 0);
    for (number, mark) in marks.enumerate() {
        let (Some(before), Some(word)) = (text.get(at..mark.start), text.get(mark.clone())) else { continue };
        push(&mut html, before);
        html.push_str(&open(number));
        push(&mut html, word);
        html.push_str("</mark>");
        at = mark.end;
    }
    push(&mut html, text.get(at..).unwrap_or_default());
    html
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
    fn words_are_marked_and_signs_escaped() {
        for (text, marks, expected) in [
            ("Öl & <Gas>", &[[0, 2], [5, 10]][..], "<mark>Öl</mark> &amp; <mark>&lt;Gas&gt;</mark>"),
            ("\"'\u{1}", &[], "&quot;&#39;\u{fffd}"),
            ("kurz", &[[2, 9]], "kurz"),
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
