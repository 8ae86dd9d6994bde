//! What an update did: numbers, problems and ignored files.

use findbuch_corpus::Ignored;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files that are no articles for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredFiles {
    /// Their number.
    pub count: u64,
    /// The first ones.
    pub example: PathBuf,
}

/// What an update did.
#[derive(Debug, Default)]
pub struct Summary {
    /// Articles that the index did not have.
    pub new: u64,
    /// Articles that changed.
    pub changed: u64,
    /// Unchanged articles.
    pub unchanged: u64,
    /// Articles of renamed files.
    pub renamed: u64,
    /// Articles that are gone.
    pub removed: u64,
    /// Unchanged files.
    pub unchanged_files: u64,
    /// Files of which articles were read.
    pub read_files: u64,
    /// Files that are gone, with their articles.
    pub removed_files: u64,
    /// Files that were not read because the update was stopped.
    pub left: u64,
    /// Bytes read.
    pub bytes: u64,
    /// A folder that has another place, where that was found or said: the old and the new one.
    pub moved: Option<(PathBuf, PathBuf)>,
    /// What could not be read, each with its path.
    pub problems: Vec<String>,
    /// Files that are no articles by their kind.
    pub ignored: BTreeMap<Ignored, IgnoredFiles>,
}

impl Summary {
    /// Whether the index was changed.
    #[must_use]
    pub fn changed_anything(&self) -> bool {
        self.read_files + self.removed_files + self.renamed > 0
    }

    /// Counts a file that is no article by its kind.
    pub(super) fn ignore(&mut self, path: &Path, why: Ignored) {
        let files = self.ignored.entry(why).or_insert_with(|| IgnoredFiles { count: 0, example: path.to_path_buf() });
        files.count += 1;
    }

    /// Counts what is no article by its kind, and lists what could not be read.
    pub(super) fn note(&mut self, path: &Path, message: String) {
        match Ignored::named(&message) {
            Some(why) => self.ignore(path, why),
            None => self.problems.push(message),
        }
    }
}
