//! Where an index lies on disk and what is committed with it.
//!
//! The index's folder has a file `current` that names the generation in use, a folder `gen-N`. An update commits
//! within the generation; a rebuild fills a new generation and then replaces `current`, so that a kill at any moment
//! leaves a whole index. Readers take no lock that a writer waits for: who finds a file missing reads `current` again, since
//! another generation or commit has most likely taken its place.

use super::codec::{Codec, DICTIONARY};
use super::directory::{GenerationFolder, META};
use super::readers;
use super::schema::{self, FORMAT, Fields};
use crate::sealed::unseal;
use crate::{EngineError, State};
use findbuch_article::Article;
use findbuch_german::FINGERPRINT;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, TantivyError};

/// The file that names the generation in use, and how names of generations begin.
pub const CURRENT: &str = "current";
pub const PREFIX: &str = "gen-";
/// The file that is locked by the one program that writes.
const LOCK: &str = "writer.lock";
/// How often an index is opened at most whose files change meanwhile, and how long is waited in between where nothing seems to
/// have changed.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(5);
/// Attempts where nothing has changed: then the index is damaged.
const UNCHANGED: u32 = 3;
/// Bytes of a block of stored articles, which are compressed each by itself.
const BLOCK_BYTES: usize = 16 << 10;

/// What is committed with the articles, as tantivy's payload.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    /// [`FORMAT`] of the program that made the index.
    pub format: u32,
    /// [`FINGERPRINT`] of its analyser.
    pub analyzer: String,
    /// XXH3 of the rest as JSON.
    pub checksum: u64,
    /// The rest.
    #[serde(flatten)]
    pub state: State,
}

impl Payload {
    /// The payload of this program for a state, as tantivy keeps it.
    pub fn text(state: &State) -> Result<String, EngineError> {
        let encode = |source| EngineError::Encode { what: "the list of folders and unreadable files".into(), source };
        let checksum = checksum(state).map_err(encode)?;
        let payload = Payload { format: FORMAT, analyzer: FINGERPRINT.to_owned(), checksum, state: state.clone() };
        serde_json::to_string(&payload).map_err(encode)
    }

    fn is_ours(&self) -> bool {
        self.format == FORMAT && self.analyzer == FINGERPRINT
    }
}

fn checksum(state: &State) -> serde_json::Result<u64> {
    Ok(xxhash_rust::xxh3::xxh3_64(&serde_json::to_vec(state)?))
}

/// An opened generation.
pub struct Opened {
    pub index: Index,
    pub fields: Fields,
    pub state: State,
    pub generation: PathBuf,
    /// Keeps the generation from being removed.
    pub reading: Option<fs::File>,
}

/// Does what reads the files of a commit, once more where it fails and another commit has taken the place of that one.
pub fn steadily<T>(path: &Path, read: impl Fn() -> Result<T, EngineError>) -> Result<T, EngineError> {
    let mut unchanged = 0;
    for _ in 0..ATTEMPTS {
        let before = commit_stamp(path).ok();
        match read() {
            Err(EngineError::Failed { .. } | EngineError::Io { .. }) => {}
            done => return done,
        }
        if commit_stamp(path).ok() == before {
            unchanged += 1;
            if unchanged == UNCHANGED {
                break;
            }
            std::thread::sleep(PAUSE);
        }
    }
    read()
}

/// Opens the current generation below `path`.
pub fn open(path: &Path) -> Result<Opened, EngineError> {
    steadily(path, || open_once(path))
}

