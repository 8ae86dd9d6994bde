//! PDF (ISO 32000), as papers and agencies make it: the text in reading order, a page or an article of an issue each.
//!
//! No parser of PDF bounds what a file made for it can cost, so [`text`] runs in a child ([`crate::worker`]): [`words`] takes the
//! words with their places from the interpreter of the library hayro, [`layout`] puts them in order. [`articles`] makes articles of what comes back.

mod articles;
mod layout;
pub mod text;
mod words;

use crate::worker::Task;
use crate::{Emit, Ignored, Problem, RawDocument, ReadError, charset};
use std::io::BufRead;
use text::Text;

/// Reads the articles of a PDF.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let bytes = charset::read_bytes(input, document.limits)?;
    let Some(worker) = &document.limits.worker else { return Err(ReadError::Unbounded) };
    emit_articles(document, worker.read(&Task::Pdf, &bytes)?, emit)
}

fn emit_articles(document: &RawDocument<'_>, text: Text, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let pages = text.pages.len();
    let scanned = text.pages.iter().filter(|page| page.is_scan()).count();
    let unknown = text.pages.iter().filter(|page| page.is_unreadable()).count();
    if text.pages.iter().all(|page| page.blocks.is_empty()) {
        return Err(match (scanned, unknown) {
            (0, 0) => ReadError::NoText,
            (_, 0) => ReadError::Skipped(Ignored::ScannedPdf),
            _ => ReadError::UnknownLetters { pages: unknown, of: pages },
        });
    }
    if articles::emit(document, text, emit).is_break() {
        return Ok(());
    }
    let missing = [
        (scanned, ReadError::ScannedPages { pages: scanned, of: pages }),
        (unknown, ReadError::UnknownLetters { pages: unknown, of: pages }),
    ];
    for (_, reason) in missing.into_iter().filter(|(count, _)| *count > 0) {
        if emit(Err(Problem { path: document.file.display(), line: None, reason })).is_break() {
            break;
        }
    }
    Ok(())
}
