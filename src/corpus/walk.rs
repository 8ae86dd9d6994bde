//! Finds the files below a path. Links are never followed: what they point to inside the folder is met in its own
//! place, and what lies outside is not ours to read.

use super::formats::{Format, mets};
use super::{FileRef, LinkTarget, Problem, ReadError};
use std::collections::HashSet;
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
    /// Something that could not be read. Files known below this path must be kept.
    Problem(PathBuf, Problem),
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
    /// PDF, whose text is not read.
    Pdf,
    /// XML whose root is none of those that are read.
    OtherXml,
    /// A scanned page without text.
    BlankPage,
    /// A METS file that names pages and no articles.
    PageList,
    /// A METS file with articles, where its pages cannot be found beside it.
    PackedPages,
    /// A page whose text is read with the articles of a METS file.
    PageOfArticles,
}

impl Ignored {
    /// Every reason.
    pub const ALL: [Ignored; 10] = [
        Ignored::OtherFormat,
        Ignored::Hidden,
        Ignored::AboutTheFolder,
        Ignored::InnerLink,
        Ignored::Pdf,
        Ignored::OtherXml,
        Ignored::BlankPage,
        Ignored::PageList,
        Ignored::PackedPages,
        Ignored::PageOfArticles,
    ];

    /// The reason that reads like this.
    #[must_use]
    pub fn named(reason: &str) -> Option<Ignored> {
        Ignored::ALL.into_iter().find(|ignored| ignored.to_string() == reason)
    }
}

impl std::fmt::Display for Ignored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Ignored::OtherFormat => "not a format that findbuch reads",
            Ignored::Hidden => "hidden",
            Ignored::AboutTheFolder => "describes the folder, is no article",
            Ignored::InnerLink => "a link to a file that is read in its own place",
            Ignored::Pdf => "PDF, which findbuch does not read: index its text, as pdftotext gives it",
            Ignored::OtherXml => "XML of a kind that holds no news",
            Ignored::BlankPage => "a scanned page without text",
            Ignored::PageList => "a METS file without articles of text; its pages are read by themselves",
            Ignored::PackedPages => {
                "a METS file in a container, compressed, or named without METS; its pages are read by themselves"
            }
            Ignored::PageOfArticles => "a scanned page that is read with the articles of its METS file",
        })
    }
}

/// Walks `root`, an absolute path without links, in the order of names, METS files before the pages beside and below them.
/// `anchor` is the indexed folder that ids are relative to; whatever lies below one of `exclude` (the index itself) is passed
/// over.
pub fn walk<'a>(root: &'a Path, anchor: &'a Path, exclude: &'a [PathBuf]) -> impl Iterator<Item = Found> + 'a {
    let mut pages: HashSet<PathBuf> =
        issues_above(root, anchor).iter().flat_map(|issue| mets::pages_of(issue)).collect();
    WalkDir::new(root)
        .follow_links(false)
        .max_depth(MAX_DEPTH)
        .sort_by(|a, b| {
            let is_issue = |entry: &DirEntry| mets::is_named(Path::new(entry.file_name()));
            is_issue(b).cmp(&is_issue(a)).then_with(|| a.file_name().cmp(b.file_name()))
        })
        .into_iter()
        .filter_entry(move |entry| !is_passed_over(entry, exclude))
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) if !pages.is_empty() && pages.remove(entry.path()) => {
                Some(Found::Ignored(entry.into_path(), Ignored::PageOfArticles))
            }
            Ok(entry) => {
                let found = classify(&entry, root, anchor);
                Some(match found {
                    Found::File(file, format) if mets::is_named(&file.path) => {
                        let own = mets::pages_of(&file.path);
                        let file = with_pages(file, &own);
                        pages.extend(own);
                        Found::File(file, format)
                    }
                    found => found,
                })
            }
            Err(error) => {
                let path = error.path().unwrap_or(root).to_path_buf();
                let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be walked"));
                Some(problem(path, ReadError::Io(reason)))
            }
        })
}

