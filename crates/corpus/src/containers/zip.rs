//! Zip archives (PKWARE APPNOTE), by the crate zip. Their table stands at the end, so a stream is read to memory first.

use super::{Member, Take, bytes};
use crate::{Problem, RawDocument, ReadError, compression};
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;

/// Reads a zip archive that lies in another container.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, take: &mut Take<'_>) -> Result<(), ReadError> {
    read_seekable(document, Cursor::new(bytes(input, document.limits)?), take)
}

/// Hands on every file.
pub fn read_seekable(
    document: &RawDocument<'_>,
    input: impl Read + Seek,
    take: &mut Take<'_>,
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
                if take(Member::Fault(Problem { path, line: None, reason })).is_break() {
                    break;
                }
                continue;
            }
        };
        if !entry.is_file() {
            continue;
        }
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        let (name, mut content) = (name.replace('\\', "/"), BufReader::new(compression::bounded(entry, left)));
        if take(Member::File { name: Path::new(&name), content: &mut content }).is_break() {
            break;
        }
    }
    Ok(())
}
