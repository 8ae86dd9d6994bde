//! Answers a request by looking at every article.

use super::MemoryEngine;
use crate::plan::also::also;
use crate::plan::matching::Match;
use crate::plan::prepared::Prepared;
use crate::score::lacking::lacking;
use crate::score::order::order;
use crate::score::scorer::{Score, Scorer};
use crate::score::terms::named;
use crate::score::weight::Statistics;
use crate::text::highlight::Highlighter;
use crate::text::shown::{Shown, shown};
use crate::verify::kept::Kept;
use crate::verify::words::KeptWords;
use crate::versions::stories::StoryOrder;
use crate::{Days, Detail, EngineError, Facet, FacetField, Group, Hit, Hits, Relaxed, ScoreTerm, Sort, Stream, facets};
use findbuch_article::Article;
use std::collections::{HashMap, HashSet};

/// An article of a result.
#[derive(Clone, Copy)]
struct Scored {
    number: usize,
    score: f32,
    /// Whether it has all that is asked for.
    complete: bool,
}

/// A whole result.
struct Found {
    /// All that the total counts.
    matched: Vec<usize>,
    /// In the order of hits, one article of each story.
    best: Vec<Scored>,
    /// Whether no article has all that is asked for.
    relaxed: bool,
}

/// A value that cannot be missing.
fn sure<T>(value: Result<T, std::convert::Infallible>) -> T {
    value.unwrap_or_else(|never| match never {})
}

impl MemoryEngine {
    /// Answers a request.
    pub(super) fn answer(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
        let request = prepared.request();
        let Found { matched, best, relaxed } = self.find(prepared, true, request.group)?;
        let mut highlighter = Highlighter::new(prepared.plan());
        let of_page = best.iter().enumerate().skip(request.offset).take(request.limit.max(1));
        let mut hits = Vec::new();
        for (at, scored) in of_page {
            let terms = if request.terms { self.terms(prepared, scored.number) } else { Vec::new() };
            let mut members = if request.group { self.members(scored.number, &matched) } else { Vec::new() };
            let mut scored = *scored;
            if let Some(first) = members.first() {
                scored = Scored { number: *first, complete: !relaxed, ..scored };
                members.remove(0);
            }
            let others = || members.iter().map(|number| self.kept(*number));
            let sources = others().filter_map(|kept| facets::names(&kept.article, FacetField::Source).first().copied());
            let ids = others().map(|kept| kept.article.id.clone());
            let group = Group::of(members.len(), sources.map(str::to_owned), ids);
            let mut hit = self.hit(at, scored, request.detail, &mut highlighter);
            hit.missing = self.missing(prepared, scored);
            hits.push(Hit { group: (group.others > 0).then_some(group), terms, ..hit });
        }
        let missing = || hits.first().map(|hit| hit.missing.clone()).unwrap_or_default();
        Ok(Hits {
            total: matched.len() as u64,
            relaxed: (relaxed && !matched.is_empty()).then(|| Relaxed { missing: missing() }),
            also: sure(also(&prepared.plan().scored, |stem| self.with_stem(stem))),
            facets: request.facets.iter().map(|field| self.facet_of(prepared, *field, &matched, relaxed)).collect(),
            days: request.days.then(|| self.days_of(&matched)),
            stories: request.group.then(|| {
                let stories: HashSet<usize> = matched.iter().map(|number| self.story(*number)).collect();
                stories.len() as u64
            }),
            hits,
        })
    }

