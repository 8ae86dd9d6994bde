//! A file on its way to its articles: where it lies, the bounds on reading it, and where its articles go.

use crate::worker::Worker;
use crate::{Problem, ReadError, Settings};
use findbuch_article::{Article, CharacterSet};
use findbuch_files::encode_path;
use jiff::civil;
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a small file, and how many times more what is stored beyond them is given time for.
const SMALL: u64 = 2 << 20;
const LARGER: u64 = 4;

/// Bounds on what is read, and the day on which it is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Most bytes of one article's file, and of one line of JSONL, after decompression.
    pub max_bytes: u64,
    /// How many times its stored size a compressed file or container may grow, beyond what one article may have.
    pub max_expansion: u64,
    /// Time of a processor that a file may take, whatever it holds; what comes out of it may explain more.
    pub max_time: Duration,
    /// How many times its stored size a small compressed file or container is given time for.
    pub timed_expansion: u64,
    /// Where parsers run whose time and memory cannot be bounded from within; without one, what would need it is refused.
    pub worker: Option<Worker>,
    /// The current day: a later publication date is not believed.
    pub today: civil::Date,
}

impl Limits {
    /// 64 MiB, 50 times, 2 seconds, 3 times, no worker, and the given day.
    #[must_use]
    pub fn on(today: civil::Date) -> Limits {
        let max_time = Duration::from_secs(2);
        Limits { max_bytes: 64 << 20, max_expansion: 50, max_time, timed_expansion: 3, worker: None, today }
    }

    /// Bytes that may come out of `stored` ones and are given time. What is beyond a small file is given more, for archives of pages
    /// that are all alike: to make a large file that is slow throughout takes a will, and its seconds are told.
    pub(crate) fn timed(&self, stored: u64) -> u64 {
        let small = stored.min(SMALL).saturating_mul(self.timed_expansion);
        small.saturating_add(stored.saturating_sub(SMALL).saturating_mul(LARGER * self.timed_expansion))
    }

    /// Most bytes that may come out of `stored` ones.
    pub(crate) fn most_expanded(&self, stored: u64) -> u64 {
        stored.saturating_mul(self.max_expansion).saturating_add(self.max_bytes)
    }
}

/// A file to read: its path, and the name that ids of its articles begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// Absolute path.
    pub path: PathBuf,
    /// The path from the indexed folder on, that folder's name included, with `/`: `sample-corpus/web/a.html`.
    pub id: String,
    /// Size in bytes; for a METS file with its pages.
    pub size: u64,
    /// Last modification in nanoseconds since 1970, as the file system has it; for a METS file the sum with its pages'.
    pub mtime: i64,
    /// When the file system last changed the file or what it says of it, in nanoseconds since 1970, which nobody can set back; 0
    /// where it does not say.
    pub changed: i64,
    /// The settings of its folder.
    pub settings: Option<Arc<Settings>>,
}

impl FileRef {
    /// The path as text, for the article and for messages.
    #[must_use]
    pub fn display(&self) -> String {
        encode_path(&self.path)
    }
}

/// A document that a format turns into one article or several.
#[derive(Debug, Clone, Copy)]
pub struct RawDocument<'a> {
    /// The file it is from.
    pub file: &'a FileRef,
    /// Line or element within the file, from 1, where a file holds several.
    pub record: Option<u64>,
    /// Where and when the document was taken from the web, if it comes from a web archive.
    pub origin: Option<&'a Origin>,
    /// Lines of records from its beginning that are known already, which a file of such lines passes over.
    pub(crate) known_lines: u64,
    /// Containers that it lies in.
    pub depth: usize,
    /// Bounds that hold for reading.
    pub limits: &'a Limits,
    /// Bytes that may still be unpacked from the outermost file, shared by all containers in it; none where the document is
    /// not read through [`read`](crate::read).
    pub(crate) left: Option<&'a Cell<u64>>,
    /// The pages of a METS file that lies in a container.
    pub(crate) pages: Option<&'a dyn PagesBeside>,
    /// The character set that its text was found to be in.
    pub(crate) charset: Option<&'a RefCell<Option<CharacterSet>>>,
}

impl<'a> RawDocument<'a> {
    /// A whole file.
    #[must_use]
    pub fn new(file: &'a FileRef, limits: &'a Limits) -> RawDocument<'a> {
        RawDocument {
            file,
            record: None,
            origin: None,
            known_lines: 0,
            depth: 0,
            limits,
            left: None,
            pages: None,
            charset: None,
        }
    }

    /// The character set that its text was found to be in, where it is none of UTF-8 as it should be.
    pub(crate) fn character_set(&self) -> Option<CharacterSet> {
        self.charset?.borrow().clone()
    }

    /// The allowance of a document that shares none.
    pub(crate) fn own_allowance(&self) -> Cell<u64> {
        Cell::new(self.limits.most_expanded(self.file.size))
    }
}

/// The pages that lie beside a METS file in its container.
pub(crate) trait PagesBeside: std::fmt::Debug {
    /// Whether one is there.
    fn has(&self, page: &Path) -> bool;

    /// The bytes of one that is there.
    fn bytes(&self, page: &Path) -> Result<Vec<u8>, ReadError>;
}

/// Where and when a document was taken from the web.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its address.
    pub url: Option<String>,
    /// The moment, RFC 3339.
    pub captured: Option<String>,
}

/// Receives the articles of a file and the problems of single records; returns whether more are wanted.
pub type Emit<'a> = dyn FnMut(Result<Article, Problem>) -> ControlFlow<()> + 'a;

/// Emits the one article of a file.
pub fn only(article: Article, emit: &mut Emit<'_>) {
    // there is nothing after it that could be left unread
    let _ = emit(Ok(article));
}
