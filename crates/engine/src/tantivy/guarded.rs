//! The engine with its readers guarded: libraries below panic on a damaged file, and here that becomes an error that names the
//! file.

use super::TantivyEngine;
use super::check::first_damage;
use super::directory::META;
use crate::deadline::Deadline;
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use crate::plan::explain::Explained;
use crate::plan::nearest::Near;
use crate::plan::prepared::{Plan, Prepared};
use crate::{Days, Engine, EngineError, FacetField, FileState, Fingerprint, Hits, SearchRequest, State, Stats, Stream};
use findbuch_article::Article;
use findbuch_files::unless_panics;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// An engine whose panics are errors.
pub struct Guarded(pub TantivyEngine);

impl Guarded {
    /// Opens the index in the folder `path`.
    pub fn open(path: &Path) -> Result<Guarded, EngineError> {
        guarded(path, || TantivyEngine::open(path)).map(Guarded)
    }

    fn run<T>(&self, read: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
        guarded(&self.0.path, read)
    }
}

/// Runs what reads the index in `path`; where that panics, or fails without a word which file is at fault, that is looked for.
pub fn guarded<T>(path: &Path, read: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    let damage = || unless_panics(|| first_damage(path)).ok().flatten();
    let failed = |message| Err(EngineError::Failed { path: path.to_path_buf(), message });
    match unless_panics(read) {
        Ok(Err(EngineError::Failed { message, .. })) if !names_a_file(&message) => failed(damage().unwrap_or(message)),
        Ok(done) => done,
        Err(panic) => failed(damage().unwrap_or_else(|| format!("reading it ended with \"{panic}\""))),
    }
}

/// Whether a message names a file of the index.
fn names_a_file(message: &str) -> bool {
    ["its file ", META, ".store", ".fast", ".idx", ".term", ".pos", ".fieldnorm", ".del"]
        .iter()
        .any(|name| message.contains(name))
}

impl Engine for Guarded {
    fn prepare<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError> {
        self.run(|| self.0.prepare(request))
    }

    fn search(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError> {
        self.run(|| self.0.search(prepared))
    }

    fn stream<'a>(&'a self, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError> {
        let Stream { total, mut hits, deadline } = self.run(|| self.0.stream(prepared))?;
        let mut ended = false;
        let guarded = std::iter::from_fn(move || {
            if ended {
                return None;
            }
            let next = self.run(|| hits.next().transpose()).transpose();
            // what panicked is not asked again
            ended = matches!(next, Some(Err(_)));
            next
        });
        Ok(Stream { total, hits: Box::new(guarded), deadline })
    }

    fn fingerprint(&self) -> Result<Fingerprint, EngineError> {
        self.run(|| self.0.fingerprint())
    }

    fn explain(&self, plan: &Plan, deadline: &Deadline) -> Result<Vec<Explained>, EngineError> {
        self.run(|| self.0.explain(plan, deadline))
    }

    fn nearest(&self, form: &str, deadline: Option<Instant>) -> Result<Vec<Near>, EngineError> {
        self.run(|| self.0.nearest(form, deadline))
    }

    fn articles_with(&self, form: &str) -> Result<u64, EngineError> {
        self.run(|| self.0.articles_with(form))
    }

    fn articles_with_stem(&self, stem: &str) -> Result<u64, EngineError> {
        self.run(|| self.0.articles_with_stem(stem))
    }

    fn terms_with_prefix(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        self.run(|| self.0.terms_with_prefix(prefix, most))
    }

    fn names(&self, field: FacetField, pattern: &NamePattern, most: usize) -> Result<Vec<(String, u64)>, EngineError> {
        self.run(|| self.0.names(field, pattern, most))
    }

    fn search_headlines_or_phrases(
        &self,
        place: Place,
        words: &[Wanted],
        most: usize,
    ) -> Result<Vec<Article>, EngineError> {
        self.run(|| self.0.search_headlines_or_phrases(place, words, most))
    }

    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError> {
        self.run(|| self.0.articles(id))
    }

    fn with_record(&self, path: &str, record: u64) -> Result<Vec<Article>, EngineError> {
        self.run(|| self.0.with_record(path, record))
    }

    fn versions(&self, article: &Article) -> Result<Vec<(f32, Article)>, EngineError> {
        self.run(|| self.0.versions(article))
    }

    fn days(&self) -> Result<Days, EngineError> {
        self.run(|| self.0.days())
    }

    fn stats(&self) -> Result<Stats, EngineError> {
        self.run(|| self.0.stats())
    }

    fn state(&self) -> &State {
        self.0.state()
    }

    fn contents(&self, path: &str, visit: &mut dyn FnMut(u64, String)) -> Result<(), EngineError> {
        self.run(|| self.0.contents(path, visit))
    }

    fn articles_of(
        &self,
        path: &str,
        visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        self.run(|| self.0.articles_of(path, visit))
    }

    fn files(&self, paths: &[PathBuf], visit: &mut dyn FnMut(FileState)) -> Result<(), EngineError> {
        self.run(|| self.0.files(paths, visit))
    }
}
