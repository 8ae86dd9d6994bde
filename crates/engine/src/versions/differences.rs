//! What differs between two articles that are nearly identical: agency copy as two papers printed it, a page before and after it
//! was corrected.
//!
//! Parts that are the same are found first, in the articles' order (longest common subsequence); between them, parts that share
//! most of their words are compared word by word, by [`super::word_diff`]. Page furniture and parts that repeat others are not
//! compared.

use crate::versions::word_diff::{Piece, pieces, shortened};
use findbuch_article::{Article, Part, PartKind};
use findbuch_german::one_line;
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Share of the words of two parts that must be the same for them to be versions of one.
const ALIKE: f32 = 0.4;
/// Most pairs of parts that are aligned; of articles with more, the parts that differ are shown whole.
const MAX_PAIRS: usize = 4_000_000;
/// Most pairs of parts between two that are the same, and most words in all that are compared to find which belong together.
const MAX_CANDIDATES: usize = 10_000;
const MAX_WORDS: usize = 10_000_000;
/// Most pairs of words in all that are compared; parts beyond that are shown whole.
const MAX_WORD_PAIRS: usize = 16_000_000;

/// A part that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What the part is in the later article, or in the earlier if only that has it.
    pub kind: PartKind,
    /// Its text with what was removed and added; of what is the same only some words.
    pub pieces: Vec<Piece>,
}

/// The parts that differ, in reading order; none where the searched texts differ in white space alone.
///
/// Takes time in proportion to the texts where they are alike, and a bounded time beyond that.
#[must_use]
pub fn differences(before: &Article, after: &Article) -> Vec<Change> {
    let (old, new) = (parts(before), parts(after));
    let (old_keys, new_keys): (Vec<u64>, Vec<u64>) = (keys(&old), keys(&new));
    let mut compare = Compare { words: MAX_WORDS, word_pairs: MAX_WORD_PAIRS, changes: Vec::new() };
    for (old_range, new_range) in unlike(&old_keys, &new_keys) {
        let old = old.get(old_range).unwrap_or_default();
        let new = new.get(new_range).unwrap_or_default();
        compare.between(old, new);
    }
    compare.changes
}

/// A part that is compared.
struct Compared {
    kind: PartKind,
    text: String,
    /// Its words as numbers, in ascending order.
    words: Vec<u64>,
}

fn parts(article: &Article) -> Vec<Compared> {
    article.parts.iter().filter(|part| part.is_searched()).map(compared).collect()
}

fn compared(part: &Part) -> Compared {
    let mut text = one_line(&part.text);
    if let Some(attribution) = &part.attribution {
        text = format!("{text} – {}", one_line(attribution));
    }
    let mut words: Vec<u64> = text.split(' ').map(|word| xxh3_64(word.as_bytes())).collect();
    words.sort_unstable();
    Compared { kind: part.kind, text, words }
}

fn keys(parts: &[Compared]) -> Vec<u64> {
    parts.iter().map(|part| xxh3_64(part.text.as_bytes())).collect()
}

/// The ranges between the parts that both have.
fn unlike(old: &[u64], new: &[u64]) -> Vec<(Range<usize>, Range<usize>)> {
    if old.len().saturating_mul(new.len()) > MAX_PAIRS {
        let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
        let rest = old.len().min(new.len()) - same;
        let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
        return vec![(same..old.len() - end, same..new.len() - end)];
    }
    let steps = capture_diff_slices(Algorithm::Myers, old, new);
    let mut ranges: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for step in steps.iter().filter(|step| step.tag() != DiffTag::Equal) {
        match ranges.last_mut() {
            Some((old, new)) if old.end == step.old_range().start && new.end == step.new_range().start => {
                (old.end, new.end) = (step.old_range().end, step.new_range().end);
            }
            _ => ranges.push((step.old_range(), step.new_range())),
        }
    }
    ranges
}

/// Compares what is not the same, within bounds.
struct Compare {
    words: usize,
    word_pairs: usize,
    changes: Vec<Change>,
}

