//! Files that hold files: zip, 7z, tar and web archives. Their members are read in place, nothing is unpacked to disk.
//!
//! A member is called `archiv.zip!/2023/09/a.html`. A container hands on what it meets and knows no format: whoever takes
//! a member reads it, and a member that cannot be read is a [`Problem`] of its own while the rest goes on.

#[cfg(feature = "html")]
pub mod arc;
pub mod pages;
pub mod sevenz;
pub mod tar;
#[cfg(feature = "html")]
pub mod warc;
pub mod zip;

#[cfg(feature = "html")]
use crate::Origin;
use crate::{Limits, Problem, ReadError};
use std::io::{BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// Between the name of a container and that of its member.
pub const SEPARATOR: &str = "!/";

/// What is met in a container.
pub enum Member<'a> {
    /// A file under its name in the container.
    File {
        /// As the container has it: it may lead out of the container.
        name: &'a Path,
        /// Its bytes as stored.
        content: &'a mut dyn BufRead,
    },
    /// A captured web page.
    #[cfg(feature = "html")]
    Page {
        /// The number of its record, from 1.
        number: u64,
        /// Where and when it was captured.
        origin: Origin,
        /// The page, or why it cannot be read.
        body: Result<Vec<u8>, ReadError>,
    },
    /// A member that cannot be read.
    Fault(Problem),
}

/// Takes a member; `Break` when no more are wanted.
pub type Take<'a> = dyn FnMut(Member<'_>) -> ControlFlow<()> + 'a;

/// Bytes of a member, at most as many as an article may have.
fn bytes(input: &mut dyn BufRead, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input.take(limits.max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(ReadError::TooLarge { limit: limits.max_bytes });
    }
    Ok(bytes)
}
