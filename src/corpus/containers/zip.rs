//! Zip archives (PKWARE APPNOTE), by the crate zip. Their table stands at the end, so a stream is read to memory first.

use super::{Emit, RawDocument, ReadError, bytes, member};
use crate::corpus::{Problem, compression};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

/// Reads a zip archive that lies in another container.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    read_seekable(document, Cursor::new(bytes(input, document.limits)?), emit)
}

/// Reads every member of a known format.
pub fn read_seekable(
    document: &RawDocument<'_>,
    input: impl Read + Seek,
    emit: &mut Emit<'_>,
) -> Result<(), ReadError> {
    let mut archive = ::zip::ZipArchive::new(input).map_err(|error| ReadError::Container(error.to_string()))?;
    let mut left = document.limits.most_expanded(document.file.size);
    for index in 0..archive.len() {
        let entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                let path = format!("{}[{index}]", document.file.display());
                let reason = ReadError::Container(error.to_string());
                if emit(Err(Problem { path, line: None, reason })).is_break() {
                    break;
                }
                continue;
            }
        };
        if !entry.is_file() {
            continue;
        }
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        // what a member takes is taken from the rest: members may overlap
        let taken = std::cell::Cell::new(0);
        let counted = Counted { inner: compression::bounded(entry, left), taken: &taken };
        if member(document, Path::new(&name.replace('\\', "/")), &mut BufReader::new(counted), emit).is_break() {
            break;
        }
        left = left.saturating_sub(taken.get());
    }
    Ok(())
}

struct Counted<'a, R> {
    inner: R,
    taken: &'a std::cell::Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}
