//! What a plan costs before it is carried out: postings that are gone through, in units of one. Positions are dearer than
//! postings, and articles that are read than both; of words that are demanded together the rarest decides how far the others
//! are read.

use crate::EngineError;
use crate::plan::dictionary::{Counted, Dictionary};
use crate::plan::matching::{Match, Matching, WordSlots};
use crate::plan::position_expr::PositionExpr;
use crate::plan::word::Word;

/// What a posting with its positions costs, an article that may have to be read (few of those that have all words of a phrase
/// do), and an article that is scored for a word: measured on 200,000 articles, where a posting takes 6 to 10 ns.
const POSITIONS: u64 = 12;
const READ: u64 = 300;
const SCORED: u64 = 4;

/// The cost of a plan.
///
/// # Errors
/// When the archive cannot be read.
pub fn cost(matching: &Matching, scored: &[Word], dictionary: &dyn Dictionary) -> Result<u64, EngineError> {
    let all = dictionary.articles()?;
    let costs = Costs { dictionary, all };
    let found = costs.of(&matching.matching, all)?;
    let mut cost = found.work;
    let words = scored.len() as u64;
    for (_, own) in &matching.facets {
        cost = cost.saturating_add(costs.of(own, all)?.work);
    }
    if let Some(partial) = &matching.partial {
        for (_, node) in &partial.nodes {
            cost = cost.saturating_add(costs.of(node, all)?.work);
        }
    }
    Ok(cost.saturating_add(found.articles.saturating_mul(SCORED).saturating_mul(words)))
}

/// What a part of a plan finds at most, and the work of finding it.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    articles: u64,
    work: u64,
}

impl Found {
    /// The same where only so many articles get as far: work goes with them.
    fn among(self, articles: u64) -> Found {
        let work = u128::from(self.work) * u128::from(articles.min(self.articles)) / u128::from(self.articles.max(1));
        Found { articles: self.articles.min(articles), work: u64::try_from(work).unwrap_or(u64::MAX) }
    }
}

struct Costs<'a> {
    dictionary: &'a dyn Dictionary,
    all: u64,
}

