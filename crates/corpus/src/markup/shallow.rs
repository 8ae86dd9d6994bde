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

/// Elements that a parser opens once more in each block that begins while they are open.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Most attributes that an element keeps: each is compared with all others of its element.
const MAX_ATTRIBUTES: usize = 200;
/// What reading usual pages takes at most: tags, and tags times what is open around them. The largest pages of news have some
/// 10,000 tags in 30 levels.
const USUAL_TAGS: usize = 20_000;
const USUAL_COST: usize = 1_500_000;

/// A page without what would let the work of parsing it grow.
pub struct Shallow<'a> {
    /// The page.
    pub html: Cow<'a, str>,
    /// What is left to do.
    pub work: Work,
}

/// A measure of the work that the tags of a page make.
#[derive(Debug, Default, Clone, Copy)]
pub struct Work {
    /// Tags.
    pub tags: usize,
    /// For each tag what may be open around it: a parser, and whoever asks where a text stands, goes through that.
    cost: usize,
}

impl Work {
    /// Whether it is what pages of news take, so that no process of its own is needed.
    pub fn is_usual(self) -> bool {
        self.tags <= USUAL_TAGS && self.cost <= USUAL_COST
    }
}

/// The page with no element nested deeper than [`MAX_DEPTH`] or with very many attributes, and without programs and styles.
pub fn shallow(html: &str) -> Shallow<'_> {
    let (mut work, mut formatting) = (Work::default(), 0_usize);
    let html = cut(html, &mut |name, closing, depth| {
        if FORMATTING.contains(&name) {
            formatting = if closing { formatting.saturating_sub(1) } else { formatting + 1 };
        }
        work.tags += 1;
        // elements that are not counted may stand between each two that are
        work.cost += 1 + 3 * depth + formatting;
    });
    Shallow { html, work }
}

/// The page without what is too deep, and every tag that is left: name, whether it closes, and elements around it.
fn cut<'a>(html: &'a str, tag: &mut dyn FnMut(&str, bool, usize)) -> Cow<'a, str> {
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
        let counted = !UNCOUNTED.contains(&name.as_str()) && (closing || !html[open..end].ends_with("/>"));
        let dropped = if !counted {
            false
        } else if closing {
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
            continue;
        }
        tag(&name, closing, depth);
        if has_many_attributes(&html[name_start + length..end]) {
            kept.push_str(&html[copied..name_start + length]);
            kept.push('>');
            copied = end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    kept.push_str(&html[copied..]);
    Cow::Owned(kept)
}

/// Whether the inside of a tag, behind its name, may have more attributes than are kept.
fn has_many_attributes(inside: &str) -> bool {
    // an attribute is two bytes at least, with the space before it
    inside.len() > 2 * MAX_ATTRIBUTES
        && (inside.bytes().filter(|byte| *byte == b'=').count() > MAX_ATTRIBUTES
            || inside.split(['"', '\'']).step_by(2).flat_map(str::split_ascii_whitespace).nth(MAX_ATTRIBUTES).is_some())
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
            assert!(matches!(shallow(html).html, Cow::Borrowed(_)), "{html}");
        }
    }

    #[test]
    fn programs_and_styles_are_left_out() {
        for (html, kept) in [
            ("a<script>if (a<b) x('<div>')</script>b", "a<script></script>b"),
            ("<style>p > a {}</style><p>b", "<style></style><p>b"),
            ("<p>b<SCRIPT async>x", "<p>b<SCRIPT async>"),
        ] {
            assert_eq!(shallow(html).html, kept, "{html}");
        }
    }

    #[test]
    fn text_in_deep_elements_is_kept() {
        let html = format!("{}tief{}<p>danach", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let kept = shallow(&html).html;
        assert!(kept.contains("tief") && kept.ends_with("<p>danach"));
        assert_eq!(kept.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(kept.matches("</div>").count(), MAX_DEPTH);
    }

    #[test]
    fn very_many_attributes_go() {
        let numbered =
            |value: &str| (0..=MAX_ATTRIBUTES).map(|number| format!(" a{number}{value}")).collect::<Vec<_>>();
        let (many, bare) = (numbered("=x").concat(), numbered("").concat());
        for attributes in [&many, &bare] {
            assert_eq!(shallow(&format!("a<p{attributes}>b<i c=d>")).html, "a<p>b<i c=d>");
        }
        let text = format!("<meta content='{}'>", "viele Worte ".repeat(MAX_ATTRIBUTES));
        assert_eq!(shallow(&text).html, text, "words of a value are no attributes");
        let deep = format!("{}<div{many}>b", "<div>".repeat(MAX_DEPTH));
        assert!(shallow(&deep).html.ends_with("<div> b"));
    }

    #[test]
    fn work_is_that_of_news_or_more() {
        let paragraphs = |number: usize| format!("<div class=a>{}</div>", "<p>Ein <b>Satz</b>.</p>".repeat(number));
        assert!(shallow(&paragraphs(3_000)).work.is_usual());
        for page in [
            paragraphs(30_000),
            "<table><td>".repeat(5_000),
            format!("{}{}", "<font>".repeat(5_000), "<p>x".repeat(5_000)),
            "<b><i><p>".repeat(5_000),
        ] {
            assert!(!shallow(&page).work.is_usual(), "{}", &page[..30]);
        }
    }

    proptest! {
        #[test]
        fn no_input_panics(html in "[<>/a-z=\"'! äß-]{0,80}") {
            let _ = shallow(&html);
        }
    }
}
