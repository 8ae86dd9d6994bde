//! Indexed folders that are gone, moved, or to be forgotten.

use super::UpdateRequest;
use findbuch_engine::{Engine, EngineError, FileState, State, Store, WriterOptions};
use findbuch_files::{decode_path, encode_path};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Files that are compared before a folder is taken for one that has moved.
const COMPARED: usize = 20;

/// Why a folder cannot be forgotten or moved.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The index does not have it.
    #[error("{path} is no folder of the index; it has {known}")]
    Unknown {
        /// As named.
        path: PathBuf,
        /// The folders of the index.
        known: String,
    },
    /// The next update would read it again.
    #[error(
        "{path} lies in the indexed folder {folder}, which would bring it back: leave it out there with exclude in findbuch.toml"
    )]
    Within {
        /// As named.
        path: PathBuf,
        /// The indexed folder.
        folder: PathBuf,
    },
    /// The index cannot be used.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// A folder that has another place: the old and the new one.
#[derive(Debug, Default)]
pub struct Moved(pub Option<(PathBuf, PathBuf)>);

impl Moved {
    /// Where it was.
    pub fn old(&self) -> Option<&PathBuf> {
        self.0.as_ref().map(|(old, _)| old)
    }
}

/// Whether nothing is in the place of a folder.
pub fn is_gone(folder: &Path) -> bool {
    folder.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// That a folder is gone, and what can be done; said once.
pub fn told(folder: &Path, rebuilt: bool) -> String {
    let folder = encode_path(folder);
    let kept = if rebuilt {
        "none of its articles could be read"
    } else {
        "its articles are kept, and marked where they are found"
    };
    format!(
        "{folder}: is gone; {kept}: leave it out with findbuch forget \"{folder}\", or say where it is with findbuch move \"{folder}\" NEW"
    )
}

/// The indexed folder that a request says has moved, or that is gone while a new one has its files.
pub fn moved(request: &UpdateRequest<'_>, before: &State, index: Option<&dyn Engine>) -> Result<Moved, EngineError> {
    let [new] = request.paths else { return Ok(Moved::default()) };
    let pair = |old: &Path| Moved(Some((old.to_path_buf(), new.clone())));
    if let Some(old) = request.moved {
        return Ok(pair(old));
    }
    let Some(index) = index.filter(|_| !before.folders.iter().any(|folder| new.starts_with(folder))) else {
        return Ok(Moved::default());
    };
    for old in before.folders.iter().filter(|folder| is_gone(folder)) {
        if has_its_files(index, old, new)? {
            return Ok(pair(old));
        }
    }
    Ok(Moved::default())
}

/// Whether files of the old folder that the index knows are in the new one with the same bytes.
fn has_its_files(index: &dyn Engine, old: &Path, new: &Path) -> Result<bool, EngineError> {
    let mut files: Vec<FileState> = Vec::new();
    let mut count = 0_usize;
    index.files(&[old.to_path_buf()], &mut |file| {
        count += 1;
        // ever fewer of them, spread over all
        if files.len() < COMPARED || count.is_power_of_two() {
            files.push(file);
        }
    })?;
    let is_there = |file: &FileState| {
        let path = decode_path(&file.path);
        let below = path.strip_prefix(old).ok()?;
        let place = new.join(below);
        let same = place.metadata().is_ok_and(|found| found.len() == file.size);
        Some(same && findbuch_corpus::hash(&place).is_ok_and(|hash| hash == file.hash))
    };
    Ok(!files.is_empty() && files.iter().all(|file| is_there(file) == Some(true)))
}

/// The folder of the index that a path names, which may be gone.
///
/// # Errors
/// When it names none.
pub fn named(before: &State, path: &Path) -> Result<PathBuf, FolderError> {
    if let Some(folder) = before.folders.iter().find(|folder| *folder == path) {
        return Ok(folder.clone());
    }
    let path = path.to_path_buf();
    if let Some(folder) = before.folders.iter().find(|folder| path.starts_with(folder)) {
        return Err(FolderError::Within { path, folder: folder.clone() });
    }
    let known: Vec<String> = before.folders.iter().map(|folder| encode_path(folder)).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(FolderError::Unknown { path, known })
}

/// Removes an indexed folder with its articles from the index; the folder itself stays as it is. Gives the number of its files.
///
/// # Errors
/// When the folder is none of the index, or that cannot be written.
pub fn forget(store: &dyn Store, path: &Path) -> Result<u64, FolderError> {
    let lock = store.lock()?;
    let before = store.state()?.unwrap_or_default();
    let folder = named(&before, path)?;
    let index = store.open()?;
    let mut state = State { updates: before.updates + 1, ..before };
    state.folders.retain(|other| *other != folder);
    state.gone.retain(|other| *other != folder);
    state.problems.retain(|problem| !decode_path(&problem.path).starts_with(&folder));
    let writer = lock.writer(&WriterOptions::new(&state))?;
    let mut files = 0;
    index.files(&[folder], &mut |file| {
        files += 1;
        writer.remove(&file.path);
    })?;
    writer.commit(&state)?;
    Ok(files)
}
