//! Systems that are no Unix. Compiled for the tests everywhere, so that it cannot rot.

use super::Identity;
use std::fs::{FileType, Metadata, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant, UNIX_EPOCH};

/// When it was made; std has no more that is stable.
pub fn identity(metadata: &Metadata) -> Option<Identity> {
    let made = metadata.created().ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Identity(made.as_secs(), made.subsec_nanos().into()))
}

pub fn special_kind(_: FileType) -> &'static str {
    "device"
}

pub fn path_of_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()).into()
}

pub fn changed(_: &Metadata) -> i64 {
    0
}

pub fn limit_process(_: Duration, _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

pub fn thread_time() -> Duration {
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    STARTED.elapsed()
}

pub fn permissions_of_new_files() -> Option<Permissions> {
    None
}

/// Folders cannot be opened as files, and renames are durable as the file system is.
#[expect(clippy::unnecessary_wraps, reason = "on Unix the system may fail")]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
