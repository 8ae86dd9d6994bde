//! Which articles of an archive tell one story: near-identical ones, by [`groups`] in the order of their dates.
//!
//! An engine gives each article a key of its own that no other has and that a change of other articles does not change; the
//! key of a story is that of its first article.

use crate::versions::sketch::{Sketch, groups};
use std::cmp::Ordering;

/// An article that may tell a story with others.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<K> {
    /// Seconds of publication since 1970.
    pub seconds: Option<i64>,
    /// The sketch of its text.
    pub sketch: Sketch,
    /// The article's key.
    pub key: K,
}

impl<K: Ord> Candidate<K> {
    /// By date, the undated last; ties by sketch, then by key, so that the order does not depend on that of an engine's
    /// articles.
    fn compare(&self, other: &Candidate<K>) -> Ordering {
        by_date(self.seconds, other.seconds)
            .then_with(|| self.sketch.bytes().cmp(other.sketch.bytes()))
            .then_with(|| self.key.cmp(&other.key))
    }
}

/// Articles that tell a story with others, each with the key of its story, in ascending order. Takes about 300 bytes for each
/// candidate.
#[must_use]
pub fn stories<K: Ord + Copy>(mut candidates: Vec<Candidate<K>>) -> Vec<(K, K)> {
    candidates.sort_unstable_by(Candidate::compare);
    let sketches: Vec<Option<Sketch>> = candidates.iter().map(|candidate| Some(candidate.sketch)).collect();
    let first = groups(&sketches);
    let mut leads = vec![false; candidates.len()];
    for (_, first) in first.iter().enumerate().filter(|(at, first)| at != *first) {
        if let Some(leads) = leads.get_mut(*first) {
            *leads = true;
        }
    }
    let key = |at: usize| candidates.get(at).map(|candidate| candidate.key);
    let mut stories: Vec<(K, K)> = first
        .iter()
        .enumerate()
        .filter(|(at, first)| at != *first || leads.get(*at).copied().unwrap_or_default())
        .filter_map(|(at, first)| Some((key(at)?, key(*first)?)))
        .collect();
    stories.sort_unstable();
    stories
}

/// The place of an article among those of its story: by date, the undated last, then by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryOrder {
    /// Seconds of publication since 1970.
    pub seconds: Option<i64>,
    /// The article's id.
    pub id: String,
}

impl Ord for StoryOrder {
    fn cmp(&self, other: &StoryOrder) -> Ordering {
        by_date(self.seconds, other.seconds).then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialOrd for StoryOrder {
    fn partial_cmp(&self, other: &StoryOrder) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn by_date(a: Option<i64>, b: Option<i64>) -> Ordering {
    a.is_none().cmp(&b.is_none()).then(a.cmp(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::versions::sketch::Sketcher;

    fn sketch(seed: usize) -> Sketch {
        let mut sketcher = Sketcher::default();
        for at in 0..200 {
            sketcher.word(&format!("wort{}", (at * 7919 + seed * 104_729) % 100_003));
        }
        sketcher.finish().expect("a long text")
    }

    #[test]
    fn a_story_has_the_key_of_its_first_article_in_whatever_order_they_come() {
        let candidate = |seconds, seed, key| Candidate { seconds, sketch: sketch(seed), key };
        let mut candidates = vec![
            candidate(Some(9), 1, "c"),
            candidate(None, 1, "a"),
            candidate(Some(5), 1, "x"),
            candidate(Some(5), 1, "y"),
            candidate(Some(1), 2, "alone"),
            candidate(None, 3, "q"),
            candidate(None, 3, "p"),
        ];
        let expected = [("a", "x"), ("c", "x"), ("p", "p"), ("q", "p"), ("x", "x"), ("y", "x")];
        for _ in 0..candidates.len() {
            candidates.rotate_left(1);
            assert_eq!(stories(candidates.clone()), expected);
        }
        assert!(stories::<u64>(Vec::new()).is_empty());
    }

    #[test]
    fn the_earliest_comes_first_and_the_undated_last() {
        let place = |seconds, id: &str| StoryOrder { seconds, id: id.to_owned() };
        let mut places = vec![place(None, "a"), place(Some(2), "b"), place(Some(2), "a"), place(Some(-1), "z")];
        places.sort();
        let ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
        assert_eq!(ids, ["z", "a", "b", "a"]);
    }
}
