//! The tree of a query: what is asked for, with the places of its words in the user's text.

use super::{DateRange, Span, names};
use crate::lang::Lang;

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word; hyphens and punctuation within are still in it.
    Word(Span),
    /// What stands between quotation marks.
    Phrase(Span),
    /// A word with `*` (any letters, or none) or `?` (one letter) in it.
    Pattern(Span),
    /// Words within so many edits of this one.
    Fuzzy(Span, u8),
    /// A word or phrase in the form typed, without inflection.
    Exact(Box<Node>),
    /// Side by side: all are wanted, articles that lack some come after.
    All(Vec<Node>),
    /// Joined by AND: all are demanded.
    And(Vec<Node>),
    /// Joined by OR: one is enough.
    Or(Vec<Node>),
    /// Must not match.
    Not(Box<Node>),
    /// Two close to each other: words, phrases, alternatives of them, or what is close itself.
    Close(Closeness, Box<Node>, Box<Node>),
    /// At least so many occurrences.
    AtLeast(u16, Box<Node>),
    /// Counts more or less for the ranking, in hundredths.
    Boost(u16, Box<Node>),
    /// Within one field.
    Field(Field, Box<Node>),
    /// Published within a range of days.
    Published(DateRange),
}

/// How close two must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Closeness {
    /// In either order, at most so many words between.
    Near(u16),
    /// In this order, at most so many words between.
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
    /// Its English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::of_field(self, Lang::En)
    }

    /// Its name in a language.
    #[must_use]
    pub fn name_in(self, lang: Lang) -> &'static str {
        names::of_field(self, lang)
    }

    /// Whether it is a part of the article, with sentences, rather than a statement about it.
    #[must_use]
    pub fn is_part(self) -> bool {
        matches!(self, Field::Headline | Field::Kicker | Field::Lead | Field::Body | Field::Caption | Field::Quote)
    }

    /// Whether any piece of its value is found, letters and signs as they are.
    #[must_use]
    pub fn is_raw(self) -> bool {
        matches!(self, Field::Url | Field::Path | Field::Id)
    }
}
