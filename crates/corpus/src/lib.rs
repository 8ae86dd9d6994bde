//! From a path to articles: walk, decompression, character set, format.
//!
//! [`walk`] finds the files below a path, [`read`] turns one file into its articles. A file that cannot be read is a
//! [`Problem`] that names it; the others go on.

mod charset;
mod compression;
mod containers;
pub mod dates;
mod draft;
pub mod formats;
mod issues;
pub mod settings;
mod structure;
mod walk;

use findbuch_article::Article;
use jiff::civil;
use std::cell::Cell;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use compression::EXTENSIONS as COMPRESSIONS;
pub use formats::Format;
pub use issues::with_issues;
pub use settings::Settings;
pub use walk::{Found, Ignored, shown, walk};

/// Bounds on what is read, and the day on which it is read.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Most bytes of one article's file, and of one line of JSONL, after decompression.
    pub max_bytes: u64,
    /// How many times its stored size a compressed file or container may grow, beyond what one article may have.
    pub max_expansion: u64,
    /// The current day: a later publication date is not believed.
    pub today: civil::Date,
}

impl Limits {
    /// 64 MiB, 250 times, and the given day.
    #[must_use]
    pub fn on(today: civil::Date) -> Limits {
        Limits { max_bytes: 64 << 20, max_expansion: 250, today }
    }

    /// Most bytes that may come out of `stored` ones.
    fn most_expanded(&self, stored: u64) -> u64 {
        stored.saturating_mul(self.max_expansion).saturating_add(self.max_bytes)
    }
}

/// A file to read: where it is and what it is called in an article's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// Absolute path.
    pub path: PathBuf,
    /// The path from the indexed folder on, that folder's name included, with `/`: `sample-corpus/web/a.html`.
    pub id: String,
    /// Size in bytes, of a METS file with its pages.
    pub size: u64,
    /// Last modification in nanoseconds since 1970, as the file system tells it; of a METS file the sum with its pages'.
    pub mtime: i64,
    /// What its folder's settings say.
    pub settings: Option<Arc<Settings>>,
}

impl FileRef {
    /// The path as text, for the article and for messages.
    #[must_use]
    pub fn display(&self) -> String {
        shown(&self.path)
    }
}

/// A text on its way to become an article.
#[derive(Debug, Clone, Copy)]
pub struct RawDocument<'a> {
    /// The file it is from.
    pub file: &'a FileRef,
    /// Line or element within the file, from 1, where a file holds several.
    pub record: Option<u64>,
    /// Where and when the document was taken from the web, if it comes from a web archive.
    pub origin: Option<&'a Origin>,
    /// Containers that it lies in.
    pub depth: usize,
    /// Bounds that hold for reading.
    pub limits: &'a Limits,
    /// Bytes that may still be unpacked from the file, whatever lies within what; nothing where it is read by itself.
    left: Option<&'a Cell<u64>>,
}

impl<'a> RawDocument<'a> {
    /// A whole file.
    #[must_use]
    pub fn new(file: &'a FileRef, limits: &'a Limits) -> RawDocument<'a> {
        RawDocument { file, record: None, origin: None, depth: 0, limits, left: None }
    }

    /// What may be unpacked from the document, if it is read by itself.
    fn own_allowance(&self) -> Cell<u64> {
        Cell::new(self.limits.most_expanded(self.file.size))
    }
}

/// Where and when a document was taken from the web.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its address.
    pub url: Option<String>,
    /// The moment, RFC 3339.
    pub captured: Option<String>,
}

/// What could not be read, where, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {reason}", path, line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct Problem {
    /// The file or folder.
    pub path: String,
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// Why.
    pub reason: ReadError,
}

impl Problem {
    /// Whether the settings of a folder are at fault, so that nothing in it is read.
    #[must_use]
    pub fn is_of_settings(&self) -> bool {
        matches!(self.reason, ReadError::Settings(_))
    }
}

/// Why a file, or a record in it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The operating system's answer.
    #[error("{}", io_message(.0))]
    Io(#[from] std::io::Error),
    /// Nothing in it.
    #[error("is empty; there is no article in it")]
    Empty,
    /// Zero bytes or a known binary signature.
    #[error("is not text (it has zero bytes); if it is an article, export it as text, HTML or JSON")]
    Binary,
    /// Too large for one article.
    #[error("is larger than {} MB, the limit for one article; split it, give many articles as JSONL, or raise --max-article-size", .limit >> 20)]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// Faulty JSON.
    #[error("is not valid JSON: {0}; export the file anew or mend it there")]
    Json(String),
    /// JSON of another shape.
    #[error(
        "has neither a headline nor a text under a known key; docs/FORMATS.md lists the keys, and findbuch.toml can name others"
    )]
    NoKnownKeys,
    /// A row of a table with more or fewer fields than its header.
    #[error("has {found} field{} where the header has {expected}; quote fields that hold the delimiter, or mend the row", if *.found == 1 { "" } else { "s" })]
    RowLength {
        /// Fields of the row.
        found: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// No document of a word processor, or a faulty one.
    #[error("is no document that can be opened ({0}); open it in a word processor and save it anew")]
    Office(String),
    /// No mail, or one nested beyond all use.
    #[error(
        "is no e-mail or MHTML that can be read, or has more than 200 parts; save the article itself as text or HTML"
    )]
    Mail,
    /// A file of agency messages without any.
    #[error("has no header of an agency message; name it .txt if it is plain text")]
    NoMessage,
    /// Faulty front matter.
    #[error("has faulty YAML front matter: {0}; mend it between the two lines ---")]
    FrontMatter(String),
    /// A damaged container, or one of an unknown kind.
    #[error("cannot be opened to its end: {0}; export or copy it anew")]
    Container(String),
    /// Containers within containers.
    #[error("lies in more than {limit} containers within each other; unpack the outer one")]
    TooDeep {
        /// Containers allowed.
        limit: usize,
    },
    /// Folders within folders.
    #[error("lies more than {limit} folders deep; index it by its own path")]
    FolderTooDeep {
        /// Folders entered.
        limit: usize,
    },
    /// Faulty XML.
    #[error("is not well-formed XML: {0}; export the file anew or mend it there")]
    Xml(String),
    /// No article by its kind; nothing is wrong with it.
    #[error("is passed over: {0}")]
    PassedOver(Ignored),
    /// More of something than XML with articles has.
    #[error("has more than {1} {0}, too much for XML with articles; split it, or export it in another way")]
    XmlBounds(&'static str, usize),
    /// An entity that would grow.
    #[error(
        "uses the entity &{0};, whose value is long or made of other entities; export the file without its own entities"
    )]
    XmlEntity(String),
    /// Settings that cannot be understood.
    #[error("is no valid settings file: {0}; mend it: until then nothing in its folder is read")]
    Settings(String),
    /// Many records of one file.
    #[error(
        "has {0} more that cannot be read than the {MAX_PROBLEMS} that are named; export the file anew or mend it there"
    )]
    MoreRecords(u64),
    /// Nothing left after taking the page furniture away.
    #[error("has no text that reads as an article")]
    NoText,
    /// A link that is not followed.
    #[error("is a link {0}; index its target by its own path")]
    Link(LinkTarget),
    /// Not a file: FIFO, socket, device.
    #[error("is a {0}, not a file")]
    Special(&'static str),
}

