//! Positions of the texts of an article, and where its sentences, paragraphs and segments begin. One definition for the index, which keeps
//! the boundaries as terms, and for the text itself.
//!
//! Positions count words. Parts stand head first, then the body, quotes, captions and asides, so that the paragraphs of the body follow each other; one
//! position is left unused between two texts. A part begins a segment, paragraphs and crossheads within the body excepted, which
//! begin a paragraph; every other sentence begins one of its own.

use findbuch_article::{Article, Part, PartKind};
use findbuch_german::sentences;
use findbuch_query::Field;
use std::ops::Range;

/// A stretch of an article's text in which words can be close to each other. The whole body is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SegmentKind {
    /// A kicker.
    Kicker,
    /// A headline.
    Headline,
    /// A subhead.
    Subhead,
    /// A lead.
    Lead,
    /// The body, its crossheads included.
    Body,
    /// A pull quote.
    Quote,
    /// A caption.
    Caption,
    /// A line behind the text.
    Aside,
    /// Page furniture, which has no place among the texts.
    Furniture,
}

/// What begins at a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// A segment, and with it a paragraph and a sentence.
    Segment(SegmentKind),
    /// A paragraph or crosshead of the body, the first excepted, and with it a sentence.
    Paragraph,
    /// A sentence within a part.
    Sentence,
}

impl SegmentKind {
    /// All.
    pub const ALL: [SegmentKind; 9] = [
        SegmentKind::Kicker,
        SegmentKind::Headline,
        SegmentKind::Subhead,
        SegmentKind::Lead,
        SegmentKind::Body,
        SegmentKind::Quote,
        SegmentKind::Caption,
        SegmentKind::Aside,
        SegmentKind::Furniture,
    ];

    /// The segment that a part of a kind begins or belongs to.
    #[must_use]
    pub const fn of_part(kind: PartKind) -> SegmentKind {
        match kind {
            PartKind::Kicker => SegmentKind::Kicker,
            PartKind::Headline => SegmentKind::Headline,
            PartKind::Subhead => SegmentKind::Subhead,
            PartKind::Lead => SegmentKind::Lead,
            PartKind::Paragraph | PartKind::Crosshead => SegmentKind::Body,
            PartKind::Boilerplate => SegmentKind::Furniture,
            PartKind::PullQuote => SegmentKind::Quote,
            PartKind::Caption => SegmentKind::Caption,
            PartKind::Aside => SegmentKind::Aside,
        }
    }

    /// The segments that a field of the query names; nothing if it names none of the text.
    #[must_use]
    pub fn of_field(field: Field) -> Option<&'static [SegmentKind]> {
        Some(match field {
            Field::Headline => &[SegmentKind::Headline],
            Field::Kicker => &[SegmentKind::Kicker],
            Field::Lead => &[SegmentKind::Lead, SegmentKind::Subhead],
            Field::Body => &[SegmentKind::Body],
            Field::Caption => &[SegmentKind::Caption],
            Field::Quote => &[SegmentKind::Quote],
            _ => return None,
        })
    }
}

impl Boundary {
    /// The term by which an index keeps it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Boundary::Segment(SegmentKind::Kicker) => "k",
            Boundary::Segment(SegmentKind::Headline) => "h",
            Boundary::Segment(SegmentKind::Subhead) => "u",
            Boundary::Segment(SegmentKind::Lead) => "l",
            Boundary::Segment(SegmentKind::Body) => "b",
            Boundary::Segment(SegmentKind::Quote) => "q",
            Boundary::Segment(SegmentKind::Caption) => "c",
            Boundary::Segment(SegmentKind::Aside) => "a",
            Boundary::Segment(SegmentKind::Furniture) => "f",
            Boundary::Paragraph => "p",
            Boundary::Sentence => "s",
        }
    }
}

/// The order of kinds: the head, the body, quotes, captions, lines behind the text.
fn order(kind: PartKind) -> u8 {
    match kind {
        PartKind::Kicker | PartKind::Headline | PartKind::Subhead | PartKind::Lead => 0,
        PartKind::Paragraph | PartKind::Crosshead => 1,
        PartKind::PullQuote => 2,
        PartKind::Caption => 3,
        PartKind::Aside => 4,
        PartKind::Boilerplate => 5,
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

    /// Places a text of so many words, whatever begins in it.
    pub fn pass(&mut self, words: usize) {
        if words > 0 {
            self.position += words + 1;
        }
    }

    /// Places a text of a part, given its words, and hands `begins` each boundary with its position, in order. A text without words
    /// takes no place.
    pub fn place(
        &mut self,
        kind: PartKind,
        text: &str,
        words: &[Range<usize>],
        mut begins: impl FnMut(usize, Boundary),
    ) {
        if words.is_empty() {
            return;
        }
        let goes_on = std::mem::replace(&mut self.in_body, order(kind) == 1) && self.in_body;
        begins(
            self.position,
            if goes_on { Boundary::Paragraph } else { Boundary::Segment(SegmentKind::of_part(kind)) },
        );
        let mut last = 0;
        for sentence in sentences(text) {
            let first = words.partition_point(|word| word.start < sentence.start);
            if first > last && first < words.len() {
                begins(self.position + first, Boundary::Sentence);
                last = first;
            }
        }
        self.pass(words.len());
    }
}

/// The boundaries of one article, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segments {
    /// Where sentences begin.
    pub sentences: Vec<u32>,
    /// Where parts, and paragraphs of the body, begin.
    pub paragraphs: Vec<u32>,
    /// Where segments begin.
    pub segments: Vec<(u32, SegmentKind)>,
}

impl Segments {
    /// Adds a boundary that lies behind all others.
    pub fn push(&mut self, position: u32, boundary: Boundary) {
        self.sentences.push(position);
        if boundary != Boundary::Sentence {
            self.paragraphs.push(position);
        }
        if let Boundary::Segment(kind) = boundary {
            self.segments.push((position, kind));
        }
    }

    /// Words between two places, the first of which ends before the other begins; nothing if they are in different parts.
    #[must_use]
    pub fn between(&self, end: u32, start: u32) -> Option<u32> {
        let behind = |position: u32| self.segments.partition_point(|(begin, _)| *begin <= position);
        if behind(end) != behind(start) {
            return None;
        }
        // an unused position stands before each paragraph
        let gaps = number(&self.paragraphs, start) - number(&self.paragraphs, end);
        Some((start - end - 1).saturating_sub(u32::try_from(gaps).unwrap_or(u32::MAX)))
    }

    /// The segment that a position is in.
    #[must_use]
    pub fn kind(&self, position: u32) -> Option<SegmentKind> {
        let behind = self.segments.partition_point(|(begin, _)| *begin <= position);
        self.segments.get(behind.checked_sub(1)?).map(|(_, kind)| *kind)
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

/// How many boundaries lie at or before a position.
fn number(boundaries: &[u32], position: u32) -> usize {
    boundaries.partition_point(|begin| *begin <= position)
}
