//! Where the texts of an article stand one behind the other, and where its sentences, paragraphs and the kinds of its parts begin.
//! One definition for the index, which keeps the bounds as terms, and for the text itself.
//!
//! Positions count words. Parts stand in the order of [`order`], so that the paragraphs of the body follow each other; one
//! position is left unused between two texts. The first word of a part has the term of its kind, paragraphs and crossheads within
//! the body excepted, which have [`PARAGRAPH`]; the first word of every other sentence has [`SENTENCE`].

use findbuch_article::{Article, Part, PartKind};
use findbuch_german::sentences;
use findbuch_query::Field;
use std::ops::Range;

/// Begins a sentence within a part.
pub const SENTENCE: &str = "s";
/// Begins a paragraph or crosshead of the body, the first excepted.
pub const PARAGRAPH: &str = "p";
/// The terms of all kinds.
pub const KINDS: [&str; 7] = ["k", "h", "u", "l", "b", "q", "c"];

/// The term of a kind of parts; of the body there is one.
#[must_use]
pub const fn of_kind(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Kicker => "k",
        PartKind::Headline => "h",
        PartKind::Subhead => "u",
        PartKind::Lead => "l",
        PartKind::Paragraph | PartKind::Crosshead | PartKind::Boilerplate => "b",
        PartKind::PullQuote => "q",
        PartKind::Caption => "c",
    }
}

/// The terms of the parts that a field is; nothing if it is none of the text.
#[must_use]
pub fn of_field(field: Field) -> Option<&'static [&'static str]> {
    Some(match field {
        Field::Headline => const { &[of_kind(PartKind::Headline)] },
        Field::Kicker => const { &[of_kind(PartKind::Kicker)] },
        Field::Lead => const { &[of_kind(PartKind::Lead), of_kind(PartKind::Subhead)] },
        Field::Body => const { &[of_kind(PartKind::Paragraph)] },
        Field::Caption => const { &[of_kind(PartKind::Caption)] },
        Field::Quote => const { &[of_kind(PartKind::PullQuote)] },
        _ => return None,
    })
}

/// The place of a kind among the others: the head, the body, quotes, captions.
fn order(kind: PartKind) -> u8 {
    match kind {
        PartKind::Kicker | PartKind::Headline | PartKind::Subhead | PartKind::Lead => 0,
        PartKind::Paragraph | PartKind::Crosshead | PartKind::Boilerplate => 1,
        PartKind::PullQuote => 2,
        PartKind::Caption => 3,
    }
}

/// The searched parts of an article in the order of their positions, each with its number among all.
#[must_use]
pub fn searched(article: &Article) -> Vec<(usize, &Part)> {
    let mut searched: Vec<_> = article.parts.iter().enumerate().filter(|(_, part)| part.is_searched()).collect();
    searched.sort_by_key(|(_, part)| order(part.kind));
    searched
}

/// Gives texts their positions, one text after the other.
#[derive(Debug, Default)]
pub struct Placing {
    position: usize,
    in_body: bool,
}

impl Placing {
    /// The position of the next text's first word.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Places a text of a part, given its words, and tells `begins` each bound with its position, in order. A text without words
    /// takes no place.
    pub fn place(
        &mut self,
        kind: PartKind,
        text: &str,
        words: &[Range<usize>],
        mut begins: impl FnMut(usize, &'static str),
    ) {
        if words.is_empty() {
            return;
        }
        let goes_on = std::mem::replace(&mut self.in_body, order(kind) == 1) && self.in_body;
        begins(self.position, if goes_on { PARAGRAPH } else { of_kind(kind) });
        let mut last = 0;
        for sentence in sentences(text) {
            let first = words.partition_point(|word| word.start < sentence.start);
            if first > last && first < words.len() {
                begins(self.position + first, SENTENCE);
                last = first;
            }
        }
        self.position += words.len() + 1;
    }
}

/// The bounds of one article, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segments {
    /// Where sentences begin.
    pub sentences: Vec<u32>,
    /// Where parts, and paragraphs of the body, begin.
    pub paragraphs: Vec<u32>,
    /// Where parts begin, the whole body being one, with the term of their kind.
    pub regions: Vec<(u32, &'static str)>,
}

impl Segments {
    /// Takes up a bound that lies behind all others.
    pub fn push(&mut self, position: u32, term: &'static str) {
        self.sentences.push(position);
        if term != SENTENCE {
            self.paragraphs.push(position);
        }
        if KINDS.contains(&term) {
            self.regions.push((position, term));
        }
    }

    /// Words between two places, the first of which ends before the other begins; nothing if they are in different parts.
    #[must_use]
    pub fn between(&self, end: u32, start: u32) -> Option<u32> {
        let behind = |position: u32| self.regions.partition_point(|(begin, _)| *begin <= position);
        if behind(end) != behind(start) {
            return None;
        }
        // an unused position stands before each paragraph
        let gaps = number(&self.paragraphs, start) - number(&self.paragraphs, end);
        Some((start - end - 1).saturating_sub(u32::try_from(gaps).unwrap_or(u32::MAX)))
    }

    /// The kind of the part that a position is in.
    #[must_use]
    pub fn kind(&self, position: u32) -> Option<&'static str> {
        let behind = self.regions.partition_point(|(begin, _)| *begin <= position);
        self.regions.get(behind.checked_sub(1)?).map(|(_, kind)| *kind)
    }

    /// The number of the sentence that a position is in.
    #[must_use]
    pub fn sentence(&self, position: u32) -> usize {
        number(&self.sentences, position)
    }

    /// The number of the paragraph that a position is in.
    #[must_use]
    pub fn paragraph(&self, position: u32) -> usize {
        number(&self.paragraphs, position)
    }
}

/// How many bounds lie at or before a position.
fn number(bounds: &[u32], position: u32) -> usize {
    bounds.partition_point(|begin| *begin <= position)
}
