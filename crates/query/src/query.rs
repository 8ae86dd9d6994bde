//! A parsed query: the user's text, the tree of what it asks for, and the day that relative dates count from.

use crate::tree::{DateRange, Node, Span};
use jiff::civil;

/// A parsed query. The tree has places in the text instead of words of its own, so that messages and explanations can show what was
/// typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// The text as typed.
    pub text: String,
    /// What it asks for.
    pub root: Node,
    /// The day that `gestern` and its like count from.
    pub today: civil::Date,
}

impl Query {
    /// The query that matches everything, for a result that is limited by other means.
    #[must_use]
    pub fn everything(today: civil::Date) -> Query {
        Query { text: String::new(), root: Node::Published(DateRange { from: None, until: None }), today }
    }

    /// Whether it has operators, fields or dates, and not only words and phrases side by side.
    #[must_use]
    pub fn has_structure(&self) -> bool {
        let plain = |node: &Node| matches!(node, Node::Word(_) | Node::Phrase(_) | Node::Exact(_));
        match &self.root {
            Node::All(nodes) => !nodes.iter().all(plain),
            node => !plain(node),
        }
    }

    /// The text of a span; empty if the text does not have it.
    #[must_use]
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or("")
    }
}
