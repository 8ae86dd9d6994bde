//! Defines over positions when words are close to each other, side by side, or together: for finding articles in the index and matches in
//! the text alike.
//!
//! What matches is a set of stretches of the text (after Clarke, Cormack, Burkowski 1995, but with all stretches, not the
//! shortest alone): two that are close make one from the first word to the last, which may be close to a third.

use crate::analysis::segments::Segments;
use findbuch_query::Closeness;

/// Most stretches of one expression in one article; only an article longer than a book can exceed it and loses the rest.
pub const MAX_STRETCHES: usize = 1 << 18;

/// Most pairs of stretches that are compared for one operator in one article.
const MAX_COMPARED: u32 = 1 << 24;

/// First and last position of a stretch of text, and whether words between them may belong to others: two that are close to each
/// other leave room between them, a phrase does not.
pub type Stretch = (u32, u32, bool);

/// Removes those that overlap any of `off`, which is in order.
pub fn clear(stretches: &mut Vec<Stretch>, off: &[Stretch]) {
    let mut end = 0;
    let furthest: Vec<u32> = off
        .iter()
        .map(|stretch| {
            end = stretch.1.max(end);
            end
        })
        .collect();
    stretches.retain(|(start, last, _)| {
        let begun = off.partition_point(|stretch| stretch.0 <= *last);
        begun.checked_sub(1).and_then(|at| furthest.get(at)).is_none_or(|end| end < start)
    });
}

/// How close two expressions must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// At most so many words between, in either order.
    Words(u32),
    /// The same, the first before the second.
    WordsInOrder(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

impl From<Closeness> for Within {
    fn from(closeness: Closeness) -> Within {
        match closeness {
            Closeness::Near(most) => Within::Words(u32::from(most)),
            Closeness::Before(most) => Within::WordsInOrder(u32::from(most)),
            Closeness::Sentence => Within::Sentence,
            Closeness::Paragraph => Within::Paragraph,
        }
    }
}

/// Two that are close: their numbers among the left and the right ones, and the stretch from the one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Number among the left ones.
    pub left: usize,
    /// Number among the right ones.
    pub right: usize,
    /// From the first word of both to the last.
    pub joined: Stretch,
}

/// Calls `found` with pairs of stretches that are close: at least once for each stretch that two make, and with `every` for every pair.
/// Both sides are in order, each stretch once. Returns the number of pairs that it compared.
pub fn close(
    within: Within,
    left: &[Stretch],
    right: &[Stretch],
    bounds: &Segments,
    every: bool,
    found: impl FnMut(Pair),
) -> u32 {
    let mut sweep = Sweep { compared: 0, reported: 0, every, found };
    let same_sentence = |first: Stretch, second: Stretch| bounds.sentence(first.0) == bounds.sentence(second.1);
    let same_paragraph = |first: Stretch, second: Stretch| bounds.paragraph(first.0) == bounds.paragraph(second.1);
    let near = |first: Stretch, second: Stretch, most: u32| {
        bounds.between(first.1, second.0).is_some_and(|between| between <= most)
    };
    match within {
        Within::Words(most) => sweep.either_order(left, right, |first, second| near(first, second, most), |_| true),
        Within::WordsInOrder(most) => {
            sweep.followed(left, right, false, |first, second| near(first, second, most));
        }
        Within::Sentence => sweep.either_order(left, right, same_sentence, |outer| same_sentence(outer, outer)),
        Within::Paragraph => sweep.either_order(left, right, same_paragraph, |outer| same_paragraph(outer, outer)),
    }
    sweep.compared
}

/// Compares stretches in their order, within the limits.
struct Sweep<F> {
    compared: u32,
    reported: usize,
    every: bool,
    found: F,
}

impl<F: FnMut(Pair)> Sweep<F> {
    fn either_order(
        &mut self,
        left: &[Stretch],
        right: &[Stretch],
        fits: impl Fn(Stretch, Stretch) -> bool,
        fits_outer: impl Fn(Stretch) -> bool,
    ) {
        self.followed(left, right, false, &fits);
        self.followed(right, left, true, &fits);
        self.inside(left, right, false, &fits_outer);
        self.inside(right, left, true, &fits_outer);
    }

    /// Whether another two may be compared.
    fn goes_on(&mut self) -> bool {
        self.compared += 1;
        self.reported < MAX_STRETCHES && self.compared < MAX_COMPARED
    }

