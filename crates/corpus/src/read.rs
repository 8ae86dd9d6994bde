//! One file to its articles: opened, decompressed and read as its format says; what lies in a container, each by itself.

#[cfg(not(feature = "html"))]
use crate::Ignored;
use crate::charset;
use crate::containers::pages::{Kept, Pages};
use crate::containers::{self, Member, SEPARATOR, Take};
use crate::document::{PagesBeside, only};
use crate::formats::{
    csv, docx, epub, hocr, json, legacy, mail, markdown, mbox, odt, pdf, pptx, rtf, sheet, text, wire, xml,
};
#[cfg(feature = "html")]
use crate::formats::{html, mhtml};
use crate::pace::Pace;
use crate::problem::MAX_PROBLEMS;
use crate::{Emit, FileRef, Format, Limits, Problem, RawDocument, ReadError, compression, names};
use findbuch_article::Article;
use findbuch_files::unless_panics;
use std::cell::{Cell, RefCell};
use std::fs::File;
#[cfg(feature = "html")]
use std::io::Cursor;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Containers within containers that are opened.
const MAX_DEPTH: usize = 3;
/// What an article takes of the bytes that may come out of a file, beside its text: to index one takes as long as this much text
/// does. Tables of headlines alone, compressed, have some 25 bytes for each.
const ARTICLE_BYTES: u64 = 1024;
/// The share of the bytes of a single article that a file may have as articles, whatever is stored.
const FEW: u64 = 4;

/// Reads every article of a file and hands each, or the problem of a single record, to `emit`, as long as that wants more;
/// `bytes` counts what has been read of the file as stored.
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
    read_behind(0, file, format, limits, bytes, emit)
}

