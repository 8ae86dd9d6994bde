//! Where an index lies on disk and what is committed with it.
//!
//! The index's folder holds a file `current` that names the generation in use, a folder `gen-N`. An update commits
//! within the generation; a rebuild fills a new generation and then replaces `current`, so that a kill at any moment
//! leaves a whole index.

use super::schema::{self, FORMAT, Fields};
use super::tokenizer;
use crate::alerts::saved::FOLDER as SAVED;
use crate::synonyms::FILE as SYNONYMS;
use crate::{EngineError, State};
use findbuch_files::system;
use findbuch_german::FINGERPRINT;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use tantivy::directory::MmapDirectory;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings};

const CURRENT: &str = "current";
const PREFIX: &str = "gen-";
/// Level of zstd and bytes of a block of stored articles: docs/BENCHMARKS.md has what others cost.
const ZSTD_LEVEL: i32 = 3;
const BLOCK_BYTES: usize = 128 << 10;

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
    /// The payload of this program for a state.
    pub fn of(state: &State) -> Payload {
        Payload { format: FORMAT, analyzer: FINGERPRINT.to_owned(), checksum: checksum(state), state: state.clone() }
    }

    fn is_ours(&self) -> bool {
        self.format == FORMAT && self.analyzer == FINGERPRINT
    }
}

fn checksum(state: &State) -> u64 {
    xxhash_rust::xxh3::xxh3_64(&serde_json::to_vec(state).unwrap_or_default())
}

/// An opened generation.
pub struct Opened {
    pub index: Index,
    pub fields: Fields,
    pub state: State,
    pub generation: PathBuf,
}

/// Opens the current generation below `path`.
pub fn open(path: &Path) -> Result<Opened, EngineError> {
    let generation = current(path)?.ok_or_else(|| EngineError::NoIndex(path.to_path_buf()))?;
    let payload = payload(path, &generation)?;
    if !payload.is_ours() {
        let found = format!("format {}, analyser \"{}\"", payload.format, payload.analyzer);
        return Err(EngineError::OtherVersion { path: path.to_path_buf(), found });
    }
    if payload.checksum != checksum(&payload.state) {
        let message =
            "meta.json: what is said there of folders and files has not the checksum it was written with".into();
        return Err(EngineError::Failed { path: path.to_path_buf(), message });
    }
    let failed = |error: tantivy::TantivyError| super::failed(path, &error);
    let directory = MmapDirectory::open(&generation).map_err(|e| super::failed(path, &e.into()))?;
    let mut index = Index::open(directory).map_err(failed)?;
    index.set_tokenizers(tokenizer::manager());
    let (schema, fields) = schema::build();
    if index.schema() != schema {
        let found = "another schema".to_owned();
        return Err(EngineError::OtherVersion { path: path.to_path_buf(), found });
    }
    Ok(Opened { index, fields, state: payload.state, generation })
}

/// The state of whatever index lies below `path`, of another version too; none where there is no index.
///
/// # Errors
/// When there is one and it cannot be read.
pub fn peek_state(path: &Path) -> Result<Option<State>, EngineError> {
    match current(path)? {
        Some(generation) => Ok(Some(payload(path, &generation)?.state)),
        None => Ok(None),
    }
}

/// What changes with every commit, cheap to read; none where there is no index.
#[must_use]
pub fn stamp(path: &Path) -> Option<String> {
    let generation = current(path).ok()??;
    let written = fs::metadata(generation.join("meta.json")).ok()?;
    let modified = written.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    let name = generation.file_name()?.to_string_lossy();
    Some(format!("{name}-{:x}-{:x}", modified.as_nanos(), written.len()))
}

