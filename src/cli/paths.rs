//! Paths that are named on the command line.

use clap::builder::{OsStringValueParser, TypedValueParser};
use findbuch_files::encode_path;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why a path that was named cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// Nothing is there.
    #[error("{0}: there is no such file or folder")]
    Missing(PathBuf),
    /// The operating system's answer.
    #[error("{path}: {source}")]
    Io {
        /// As named.
        path: PathBuf,
        /// The answer.
        source: std::io::Error,
    },
}

/// The path without links and dots.
///
/// # Errors
/// When nothing is there, or the system does not let it be reached.
pub fn canonical(path: &Path) -> Result<PathBuf, PathError> {
    path.canonicalize().map_err(|source| match source.kind() {
        ErrorKind::NotFound => PathError::Missing(path.to_path_buf()),
        _ => PathError::Io { path: path.to_path_buf(), source },
    })
}

/// Reads the id of an article or the path of its file; a path that is no UTF-8 becomes the text that findbuch has for it.
pub fn id_or_path() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|given| given.into_string().unwrap_or_else(|odd| encode_path(Path::new(&odd))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_absolute_or_named_as_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().canonicalize().expect("there");
        assert_eq!(canonical(&folder.path().join(".")).ok(), Some(there));
        let missing = canonical(&folder.path().join("fehlt")).expect_err("missing").to_string();
        assert!(missing.ends_with("fehlt: there is no such file or folder"), "{missing}");
    }
}