/// The same for a file of which so many lines are known already: a file of records in lines begins behind them, any other at its
/// beginning.
///
/// # Errors
/// As above.
pub fn read_behind(
    known_lines: u64,
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
    let document = RawDocument { known_lines, left: Some(&left), ..RawDocument::new(file, limits) };
    let (mut records, mut problems, mut beyond) = (0, 0, None);
    let pace = Pace::begin(limits.max_time, limits.timed(file.size));
    let mut counted = |article: Result<Article, Problem>| {
        // the first is there, whatever it took
        if records > 0 {
            let articles = known_lines + records - problems;
            let out = limits.most_expanded(file.size) - left.get() + bytes.load(Ordering::Relaxed);
            beyond = match pace.passed(records, out) {
                Some(allowed) => Some(ReadError::TooSlow { allowed }),
                None if article.is_err() => None,
                None => {
                    let explained = file.size.min(out).saturating_mul(limits.max_expansion).max(limits.max_bytes / FEW);
                    let too_many = articles * ARTICLE_BYTES > left.get().min(explained);
                    too_many.then_some(ReadError::TooManyRecords { articles })
                }
            };
            if beyond.is_some() {
                return ControlFlow::Break(());
            }
        }
        records += 1;
        problems += u64::from(article.is_err());
        let faulty = article.is_err() && problems > MAX_PROBLEMS;
        if faulty { ControlFlow::Continue(()) } else { emit(article) }
    };
    let parse = || {
        if format == Format::Zip {
            members(&document, &mut counted, |take| containers::zip::read_seekable(&document, input, take))
        } else if format == Format::SevenZip {
            members(&document, &mut counted, |take| containers::sevenz::read_seekable(&document, input, take))
        } else {
            // what is appended after the walk is for the next update: it would keep the reader for as long as it goes on
            compression::open(&file.path, input.take(file.size), &left)
                .map_err(ReadError::from)
                .and_then(|mut input| read_as(format, &document, &mut *input, &mut counted))
        }
    };
    let outcome = unless_panics(parse).unwrap_or_else(|panic| Err(ReadError::Panicked(panic)));
    let outcome = beyond.map_or(outcome, Err);
    if let Some(more) = problems.checked_sub(MAX_PROBLEMS).filter(|more| *more > 0) {
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
    let charset = RefCell::new(None);
    let document = &RawDocument { charset: Some(&charset), ..*document };
    match format {
        Format::Text => text::read(document, input, emit)?,
        Format::Markdown => only(markdown::read(document, input)?, emit),
        #[cfg(feature = "html")]
        Format::Html => page(document, input, emit)?,
        Format::Json => json::read(document, input, emit)?,
        Format::JsonLines => json::read_lines(document, input, emit)?,
        Format::Csv => csv::read(document, input, emit)?,
        Format::Wire => wire::read(document, input, emit)?,
        Format::Mail => only(mail::read(document, input)?, emit),
        #[cfg(feature = "html")]
        Format::Mhtml => only(mhtml::read(document, input)?, emit),
        Format::Docx => only(docx::read(document, input)?, emit),
        Format::Odt => only(odt::read(document, input)?, emit),
        Format::Pptx => only(pptx::read(document, input)?, emit),
        Format::Pdf => pdf::read(document, input, emit)?,
        Format::Rtf => only(rtf::read(document, input)?, emit),
        Format::Doc => only(legacy::read_doc(document, input)?, emit),
        Format::Msg => only(legacy::read_msg(document, input)?, emit),
        Format::Mbox => mbox::read(document, input, emit)?,
        Format::Epub => epub::read(document, input, emit)?,
        Format::Sheet => sheet::read(document, input, emit)?,
        Format::Hocr => hocr::read(document, input, emit)?,
        Format::Xml => xml::read(document, input, emit)?,
        Format::Zip => members(document, emit, |take| containers::zip::read(document, input, take))?,
        Format::SevenZip => members(document, emit, |take| containers::sevenz::read(document, input, take))?,
        Format::Tar => members(document, emit, |take| containers::tar::read(input, take))?,
        #[cfg(feature = "html")]
        Format::Warc => members(document, emit, |take| containers::warc::read(document, input, take))?,
        #[cfg(feature = "html")]
        Format::Arc => members(document, emit, |take| containers::arc::read(document, input, take))?,
        #[cfg(feature = "html")]
        Format::Wacz => members(document, emit, |take| {
            let mut take =
                |found: Member<'_>| if is_web_archive(&found) { take(found) } else { ControlFlow::Continue(()) };
            containers::zip::read(document, input, &mut take)
        })?,
        #[cfg(not(feature = "html"))]
        Format::Html | Format::Mhtml | Format::Warc | Format::Arc | Format::Wacz => {
            return Err(ReadError::Skipped(Ignored::WithoutHtml));
        }
    }
    Ok(())
}

/// Reads a web page, or the pages of a scan.
#[cfg(feature = "html")]
fn page(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let text = html::decode(document, &charset::read_bytes(input, document.limits)?)?;
    if hocr::is_hocr(&text) {
        return hocr::read_text(document, &text, emit);
    }
    only(html::read_page(document, &text, None)?, emit);
    Ok(())
}

/// Reads what `each` hands on of a container, METS files with their pages.
fn members(
    container: &RawDocument<'_>,
    emit: &mut Emit<'_>,
    each: impl FnOnce(&mut Take<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let pages = RefCell::new(Pages::default());
    let mut wanted = ControlFlow::Continue(());
    let outcome = each(&mut |found| {
        wanted = member(container, &pages, found, emit);
        wanted
    });
    if wanted.is_continue() {
        let _ = kept(container, &pages, true, emit);
    }
    outcome
}

/// Reads the METS files whose pages have all been met, or with `anyway` whatever is kept.
fn kept(container: &RawDocument<'_>, pages: &RefCell<Pages>, anyway: bool, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let mut read = |kept: &Kept, pages: Option<&RefCell<Pages>>| {
        let pages = pages.map(|pages| pages as &dyn PagesBeside);
        let (depth, left) = (container.depth + 1, container.left);
        let document = RawDocument { depth, left, pages, ..RawDocument::new(&kept.file, container.limits) };
        whole(|| kept.file.display(), emit, |emit| read_as(Format::Xml, &document, &mut kept.bytes()?.as_slice(), emit))
    };
    loop {
        let next = pages.borrow_mut().next(anyway);
        let Some((mets, named)) = next else { break };
        read(&mets, Some(pages))?;
        pages.borrow_mut().forget(&named);
    }
    if anyway {
        loop {
            let first = pages.borrow_mut().first();
            let Some(page) = first else { break };
            read(&page, None)?;
        }
    }
    ControlFlow::Continue(())
}

/// Reads what lies in `container`. `Break` when no more articles are wanted.
fn member(
    container: &RawDocument<'_>,
    pages: &RefCell<Pages>,
    found: Member<'_>,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    match found {
        Member::File { name, content } => file(container, pages, name, content, emit),
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

/// Whether a member of a collection of web archives is read: those alone are, for its lists repeat their pages.
#[cfg(feature = "html")]
fn is_web_archive(found: &Member<'_>) -> bool {
    !matches!(found, Member::File { name, .. } if Format::of(name) != Some(Format::Warc))
}

/// Reads the file `name` in `container`; one of a format that is not read is left out, as it is in a folder.
fn file(
    container: &RawDocument<'_>,
    pages: &RefCell<Pages>,
    name: &Path,
    content: &mut dyn BufRead,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
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
        changed: outer.changed,
        settings: outer.settings.clone(),
    };
    let own = container.own_allowance();
    let left = container.left.unwrap_or(&own);
    let limits = container.limits;
    let document = RawDocument { depth: container.depth + 1, left: Some(left), ..RawDocument::new(&file, limits) };
    let read = |emit: &mut Emit<'_>| {
        if format.is_container() && document.depth >= MAX_DEPTH {
            return Err(ReadError::TooDeep { limit: MAX_DEPTH });
        }
        let mut input = compression::open(&file.path, content, left)?;
        if format != Format::Xml {
            return read_as(format, &document, &mut *input, emit);
        }
        let bytes = charset::read_bytes(&mut *input, limits)?;
        if pages.borrow_mut().keep(&file, &bytes)? {
            return Ok(());
        }
        read_as(format, &document, &mut bytes.as_slice(), emit)
    };
    whole(|| file.display(), emit, read)?;
    let full = pages.borrow().is_full();
    kept(container, pages, full, emit)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::testing::zipped;

    const LIMITS: fn() -> Limits = || Limits::on(jiff::civil::date(2026, 11, 24));

    /// Ids of the articles of a file with this content, and the problems.
    fn found(name: &str, content: &[u8], limits: &Limits) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        let size = content.len() as u64;
        let file = FileRef { path, id: name.to_owned(), size, mtime: 0, changed: 0, settings: None };
        let format = Format::of(&file.path).expect("a format");
        let mut found = Vec::new();
        let outcome = read(&file, format, limits, &AtomicU64::new(0), &mut |article| {
            found.push(article.map_or_else(|problem| problem.reason.to_string(), |article| article.id));
            ControlFlow::Continue(())
        });
        found.extend(outcome.err().map(|problem| problem.reason.to_string()));
        found
    }

    fn tarred(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
        let mut tar = ::tar::Builder::new(Vec::new());
        for (name, content) in entries {
            let mut header = ::tar::Header::new_ustar();
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            if let Some(place) = header.as_mut_bytes().get_mut(..name.len()) {
                place.copy_from_slice(name);
            }
            header.set_cksum();
            tar.append(&header, *content).expect("in memory");
        }
        tar.into_inner().expect("an archive")
    }

    const TEXT: &str = "Markt bleibt\n\nDie Händler am Kai dürfen bis zum Herbst bleiben, teilte die Stadt mit.\n";

    #[test]
    fn members_are_read_by_their_formats() {
        let zip = zipped(&[
            ("a.txt", TEXT),
            ("../b.txt", TEXT),
            (".c.txt", TEXT),
            ("README.txt", TEXT),
            ("d.png", "x"),
            ("e.json", "{"),
        ]);
        let found = found("x.zip", &zip, &LIMITS());
        let [first, second, problem] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((first.as_str(), second.as_str()), ("x.zip!/a.txt", "x.zip!/b.txt"));
        assert!(problem.starts_with("is not valid JSON"), "{problem}");
    }

    #[test]
    fn members_with_names_that_are_no_text_stay_apart() {
        let tar = tarred(&[(b"B\xfc.txt", TEXT.as_bytes()), (b"B\xf6.txt", TEXT.as_bytes())]);
        let expected = ["x.tar!/B\\xFC.txt", "x.tar!/B\\xF6.txt"];
        assert_eq!(found("x.tar", &tar, &LIMITS()), expected);
        let outer = tarred(&[(b"i\xfc.tar", &tar)]);
        let nested: Vec<String> =
            ["FC", "F6"].iter().map(|byte| format!("y.tar!/i\\xFC.tar!/B\\x{byte}.txt")).collect();
        assert_eq!(found("y.tar", &outer, &LIMITS()), nested);
    }

    #[test]
    fn containers_within_containers_are_bounded() {
        let mut archive = tarred(&[(b"a.txt", TEXT.as_bytes())]);
        for depth in 1..=MAX_DEPTH {
            let found = found("x.tar", &archive, &LIMITS());
            assert!(found[0].ends_with("!/a.txt"), "{depth}: {found:?}");
            archive = tarred(&[(b"i.tar", &archive)]);
        }
        assert!(found("x.tar", &archive, &LIMITS())[0].starts_with("lies in more than 3 containers"));
    }

    #[test]
    fn problems_beyond_a_number_are_counted() {
        let lines = "{}\n".repeat(150);
        let found = found("x.jsonl", lines.as_bytes(), &LIMITS());
        assert_eq!(found.len(), 101);
        assert!(found[100].starts_with("has 50 more that cannot be read"), "{}", found[100]);
    }

    #[test]
    fn articles_are_as_many_as_what_is_stored_explains() {
        let lines =
            (0..3_000).map(|number| format!("{{\"title\": \"Markt {number}\"}}\n")).collect::<Vec<_>>().concat();
        let limits = Limits { max_bytes: 1 << 20, ..LIMITS() };
        assert_eq!(found("x.jsonl", lines.as_bytes(), &limits).len(), 3_000);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, lines.as_bytes()).expect("in memory");
        let packed = packed.finish().expect("in memory");
        let found = found("x.jsonl.gz", &packed, &limits);
        let (problem, articles) = found.split_last().expect("some");
        assert!((256..1_000).contains(&articles.len()), "{}", articles.len());
        assert!(problem.starts_with(&format!("has more than {} articles", articles.len())), "{problem}");
        // those that are known count
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.jsonl.gz");
        std::fs::write(&path, &packed).expect("written");
        let size = packed.len() as u64;
        let file = FileRef { path, id: "x.jsonl.gz".into(), size, mtime: 0, changed: 0, settings: None };
        let mut count = 0;
        let outcome = read_behind(100, &file, Format::JsonLines, &limits, &AtomicU64::new(0), &mut |_| {
            count += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(
            (count + 100, outcome.err().map(|told| told.reason.to_string())),
            (articles.len(), Some(problem.clone()))
        );
    }

    #[test]
    fn articles_are_as_many_as_what_has_come_out_explains() {
        let limits = Limits { max_bytes: 1 << 20, ..LIMITS() };
        let table = |row: &str, rows| found("x.csv", format!("title,text\n{}", row.repeat(rows)).as_bytes(), &limits);
        assert_eq!(table("Markt am Kai bleibt,\n", 10_000).len(), 10_000);
        // what is stored would explain 59,000
        let found = table("x,y\n", 300_000);
        let (problem, articles) = found.split_last().expect("some");
        assert!((1_000..10_000).contains(&articles.len()), "{}", articles.len());
        assert!(problem.starts_with(&format!("has more than {} articles", articles.len())), "{problem}");
    }

    #[test]
    fn lines_that_are_known_are_passed_over() {
        let lines = "{\"title\": \"Markt\"}\n\n{\"title\": \"Hafen\"}\n{\"title\": \"Deich\"}\n";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.jsonl");
        std::fs::write(&path, lines).expect("written");
        let file =
            FileRef { path, id: "x.jsonl".into(), size: lines.len() as u64, mtime: 0, changed: 0, settings: None };
        for (known, expected) in [(0, &[1, 3, 4][..]), (1, &[3, 4]), (3, &[4]), (4, &[]), (9, &[])] {
            let mut records = Vec::new();
            let read = read_behind(known, &file, Format::JsonLines, &LIMITS(), &AtomicU64::new(0), &mut |article| {
                records.extend(article.expect("an article").record);
                ControlFlow::Continue(())
            });
            assert!(read.is_ok(), "behind {known}");
            assert_eq!(records, expected, "behind {known}");
        }
    }

    #[test]
    fn no_more_is_read_than_wanted() {
        let lines = "{\"title\": \"Markt\"}\n{\"title\": \"Hafen\"}\n";
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.jsonl");
        std::fs::write(&path, lines).expect("written");
        let file =
            FileRef { path, id: "x.jsonl".into(), size: lines.len() as u64, mtime: 0, changed: 0, settings: None };
        let mut count = 0;
        read(&file, Format::JsonLines, &LIMITS(), &AtomicU64::new(0), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        })
        .expect("read");
        assert_eq!(count, 1);
    }

    #[cfg(not(feature = "html"))]
    #[test]
    fn web_pages_are_skipped_with_the_reason() {
        for name in ["a.html", "a.mhtml", "a.warc"] {
            assert_eq!(found(name, b"x", &LIMITS()), [ReadError::Skipped(Ignored::WithoutHtml).to_string()]);
        }
        let zip = zipped(&[("a.html", "<p>x</p>"), ("a.txt", TEXT)]);
        assert_eq!(found("x.zip", &zip, &LIMITS()), ["x.zip!/a.txt"]);
    }
}
