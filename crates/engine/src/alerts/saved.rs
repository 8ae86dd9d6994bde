//! Saved searches: one JSON file each in a folder, with what has been seen of its result.
//!
//! `crate::kept` says how they are written.

use crate::alerts::seen::Seen;
use crate::collections::Members;
use crate::kept::{Folder, Kept, KeptError, MAX_NAME};
use crate::plan::related::Relatives;
use crate::plan::request::ExpansionOptions;
use crate::synonyms::Synonyms;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const SCHEMA: &str = "findbuch.saved/1";

/// Why a saved search cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// The name cannot be that of a file.
    #[error("\"{0}\" cannot name a search; take up to {MAX_NAME} letters, digits, - and _")]
    Name(String),
    /// There is none of the name.
    #[error("there is no saved search \"{0}\"; list them with: findbuch saved")]
    Unknown(String),
    /// There is one already.
    #[error("there is a saved search \"{0}\" already; take another name, or --replace")]
    Exists(String),
    /// Another program uses or changes it.
    #[error("another findbuch is just using the saved search \"{0}\"; wait for it to end")]
    Busy(String),
    /// The file is not what was written.
    #[error("{path} is damaged: {message}; remove the search with findbuch saved --delete and save it again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// What has been seen cannot be remembered.
    #[error(
        "{0} cannot be written, and what has been seen is remembered there; ask who keeps the index, or look without remembering: findbuch news --peek"
    )]
    ReadOnly(PathBuf),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The answer.
        source: io::Error,
    },
}

impl From<KeptError> for SavedError {
    fn from(error: KeptError) -> SavedError {
        match error {
            KeptError::Name(name) => SavedError::Name(name),
            KeptError::Unknown(name) => SavedError::Unknown(name),
            KeptError::Busy(name) => SavedError::Busy(name),
            KeptError::Damaged { path, message } => SavedError::Damaged { path, message },
            KeptError::ReadOnly(folder) => SavedError::ReadOnly(folder),
            KeptError::Io { path, source } => SavedError::Io { path, source },
        }
    }
}

/// A saved search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    schema: String,
    /// Its name.
    pub name: String,
    /// The query as typed.
    pub query: String,
    /// Whether words are searched as typed alone.
    pub exact: bool,
    /// Whether other spellings and synonyms are left out.
    pub no_variants: bool,
    /// Absolute folder or file that hits must come from.
    #[serde(default, with = "findbuch_files::paths::as_optional_text")]
    pub within: Option<PathBuf>,
    /// When it was saved, RFC 3339 in UTC.
    pub saved: String,
    /// When news were last asked for.
    pub asked: Option<String>,
    /// News on their way into a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// What has been seen of its result.
    #[serde(flatten)]
    pub seen: Seen,
}

/// News in a file that is not in its place yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The file beside its place.
    #[serde(with = "findbuch_files::paths::as_text")]
    beside: PathBuf,
    /// Its place: the news have been seen when the file there has the digest.
    #[serde(with = "findbuch_files::paths::as_text")]
    place: PathBuf,
    /// XXH3 of the file.
    digest: u64,
    /// When they were asked for.
    asked: String,
    /// What has been seen then and had not been before.
    #[serde(flatten)]
    seen: Seen,
}

impl Pending {
    /// News in the file `beside`, which goes to `place`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(beside: &Path, place: &Path, asked: String, seen: Seen) -> Result<Pending, SavedError> {
        let digest = digest(beside).map_err(|source| SavedError::Io { path: beside.to_path_buf(), source })?;
        Ok(Pending { beside: beside.to_path_buf(), place: place.to_path_buf(), digest, asked, seen })
    }
}

/// XXH3 of a file, read piece by piece.
fn digest(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(hash.digest());
        }
        hash.update(piece.get(..read).unwrap_or_default());
    }
}

impl Saved {
    /// A search of which nothing has been seen.
    #[must_use]
    pub fn new(name: String, query: String, saved: String) -> Saved {
        Saved {
            schema: SCHEMA.into(),
            name,
            query,
            exact: false,
            no_variants: false,
            within: None,
            saved,
            asked: None,
            pending: None,
            seen: Seen::default(),
        }
    }

