//! Articles that lack some of a query's words: when they are looked for, and what they must have.

use crate::plan::matching::Match;
use crate::plan::prepared::Prepared;
use crate::plan::request::Sort;

/// What is looked for beside the articles that have all that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lacking<'a> {
    /// Which of the scored words may be missing.
    pub optional: &'a [usize],
    /// What they must still have.
    pub required: Option<&'a Match>,
    /// Share of the words' weight that they must have.
    pub least_weight: f32,
    /// Whether no article has all, so that these are the result and all of them are counted.
    pub instead: bool,
}

/// What is looked for once `total` articles are found that have all.
#[must_use]
pub fn lacking<'a>(prepared: &'a Prepared<'_>, total: u64) -> Option<Lacking<'a>> {
    let (request, plan) = (prepared.request(), prepared.plan());
    let instead = total == 0;
    let wanted = instead || (request.sort == Sort::Relevance && request.fill && !plan.matching.reads_articles);
    let partial = plan.matching.partial.as_ref().filter(|_| wanted)?;
    let required = if instead { &partial.last_required } else { &partial.required };
    let least_weight = if instead { 0.0 } else { request.least_weight };
    let found = Lacking { optional: &partial.optional, required: required.as_ref(), least_weight, instead };
    (found.optional.len() + usize::from(found.required.is_some()) > 1).then_some(found)
}
