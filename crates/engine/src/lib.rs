//! What a search engine must do for findbuch, and what it is asked and answers. The engine behind it is
//! [`tantivy`].

pub mod alternative;
pub mod answer;
mod apart;
mod bounds;
mod closeness;
pub mod deadline;
pub mod differences;
pub mod differing;
mod error;
pub mod explain;
pub mod facets;
pub mod forms;
pub mod highlight;
pub mod kwic;
mod marks;
pub mod nearest;
pub mod news;
mod numbers;
mod operand;
pub mod pattern;
mod places;
mod ranking;
mod request;
pub mod saved;
pub mod similar;
pub mod sketch;
pub mod snippets;
pub mod suggest;
pub mod synonyms;
pub mod tantivy;
pub mod timeline;
pub mod told;
pub mod without;
pub mod words;

use explain::Explained;
use findbuch_article::Article;
use findbuch_german::{Analyzer, Vocabulary};
use nearest::Near;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;
use suggest::{Place, Wanted};

pub use error::EngineError;
pub use facets::{Facet, FacetField};
pub use numbers::{Checked, Stats};
pub use ranking::Ranking;
pub use request::{Detail, SearchRequest, Sort};
pub use snippets::Snippet;
pub use timeline::Days;
pub use words::Expansion;

/// An index that can be searched.
pub trait Engine {
    /// Answers a query.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    fn search(&self, request: &SearchRequest<'_>) -> Result<Hits, EngineError>;

    /// Every article that has all that is asked for, one at a time: offset, limit and `fill` are passed over. Takes some 40
    /// bytes an article, whatever the articles' size.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first; the stream ends then.
    fn stream<'a>(&'a self, request: &SearchRequest<'_>) -> Result<Stream<'a>, EngineError>;

    /// What tells this state of the index from any other.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn fingerprint(&self) -> Result<Fingerprint, EngineError>;

    /// What each word of a query is searched as, and how many articles each of that brings.
    ///
    /// # Errors
    /// When the index cannot be read, or the deadline passes first.
    fn explain(&self, request: &SearchRequest<'_>) -> Result<Vec<Explained>, EngineError>;

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
    fn beginning(&self, prefix: &str, most: usize) -> Result<Vec<(String, u64)>, EngineError>;

    /// The names of a field that `fits` says so of, with the number of their articles, the most frequent first; days have none.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn names(
        &self,
        field: FacetField,
        fits: &dyn Fn(&str) -> bool,
        most: usize,
    ) -> Result<Vec<(String, u64)>, EngineError>;

    /// The best articles that have all the words in a place.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn having(&self, place: Place, words: &[Wanted], most: usize) -> Result<Vec<Article>, EngineError>;

    /// The articles with this id, or else those of the file with this path. Several files may claim one id.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn articles(&self, id: &str) -> Result<Vec<Article>, EngineError>;

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
        Analyzer::with(&self.state().vocabulary)
    }

    /// The articles of a file: the number that each was added with, and its id.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn contents(&self, path: &str) -> Result<HashMap<u64, String>, EngineError>;

    /// The files that articles are from, by path, below one of `paths`.
    ///
    /// # Errors
    /// When the index cannot be read.
    fn files(&self, paths: &[PathBuf]) -> Result<HashMap<String, FileState>, EngineError>;
}

/// Changes to an index; none is seen before [`Writer::commit`], and then all are.
pub trait Writer: Sync {
    /// A way to add articles, for one thread.
    fn adder(&self) -> Box<dyn Adder + '_>;

    /// Removes every article of a file that was in the index before this writer was opened or is added before this
    /// call.
    fn remove(&self, path: &str);

    /// Removes the article with this [`Record::content`] as [`Writer::remove`] does.
    fn remove_content(&self, content: u64);

    /// Makes the changes visible and durable, together with the new state.
    ///
    /// # Errors
    /// When the index cannot be written; then nothing has changed.
    fn commit(self: Box<Self>, state: &State) -> Result<(), EngineError>;
}

