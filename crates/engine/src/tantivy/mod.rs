//! The engine on tantivy. No other module names tantivy.

mod best;
mod check;
#[cfg(test)]
mod closeness_tests;
mod codec;
mod columns;
mod cursor;
#[cfg(test)]
mod deadline_tests;
mod dictionary;
mod directory;
mod docset;
mod document;
#[cfg(test)]
mod exclusion_tests;
mod facets;
mod failure;
mod files;
mod find;
mod fingerprint;
mod generations;
mod grouping;
mod guarded;
mod hit;
mod leftovers;
mod lexicon;
mod lower;
mod marked;
mod matched;
mod merging;
mod near_terms;
mod new_segment;
mod phrases;
mod positions;
mod postings;
mod rank;
mod readers;
mod removal;
mod schema;
mod search;
mod segments;
mod sets;
mod sketches;
mod spans;
mod stats;
mod store;
mod stored;
mod stories;
mod stream;
mod typed;
mod versions;
mod vocabulary;
mod writer;

use crate::analyzers::AnalyzerPool;
use crate::deadline::Deadline;
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use crate::plan::dictionary::Dictionary;
use crate::plan::explain::{Explained, explain};
use crate::plan::matching::Match;
use crate::plan::nearest::Near;
use crate::plan::prepared::{Plan, Prepared, prepare};
use crate::plan::resolve::ExclusionCache;
use crate::surnames::Surnames;
use crate::{Days, Engine, EngineError, FacetField, FileState, Fingerprint, Hits, SearchRequest, State, Stats, Stream};
use columns::Columns;
use failure::failed;
use findbuch_article::Article;
use lexicon::Lexicon;
use lower::Lowering;
use schema::Fields;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;
use stories::Stories;
use tantivy::query::{EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, IndexReader, ReloadPolicy, Searcher, TERMINATED, TantivyError, Term};

pub use store::TantivyStore;

/// An index opened for searching, as of its last commit at that time.
struct TantivyEngine {
    path: PathBuf,
    reader: IndexReader,
    fields: Fields,
    state: State,
    generation: PathBuf,
    /// Keeps the generation from being removed.
    _reading: Option<std::fs::File>,
    stories: OnceLock<Stories>,
    columns: OnceLock<Arc<Vec<Columns>>>,
    exclusions: ExclusionCache,
    surnames: OnceLock<Arc<Surnames>>,
    analyzers: Arc<AnalyzerPool>,
}

impl TantivyEngine {
    /// Opens the index in the folder `path`.
    fn open(path: &Path) -> Result<TantivyEngine, EngineError> {
        // segments are opened with the reader: one that a commit has replaced meanwhile is missing then
        let (opened, reader) = generations::steadily(path, || {
            let opened = generations::open_once(path)?;
            let reader = opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
            Ok((opened, reader.map_err(|e| failed(path, &e))?))
        })?;
        let generations::Opened { fields, state, generation, reading, .. } = opened;
        let analyzers = Arc::new(AnalyzerPool::new(Arc::clone(&state.vocabulary)));
        Ok(TantivyEngine {
            path: path.to_path_buf(),
            reader,
            fields,
            state,
            generation,
            _reading: reading,
            stories: OnceLock::new(),
            columns: OnceLock::new(),
            exclusions: ExclusionCache::default(),
            surnames: OnceLock::new(),
            analyzers,
        })
    }

    fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// The stories of the commit, read when they are first asked for.
    fn stories(&self) -> tantivy::Result<&Stories> {
        if let Some(stories) = self.stories.get() {
            return Ok(stories);
        }
        let stories = Stories::of(&self.searcher(), &self.generation)?;
        Ok(self.stories.get_or_init(|| stories))
    }

    /// The columns of the commit, opened when they are first asked for.
    fn columns(&self) -> tantivy::Result<&Arc<Vec<Columns>>> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let columns = Arc::new(Columns::of(&self.searcher())?);
        Ok(self.columns.get_or_init(|| columns))
    }

    fn lexicon<'a>(&'a self, searcher: &'a Searcher, failed: &'a dyn Fn(&TantivyError) -> EngineError) -> Lexicon<'a> {
        let TantivyEngine { fields, analyzers, surnames, .. } = self;
        Lexicon { searcher, fields, analyzers, surnames, failed }
    }

    fn failed(&self, error: &TantivyError) -> EngineError {
        failed(&self.path, error)
    }

    fn with_term(&self, term: Term) -> tantivy::Result<Vec<Article>> {
        let searcher = self.searcher();
        let weight =
            TermQuery::new(term, IndexRecordOption::Basic).weight(EnableScoring::disabled_from_searcher(&searcher))?;
        let mut found = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut documents = weight.scorer(segment, 1.0)?;
            while documents.doc() != TERMINATED {
                if !segment.is_deleted(documents.doc()) {
                    found.push(stored::article(&searcher, &self.fields, DocAddress::new(ordinal, documents.doc()))?);
                }
                documents.advance();
            }
        }
        Ok(found)
    }
}

/// What was found, unless some loop ended early since the time was over.
fn in_time<T>(found: T, deadline: &Deadline) -> Result<T, EngineError> {
    if deadline.was_over() { Err(EngineError::TimedOut) } else { Ok(found) }
}

