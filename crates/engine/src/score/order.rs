//! The order of hits.

use crate::plan::request::Sort;
use std::cmp::Ordering;

/// Which of two hits comes first, by score and seconds of publication since 1970: by the sort asked for, then the later. What
/// remains equal is ordered by id.
#[must_use]
pub fn order(sort: Sort, a: (f32, Option<i64>), b: (f32, Option<i64>)) -> Ordering {
    let newest = || match (a.1, b.1) {
        (Some(a), Some(b)) => b.cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    match sort {
        Sort::Relevance => b.0.total_cmp(&a.0).then_with(newest),
        Sort::Newest => newest(),
        Sort::Oldest => match (a.1, b.1) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => newest(),
        },
    }
}

/// The place of an article among those of its story, by seconds of publication since 1970, the undated last, and id.
pub type StoryPlace = (bool, Option<i64>, String);

/// The place of an article among those of its story: the earliest is shown, the others are folded under it.
#[must_use]
pub fn story_place(seconds: Option<i64>, id: String) -> StoryPlace {
    (seconds.is_none(), seconds, id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_ordered_by_score_or_day_and_undated_ones_come_last() {
        let (good, old, new, undated) = ((2.0, None), (1.0, Some(1)), (1.0, Some(9)), (1.0, None));
        let check = |sort, expected: [(f32, Option<i64>); 4]| {
            let mut hits = [undated, old, good, new];
            hits.sort_by(|a, b| order(sort, *a, *b));
            assert_eq!(hits, expected, "{sort:?}");
        };
        check(Sort::Relevance, [good, new, old, undated]);
        check(Sort::Newest, [new, old, undated, good]);
        check(Sort::Oldest, [old, new, undated, good]);
    }
}