    /// The whole result of a request, one hit at a time.
    pub(super) fn streamed(&self, prepared: &Prepared<'_>) -> Result<Stream<'_>, EngineError> {
        let whole = prepared.clone().whole();
        let Found { matched, best, .. } = self.find(&whole, false, false)?;
        let (detail, mut highlighter) = (whole.request().detail, Highlighter::new(whole.plan()));
        let (within, mut ended) = (prepared.deadline().clone(), false);
        let hits = best.into_iter().enumerate().map_while(move |(at, scored)| {
            if ended {
                return None;
            }
            ended = within.is_over();
            Some(if ended { Err(EngineError::TimedOut) } else { Ok(self.hit(at, scored, detail, &mut highlighter)) })
        });
        Ok(Stream { total: matched.len() as u64, hits: Box::new(hits), deadline: prepared.deadline().clone() })
    }

    /// Finds all that has what is asked for and, with `some`, what lacks words; of each story one where they are grouped.
    fn find(&self, prepared: &Prepared<'_>, some: bool, grouped: bool) -> Result<Found, EngineError> {
        let (plan, deadline) = (prepared.plan(), prepared.deadline());
        let scorer = sure(Scorer::of(prepared, self));
        let score = |kept: &Kept, scorer: &Scorer| -> Score {
            let mut words = KeptWords::new(kept, &plan.scored, scorer);
            scorer.score(&mut words, f32::MIN, &mut Vec::new())
        };
        let mut best = Vec::new();
        let mut matched = Vec::new();
        for (number, kept) in self.articles().iter().enumerate() {
            deadline.check()?;
            if kept.matches(&plan.matching.matching, &self.analyzers) {
                matched.push(number);
                best.push(Scored { number, score: score(kept, &scorer).score, complete: true });
            }
        }
        let wanted = lacking(prepared, matched.len() as u64).filter(|_| some);
        let relaxed = wanted.is_some_and(|wanted| wanted.instead);
        if let Some(wanted) = wanted {
            let complete: HashSet<usize> = matched.iter().copied().collect();
            for (number, kept) in self.articles().iter().enumerate().filter(|(number, _)| !complete.contains(number)) {
                deadline.check()?;
                let mut words = KeptWords::new(kept, &plan.scored, &scorer);
                let has_some = wanted.optional.iter().any(|word| words.has(*word));
                if !has_some || wanted.required.is_some_and(|required| !kept.matches(required, &self.analyzers)) {
                    continue;
                }
                let Score { score, weight } = score(kept, &scorer);
                if wanted.instead {
                    matched.push(number);
                }
                if weight >= wanted.least_weight {
                    best.push(Scored { number, score, complete: false });
                }
            }
        }
        if grouped {
            best = self.one_of_each_story(prepared.request().sort, best);
        }
        best.sort_by(|a, b| self.order(prepared.request().sort, a, b));
        Ok(Found { matched, best, relaxed })
    }

    /// What each cause adds to the score of an article.
    fn terms(&self, prepared: &Prepared<'_>, number: usize) -> Vec<ScoreTerm> {
        let (words, scorer) = (&prepared.plan().scored, sure(Scorer::of(prepared, self)));
        named(scorer.terms(&mut KeptWords::new(self.kept(number), words, &scorer)), words)
    }

    fn order(&self, sort: Sort, a: &Scored, b: &Scored) -> std::cmp::Ordering {
        let (left, right) = (self.kept(a.number), self.kept(b.number));
        order(sort, (a.score, left.seconds()), (b.score, right.seconds()))
            .then_with(|| left.article.id.cmp(&right.article.id))
            .then(a.number.cmp(&b.number))
    }

    /// Leaves one article of each story: by relevance the best, by date the earliest.
    fn one_of_each_story(&self, sort: Sort, articles: Vec<Scored>) -> Vec<Scored> {
        let mut left: HashMap<usize, Scored> = HashMap::new();
        for scored in articles {
            let first = |other: &Scored| match sort {
                Sort::Relevance => self.order(sort, &scored, other).is_lt(),
                Sort::Newest | Sort::Oldest => self.story_place(scored.number) < self.story_place(other.number),
            };
            let known = left.entry(self.story(scored.number)).or_insert(scored);
            if first(known) {
                *known = scored;
            }
        }
        left.into_values().collect()
    }

    fn story_place(&self, number: usize) -> (StoryOrder, usize) {
        let kept = self.kept(number);
        (StoryOrder { seconds: kept.seconds(), id: kept.article.id.clone() }, number)
    }

    /// The matched articles that share the story of an article, the earliest first.
    fn members(&self, number: usize, matched: &[usize]) -> Vec<usize> {
        let story = self.story(number);
        let mut members: Vec<usize> = matched.iter().copied().filter(|other| self.story(*other) == story).collect();
        members.sort_by_key(|member| self.story_place(*member));
        members
    }

    fn hit(&self, at: usize, scored: Scored, detail: Detail, highlighter: &mut Highlighter) -> Hit {
        let article = &self.kept(scored.number).article;
        let Shown { title, snippets } = shown(article, detail, None, highlighter);
        let article = match detail {
            Detail::Id => Article { id: article.id.clone(), ..Article::default() },
            Detail::Article | Detail::Snippets => article.clone(),
        };
        Hit { rank: at + 1, score: scored.score, title, snippets, ..Hit::of(article) }
    }

    /// The plain words and phrases that an article lacks, as typed.
    fn missing(&self, prepared: &Prepared<'_>, scored: Scored) -> Vec<String> {
        let partial = prepared.plan().matching.partial.as_ref();
        if scored.complete || prepared.request().detail == Detail::Id {
            return Vec::new();
        }
        let lacks = |found: &Match| !self.kept(scored.number).matches(found, &self.analyzers);
        let nodes = partial.into_iter().flat_map(|partial| &partial.nodes);
        nodes.filter(|(_, found)| lacks(found)).map(|(typed, _)| typed.clone()).collect()
    }

    /// The articles of a result, counted by a field; by one whose values limit the result, as if they did not.
    fn facet_of(&self, prepared: &Prepared<'_>, field: FacetField, matched: &[usize], relaxed: bool) -> Facet {
        let own = prepared.plan().matching.facets.iter().find(|(own, _)| *own == field && !relaxed);
        match own {
            Some((_, found)) => self.facet(field, &self.matching(found)),
            None => self.facet(field, matched),
        }
    }

    /// The articles of a result, counted by a field.
    pub(super) fn facet(&self, field: FacetField, matched: &[usize]) -> Facet {
        if let Some(unit) = field.unit() {
            return Facet::of_days(field, unit, &self.days_of(matched));
        }
        let (mut counts, mut without) = (HashMap::<String, u64>::new(), 0);
        for number in matched {
            let names = facets::names(&self.kept(*number).article, field);
            without += u64::from(names.is_empty());
            for name in names {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
        Facet::of(field, counts, without)
    }

    /// The articles of a result, counted by day.
    pub(super) fn days_of(&self, matched: &[usize]) -> Days {
        let mut days = Days::default();
        for number in matched {
            days.add(self.kept(*number).day());
        }
        days
    }
}
