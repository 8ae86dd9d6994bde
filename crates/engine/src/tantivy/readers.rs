//! Who reads a generation: readers share a lock of a file in its folder, so that it is not removed under them.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

/// The file that is locked.
const LOCK: &str = "readers.lock";

/// Makes the file that readers of a generation lock.
pub fn allow(generation: &Path) -> io::Result<()> {
    File::create(generation.join(LOCK)).map(drop)
}

/// Held while a generation is read. Nothing where the file cannot be locked: a medium that cannot be written needs no lock, and
/// elsewhere the reader opens the index once more when it finds the generation gone.
pub fn enter(generation: &Path) -> Option<File> {
    let file = File::open(generation.join(LOCK)).ok()?;
    file.try_lock_shared().ok().map(|()| file)
}

/// Whether some reader holds a generation.
pub fn has(generation: &Path) -> bool {
    let file = File::options().write(true).open(generation.join(LOCK));
    file.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_share_and_are_seen() {
        let place = tempfile::tempdir().expect("a folder");
        assert!(enter(place.path()).is_none() && !has(place.path()), "made by another version");
        allow(place.path()).expect("made");
        assert!(!has(place.path()));
        let (one, other) = (enter(place.path()), enter(place.path()));
        assert!(one.is_some() && other.is_some() && has(place.path()));
        drop(one);
        assert!(has(place.path()));
        drop(other);
        assert!(!has(place.path()));
    }
}
