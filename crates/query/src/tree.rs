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
    /// `url:`, `adresse:`
    Url,
    /// `path:`, `pfad:`
    Path,
    /// `id:`, `kennung:`
    Id,
}

impl Field {
    /// Whether it is a part of the text, rather than metadata.
    #[must_use]
    pub fn is_part(self) -> bool {
        matches!(self, Field::Headline | Field::Kicker | Field::Lead | Field::Body | Field::Caption | Field::Quote)
    }

    /// Whether its values are matched by any piece, with every sign as it is.
    #[must_use]
    pub fn is_raw(self) -> bool {
        matches!(self, Field::Url | Field::Path | Field::Id)
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
