//! One file to its articles: opened, decompressed and read as its format says; what lies in a container, each by itself.

#[cfg(not(feature = "html"))]
use crate::Ignored;
use crate::containers::{self, Member, SEPARATOR};
use crate::document::only;
use crate::formats::{csv, docx, json, mail, markdown, odt, text, wire, xml};
#[cfg(feature = "html")]
use crate::formats::{html, mhtml};
use crate::problem::MAX_PROBLEMS;
use crate::{Emit, FileRef, Format, Limits, Problem, RawDocument, ReadError, compression, names};
use findbuch_article::Article;
use std::cell::Cell;
use std::fs::File;
#[cfg(feature = "html")]
use std::io::Cursor;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Containers within containers that are opened.
const MAX_DEPTH: usize = 3;

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
        containers::zip::read_seekable(&document, input, &mut |found| member(&document, found, &mut counted))
    } else {
        // what is appended after the walk is for the next update: it would keep the reader for as long as it goes on
        compression::open(&file.path, input.take(file.size), &left)
            .map_err(ReadError::from)
            .and_then(|mut input| read_as(format, &document, &mut *input, &mut counted))
    };
    if let Some(more) = told.checked_sub(MAX_PROBLEMS).filter(|more| *more > 0) {
        // the last that is said of the file, unless it has a fault as a whole
        let _ = emit(Err(problem(ReadError::MoreRecords(more))));
    }
    outcome.map_err(problem)
}

/// Reads every article of `input` as a format.
pub fn read_as(
    format: Format,
    document: &RawDocument<'_>,
    input: &mut dyn BufRead,
    emit: &mut Emit<'_>,
) -> Result<(), ReadError> {
    match format {
        Format::Text => text::read(document, input, emit)?,
        Format::Markdown => only(markdown::read(document, input)?, emit),
        #[cfg(feature = "html")]
        Format::Html => only(html::read(document, input)?, emit),
        Format::Json => json::read(document, input, emit)?,
        Format::JsonLines => json::read_lines(document, input, emit)?,
        Format::Csv => csv::read(document, input, emit)?,
        Format::Wire => wire::read(document, input, emit)?,
        Format::Mail => only(mail::read(document, input)?, emit),
        #[cfg(feature = "html")]
        Format::Mhtml => only(mhtml::read(document, input)?, emit),
        Format::Docx => only(docx::read(document, input)?, emit),
        Format::Odt => only(odt::read(document, input)?, emit),
        Format::Xml => xml::read(document, input, emit)?,
        Format::Zip => containers::zip::read(document, input, &mut |found| member(document, found, emit))?,
        Format::Tar => containers::tar::read(input, &mut |found| member(document, found, emit))?,
        #[cfg(feature = "html")]
        Format::Warc => containers::warc::read(document, input, &mut |found| member(document, found, emit))?,
        #[cfg(not(feature = "html"))]
        Format::Html | Format::Mhtml | Format::Warc => return Err(ReadError::PassedOver(Ignored::WithoutHtml)),
    }
    Ok(())
}

/// Reads what lies in `container`. `Break` when no more articles are wanted.
fn member(container: &RawDocument<'_>, found: Member<'_>, emit: &mut Emit<'_>) -> ControlFlow<()> {
    match found {
        Member::File { name, content } => file(container, name, content, emit),
        #[cfg(feature = "html")]
        Member::Page { number, origin, body } => {
            let document = RawDocument {
                record: Some(number),
                origin: Some(&origin),
                depth: container.depth + 1,
                ..RawDocument::new(container.file, container.limits)
            };
            let path = || format!("{}:{number}", container.file.display());
            whole(path, emit, |emit| read_as(Format::Html, &document, &mut Cursor::new(body?), emit))
        }
        Member::Fault(problem) => emit(Err(problem)),
    }
}

/// Reads the file `name` in `container`; one of a format that is not read is left out, as it is in a folder.
fn file(container: &RawDocument<'_>, name: &Path, content: &mut dyn BufRead, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let Some(below) = names::inner_path(name) else { return ControlFlow::Continue(()) };
    let Some(format) = Format::of(&below).filter(|format| format.is_read() && !names::is_about_the_folder(&below))
    else {
        return ControlFlow::Continue(());
    };
    let outer = container.file;
    let mut path = outer.path.clone().into_os_string();
    path.push(SEPARATOR);
    path.push(&below);
    let file = FileRef {
        path: path.into(),
        id: format!("{}{SEPARATOR}{}", outer.id, names::id(&below)),
        size: outer.size,
        mtime: outer.mtime,
        settings: outer.settings.clone(),
    };
    let own = container.own_allowance();
    let left = container.left.unwrap_or(&own);
    let limits = container.limits;
    let document = RawDocument { depth: container.depth + 1, left: Some(left), ..RawDocument::new(&file, limits) };
    whole(
        || file.display(),
        emit,
        |emit| {
            if format.is_container() && document.depth >= MAX_DEPTH {
                return Err(ReadError::TooDeep { limit: MAX_DEPTH });
            }
            let mut input = compression::open(&file.path, content, left)?;
            read_as(format, &document, &mut *input, emit)
        },
    )
}

/// Runs `read`, whose failure as a whole is a problem at `path`. `Break` when no more articles are wanted.
fn whole(
    path: impl Fn() -> String,
    emit: &mut Emit<'_>,
    read: impl FnOnce(&mut Emit<'_>) -> Result<(), ReadError>,
) -> ControlFlow<()> {
    let mut wanted = ControlFlow::Continue(());
    let outcome = read(&mut |article| {
        wanted = emit(article);
        wanted
    });
    match outcome {
        Ok(()) => wanted,
        Err(reason) => emit(Err(Problem { path: path(), line: None, reason })),
    }
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
