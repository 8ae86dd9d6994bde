//! The parts of an article. Their names are the newsroom's: see [`PartKind`].

use serde::{Deserialize, Serialize};

/// A part of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What the part is to the reader.
    pub kind: PartKind,
    /// Its text, NFC, without line breaks.
    pub text: String,
    /// Who is quoted; only with [`PartKind::PullQuote`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// Its words stand in another part as well, and count there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub repeated: bool,
}

/// What a part is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Dachzeile: the word or line above the headline.
    Kicker,
    /// Schlagzeile, Titel.
    Headline,
    /// Unterzeile: the line below the headline.
    Subhead,
    /// Vorspann: the first, summing-up paragraph.
    Lead,
    /// A paragraph of the body (Text).
    Paragraph,
    /// Zwischentitel.
    Crosshead,
    /// Zitat: a sentence displayed by itself to catch the eye.
    PullQuote,
    /// Bildunterschrift, with the picture's credit.
    Caption,
    /// Randnotiz: short lines behind the text that may be the article's or the page's. Searched, behind all else.
    Aside,
    /// Seitenelemente: what belongs to the page and not to the article, as subscription lines and teasers of other articles. None of the
    /// text, but found, behind all articles that have a word in their text.
    Boilerplate,
}

impl PartKind {
    /// Every kind, in the order above.
    pub const ALL: [PartKind; 10] = [
        PartKind::Kicker,
        PartKind::Headline,
        PartKind::Subhead,
        PartKind::Lead,
        PartKind::Paragraph,
        PartKind::Crosshead,
        PartKind::PullQuote,
        PartKind::Caption,
        PartKind::Aside,
        PartKind::Boilerplate,
    ];

    /// The name of the field that a searcher knows: as [`PartKind::name`], a paragraph being `body`.
    #[must_use]
    pub fn field_name(self) -> &'static str {
        if self == PartKind::Paragraph { "body" } else { self.name() }
    }

    /// The name in JSON and in the index: `headline`, `pull_quote`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PartKind::Kicker => "kicker",
            PartKind::Headline => "headline",
            PartKind::Subhead => "subhead",
            PartKind::Lead => "lead",
            PartKind::Paragraph => "paragraph",
            PartKind::Crosshead => "crosshead",
            PartKind::PullQuote => "pull_quote",
            PartKind::Caption => "caption",
            PartKind::Aside => "aside",
            PartKind::Boilerplate => "boilerplate",
        }
    }
}

impl Part {
    /// A part without attribution.
    pub fn new(kind: PartKind, text: impl Into<String>) -> Part {
        Part { kind, text: text.into(), attribution: None, repeated: false }
    }

    /// Whether its words count as the article's text: page furniture and repetitions do not.
    #[must_use]
    pub fn is_searched(&self) -> bool {
        !self.repeated && self.kind != PartKind::Boilerplate
    }

    /// Whether it is page furniture whose words are found, behind all else.
    #[must_use]
    pub fn is_furniture(&self) -> bool {
        !self.repeated && self.kind == PartKind::Boilerplate
    }
}