/// `paths` with the METS files above them whose articles stand on pages among or below them, and with the pages of METS files
/// among them: what one changes concerns the others.
#[must_use]
pub fn with_issues(paths: &[PathBuf], anchors: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = paths.to_vec();
    for path in paths {
        all.extend(mets::pages_of(path));
        let Some(anchor) = anchors.iter().find(|anchor| path.starts_with(anchor)) else { continue };
        for issue in issues_above(path, anchor) {
            let within = mets::pages_of(&issue).iter().any(|page| page.starts_with(path));
            if within && !all.iter().any(|other| issue.starts_with(other)) {
                all.push(issue);
            }
        }
    }
    all
}

/// METS files in the folders from `anchor` to the one that holds `path`, a folder or a possible page.
fn issues_above(path: &Path, anchor: &Path) -> Vec<PathBuf> {
    if Format::of(path).is_some_and(|format| format != Format::Xml) {
        return Vec::new();
    }
    let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(anchor));
    let entries = folders.filter_map(|folder| folder.read_dir().ok()).flatten().flatten();
    let named = entries.map(|entry| entry.path()).filter(|found| found != path && mets::is_named(found));
    let mut found: Vec<PathBuf> = named.filter(|found| found.symlink_metadata().is_ok_and(|m| m.is_file())).collect();
    found.sort();
    found
}

/// A METS file with the sizes and times of its pages in its own, so that it has changed when one of them has.
fn with_pages(file: FileRef, pages: &[PathBuf]) -> FileRef {
    pages.iter().filter_map(|page| page.metadata().ok()).fold(file, |file, page| FileRef {
        size: file.size.saturating_add(page.len()),
        mtime: file.mtime.wrapping_add(modified(&page)),
        ..file
    })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

/// Folders that are not entered.
fn is_passed_over(entry: &DirEntry, exclude: &[PathBuf]) -> bool {
    entry.file_type().is_dir() && (is_hidden(entry) || exclude.iter().any(|path| path == entry.path()))
}

fn problem(path: PathBuf, reason: ReadError) -> Found {
    let shown = path.to_string_lossy().into_owned();
    Found::Problem(path, Problem { path: shown, line: None, reason })
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
        return problem(path.to_path_buf(), ReadError::Special(special(entry)));
    }
    if is_about_the_folder(path) {
        return Found::Ignored(path.to_path_buf(), Ignored::AboutTheFolder);
    }
    let Some(format) = Format::of(path) else { return Found::Ignored(path.to_path_buf(), other(path)) };
    match entry.metadata() {
        Ok(metadata) => Found::File(file_ref(path, anchor, &metadata), format),
        Err(error) => {
            let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be examined"));
            problem(path.to_path_buf(), ReadError::Io(reason))
        }
    }
}

/// Why a file of a format that is not read is left alone.
fn other(path: &Path) -> Ignored {
    let pdf = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    if pdf { Ignored::Pdf } else { Ignored::OtherFormat }
}

fn classify_link(path: &Path, root: &Path) -> Found {
    match path.canonicalize() {
        Ok(target) if path.starts_with(&target) => problem(path.to_path_buf(), ReadError::Link(LinkTarget::Loop)),
        Ok(target) if target.starts_with(root) => Found::Ignored(path.to_path_buf(), Ignored::InnerLink),
        Ok(_) => problem(path.to_path_buf(), ReadError::Link(LinkTarget::Outside)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            problem(path.to_path_buf(), ReadError::Link(LinkTarget::Nowhere))
        }
        Err(_) => problem(path.to_path_buf(), ReadError::Link(LinkTarget::Loop)),
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

/// README, LICENSE and the like.
pub fn is_about_the_folder(path: &Path) -> bool {
    let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { return false };
    ["readme", "license", "licence", "changelog", "robots"].iter().any(|name| stem.eq_ignore_ascii_case(name))
}

fn file_ref(path: &Path, anchor: &Path, metadata: &Metadata) -> FileRef {
    let below = path.strip_prefix(anchor.parent().unwrap_or(anchor)).unwrap_or(path);
    let id = below.to_string_lossy().into_owned();
    FileRef { path: path.to_path_buf(), id, size: metadata.len(), mtime: modified(metadata) }
}

/// Nanoseconds since 1970, 0 where the file system does not tell.
fn modified(metadata: &Metadata) -> i64 {
    let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    time.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}
