//! The causes of a score in the words of the query.

use crate::plan::word::Word;
use crate::score::scorer::Cause;
use crate::{ScoreTerm, TermKind};

/// The causes of a score, with the words that they are about; `words` are those that are scored.
#[must_use]
pub fn named(causes: Vec<(Cause, f32)>, words: &[Word]) -> Vec<ScoreTerm> {
    let named = |(cause, value)| {
        let (kind, of) = match cause {
            Cause::Frequency(word) => (TermKind::Frequency, vec![word]),
            Cause::Headline(word) => (TermKind::Headline, vec![word]),
            Cause::Form(word) => (TermKind::Form, vec![word]),
            Cause::Opening(word) => (TermKind::Opening, vec![word]),
            Cause::Parts(word) => (TermKind::Parts, vec![word]),
            Cause::Pair(left, right) => (TermKind::Close, vec![left, right]),
            Cause::Lacking => (TermKind::Lacking, Vec::new()),
            Cause::Near => (TermKind::Near, Vec::new()),
        };
        let typed = of.into_iter().filter_map(|word| words.get(word)).map(|word| word.typed.clone());
        ScoreTerm { kind, words: typed.collect(), value }
    };
    causes.into_iter().map(named).collect()
}
