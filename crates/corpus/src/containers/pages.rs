//! METS files in a container and the scanned pages that they name. A container is read once and in its own order, so pages are kept,
//! compressed, until every page of their METS file has been met; at the end the rest is read by itself.

use crate::document::PagesBeside;
use crate::mets::{self, Issue};
use crate::xml::declared;
use crate::{FileRef, ReadError, charset};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// Most bytes that are kept, compressed: some thousand pages.
const MAX_KEPT: usize = 64 << 20;
/// Most METS files that wait for pages.
const MAX_WAITING: usize = 1000;
/// The fastest level of zstd.
const LEVEL: i32 = 1;
/// Bytes at the start of a file in which its root element begins.
const ROOT: usize = 2048;

/// A file that is kept.
#[derive(Debug)]
pub struct Kept {
    /// The file, within the container.
    pub file: FileRef,
    packed: Vec<u8>,
    size: usize,
}

impl Kept {
    fn new(file: FileRef, bytes: &[u8]) -> Result<Kept, ReadError> {
        Ok(Kept { file, packed: zstd::bulk::compress(bytes, LEVEL)?, size: bytes.len() })
    }

    /// Its bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, ReadError> {
        Ok(zstd::bulk::decompress(&self.packed, self.size)?)
    }
}

/// A METS file that waits for its pages.
#[derive(Debug)]
struct Waiting {
    kept: Kept,
    named: HashSet<PathBuf>,
    /// How many of these have not been met.
    missing: usize,
}

/// The pages and METS files of a container that have been met and not been read.
#[derive(Debug)]
pub struct Pages {
    kept: BTreeMap<PathBuf, Kept>,
    waiting: Vec<Waiting>,
    bytes: usize,
    most: usize,
}

impl Default for Pages {
    fn default() -> Pages {
        Pages::with(MAX_KEPT)
    }
}

impl Pages {
    fn with(most: usize) -> Pages {
        Pages { kept: BTreeMap::new(), waiting: Vec::new(), bytes: 0, most }
    }

    /// Keeps a METS file or a page; false for other files, which are to be read at once, as all are when too much has been kept.
    pub fn keep(&mut self, file: &FileRef, bytes: &[u8]) -> Result<bool, ReadError> {
        if self.is_full() {
            return Ok(false);
        }
        let named = if mets::is_named(&file.path) { named(file, bytes) } else { HashSet::new() };
        if named.is_empty() && !is_page(bytes) {
            return Ok(false);
        }
        let kept = Kept::new(file.clone(), bytes)?;
        self.bytes += kept.packed.len();
        if !named.is_empty() {
            let missing = named.iter().filter(|page| !self.kept.contains_key(*page)).count();
            self.waiting.push(Waiting { kept, named, missing });
        } else if self.kept.insert(file.path.clone(), kept).is_none() {
            let waiting = self.waiting.iter_mut().filter(|waiting| waiting.named.contains(&file.path));
            waiting.for_each(|waiting| waiting.missing = waiting.missing.saturating_sub(1));
        }
        Ok(true)
    }

    /// Whether as much has been kept as may be.
    pub fn is_full(&self) -> bool {
        self.bytes > self.most || self.waiting.len() > MAX_WAITING
    }

    /// A METS file all of whose pages are there, or any with `anyway`; and the pages that it alone names.
    pub fn next(&mut self, anyway: bool) -> Option<(Kept, Vec<PathBuf>)> {
        let at = self.waiting.iter().position(|waiting| anyway || waiting.missing == 0)?;
        let Waiting { kept, named, .. } = self.waiting.remove(at);
        let shared = |page: &PathBuf| self.waiting.iter().any(|other| other.named.contains(page));
        Some((kept, named.into_iter().filter(|page| !shared(page)).collect()))
    }

    /// Forgets pages that have been read; what was kept of them counts no more.
    pub fn forget(&mut self, pages: &[PathBuf]) {
        for page in pages {
            self.bytes -= self.kept.remove(page).map_or(0, |kept| kept.packed.len());
        }
    }

