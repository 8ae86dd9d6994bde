//! What the tests of formats share: bytes read as a file of a given name, the articles as short lines.

use crate::{Emit, FileRef, Limits, Problem, RawDocument, ReadError};
use findbuch_article::{Article, PartKind};
use std::io::BufRead;
use std::ops::ControlFlow;

/// The day on which the tests read.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

/// The articles of `bytes` as `headline|date|line|line`; problems as `line: reason`.
pub fn read(
    name: &str,
    bytes: &[u8],
    reader: impl Fn(&RawDocument<'_>, &mut dyn BufRead, &mut Emit<'_>) -> Result<(), ReadError>,
) -> Vec<String> {
    read_within(1 << 20, name, bytes, reader)
}

/// As [`read`], with at most `max_bytes` an article.
pub fn read_within(
    max_bytes: u64,
    name: &str,
    bytes: &[u8],
    reader: impl Fn(&RawDocument<'_>, &mut dyn BufRead, &mut Emit<'_>) -> Result<(), ReadError>,
) -> Vec<String> {
    let mut found = Vec::new();
    let result = articles(max_bytes, name, bytes, reader, &mut |article| {
        found.push(match article {
            Ok(article) => line(&article),
            Err(problem) => format!("{}: {}", problem.line.unwrap_or(0), problem.reason),
        });
    });
    found.extend(result.err().map(|reason| reason.to_string()));
    found
}

/// Hands the articles of `bytes` to `take`.
pub fn articles(
    max_bytes: u64,
    name: &str,
    bytes: &[u8],
    reader: impl Fn(&RawDocument<'_>, &mut dyn BufRead, &mut Emit<'_>) -> Result<(), ReadError>,
    take: &mut dyn FnMut(Result<Article, Problem>),
) -> Result<(), ReadError> {
    let file = FileRef {
        path: format!("/a/{name}").into(),
        id: format!("a/{name}"),
        size: 0,
        mtime: 0,
        changed: 0,
        settings: None,
    };
    let limits = Limits { max_bytes, ..Limits::on(TODAY) };
    let document = RawDocument::new(&file, &limits);
    let mut input = bytes;
    reader(&document, &mut input, &mut |article| {
        take(article);
        ControlFlow::Continue(())
    })
}

fn line(article: &Article) -> String {
    let texts = article.parts.iter().filter(|part| part.kind != PartKind::Headline).map(|part| part.text.as_str());
    let head = [article.first(PartKind::Headline).unwrap_or("").to_owned()];
    let date = article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
    head.into_iter().chain([date]).chain(texts.map(str::to_owned)).collect::<Vec<_>>().join("|")
}

/// A ZIP archive of the given entries.
pub fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut zip, text.as_bytes()).expect("in memory");
    }
    zip.finish().expect("an archive").into_inner()
}
