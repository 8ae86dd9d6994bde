//! Zip archives (PKWARE APPNOTE), by the crate zip. Their table stands at the end, so a stream is read to memory first.

use super::{Emit, RawDocument, ReadError, bytes, member};
use crate::{Problem, compression};
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
    let own = document.own_allowance();
    // what a member takes is taken from the rest: members may overlap
    let left = document.left.unwrap_or(&own);
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
        let mut bounded = BufReader::new(compression::bounded(entry, left));
        if member(document, Path::new(&name.replace('\\', "/")), &mut bounded, emit).is_break() {
            break;
        }
    }
    Ok(())
}
