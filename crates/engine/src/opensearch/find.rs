//! Runs a plan: counts all that match, and reads the best.

use super::folding::{Folding, KEYS};
use super::index::{Index, Stored, with_terms, without};
use super::lower::{Bounds, bounds};
use super::rank::ranked;
use super::searcher::OpenSearchEngine;
use crate::facets::FacetField;
use crate::plan::matching::Match;
use crate::plan::prepared::{Plan, Prepared};
use crate::plan::request::Sort;
use crate::plan::word::Word;
use crate::score::lacking::{Lacking, lacking};
use crate::score::order::order;
use crate::score::scorer::{Score, Scorer};
use crate::verify::kept::Kept;
use crate::verify::words::KeptWords;
use crate::{Days, EngineError, facets};
use findbuch_article::Article;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Articles that are asked for at once, at least and at most.
const PAGES: (usize, usize) = (20, 200);

/// An article of a result.
pub struct Scored {
    pub stored: Stored,
    pub score: f32,
    /// Whether it has all that is asked for.
    pub complete: bool,
}

/// The first articles of a result, and what is known of all.
pub struct Found<'a> {
    pub total: u64,
    pub best: Vec<Scored>,
    /// Whether none has all that is asked for.
    pub relaxed: bool,
    pub counted: Counted,
    /// Which of them tell one story, if they are to be folded.
    pub folding: Option<Folding<'a>>,
}

/// All articles of a result: those that a query finds, and others that were examined.
pub struct Counted {
    pub query: Value,
    pub examined: Tally,
}

/// What is counted of articles that were examined.
#[derive(Default)]
pub struct Tally {
    pub articles: u64,
    /// Their keys, where they are to be folded.
    pub keys: Vec<String>,
    pub days: Days,
    /// For each field the names with their articles, and the articles without.
    pub names: HashMap<FacetField, (HashMap<String, u64>, u64)>,
}

impl Tally {
    fn add(&mut self, article: &Article, fields: &[FacetField]) {
        self.articles += 1;
        self.days.add(article.date.as_ref().map(|date| date.value.days()));
        for field in fields {
            let names = facets::names(article, *field);
            let (counts, without) = self.names.entry(*field).or_default();
            *without += u64::from(names.is_empty());
            for name in names {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
}

/// What is looked for: articles by their bounds, and what decides about those in between.
pub struct Search<'a> {
    engine: &'a OpenSearchEngine,
    prepared: &'a Prepared<'a>,
    pub scorer: Scorer,
}

/// Decides whether an article is one of those looked for.
type Examine<'a> = dyn Fn(&Kept) -> bool + 'a;

impl<'a> Search<'a> {
    /// A search for what a request asks for.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(engine: &'a OpenSearchEngine, prepared: &'a Prepared<'a>) -> Result<Search<'a>, EngineError> {
        Ok(Search { engine, prepared, scorer: Scorer::of(prepared, engine)? })
    }

    fn plan(&self) -> &Plan {
        self.prepared.plan()
    }

    /// Counts the articles that have all, and gives the first of those and, with `too`, of the ones that lack words.
    ///
    /// # Errors
    /// When the index cannot be read, too many articles had to be examined, or the deadline passes first.
    pub fn run(&self, too: bool) -> Result<Found<'a>, EngineError> {
        let matching = &self.plan().matching.matching;
        let complete = bounds(matching);
        let is_complete = |kept: &Kept| kept.matches(matching, &self.engine.analyzers);
        let mut counted = self.count(&complete, &is_complete)?;
        let mut total = self.total(&counted)?;
        let mut folding = self.folding(&counted)?;
        let mut best = Vec::new();
        if total > 0 {
            self.best(&complete, &is_complete, (true, f32::MIN), folding.as_ref(), &mut best)?;
        }
        let wanted = lacking(self.prepared, total).filter(|_| too);
        let relaxed = wanted.is_some_and(|wanted| wanted.instead);
        if let Some(wanted) = wanted {
            let some = self.some(&wanted);
            let has_some = |kept: &Kept| {
                let mut words = KeptWords::new(kept, &self.plan().scored, &self.scorer);
                wanted.optional.iter().any(|word| words.has(*word))
                    && wanted.required.is_none_or(|required| kept.matches(required, &self.engine.analyzers))
                    && !is_complete(kept)
            };
            let others = without(&some.possibly, &complete.surely);
            let some = Bounds {
                possibly: others,
                surely: without(&some.surely, &complete.possibly),
                exact: some.exact && complete.exact,
            };
            if wanted.instead {
                counted = self.count(&some, &has_some)?;
                total = self.total(&counted)?;
                folding = self.folding(&counted)?;
            }
            self.best(&some, &has_some, (false, wanted.least_weight), folding.as_ref(), &mut best)?;
        }
        Ok(Found { total, best, relaxed, counted, folding })
    }