    /// Reports a pair; the first is a right one if they are `swapped`.
    fn report(&mut self, first: usize, second: usize, swapped: bool, joined: Stretch) {
        self.reported += 1;
        let (left, right) = if swapped { (second, first) } else { (first, second) };
        (self.found)(Pair { left, right, joined });
    }

    /// Joins each of `firsts` with those of `seconds` that begin behind its end, as long as `fits` holds: once it fails it fails for all
    /// later ones, except because of the length of a second.
    fn followed(
        &mut self,
        firsts: &[Stretch],
        seconds: &[Stretch],
        swapped: bool,
        fits: impl Fn(Stretch, Stretch) -> bool,
    ) {
        for (at, &one) in firsts.iter().enumerate() {
            let behind = seconds.partition_point(|other| other.0 <= one.1);
            for (other_at, &other) in seconds.iter().enumerate().skip(behind) {
                if !self.goes_on() {
                    return;
                }
                if fits(one, other) {
                    self.report(at, other_at, swapped, (one.0, other.1, true));
                } else if !fits(one, (other.0, other.0, false)) {
                    break;
                }
            }
        }
    }

    /// Finds inner stretches between the first and last word of outer ones: these are as close as possible.
    fn inside(&mut self, outers: &[Stretch], inners: &[Stretch], swapped: bool, fits: impl Fn(Stretch) -> bool) {
        for (at, &outer) in outers.iter().enumerate().filter(|(_, outer)| outer.2 && fits(**outer)) {
            let behind = inners.partition_point(|inner| inner.0 <= outer.0);
            for (inner_at, inner) in inners.iter().enumerate().skip(behind).take_while(|(_, inner)| inner.0 < outer.1) {
                if !self.goes_on() {
                    return;
                }
                if inner.1 < outer.1 {
                    self.report(at, inner_at, swapped, outer);
                    if !self.every {
                        break;
                    }
                }
            }
        }
    }
}

/// Starts of words side by side in their order.
pub fn in_order(words: &[&[u32]], starts: &mut Vec<u32>) {
    let Some((first, rest)) = words.split_first() else { return };
    for &start in *first {
        if (1..).zip(rest).all(|(offset, positions)| positions.binary_search(&(start + offset)).is_ok()) {
            starts.push(start);
        }
    }
}

/// Starts of the shortest stretches that have all words at different places, in any order, with at most `between` others.
pub fn together(words: &[&[u32]], between: u32, starts: &mut Vec<u32>, ends: &mut Vec<u32>) {
    let widest = u32::try_from(words.len()).unwrap_or(u32::MAX).saturating_sub(1).saturating_add(between);
    let mut at = vec![0; words.len()];
    loop {
        let mut low = (u32::MAX, 0);
        let mut high = 0;
        for (word, positions) in words.iter().enumerate() {
            let Some(&position) = positions.get(at[word]) else { return };
            low = low.min((position, word));
            high = high.max(position);
        }
        let distinct = (0..words.len()).all(|a| (0..a).all(|b| words[a][at[a]] != words[b][at[b]]));
        // two words at one place are one word: the next occurrence of either may still be near
        let near_next = || {
            let next = |word: usize| words[word].get(at[word] + 1).copied();
            (0..words.len()).any(|word| next(word).is_some_and(|position| position.max(high) - low.0 <= widest))
        };
        if high - low.0 <= widest && (distinct || near_next()) && starts.last() != Some(&low.0) {
            starts.push(low.0);
            ends.push(high);
        }
        at[low.1] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sorted() -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::btree_set(0u32..24, 0..8).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn words_in_order_are_found_as_by_trying_all(words in proptest::collection::vec(sorted(), 1..4)) {
            let slices: Vec<&[u32]> = words.iter().map(Vec::as_slice).collect();
            let mut found = Vec::new();
            in_order(&slices, &mut found);
            let expected: Vec<u32> = (0..24u32)
                .filter(|start| words.iter().enumerate().all(|(at, word)| word.contains(&(start + at as u32))))
                .collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn close_words_are_found_as_by_trying_all(left in sorted(), right in sorted(), between in 0u32..5) {
            let mut found = Vec::new();
            together(&[&left, &right], between, &mut found, &mut Vec::new());
            let near = |a: u32, b: u32| a != b && a.abs_diff(b) <= between + 1;
            let expected = left.iter().any(|&a| right.iter().any(|&b| near(a, b)));
            prop_assert_eq!(!found.is_empty(), expected);
            for start in found {
                let (l, r) = (left.contains(&start), right.contains(&start));
                prop_assert!(l || r);
            }
        }
    }
}
