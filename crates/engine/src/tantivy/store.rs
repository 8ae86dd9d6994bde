//! An index in its folder, of which [`generations`] knows the files, as a [`Store`].

use super::guarded::{Guarded, guarded};
use super::writer::TantivyLock;
use super::{check, generations};
use crate::{Capabilities, Checked, Engine, EngineError, State, Store, WriteLock};
use findbuch_article::Article;
use std::path::{Path, PathBuf};

/// An index of tantivy in a folder.
pub struct TantivyStore {
    path: PathBuf,
    /// Names of files and folders beside the index that belong to findbuch.
    beside: &'static [&'static str],
}

impl TantivyStore {
    /// The index in the folder `path`, where others keep the files and folders named in `beside`.
    pub fn new(path: &Path, beside: &'static [&'static str]) -> TantivyStore {
        TantivyStore { path: path.to_path_buf(), beside }
    }
}

impl Store for TantivyStore {
    fn capabilities(&self) -> Capabilities {
        Capabilities { atomic_update: true, atomic_rebuild: true, stories: true }
    }

    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        Ok(Box::new(Guarded::open(&self.path)?))
    }

    fn state(&self) -> Result<Option<State>, EngineError> {
        generations::state(&self.path)
    }

    fn last_known_folders(&self) -> Vec<PathBuf> {
        generations::last_known_folders(&self.path)
    }

    fn stamp(&self) -> Result<Option<String>, EngineError> {
        generations::stamp(&self.path)
    }

    fn check(&self, is_whole: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError> {
        guarded(&self.path, || check::check(&self.path, is_whole))
    }

    fn lock(&self) -> Result<Box<dyn WriteLock>, EngineError> {
        generations::check_place(&self.path, self.beside)?;
        Ok(Box::new(TantivyLock::take(&self.path)?))
    }
}
