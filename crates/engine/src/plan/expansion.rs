//! One of the things that a word of a query is searched as, and why.

use crate::plan::exclusion::Reduced;

/// Why an expansion is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExpansionKind {
    /// The form typed and nothing else.
    Form,
    /// The word typed, in any inflection.
    Word,
    /// The parts of the compound typed, close together.
    Decompounded,
    /// Words with hyphens written as one.
    Joined,
    /// Another spelling of a name.
    Name,
    /// From the user's list of synonyms.
    Synonym,
    /// The forms of the archive that its wildcards or edits mean.
    Pattern,
}

/// One of the things that a word is searched as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// Why.
    pub kind: ExpansionKind,
    /// As a reader would write it.
    pub label: String,
    /// The words side by side, for each the stems that do (or, for [`ExpansionKind::Form`] and [`ExpansionKind::Pattern`], the forms).
    pub slots: Vec<Vec<Box<str>>>,
    /// Whether it also counts as a part of compounds.
    pub within: bool,
    /// Its words of which forms are switched off.
    pub reduced: Vec<Reduced>,
    /// Ids of articles that look as if they had one of the other forms, and have none.
    pub denied: Vec<Box<str>>,
}

impl Expansion {
    /// One of which nothing is switched off.
    #[must_use]
    pub fn new(kind: ExpansionKind, label: &str, slots: Vec<Vec<Box<str>>>, within: bool) -> Expansion {
        Expansion { kind, label: label.to_owned(), slots, within, reduced: Vec::new(), denied: Vec::new() }
    }

    /// The stems, if it is one word.
    #[must_use]
    pub fn single(&self) -> Option<&[Box<str>]> {
        match self.slots.as_slice() {
            [stems] => Some(stems),
            _ => None,
        }
    }
}