/// Where a link leads that is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkTarget {
    /// Round in a circle.
    Loop,
    /// To nothing.
    Nowhere,
    /// Out of the folder.
    Outside,
}

impl std::fmt::Display for LinkTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LinkTarget::Loop => "that leads round in a circle",
            LinkTarget::Nowhere => "that leads nowhere",
            LinkTarget::Outside => "out of the folder",
        })
    }
}

/// The system's message with a next step where one is known.
fn io_message(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            "permission denied; give the user of findbuch the right to read it".into()
        }
        std::io::ErrorKind::NotFound => "there is no such file or folder".into(),
        std::io::ErrorKind::InvalidFilename => {
            "has a path too long for the system; shorten the names of its folders".into()
        }
        std::io::ErrorKind::OutOfMemory => {
            "asks for more memory than findbuch gives to decompression, 128 MB; compress it anew with a smaller window"
                .into()
        }
        std::io::ErrorKind::FileTooLarge => {
            "decompresses to far more than articles do; if they are articles all the same, raise --max-expansion".into()
        }
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData => {
            format!("cannot be decompressed to its end ({error}); export or copy it anew")
        }
        _ => error.to_string(),
    }
}

/// Where the articles of a file go, and the problems of single records; it tells whether more are wanted.
pub type Emit<'a> = dyn FnMut(Result<Article, Problem>) -> ControlFlow<()> + 'a;

/// Most records of a file whose problems are told one by one; the others are counted.
const MAX_PROBLEMS: u64 = 100;

/// Reads every article of a file and hands each, or the problem of a single record, to `emit`, as long as that wants more;
/// `bytes` tells how much of the file, as stored, has been read.
///
/// # Errors
/// When the file as a whole cannot be read; records already given stay valid.
pub fn read(
    file: &FileRef,
    format: Format,
    limits: &Limits,
    bytes: &AtomicU64,
    emit: &mut Emit<'_>,
) -> Result<(), Problem> {
    let problem = |reason| Problem { path: file.display(), line: None, reason };
    let inner = File::open(&file.path).map_err(|e| problem(e.into()))?;
    let input = BufReader::with_capacity(1 << 16, Counted { inner, bytes });
    let left = Cell::new(limits.most_expanded(file.size));
    let document = RawDocument { left: Some(&left), ..RawDocument::new(file, limits) };
    let mut told = 0;
    let mut counted = |article: Result<Article, Problem>| {
        told += u64::from(article.is_err());
        if article.is_err() && told > MAX_PROBLEMS { ControlFlow::Continue(()) } else { emit(article) }
    };
    let outcome = if format == Format::Zip {
        containers::zip::read_seekable(&document, input, &mut counted)
    } else {
        // what is appended after the walk is for the next update: it would keep the reader for as long as it goes on
        compression::open(&file.path, input.take(file.size), &left)
            .map_err(ReadError::from)
            .and_then(|mut input| format.read(&document, &mut *input, &mut counted))
    };
    if let Some(more) = told.checked_sub(MAX_PROBLEMS).filter(|more| *more > 0) {
        // the last that is said of the file, unless it has a fault as a whole
        let _ = emit(Err(problem(ReadError::MoreRecords(more))));
    }
    outcome.map_err(problem)
}

/// The XXH3 hash (64 bits) of a file's bytes as stored, of a METS file with its pages.
///
/// # Errors
/// When the file cannot be read.
pub fn hash(path: &Path) -> std::io::Result<u64> {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    let mut add = |path: &Path| {
        let mut file = File::open(path)?;
        loop {
            match file.read(&mut buffer)? {
                0 => return std::io::Result::Ok(()),
                read => hash.update(&buffer[..read]),
            }
        }
    };
    add(path)?;
    for page in formats::mets::pages_of(path) {
        // one that cannot be read is named when the articles are read
        let _ = add(&page);
    }
    Ok(hash.digest())
}

/// A reader that counts what passes through it.
struct Counted<'a> {
    inner: File,
    bytes: &'a AtomicU64,
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.inner.seek(to)
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
