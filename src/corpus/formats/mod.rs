//! The formats that are read, one file each. To add one: a file here with a `read` function that fills a
//! `Draft`, a variant of [`Format`], files in sample-corpus and a row in docs/FORMATS.md.

mod csv;
mod docx;
mod html;
mod json;
mod mail;
mod markdown;
mod markup;
mod odt;
mod office;
#[cfg(test)]
mod testing;
mod text;
mod wire;
mod wire_end;

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
    /// A table with a header, an article a row.
    Csv,
    /// Agency messages, IPTC 7901 or ANPA 1312.
    Wire,
    /// An e-mail.
    Mail,
    /// A web page with its pictures, as browsers save it.
    Mhtml,
    /// A document of Office Open XML.
    Docx,
    /// A document of OpenDocument.
    Odt,
    /// Known, and not read: its text cannot be taken out safely.
    Pdf,
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
            "csv" | "tsv" => Some(Format::Csv),
            "ipt" | "iptc" | "anpa" | "wire" | "7901" => Some(Format::Wire),
            "eml" => Some(Format::Mail),
            "mht" | "mhtml" => Some(Format::Mhtml),
            "docx" => Some(Format::Docx),
            "odt" => Some(Format::Odt),
            "pdf" => Some(Format::Pdf),
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
            Format::Text => text::read(document, input, emit)?,
            Format::Markdown => only(markdown::read(document, input)?, emit),
            Format::Html => only(html::read(document, input)?, emit),
            Format::Json => json::read(document, input, emit)?,
            Format::JsonLines => json::read_lines(document, input, emit)?,
            Format::Csv => csv::read(document, input, emit)?,
            Format::Wire => wire::read(document, input, emit)?,
            Format::Mail => only(mail::read(document, input)?, emit),
            Format::Mhtml => only(mail::read_page(document, input)?, emit),
            Format::Docx => only(docx::read(document, input)?, emit),
            Format::Odt => only(odt::read(document, input)?, emit),
            Format::Pdf => return Err(ReadError::Pdf),
        }
        Ok(())
    }
}

/// Emits the one article of a file.
fn only(article: Article, emit: &mut Emit<'_>) {
    // there is nothing after it that could be left unread
    let _ = emit(Ok(article));
}
