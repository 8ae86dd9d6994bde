//! What an index is named by: the engine that searches it, and the folder with what is the reader's own, beside the engine's files if
//! it has its files here.

use crate::alerts::saved::SavedSearches;
use crate::collections::Collections;
use crate::opensearch::OpenSearchStore;
use crate::opensearch::address::{Access, AddressError};
use crate::ranking::file::{self, FILE as SETTINGS, RankingError};
use crate::synonyms::{FILE as SYNONYMS, Synonyms, SynonymsError};
use crate::tantivy::TantivyStore;
use crate::{Engine, EngineError, Ranking, Store};
use findbuch_german::Analyzer;
use std::path::{Path, PathBuf};

/// Name of the folder of saved searches.
const SAVED: &str = "saved";
/// Name of the folder of collections.
const COLLECTIONS: &str = "collections";

/// An index's folder on this machine, and the cluster that has the index, if one has.
#[derive(Debug, Clone)]
pub struct IndexDir {
    path: PathBuf,
    cluster: Option<OpenSearchStore>,
}

impl IndexDir {
    /// The folder `path`, which need not be there yet.
    #[must_use]
    pub fn new(path: &Path) -> IndexDir {
        IndexDir { path: path.to_path_buf(), cluster: None }
    }

    /// The folder of an index that a cluster has: saved searches, synonyms and weights are in it.
    ///
    /// # Errors
    /// When the access cannot be used; the cluster is not asked.
    pub fn on_cluster(path: &Path, access: &Access) -> Result<IndexDir, AddressError> {
        Ok(IndexDir { path: path.to_path_buf(), cluster: Some(OpenSearchStore::new(access)?) })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The index. This is the one place where the engine is chosen.
    #[must_use]
    pub fn store(&self) -> Box<dyn Store> {
        match &self.cluster {
            Some(cluster) => Box::new(cluster.clone()),
            None => Box::new(TantivyStore::new(&self.path, &[SYNONYMS, SETTINGS, SAVED, COLLECTIONS])),
        }
    }

    /// Opens the index for searching.
    ///
    /// # Errors
    /// As [`Store::open`] has them.
    pub fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        self.store().open()
    }

    /// The saved searches.
    #[must_use]
    pub fn saved_searches(&self) -> SavedSearches {
        SavedSearches::in_folder(self.path.join(SAVED))
    }

    /// The collections.
    #[must_use]
    pub fn collections(&self) -> Collections {
        Collections::in_folder(self.collections_path())
    }

    /// Where the collections are, if there are any.
    #[must_use]
    pub fn collections_path(&self) -> PathBuf {
        self.path.join(COLLECTIONS)
    }

    /// Where the list of synonyms is, if there is one.
    #[must_use]
    pub fn synonyms_path(&self) -> PathBuf {
        self.path.join(SYNONYMS)
    }

    /// Where the weights of the ranking are set, if they are.
    #[must_use]
    pub fn ranking_path(&self) -> PathBuf {
        self.path.join(SETTINGS)
    }

    /// The weights of the ranking.
    ///
    /// # Errors
    /// When they are set and cannot be used.
    pub fn ranking(&self) -> Result<Ranking, RankingError> {
        file::read(&self.ranking_path())
    }

    /// The list of synonyms, if there is one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn synonyms(&self, analyzer: &mut Analyzer) -> Result<Option<Synonyms>, SynonymsError> {
        let path = self.synonyms_path();
        if path.exists() { Synonyms::read(&path, analyzer).map(Some) } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::saved::Saved;

    #[test]
    fn the_readers_own_files_are_no_foreign_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let index = IndexDir::new(folder.path());
        assert!(matches!(index.open(), Err(EngineError::NoIndex(_))));
        assert_eq!(index.synonyms(&mut Analyzer::default()).expect("no list"), None);
        std::fs::write(index.synonyms_path(), "Bahn, Zug\n").expect("written");
        assert!(index.synonyms(&mut Analyzer::default()).expect("read").is_some());
        std::fs::write(index.ranking_path(), "[ranking]\nlead = 1\n").expect("written");
        assert!((index.ranking().expect("read").lead - 1.0).abs() < f32::EPSILON);
        let searches = index.saved_searches();
        let lock = searches.lock("orgel").expect("the lock");
        searches.write(&Saved::new("orgel".into(), "Orgel".into(), String::new()), &lock).expect("written");
        assert!(index.store().lock().is_ok(), "there may be an index beside them");
        std::fs::write(folder.path().join("Diplomarbeit.odt"), "").expect("written");
        assert!(matches!(index.store().lock(), Err(EngineError::NotAnIndex(_))));
    }
}
