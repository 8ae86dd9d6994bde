//! How an index is opened and examined, how articles come into it, and what is committed with them.

use crate::{Checked, Engine, EngineError};
use findbuch_article::Article;
use findbuch_german::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// An index at its place, which need not be there yet. [`crate::IndexDir::store`] chooses the engine.
pub trait Store: Send + Sync {
    /// What the engine promises of its updates.
    fn capabilities(&self) -> Capabilities;

    /// Opens the index for searching.
    ///
    /// # Errors
    /// When there is none, or it was made by another version, is damaged or cannot be reached.
    fn open(&self) -> Result<Box<dyn Engine>, EngineError>;

    /// The state of whatever index is there, of another version too; none where there is no index.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    fn state(&self) -> Result<Option<State>, EngineError>;

    /// A text that changes with every commit, cheap to read; none where there is no index.
    ///
    /// # Errors
    /// When it cannot be known whether there is one.
    fn stamp(&self) -> Result<Option<String>, EngineError>;

    /// Examines whether the index is whole.
    ///
    /// # Errors
    /// When there is no index, or what is needed to open it is damaged.
    fn check(&self) -> Result<Checked, EngineError>;

    /// Takes the right to write, which one program has at a time. It is given back when it is dropped or the process ends,
    /// however it ends.
    ///
    /// # Errors
    /// When another program has it, or there can be no index at this place.
    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError>;
}

/// What an engine promises of its updates. What is false here must be expected by readers and by whoever updates: see
/// [`EngineError::Interrupted`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// None of an update's changes is seen before [`Writer::commit`], and then all are; an update that fails has changed
    /// nothing.
    pub atomic_update: bool,
    /// The same of an index that is made anew: the old one is searched until the new one takes its place.
    pub atomic_rebuild: bool,
}

/// The right to write an index.
pub trait WriteLock: Send {
    /// A writer for the index, which is made if there is none.
    ///
    /// # Errors
    /// When the index cannot be used.
    fn writer(self: Box<Self>, options: &WriterOptions<'_>) -> Result<Box<dyn Writer>, EngineError>;
}

/// What a writer is opened with.
#[derive(Debug, Clone, Copy)]
pub struct WriterOptions<'a> {
    /// Make the index anew, beside the old one.
    pub rebuild: bool,
    /// The vocabulary that articles are analysed with and the number of the update, as they will be committed.
    pub state: &'a State,
    /// Bytes that may be held in memory before they are written; the engine chooses where there are none, or too few.
    pub memory: Option<usize>,
}

/// Changes to an index. [`Capabilities`] says when they are seen.
pub trait Writer: Sync {
    /// A way to add articles, for one thread.
    fn adder(&self) -> Box<dyn Adder + '_>;

    /// Removes every article of a file that was in the index before this writer was opened or is added before this
    /// call.
    fn remove(&self, path: &str);

    /// Removes the article with this [`Record::content`] as [`Writer::remove`] does.
    fn remove_content(&self, content: u64);

    /// Makes the changes durable and visible, together with the new state.
    ///
    /// # Errors
    /// When the index cannot be written; with [`Capabilities::atomic_update`], nothing has changed then.
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
