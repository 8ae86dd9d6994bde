//! What an index knows of its folders and files: committed together with the articles.

use findbuch_german::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// What is committed with the articles.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    /// The indexed folders and files, absolute.
    #[serde(with = "findbuch_files::paths::as_texts")]
    pub folders: Vec<PathBuf>,
    /// When the last update ended, RFC 3339 in UTC.
    pub updated: String,
    /// When the last update began that looked at all folders, RFC 3339 in UTC; empty where none has said so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub walked: String,
    /// Those of the folders that are gone; their articles are kept.
    #[serde(with = "findbuch_files::paths::as_texts", skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<PathBuf>,
    /// Files, or records of files, that could not be read.
    pub problems: Vec<KnownProblem>,
    /// Updates so far.
    pub updates: u64,
    /// What the archive taught about compounds when its index was made.
    pub vocabulary: Arc<Vocabulary>,
    /// Lines that the archive's sources repeat, as hashes: they were found when the index was made.
    pub boilerplate: Arc<BTreeSet<u64>>,
    /// Where the articles were copied from, if they were and no update has followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copied: Option<CopiedFrom>,
    /// Whether names are recognised, as it was wanted when the index was made.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub names: bool,
}

/// The index that another is a copy of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedFrom {
    /// Its folder or its address.
    pub place: String,
    /// Whether all of it was copied.
    pub whole: bool,
}

/// A file that could not be read as it was then, or not wholly indexed; it is not read again until it changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownProblem {
    /// Absolute path of the file, as text.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Last modification, nanoseconds since 1970.
    pub mtime: i64,
    /// Fingerprint of the settings that it was read under.
    #[serde(default)]
    pub settings: u64,
    /// The whole message, with path and line; the reason alone where the file is no article by its kind.
    pub message: String,
    /// Absolute path, as text, of the file with a later version of an article of this one; empty where it is none of that. The file
    /// is read again when the other one changes or goes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub replaced_by: String,
}

/// A file as it was when its articles were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileState {
    /// Absolute path, as text: see [`findbuch_files::encode_path`].
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// Last modification, nanoseconds since 1970.
    pub mtime: i64,
    /// XXH3 of its bytes.
    pub hash: u64,
    /// Fingerprint of the settings that it was read under; 0 without.
    pub settings: u64,
    /// Articles of it in the index.
    pub articles: u64,
}

impl FileState {
    /// Whether it is one of these files, or lies below one of these folders.
    #[must_use]
    pub fn is_below(&self, paths: &[PathBuf]) -> bool {
        let path = findbuch_files::decode_path(&self.path);
        paths.iter().any(|below| path.starts_with(below))
    }
}
