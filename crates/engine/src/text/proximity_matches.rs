//! Where an article's text matches a [`PositionExpr`]: evaluates over its words what an engine evaluates in its index, by the same
//! [`crate::analysis::closeness`].

use crate::analysis::closeness::{MAX_STRETCHES, Stretch, clear, close, in_order, together};
use crate::analysis::segments::{Placing, Segments, searched};
use crate::analysis::stem_map::{Place, StemMap};
use crate::plan::position_expr::PositionExpr;
use crate::plan::word::ExcludedForms;
use findbuch_article::{Article, Part};
use findbuch_german::{Terms, Token};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

/// A text of an article and its words.
#[derive(Debug)]
pub struct Text {
    /// The number of its part; none for an attribution.
    pub part: Option<usize>,
    /// Its words.
    pub tokens: Vec<Token>,
    /// The position of its first word.
    pub first: u32,
}

/// The texts of an article in the order of their positions, and their bounds; `tokens` gives the words of one.
pub fn texts(article: &Article, mut tokens: impl FnMut(&str) -> Vec<Token>) -> (Vec<Text>, Segments) {
    let (mut texts, mut bounds, mut placing) = (Vec::new(), Segments::default(), Placing::default());
    for (number, part) in searched(article) {
        for (text, of) in texts_of(number, part) {
            let tokens = tokens(text);
            let words: Vec<Range<usize>> = tokens.iter().map(|token| token.span.clone()).collect();
            let first = number_of(placing.position());
            placing.place(part.kind, text, &words, |position, boundary| bounds.push(number_of(position), boundary));
            texts.push(Text { part: of, tokens, first });
        }
    }
    (texts, bounds)
}

/// The texts of a part in the order of their positions, with its number if it is the part's own.
pub fn texts_of(number: usize, part: &Part) -> impl Iterator<Item = (&str, Option<usize>)> {
    std::iter::once((part.text.as_str(), Some(number))).chain(part.attribution.iter().map(|text| (text.as_str(), None)))
}

fn number_of(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// An article's words, indexed for lookup.
pub struct Lookup<'a> {
    texts: &'a [Text],
    bounds: &'a Segments,
    map: StemMap<'a>,
    forms: HashSet<&'a str>,
    /// The article's id.
    id: &'a str,
}

/// A word that fulfils an operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Bytes of its text.
    pub span: Range<usize>,
    /// The number of the query's word that it is.
    pub word: usize,
}

/// Words that fulfil an operator, by their positions, and the stretches that do.
#[derive(Debug, Default)]
pub struct Fulfilled {
    /// By position.
    pub members: BTreeMap<u32, Member>,
    /// First and last position, in order, none overlapping: the shortest, the earlier of those that overlap.
    pub stretches: Vec<(u32, u32)>,
}

