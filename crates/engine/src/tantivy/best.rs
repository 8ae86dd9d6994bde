//! Keeps the first articles of a result: by the sort asked for, ties by date, the later first, then by id.

use super::columns::{Columns, by_id, earlier};
use super::stories::Stories;
use crate::{SearchRequest, Sort, score};
use std::cmp::Ordering;
use std::collections::HashMap;
use tantivy::DocAddress;

/// An article on its way into the result.
#[derive(Clone)]
pub struct Scored {
    pub score: f32,
    pub seconds: Option<i64>,
    pub address: DocAddress,
    /// Whether it has all that is asked for.
    pub complete: bool,
    /// The story that it belongs to, where stories are wanted.
    story: Option<u32>,
}

/// Keeps the first `keep` articles of those offered.
pub struct Best<'a> {
    stories: Option<&'a Stories>,
    columns: &'a [Columns],
    sort: Sort,
    keep: usize,
    kept: Vec<Scored>,
    /// Score below which an article need not be offered.
    pub threshold: f32,
}

impl Best<'_> {
    pub fn new<'a>(columns: &'a [Columns], request: &SearchRequest<'_>, stories: Option<&'a Stories>) -> Best<'a> {
        let keep = request.offset.saturating_add(request.limit.max(1));
        Best { stories, columns, sort: request.sort, keep, kept: Vec::new(), threshold: f32::MIN }
    }

    pub fn offer(&mut self, score: f32, address: DocAddress, complete: bool) {
        if score < self.threshold {
            return;
        }
        let seconds = self.columns[address.segment_ord as usize].seconds(address.doc_id);
        let story = self.stories.and_then(|stories| stories.story(address));
        self.kept.push(Scored { score, seconds, address, complete, story });
        // by date a story is ordered by its earliest article, which may be offered last
        if self.by_date_of_story() {
            return;
        }
        if self.kept.len() >= self.keep.saturating_mul(2).max(64) {
            self.shrink();
        }
    }

    fn by_date_of_story(&self) -> bool {
        self.stories.is_some() && self.sort != Sort::Relevance
    }

    /// Leaves one article of each story: by relevance the best, by date the earliest.
    fn one_of_each_story(&mut self) {
        if self.stories.is_none() {
            return;
        }
        let Best { columns, sort, kept, .. } = self;
        let first = |a: &Scored, b: &Scored| match sort {
            Sort::Relevance => order(columns, *sort, a, b),
            Sort::Newest | Sort::Oldest => earlier(a.address, b.address, columns),
        };
        // most articles are in no story, and those of a story are offered in any order
        let mut of_story: HashMap<u32, usize> = HashMap::new();
        let mut left: Vec<Scored> = Vec::with_capacity(kept.len());
        for scored in kept.drain(..) {
            let known = scored.story.map(|story| *of_story.entry(story).or_insert(left.len()));
            match known.and_then(|at| left.get_mut(at)) {
                Some(other) if first(&scored, other).is_lt() => *other = scored,
                Some(_) => {}
                None => left.push(scored),
            }
        }
        *kept = left;
    }

    fn shrink(&mut self) {
        self.one_of_each_story();
        if self.kept.len() > self.keep {
            let Best { columns, sort, kept, .. } = self;
            kept.select_nth_unstable_by(self.keep - 1, |a, b| order(columns, *sort, a, b));
            kept.truncate(self.keep);
        }
        self.tighten();
    }

    /// Raises the threshold to the least score that is kept, if no more articles can be kept.
    pub fn tighten(&mut self) {
        if self.by_date_of_story() {
            return;
        }
        self.one_of_each_story();
        if self.kept.len() > self.keep {
            self.shrink();
        } else if self.kept.len() == self.keep && self.sort == Sort::Relevance {
            self.threshold = self.kept.iter().map(|s| s.score).fold(f32::MAX, f32::min);
        }
    }

    pub fn into_sorted(mut self) -> Vec<Scored> {
        self.shrink();
        let Best { columns, sort, mut kept, .. } = self;
        kept.sort_unstable_by(|a, b| order(columns, sort, a, b));
        kept
    }
}

/// Which of two articles comes first: by the sort asked for, then the later, then by id.
fn order(columns: &[Columns], sort: Sort, a: &Scored, b: &Scored) -> Ordering {
    let first = score::order::order(sort, (a.score, a.seconds), (b.score, b.seconds));
    first.then_with(|| by_id(a.address, b.address, columns)).then(a.address.cmp(&b.address))
}
