//! METS files and the pages that they name: one issue of a newspaper, whose articles are spread over other files.

use crate::{FileRef, Format, mets};
use findbuch_files::system;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

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
pub fn issues_above(path: &Path, anchor: &Path) -> Vec<PathBuf> {
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
pub fn with_pages(file: FileRef, pages: &[PathBuf]) -> FileRef {
    pages.iter().filter_map(|page| page.metadata().ok()).fold(file, |file, page| FileRef {
        size: file.size.saturating_add(page.len()),
        mtime: file.mtime.wrapping_add(modified(&page)),
        changed: file.changed.max(system::changed(&page)),
        ..file
    })
}

/// Nanoseconds since 1970; 0 where the file system has no time.
pub fn modified(metadata: &Metadata) -> i64 {
    let time = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    time.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or(0)
}