impl Compare {
    /// Compares the parts between two that are the same.
    fn between(&mut self, old: &[Compared], new: &[Compared]) {
        let (mut from_old, mut from_new) = (0, 0);
        let pairs = self.pairs(old, new);
        for (at_old, at_new) in pairs.into_iter().chain([(old.len(), new.len())]) {
            for part in old.get(from_old..at_old).unwrap_or_default() {
                self.whole(part, Piece::Removed);
            }
            for part in new.get(from_new..at_new).unwrap_or_default() {
                self.whole(part, Piece::Added);
            }
            if let (Some(before), Some(after)) = (old.get(at_old), new.get(at_new)) {
                let pieces = shortened(pieces(&before.text, &after.text, &mut self.word_pairs));
                self.changes.push(Change { kind: after.kind, pieces });
            }
            (from_old, from_new) = (at_old + 1, at_new + 1);
        }
    }

    fn whole(&mut self, part: &Compared, piece: impl Fn(String) -> Piece) {
        self.changes.push(Change { kind: part.kind, pieces: vec![piece(part.text.clone())] });
    }

    /// Pairs the parts that are versions of each other, both in order, for the greatest total similarity.
    fn pairs(&mut self, old: &[Compared], new: &[Compared]) -> Vec<(usize, usize)> {
        if old.len().saturating_mul(new.len()) > MAX_CANDIDATES {
            return Vec::new();
        }
        let width = new.len() + 1;
        // the greatest likeness of the rests that begin at each pair
        let mut best = vec![0.0f32; (old.len() + 1) * width];
        let mut alike = vec![0.0f32; old.len() * width];
        let at = |i: usize, j: usize| i * width + j;
        for (i, before) in old.iter().enumerate().rev() {
            for (j, after) in new.iter().enumerate().rev() {
                let likeness = self.likeness(before, after);
                let paired = if likeness > 0.0 { likeness + best[at(i + 1, j + 1)] } else { 0.0 };
                alike[at(i, j)] = likeness;
                best[at(i, j)] = paired.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
            }
        }
        let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
        while i < old.len() && j < new.len() {
            let here = best[at(i, j)];
            if here <= best[at(i + 1, j)] {
                i += 1;
            } else if here <= best[at(i, j + 1)] {
                j += 1;
            } else {
                pairs.push((i, j));
                (i, j) = (i + 1, j + 1);
            }
        }
        pairs
    }

    /// How alike two parts are, from 0 to 1; 0 if they are no versions of one. There is one headline, so two are.
    fn likeness(&mut self, before: &Compared, after: &Compared) -> f32 {
        let words = before.words.len() + after.words.len();
        let Some(left) = self.words.checked_sub(words) else { return 0.0 };
        self.words = left;
        let share = 2.0 * common(&before.words, &after.words) as f32 / words as f32;
        let only_one = matches!(before.kind, PartKind::Headline | PartKind::Kicker) && before.kind == after.kind;
        if only_one { share.max(ALIKE) } else { Some(share).filter(|share| *share >= ALIKE).unwrap_or(0.0) }
    }
}

