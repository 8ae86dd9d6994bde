//! Blocks out of the elements and texts that a reader of HTML meets, and what each element is to the text in it.

use crate::structure::Block;
use findbuch_article::PartKind;

/// Deepest nesting of elements whose text is kept.
pub const MAX_DEPTH: usize = 200;

/// What an element is to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its text is none of the article's.
    Skipped,
    /// A new line that is meant.
    Break,
    /// Its text goes on in the line.
    Inline,
    /// Its text is a block of its own.
    Block,
}

impl Role {
    /// By the name of the element, in lower case.
    pub fn of(name: &str) -> Role {
        match name {
            "script" | "style" | "noscript" | "template" | "iframe" | "svg" | "form" | "button" => Role::Skipped,
            "br" => Role::Break,
            _ if is_block(name) => Role::Block,
            _ => Role::Inline,
        }
    }
}

/// Gathers text until a block element begins or ends.
#[derive(Default)]
pub struct Collector {
    blocks: Vec<Block>,
    /// Lines of the block under way, the last one open.
    lines: Vec<String>,
    kind: Option<PartKind>,
    /// The kinds of the elements around, the innermost last.
    around: Vec<Option<PartKind>>,
}

impl Collector {
    /// Goes on with the line.
    pub fn text(&mut self, text: &str) {
        match self.lines.last_mut() {
            Some(line) => line.push_str(text),
            None => self.lines.push(text.to_owned()),
        }
    }

    /// Begins a line of the same block.
    pub fn begin_line(&mut self) {
        self.lines.push(String::new());
    }

    /// Begins what an element of this name is.
    pub fn begin_block(&mut self, name: &str) {
        self.flush();
        self.around.push(self.kind);
        self.kind = kind_of(name).or(self.kind);
    }

    /// Ends the element that was begun last.
    pub fn end_block(&mut self) {
        self.flush();
        self.kind = self.around.pop().unwrap_or_default();
    }

    /// The blocks, when all is read.
    pub fn finish(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
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