/// Makes a new empty generation that is not yet the current one.
pub fn create(path: &Path) -> Result<(Index, Fields, PathBuf), EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    check_place(path)?;
    fs::create_dir_all(path).map_err(io)?;
    let next = generations(path).map_err(io)?.into_iter().max().unwrap_or(0) + 1;
    let generation = path.join(format!("{PREFIX}{next}"));
    fs::create_dir(&generation).map_err(io)?;
    let (schema, fields) = schema::build();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(ZSTD_LEVEL) }),
        docstore_blocksize: BLOCK_BYTES,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let directory = MmapDirectory::open(&generation).map_err(|e| super::failed(path, &e.into()))?;
    let index = Index::builder()
        .schema(schema)
        .settings(settings)
        .tokenizers(tokenizer::manager())
        .open_or_create(directory)
        .map_err(|e| super::failed(path, &e))?;
    Ok((index, fields, generation))
}

/// Makes a generation the current one and removes the others.
pub fn publish(path: &Path, generation: &Path) -> Result<(), EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    let name = generation.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let place = path.join(CURRENT);
    // nobody else writes while the lock is held
    findbuch_files::remove_unfinished(&place);
    findbuch_files::write(&place, name.as_bytes()).map_err(io)?;
    for number in generations(path).map_err(io)? {
        let other = path.join(format!("{PREFIX}{number}"));
        if other != generation {
            // a reader may hold files of it; what cannot be removed now is removed by the next rebuild
            let _ = fs::remove_dir_all(other);
        }
    }
    Ok(())
}

/// Lets those read the metadata who may read the folder: tantivy writes it through temporary files, which are private.
pub fn share_metadata(generation: &Path) -> Result<(), EngineError> {
    let share = || -> std::io::Result<()> {
        for name in ["meta.json", ".managed.json"] {
            let file = generation.join(name);
            if file.exists() {
                system::share_as_folder(&file, generation)?;
            }
        }
        Ok(())
    };
    share().map_err(|source| EngineError::Io { path: generation.to_path_buf(), source })
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
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(EngineError::Io { path: path.join(CURRENT), source }),
    };
    let name = name.trim();
    let valid = name.strip_prefix(PREFIX).is_some_and(|number| number.parse::<u32>().is_ok());
    let generation = path.join(name);
    if !valid || !generation.is_dir() {
        return Err(EngineError::Failed {
            path: path.to_path_buf(),
            message: format!("its file {CURRENT} names \"{}\", which is not there", name.escape_default()),
        });
    }
    Ok(Some(generation))
}

/// Reads the payload without the engine, so that another version's can be told.
fn payload(path: &Path, generation: &Path) -> Result<Payload, EngineError> {
    #[derive(Deserialize)]
    struct Meta {
        payload: Option<String>,
    }
    let file = generation.join("meta.json");
    let damaged = |message: String| EngineError::Failed { path: path.to_path_buf(), message };
    let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData | std::io::ErrorKind::NotFound => damaged(format!("meta.json: {error}")),
        _ => EngineError::Io { path: file.clone(), source: error },
    })?;
    let meta: Meta = serde_json::from_str(&text).map_err(|e| damaged(format!("meta.json: {e}")))?;
    let payload = meta.payload.ok_or_else(|| damaged("meta.json has no payload".into()))?;
    serde_json::from_str(&payload).map_err(|e| damaged(format!("meta.json: {e}")))
}

/// Numbers of the generations below `path`.
fn generations(path: &Path) -> std::io::Result<Vec<u32>> {
    Ok(fs::read_dir(path)?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_prefix(PREFIX)?.parse().ok())
        .collect())
}

/// Refuses to write between another program's files.
fn check_place(path: &Path) -> Result<(), EngineError> {
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
            || name == SYNONYMS
            || name == SAVED)
    });
    if foreign { Err(EngineError::NotAnIndex(path.to_path_buf())) } else { Ok(()) }
}

/// The file that is locked by the one program that writes.
pub const LOCK: &str = "writer.lock";

/// Takes the lock that only one writer holds; it is given back when the file is dropped, or the process ends.
pub fn lock(path: &Path) -> Result<fs::File, EngineError> {
    let io = |source| EngineError::Io { path: path.to_path_buf(), source };
    check_place(path)?;
    fs::create_dir_all(path).map_err(io)?;
    let file = fs::OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK)).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(EngineError::Locked(path.to_path_buf())),
        Err(fs::TryLockError::Error(source)) => Err(io(source)),
    }
}
