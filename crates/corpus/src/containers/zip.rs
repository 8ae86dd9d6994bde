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
    mut input: impl Read + Seek,
    take: &mut Take<'_>,
) -> Result<(), ReadError> {
    let mut archive = match ::zip::ZipArchive::new(&mut input) {
        Ok(archive) => archive,
        Err(error) => {
            let fault = ReadError::Container(error.to_string());
            return cut_off(document, &mut input, take).and(Err(fault));
        }
    };
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

/// Hands on the files of an archive whose table is missing, up to the fault.
fn cut_off(document: &RawDocument<'_>, input: &mut (impl Read + Seek), take: &mut Take<'_>) -> Result<(), ReadError> {
    let own = document.own_allowance();
    let left = document.left.unwrap_or(&own);
    input.rewind()?;
    let mut input = BufReader::new(input);
    while let Ok(Some(entry)) = ::zip::read::read_zipfile_from_stream(&mut input) {
        if !entry.is_file() {
            continue;
        }
        let Ok(name) = entry.name().map(std::borrow::Cow::into_owned) else { continue };
        let mut bytes = Vec::new();
        // a member that is not whole is none
        if compression::bounded(entry, left).take(document.limits.max_bytes).read_to_end(&mut bytes).is_err() {
            break;
        }
        let name = name.replace('\\', "/");
        if take(Member::File { name: Path::new(&name), content: &mut bytes.as_slice() }).is_break() {
            break;
        }
    }
    Ok(())
}
