//! The hash that identifies a file by its bytes, whatever its name and time.

use crate::mets;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The XXH3 hash (64 bits) of a file's bytes as stored, of a METS file with its pages.
///
/// # Errors
/// When the file cannot be read.
pub fn hash(path: &Path) -> std::io::Result<u64> {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    let mut add = |path: &Path| {
        let mut file = File::open(path)?;
        loop {
            match file.read(&mut buffer)? {
                0 => return std::io::Result::Ok(()),
                read => hash.update(&buffer[..read]),
            }
        }
    };
    add(path)?;
    for page in mets::pages_of(path) {
        // one that cannot be read is named when the articles are read
        let _ = add(&page);
    }
    Ok(hash.digest())
}
