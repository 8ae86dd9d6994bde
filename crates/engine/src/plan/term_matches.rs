//! The marks of words in one text, wherever they stand.

use crate::analysis::segments::SegmentKind;
use crate::analysis::stem_map::{Place, StemMap};
use crate::plan::form_phrase::form_phrases;
use crate::plan::word::{ExpansionKind, WORDS_BETWEEN_PARTS, Word};
use findbuch_article::PartKind;
use findbuch_german::{Terms, Token};
use findbuch_query::Field;
use std::collections::HashSet;
use std::ops::Range;

/// A word of a text that a query matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Which of the query's words, by their order in it.
    pub pattern: usize,
}

/// What is marked in a text, and which of that belongs together.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The words, in order, none overlapping.
    pub marks: Vec<Mark>,
    /// Phrases and their like.
    pub together: Vec<Range<usize>>,
}

/// The marks of words in a text taken for a part of a kind; each word with its number.
pub fn term_matches<'a>(tokens: &[Token], kind: PartKind, words: impl Iterator<Item = (usize, &'a Word)>) -> Plain {
    let map = StemMap::of(tokens);
    let mut marks: Vec<Option<Mark>> = vec![None; tokens.len()];
    let mut together = Vec::new();
    for (pattern, word) in words.filter(|(_, word)| applies(word.field, kind)) {
        let excluded = excluded_words(&map, word);
        for expansion in &word.expansions {
            let mut mark = |at: u32, span: Range<usize>| {
                if let Some(mark) = marks.get_mut(at as usize) {
                    mark.get_or_insert(Mark { span, pattern });
                }
            };
            // whether the word at a place is one of those with this stem that count
            let counts = |slot: usize, stem: &str, at: u32| {
                let form =
                    |terms: &Terms| terms.stems().any(|known| &**known == stem) && expansion.allows(slot, &terms.exact);
                let token = || tokens.get(at as usize).is_some_and(|token| token.all_terms().any(form));
                !excluded.contains(&at) && (expansion.excluded_forms.is_empty() || token())
            };
            match (expansion.kind, expansion.single()) {
                (ExpansionKind::Pattern, _) => {
                    for (at, token) in (0..).zip(tokens) {
                        let also = token.also.iter().map(|(terms, span)| (terms, span));
                        for (terms, span) in std::iter::once((&token.terms, &token.span)).chain(also) {
                            if word.forms.binary_search(&terms.exact).is_ok() {
                                mark(at, span.clone());
                            }
                        }
                    }
                }
                (ExpansionKind::Form, _) => mark_forms(tokens, &word.forms, &mut together, &mut mark),
                (_, Some(stems)) => {
                    for stem in stems {
                        for (at, span) in map.words(stem).iter().filter(|(at, _)| counts(0, stem, *at)) {
                            mark(*at, span.clone());
                        }
                    }
                    if expansion.within && word.field.is_none_or(Field::is_part) {
                        let within = stems.iter().flat_map(|stem| map.parts(stem));
                        for (at, span) in within.filter(|(at, _)| !excluded.contains(at)) {
                            mark(*at, span.clone());
                        }
                    }
                }
                (kind, None) => {
                    let between = (kind == ExpansionKind::Decompounded).then_some(WORDS_BETWEEN_PARTS);
                    let slots = places_of_slots(&map, &expansion.slots, counts);
                    mark_together(&slots, between, &mut together, &mut mark);
                }
            }
        }
    }
    let mut marks: Vec<Mark> = marks.into_iter().flatten().collect();
    in_order(&mut marks);
    Plain { marks, together }
}

/// Sorts marks; of those that overlap the first stays.
pub fn in_order(marks: &mut Vec<Mark>) {
    marks.sort_by_key(|mark| mark.span.start);
    marks.dedup_by(|next, before| next.span.start < before.span.end);
}

/// For each of several words the places that count.
fn places_of_slots<'a>(
    map: &'a StemMap<'_>,
    slots: &[Vec<Box<str>>],
    counts: impl Fn(usize, &str, u32) -> bool,
) -> Vec<Vec<&'a Place>> {
    let of_slot = |(slot, stems): (usize, &Vec<Box<str>>)| {
        let places = stems.iter().flat_map(|stem| map.words(stem).iter().map(move |place| (stem, place)));
        places.filter(|(stem, place)| counts(slot, stem, place.0)).map(|(_, place)| place).collect()
    };
    slots.iter().enumerate().map(of_slot).collect()
}

/// The words of the text, by their numbers, that are excluded for a word of the query.
fn excluded_words(map: &StemMap<'_>, word: &Word) -> HashSet<u32> {
    let mut excluded = HashSet::new();
    for slots in &word.excluded_phrases {
        mark_together(&places_of_slots(map, slots, |_, _, _| true), None, &mut Vec::new(), &mut |at, _| {
            excluded.insert(at);
        });
    }
    excluded
}

/// The forms typed, side by side.
fn mark_forms(
    tokens: &[Token],
    forms: &[Box<str>],
    together: &mut Vec<Range<usize>>,
    mark: &mut impl FnMut(u32, Range<usize>),
) {
    for (start, words) in form_phrases(tokens, forms) {
        together.extend(words.first().zip(words.last()).map(|(first, last)| first.span.start..last.span.end));
        for (at, word) in (start..).zip(words) {
            mark(at, word.span.clone());
        }
    }
}

/// Several words, each with its places, side by side in order or, with others between, in any order.
fn mark_together(
    slots: &[Vec<&Place>],
    between: Option<u32>,
    together: &mut Vec<Range<usize>>,
    mark: &mut impl FnMut(u32, Range<usize>),
) {
    let Some((first, others)) = slots.split_first() else { return };
    for start in first {
        let mut found = vec![*start];
        for (offset, slot) in (1..).zip(others) {
            let next = match between {
                None => slot.iter().find(|place| place.0 == start.0 + offset),
                Some(between) => {
                    let near =
                        |place: &&&Place| (1..=between + others.len() as u32).contains(&place.0.abs_diff(start.0));
                    slot.iter().filter(near).min_by_key(|place| place.0.abs_diff(start.0))
                }
            };
            found.extend(next);
        }
        if found.len() == slots.len() {
            if let (None, Some(last)) = (between, found.last()) {
                together.push(start.1.start..last.1.end);
            }
            for (at, span) in found {
                mark(*at, span.clone());
            }
        }
    }
}

/// Whether words of a query's field are marked in parts of a kind.
fn applies(field: Option<Field>, kind: PartKind) -> bool {
    field.is_none_or(|field| {
        SegmentKind::of_field(field).is_some_and(|kinds| kinds.contains(&SegmentKind::of_part(kind)))
    })
}
