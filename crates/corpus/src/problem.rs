//! Why a file, or a record in it, could not be read, with the next step for who keeps it.

use crate::Ignored;
use std::time::Duration;

/// Most records of a file whose problems are reported one by one; the others are counted.
pub const MAX_PROBLEMS: u64 = 100;

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
    /// More text than an article has.
    #[error("has more text than an article, {} MB or {lines} lines; split it, or raise --max-article-size, of which the text may be an eighth", .limit >> 20)]
    TooLong {
        /// Bytes allowed.
        limit: u64,
        /// Lines allowed.
        lines: usize,
    },
    /// More values in JSON than an article has.
    #[error(
        "has more than {0} values in one record, too much for an article; split it, or leave it out with findbuch.toml"
    )]
    TooManyValues(usize),
    /// Faulty JSON.
    #[error("is not valid JSON: {0}; export the file anew or mend it there")]
    Json(String),
    /// JSON of another shape.
    #[error(
        "has neither a headline nor a text under a known key; docs/FORMATS.md lists the keys, and findbuch.toml can name others"
    )]
    NoKnownKeys,
    /// A long text that no field took.
    #[error(
        "has a text of {words} words under \"{key}\" that is not read; name the key in findbuch.toml, [fields] body = \"{key}\", or ignore = \"{key}\""
    )]
    UnreadText {
        /// The way to its key.
        key: String,
        /// Its words.
        words: usize,
    },
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
    /// Encrypted.
    #[error("needs a password to be opened; save it without one")]
    Password,
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
    /// More work than a file may make.
    #[error("takes more than the {:.1} s that its size allows, and is not read further; if it is right as it is, raise --max-seconds beyond that", .allowed.as_secs_f64())]
    TooSlow {
        /// Time of a processor allowed.
        allowed: Duration,
    },
    /// More articles than a file of its size has.
    #[error(
        "has more than {articles} articles, more than its size explains, and is not read further; if they are articles all the same, raise --max-expansion"
    )]
    TooManyRecords {
        /// Articles read.
        articles: u64,
    },
    /// A page that a parser cannot be given, since nothing would end it.
    #[error(
        "is no page as news have them ({tags} tags, or nested as deep): this system cannot bound what reading it takes; save its text"
    )]
    TooComplex {
        /// Tags of the page.
        tags: usize,
    },
    /// A file that only a process of its own may read, where there is none.
    #[error("is read in a process of its own alone, which this program does not start; index it with findbuch")]
    Unbounded,
    /// Pages of a PDF that are pictures.
    #[error(
        "has no text on {pages} of {of} pages, which are pictures; OCRmyPDF gives them one (ocrmypdf --skip-text -l deu OLD.pdf NEW.pdf)"
    )]
    ScannedPages {
        /// Those without text.
        pages: usize,
        /// All.
        of: usize,
    },
    /// Pages of a PDF whose letters cannot be known.
    #[error(
        "does not say which letters {pages} of {of} pages show; OCRmyPDF reads them from their pictures (ocrmypdf --force-ocr -l deu OLD.pdf NEW.pdf)"
    )]
    UnknownLetters {
        /// Those that cannot be read.
        pages: usize,
        /// All.
        of: usize,
    },
    /// A page of an issue that is not there.
    #[error("names the page {0}, which is not there; put it where the file says, and index anew")]
    MissingPage(String),
    /// A page that a PDF does not have, or that cannot be drawn.
    #[error("has no page {0} that can be drawn")]
    NoPage(usize),
    /// What the process said that read it.
    #[error("{0}")]
    InWorker(String),
    /// The process that read it was ended.
    #[error(
        "takes more than {seconds} s or {megabytes} MB to be read, more than a file may; if it is right as it is, raise --max-seconds or --max-memory"
    )]
    WorkerEnded {
        /// Seconds of a processor allowed.
        seconds: u64,
        /// Megabytes allowed.
        megabytes: u64,
    },
    /// The process that was to read it could not be started.
    #[error("cannot be read in a process of its own: {0}; do it again")]
    NoWorker(std::io::Error),
    /// A fault of a parser.
    #[error("ended its reader with \"{0}\"; leave it out with findbuch.toml, and report this to who makes findbuch")]
    Panicked(String),
    /// No article by its kind; nothing is wrong with it.
    #[error("is skipped: {0}")]
    Skipped(Ignored),
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn messages_name_the_next_step() {
        for (kind, message) in [
            (ErrorKind::PermissionDenied, "permission denied; give the user of findbuch the right to read it"),
            (ErrorKind::InvalidFilename, "has a path too long for the system; shorten the names of its folders"),
            (
                ErrorKind::FileTooLarge,
                "decompresses to far more than articles do; if they are articles all the same, raise --max-expansion",
            ),
        ] {
            assert_eq!(ReadError::from(Error::from(kind)).to_string(), message);
        }
        let broken = ReadError::from(Error::new(ErrorKind::InvalidData, "bad block")).to_string();
        assert_eq!(broken, "cannot be decompressed to its end (bad block); export or copy it anew");
    }

    #[test]
    fn a_problem_says_where() {
        let problem = |line| Problem { path: "/a/x.jsonl".into(), line, reason: ReadError::NoText }.to_string();
        assert_eq!(problem(None), "/a/x.jsonl: has no text that reads as an article");
        assert_eq!(problem(Some(3)), "/a/x.jsonl:3: has no text that reads as an article");
        let row = |found| ReadError::RowLength { found, expected: 2 }.to_string();
        assert!(row(1).starts_with("has 1 field where") && row(3).starts_with("has 3 fields where"));
        let settings =
            Problem { path: "/a/findbuch.toml".into(), line: Some(1), reason: ReadError::Settings("x".into()) };
        assert!(settings.is_of_settings());
    }
}
