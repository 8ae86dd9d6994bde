//! What an engine must do, by looking at every article.

use super::{Archive, Entry, MemoryEngine};
use crate::deadline::Deadline;
use crate::facets::{self, most_frequent};
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use crate::plan::dictionary;
use crate::plan::explain::{Explained, explain};
use crate::plan::nearest::{Comparison, Near, divided, first_of};
use crate::plan::prepared::{Plan, Prepared};
use crate::score::weight::Statistics;
use crate::verify::kept::{Kept, Stems};
use crate::verify::words::rounded;
use crate::versions::sketch::MAX_VERSIONS;
use crate::{Days, Engine, EngineError, FacetField, FileState, Fingerprint, Hits, SearchRequest, State, Stats, Stream};
use findbuch_article::{Article, PartKind};
use findbuch_german::{FINGERPRINT, is_stop_word};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// Format version in the fingerprints of this engine's archives.
const FORMAT: u32 = 0;

impl MemoryEngine {
    fn everything(&self) -> Vec<usize> {
        (0..self.articles().len()).collect()
    }

    /// Counts the articles by what each has.
    fn counted<'a, I: Iterator<Item = &'a str>>(&'a self, of: impl Fn(&'a Kept) -> I) -> HashMap<String, u64> {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for kept in self.articles() {
            for name in of(kept).collect::<BTreeSet<&str>>() {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
        counts
    }

    fn forms(&self) -> HashMap<String, u64> {
        self.counted(|kept| kept.forms.iter().map(|form| &**form))
    }

    /// What may be looked for in a place, with the number of articles.
    fn terms_of(&self, place: Place) -> HashMap<String, u64> {
        match place {
            Place::Headline => self.counted(|kept| headline(kept).into_iter().flat_map(stems)),
            Place::SideBySide => self.counted(|kept| stems(&kept.text)),
            Place::Form => self.forms(),
        }
    }
}

fn stems(of: &Stems) -> impl Iterator<Item = &str> {
    of.places.keys().map(|stem| &**stem)
}

fn headline(kept: &Kept) -> Option<&Stems> {
    kept.parts.get(&PartKind::Headline)
}

/// The most frequent that begin so.
fn beginning(terms: &HashMap<String, u64>, prefix: &str, most: usize) -> Vec<(String, u64)> {
    let begin = terms.iter().filter(|(term, _)| term.starts_with(prefix) && !is_stop_word(term));
    most_frequent(begin.map(|(term, articles)| (term.clone(), *articles)), most)
}

/// How good an article is for words in a place, the less the better; nothing where it does not have them.
fn how_good(kept: &Kept, place: Place, slots: &[Vec<Box<str>>]) -> Option<u64> {
    match (place, slots) {
        (_, []) => None,
        (Place::Headline, slots) => {
            let headline = headline(kept)?;
            let has = |terms: &Vec<Box<str>>| terms.iter().any(|term| !headline.of(term).is_empty());
            slots.iter().all(has).then(|| u64::from(rounded(headline.words)))
        }
        (Place::SideBySide, [terms]) => {
            let places: usize = terms.iter().map(|term| kept.text.of(term).len()).sum();
            (places > 0).then_some(u64::MAX - places as u64)
        }
        (Place::SideBySide, slots) => {
            let places = kept.text.together(slots, None).len();
            (places > 0).then_some(u64::MAX - places as u64)
        }
        (Place::Form, [terms, ..]) => terms.iter().any(|term| kept.forms.contains(term)).then_some(0),
    }
}

impl Engine for MemoryEngine {
    fn prepare<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError> {
        self.prepared(request)
    }

    fn search(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
        prepared.deadline().check()?;
        let mut hits = self.answer(prepared)?;
        if prepared.request().facets.contains(&FacetField::Person) {
            dictionary::Dictionary::surnames(self)?.join(&mut hits.facets);
        }
        Ok(hits)
    }

    fn stream<'a>(&'a self, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError> {
        prepared.deadline().check()?;
        self.streamed(prepared)
    }

    fn fingerprint(&self) -> Result<Fingerprint, EngineError> {
        let contents = self.articles().iter().map(|kept| kept.content);
        Fingerprint::of(FORMAT, &self.archive.state, contents)
    }

    fn explain(&self, plan: &Plan, deadline: &Deadline) -> Result<Vec<Explained>, EngineError> {
        explain(plan, |found| {
            deadline.check()?;
            Ok(self.matching(found).len() as u64)
        })
    }

    fn nearest(&self, form: &str, deadline: Option<Instant>) -> Result<Vec<Near>, EngineError> {
        Deadline::of(deadline).check()?;
        let comparison = Comparison::with(form);
        let near = self.forms().into_iter().filter(|(form, _)| !is_stop_word(form)).filter_map(|(form, articles)| {
            let distance = comparison.distance(&form)?;
            Some(Near { form, articles, distance })
        });
        let divided = divided(form, |form| self.articles_with(form))?;
        Ok(first_of(near.chain(divided).collect()))
    }

    fn articles_with(&self, form: &str) -> Result<u64, EngineError> {
        Ok(self.count(|kept| kept.forms.contains(form)))
    }

    fn articles_with_stem(&self, stem: &str) -> Result<u64, EngineError> {
        let Ok(articles) = self.with_stem(stem);
        Ok(articles)
    }

    fn terms_with_prefix(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        Ok(beginning(&self.forms(), prefix, most))
    }

    fn names(&self, field: FacetField, pattern: &NamePattern, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let counted = self.counted(|kept| facets::names(&kept.article, field).into_iter());
        Ok(most_frequent(counted.into_iter().filter(|(name, _)| pattern.fits(name)), most))
    }

    fn search_headlines_or_phrases(
        &self,
        place: Place,
        words: &[Wanted],
        most: usize,
    ) -> Result<Vec<Article>, EngineError> {
        let terms = self.terms_of(place);
        let slot = |word: &Wanted| {
            let begin = word.beginnings.iter().flat_map(|prefix| beginning(&terms, prefix, place.most_terms()));
            let any: BTreeSet<String> = word.terms.iter().cloned().chain(begin.map(|(term, _)| term)).collect();
            any.into_iter().map(String::into_boxed_str).collect()
        };
        let slots: Vec<Vec<Box<str>>> = words.iter().map(slot).collect();
        let good = |kept: &&std::sync::Arc<Entry>| how_good(kept, place, &slots);
        let mut found: Vec<_> = self.articles().iter().filter_map(|kept| Some((good(&kept)?, kept))).collect();
        found.sort_by_key(|(good, kept)| (*good, Reverse(kept.seconds())));
        Ok(found.into_iter().take(most).map(|(_, kept)| kept.article.clone()).collect())
    }

    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError> {
        let all = |is: &dyn Fn(&Kept) -> bool| {
            let found = MemoryEngine::articles(self).iter().filter(|kept| is(kept));
            found.map(|kept| kept.article.clone()).collect::<Vec<_>>()
        };
        let mut found = all(&|kept| kept.article.id == id);
        if found.is_empty() {
            found = all(&|kept| kept.file.path == id);
        }
        found.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
        Ok(found)
    }

    fn with_record(&self, path: &str, record: u64) -> Result<Vec<Article>, EngineError> {
        let all = MemoryEngine::articles(self).iter();
        let found = all.filter(|kept| kept.file.path == path && kept.article.record == Some(record));
        Ok(found.map(|kept| kept.article.clone()).collect())
    }

    fn versions(&self, of: &Article) -> Result<Vec<(f32, Article)>, EngineError> {
        let is_itself =
            |kept: &Kept| (&kept.article.id, &kept.article.path, kept.article.record) == (&of.id, &of.path, of.record);
        let articles = MemoryEngine::articles(self);
        let Some(sketch) = articles.iter().find(|kept| is_itself(kept)).and_then(|kept| kept.sketch) else {
            return Ok(Vec::new());
        };
        let others = articles.iter().filter(|kept| !is_itself(kept));
        let mut found: Vec<(f32, Article)> = others
            .filter_map(|kept| Some((kept.sketch.filter(|other| sketch.is_version_of(other))?, kept)))
            .map(|(other, kept)| (sketch.resemblance(&other), kept.article.clone()))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.truncate(MAX_VERSIONS);
        Ok(found)
    }

    fn days(&self) -> Result<Days, EngineError> {
        Ok(self.days_of(&self.everything()))
    }

    fn stats(&self) -> Result<Stats, EngineError> {
        let days = self.days_of(&self.everything());
        let files: BTreeSet<&str> = MemoryEngine::articles(self).iter().map(|kept| kept.file.path.as_str()).collect();
        Ok(Stats {
            articles: MemoryEngine::articles(self).len() as u64,
            files: files.len() as u64,
            sources: self.facet(FacetField::Source, &self.everything()).values,
            sections: self.facet(FacetField::Section, &self.everything()).values,
            dates: days.span().map(|(first, last)| (first.to_string(), last.to_string())),
            undated: days.undated,
            terms: Some((self.forms().len() as u64, self.terms_of(Place::SideBySide).len() as u64)),
            bytes: None,
            format: FORMAT,
            analyzer: FINGERPRINT.to_owned(),
        })
    }

    fn state(&self) -> &State {
        let Archive { state, .. } = &*self.archive;
        state
    }

    fn contents(&self, path: &str, visit: &mut dyn FnMut(u64, String)) -> Result<(), EngineError> {
        let of_file = MemoryEngine::articles(self).iter().filter(|kept| kept.file.path == path);
        of_file.for_each(|kept| visit(kept.content, kept.article.id.clone()));
        Ok(())
    }

    fn articles_of(
        &self,
        path: &str,
        visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let mut of_file = MemoryEngine::articles(self).iter().filter(|kept| kept.file.path == path);
        // that it was ended is no error
        let _ = of_file.try_for_each(|kept| visit(kept.content, kept.article.clone()));
        Ok(())
    }

    fn files(&self, paths: &[PathBuf], visit: &mut dyn FnMut(FileState)) -> Result<(), EngineError> {
        let mut files: BTreeMap<&str, (u64, FileState)> = BTreeMap::new();
        for kept in MemoryEngine::articles(self) {
            let (update, file) = files.entry(&kept.file.path).or_default();
            let articles = file.articles + 1;
            if kept.update >= *update {
                (*update, *file) = (kept.update, kept.file.clone());
            }
            file.articles = articles;
        }
        files.into_values().map(|(_, file)| file).filter(|file| file.is_below(paths)).for_each(visit);
        Ok(())
    }
}
