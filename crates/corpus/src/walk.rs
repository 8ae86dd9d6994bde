//! Finds the files below a path. Links are never followed: what they point to inside the folder is met in its own
//! place, and what lies outside is not ours to read.

use crate::issues::{issues_above, modified, with_pages};
use crate::names::{self, is_about_the_folder};
use crate::settings::{self, Choice, Settings};
use crate::{FileRef, Format, Ignored, LinkTarget, Problem, ReadError, mets};
use findbuch_files::{encode_path, system};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// Deepest nesting of folders that is entered.
const MAX_DEPTH: usize = 256;
/// Extensions of documents that are not read and that LibreOffice opens: WordPerfect, Works, StarOffice, PowerPoint before 2007,
/// presentations of OpenDocument.
const CONVERTIBLE: [&str; 6] = ["wpd", "wps", "sdw", "sxw", "ppt", "odp"];

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

/// Walks `root`, an absolute path without links, in the order of names, METS files before the pages beside and below
/// them. `anchor` is the indexed folder that ids are relative to, and from which on the settings of folders hold; whatever
/// lies below one of `exclude` (the index itself) is skipped.
pub fn walk<'a>(root: &'a Path, anchor: &'a Path, exclude: &'a [PathBuf]) -> impl Iterator<Item = Found> + 'a {
    let mut walk = Walk {
        entries: WalkDir::new(root).follow_links(false).max_depth(MAX_DEPTH).sort_by(order).into_iter(),
        root,
        anchor,
        exclude,
        levels: Vec::new(),
        pages: issues_above(root, anchor).iter().flat_map(|issue| mets::pages_of(issue)).collect(),
    };
    let mut above: Vec<&Path> = root.ancestors().skip(1).take_while(|folder| folder.starts_with(anchor)).collect();
    above.reverse();
    let faulty = above.into_iter().find_map(|folder| walk.enter(folder).err());
    let whole = faulty.is_none();
    // settings that cannot be read leave all below as it is
    let faulty = faulty.map(Found::Problem);
    faulty.into_iter().chain(std::iter::from_fn(move || if whole { walk.step() } else { None }))
}

/// A walk under way.
struct Walk<'a> {
    entries: walkdir::IntoIter,
    root: &'a Path,
    anchor: &'a Path,
    exclude: &'a [PathBuf],
    /// The folders around the entry at hand that have settings.
    levels: Vec<Level>,
    /// Pages of METS files that are still to come.
    pages: HashSet<PathBuf>,
}

/// METS files first, then by name.
fn order(a: &DirEntry, b: &DirEntry) -> Ordering {
    let is_issue = |entry: &DirEntry| mets::is_named(Path::new(entry.file_name()));
    is_issue(b).cmp(&is_issue(a)).then_with(|| a.file_name().cmp(b.file_name()))
}

struct Level {
    folder: PathBuf,
    settings: Arc<Settings>,
    choice: Choice,
}

impl Walk<'_> {
    fn step(&mut self) -> Option<Found> {
        loop {
            let entry = match self.entries.next()? {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(self.root).to_path_buf();
                    let reason = error.into_io_error().unwrap_or_else(|| std::io::Error::other("cannot be walked"));
                    return Some(problem(&path, ReadError::Io(reason)));
                }
            };
            let path = entry.path();
            self.levels.retain(|level| path.starts_with(&level.folder));
            if !entry.file_type().is_dir() {
                return Some(self.classify(&entry));
            }
            if is_skipped(&entry, self.exclude) {
                self.entries.skip_current_dir();
            } else if self.levels.iter().any(|level| level.choice.is_excluded(path)) {
                self.entries.skip_current_dir();
                return Some(Found::Ignored(path.to_path_buf(), Ignored::BySettings));
            } else if let Err(fault) = self.enter(path) {
                self.entries.skip_current_dir();
                return Some(Found::Problem(fault));
            } else if entry.depth() == MAX_DEPTH {
                return Some(problem(path, ReadError::FolderTooDeep { limit: MAX_DEPTH }));
            }
        }
    }

    /// Loads the settings of a folder.
    fn enter(&mut self, folder: &Path) -> Result<(), Problem> {
        let above = self.levels.last().map(|level| &*level.settings);
        let loaded = settings::load(folder, above).map_err(|fault| Problem {
            path: encode_path(&folder.join(settings::FILE)),
            line: fault.line,
            reason: ReadError::Settings(fault.message),
        })?;
        if let Some((settings, choice)) = loaded {
            self.levels.push(Level { folder: folder.to_path_buf(), settings, choice });
        }
        Ok(())
    }

    fn classify(&mut self, entry: &DirEntry) -> Found {
        if !self.pages.is_empty() && self.pages.remove(entry.path()) {
            return Found::Ignored(entry.path().to_path_buf(), Ignored::PageOfArticles);
        }
        match classify(entry, self.root, self.anchor) {
            Found::File(file, _) if self.levels.iter().any(|level| level.choice.leaves_out(&file.path)) => {
                Found::Ignored(file.path, Ignored::BySettings)
            }
            Found::File(file, format) => {
                let settings = self.levels.last().map(|level| Arc::clone(&level.settings));
                let file = self.with_own_pages(file);
                Found::File(FileRef { settings, ..file }, format)
            }
            other => other,
        }
    }

    fn with_own_pages(&mut self, file: FileRef) -> FileRef {
        if !mets::is_named(&file.path) {
            return file;
        }
        let own = mets::pages_of(&file.path);
        let file = with_pages(file, &own);
        self.pages.extend(own);
        file
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().as_encoded_bytes().first() == Some(&b'.')
}

