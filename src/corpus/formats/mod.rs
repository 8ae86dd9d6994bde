//! The formats that are read, one file each. To add one: a file here with a `read` function that fills a
//! `Draft`, a variant of [`Format`], files in sample-corpus and a row in docs/FORMATS.md.

mod html;
mod json;
mod markdown;
mod markup;
mod text;
mod xml;

use super::{Emit, RawDocument, ReadError, compression};
use crate::article::Article;
use std::ffi::OsStr;
use std::io::BufRead;
use std::path::Path;

/// A format of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text as people copy it from a page.
    Text,
    /// Markdown with YAML front matter.
    Markdown,
    /// A saved web page.
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// XML; its root element tells which kind.
    Xml,
}

impl Format {
    /// The format by the file's extension, a compression's extension left out.
    #[must_use]
    pub fn of(path: &Path) -> Option<Format> {
        let extension = |path: &Path| path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
        let mut last = extension(path)?;
        if compression::EXTENSIONS.contains(&last.as_str()) {
            last = extension(Path::new(path.file_stem()?))?;
        }
        match last.as_str() {
            "txt" | "text" => Some(Format::Text),
            "md" | "markdown" => Some(Format::Markdown),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "json" => Some(Format::Json),
            "jsonl" | "ndjson" => Some(Format::JsonLines),
            "xml" | "newsml" | "nitf" | "rss" | "atom" | "tei" | "alto" => Some(Format::Xml),
            _ => None,
        }
    }

    /// Reads every article of `input`.
    pub(super) fn read(
        self,
        document: &RawDocument<'_>,
        input: &mut dyn BufRead,
        emit: &mut Emit<'_>,
    ) -> Result<(), ReadError> {
        match self {
            Format::Text => only(text::read(document, input)?, emit),
            Format::Markdown => only(markdown::read(document, input)?, emit),
            Format::Html => only(html::read(document, input)?, emit),
            Format::Json => json::read(document, input, emit)?,
            Format::JsonLines => json::read_lines(document, input, emit)?,
            Format::Xml => xml::read(document, input, emit)?,
        }
        Ok(())
    }
}

/// Emits the one article of a file.
fn only(article: Article, emit: &mut Emit<'_>) {
    // there is nothing after it that could be left unread
    let _ = emit(Ok(article));
}
