//! Finds the files below a path. Links are never followed: what they point to inside the folder is met in its own
//! place, and what lies outside is not ours to read.

use super::formats::Format;
use super::{FileRef, LinkTarget, Problem, ReadError};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// Deepest nesting of folders that is entered.
const MAX_DEPTH: usize = 256;

/// What the walk meets.
#[derive(Debug)]
pub enum Found {
    /// A file of a format that is read.
    File(FileRef, Format),
    /// Something that is not an article by its kind; nothing is wrong with it.
    Ignored(PathBuf, Ignored),
    /// Something that could not be read. Files known below its path must be kept.
    Problem(Problem),
}

/// Why a file is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ignored {
    /// A format that findbuch does not read.
    OtherFormat,
    /// Name begins with a dot.
    Hidden,
    /// README, LICENSE and the like: about the folder, not of it.
    AboutTheFolder,
    /// A link to something inside the folder, which is read in its own place.
    InnerLink,
}

impl std::fmt::Display for Ignored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Ignored::OtherFormat => "not a format that findbuch reads",
            Ignored::Hidden => "hidden",
            Ignored::AboutTheFolder => "describes the folder, is no article",
            Ignored::InnerLink => "a link to a file that is read in its own place",
        })
    }
}

/// Walks `root`, an absolute path without links, in the order of names. `anchor` is the indexed folder that ids are
/// relative to; whatever lies below one of `exclude` (the index itself) is passed over.
pub fn walk<'a>(root: &'a Path, anchor: &'a Path, exclude: &'a [PathBuf]) -> impl Iterator<Item = Found> + 'a {
    WalkDir::new(root)
        .follow_links(false)
        .max_depth(MAX_DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| !is_passed_over(entry, exclude))
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => (entry.depth() == MAX_DEPTH)
                .then(|| problem(entry.path(), ReadError::FolderTooDeep { limit: MAX_DEPTH })),
            Ok(entry) => Some(classify(&entry, root, anchor)),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_path_buf();
                let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be walked"));
                Some(problem(&path, ReadError::Io(reason)))
            }
        })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

/// Folders that are not entered.
fn is_passed_over(entry: &DirEntry, exclude: &[PathBuf]) -> bool {
    entry.file_type().is_dir() && (is_hidden(entry) || exclude.iter().any(|path| path == entry.path()))
}

fn problem(path: &Path, reason: ReadError) -> Found {
    Found::Problem(Problem { path: shown(path), line: None, reason })
}

fn classify(entry: &DirEntry, root: &Path, anchor: &Path) -> Found {
    let path = entry.path();
    if is_hidden(entry) {
        return Found::Ignored(path.to_path_buf(), Ignored::Hidden);
    }
    if entry.path_is_symlink() {
        return classify_link(path, root);
    }
    if !entry.file_type().is_file() {
        return problem(path, ReadError::Special(special(entry)));
    }
    if is_about_the_folder(path) {
        return Found::Ignored(path.to_path_buf(), Ignored::AboutTheFolder);
    }
    let Some(format) = Format::of(path) else { return Found::Ignored(path.to_path_buf(), Ignored::OtherFormat) };
    match entry.metadata() {
        Ok(metadata) => Found::File(file_ref(path, anchor, &metadata), format),
        Err(error) => {
            let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be examined"));
            problem(path, ReadError::Io(reason))
        }
    }
}

fn classify_link(path: &Path, root: &Path) -> Found {
    match path.canonicalize() {
        Ok(target) if path.starts_with(&target) => problem(path, ReadError::Link(LinkTarget::Loop)),
        Ok(target) if target.starts_with(root) => Found::Ignored(path.to_path_buf(), Ignored::InnerLink),
        Ok(_) => problem(path, ReadError::Link(LinkTarget::Outside)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            problem(path, ReadError::Link(LinkTarget::Nowhere))
        }
        Err(_) => problem(path, ReadError::Link(LinkTarget::Loop)),
    }
}

fn special(entry: &DirEntry) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = entry.file_type();
    if kind.is_fifo() {
        "pipe"
    } else if kind.is_socket() {
        "socket"
    } else {
        "device"
    }
}

/// A path as text: bytes that are no UTF-8 are written `\xFC`, so that two such names stay apart.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut shown = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        shown.push_str(chunk.valid());
        shown.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    shown
}

/// README, LICENSE and the like.
pub fn is_about_the_folder(path: &Path) -> bool {
    let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { return false };
    ["readme", "license", "licence", "changelog", "robots"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

fn file_ref(path: &Path, anchor: &Path, metadata: &Metadata) -> FileRef {
    let below = path.strip_prefix(anchor.parent().unwrap_or(anchor)).unwrap_or(path);
    let id = shown(below);
    let mtime = metadata
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_nanos()).ok())
        .unwrap_or(0);
    FileRef { path: path.to_path_buf(), id, size: metadata.len(), mtime }
}
