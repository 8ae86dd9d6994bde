//! What an engine must do: answer queries over the articles of an index.

use crate::deadline::Deadline;
use crate::lookup::names::NamePattern;
use crate::lookup::{Place, Wanted};
use crate::plan::explain::Explained;
use crate::plan::nearest::Near;
use crate::plan::prepared::{Plan, Prepared};
use crate::timeline::Days;
use crate::{EngineError, FacetField, FileState, Fingerprint, Hits, SearchRequest, State, Stats, Stream};
use findbuch_article::Article;
use findbuch_german::Analyzer;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// An index that can be searched.
pub trait Engine: Send + Sync {
    /// Resolves what a request is searched as: once, for everything that is done with it.
    ///
    /// # Errors
    /// When a pattern means too many words, the index cannot be read, or the deadline passes first.
    fn prepare<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, EngineError>;

    /// Answers a request that this engine has prepared.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    fn search(&self, prepared: &Prepared<'_>) -> Result<Hits, EngineError>;

    /// Every article that has all that is asked for, one at a time; the request's offset, limit and `fill` are ignored. Takes about
    /// 40 bytes an article, independent of the articles' size.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first; the stream ends then.
    fn stream<'a>(&'a self, prepared: &Prepared<'_>) -> Result<Stream<'a>, EngineError>;

    /// Identifies this state of the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn fingerprint(&self) -> Result<Fingerprint, EngineError>;

    /// What each word of a plan of this engine is searched as, and how many articles each of that brings.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    fn explain(&self, plan: &Plan, deadline: &Deadline) -> Result<Vec<Explained>, EngineError>;

    /// Words of the archive near a folded form, the nearest first.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    fn nearest(&self, form: &str, deadline: Option<Instant>) -> Result<Vec<Near>, EngineError>;

    /// Number of articles that have a folded form.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn articles_with(&self, form: &str) -> Result<u64, EngineError>;

    /// Number of articles that have a stem.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn articles_with_stem(&self, stem: &str) -> Result<u64, EngineError>;

    /// Folded forms that begin so, function words excepted, with the number of their articles, the most frequent first.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn terms_with_prefix(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError>;

    /// The names of a field that fit, with the number of their articles, the most frequent first; days have none.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn names(&self, field: FacetField, pattern: &NamePattern, most: usize) -> Result<Vec<(String, u64)>, EngineError>;

    /// The best articles that have all the words in a place.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn search_headlines_or_phrases(
        &self,
        place: Place,
        words: &[Wanted],
        most: usize,
    ) -> Result<Vec<Article>, EngineError>;

    /// The articles with this id, or else those of the file with this path. Several files may claim one id.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError>;

    /// The articles of a file with this record: more than one where the file is a container of several.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn with_record(&self, path: &str, record: u64) -> Result<Vec<Article>, EngineError>;

    /// The other articles that are nearly identical with the one of this id and path, the most similar first, with the
    /// share of their text that is alike.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn versions(&self, article: &Article) -> Result<Vec<(f32, Article)>, EngineError>;

    /// On which days the articles of the whole index were published.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn days(&self) -> Result<Days, EngineError>;

    /// Numbers about the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn stats(&self) -> Result<Stats, EngineError>;

    /// What the index knows of its folders and of files that could not be read.
    fn state(&self) -> &State;

    /// The analysis that the index was made with.
    fn analyzer(&self) -> Analyzer {
        Analyzer::with_vocabulary(&self.state().vocabulary)
    }

    /// Visits the articles of a file: the number that each was added with, and its id, in any order.
    ///
    /// # Errors
    /// When the index cannot be read; some may have been visited then.
    fn contents(&self, path: &str, visit: &mut dyn FnMut(u64, String)) -> Result<(), EngineError>;

    /// Visits the articles of a file, each with the number that it was added with, in any order, until `visit` breaks.
    ///
    /// # Errors
    /// When the index cannot be read; some may have been visited then.
    fn articles_of(
        &self,
        path: &str,
        visit: &mut dyn FnMut(u64, Article) -> ControlFlow<()>,
    ) -> Result<(), EngineError>;

    /// Visits the files below one of `paths` that articles are from, each once, in ascending order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read; some may have been visited then.
    fn files(&self, paths: &[PathBuf], visit: &mut dyn FnMut(FileState)) -> Result<(), EngineError>;
}