impl<'a> Lookup<'a> {
    /// Indexes an article's words.
    pub fn new(texts: &'a [Text], bounds: &'a Segments, id: &'a str) -> Lookup<'a> {
        let mut lookup = Lookup { texts, bounds, map: StemMap::default(), forms: HashSet::new(), id };
        for text in texts {
            lookup.map.add(text.first, &text.tokens);
            lookup.forms.extend(text.tokens.iter().flat_map(Token::all_terms).map(|terms| &*terms.exact));
        }
        lookup
    }

    /// What fulfils operators, each with the least number of matches.
    #[must_use]
    pub fn fulfilled(&self, operators: &[(PositionExpr, usize)]) -> Fulfilled {
        let mut fulfilled = Fulfilled::default();
        let mut shortest = Vec::new();
        for (expr, least) in operators {
            let stretches = self.stretches(expr);
            if starts(&stretches) >= *least {
                self.gather(expr, &stretches, 0, &mut fulfilled.members);
                shortest.extend(disjoint(stretches));
            }
        }
        shortest.sort_unstable();
        for (start, end) in shortest {
            if fulfilled.stretches.last().is_none_or(|last| last.1 < start) {
                fulfilled.stretches.push((start, end));
            }
        }
        fulfilled
    }

    /// The number of words at which a place of an expression begins.
    #[must_use]
    pub fn places(&self, expr: &PositionExpr) -> usize {
        starts(&self.stretches(expr))
    }

    /// The text that a position is in, by its number, and the word there.
    #[must_use]
    pub fn at(&self, position: u32) -> Option<&Text> {
        let behind = self.texts.partition_point(|text| text.first <= position);
        // texts without words share their position with the next
        self.texts.get(..behind)?.iter().rev().find(|text| !text.tokens.is_empty())
    }

    /// The stretches of an expression, in order, each once.
    fn stretches(&self, expr: &PositionExpr) -> Vec<Stretch> {
        let mut found = Vec::new();
        match expr {
            PositionExpr::Stems(stems) => found.extend(self.words(stems).map(|(at, _)| (*at, *at, false))),
            PositionExpr::Parts(stems) => found.extend(self.parts(stems).map(|(at, _)| (*at, *at, false))),
            PositionExpr::Together(slots, between) => {
                let words: Vec<Vec<u32>> = slots.iter().map(|stems| self.positions(stems)).collect();
                let words: Vec<&[u32]> = words.iter().map(Vec::as_slice).collect();
                let (mut starts, mut ends) = (Vec::new(), Vec::new());
                if let Some(between) = between {
                    together(&words, *between, &mut starts, &mut ends);
                } else {
                    in_order(&words, &mut starts);
                    ends.extend(starts.iter().map(|start| start + number_of(words.len().saturating_sub(1))));
                }
                found.extend(starts.into_iter().zip(ends).map(|(start, end)| (start, end, false)));
            }
            PositionExpr::Any(exprs) => found.extend(exprs.iter().flat_map(|expr| self.stretches(expr))),
            PositionExpr::Word(_, inner) => return self.stretches(inner),
            PositionExpr::HavingForms(forms, inner) => {
                if self.has(forms) {
                    return self.stretches(inner);
                }
            }
            PositionExpr::Remaining(excluded, rejected, inner) => {
                if self.has_remaining(excluded) && rejected.iter().all(|id| **id != *self.id) {
                    return self.stretches(inner);
                }
            }
            PositionExpr::Close(within, left, right) => {
                let (left, right) = (self.stretches(left), self.stretches(right));
                close(*within, &left, &right, self.bounds, false, |pair| found.push(pair.joined));
            }
            PositionExpr::In(kinds, inner) => {
                found = self.stretches(inner);
                found.retain(|(start, ..)| self.bounds.kind(*start).is_some_and(|kind| kinds.contains(&kind)));
            }
            PositionExpr::Except(inner, off) => {
                found = self.stretches(inner);
                clear(&mut found, &self.stretches(off));
            }
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_STRETCHES);
        found
    }

    /// Gathers the words of those stretches of an expression that are in `wanted`, which is in order.
    fn gather(&self, expr: &PositionExpr, wanted: &[Stretch], word: usize, members: &mut BTreeMap<u32, Member>) {
        let is_wanted = |stretch: &Stretch| wanted.binary_search(stretch).is_ok();
        let mut add = |(at, span): &Place| {
            members.entry(*at).or_insert_with(|| Member { span: span.clone(), word });
        };
        match expr {
            PositionExpr::Stems(stems) => {
                self.words(stems).filter(|(at, _)| is_wanted(&(*at, *at, false))).for_each(add);
            }
            PositionExpr::Parts(stems) => {
                self.parts(stems).filter(|(at, _)| is_wanted(&(*at, *at, false))).for_each(add);
            }
            PositionExpr::Together(slots, between) => {
                for (start, end, _) in self.stretches(expr).into_iter().filter(is_wanted) {
                    for (slot, stems) in (0..).zip(slots) {
                        let there = if between.is_some() { start..=end } else { start + slot..=start + slot };
                        self.words(stems).filter(|(at, _)| there.contains(at)).for_each(&mut add);
                    }
                }
            }
            PositionExpr::Any(exprs) => {
                for expr in exprs {
                    self.gather(expr, wanted, word, members);
                }
            }
            PositionExpr::Word(word, inner) => self.gather(inner, wanted, *word, members),
            PositionExpr::In(_, inner) | PositionExpr::Except(inner, _) => self.gather(inner, wanted, word, members),
            PositionExpr::HavingForms(forms, inner) => {
                if self.has(forms) {
                    self.gather(inner, wanted, word, members);
                }
            }
            PositionExpr::Remaining(excluded, rejected, inner) => {
                if self.has_remaining(excluded) && rejected.iter().all(|id| **id != *self.id) {
                    self.gather(inner, wanted, word, members);
                }
            }
            PositionExpr::Close(within, left_operand, right_operand) => {
                let (left, right) = (self.stretches(left_operand), self.stretches(right_operand));
                let (mut from_left, mut from_right) = (BTreeSet::new(), BTreeSet::new());
                close(*within, &left, &right, self.bounds, true, |pair| {
                    if is_wanted(&pair.joined) {
                        from_left.extend(left.get(pair.left).copied());
                        from_right.extend(right.get(pair.right).copied());
                    }
                });
                for (expr, used) in [(left_operand, from_left), (right_operand, from_right)] {
                    self.gather(expr, &used.into_iter().collect::<Vec<_>>(), word, members);
                }
            }
        }
    }

    /// Whether the article has one form of each of these.
    fn has(&self, forms: &[Vec<Box<str>>]) -> bool {
        forms.iter().all(|either| self.has_any(either))
    }

    /// Whether the article has a remaining form of every word of which it has excluded ones.
    fn has_remaining(&self, excluded: &[ExcludedForms]) -> bool {
        let words = || self.texts.iter().flat_map(|text| &text.tokens).flat_map(Token::all_terms);
        excluded.iter().all(|excluded| {
            let remains = |terms: &Terms| {
                terms.stems().any(|stem| excluded.stems.contains(stem)) && !excluded.excluded.contains(&terms.exact)
            };
            !self.has_any(&excluded.excluded) || words().any(remains)
        })
    }

    fn has_any(&self, forms: &[Box<str>]) -> bool {
        forms.iter().any(|form| self.forms.contains(&**form))
    }

    fn words<'b>(&'b self, stems: &'b [Box<str>]) -> impl Iterator<Item = &'b Place> {
        stems.iter().flat_map(|stem| self.map.words(stem))
    }

    fn parts<'b>(&'b self, stems: &'b [Box<str>]) -> impl Iterator<Item = &'b Place> {
        stems.iter().flat_map(|stem| self.map.parts(stem))
    }

    fn positions(&self, stems: &[Box<str>]) -> Vec<u32> {
        let mut positions: Vec<u32> = self.words(stems).map(|(at, _)| *at).collect();
        positions.sort_unstable();
        positions.dedup();
        positions
    }
}

/// The number of words at which stretches begin: several that begin at one count once.
fn starts(stretches: &[Stretch]) -> usize {
    stretches.iter().map(|stretch| stretch.0).collect::<BTreeSet<u32>>().len()
}

/// Stretches that do not overlap, the shortest of those that do.
fn disjoint(mut stretches: Vec<Stretch>) -> Vec<(u32, u32)> {
    stretches.sort_unstable_by_key(|(start, end, _)| (*end, std::cmp::Reverse(*start)));
    let mut disjoint: Vec<(u32, u32)> = Vec::new();
    for (start, end, _) in stretches {
        if disjoint.last().is_none_or(|last| last.1 < start) {
            disjoint.push((start, end));
        }
    }
    disjoint
}
