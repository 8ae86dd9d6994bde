//! Where the stems of texts stand, as words and as parts of compounds.

use findbuch_german::{Token, is_number};
use std::collections::HashMap;
use std::ops::Range;

/// A word at a position, and the bytes of its text that match.
pub type Place = (u32, Range<usize>);

/// The places of the stems of one text or several.
#[derive(Debug, Default)]
pub struct StemMap<'a> {
    stems: HashMap<&'a str, Vec<Place>, foldhash::fast::RandomState>,
    parts: HashMap<&'a str, Vec<Place>, foldhash::fast::RandomState>,
}

impl<'a> StemMap<'a> {
    /// The places in one text, its words numbered from 0.
    #[must_use]
    pub fn of(tokens: &'a [Token]) -> StemMap<'a> {
        let mut map = StemMap::default();
        map.add(0, tokens);
        map
    }

    /// Adds a text whose first word has the position `first`.
    pub fn add(&mut self, first: u32, tokens: &'a [Token]) {
        for (position, token) in (first..).zip(tokens) {
            // most words of a text cannot be marked and have no terms
            for stem in token.terms.stems().filter(|stem| !stem.is_empty()) {
                self.stems.entry(&**stem).or_default().push((position, token.span.clone()));
            }
            for (terms, span) in &token.also {
                let map = if is_number(&terms.exact) { &mut self.parts } else { &mut self.stems };
                map.entry(&*terms.stem).or_default().push((position, span.clone()));
            }
            for part in &token.terms.parts {
                let span = token.span.start + part.span.start..token.span.start + part.span.end;
                self.parts.entry(&*part.stem).or_default().push((position, span));
            }
        }
    }

    /// The words with a stem.
    #[must_use]
    pub fn words(&self, stem: &str) -> &[Place] {
        self.stems.get(stem).map_or(&[], Vec::as_slice)
    }

    /// The parts of compounds with a stem.
    #[must_use]
    pub fn parts(&self, stem: &str) -> &[Place] {
        self.parts.get(stem).map_or(&[], Vec::as_slice)
    }
}
