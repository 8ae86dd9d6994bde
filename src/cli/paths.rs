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

/// The path as the index has it: without links and dots where it is there; of what is gone, without those above it.
pub fn as_indexed(path: &Path) -> std::io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let there = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    let Some((above, whole)) = there else { return Ok(absolute) };
    let below = absolute.strip_prefix(above).unwrap_or(Path::new(""));
    Ok(if below.as_os_str().is_empty() { whole } else { whole.join(below) })
}

/// Reads the id of an article or the path of its file; a path that is no UTF-8 becomes the text that findbuch has for it.
pub fn id_or_path() -> impl TypedValueParser<Value = String> {
    OsStringValueParser::new().map(|given| given.into_string().unwrap_or_else(|odd| encode_path(Path::new(&odd))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_gone_is_named_without_the_links_above_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().canonicalize().expect("there");
        std::fs::create_dir(there.join("a")).expect("made");
        std::os::unix::fs::symlink(there.join("a"), there.join("b")).expect("a link");
        let indexed = |path: &str| as_indexed(&there.join(path)).expect("absolute");
        assert_eq!(indexed("b"), there.join("a"));
        assert_eq!(indexed("b/x/y.txt"), there.join("a/x/y.txt"));
        assert_eq!(indexed("c/x"), there.join("c/x"));
    }

    #[test]
    fn paths_are_made_absolute_or_named_as_missing() {
        let folder = tempfile::tempdir().expect("a folder");
        let there = folder.path().canonicalize().expect("there");
        assert_eq!(canonical(&folder.path().join(".")).ok(), Some(there));
        let missing = canonical(&folder.path().join("fehlt")).expect_err("missing").to_string();
        assert!(missing.ends_with("fehlt: there is no such file or folder"), "{missing}");
    }
}
