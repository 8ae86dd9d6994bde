//! The tree of a query: what is asked for, with the places of its words in the user's text.

use jiff::civil;
use std::fmt;
use std::ops::Range;

/// Bytes of the query's text.
pub type Span = Range<usize>;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word as typed, with its hyphens and punctuation.
    Word(Span),
    /// A phrase: what stands between the quotation marks.
    Phrase(Span),
    /// A word with `*` (any letters, or none) or `?` (one letter) in it.
    Pattern(Span),
    /// A word, meant with all words within so many edits of it.
    Fuzzy(Span, u8),
    /// A word or phrase in the form typed, without inflection.
    Exact(Box<Node>),
    /// Side by side: all are wanted, and what lacks some may follow what has all.
    All(Vec<Node>),
    /// Joined by AND: all are demanded.
    And(Vec<Node>),
    /// Joined by OR: one is enough.
    Or(Vec<Node>),
    /// An exclusion.
    Not(Box<Node>),
    /// Two operands close to each other: words, phrases, patterns, operands joined by OR, or such pairs.
    Close(Closeness, Box<Node>, Box<Node>),
    /// At least so many occurrences.
    AtLeast(u16, Box<Node>),
    /// A factor for the ranking, in hundredths.
    Boost(u16, Box<Node>),
    /// Within one field.
    Field(Field, Box<Node>),
    /// A range of days of publication.
    Published(DateRange),
}

impl Node {
    /// Whether it has positions in a text, so that it can be close to another.
    pub(crate) fn has_positions(&self) -> bool {
        match self {
            Node::Word(_) | Node::Phrase(_) | Node::Pattern(_) | Node::Fuzzy(..) | Node::Exact(_) | Node::Close(..) => {
                true
            }
            Node::Or(nodes) => nodes.iter().all(Node::has_positions),
            Node::Boost(_, inner) => inner.has_positions(),
            _ => false,
        }
    }

    /// Whether it has words and phrases only, side by side or joined by AND, OR, NOT.
    pub(crate) fn is_plain(&self) -> bool {
        match self {
            Node::Word(_) | Node::Phrase(_) => true,
            Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(Node::is_plain),
            Node::Not(inner) | Node::Boost(_, inner) => inner.is_plain(),
            _ => false,
        }
    }

    /// Whether it has NEAR, ATLEAST or their like in it.
    pub(crate) fn has_closeness(&self) -> bool {
        match self {
            Node::Close(..) | Node::AtLeast(..) => true,
            Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(Node::has_closeness),
            Node::Not(inner) | Node::Boost(_, inner) | Node::Field(_, inner) => inner.has_closeness(),
            _ => false,
        }
    }

    /// Whether it has a field or a date in it.
    pub(crate) fn has_field(&self) -> bool {
        match self {
            Node::Field(..) | Node::Published(_) => true,
            Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(Node::has_field),
            Node::Not(inner) | Node::Boost(_, inner) | Node::AtLeast(_, inner) => inner.has_field(),
            _ => false,
        }
    }
}

/// How close two operands must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closeness {
    /// In either order, with at most so many words between.
    Near(u16),
    /// In this order, with at most so many words between.
    Before(u16),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A field that a query can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `headline:`, `titel:`
    Headline,
    /// `kicker:`, `dachzeile:`
    Kicker,
    /// `lead:`, `vorspann:`
    Lead,
    /// `body:`, `text:`
    Body,
    /// `caption:`, `bild:`
    Caption,
    /// `quote:`, `zitat:`
    Quote,
    /// `author:`, `autor:`
    Author,
    /// `section:`, `ressort:`
    Section,
    /// `source:`, `quelle:`
    Source,
    /// `agency:`, `agentur:`
    Agency,
    /// `tag:`, `schlagwort:`
    Tag,
    /// `person:`: a person whom the text names.
    Person,
    /// `organisation:`, also spelled `organization:`
    Organisation,
    /// `place:`, `ort:`
    Place,
    /// `url:`, `adresse:`
    Url,
    /// `path:`, `pfad:`
    Path,
    /// `id:`, `kennung:`
    Id,
    /// `collection:`, `sammlung:`: the articles of a collection of the reader's.
    Collection,
}

impl Field {
    /// Whether it is a part of the text, rather than metadata.
    #[must_use]
    pub fn is_part(self) -> bool {
        matches!(self, Field::Headline | Field::Kicker | Field::Lead | Field::Body | Field::Caption | Field::Quote)
    }

    /// Whether its values stand for themselves, with every sign as it is.
    #[must_use]
    pub fn is_raw(self) -> bool {
        matches!(self, Field::Url | Field::Path | Field::Id | Field::Collection)
    }
}

/// A range of days, both ends included; an end that is none is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateRange {
    /// First day.
    pub from: Option<civil::Date>,
    /// Last day.
    pub until: Option<civil::Date>,
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = self.from {
            write!(f, "{from}")?;
        }
        f.write_str("..")?;
        if let Some(until) = self.until {
            write!(f, "{until}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
impl Node {
    /// The tree in short, with the words of `text`: `all(Kim, "a b", not(x), Headline:y)`.
    #[must_use]
    pub fn show(&self, text: &str) -> String {
        let list = |name: &str, nodes: &[Node]| {
            format!("{name}({})", nodes.iter().map(|node| node.show(text)).collect::<Vec<_>>().join(", "))
        };
        match self {
            Node::Word(span) => text[span.clone()].to_owned(),
            Node::Phrase(span) => format!("\"{}\"", &text[span.clone()]),
            Node::Pattern(span) => format!("pattern({})", &text[span.clone()]),
            Node::Fuzzy(span, edits) => format!("fuzzy({}, {edits})", &text[span.clone()]),
            Node::Close(closeness, left, right) => format!("{closeness:?}({}, {})", left.show(text), right.show(text)),
            Node::AtLeast(least, inner) => format!("{least}x({})", inner.show(text)),
            Node::Boost(boost, inner) => format!("{boost}%({})", inner.show(text)),
            Node::All(nodes) => list("all", nodes),
            Node::And(nodes) => list("and", nodes),
            Node::Or(nodes) => list("or", nodes),
            Node::Not(node) => format!("not({})", node.show(text)),
            Node::Exact(node) => format!("={}", node.show(text)),
            Node::Field(field, node) => format!("{field:?}:{}", node.show(text)),
            Node::Published(range) => format!("{range}"),
        }
    }
}
