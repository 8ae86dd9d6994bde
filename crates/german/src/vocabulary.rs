//! What an archive has taught: parts of compounds, abbreviations, and names of several words. A term must mean the same in an article indexed today and in one indexed
//! next year, so a vocabulary is learnt once and kept.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Parts of compounds besides those of the lexicon, folded, each with the number of its partners as a power of two; abbreviations, and
/// names that are written together and apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vocabulary {
    /// First parts: pegida, as in Pegidaanhänger.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub first: BTreeMap<String, u8>,
    /// Abbreviations, folded, with what the archive explains them by.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub abbreviations: BTreeMap<String, String>,
    /// Names that the archive writes as one word with a capital inside, folded, with their words apart: tiktok, Tik Tok.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub joined: BTreeMap<String, String>,
    /// Last parts.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub last: BTreeMap<String, u8>,
}

impl Vocabulary {
    /// Number of parts, abbreviations and names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.first.len() + self.last.len() + self.abbreviations.len() + self.joined.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