    /// The first page that no METS file has taken.
    pub fn first(&mut self) -> Option<Kept> {
        self.kept.pop_first().map(|(_, kept)| kept)
    }
}

impl PagesBeside for RefCell<Pages> {
    fn has(&self, page: &Path) -> bool {
        self.borrow().kept.contains_key(page)
    }

    fn bytes(&self, page: &Path) -> Result<Vec<u8>, ReadError> {
        self.borrow().kept.get(page).ok_or(ReadError::NoText)?.bytes()
    }
}

/// The pages that a METS file names; none where it has no articles.
fn named(file: &FileRef, bytes: &[u8]) -> HashSet<PathBuf> {
    let issue = || {
        let text = charset::decode(bytes, declared(bytes)).ok()?;
        Issue::among(&text, file.path.parent()?, &|_| true).ok()?
    };
    issue().map(|issue| issue.pages.into_iter().map(|page| page.path).collect()).unwrap_or_default()
}

/// Whether the root element is that of a scanned page, ALTO.
fn is_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes.get(..ROOT).unwrap_or(bytes));
    let mut tags = start.split('<').skip(1).filter(|tag| tag.starts_with(char::is_alphabetic));
    let root = tags.next().and_then(|tag| tag.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next());
    root.and_then(|root| root.rsplit(':').next()) == Some("alto")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> FileRef {
        FileRef { path: path.into(), id: path.into(), size: 0, mtime: 0, changed: 0, settings: None }
    }

    fn mets(pages: &[&str]) -> String {
        let files = pages.iter().map(|page| format!("<file ID='{page}'><FLocat href='{page}.xml'/></file>"));
        let areas = pages.iter().map(|page| format!("<fptr><area FILEID='{page}' BEGIN='b'/></fptr>"));
        let (files, areas) = (files.collect::<Vec<_>>().concat(), areas.collect::<Vec<_>>().concat());
        format!(
            "<mets><fileSec>{files}</fileSec><structMap TYPE='LOGICAL'><div TYPE='ARTICLE'>{areas}</div></structMap></mets>"
        )
    }

    fn keep(pages: &mut Pages, path: &str, content: &str) -> bool {
        pages.keep(&file(path), content.as_bytes()).expect("kept")
    }

    #[test]
    fn a_mets_file_waits_for_its_pages() {
        let mut pages = Pages::default();
        assert!(keep(&mut pages, "x.zip!/1.xml", "<?xml version='1.0'?><!-- a --><a:alto xmlns:a='a'/>"));
        assert!(keep(&mut pages, "x.zip!/mets.xml", &mets(&["1", "2"])));
        assert!(pages.next(false).is_none());
        assert!(keep(&mut pages, "x.zip!/2.xml", "<alto/>") && keep(&mut pages, "x.zip!/3.xml", "<alto/>"));
        let (kept, mut named) = pages.next(false).expect("whole");
        named.sort();
        assert_eq!(kept.bytes().ok(), Some(mets(&["1", "2"]).into_bytes()));
        assert_eq!(named, [PathBuf::from("x.zip!/1.xml"), "x.zip!/2.xml".into()]);
        pages.forget(&named);
        assert_eq!(pages.first().map(|page| page.file.id), Some("x.zip!/3.xml".into()));
        assert!(pages.first().is_none() && pages.next(true).is_none());
    }

    #[test]
    fn other_files_are_not_kept() {
        let mut pages = Pages::default();
        for (path, content) in [
            ("x.zip!/a.xml", "<rss><alto/></rss>"),
            ("x.zip!/mets.xml", "<mets/>"),
            ("x.zip!/b.xml", "kein XML"),
            ("x.zip!/c.xml", &mets(&["1"])),
        ] {
            assert!(!keep(&mut pages, path, content), "{path}");
        }
    }

    #[test]
    fn no_more_is_kept_than_may_be() {
        let mut pages = Pages::with(40);
        let kept =
            (0..9).filter(|at| keep(&mut pages, &format!("x.zip!/{at}.xml"), &format!("<alto><a>{at}</a></alto>")));
        assert!((1..5).contains(&kept.count()) && pages.is_full());
    }
}
