//! Why an index cannot be used, with the user's next step.

use std::path::PathBuf;

/// Why the index cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// There is none.
    #[error("there is no index in {0}; make one with: findbuch index FOLDER")]
    NoIndex(PathBuf),
    /// Another program's folder.
    #[error("{0} is not empty and is no index of findbuch; name another place with --index")]
    NotAnIndex(PathBuf),
    /// A file where the index's folder should be.
    #[error("{0} is a file; the index needs a folder: name another place with --index")]
    IsFile(PathBuf),
    /// Made by another version.
    #[error(
        "the index in {path} was made by another version of findbuch ({found}); make it anew with: findbuch index --rebuild"
    )]
    OtherVersion {
        /// Where it is.
        path: PathBuf,
        /// What its version says.
        found: String,
    },
    /// Someone else writes.
    #[error("another findbuch is updating the index in {0}; wait for it to end, searching goes on meanwhile")]
    Locked(PathBuf),
    /// It cannot be written.
    #[error(
        "the index in {0} could not be written, most likely because the disk or a quota is full; it is as it was: make room and do it again"
    )]
    Full(PathBuf),
    /// A word with wildcards, or within edits, means too many.
    #[error("more than {most} words of the archive fit a word of the query with *, ? or ~; write more letters")]
    TooManyForms {
        /// Where the word stands in the query.
        span: findbuch_query::Span,
        /// Most words.
        most: usize,
    },
    /// The deadline passed before the whole result was found.
    #[error("the search took longer than it may; narrow it with more words, a field or dates")]
    TimedOut,
    /// What was to be stored has no form as JSON.
    #[error("{what} cannot be stored: {source}; rename a file or folder whose name is no UTF-8")]
    Encode {
        /// What was to be stored.
        what: String,
        /// Why it cannot be.
        source: serde_json::Error,
    },
    /// An update failed after some of its changes may have become visible, with an engine that does not promise
    /// [`crate::Capabilities::atomic_update`].
    #[error("{0}; some changes may be visible already: the same command makes the rest")]
    Interrupted(Box<EngineError>),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The answer.
        source: std::io::Error,
    },
    /// The engine's answer: a damaged file, a full disk.
    #[error(
        "the index in {path} cannot be used: {message}; if it is damaged, make it anew with: findbuch index --rebuild"
    )]
    Failed {
        /// Where it is.
        path: PathBuf,
        /// The engine's message.
        message: String,
    },
}
