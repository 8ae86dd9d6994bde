//! How an index is opened and examined, and how articles come into it.

use crate::state::{FileState, State};
use crate::{Checked, Engine, EngineError};
use findbuch_article::Article;
use std::path::PathBuf;

/// An index at its place, which need not be there yet. [`crate::IndexDir::store`] chooses the engine.
pub trait Store: Send + Sync {
    /// What the engine promises of its updates.
    fn capabilities(&self) -> Capabilities;

    /// Opens the index for searching.
    ///
    /// # Errors
    /// When there is none, or it was made by another version, is damaged or cannot be reached.
    fn open(&self) -> Result<Box<dyn Engine>, EngineError>;

    /// The state of the index, even if it is of another version; none where there is no index.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    fn state(&self) -> Result<Option<State>, EngineError>;

    /// The indexed folders, as far as they can be read of an index whose [`Store::state`] cannot: to make it anew.
    fn last_known_folders(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// A text that changes with every commit, cheap to read; none where there is no index.
    ///
    /// # Errors
    /// When it cannot be known whether there is one.
    fn stamp(&self) -> Result<Option<String>, EngineError>;

    /// Examines whether the index is whole. `is_whole` says whether an article is the one that was added with a number, see
    /// [`Record::content`].
    ///
    /// # Errors
    /// When there is no index, or what is needed to open it is damaged.
    fn check(&self, is_whole: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError>;

    /// Takes the right to write, which one program has at a time. It is given back when it is dropped or the process ends,
    /// however it ends.
    ///
    /// # Errors
    /// When another program has it, or there can be no index at this place.
    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError>;
}

/// What an engine promises of its updates. Readers and updates must expect what is false here: see [`EngineError::Interrupted`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// None of an update's changes is seen before [`Writer::commit`], and then all are; an update that fails has changed
    /// nothing.
    pub atomic_update: bool,
    /// The same of an index that is made anew: the old one is searched until the new one takes its place.
    pub atomic_rebuild: bool,
    /// Near-identical articles are folded into stories where [`crate::SearchRequest::group`] asks for it; otherwise such a request is
    /// refused.
    pub stories: bool,
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
    /// Articles like those to come, for an engine that makes the index anew; there may be none.
    pub sample: &'a [Article],
    /// Bytes that may be held in memory before they are written; the engine chooses where there are none, or too few.
    pub memory: Option<usize>,
}

impl<'a> WriterOptions<'a> {
    /// To change the index that is there, or make one.
    #[must_use]
    pub fn new(state: &'a State) -> WriterOptions<'a> {
        WriterOptions { rebuild: false, state, sample: &[], memory: None }
    }
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

    /// Makes the changes durable and visible, together with the new state. Gives what was found damaged on the way, as
    /// messages: the changes are made all the same.
    ///
    /// # Errors
    /// When the index cannot be written; with [`Capabilities::atomic_update`], nothing has changed then.
    fn commit(self: Box<Self>, state: &State) -> Result<Vec<String>, EngineError>;
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
