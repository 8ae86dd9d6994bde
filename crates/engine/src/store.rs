//! How articles come into an index, and what is committed with them.

use crate::EngineError;
use findbuch_article::Article;
use findbuch_german::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

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