impl Engine for TantivyEngine {
    fn prepare<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError> {
        let (searcher, failed) = (self.searcher(), |e: &TantivyError| self.failed(e));
        let lexicon = self.lexicon(&searcher, &failed);
        prepare(request, &lexicon, &self.exclusions, &self.analyzers)
    }

    fn search(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
        prepared.deadline().check()?;
        let stories = prepared.request().group.then(|| self.stories()).transpose().map_err(|e| self.failed(&e))?;
        let columns = self.columns().map_err(|e| self.failed(&e))?;
        let hits = search::search(&self.searcher(), &self.fields, columns, prepared, stories);
        let mut hits = in_time(hits, prepared.deadline())?.map_err(|e| self.failed(&e))?;
        if prepared.request().facets.contains(&FacetField::Person) {
            let (searcher, failed) = (self.searcher(), |e: &TantivyError| self.failed(e));
            self.lexicon(&searcher, &failed).surnames()?.join(&mut hits.facets);
        }
        Ok(hits)
    }

    fn stream<'a>(&'a self, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError> {
        prepared.deadline().check()?;
        let columns = self.columns().map_err(|e| self.failed(&e))?;
        let stream = stream::stream(&self.searcher(), &self.fields, columns, prepared, |e| self.failed(&e));
        in_time(stream, prepared.deadline())?.map_err(|e| self.failed(&e))
    }

    fn fingerprint(&self) -> Result<Fingerprint, EngineError> {
        let contents = fingerprint::contents(&self.searcher()).map_err(|e| self.failed(&e))?;
        Fingerprint::of(schema::FORMAT, &self.state, contents)
    }

    fn explain(&self, plan: &Plan, deadline: &Deadline) -> Result<Vec<Explained>, EngineError> {
        deadline.check()?;
        let searcher = self.searcher();
        let lowering = Lowering { fields: &self.fields, analyzers: &plan.analyzers, deadline };
        let count = |found: &Match| {
            let counted = search::count(&searcher, &*lowering.query(found), deadline);
            in_time(counted, deadline)?.map_err(|e| self.failed(&e))
        };
        explain(plan, count)
    }

    fn nearest(&self, form: &str, deadline: Option<Instant>) -> Result<Vec<Near>, EngineError> {
        let deadline = Deadline::of(deadline);
        deadline.check()?;
        let near = vocabulary::nearest(&self.searcher(), &self.fields, form, &deadline);
        in_time(near, &deadline)?.map_err(|e| self.failed(&e))
    }

    fn articles_with(&self, form: &str) -> Result<u64, EngineError> {
        vocabulary::articles_with(&self.searcher(), &self.fields, form).map_err(|e| self.failed(&e))
    }

    fn articles_with_stem(&self, stem: &str) -> Result<u64, EngineError> {
        let term = Term::from_field_text(self.fields.text, stem);
        self.searcher().doc_freq(&term).map_err(|e| self.failed(&e))
    }

    fn terms_with_prefix(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        typed::terms_with_prefix(&self.searcher(), &self.fields, prefix, most).map_err(|e| self.failed(&e))
    }

    fn names(&self, field: FacetField, pattern: &NamePattern, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        typed::names(&self.searcher(), field, pattern, most).map_err(|e| self.failed(&e))
    }

    fn search_headlines_or_phrases(
        &self,
        place: Place,
        words: &[Wanted],
        most: usize,
    ) -> Result<Vec<Article>, EngineError> {
        typed::search_headlines_or_phrases(&self.searcher(), &self.fields, place, words, most)
            .map_err(|e| self.failed(&e))
    }

    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError> {
        for field in [self.fields.id, self.fields.file] {
            let mut found = self.with_term(Term::from_field_text(field, id)).map_err(|e| self.failed(&e))?;
            if !found.is_empty() {
                found.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn with_record(&self, path: &str, record: u64) -> Result<Vec<Article>, EngineError> {
        files::with_record(&self.searcher(), &self.fields, path, record).map_err(|e| self.failed(&e))
    }

    fn versions(&self, of: &Article) -> Result<Vec<(f32, Article)>, EngineError> {
        versions::versions(&self.searcher(), &self.fields, of).map_err(|e| self.failed(&e))
    }

    fn stats(&self) -> Result<Stats, EngineError> {
        let bytes = generations::size(&self.path)?;
        stats::stats(&self.searcher(), &self.fields, bytes).map_err(|e| self.failed(&e))
    }

    fn days(&self) -> Result<Days, EngineError> {
        facets::all_days(&self.searcher()).map_err(|e| self.failed(&e))
    }

    fn state(&self) -> &State {
        &self.state
    }

    fn contents(&self, path: &str, visit: &mut dyn FnMut(u64, String)) -> Result<(), EngineError> {
        files::visit_contents(&self.searcher(), self.fields.file, path, visit).map_err(|e| self.failed(&e))
    }

    fn articles_of(
        &self,
        path: &str,
        visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        files::visit_articles(&self.searcher(), &self.fields, path, visit).map_err(|e| self.failed(&e))
    }

    fn files(&self, paths: &[PathBuf], visit: &mut dyn FnMut(FileState)) -> Result<(), EngineError> {
        let mut visit_below = |file: FileState| {
            if file.is_below(paths) {
                visit(file);
            }
        };
        files::visit(&self.searcher(), &mut visit_below).map_err(|e| self.failed(&e))
    }
}
