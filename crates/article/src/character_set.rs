//! In which character set a document was, and how that was found.

use serde::{Deserialize, Serialize};

/// A character set and what tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharacterSet {
    /// Name in the registry of IANA: `windows-1252`, `IBM850`.
    pub name: String,
    /// How it was found.
    pub from: CharacterSetFrom,
    /// How sure that is, where it was recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
}

/// How a character set was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CharacterSetFrom {
    /// A byte order mark.
    Mark,
    /// What the document says of itself.
    Declared,
    /// The bytes, by what they read as in German.
    Recognised,
    /// UTF-8 that was encoded twice, and was put right.
    EncodedTwice,
}

/// How sure it is that a character set was recognised rightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Many letters say so, and none says something else.
    Certain,
    /// It reads better than the others.
    Likely,
    /// Another one reads as well.
    Uncertain,
}

impl CharacterSet {
    /// One that is known.
    #[must_use]
    pub fn known(name: &str, from: CharacterSetFrom) -> CharacterSet {
        CharacterSet { name: name.to_owned(), from, certainty: None }
    }

    /// One that was recognised.
    #[must_use]
    pub fn recognised(name: &str, certainty: Certainty) -> CharacterSet {
        CharacterSet { name: name.to_owned(), from: CharacterSetFrom::Recognised, certainty: Some(certainty) }
    }
}
