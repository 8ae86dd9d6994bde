//! Tape archives (POSIX ustar, pax, GNU), read as a stream by the crate tar.

use super::{Emit, RawDocument, ReadError, member};
use std::io::{BufRead, BufReader};

/// Reads every member of a known format.
pub fn read(document: &RawDocument<'_>, input: &mut dyn BufRead, emit: &mut Emit<'_>) -> Result<(), ReadError> {
    let mut archive = ::tar::Archive::new(input);
    for entry in archive.entries()? {
        let entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let Ok(name) = entry.path().map(std::borrow::Cow::into_owned) else { continue };
        if member(document, &name, &mut BufReader::new(entry), emit).is_break() {
            break;
        }
    }
    Ok(())
}
