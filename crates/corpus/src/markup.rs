//! HTML elements to blocks: headings are crossheads, captions captions, quotations quotes, the rest paragraphs.

use crate::structure::Block;
use findbuch_article::PartKind;
use scraper::{ElementRef, Html, Node};

/// Deepest nesting of elements that is entered.
const MAX_DEPTH: usize = 200;

/// Whether a text is HTML and not plain text that has a `<` in it.
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["<p>", "<p ", "</p>", "<br", "<div", "</h2>", "</h3>", "</li>"].iter().any(|tag| lower.contains(tag))
}

/// Text of a line that may hold inline elements and character references.
#[must_use]
pub fn inline_text(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    Html::parse_fragment(text).root_element().text().collect()
}

/// The blocks of a fragment.
#[must_use]
pub fn blocks(html: &str) -> Vec<Block> {
    let fragment = Html::parse_fragment(html);
    let mut collector = Collector::default();
    collector.walk(fragment.root_element(), 0);
    collector.flush();
    collector.blocks
}

/// Gathers text until a block element ends it.
#[derive(Default)]
struct Collector {
    blocks: Vec<Block>,
    /// Lines of the block under way, the last one open.
    lines: Vec<String>,
    kind: Option<PartKind>,
}

impl Collector {
    fn walk(&mut self, element: ElementRef<'_>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.push(text),
                Node::Element(inner) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    self.element(inner.name(), child, depth);
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, name: &str, element: ElementRef<'_>, depth: usize) {
        match name {
            "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "form" | "button" => {}
            "br" => self.lines.push(String::new()),
            _ if !is_block(name) => self.walk(element, depth + 1),
            _ => {
                self.flush();
                let outer = self.kind;
                self.kind = kind_of(name).or(outer);
                self.walk(element, depth + 1);
                self.flush();
                self.kind = outer;
            }
        }
    }

    fn push(&mut self, text: &str) {
        match self.lines.last_mut() {
            Some(line) => line.push_str(text),
            None => self.lines.push(text.to_owned()),
        }
    }

    fn flush(&mut self) {
        let collapse = |line: String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = self.lines.drain(..).map(collapse).filter(|line| !line.is_empty()).collect();
        if lines.is_empty() {
            return;
        }
        let kind = self.kind.filter(|&kind| kind != PartKind::PullQuote || lines.len() == 1);
        self.blocks.push(match kind {
            Some(kind) => Block::marked(kind, lines.join(" ")),
            None => Block::plain(lines),
        });
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "header"
            | "footer"
            | "aside"
            | "pre"
            | "address"
            | "hr"
            | "body"
            | "html"
            | "cite"
    )
}

fn kind_of(name: &str) -> Option<PartKind> {
    match name {
        "h2" | "h3" | "h4" | "h5" | "h6" => Some(PartKind::Crosshead),
        "figcaption" => Some(PartKind::Caption),
        "blockquote" => Some(PartKind::PullQuote),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_blocks() {
        let html = "<div>Vorweg <i>dies</i><p>Ein<br>Zwei</p><h2>Was&nbsp;nun</h2><figure><img><figcaption>Der Hafen</figcaption>\
                    </figure><blockquote><p>Ein Zitat.</p></blockquote><script>x()</script></div>";
        let found: Vec<(Option<PartKind>, String)> =
            blocks(html).into_iter().map(|b| (b.kind, b.lines.join("|"))).collect();
        let expected = [
            (None, "Vorweg dies"),
            (None, "Ein|Zwei"),
            (Some(PartKind::Crosshead), "Was nun"),
            (Some(PartKind::Caption), "Der Hafen"),
            (Some(PartKind::PullQuote), "Ein Zitat."),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn character_references_are_resolved() {
        assert_eq!(inline_text("Müller &amp; Söhne <b>neu</b>"), "Müller & Söhne neu");
        assert!(!looks_like_html("a < b und c > d"));
    }

    #[test]
    fn nesting_is_bounded() {
        let html = "<div>".repeat(5000) + "tief";
        assert!(blocks(&html).len() <= 1);
    }
}