/// Numbers that both lists have, each in ascending order.
fn common(left: &[u64], right: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(l), Some(r)) = (left.get(i), right.get(j)) {
        match l.cmp(r) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, count) = (i + 1, j + 1, count + 1),
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn article(parts: &[(PartKind, &str)]) -> Article {
        Article { parts: parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect(), ..Article::default() }
    }

    fn shown(change: &Change) -> String {
        let pieces = change.pieces.iter().map(|piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        });
        format!("{}: {}", change.kind.name(), pieces.collect::<String>())
    }

    #[test]
    fn parts_are_paired_and_compared_word_by_word() {
        use PartKind::{Caption, Headline, Paragraph};
        let check = |before: &[(PartKind, &str)], after: &[(PartKind, &str)], expected: &[&str]| {
            let changes = differences(&article(before), &article(after));
            assert_eq!(changes.iter().map(shown).collect::<Vec<_>>(), expected);
        };
        let (bees, mill) = ("Die Bienen fliegen wieder.", "Am Abend steht die Mühle still.");
        check(&[(Headline, "Frühling"), (Paragraph, bees)], &[(Headline, "Frühling"), (Paragraph, bees)], &[]);
        check(
            &[(Headline, "Vier Völker im Garten"), (Paragraph, bees)],
            &[(Headline, "Fünf Völker im Garten"), (Paragraph, bees)],
            &["headline: [-Vier-]{+Fünf+} Völker im Garten"],
        );
        // a headline is compared with the other headline, however little they share
        check(&[(Headline, "Imker")], &[(Headline, "Frühling")], &["headline: [-Imker-]{+Frühling+}"]);
        check(&[(Paragraph, bees)], &[(Paragraph, bees), (Paragraph, mill)], &[&format!("paragraph: {{+{mill}+}}")]);
        check(&[(Paragraph, mill), (Paragraph, bees)], &[(Paragraph, bees)], &[&format!("paragraph: [-{mill}-]")]);
        check(
            &[(Paragraph, bees), (Paragraph, "Der Müller zählt seine 12 Säcke.")],
            &[(Paragraph, mill), (Paragraph, "Der Müller zählt seine 15 Säcke.")],
            &[
                &format!("paragraph: [-{bees}-]"),
                &format!("paragraph: {{+{mill}+}}"),
                "paragraph: Der Müller zählt seine [-12-]{+15+} Säcke.",
            ],
        );
        check(&[(Caption, "Ein  Stock")], &[(Caption, "Ein Stock")], &[]);
        check(&[(PartKind::Boilerplate, "Jetzt abonnieren")], &[], &[]);
    }

    #[test]
    fn attributions_are_compared_with_their_quotes() {
        let quote = |who: &str| {
            let part = Part { attribution: Some(who.into()), ..Part::new(PartKind::PullQuote, "Der Honig ist gut.") };
            Article { parts: vec![part], ..Article::default() }
        };
        let changes = differences(&quote("Ada Linde"), &quote("Eva Linde"));
        assert_eq!(
            changes.iter().map(shown).collect::<Vec<_>>(),
            ["pull_quote: Der Honig ist gut. – [-Ada-]{+Eva+} Linde"]
        );
    }

    #[test]
    fn texts_of_any_size_take_a_bounded_time() {
        let words =
            |first: usize, count: usize| (first..first + count).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let one = |text: String| article(&[(PartKind::Paragraph, text.as_str())]);
        let many = |first: usize| {
            let parts = (first..first + 30_000).map(|n| Part::new(PartKind::Paragraph, format!("w{n}"))).collect();
            Article { parts, ..Article::default() }
        };
        // some 1 MB each: half of the words are the same
        let changes = differences(&one(words(0, 150_000)), &one(words(75_000, 150_000)));
        assert_eq!(changes.len(), 1);
        assert!(
            matches!(changes[0].pieces.as_slice(), [Piece::Removed(_), Piece::Added(_)]),
            "whole, beyond the bound"
        );
        assert_eq!(differences(&many(0), &many(100_000)).len(), 60_000);
        assert_eq!(differences(&many(0), &many(0)), []);
    }

    proptest! {
        #[test]
        fn nothing_differs_from_itself_and_nothing_panics(texts in proptest::collection::vec("\\PC{0,20}", 0..6), others in proptest::collection::vec("\\PC{0,20}", 0..6)) {
            let of = |texts: &[String]| {
                let parts = texts.iter().map(|text| Part::new(PartKind::Paragraph, text.clone())).collect();
                Article { parts, ..Article::default() }
            };
            prop_assert_eq!(differences(&of(&texts), &of(&texts)), []);
            let same = texts.iter().map(|t| one_line(t)).eq(others.iter().map(|t| one_line(t)));
            prop_assert_eq!(differences(&of(&texts), &of(&others)).is_empty(), same);
        }
    }
}
