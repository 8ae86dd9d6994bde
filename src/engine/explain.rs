//! What every word of a query is searched as, and how many articles each of that brings.

use super::words::{Origin, Word};

/// A word of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// The word with all it is searched as.
    pub word: Word,
    /// What it is searched as, each with its articles.
    pub ways: Vec<Way>,
    /// Articles that have it in any way.
    pub articles: u64,
}

/// One of the ways in which a word is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which.
    pub kind: WayKind,
    /// What is looked for: a form, stems, another spelling.
    pub label: String,
    /// Articles that are found so.
    pub articles: u64,
}

/// Ways in which a word is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// In the form typed.
    Form,
    /// In any inflection.
    Inflection,
    /// As a part of compounds, or the country of a people.
    Within,
    /// As another [`Origin`] says.
    Other(Origin),
}