    /// What its words are searched as.
    #[must_use]
    pub fn expansion<'a>(&self, own: Own<'a>) -> ExpansionOptions<'a> {
        let names = !self.exact && !self.no_variants;
        ExpansionOptions {
            german: !self.exact,
            names,
            related: Relatives::default(),
            synonyms: own.synonyms.filter(|_| names),
            excluded: &[],
            compounds: true,
            members: own.members,
        }
    }

    /// Resolves pending news of a program that was killed: they have been seen if their file is in its place, else they are news
    /// again. Returns the file that was left beside the place.
    pub fn recover(&mut self) -> Option<PathBuf> {
        let pending = self.pending.take()?;
        // a file that was taken away since leaves this open: better news twice than never
        if digest(&pending.place).ok() != Some(pending.digest) {
            return Some(pending.beside);
        }
        self.seen.extend(pending.seen);
        self.asked = Some(pending.asked);
        None
    }
}

/// What of the reader's own a search takes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own<'a> {
    /// Synonyms.
    pub synonyms: Option<&'a Synonyms>,
    /// The articles of collections.
    pub members: Option<&'a Members>,
}

impl Kept for Saved {
    const SCHEMA: &'static str = SCHEMA;
    // some 25 million articles
    const MAX_BYTES: u64 = 1 << 30;

    fn name(&self) -> &str {
        &self.name
    }

    fn schema(&self) -> &str {
        &self.schema
    }
}

/// Held by the one program that uses or changes a search.
#[derive(Debug)]
pub struct Lock(crate::kept::Lock);

/// Saved searches.
#[derive(Debug, Clone)]
pub struct SavedSearches(Folder);

impl SavedSearches {
    /// Those in `folder`, which is made when a search is saved; see [`crate::IndexDir::saved_searches`].
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> SavedSearches {
        SavedSearches(Folder::new(folder))
    }

    /// Their names in order.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn names(&self) -> Result<Vec<String>, SavedError> {
        Ok(self.0.names()?)
    }

    /// The search of a name.
    ///
    /// # Errors
    /// When there is none, or it cannot be read.
    pub fn load(&self, name: &str) -> Result<Saved, SavedError> {
        Ok(self.0.load(name)?)
    }

    /// Whether there is one of a name.
    ///
    /// # Errors
    /// When the name cannot be one.
    pub fn has(&self, name: &str) -> Result<bool, SavedError> {
        Ok(self.0.has(name)?)
    }

    /// Takes the lock of a search.
    ///
    /// # Errors
    /// When another program has it, or the folder cannot be written.
    pub fn lock(&self, name: &str) -> Result<Lock, SavedError> {
        Ok(Lock(self.0.lock(name)?))
    }

    /// Writes a search, whole and durable, in place of what was there.
    ///
    /// # Errors
    /// When it cannot be written; then what was there is as it was.
    pub fn write(&self, saved: &Saved, lock: &Lock) -> Result<(), SavedError> {
        Ok(self.0.write(saved, &lock.0)?)
    }

    /// Removes a search.
    ///
    /// # Errors
    /// When there is none, or it cannot be removed.
    pub fn delete(&self, name: &str, lock: &Lock) -> Result<(), SavedError> {
        Ok(self.0.delete(name, &lock.0)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let searches = SavedSearches::in_folder(folder.path().join("saved"));
        assert_eq!(searches.names().expect("none"), Vec::<String>::new());
        let mut saved = Saved::new("Orgel-1".into(), "\"alte Orgel\" -Verkauf".into(), "2026-01-02T03:04:05Z".into());
        saved.seen.known.insert(u64::MAX);
        saved.seen.known.insert(7);
        let lock = searches.lock("Orgel-1").expect("the lock");
        searches.write(&saved, &lock).expect("written");
        assert_eq!(searches.load("Orgel-1").expect("read"), saved);
        assert!(matches!(searches.lock("Orgel-1"), Err(SavedError::Busy(_))));
        assert_eq!(searches.names().expect("one"), ["Orgel-1"]);
        searches.delete("Orgel-1", &lock).expect("deleted");
        assert!(matches!(searches.load("Orgel-1"), Err(SavedError::Unknown(_))));
    }

    #[test]
    fn names_stay_in_the_folder() {
        let searches = SavedSearches::in_folder("/nowhere".into());
        for name in ["", "../x", "a/b", ".", "a b", "x\0", &"x".repeat(65)] {
            assert!(matches!(searches.has(name), Err(SavedError::Name(_))), "{name}");
        }
        assert!(!searches.has("Müller_2-x").expect("a name"));
    }
}