/// Folders that are not entered.
fn is_skipped(entry: &DirEntry, exclude: &[PathBuf]) -> bool {
    entry.file_type().is_dir() && (is_hidden(entry) || exclude.iter().any(|path| path == entry.path()))
}

fn problem(path: &Path, reason: ReadError) -> Found {
    Found::Problem(Problem { path: encode_path(path), line: None, reason })
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
        return problem(path, ReadError::Special(system::special_kind(entry.file_type())));
    }
    if is_about_the_folder(path) {
        return Found::Ignored(path.to_path_buf(), Ignored::AboutTheFolder);
    }
    let Some(format) = Format::of(path) else {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let convertible = extension.is_some_and(|extension| CONVERTIBLE.contains(&extension.as_str()));
        let why = if convertible { Ignored::Convertible } else { Ignored::OtherFormat };
        return Found::Ignored(path.to_path_buf(), why);
    };
    if !format.is_read() {
        return Found::Ignored(path.to_path_buf(), Ignored::WithoutHtml);
    }
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

fn file_ref(path: &Path, anchor: &Path, metadata: &Metadata) -> FileRef {
    let below = path.strip_prefix(anchor.parent().unwrap_or(anchor)).unwrap_or(path);
    FileRef {
        path: path.to_path_buf(),
        id: names::id(below),
        size: metadata.len(),
        mtime: modified(metadata),
        changed: system::changed(metadata),
        settings: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_files::decode_path;

    /// What is met in a folder of these files, by the path below it: `ok`, or why not. A name that ends in `/` is a folder.
    fn met(files: &[(&str, &str)], exclude: &[&str]) -> Vec<(String, String)> {
        let place = tempfile::tempdir().expect("a folder");
        let root = place.path().canonicalize().expect("there").join("a");
        std::fs::create_dir(&root).expect("made");
        for (name, content) in files {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, content).expect("written");
        }
        let exclude: Vec<PathBuf> = exclude.iter().map(|name| root.join(name)).collect();
        let below = |path: &Path| encode_path(path.strip_prefix(&root).unwrap_or(path));
        walk(&root, &root, &exclude)
            .map(|found| match found {
                Found::File(file, _) => {
                    assert_eq!(file.id, format!("a/{}", below(&file.path)));
                    (below(&file.path), "ok".to_owned())
                }
                Found::Ignored(path, why) => (below(&path), why.to_string()),
                Found::Problem(problem) => (below(&decode_path(&problem.path)), problem.reason.to_string()),
            })
            .collect()
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[(&str, &str)]) {
        let met = met(files, &["index"]);
        let met: Vec<(&str, &str)> = met.iter().map(|(path, why)| (path.as_str(), why.as_str())).collect();
        assert_eq!(met, expected);
    }

    #[test]
    fn files_come_by_name_and_what_is_none_says_why() {
        let other = Ignored::OtherFormat.to_string();
        check(
            &[
                ("b.txt", ""),
                ("a/x.json", ""),
                (".b.txt", ""),
                (".git/x.txt", ""),
                ("README.md", ""),
                ("c.png", ""),
                ("d.WPD", ""),
                ("index/x.txt", ""),
                ("d.PDF", ""),
            ],
            &[
                (".b.txt", "hidden"),
                ("README.md", &Ignored::AboutTheFolder.to_string()),
                ("a/x.json", "ok"),
                ("b.txt", "ok"),
                ("c.png", &other),
                ("d.PDF", "ok"),
                ("d.WPD", &Ignored::Convertible.to_string()),
            ],
        );
    }

    #[test]
    fn settings_choose_below_their_folder() {
        let left_out = Ignored::BySettings.to_string();
        check(
            &[
                ("a/findbuch.toml", "exclude = ['alt/', '*-kopie.txt']"),
                ("a/alt/x.txt", ""),
                ("a/y-kopie.txt", ""),
                ("a/y.txt", ""),
                ("b/alt/x.txt", ""),
            ],
            &[
                ("a/alt", &left_out),
                ("a/findbuch.toml", &Ignored::AboutTheFolder.to_string()),
                ("a/y-kopie.txt", &left_out),
                ("a/y.txt", "ok"),
                ("b/alt/x.txt", "ok"),
            ],
        );
    }

    #[test]
    fn faulty_settings_close_their_folder_alone() {
        let met = met(&[("a/findbuch.toml", "sorce = 'x'"), ("a/x.txt", ""), ("b.txt", "")], &[]);
        let [(path, fault), (open, ok)] = met.as_slice() else { panic!("{met:?}") };
        assert_eq!((path.as_str(), open.as_str(), ok.as_str()), ("a/findbuch.toml", "b.txt", "ok"));
        assert!(fault.starts_with("is no valid settings file: unknown field"), "{fault}");
    }

    #[test]
    fn pages_that_a_mets_file_reads_are_none_of_their_own() {
        let mets = "<mets xmlns:xlink='x'><fileSec><fileGrp><file ID='p'><FLocat xlink:href='1.xml'/></file></fileGrp></fileSec>\
            <structMap TYPE='LOGICAL'><div TYPE='ARTICLE'><fptr><area FILEID='p' BEGIN='b'/></fptr></div></structMap></mets>";
        check(
            &[("1.xml", "<alto/>"), ("2.xml", "<alto/>"), ("zeitung-mets.xml", mets)],
            &[("zeitung-mets.xml", "ok"), ("1.xml", &Ignored::PageOfArticles.to_string()), ("2.xml", "ok")],
        );
    }
}
