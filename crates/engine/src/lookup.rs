//! What completing a text looks up in an archive, as data that an engine can be sent.

pub mod names;

/// Where an article must have words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Stems in the headline; short headlines come first.
    Headline,
    /// Stems side by side in the text; articles that have them often come first, and none where the words are in very many.
    SideBySide,
    /// Folded forms anywhere, the first of the words alone; any articles.
    Form,
}

/// Most words that a beginning stands for; fewer where each of them is looked for beside another word.
const MAX_TERMS: usize = 60;
const MAX_BESIDE: usize = 24;

impl Place {
    /// Most words of the archive that what an article must have, by its beginning alone, stands for there.
    #[must_use]
    pub fn most_terms(self) -> usize {
        if self == Place::SideBySide { MAX_BESIDE } else { MAX_TERMS }
    }
}

/// A word that an article must have: any of these terms, or one that begins so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Stems or forms.
    pub terms: Vec<String>,
    /// What they may begin with; the most frequent that do are taken.
    pub beginnings: Vec<String>,
}