/// Adds articles to an index.
pub trait Adder {
    /// Adds an article.
    ///
    /// # Errors
    /// When the index cannot be written.
    fn add(&mut self, record: &Record<'_>) -> Result<(), EngineError>;
}

/// An article on its way into the index.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The file it is from.
    pub file: &'a FileState,
    /// The folders that the file lies in, from the indexed one on, as text.
    pub folders: &'a [String],
    /// The article.
    pub article: &'a Article,
    /// A number that no other article of the file has; see [`Engine::contents`].
    pub content: u64,
}

/// A file as it was when its articles were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileState {
    /// Absolute path, as text: see [`findbuch_files::encode_path`].
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Last modification, nanoseconds since 1970.
    pub mtime: i64,
    /// XXH3 of its bytes.
    pub hash: u64,
    /// What tells the settings that it was read under from others; 0 without.
    pub settings: u64,
    /// Articles of it in the index.
    pub articles: u64,
}

/// What is committed with the articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The indexed folders and files, absolute.
    #[serde(with = "findbuch_files::paths::as_texts")]
    pub folders: Vec<PathBuf>,
    /// When the last update ended, RFC 3339 in UTC.
    pub updated: String,
    /// Files, or records of files, that could not be read.
    pub problems: Vec<KnownProblem>,
    /// Updates so far.
    pub updates: u64,
    /// What the archive taught about compounds when its index was made.
    pub vocabulary: Arc<Vocabulary>,
    /// Lines that the archive's sources repeat, as hashes: they were found when the index was made.
    pub boilerplate: Arc<BTreeSet<u64>>,
}

/// A file that could not be read as it was then; it is not read again until it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProblem {
    /// Absolute path of the file, as text.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Last modification, nanoseconds since 1970.
    pub mtime: i64,
    /// What tells the settings that it was read under from others.
    #[serde(default)]
    pub settings: u64,
    /// The whole message, with path and line; the reason alone where the file is no article by its kind.
    pub message: String,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// Number of articles that have all that is asked for.
    pub total: u64,
    /// Set when no article has all the words; the total then counts those with some of them.
    pub relaxed: Option<Relaxed>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Other spellings and synonyms that were searched too, and that the archive has.
    pub also: Vec<Also>,
    /// The counts asked for, of all articles that the total counts.
    pub facets: Vec<Facet>,
    /// The days on which they were published, if asked for.
    pub days: Option<Days>,
    /// The number of stories that they tell, if they are grouped.
    pub stories: Option<u64>,
}

/// A whole result, read while it is used.
pub struct Stream<'a> {
    /// Number of hits.
    pub total: u64,
    /// The hits, the first first.
    pub hits: Box<dyn Iterator<Item = Result<Hit, EngineError>> + 'a>,
    /// Until when they must be read.
    pub deadline: deadline::Deadline,
}

/// What tells a state of an index from any other: for those who cite a search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// Sixteen hexadecimal digits over format, analyser and all articles: the same for the same articles at the same
    /// places, in whatever order they were indexed.
    pub digest: String,
    /// Format version of the index.
    pub format: u32,
    /// Fingerprint of the analyser.
    pub analyzer: String,
    /// Articles.
    pub articles: u64,
    /// When the last update ended, RFC 3339 in UTC.
    pub updated: String,
}

/// Another spelling or a synonym of a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// The word as typed.
    pub typed: String,
    /// What was searched too.
    pub word: String,
    /// Whether it is from the user's list, not a spelling of a name.
    pub synonym: bool,
}

/// How a query was relaxed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relaxed {
    /// The words that the first hit lacks, as typed.
    pub missing: Vec<String>,
}

/// An article that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Place in the whole result, from 1.
    pub rank: usize,
    /// Score; greater is better, comparable within one result only.
    pub score: f32,
    /// The article.
    pub article: Article,
    /// Passages that show why it matches.
    pub snippets: Vec<Snippet>,
    /// Words it lacks, as typed; the hits that have all are joined by those that lack little.
    pub missing: Vec<String>,
    /// The articles of the result that are nearly identical with it and were folded under it.
    pub group: Option<Group>,
    /// Share of its text that is that of the article it is compared with, where the two are nearly identical.
    pub resemblance: Option<f32>,
}

/// Articles folded under the earliest of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Their number, without the earliest.
    pub others: u64,
    /// Their sources.
    pub sources: Vec<String>,
    /// Their ids by date, then id; the first hundred.
    pub ids: Vec<String>,
}
