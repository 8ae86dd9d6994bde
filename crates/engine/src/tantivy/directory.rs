//! The folder of a generation as tantivy reads and writes it: read without a lock and without a write, so that an index on a
//! medium that cannot be written is searched; what is renamed into its place is durable when the call returns.
//!
//! tantivy's own folder locks a file while a reader opens the segments, so that nobody removes them meanwhile. Here a reader
//! that finds a file missing opens the index once more (see [`super::generations`]), and writers are kept apart by the lock of
//! the index. tantivy's list of the files that it made is not kept: what belongs to a commit is in `meta.json`, and
//! [`super::leftovers`] removes the rest.

use crate::sealed::{seal, unseal};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// tantivy's file with the segments and payload of the last commit.
pub const META: &str = "meta.json";
/// tantivy's list of the files that it made.
const LIST: &str = ".managed.json";

/// The folder of a generation.
#[derive(Debug, Clone)]
pub struct GenerationFolder {
    inner: MmapDirectory,
    path: PathBuf,
}

impl GenerationFolder {
    /// The folder `path`, which must be there.
    pub fn open(path: &Path) -> Result<GenerationFolder, OpenDirectoryError> {
        Ok(GenerationFolder { inner: MmapDirectory::open(path)?, path: path.to_path_buf() })
    }
}

impl Directory for GenerationFolder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new(LIST) {
            return Err(OpenReadError::FileDoesNotExist(path.to_path_buf()));
        }
        let bytes = self.inner.atomic_read(path)?;
        if path != Path::new(META) {
            return Ok(bytes);
        }
        unseal(&bytes).map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let place = self.path.join(path);
        match path.to_str() {
            Some(LIST) => Ok(()),
            Some(META) => findbuch_files::write(&place, &seal(data)),
            _ => findbuch_files::write(&place, data),
        }
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::META_LOCK;

    #[test]
    fn reading_writes_nothing_and_the_list_is_not_kept() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = GenerationFolder::open(place.path()).expect("opened");
        let held = folder.acquire_lock(&META_LOCK).expect("no lock is needed");
        assert!(folder.acquire_lock(&META_LOCK).is_ok(), "nobody waits for another reader");
        drop(held);
        folder.atomic_write(Path::new(LIST), b"[]").expect("passed over");
        assert!(folder.atomic_read(Path::new(LIST)).is_err());
        assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), 0);
        folder.atomic_write(Path::new("meta.json"), b"{}").expect("written");
        assert_eq!(folder.atomic_read(Path::new("meta.json")).ok().as_deref(), Some(b"{}".as_slice()));
    }
}
