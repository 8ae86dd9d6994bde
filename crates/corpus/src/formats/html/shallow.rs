//! What is taken from a page before it is parsed: nesting beyond a bound, so that neither time nor stack grows with it, and
//! programs and styles, which are half of many pages and show nothing.
//!
//! The HTML standard lets a parser limit nesting; browsers stop at 512. Tags below the limit are left out, text is kept,
//! and so is JSON-LD, which stands in scripts.

use std::borrow::Cow;

/// Deepest nesting that is kept.
const MAX_DEPTH: usize = 400;
/// Elements that need no end tag, or have none: they do not count.
const UNCOUNTED: &[&str] = &[
    "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup", "rt", "rp",
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "html", "head", "body", "frame",
];
/// Elements whose content is text alone.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// The page with no element nested deeper than [`MAX_DEPTH`], and without programs and styles.
pub fn shallow(html: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut copied = 0;
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[open..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| open + end + 3);
            continue;
        }
        let closing = rest.starts_with("</");
        let name_start = open + 1 + usize::from(closing);
        let tail = &html[name_start..];
        let length = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tail.len());
        let name = tail[..length].to_ascii_lowercase();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            at = name_start;
            continue;
        }
        let end = end_of_tag(html, name_start + length);
        at = end;
        if RAW.contains(&name.as_str()) {
            if !closing {
                at = end_of_raw(html, end, &name);
                let shows_nothing = name == "style" || name == "script" && !html[open..end].contains("ld+json");
                if shows_nothing && at > end {
                    kept.push_str(&html[copied..end]);
                    copied = at;
                }
            }
            continue;
        }
        if UNCOUNTED.contains(&name.as_str()) || html[open..end].ends_with("/>") && !closing {
            continue;
        }
        let dropped = if closing {
            depth = depth.saturating_sub(1);
            depth >= MAX_DEPTH
        } else {
            depth += 1;
            depth > MAX_DEPTH
        };
        if dropped {
            kept.push_str(&html[copied..open]);
            kept.push(' ');
            copied = end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[copied..]);
    Cow::Owned(kept)
}

/// The place behind the `>` that ends a tag; quoted values may hold one.
fn end_of_tag(html: &str, from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if html.as_bytes().get(at.wrapping_sub(1)) == Some(&b'=') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The place of the end tag of a raw element.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</").map(|found| at + found) {
        let inner = html.get(found + 2..found + 2 + name.len());
        if inner.is_some_and(|inner| inner.eq_ignore_ascii_case(name)) {
            return found;
        }
        at = found + 2;
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn usual_pages_stay_as_they_are() {
        for html in [
            "<div><p>Ein Satz.</div>",
            "<p>a<p>b<br><img src='x>y'>",
            "<script type='application/ld+json'>{\"a\": \"<div>\"}</script>",
            "a < b",
            "<!-- <div> -->",
        ] {
            assert!(matches!(shallow(html), Cow::Borrowed(_)), "{html}");
        }
    }

    #[test]
    fn programs_and_styles_are_left_out() {
        for (html, kept) in [
            ("a<script>if (a<b) x('<div>')</script>b", "a<script></script>b"),
            ("<style>p > a {}</style><p>b", "<style></style><p>b"),
            ("<p>b<SCRIPT async>x", "<p>b<SCRIPT async>"),
        ] {
            assert_eq!(shallow(html), kept, "{html}");
        }
    }

    #[test]
    fn text_in_deep_elements_is_kept() {
        let html = format!("{}tief{}<p>danach", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let kept = shallow(&html);
        assert!(kept.contains("tief") && kept.ends_with("<p>danach"));
        assert_eq!(kept.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(kept.matches("</div>").count(), MAX_DEPTH);
    }

    proptest! {
        #[test]
        fn no_input_panics(html in "[<>/a-z=\"'! äß-]{0,80}") {
            let _ = shallow(&html);
        }
    }
}
