//! PDF (ISO 32000), as papers and agencies make it: the text in reading order, a page or an article of an issue each.
//!
//! No parser of PDF bounds what a file made for it can cost, so [`text`] runs in a child ([`crate::worker`]): [`words`] takes the
//! words with their places from the interpreter of the library hayro, [`layout`] puts them in order. [`articles`] makes articles of what comes back.

mod articles;
#[cfg(feature = "draw")]
pub mod draw;
mod layout;
pub mod text;
mod words;

#[cfg(feature = "draw")]
use crate::Limits;
use crate::worker::Task;
use crate::{Emit, Ignored, Problem, RawDocument, ReadError, charset};
#[cfg(feature = "draw")]
use base64::{Engine, engine::general_purpose::STANDARD};
use std::io::BufRead;
#[cfg(feature = "draw")]
use std::{fs::File, io::BufReader, path::Path};
use text::Text;

/// Draws the page of this number, from 1, `width` pixels wide, as PNG.
///
/// # Errors
/// When the file cannot be read, has no such page, or takes too long to be drawn.
#[cfg(feature = "draw")]
pub fn picture(file: &Path, page: usize, width: u16, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let Some(worker) = &limits.worker else { return Err(ReadError::Unbounded) };
    let bytes = charset::read_bytes(&mut BufReader::new(File::open(file)?), limits)?;
    let text: String = worker.read(&Task::Draw { page, width }, &bytes)?;
    STANDARD.decode(text).map_err(|_| ReadError::NoPage(page))
}

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
