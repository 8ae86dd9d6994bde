//! XML elements to blocks. A function gives the role of each element: that of NITF and XHTML is here, that of TEI in `tei`.

use crate::structure::{self, Block};
use crate::xml::dom::{Element, collapse};
use findbuch_article::PartKind;

/// What an element does to the text around it.
pub enum Role<'a> {
    /// Its text is none of the article's.
    Out,
    /// Its text goes on in the line.
    Inline,
    /// A new line that is meant.
    Break,
    /// A cell: its text is a line of its own in the block of its row.
    Cell,
    /// The end of a printed line; the text goes on, a word divided by a hyphen too.
    Wrap {
        /// The line ends within a word.
        divided: bool,
    },
    /// A block, of the kind of the block around it where it has none of its own.
    Block(Option<PartKind>),
    /// Another element is read in its place.
    Instead(Element<'a>),
}

/// The blocks below an element. The depth is bounded by `guard`.
pub fn blocks<'a>(element: Element<'a>, role: fn(Element<'a>) -> Role<'a>) -> Vec<Block> {
    let mut collector = Collector { role, blocks: Vec::new(), lines: Vec::new(), kind: None };
    collector.walk(element);
    collector.flush();
    collector.blocks
}

/// How a line came to its start.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Meant,
    Wrapped,
    InWord,
}

struct Collector<'a> {
    role: fn(Element<'a>) -> Role<'a>,
    blocks: Vec<Block>,
    lines: Vec<(Start, String)>,
    kind: Option<PartKind>,
}

impl<'a> Collector<'a> {
    fn walk(&mut self, element: Element<'a>) {
        for child in element.children() {
            if child.is_element() {
                self.element(child, &(self.role)(child));
            } else if let Some(text) = child.text().filter(|_| child.is_text()) {
                match self.lines.last_mut() {
                    Some((_, line)) => line.push_str(text),
                    None => self.lines.push((Start::Meant, text.to_owned())),
                }
            }
        }
    }

    fn element(&mut self, element: Element<'a>, role: &Role<'a>) {
        match *role {
            Role::Out => {}
            Role::Inline => self.walk(element),
            Role::Instead(other) => self.walk(other),
            Role::Cell => {
                self.lines.push((Start::Meant, String::new()));
                self.walk(element);
            }
            Role::Break => self.lines.push((Start::Meant, String::new())),
            Role::Wrap { divided: false } => self.lines.push((Start::Wrapped, String::new())),
            Role::Wrap { divided: true } => self.lines.push((Start::InWord, String::new())),
            Role::Block(kind) => {
                self.flush();
                let outer = self.kind;
                self.kind = kind.or(outer);
                self.walk(element);
                self.flush();
                self.kind = outer;
            }
        }
    }

    fn flush(&mut self) {
        let mut lines: Vec<String> = Vec::new();
        for (start, line) in self.lines.drain(..) {
            let line = collapse(&line);
            match lines.last_mut() {
                _ if line.is_empty() => {}
                Some(before) if start == Start::Wrapped => structure::join(before, &line),
                Some(before) if start == Start::InWord => {
                    before.truncate(before.trim_end_matches(['-', '¬', '\u{2010}']).len());
                    before.push_str(&line);
                }
                _ => lines.push(line),
            }
        }
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

/// The roles of NITF's and XHTML's elements.
pub fn news(element: Element<'_>) -> Role<'_> {
    match element.tag_name().name() {
        "head" | "title" | "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "form" | "button"
        | "nav" | "media-reference" | "media-metadata" | "media-object" | "img" => Role::Out,
        "br" => Role::Break,
        "td" | "th" => Role::Cell,
        "tr" | "li" | "dd" => Role::Block(Some(PartKind::Paragraph)),
        "hl2" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Block(Some(PartKind::Crosshead)),
        "media" | "media-caption" | "media-producer" | "figcaption" => Role::Block(Some(PartKind::Caption)),
        "bq" | "blockquote" | "pullquote" => Role::Block(Some(PartKind::PullQuote)),
        "note" | "tagline" | "bibliography" => Role::Block(Some(PartKind::Boilerplate)),
        "p" | "block" | "hl1" | "hr" | "credit" | "table" | "nitf-table" | "ol" | "ul" | "dl" | "dt" | "pre" | "fn"
        | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "figure" | "address" | "body"
        | "h1" | "cite" => Role::Block(None),
        _ => Role::Inline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_blocks() {
        let xml = "<body.content><p>Vorweg.</p><p>Ein <em>Satz</em><br/>mit\n Zeile.</p><hl2>Was nun</hl2>\
                   <media><media-reference>x</media-reference><media-caption>Der Hafen</media-caption></media>\
                   <bq><block><p>Ein Zitat.</p></block></bq><table><tr><td>Länge</td><td>27 Meter</td></tr></table></body.content>";
        let document = roxmltree::Document::parse(xml).unwrap();
        let found: Vec<_> = blocks(document.root_element(), news);
        let found: Vec<_> = found.iter().map(|b| (b.kind.map(PartKind::name), b.lines.join("|"))).collect();
        let expected = [
            (None, "Vorweg."),
            (None, "Ein Satz|mit Zeile."),
            (Some("crosshead"), "Was nun"),
            (Some("caption"), "Der Hafen"),
            (Some("pull_quote"), "Ein Zitat."),
            (Some("paragraph"), "Länge 27 Meter"),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }
}
