//! What the reader keeps beside an index: one JSON file for each record in a folder, named after the record.
//!
//! A file is sealed, written beside its place, synced and renamed, by whoever holds the record's lock; so it is whole at any time.
//! Records do not belong to an engine: an index made anew leaves them as they are.

use crate::sealed::{seal, unseal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Most characters of a name.
pub const MAX_NAME: usize = 64;

/// Why a record cannot be used.
#[derive(Debug)]
pub enum KeptError {
    /// The name cannot be that of a file.
    Name(String),
    /// There is none of the name.
    Unknown(String),
    /// Another program uses or changes it.
    Busy(String),
    /// The file is not what was written.
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The folder cannot be written.
    ReadOnly(PathBuf),
    /// The operating system's answer.
    Io {
        /// What was read or written.
        path: PathBuf,
        /// The answer.
        source: io::Error,
    },
}

/// A record that is kept.
pub trait Kept: Serialize + DeserializeOwned {
    /// The schema that this version writes.
    const SCHEMA: &'static str;
    /// Most bytes of a file.
    const MAX_BYTES: u64;

    /// Its name.
    fn name(&self) -> &str;

    /// The schema that its file names.
    fn schema(&self) -> &str;
}

/// Held by the one program that uses or changes a record.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

/// A folder of records.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder `path`, which is made when a record is written.
    pub fn new(path: PathBuf) -> Folder {
        Folder(path)
    }

    /// The names of its records in order.
    pub fn names(&self) -> Result<Vec<String>, KeptError> {
        let entries = match fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(KeptError::Io { path: self.0.clone(), source }),
        };
        let name = |entry: fs::DirEntry| Some(entry.file_name().to_str()?.strip_suffix(".json")?.to_owned());
        let mut names: Vec<String> = entries.filter_map(Result::ok).filter_map(name).collect();
        names.sort_by(|a, b| crate::collation::collate(a, b));
        Ok(names)
    }

    /// The record of a name.
    pub fn load<T: Kept>(&self, name: &str) -> Result<T, KeptError> {
        let path = self.file(name, "json")?;
        let damaged = |message: String| KeptError::Damaged { path: path.clone(), message };
        match fs::metadata(&path) {
            Ok(found) if found.len() > T::MAX_BYTES => return Err(damaged(format!("it has {} bytes", found.len()))),
            _ => {}
        }
        let text = fs::read(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => KeptError::Unknown(name.to_owned()),
            _ => KeptError::Io { path: path.clone(), source },
        })?;
        let text = unseal(&text).map_err(|error| damaged(error.to_string()))?;
        let record: T = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
        if record.schema() == T::SCHEMA {
            Ok(record)
        } else {
            Err(damaged(format!("its schema is {}", record.schema())))
        }
    }

    /// Whether there is one of a name.
    pub fn has(&self, name: &str) -> Result<bool, KeptError> {
        Ok(self.file(name, "json")?.exists())
    }

    /// Takes the lock of a record.
    pub fn lock(&self, name: &str) -> Result<Lock, KeptError> {
        let path = self.file(name, "lock")?;
        fs::create_dir_all(&self.0).map_err(|source| self.refused(&self.0, source))?;
        let options = File::options().create(true).truncate(false).write(true).open(&path);
        let file = options.map_err(|source| self.refused(&path, source))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(fs::TryLockError::WouldBlock) => Err(KeptError::Busy(name.to_owned())),
            Err(fs::TryLockError::Error(source)) => Err(KeptError::Io { path, source }),
        }
    }

    /// Writes a record, whole and durable, in place of what was there.
    pub fn write<T: Kept>(&self, record: &T, _lock: &Lock) -> Result<(), KeptError> {
        let path = self.file(record.name(), "json")?;
        let io = |source| self.refused(&path, source);
        let text = seal(&serde_json::to_vec(record).map_err(|error| io(error.into()))?);
        // nobody else writes while the lock is held
        findbuch_files::remove_unfinished(&path);
        findbuch_files::write(&path, &text).map_err(io)
    }

    /// Removes a record.
    pub fn delete(&self, name: &str, _lock: &Lock) -> Result<(), KeptError> {
        let path = self.file(name, "json")?;
        fs::remove_file(&path).map_err(|source| match source.kind() {
            ErrorKind::NotFound => KeptError::Unknown(name.to_owned()),
            _ => self.refused(&path, source),
        })?;
        // an empty file that is left is no record
        let _ = fs::remove_file(self.file(name, "lock")?);
        Ok(())
    }

    fn refused(&self, path: &Path, source: io::Error) -> KeptError {
        match source.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => KeptError::ReadOnly(self.0.clone()),
            _ => KeptError::Io { path: path.to_path_buf(), source },
        }
    }

    fn file(&self, name: &str, ending: &str) -> Result<PathBuf, KeptError> {
        let fits = (1..=MAX_NAME).contains(&name.chars().count());
        if fits && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            Ok(self.0.join(format!("{name}.{ending}")))
        } else {
            Err(KeptError::Name(name.escape_debug().to_string()))
        }
    }
}