    fn folding(&self, counted: &Counted) -> Result<Option<Folding<'a>>, EngineError> {
        let folds = self.prepared.request().group;
        folds
            .then(|| Folding::of(self.engine, (&counted.query, &counted.examined.keys), self.prepared.deadline()))
            .transpose()
    }

    fn total(&self, counted: &Counted) -> Result<u64, EngineError> {
        Ok(self.engine.index.count(&counted.query, self.prepared.deadline())? + counted.examined.articles)
    }

    /// Counts the articles that are looked for.
    fn count(&self, bounds: &Bounds, examine: &Examine<'_>) -> Result<Counted, EngineError> {
        let (mut examined, fields) = (Tally::default(), self.prepared.request().facets);
        let folds = self.prepared.request().group;
        self.engine.examined(bounds, self.prepared.deadline(), &mut |stored, kept| {
            if examine(&kept) {
                examined.add(&kept.article, fields);
                examined.keys.extend(folds.then(|| stored.key.clone()));
            }
            ControlFlow::Continue(())
        })?;
        Ok(Counted { query: bounds.surely.clone(), examined })
    }

    /// Counts those that match, whatever the request asks for.
    ///
    /// # Errors
    /// As [`Search::run`] has them.
    pub fn counted(&self, found: &Match) -> Result<Counted, EngineError> {
        self.count(&bounds(found), &|kept| kept.matches(found, &self.engine.analyzers))
    }

    /// The articles that have some of the words and what else is required.
    fn some(&self, wanted: &Lacking<'_>) -> Bounds {
        let any = wanted.optional.iter().filter_map(|word| has(self.plan().scored.get(*word)?)).collect();
        let all = std::iter::once(Match::Any(any)).chain(wanted.required.cloned()).collect();
        let doubt = |word: &usize| self.plan().scored.get(*word).is_some_and(Word::has_exclusions);
        let found = bounds(&Match::All(all, Vec::new()));
        if wanted.optional.iter().any(doubt) {
            return Bounds { surely: super::index::nothing(), exact: false, ..found };
        }
        found
    }

    fn before(&self, a: &Scored, b: &Scored) -> Ordering {
        let seconds = |scored: &Scored| scored.stored.article.date.as_ref().map(|date| date.value.seconds());
        order(self.prepared.request().sort, (a.score, seconds(a)), (b.score, seconds(b)))
            .then_with(|| a.stored.article.id.cmp(&b.stored.article.id))
            .then_with(|| a.stored.key.cmp(&b.stored.key))
    }

    /// The score of an article.
    pub fn score(&self, kept: &Kept) -> Score {
        let mut words = KeptWords::new(kept, &self.plan().scored, &self.scorer);
        self.scorer.score(&mut words, f32::MIN, &mut Vec::new())
    }

    /// Puts the first of the articles that are looked for among the best, of which as many are kept as are asked for.
    fn best(
        &self,
        bounds: &Bounds,
        examine: &Examine<'_>,
        (complete, least_weight): (bool, f32),
        folding: Option<&Folding<'_>>,
        best: &mut Vec<Scored>,
    ) -> Result<(), EngineError> {
        let request = self.prepared.request();
        let most = request.offset.saturating_add(request.limit.max(1));
        let size = most.saturating_mul(2).clamp(PAGES.0, PAGES.1);
        let by_score = request.sort == Sort::Relevance && !self.plan().scored.is_empty();
        let (query, sort) = if by_score {
            let sort = json!([{ "_score": "desc" }, { "key": "asc" }]);
            (ranked(&bounds.possibly, self.plan(), &self.scorer), sort)
        } else {
            // of a story, the earliest stands for all
            let hidden = folding.map(Folding::hidden).unwrap_or_default();
            let hidden: Vec<Value> = hidden.chunks(KEYS).map(|keys| with_terms("key", keys)).collect();
            let query = json!({ "bool": { "filter": [bounds.possibly], "must_not": hidden } });
            (query, by_date(request.sort))
        };
        let (mut after, mut taken) = (None, 0);
        loop {
            let mut body = Index::whole();
            body["size"] = size.into();
            let hits = self.engine.index.page(&query, body, (&sort, after.as_ref()), self.prepared.deadline())?;
            let last = hits.len() < size;
            after = hits.last().map(|hit| hit["sort"].clone());
            for hit in hits {
                let bound = hit["sort"][0].as_f64().filter(|_| by_score);
                let worst = best.get(most.saturating_sub(1)).map(|scored| f64::from(scored.score));
                if worst.zip(bound).is_some_and(|(worst, bound)| worst > bound) || (!by_score && taken >= most) {
                    return Ok(());
                }
                let stored = self.engine.index.stored(hit)?;
                let kept = self.engine.kept(&stored);
                if !bounds.exact && !examine(&kept) {
                    continue;
                }
                let Score { score, weight } = self.score(&kept);
                if weight < least_weight {
                    continue;
                }
                taken += 1;
                let found = Scored { stored, score, complete };
                let story = |scored: &Scored| folding.and_then(|folding| folding.story(&scored.stored.key));
                if let Some(own) = story(&found)
                    && let Some(at) = best.iter().position(|other| story(other) == Some(own))
                {
                    // of a story, the best stands for all
                    if best.get(at).is_some_and(|other| self.before(other, &found).is_lt()) {
                        continue;
                    }
                    best.remove(at);
                }
                let at = best.partition_point(|other| self.before(other, &found).is_lt());
                if at < most {
                    best.insert(at, found);
                    best.truncate(most);
                }
            }
            if last {
                return Ok(());
            }
        }
    }

    /// All articles that have all that is asked for, by key, in the order of hits, each with its score.
    ///
    /// # Errors
    /// As [`Search::run`] has them.
    pub fn whole(&self) -> Result<Vec<(String, f32)>, EngineError> {
        let matching = &self.plan().matching.matching;
        let found = bounds(matching);
        if !found.exact {
            self.engine.may_examine(&found, self.prepared.deadline())?;
        }
        let mut all = Vec::new();
        self.engine.index.read(&found.possibly, self.prepared.deadline(), &mut |stored| {
            let kept = self.engine.kept(&stored);
            if found.exact || kept.matches(matching, &self.engine.analyzers) {
                let score = self.score(&kept).score;
                all.push((score, kept.seconds(), stored.article.id, stored.key));
            }
            ControlFlow::Continue(())
        })?;
        let sort = self.prepared.request().sort;
        all.sort_by(|a, b| order(sort, (a.0, a.1), (b.0, b.1)).then_with(|| (&a.2, &a.3).cmp(&(&b.2, &b.3))));
        Ok(all.into_iter().map(|(score, _, _, key)| (key, score)).collect())
    }
}

/// What finds the articles that have a scored word in a way that counts, if nothing of it is excluded.
fn has(word: &Word) -> Option<Match> {
    let mut plain = Word { field: None, excluded_phrases: Vec::new(), ..word.clone() };
    for expansion in &mut plain.expansions {
        expansion.excluded_forms.clear();
    }
    crate::plan::matching::word_match(&plain)
}

fn by_date(sort: Sort) -> Value {
    let direction = if sort == Sort::Oldest { "asc" } else { "desc" };
    json!([{ "seconds": { "order": direction, "missing": "_last" } }, { "id": "asc" }, { "key": "asc" }])
}
