//! Tape archives (POSIX ustar, pax, GNU), read as a stream by the crate tar.

use super::{Member, Take};
use crate::ReadError;
use std::io::{BufRead, BufReader};

/// Hands on every file.
pub fn read(input: &mut dyn BufRead, take: &mut Take<'_>) -> Result<(), ReadError> {
    let mut archive = ::tar::Archive::new(input);
    for entry in archive.entries()? {
        let entry = entry?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let Ok(name) = entry.path().map(std::borrow::Cow::into_owned) else { continue };
        if take(Member::File { name: &name, content: &mut BufReader::new(entry) }).is_break() {
            break;
        }
    }
    Ok(())
}