/// As [`open`], without a second attempt.
pub fn open_once(path: &Path) -> Result<Opened, EngineError> {
    let generation = current(path)?.ok_or_else(|| EngineError::NoIndex(path.to_path_buf()))?;
    let reading = readers::enter(&generation);
    let payload = payload(path, &generation)?;
    if !payload.is_ours() {
        let found = format!("format {}, analyser \"{}\"", payload.format, payload.analyzer);
        return Err(EngineError::OtherVersion { path: path.to_path_buf(), found });
    }
    if checksum(&payload.state).ok() != Some(payload.checksum) {
        let message = format!("{META}: the state of folders and files does not have the checksum it was written with");
        return Err(EngineError::Failed { path: path.to_path_buf(), message });
    }
    let failed = |error: tantivy::TantivyError| super::failed(path, &error);
    let directory = GenerationFolder::open(&generation).map_err(|e| super::failed(path, &e.into()))?;
    let index = Index::open(directory).map_err(failed)?;
    let (schema, mut fields) = schema::build();
    if index.schema() != schema {
        let found = "another schema".to_owned();
        return Err(EngineError::OtherVersion { path: path.to_path_buf(), found });
    }
    let codec = Codec::read(&generation);
    fields.codec = Arc::new(codec.map_err(|e| failed(TantivyError::InternalError(format!("{DICTIONARY}: {e}"))))?);
    Ok(Opened { index, fields, state: payload.state, generation, reading })
}

/// The state of the index below `path`, even if it is of another version; none where there is no index.
pub fn state(path: &Path) -> Result<Option<State>, EngineError> {
    steadily(path, || match current(path)? {
        Some(generation) => Ok(Some(payload(path, &generation)?.state)),
        None => Ok(None),
    })
}

/// The folders of the latest generation whose list of them is whole, where nobody knows which is the current one.
pub fn last_known_folders(path: &Path) -> Vec<PathBuf> {
    let mut numbers = numbers(path).unwrap_or_default();
    numbers.sort_unstable();
    let folders = |number: u32| {
        let payload = payload(path, &path.join(format!("{PREFIX}{number}"))).ok()?;
        (checksum(&payload.state).ok() == Some(payload.checksum)).then_some(payload.state.folders)
    };
    numbers.into_iter().rev().find_map(folders).unwrap_or_default()
}

/// A text that changes with every commit, cheap to read; none where there is no index.
pub fn stamp(path: &Path) -> Result<Option<String>, EngineError> {
    steadily(path, || commit_stamp(path))
}

fn commit_stamp(path: &Path) -> Result<Option<String>, EngineError> {
    let Some(generation) = current(path)? else { return Ok(None) };
    let file = generation.join(META);
    let written = fs::metadata(&file).and_then(|metadata| Ok((metadata.modified()?, metadata.len())));
    let (modified, bytes) = written.map_err(|error| unreadable_meta(path, &file, error))?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let name = generation.file_name().unwrap_or_default().to_string_lossy();
    Ok(Some(format!("{name}-{since:x}-{bytes:x}")))
}

/// Makes a new empty generation, for articles like those of a sample, that is not yet the current one.
pub fn create(path: &Path, sample: &[Article]) -> Result<(Index, Fields, PathBuf), EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    findbuch_files::create_folder(path).map_err(io)?;
    let next = numbers(path).map_err(io)?.into_iter().max().unwrap_or(0) + 1;
    let generation = path.join(format!("{PREFIX}{next}"));
    fs::create_dir(&generation).map_err(io)?;
    readers::allow(&generation).map_err(io)?;
    let (schema, mut fields) = schema::build();
    fields.codec = Arc::new(Codec::of(sample));
    fields.codec.write(&generation).map_err(io)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: BLOCK_BYTES,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let directory = GenerationFolder::open(&generation).map_err(|e| super::failed(path, &e.into()))?;
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
        .open_or_create(directory)
        .map_err(|e| super::failed(path, &e))?;
    Ok((index, fields, generation))
}

/// Makes a generation the current one; durable when it returns. The one before stays for its readers.
pub fn publish(path: &Path, generation: &Path) -> Result<(), EngineError> {
    let name = generation.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    findbuch_files::write(&path.join(CURRENT), format!("{name} {}\n", sum(name)).as_bytes())
        .map_err(|source| EngineError::Io { path: path.to_path_buf(), source })
}

/// The XXH3 of a name, without which a flipped bit could name the generation before.
fn sum(name: &str) -> String {
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(name.as_bytes()))
}

/// Bytes of the current generation.
pub fn size(path: &Path) -> Result<u64, EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    let Some(generation) = current(path)? else { return Ok(0) };
    let mut bytes = 0;
    for entry in fs::read_dir(generation).map_err(io)? {
        bytes += entry.and_then(|entry| entry.metadata()).map_or(0, |metadata| metadata.len());
    }
    Ok(bytes)
}