impl Costs<'_> {
    /// At most `most` articles get as far as this.
    fn of(&self, found: &Match, most: u64) -> Result<Found, EngineError> {
        let listed = |articles: u64| Found { articles: articles.min(self.all), work: articles };
        Ok(match found {
            Match::Nothing => Found::default(),
            Match::All(demanded, excluded) => self.all_of(demanded, excluded, most)?,
            Match::Any(any) => {
                let mut sum = Found::default();
                for found in any {
                    let found = self.of(found, most)?;
                    sum = Found { articles: sum.articles + found.articles, work: sum.work.saturating_add(found.work) };
                }
                Found { articles: sum.articles.min(self.all), ..sum }
            }
            Match::Text(words) => self.words(Counted::Stem, words, most)?,
            Match::Furniture(words) => self.words(Counted::Furniture, words, most)?,
            Match::Parts(stems) => listed(self.sum(Counted::Part, stems)?),
            Match::Forms(forms) => listed(self.sum(Counted::Form, forms)?),
            // names are few beside the words of texts
            Match::Names(..) | Match::NameForms(..) | Match::Facet(..) => listed(self.all / 4),
            Match::Phrase(phrase) => {
                let slots = WordSlots { slots: phrase.stems.clone(), between: None };
                let candidates = self.words(Counted::Stem, &slots, most)?;
                let mut read = candidates.articles;
                for form in &phrase.forms {
                    read = read.min(self.dictionary.articles_with(Counted::Form, form)?);
                }
                Found { articles: read, work: candidates.work.saturating_add(read.saturating_mul(READ)) }
            }
            Match::Places(expr, _) => self.places(expr, most)?,
            Match::Ids(ids) => listed(ids.len() as u64),
            Match::Address(..) | Match::Published(_) | Match::Under(_) => listed(self.all),
        })
    }

    /// Of what is demanded together the rarest decides how much of the rest is looked at.
    fn all_of(&self, demanded: &[Match], excluded: &[Match], most: u64) -> Result<Found, EngineError> {
        let demanded = demanded.iter().map(|found| self.of(found, most)).collect::<Result<Vec<_>, _>>()?;
        let excluded = excluded.iter().map(|found| self.of(found, most)).collect::<Result<Vec<_>, _>>()?;
        let articles = demanded.iter().fold(most.min(self.all), |least, found| least.min(found.articles));
        let each = demanded.iter().chain(&excluded).map(|found| found.among(articles).work);
        Ok(Found { articles, work: each.fold(articles, u64::saturating_add) })
    }

    fn words(&self, kind: Counted, words: &WordSlots, most: u64) -> Result<Found, EngineError> {
        if let [one] = words.slots.as_slice() {
            let articles = self.sum(kind, one)?;
            return Ok(Found { articles: articles.min(self.all), work: articles });
        }
        self.together(kind, &words.slots, most)
    }

    fn together(&self, kind: Counted, slots: &[Vec<Box<str>>], most: u64) -> Result<Found, EngineError> {
        let mut articles = most.min(self.all);
        for stems in slots {
            articles = articles.min(self.sum(kind, stems)?);
        }
        let work = articles.saturating_mul(POSITIONS).saturating_mul(slots.len() as u64);
        Ok(Found { articles, work })
    }

    fn places(&self, expr: &PositionExpr, most: u64) -> Result<Found, EngineError> {
        let placed = |articles: u64| {
            let articles = articles.min(most).min(self.all);
            Found { articles, work: articles.saturating_mul(POSITIONS) }
        };
        Ok(match expr {
            PositionExpr::Stems(stems) => placed(self.sum(Counted::Stem, stems)?),
            PositionExpr::Parts(stems) => placed(self.sum(Counted::Part, stems)?),
            PositionExpr::Together(slots, _) => self.together(Counted::Stem, slots, most)?,
            PositionExpr::Any(any) => {
                let mut sum = Found::default();
                for expr in any {
                    let found = self.places(expr, most)?;
                    sum = Found { articles: sum.articles + found.articles, work: sum.work.saturating_add(found.work) };
                }
                Found { articles: sum.articles.min(self.all), ..sum }
            }
            PositionExpr::Word(_, inner)
            | PositionExpr::HavingForms(_, inner)
            | PositionExpr::Remaining(_, _, inner)
            | PositionExpr::In(_, inner) => self.places(inner, most)?,
            PositionExpr::Close(_, left, right) | PositionExpr::Except(left, right) => {
                let (left, right) = (self.places(left, most)?, self.places(right, most)?);
                let both = matches!(expr, PositionExpr::Close(..));
                let articles = if both { left.articles.min(right.articles) } else { left.articles };
                let work = left.among(articles).work.saturating_add(right.among(articles).work);
                Found { articles, work: work.saturating_add(articles.saturating_mul(POSITIONS)) }
            }
        })
    }

    fn sum(&self, kind: Counted, terms: &[Box<str>]) -> Result<u64, EngineError> {
        terms.iter().try_fold(0_u64, |sum, term| Ok(sum.saturating_add(self.dictionary.articles_with(kind, term)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::Deadline;
    use crate::plan::dictionary::{Forms, WantedForms};
    use crate::plan::pattern::Pattern;
    use crate::surnames::Surnames;
    use findbuch_article::Article;
    use findbuch_query::Field;
    use std::ops::ControlFlow;
    use std::sync::Arc;

    /// A thousand articles; all have "der", ten "orgel", none anything else.
    struct Few;

    impl Dictionary for Few {
        fn surnames(&self) -> Result<Arc<Surnames>, EngineError> {
            Ok(Arc::default())
        }
        fn has(&self, _: &Match, _: &Deadline) -> Result<bool, EngineError> {
            Ok(true)
        }
        fn articles(&self) -> Result<u64, EngineError> {
            Ok(1000)
        }
        fn articles_with(&self, _: Counted, term: &str) -> Result<u64, EngineError> {
            Ok(match term {
                "der" => 1000,
                "orgel" => 10,
                _ => 0,
            })
        }
        fn matching(&self, _: Option<Field>, _: &Pattern, _: usize, _: &Deadline) -> Result<Forms, EngineError> {
            Ok(Forms::new())
        }
        fn beginning(&self, _: &[String], _: usize, _: &Deadline) -> Result<Forms, EngineError> {
            Ok(Forms::new())
        }
        fn read(
            &self,
            _: &WantedForms<'_>,
            _: &Deadline,
            _: &mut dyn FnMut(Article) -> ControlFlow<()>,
        ) -> Result<(), EngineError> {
            Ok(())
        }
        fn with_id(&self, _: &str) -> Result<u64, EngineError> {
            Ok(0)
        }
    }

    fn stems(word: &str) -> Vec<Box<str>> {
        vec![word.into()]
    }

    fn text(words: &[&str]) -> Match {
        Match::Text(WordSlots { slots: words.iter().map(|word| stems(word)).collect(), between: None })
    }

    fn work(found: &Match) -> u64 {
        Costs { dictionary: &Few, all: 1000 }.of(found, 1000).expect("counted").work
    }

    #[test]
    fn the_rarest_word_decides() {
        let (frequent, rare) = (text(&["der"]), text(&["orgel"]));
        assert_eq!((work(&frequent), work(&rare)), (1000, 10));
        assert!(work(&text(&["der", "orgel"])) < work(&frequent), "a phrase is read where all its words are");
        assert_eq!(work(&text(&["der", "der"])), 2 * 1000 * POSITIONS);
        let places = |word: &str| Match::Places(PositionExpr::Stems(stems(word)), 3);
        let both = Match::All(vec![places("der"), rare.clone()], Vec::new());
        assert!(work(&both) < work(&places("der")) / 5, "what a rare word leaves is little");
        assert!(work(&Match::Any(vec![places("der"); 300])) > 300 * 1000 * POSITIONS - 1);
        assert_eq!(work(&Match::Nothing), 0);
    }

    #[test]
    fn nesting_does_not_multiply_the_estimate() {
        let word = || Box::new(PositionExpr::Stems(stems("der")));
        let close = |left| PositionExpr::Close(crate::analysis::closeness::Within::Sentence, left, word());
        let nested = (0..40).fold(*word(), |inner, _| close(Box::new(inner)));
        assert_eq!(work(&Match::Places(nested, 1)), 81 * 1000 * POSITIONS);
    }

    #[test]
    fn closeness_costs_both_sides_where_both_are() {
        let close = |left: &str, right: &str| {
            let side = |word: &str| Box::new(PositionExpr::Stems(stems(word)));
            let within = crate::analysis::closeness::Within::Sentence;
            work(&Match::Places(PositionExpr::Close(within, side(left), side(right)), 1))
        };
        assert_eq!(close("der", "der"), 3 * 1000 * POSITIONS);
        assert_eq!(close("der", "orgel"), 3 * 10 * POSITIONS);
    }
}
