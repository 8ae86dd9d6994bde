//! What an engine must do, asked of a cluster.

use super::answer;
use super::index::{Index, Stored, column, everything, number, with_terms};
use super::schema::{FORMAT, counted};
use super::searcher::OpenSearchEngine;
use super::stories::{sketch_of, with_sketch};
use crate::deadline::Deadline;
use crate::facets::most_frequent;
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use crate::plan::dictionary;
use crate::plan::explain::{Explained, explain};
use crate::plan::nearest::{Comparison, Near, divided, first_of};
use crate::plan::prepared::{Plan, Prepared, prepare};
use crate::score::weight::Statistics;
use crate::verify::kept::Kept;
use crate::versions::sketch::MAX_VERSIONS;
use crate::{Days, Engine, EngineError, FacetField, FileState, Fingerprint, Hits, SearchRequest, State, Stats, Stream};
use findbuch_article::{Article, PartKind};
use findbuch_german::{FINGERPRINT, is_stop_word};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// Most articles that are compared to complete what is typed.
const MAX_COMPARED: usize = 200;

impl OpenSearchEngine {
    fn read_all(&self, query: &Value) -> Result<Vec<Stored>, EngineError> {
        let mut found = Vec::new();
        self.index.read(query, &Deadline::default(), &mut |stored| {
            found.push(stored);
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    pub(super) fn counted_by(&self, field: FacetField) -> Result<Vec<(String, u64)>, EngineError> {
        self.names(field, &NamePattern::any(), usize::MAX)
    }

    /// The terms that a word of a text to complete stands for.
    fn terms_of(&self, place: Place, word: &Wanted) -> Result<Vec<String>, EngineError> {
        let mut terms: BTreeSet<String> = word.terms.iter().cloned().collect();
        for beginning in &word.beginnings {
            for (form, _) in self.terms_with_prefix(beginning, place.most_terms())? {
                if place == Place::Form {
                    terms.insert(form);
                    continue;
                }
                let readings = self.analyzers.take().get().readings(&form);
                let stems = readings.iter().flat_map(findbuch_german::Terms::stems);
                terms.extend(stems.filter(|stem| stem.starts_with(beginning.as_str())).map(ToString::to_string));
            }
        }
        Ok(terms.into_iter().collect())
    }
}

/// How good an article is for words in a place, the less the better; nothing where it does not have them.
fn how_good(kept: &Kept, place: Place, slots: &[Vec<Box<str>>]) -> Option<usize> {
    match (place, slots) {
        (_, []) => None,
        (Place::Headline, slots) => {
            let headline = kept.parts.get(&PartKind::Headline)?;
            let has = |terms: &Vec<Box<str>>| terms.iter().any(|term| !headline.of(term).is_empty());
            slots.iter().all(has).then_some(headline.words as usize)
        }
        (Place::SideBySide, slots) => {
            let places = kept.text.together(slots, None).len();
            (places > 0).then_some(usize::MAX - places)
        }
        (Place::Form, _) => Some(0),
    }
}

impl Engine for OpenSearchEngine {
    fn prepare<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError> {
        prepare(request, self, &self.exclusions, &self.analyzers)
    }

    fn search(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
        let mut hits = answer::answer(self, prepared)?;
        if prepared.request().facets.contains(&FacetField::Person) {
            dictionary::Dictionary::surnames(self)?.join(&mut hits.facets);
        }
        Ok(hits)
    }

    fn stream<'a>(&'a self, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError> {
        answer::stream(self, prepared)
    }

    fn fingerprint(&self) -> Result<Fingerprint, EngineError> {
        let articles = Statistics::articles(self)?;
        Fingerprint::of_sum(FORMAT, &self.state, articles, self.index.sum("digest")?)
    }

    fn explain(&self, plan: &Plan, deadline: &Deadline) -> Result<Vec<Explained>, EngineError> {
        explain(plan, |found| self.count(found, deadline))
    }

    fn nearest(&self, form: &str, deadline: Option<Instant>) -> Result<Vec<Near>, EngineError> {
        let (deadline, comparison) = (Deadline::of(deadline), Comparison::with(form));
        let mut near = Vec::new();
        self.index.forms("exact", "", &deadline, &mut |form, articles| {
            if let Some(distance) = comparison.distance(form).filter(|_| !is_stop_word(form)) {
                near.push(Near { form: form.to_owned(), articles, distance });
            }
            ControlFlow::Continue(())
        })?;
        near.extend(divided(form, |form| self.articles_with(form))?);
        Ok(first_of(near))
    }

    fn articles_with(&self, form: &str) -> Result<u64, EngineError> {
        self.with_term("exact", form)
    }

    fn articles_with_stem(&self, stem: &str) -> Result<u64, EngineError> {
        self.with_term("text", stem)
    }

    fn terms_with_prefix(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let mut forms = Vec::new();
        self.index.forms("exact", prefix, &Deadline::default(), &mut |form, articles| {
            if !is_stop_word(form) {
                forms.push((form.to_owned(), articles));
            }
            ControlFlow::Continue(())
        })?;
        Ok(most_frequent(forms, most))
    }

    fn names(&self, field: FacetField, pattern: &NamePattern, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        let mut names = Vec::new();
        if field.unit().is_none() {
            self.index.values(&everything(), &counted(field), "", &Deadline::default(), &mut |name, articles| {
                let name = name.as_str().unwrap_or_default();
                if pattern.fits(name) {
                    names.push((name.to_owned(), articles));
                }
                ControlFlow::Continue(())
            })?;
        }
        Ok(most_frequent(names, most))
    }

    fn search_headlines_or_phrases(
        &self,
        place: Place,
        words: &[Wanted],
        most: usize,
    ) -> Result<Vec<Article>, EngineError> {
        let words = if place == Place::Form { words.get(..1).unwrap_or_default() } else { words };
        let mut slots: Vec<Vec<Box<str>>> = Vec::new();
        for word in words {
            slots.push(self.terms_of(place, word)?.into_iter().map(String::into_boxed_str).collect());
        }
        let field = match place {
            Place::Headline => "headline",
            Place::SideBySide => "text",
            Place::Form => "exact",
        };
        let all: Vec<Value> = slots.iter().map(|terms| with_terms(field, terms)).collect();
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let query = json!({ "bool": { "filter": all } });
        let mut body = Index::whole();
        body["size"] = if place == Place::Form { most } else { MAX_COMPARED }.into();
        let shortest = json!({ "headline_length": "asc" });
        let latest = json!({ "seconds": { "order": "desc", "missing": "_last" } });
        let sort = if place == Place::Headline { json!([shortest, latest]) } else { json!([latest]) };
        let mut found = Vec::new();
        for hit in self.index.page(&query, body, (&sort, None), &Deadline::default())? {
            let stored = self.index.stored(hit)?;
            let kept = self.kept(&stored);
            found.extend(how_good(&kept, place, &slots).map(|good| (good, Reverse(kept.seconds()), stored.article)));
        }
        found.sort_by_key(|(good, latest, _)| (*good, *latest));
        Ok(found.into_iter().take(most).map(|(_, _, article)| article).collect())
    }

    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError> {
        let mut found = self.read_all(&with_terms("id", &[id]))?;
        if found.is_empty() {
            found = self.read_all(&with_terms("file", &[id]))?;
        }
        let mut found: Vec<Article> = found.into_iter().map(|stored| stored.article).collect();
        found.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
        Ok(found)
    }

    fn with_record(&self, path: &str, record: u64) -> Result<Vec<Article>, EngineError> {
        let record = json!({ "term": { "record": { "value": record } } });
        let found = self.read_all(&json!({ "bool": { "filter": [with_terms("file", &[path]), record] } }))?;
        Ok(found.into_iter().map(|stored| stored.article).collect())
    }

    fn versions(&self, of: &Article) -> Result<Vec<(f32, Article)>, EngineError> {
        let own = self.read_all(&with_terms("id", &[&of.id]))?;
        let is_own = |stored: &&Stored| (&stored.article.path, stored.article.record) == (&of.path, of.record);
        let Some(own) = own.iter().find(is_own) else { return Ok(Vec::new()) };
        let Some(sketch) = self.kept(own).sketch else { return Ok(Vec::new()) };
        let mut alike: Vec<(f32, String)> = Vec::new();
        let query = with_sketch();
        self.index.columns(&query, &["sketch", "key"], "key", &Deadline::default(), &mut |hit| {
            let other = column(hit, "sketch").and_then(Value::as_str).and_then(sketch_of);
            let key = column(hit, "key").and_then(Value::as_str).filter(|key| *key != own.key);
            if let (Some(other), Some(key)) = (other.filter(|other| sketch.is_version_of(other)), key) {
                alike.push((sketch.resemblance(&other), key.to_owned()));
            }
            Ok(())
        })?;
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        alike.truncate(MAX_VERSIONS);
        let keys: Vec<&String> = alike.iter().map(|(_, key)| key).collect();
        let read = self.read_all(&with_terms("key", &keys))?;
        let mut articles: HashMap<String, Article> =
            read.into_iter().map(|stored| (stored.key, stored.article)).collect();
        Ok(alike.into_iter().filter_map(|(share, key)| Some((share, articles.remove(&key)?))).collect())
    }

    fn days(&self) -> Result<Days, EngineError> {
        self.index.days(&everything(), &Deadline::default())
    }

    fn stats(&self) -> Result<Stats, EngineError> {
        let days = self.days()?;
        let mut files = 0;
        self.index.values(&everything(), "file", "", &Deadline::default(), &mut |_, _| {
            files += 1;
            ControlFlow::Continue(())
        })?;
        Ok(Stats {
            articles: Statistics::articles(self)?,
            files,
            sources: self.counted_by(FacetField::Source)?,
            sections: self.counted_by(FacetField::Section)?,
            dates: days.span().map(|(first, last)| (first.to_string(), last.to_string())),
            undated: days.undated,
            terms: None,
            bytes: None,
            format: FORMAT,
            analyzer: FINGERPRINT.to_owned(),
        })
    }

    fn state(&self) -> &State {
        &self.state
    }

    fn contents(&self, path: &str, visit: &mut dyn FnMut(u64, String)) -> Result<(), EngineError> {
        let query = with_terms("file", &[path]);
        self.index.columns(&query, &["content", "id"], "key", &Deadline::default(), &mut |hit| {
            let id = column(hit, "id").and_then(Value::as_str).unwrap_or_default();
            if let Some(content) = number(column(hit, "content")) {
                visit(content, id.to_owned());
            }
            Ok(())
        })
    }

    fn articles_of(
        &self,
        path: &str,
        visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let query = with_terms("file", &[path]);
        self.index.read(&query, &Deadline::default(), &mut |stored| visit(stored.content, stored.article))
    }

    fn files(&self, paths: &[PathBuf], visit: &mut dyn FnMut(FileState)) -> Result<(), EngineError> {
        let below =
            paths.iter().map(|path| json!({ "prefix": { "file": { "value": findbuch_files::encode_path(path) } } }));
        let query = json!({ "bool": { "should": below.collect::<Vec<_>>(), "minimum_should_match": 1 } });
        let columns = ["file", "size", "mtime", "hash", "settings", "update"];
        let mut latest: Option<(u64, FileState)> = None;
        let mut pass = |file: Option<(u64, FileState)>| {
            if let Some((_, file)) = file.filter(|(_, file)| file.is_below(paths)) {
                visit(file);
            }
        };
        self.index.columns(&query, &columns, "file", &Deadline::default(), &mut |hit| {
            let of = |name| column(hit, name);
            let path = of("file").and_then(Value::as_str).unwrap_or_default();
            let update = of("update").and_then(Value::as_u64).unwrap_or_default();
            let file = || FileState {
                path: path.to_owned(),
                size: of("size").and_then(Value::as_u64).unwrap_or_default(),
                mtime: of("mtime").and_then(Value::as_i64).unwrap_or_default(),
                hash: number(of("hash")).unwrap_or_default(),
                settings: number(of("settings")).unwrap_or_default(),
                articles: 0,
            };
            if latest.as_ref().is_none_or(|(_, file)| file.path != path) {
                pass(latest.take());
            }
            let known = latest.get_or_insert_with(|| (update, file()));
            let articles = known.1.articles + 1;
            if update >= known.0 {
                *known = (update, file());
            }
            known.1.articles = articles;
            Ok(())
        })?;
        pass(latest);
        Ok(())
    }
}