/// The folder of the current generation.
pub fn current(path: &Path) -> Result<Option<PathBuf>, EngineError> {
    if path.is_file() {
        return Err(EngineError::IsFile(path.to_path_buf()));
    }
    let name = match fs::read(path.join(CURRENT)) {
        Ok(name) => String::from_utf8_lossy(&name).into_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(EngineError::Io { path: path.join(CURRENT), source }),
    };
    let damaged = |message: String| EngineError::Failed { path: path.to_path_buf(), message };
    // earlier versions wrote no checksum
    let (name, sealed) = name.trim().split_once(' ').map_or((name.trim(), None), |(name, sum)| (name, Some(sum)));
    if sealed.is_some_and(|sealed| sealed != sum(name)) {
        return Err(damaged(format!("its file {CURRENT} does not have the checksum it was written with")));
    }
    let valid = name.strip_prefix(PREFIX).is_some_and(|number| number.parse::<u32>().is_ok());
    let generation = path.join(name);
    if !valid || !generation.is_dir() {
        return Err(damaged(format!("its file {CURRENT} names \"{}\", which is not there", name.escape_default())));
    }
    Ok(Some(generation))
}

/// Reads the payload without the engine, so that those of other versions are recognised.
fn payload(path: &Path, generation: &Path) -> Result<Payload, EngineError> {
    #[derive(Deserialize)]
    struct Meta {
        payload: Option<String>,
    }
    let file = generation.join(META);
    let damaged = |message: String| EngineError::Failed { path: path.to_path_buf(), message };
    let bytes =
        fs::read(&file).and_then(|bytes| unseal(&bytes)).map_err(|error| unreadable_meta(path, &file, error))?;
    let meta: Meta = serde_json::from_slice(&bytes).map_err(|e| damaged(format!("{META}: {e}")))?;
    let payload = meta.payload.ok_or_else(|| damaged(format!("{META} has no payload")))?;
    serde_json::from_str(&payload).map_err(|e| damaged(format!("{META}: {e}")))
}

/// A file of metadata that is missing or no text is damage; any other failure is an error of the system.
fn unreadable_meta(path: &Path, file: &Path, error: io::Error) -> EngineError {
    match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::NotFound => {
            EngineError::Failed { path: path.to_path_buf(), message: format!("{META}: {error}") }
        }
        _ => EngineError::Io { path: file.to_path_buf(), source: error },
    }
}

/// Numbers of the generations below `path`.
pub fn numbers(path: &Path) -> io::Result<Vec<u32>> {
    Ok(fs::read_dir(path)?.filter_map(|entry| number(&entry.ok()?.path())).collect())
}

/// The number of a generation.
pub fn number(generation: &Path) -> Option<u32> {
    generation.file_name()?.to_str()?.strip_prefix(PREFIX)?.parse().ok()
}

/// Refuses to write between the files of another program; those named in `beside` are ours.
pub fn check_place(path: &Path, beside: &[&str]) -> Result<(), EngineError> {
    if path.is_file() {
        return Err(EngineError::IsFile(path.to_path_buf()));
    }
    let Ok(entries) = fs::read_dir(path) else { return Ok(()) };
    let foreign = entries.filter_map(Result::ok).any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        !(name.starts_with(PREFIX)
            || name.trim_start_matches('.').starts_with(CURRENT)
            || name == ".gitignore"
            || name == LOCK
            || beside.contains(&&*name))
    });
    if foreign { Err(EngineError::NotAnIndex(path.to_path_buf())) } else { Ok(()) }
}

/// Takes the lock that only one writer holds; it is given back when the file is dropped, or the process ends.
pub fn lock(path: &Path) -> Result<fs::File, EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    findbuch_files::create_folder(path).map_err(io)?;
    let opened = fs::OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK));
    let file = opened.map_err(|source| match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if path.join(CURRENT).exists() => {
            EngineError::ReadOnly(path.to_path_buf())
        }
        _ => io(source),
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(EngineError::Locked(path.to_path_buf())),
        Err(fs::TryLockError::Error(source)) => Err(io(source)),
    }
}
